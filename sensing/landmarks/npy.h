// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sensing/landmarks/landmark_recording.h"

namespace reprise::sensing {

/// An array in NumPy's file format (.npy: one array; numpy.org, "NPY format"), in C order.
struct NpyArray {
  std::vector<std::size_t> shape;  ///< empty for a single number
  std::vector<double> values;      ///< the last index runs fastest; may hold NaN
};

inline constexpr std::size_t kMaxNpyValues = 50'000'000;  ///< 0.4 GB

/// Reads .npy, versions 1 to 3, with float32 or float64 in either byte order. Errors: corrupt (not a .npy
/// file, an invalid header, a size other than the shape's), unsupported (another type, Fortran order, above
/// the limit; the cause names the value found).
[[nodiscard]] Result<NpyArray> parse_npy(std::string_view bytes);

/// Reads landmarks from an array of [frames, 33, 3] or [frames, 99]: x, y, z of the 33 points in our order,
/// in pixels or in meters, distinguished as in bare JSON arrays (bare_landmarks.h). A point with a NaN was
/// not seen, nor was any point in a frame of zeros. `options.rate` is required: there are no times.
/// Unsupported: frames stretched to exactly 0 to 1 along every axis, each by itself, because proportions and
/// all angles are lost. Unsupported, too: the layout of 104 columns, 33 such points and 5 angles stretched
/// among each other. Other errors: as for `read_landmarks`.
[[nodiscard]] Result<LandmarkRecording> landmarks_from_npy(const NpyArray& array,
                                                           const LandmarkReadOptions& options = {});

/// The points alone, in no particular unit: also of the layouts that `landmarks_from_npy` refuses, which lost
/// proportions and so every angle, but still show a movement: [frames, 104], whose last five columns are not
/// looked at, and frames stretched to 0 to 1. A frame of zeros, or with a NaN, shows no person. Errors:
/// unsupported (another shape; too many frames).
[[nodiscard]] Result<std::vector<std::optional<engine::PerLandmark<Eigen::Vector3d>>>> points_from_npy(
    const NpyArray& array);

}  // namespace reprise::sensing
