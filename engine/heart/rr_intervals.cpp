// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/rr_intervals.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kRrIntervals = "RR intervals";

Result<void> check_beats(std::span<const double> times_s, std::size_t label_count) {
  return detail::check_times(times_s, label_count, kRrIntervals);
}

std::vector<RrInterval> intervals_between(std::span<const double> times_s) {
  std::vector<RrInterval> intervals;
  if (times_s.size() > 1) intervals.reserve(times_s.size() - 1);
  for (std::size_t i = 1; i < times_s.size(); ++i) {
    intervals.push_back({Seconds{times_s[i]}, Seconds{times_s[i] - times_s[i - 1]}, RrKind::normal});
  }
  return intervals;
}

Result<void> check_strap(std::span<const double> rr_s, std::span<const double> received_s) {
  if (!std::all_of(rr_s.begin(), rr_s.end(), [](double rr) { return std::isfinite(rr) && rr > 0; })) {
    return fail(ErrorCode::invalid_argument, kRrIntervals, "an interval is not above 0",
                "leave out what the strap sends while it has no contact");
  }
  if (received_s.empty()) return {};
  if (received_s.size() != rr_s.size()) {
    return fail(ErrorCode::invalid_argument, kRrIntervals, "the counts of intervals and of arrivals differ",
                "give one time of arrival for each interval, or none at all");
  }
  const auto finite = [](double t) { return std::isfinite(t); };
  if (!std::all_of(received_s.begin(), received_s.end(), finite) ||
      !std::is_sorted(received_s.begin(), received_s.end())) {
    return fail(ErrorCode::invalid_argument, kRrIntervals, "a time of arrival is before the one before it",
                "give the times in seconds in order of arrival");
  }
  return {};
}

double interval_of(const RrInterval& interval) {
  return interval.duration.value();
}

/// The intervals that stand for a run [begin, end) of others, between the normal ones beside it.
std::vector<NnInterval> replacement(std::span<const RrInterval> intervals, std::size_t begin, std::size_t end,
                                    const NnOptions& options) {
  double total_s = 0;
  for (std::size_t i = begin; i < end; ++i) total_s += interval_of(intervals[i]);
  if (total_s > options.longest_correction.value()) return {};
  const double around_s = (interval_of(intervals[begin - 1]) + interval_of(intervals[end])) / 2;
  const double count = std::max(1.0, std::round(total_s / around_s));
  const double each_s = total_s / count;
  if (std::abs(each_s - around_s) > options.largest_deviation * around_s) return {};
  std::vector<NnInterval> replaced;
  const double start_s = intervals[begin].end.value() - interval_of(intervals[begin]);
  for (double i = 1; i <= count; ++i) {
    replaced.push_back({Seconds{start_s + i * each_s}, Seconds{each_s}, true, false});
  }
  return replaced;
}

}  // namespace

Result<std::vector<RrInterval>> rr_from_beats(std::span<const double> beat_times_s,
                                              const RrOptions& options) {
  if (auto ok = check_beats(beat_times_s, beat_times_s.size()); !ok) return tl::unexpected(ok.error());
  auto intervals = intervals_between(beat_times_s);
  classify_rr(intervals, options);
  return intervals;
}

Result<std::vector<RrInterval>> rr_from_labeled_beats(std::span<const double> beat_times_s,
                                                      std::span<const BeatLabel> labels,
                                                      const RrOptions& options) {
  if (auto ok = check_beats(beat_times_s, labels.size()); !ok) return tl::unexpected(ok.error());
  auto intervals = intervals_between(beat_times_s);
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    const auto either = [&](BeatLabel label) { return labels[i] == label || labels[i + 1] == label; };
    auto& kind = intervals[i].kind;
    if (intervals[i].duration > options.longest) {
      kind = RrKind::gap;
    } else if (either(BeatLabel::not_a_beat)) {
      kind = RrKind::artefact;
    } else if (either(BeatLabel::ectopic)) {
      kind = RrKind::ectopic;
    }
  }
  return intervals;
}

Result<std::vector<RrInterval>> rr_from_strap(std::span<const double> rr_s,
                                              std::span<const double> received_s, const RrOptions& options) {
  if (auto ok = check_strap(rr_s, received_s); !ok) return tl::unexpected(ok.error());
  std::vector<RrInterval> intervals;
  intervals.reserve(rr_s.size());
  double end_s = received_s.empty() || rr_s.empty() ? 0 : received_s.front() - rr_s.front();
  double usual_delay_s = 0;
  constexpr double kDelayAdaption = 0.05;  // the strap's clock and ours drift apart
  for (std::size_t i = 0; i < rr_s.size(); ++i) {
    if (!received_s.empty()) {
      const double late_s = received_s[i] - (end_s + rr_s[i]) - usual_delay_s;
      if (late_s > options.longest_delay.value()) {
        end_s += late_s;
        intervals.push_back({Seconds{end_s}, Seconds{late_s}, RrKind::gap});
      } else if (late_s < -options.longest_delay.value()) {
        usual_delay_s += late_s;  // the strap sends what it had stored
      } else {
        usual_delay_s += kDelayAdaption * late_s;
      }
    }
    end_s += rr_s[i];
    intervals.push_back({Seconds{end_s}, Seconds{rr_s[i]}, RrKind::normal});
  }
  classify_rr(intervals, options);
  return intervals;
}

double usable_share(std::span<const RrInterval> intervals) {
  double normal_s = 0;
  double all_s = 0;
  for (const RrInterval& interval : intervals) {
    all_s += interval_of(interval);
    if (interval.kind == RrKind::normal) normal_s += interval_of(interval);
  }
  return all_s > 0 ? normal_s / all_s : 0;
}

std::vector<NnInterval> nn_intervals(std::span<const RrInterval> intervals, const NnOptions& options) {
  std::vector<NnInterval> nn;
  nn.reserve(intervals.size());
  bool broken = true;
  std::size_t i = 0;
  while (i < intervals.size()) {
    if (intervals[i].kind == RrKind::normal) {
      nn.push_back({intervals[i].end, intervals[i].duration, false, broken});
      broken = false;
      ++i;
      continue;
    }
    std::size_t end = i;
    bool gap = false;
    for (; end < intervals.size() && intervals[end].kind != RrKind::normal; ++end) {
      gap = gap || intervals[end].kind == RrKind::gap;
    }
    std::vector<NnInterval> replaced;
    if (!gap && i > 0 && end < intervals.size()) replaced = replacement(intervals, i, end, options);
    nn.insert(nn.end(), replaced.begin(), replaced.end());
    broken = replaced.empty();
    i = end;
  }
  return nn;
}

}  // namespace reprise::engine
