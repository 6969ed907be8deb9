// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/frames.h"
#include "base/units.h"

namespace reprise::engine {

/// The 33 BlazePose landmarks, in the network's order (Bazarevsky et al. 2020, arXiv:2006.10204). "left" is
/// the person's left, wherever it appears in the picture.
enum class Landmark : std::uint8_t {
  nose,
  left_eye_inner,
  left_eye,
  left_eye_outer,
  right_eye_inner,
  right_eye,
  right_eye_outer,
  left_ear,
  right_ear,
  mouth_left,
  mouth_right,
  left_shoulder,
  right_shoulder,
  left_elbow,
  right_elbow,
  left_wrist,
  right_wrist,
  left_pinky,
  right_pinky,
  left_index,
  right_index,
  left_thumb,
  right_thumb,
  left_hip,
  right_hip,
  left_knee,
  right_knee,
  left_ankle,
  right_ankle,
  left_heel,
  right_heel,
  left_foot_index,
  right_foot_index,
};
inline constexpr std::size_t kLandmarkCount = 33;

/// The name used in files, e.g. "left_knee".
[[nodiscard]] std::string_view name(Landmark landmark);
/// Empty where the name is none of the 33.
[[nodiscard]] std::optional<Landmark> landmark_from_name(std::string_view name);
/// The same point on the other side; points on the midline stay.
[[nodiscard]] Landmark mirrored(Landmark landmark);

/// One value for each landmark, indexed by it.
template <class Value>
class PerLandmark {
 public:
  // Not a default member initializer: clang 14 wants Value complete for that, which a class nested in its
  // user is not.
  constexpr PerLandmark() : values_{} {}
  Value& operator[](Landmark l) { return values_[static_cast<std::size_t>(l)]; }
  const Value& operator[](Landmark l) const { return values_[static_cast<std::size_t>(l)]; }
  Value& operator[](std::size_t i) { return values_[i]; }
  const Value& operator[](std::size_t i) const { return values_[i]; }
  [[nodiscard]] auto begin() { return values_.begin(); }
  [[nodiscard]] auto end() { return values_.end(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }

 private:
  std::array<Value, kLandmarkCount> values_;
};

/// A landmark in the picture: pixels, x right, y down, origin at the picture's top left corner; z is depth on
/// the scale of x, negative towards the camera, zero at the hips.
struct ImagePoint {
  double x_px = 0;
  double y_px = 0;
  double z_px = 0;
};

/// One person at one instant.
struct Pose {
  std::optional<PerLandmark<ImagePoint>> image;  ///< empty where the source holds no picture positions
  PerLandmark<Vec3<Camera>> world_m;             ///< meters, camera axes, origin mid-hips
  PerLandmark<double> visibility;                ///< 0 (hidden or out of the picture) to 1 (in plain sight)
};

/// One instant of a recording. `pose` is empty where the person was not seen.
struct PoseFrame {
  Seconds time;
  std::optional<Pose> pose;
};

}  // namespace reprise::engine
