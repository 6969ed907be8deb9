// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/camera_gait/contacts.h"
#include "engine/pose/landmarks.h"
#include "session/document.h"
#include "session/measurements/function_references.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// Two marks on the floor along the way walked, as far from the camera as the person.
struct MarkedDistance {
  Meters distance{0};
  double from_px = 0;  ///< across the picture
  double to_px = 0;
};

struct CameraGaitOptions {
  std::optional<Meters> body_height;     ///< gives lengths their scale
  std::optional<MarkedDistance> marked;  ///< the same, and better
  bool treadmill = false;
  std::optional<double> belt_speed_mps;  ///< of the treadmill: gives stride lengths
  TestedPerson person = {};              ///< whose healthy peers' curves are drawn behind the person's
  engine::ContactMethod method = engine::ContactMethod::from_hips;
};

/// What found the landmarks: how far measures err is known of the heavy network alone (docs/accuracy.md).
enum class LandmarkOrigin : std::uint8_t { unknown, simulated, heavy_network, other_network };

/// One file with one or more passes.
struct CameraGaitRecording {
  std::span<const engine::PoseFrame> frames;
  Source source;
  LandmarkOrigin origin = LandmarkOrigin::unknown;
};

/// Measures walking past a camera, on a treadmill beside it, or towards and away from it, from the passes of
/// all recordings together. From the side: contacts, times, shares, lengths where there is a scale, and
/// angles over the gait cycle, of the side that is nearer to the camera where both are to be had. From in
/// front or behind: steps, cadence, and how far the pelvis drops. Of a less accurate network
/// nothing is found. Errors: nothing_measured (no person, no
/// walking, person or feet not in the picture, too few steps, who jumps or runs, only an oblique view),
/// invalid_argument (options that contradict each other, marks without distance, a slow camera).
[[nodiscard]] Result<MeasurementDocument> measure_camera_gait(const MeasurementInput& input,
                                                              std::span<const CameraGaitRecording> recordings,
                                                              const CameraGaitOptions& options = {});

}  // namespace reprise::session
