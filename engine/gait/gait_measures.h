// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/gait/foot_stride.h"

namespace reprise::engine {

/// Mean and spread of one measure over steady strides.
struct StrideStatistics {
  std::size_t count = 0;
  double mean = 0;
  std::optional<double> sd;  ///< of the sample (n - 1); nullopt below 2 strides
  /// Standard deviation by mean, 1: gait variability; nullopt below 2 strides or for a mean of 0.
  std::optional<double> cv;
};

/// nullopt if there are no values.
[[nodiscard]] std::optional<StrideStatistics> stride_statistics(std::span<const double> values);

/// Averages of one foot over its steady strides (FootStride::is_steady); nullopt where no stride has it.
struct FootAverages {
  std::size_t stride_count = 0;         ///< all strides
  std::size_t steady_stride_count = 0;  ///< those in the averages
  std::optional<StrideStatistics> stride_length_m;
  std::optional<StrideStatistics> stride_time_s;
  std::optional<StrideStatistics> speed_mps;
  std::optional<StrideStatistics> cadence_per_min;  ///< steps of both feet: two by the stride time
  std::optional<StrideStatistics> stance_time_s;
  std::optional<StrideStatistics> swing_time_s;
  std::optional<StrideStatistics> stance_share;  ///< of the stride time, 0 to 1
  std::optional<StrideStatistics> swing_share;
  std::optional<StrideStatistics> max_sensor_height_m;
  std::optional<StrideStatistics> toe_clearance_m;
  std::optional<StrideStatistics> lateral_excursion_m;
  std::optional<StrideStatistics> foot_angle_at_initial_contact_rad;
  std::optional<StrideStatistics> foot_angle_at_terminal_contact_rad;
};

[[nodiscard]] FootAverages average_strides(std::span<const FootStride> strides);

/// What only both feet together show, over steady strides. Asymmetry: left minus right by the mean of both
/// (0: equal; 0.1: the left is 10 % larger); nullopt where a foot lacks the measure.
struct TwoFeetAverages {
  std::optional<StrideStatistics> double_support_s;      ///< both contacts of a stride together
  std::optional<StrideStatistics> double_support_share;  ///< of the stride time, 0 to 1
  std::optional<StrideStatistics> left_step_time_s;      ///< right initial contact to the left one after it
  std::optional<StrideStatistics> right_step_time_s;
  std::optional<double> stride_length_asymmetry;
  std::optional<double> step_time_asymmetry;
  std::optional<double> stance_time_asymmetry;
  std::optional<double> swing_time_asymmetry;
};

/// Both lists with the same clock, in order. Double support of a stride: from one foot's initial contact to
/// the other's terminal contact, and once more the other way round, within one stride of the right
/// foot or of the left one. Strides whose other foot has no matching contact are left out.
[[nodiscard]] TwoFeetAverages average_two_feet(std::span<const FootStride> left,
                                               std::span<const FootStride> right);

}  // namespace reprise::engine
