// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/measurement_method.h"

#include <algorithm>
#include <array>

namespace reprise::session {
namespace {

struct MethodRow {
  std::string_view code;
  const char* words;
};

// In the order of MeasurementMethod. web/fhir/methods.ts reads the codes.
constexpr std::array<MethodRow, kMeasurementMethodCount> kMethods = {{
    {"range_camera", "by one camera, at the end of each trial"},
    {"range_inclinometer", "by an inclinometer"},
    {"range_goniometer", "read off a goniometer"},
    {"gait_camera_side",
     "One camera from the side; contacts where the heel is farthest ahead of the hips (Zeni 2008), angles in "
     "the plane of the picture."},
    {"gait_camera_front", "One camera from in front or behind; steps by the feet rising in turn."},
    {"sit_to_stand_5_camera",
     "Five times sit-to-stand by one camera, from the first movement to the fifth full stand."},
    {"sit_to_stand_30_camera", "Sit-to-stand in 30 seconds by one camera, from the first rise that counts."},
    {"sit_to_stand_30_camera_go", "Sit-to-stand in 30 seconds by one camera, from a given start."},
    {"timed_up_and_go_camera",
     "Timed Up and Go by one camera, from the first movement until the hips are on the chair again."},
    {"timed_up_and_go_camera_go",
     "Timed Up and Go by one camera, from a given start until the hips are on the chair again."},
    {"single_leg_stance_camera",
     "Single-leg stance by one camera: longest time from the foot's leaving the floor to its coming down; "
     "the "
     "side is that of the standing leg."},
    {"tandem_stance_camera",
     "Tandem stance by one camera: longest time heel to toe; the side is that of the foot in front."},
    {"functional_reach_camera",
     "Functional reach by one camera: the farthest way of the hand from standing with the arm straight "
     "ahead, "
     "by the person's height."},
    {"squat_camera", "Squats by one camera."},
    {"single_leg_squat_camera", "Single-leg squats by one camera; the side is that of the leg that carries."},
    {"step_down_camera", "Step-downs by one camera; the side is that of the leg on the step."},
    {"push_up_camera", "Push-ups by one camera."},
    {"jump_camera",
     "Jumps by one camera: height g t²/8 from the time that both feet are off the ground, which takes it "
     "that "
     "a body lands as it left."},
}};

const MethodRow& row_of(MeasurementMethod method) {
  return kMethods.at(static_cast<std::size_t>(method));
}

}  // namespace

std::string_view code_of(MeasurementMethod method) {
  return row_of(method).code;
}

std::string words_of(MeasurementMethod method) {
  return row_of(method).words;
}

std::optional<MeasurementMethod> method_from_code(std::string_view code) {
  const auto* const row =
      std::find_if(kMethods.begin(), kMethods.end(), [&](const MethodRow& one) { return one.code == code; });
  if (row == kMethods.end()) return std::nullopt;
  return static_cast<MeasurementMethod>(row - kMethods.begin());
}

}  // namespace reprise::session
