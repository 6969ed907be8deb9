// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sensing/cameras/calibration_file.h"

// Any bytes: an error or cameras whose numbers are finite; written, they are read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto cameras = sensing::parse_calibration({reinterpret_cast<const char*>(data), size}, "fuzz.toml");
  if (!cameras) return 0;
  for (const engine::CameraModel& camera : *cameras) {
    if (!camera.rotation.allFinite() || !camera.translation_m.allFinite() || !(camera.focal_px() > 0))
      std::abort();
    const auto slope = engine::slope_of(camera, {0.3 * camera.width_px, 0.6 * camera.height_px});
    if (slope && !slope->allFinite()) std::abort();
  }
  const auto again = sensing::parse_calibration(sensing::to_calibration(*cameras), "again.toml");
  // Two cameras of one name make one table, which is refused.
  if (again && again->size() != cameras->size()) std::abort();
  return 0;
}
