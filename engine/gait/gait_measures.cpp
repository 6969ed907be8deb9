// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/gait_measures.h"

#include <cmath>

namespace reprise::engine {
namespace {

template <class Measure>
std::optional<StrideStatistics> over_steady(std::span<const FootStride> strides, Measure measure) {
  std::vector<double> values;
  for (const auto& stride : strides) {
    if (!stride.is_steady()) continue;
    if (const std::optional<double> value = measure(stride)) values.push_back(*value);
  }
  return stride_statistics(values);
}

std::optional<double> by_stride_time(const FootStride& stride, std::optional<double> time) {
  if (!time || !stride.stride_time_s) return std::nullopt;
  return *time / *stride.stride_time_s;
}

std::optional<double> asymmetry(const std::optional<StrideStatistics>& left,
                                const std::optional<StrideStatistics>& right) {
  if (!left || !right || !(left->mean + right->mean > 0)) return std::nullopt;
  return (left->mean - right->mean) / ((left->mean + right->mean) / 2);
}

/// The other foot's events while one foot goes from initial contact to initial contact.
struct OtherFootWithin {
  double lift_s = 0;
  double contact_s = 0;
};

/// `from` moves along with the strides, so that the search is linear.
std::optional<OtherFootWithin> other_within(std::span<const FootStride> other, double begin_s, double end_s,
                                            std::size_t& from) {
  while (from < other.size() && other[from].events.initial_contact.value() <= begin_s) ++from;
  if (from >= other.size()) return std::nullopt;
  const OtherFootWithin found{other[from].events.terminal_contact.value(),
                              other[from].events.initial_contact.value()};
  if (found.lift_s < begin_s || found.contact_s > end_s) return std::nullopt;
  return found;
}

struct Supports {
  std::vector<double> double_support_s, double_support_share;
};

/// Double support of one foot's strides, and its steps from the other's contact to its own.
void collect_supports(std::span<const FootStride> foot, std::span<const FootStride> other, Supports& both,
                      std::vector<double>& step_time_s) {
  std::size_t from = 0;
  for (const auto& stride : foot) {
    if (!stride.is_steady() || !stride.events.previous_initial_contact) continue;
    const double begin = stride.events.previous_initial_contact->value();
    const double end = stride.events.initial_contact.value();
    const auto within = other_within(other, begin, end, from);
    if (!within) continue;
    step_time_s.push_back(end - within->contact_s);
    const double support =
        (within->lift_s - begin) + (stride.events.terminal_contact.value() - within->contact_s);
    both.double_support_s.push_back(support);
    both.double_support_share.push_back(support / (end - begin));
  }
}

}  // namespace

std::optional<StrideStatistics> stride_statistics(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  StrideStatistics result;
  result.count = values.size();
  const double n = static_cast<double>(values.size());
  for (const double value : values) result.mean += value / n;
  if (values.size() < 2) return result;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.sd = std::sqrt(squares / (n - 1));
  if (result.mean != 0) result.cv = *result.sd / std::abs(result.mean);
  return result;
}

FootAverages average_strides(std::span<const FootStride> strides) {
  using Value = std::optional<double>;
  FootAverages a;
  a.stride_count = strides.size();
  for (const auto& stride : strides) a.steady_stride_count += stride.is_steady() ? 1 : 0;
  a.stride_length_m = over_steady(strides, [](const FootStride& s) { return Value(s.stride_length_m); });
  a.stride_time_s = over_steady(strides, [](const FootStride& s) { return s.stride_time_s; });
  a.speed_mps = over_steady(strides, [](const FootStride& s) { return s.speed_mps; });
  a.cadence_per_min = over_steady(strides, [](const FootStride& s) { return by_stride_time(s, 120); });
  a.stance_time_s = over_steady(strides, [](const FootStride& s) { return s.stance_time_s; });
  a.swing_time_s = over_steady(strides, [](const FootStride& s) { return Value(s.swing_time_s); });
  a.stance_share =
      over_steady(strides, [](const FootStride& s) { return by_stride_time(s, s.stance_time_s); });
  a.swing_share = over_steady(strides, [](const FootStride& s) { return by_stride_time(s, s.swing_time_s); });
  a.max_sensor_height_m =
      over_steady(strides, [](const FootStride& s) { return Value(s.max_sensor_height_m); });
  a.toe_clearance_m = over_steady(strides, [](const FootStride& s) { return s.toe_clearance_m; });
  a.lateral_excursion_m =
      over_steady(strides, [](const FootStride& s) { return Value(s.lateral_excursion_m); });
  a.foot_angle_at_initial_contact_rad = over_steady(
      strides, [](const FootStride& s) { return Value(s.foot_angle_at_initial_contact.value()); });
  a.foot_angle_at_terminal_contact_rad = over_steady(
      strides, [](const FootStride& s) { return Value(s.foot_angle_at_terminal_contact.value()); });
  return a;
}

TwoFeetAverages average_two_feet(std::span<const FootStride> left, std::span<const FootStride> right) {
  Supports supports;
  std::vector<double> left_steps;
  std::vector<double> right_steps;
  collect_supports(left, right, supports, left_steps);
  collect_supports(right, left, supports, right_steps);
  const FootAverages of_left = average_strides(left);
  const FootAverages of_right = average_strides(right);
  TwoFeetAverages both;
  both.double_support_s = stride_statistics(supports.double_support_s);
  both.double_support_share = stride_statistics(supports.double_support_share);
  both.left_step_time_s = stride_statistics(left_steps);
  both.right_step_time_s = stride_statistics(right_steps);
  both.stride_length_asymmetry = asymmetry(of_left.stride_length_m, of_right.stride_length_m);
  both.step_time_asymmetry = asymmetry(both.left_step_time_s, both.right_step_time_s);
  both.stance_time_asymmetry = asymmetry(of_left.stance_time_s, of_right.stance_time_s);
  both.swing_time_asymmetry = asymmetry(of_left.swing_time_s, of_right.swing_time_s);
  return both;
}

}  // namespace reprise::engine
