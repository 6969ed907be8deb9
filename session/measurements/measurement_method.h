// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::session {

/// How values were measured, where several ways give values of one measure: only those of one way are
/// compared. A code never changes its meaning; another way gets another code.
enum class MeasurementMethod : std::uint8_t {
  range_camera,
  range_inclinometer,
  range_goniometer,
  gait_camera_side,
  gait_camera_front,
  sit_to_stand_5_camera,
  sit_to_stand_30_camera,     ///< from the first rise that counts
  sit_to_stand_30_camera_go,  ///< from a given start
  timed_up_and_go_camera,
  timed_up_and_go_camera_go,
  single_leg_stance_camera,
  tandem_stance_camera,
  functional_reach_camera,
  squat_camera,
  single_leg_squat_camera,
  step_down_camera,
  push_up_camera,
  jump_camera,
};
inline constexpr std::size_t kMeasurementMethodCount = 18;

/// "range_camera", …: the code of the record's CodeSystem.
[[nodiscard]] std::string_view code_of(MeasurementMethod method);
[[nodiscard]] std::optional<MeasurementMethod> method_from_code(std::string_view code);
/// Plain words. Of a range of motion only how it was read: a document says more.
[[nodiscard]] std::string words_of(MeasurementMethod method);

}  // namespace reprise::session
