// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/weight_bearing.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/signal/check.h"
#include "engine/signal/peaks.h"

namespace reprise::engine {
namespace {

constexpr const char* kWeight = "weight bearing";

Result<void> check_load(double body_weight_n, std::optional<double> limit_share) {
  if (!(body_weight_n >= 100 && body_weight_n <= 3000)) {
    return fail(
        ErrorCode::invalid_argument, kWeight,
        "the body weight is " + std::to_string(body_weight_n) + " N; it must lie between 100 and 3000 N",
        "give Newton: kilograms times 9.81");
  }
  if (limit_share && !(*limit_share > 0 && *limit_share <= 2)) {
    return fail(
        ErrorCode::invalid_argument, kWeight,
        "the limit is " + std::to_string(*limit_share) + " of body weight; it must be above 0 and at most 2",
        "give a share: 0.2 for 20 percent");
  }
  return {};
}

Result<void> check_foot(const FootForceView& foot, double body_weight_n) {
  if (!foot.cop.empty() && foot.cop.size() != foot.force_n.size()) {
    return fail(ErrorCode::invalid_argument, kWeight, "forces and centers of pressure differ in number",
                "give one center of pressure for each force, or none");
  }
  for (std::size_t i = 0; i < foot.force_n.size(); ++i) {
    const auto& force_n = foot.force_n[i];
    if (!force_n || std::abs(*force_n) <= 10 * body_weight_n) continue;  // NaN fails the comparison
    return fail(ErrorCode::invalid_argument, kWeight,
                "the force of sample " + std::to_string(i) + " is not finite, or more than ten body weights",
                "leave missing samples empty, and give Newton");
  }
  return {};
}

std::optional<ContactCop> contact_cop(std::span<const std::optional<CopPoint>> points) {
  ContactCop cop;
  std::size_t measured = 0;
  CopPoint low, high, last;
  for (const auto& point : points) {
    if (!point) continue;
    if (measured == 0) {
      cop.first = low = high = *point;
    } else {
      cop.path_length_m += std::hypot(point->ap_m - last.ap_m, point->ml_m - last.ml_m);
    }
    low = {std::min(low.ap_m, point->ap_m), std::min(low.ml_m, point->ml_m)};
    high = {std::max(high.ap_m, point->ap_m), std::max(high.ml_m, point->ml_m)};
    last = *point;
    ++measured;
  }
  if (measured < 2) return std::nullopt;
  cop.last = last;
  cop.ap_range_m = high.ap_m - low.ap_m;
  cop.ml_range_m = high.ml_m - low.ml_m;
  return cop;
}

/// The mean rise from the contact's first sample to its first peak.
std::optional<double> loading_rate(std::span<const double> force_n, Hertz rate, double prominence_n) {
  PeakOptions options;
  options.min_prominence = prominence_n;
  const auto peaks = find_peaks(force_n, options);
  if (!peaks || peaks->empty() || peaks->front().index == 0) return std::nullopt;
  const Peak& first = peaks->front();
  return (first.height - force_n.front()) * rate.value() / static_cast<double>(first.index);
}

LoadContact describe_contact(const FootForceView& foot, std::size_t begin, std::size_t end, Hertz rate,
                             const WeightBearingOptions& o) {
  LoadContact contact;
  const auto missing = [&](std::size_t i) { return !foot.force_n[i]; };
  contact.start = Seconds{static_cast<double>(begin) / rate.value()};
  contact.end = Seconds{static_cast<double>(end) / rate.value()};
  contact.start_seen = begin > 0 && !missing(begin - 1);
  contact.complete = contact.start_seen && end < foot.force_n.size() && !missing(end);
  std::vector<double> force_n;
  force_n.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i) force_n.push_back(*foot.force_n[i]);
  for (const double force : force_n) {
    contact.peak_n = std::max(contact.peak_n, force);
    contact.mean_n += force / static_cast<double>(force_n.size());
    if (o.limit_share && force > *o.limit_share * o.body_weight_n) contact.time_above_limit += period(rate);
  }
  contact.peak_share = contact.peak_n / o.body_weight_n;
  if (contact.complete) {
    contact.loading_rate_nps = loading_rate(force_n, rate, o.peak_prominence_share * o.body_weight_n);
  }
  if (!foot.cop.empty()) contact.cop = contact_cop(foot.cop.subspan(begin, end - begin));
  return contact;
}

FootLoad describe_foot(const FootForceView& foot, Hertz rate, double contact_n,
                       const WeightBearingOptions& o) {
  FootLoad load;
  Seconds in_contact{0}, above{0};
  std::size_t begin = 0;
  bool down = false;
  for (std::size_t i = 0; i <= foot.force_n.size(); ++i) {
    const bool loaded = i < foot.force_n.size() && foot.force_n[i] && *foot.force_n[i] >= contact_n;
    if (loaded && !down) begin = i;
    if (!loaded && down) {
      const auto contact = describe_contact(foot, begin, i, rate, o);
      if (contact.end - contact.start >= o.shortest_contact) {
        in_contact += contact.end - contact.start;
        above += contact.time_above_limit;
        load.peak_share = std::max(load.peak_share, contact.peak_share);
        if (contact.time_above_limit.value() > 0) ++load.contacts_above_limit;
        load.contacts.push_back(contact);
      }
    }
    down = loaded;
  }
  if (o.limit_share && in_contact.value() > 0) load.share_above_limit = above / in_contact;
  return load;
}

}  // namespace

Result<WeightBearing> weight_bearing(Hertz rate, const FootForceView& left, const FootForceView& right,
                                     const WeightBearingOptions& options) {
  if (auto ok = detail::check_rate(rate, kWeight); !ok) return tl::unexpected(ok.error());
  if (rate.value() < 10) {
    return fail(ErrorCode::unsupported, kWeight,
                "the rate is " + std::to_string(rate.value()) + " Hz; at least 10 Hz are needed",
                "record at 50 Hz or more");
  }
  if (auto ok = check_load(options.body_weight_n, options.limit_share); !ok)
    return tl::unexpected(ok.error());
  if (left.force_n.size() != right.force_n.size()) {
    return fail(ErrorCode::invalid_argument, kWeight, "the two feet differ in number of samples",
                "give both feet at the same times");
  }
  for (const auto* foot : {&left, &right}) {
    if (auto ok = check_foot(*foot, options.body_weight_n); !ok) return tl::unexpected(ok.error());
  }
  const double contact_n = std::max(options.contact_share * options.body_weight_n, kUnloadedN);
  WeightBearing result;
  result.left_share.resize(left.force_n.size());
  std::size_t measured = 0, loaded = 0;
  double share_sum = 0;
  for (std::size_t i = 0; i < left.force_n.size(); ++i) {
    if (!left.force_n[i] || !right.force_n[i]) continue;
    ++measured;
    const double left_n = std::max(*left.force_n[i], 0.0);
    const double total_n = left_n + std::max(*right.force_n[i], 0.0);
    if (total_n < contact_n) continue;
    result.left_share[i] = left_n / total_n;
    share_sum += left_n / total_n;
    ++loaded;
  }
  result.measured = static_cast<double>(measured) / static_cast<double>(left.force_n.size());
  result.left = describe_foot(left, rate, contact_n, options);
  result.right = describe_foot(right, rate, contact_n, options);
  if (result.left.contacts.empty() && result.right.contacts.empty()) {
    return fail(ErrorCode::nothing_measured, kWeight, "the feet never bear any load",
                "check that the insoles or plates are connected and loaded");
  }
  if (loaded == 0) return result;
  result.left.mean_share = share_sum / static_cast<double>(loaded);
  result.right.mean_share = 1 - *result.left.mean_share;
  return result;
}

CopSeries combined_cop(Hertz rate, std::span<const FootForceView> plates) {
  CopSeries series{rate, {}};
  const std::size_t size = plates.empty() ? 0 : plates.front().force_n.size();
  for (std::size_t i = 0; i < size; ++i) {
    double force_n = 0;
    CopPoint sum;
    bool known = true;
    for (const FootForceView& plate : plates) {
      const double n = std::max(plate.force_n[i].value_or(0), 0.0);
      force_n += n;
      known = known && plate.force_n[i] && (n < kUnloadedN || plate.cop[i]);
      if (!plate.cop[i]) continue;
      sum.ap_m += n * plate.cop[i]->ap_m;
      sum.ml_m += n * plate.cop[i]->ml_m;
    }
    series.points.emplace_back();
    // A plate below the threshold without a point is as if not there: it moves the mean by a fraction of it.
    if (known && force_n >= kUnloadedN)
      series.points.back() = CopPoint{sum.ap_m / force_n, sum.ml_m / force_n};
  }
  return series;
}

Result<LoadMonitor> LoadMonitor::create(const LoadMonitorOptions& options) {
  if (auto ok = check_load(options.body_weight_n, options.limit_share); !ok)
    return tl::unexpected(ok.error());
  if (!(options.release_share >= 0 && options.release_share < options.limit_share)) {
    return fail(ErrorCode::invalid_argument, kWeight, "the release is not between 0 and the limit",
                "use a release well below the limit");
  }
  return LoadMonitor(options);
}

LoadFeedback LoadMonitor::step(std::optional<double> force_n) {
  LoadFeedback feedback;
  const bool was_above = above_;
  if (force_n && std::isfinite(*force_n)) {
    feedback.share = *force_n / options_.body_weight_n;
    const double limit = options_.limit_share - (above_ ? options_.release_share : 0);
    above_ = *feedback.share > limit;
  }
  feedback.above_limit = above_;
  feedback.just_exceeded = above_ && !was_above;
  return feedback;
}

}  // namespace reprise::engine
