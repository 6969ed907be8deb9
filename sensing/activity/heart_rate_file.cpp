// SPDX-License-Identifier: Apache-2.0
#include "sensing/activity/heart_rate_file.h"

#include <algorithm>
#include <cmath>

namespace reprise::sensing {
namespace {

constexpr const char* kReadingRates = "reading heart rates of a file";
constexpr std::size_t kMostFitBytes = 64U << 20U;
constexpr std::size_t kMostRates = 1'000'000;
/// So much must hold a tag, or the definitions before the first one.
constexpr std::size_t kMostTagBytes = 1U << 20U;
/// Apple's definitions of its document stand before what names it.
constexpr std::size_t kHeadBytes = 20'000;

}  // namespace

Result<void> HeartRateFile::take(std::string_view piece) {
  pending_.append(piece);
  if (format_ == Format::unknown) {
    if (pending_.size() < kHeadBytes) return {};
    if (auto known = recognize(false); !known) return known;
  }
  if (format_ != Format::fit) return read_tags(false);
  if (pending_.size() <= kMostFitBytes) return {};
  return fail(ErrorCode::unsupported, kReadingRates, "the FIT file is larger than 64 MiB",
              "export the activity of the session alone");
}

Result<HeartRatesOfFile> HeartRateFile::finish() {
  if (format_ == Format::unknown) {
    if (auto known = recognize(true); !known) return tl::unexpected(known.error());
  }
  if (format_ == Format::fit) {
    const auto read = read_fit_points(pending_, [this](const ActivityPoint& point) { return add(point); });
    if (!read) return tl::unexpected(read.error());
  } else if (auto read = read_tags(true); !read) {
    return tl::unexpected(read.error());
  }
  pending_.clear();
  if (out_.count == 0) {
    return fail(ErrorCode::nothing_measured, kReadingRates, "the file has no heart rate",
                "choose the file of an activity that was recorded with a heart rate");
  }
  std::vector<std::size_t> counts(sources_.size(), 0);
  for (const OfSource& one : rates_) ++counts[one.source];
  const auto most = static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  for (const OfSource& one : rates_)
    if (one.source == most) out_.rates.push_back(one.rate);
  std::stable_sort(out_.rates.begin(), out_.rates.end(),
                   [](const FileHeartRate& a, const FileHeartRate& b) { return a.time_s < b.time_s; });
  out_.rates.erase(std::unique(out_.rates.begin(), out_.rates.end(),
                               [](const FileHeartRate& a, const FileHeartRate& b) {
                                 return std::floor(a.time_s) == std::floor(b.time_s);
                               }),
                   out_.rates.end());
  return std::move(out_);
}

Result<void> HeartRateFile::recognize(bool whole) {
  if (looks_like_fit(pending_)) {
    format_ = Format::fit;
    out_.format = "FIT";
  } else if (looks_like_tcx(pending_)) {
    format_ = Format::tcx;
    out_.format = "TCX";
  } else if (looks_like_apple_health(pending_)) {
    format_ = Format::apple_health;
    out_.format = "Apple Health";
  } else {
    return fail(ErrorCode::unsupported, kReadingRates,
                whole && pending_.empty() ? "the file is empty" : "it is no TCX, FIT or Apple Health file",
                "export the activity as TCX or FIT, or the data of Apple Health");
  }
  return {};
}

Result<void> HeartRateFile::read_tags(bool whole) {
  XmlTags tags{pending_};
  Result<void> done;
  while (done) {
    const auto next = tags.next();
    if (!next) {
      // The rest of the tag is in the next piece.
      if (whole || tags.rest().size() > kMostTagBytes) done = tl::unexpected(next.error());
      break;
    }
    if (!*next) {
      if (!whole && tags.rest().size() > kMostTagBytes) {
        done =
            fail(ErrorCode::corrupt, kReadingRates, "a text is longer than 1 MiB", "export the file again");
      }
      break;
    }
    const bool of_apple = format_ == Format::apple_health;
    const auto point = of_apple ? apple_health_point(**next) : tcx_.take(**next);
    if (point) done = add(*point, of_apple ? attribute_of(**next, "sourceName") : std::string_view{});
  }
  pending_.erase(0, pending_.size() - tags.rest().size());
  return done;
}

Result<void> HeartRateFile::add(const ActivityPoint& point, std::string_view source) {
  if (!point.heart_rate_per_min) return {};
  if (!point.zoned) {
    return fail(ErrorCode::unsupported, kReadingRates,
                "its times name no zone, so their moments are not known", "export the activity as FIT");
  }
  out_.first_s = out_.count == 0 ? point.time_s : std::min(out_.first_s, point.time_s);
  out_.last_s = out_.count == 0 ? point.time_s : std::max(out_.last_s, point.time_s);
  ++out_.count;
  if (point.time_s < from_s_ || point.time_s > to_s_) return {};
  if (rates_.size() == kMostRates) {
    return fail(ErrorCode::unsupported, kReadingRates, "there are more than a million heart rates",
                "export the activity of the session alone");
  }
  auto known = sources_.find(source);
  if (known == sources_.end()) known = sources_.emplace(source, sources_.size()).first;
  rates_.push_back({{point.time_s, *point.heart_rate_per_min}, known->second});
  return {};
}

}  // namespace reprise::sensing
