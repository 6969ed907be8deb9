#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sensing/landmarks/landmark_recording.h"

namespace reprise {

/// An array as NumPy saves it (.npy: one array; numpy.org, "NPY format"), in C order.
struct NpyArray {
  std::vector<std::size_t> shape;  ///< empty: a single number
  std::vector<double> values;      ///< the last index runs fastest; may hold NaN
};

inline constexpr std::size_t kMaxNpyValues = 50'000'000;  ///< 0.4 GB

/// Reads .npy, versions 1 to 3, with numbers of type float32 or float64 in either byte order. Errors: corrupt
/// (no .npy, a header that is not NumPy's, fewer or more bytes than the shape needs), unsupported (another
/// type, Fortran order, above the limit; the cause names what was found).
[[nodiscard]] Result<NpyArray> parse_npy(std::string_view bytes);

/// Landmarks in an array of [frames, 33, 3] or [frames, 99]: x, y, z of the 33 points in our order, in pixels
/// or in meters, told apart as in bare JSON arrays (bare_landmarks.h). A point that holds a NaN was not seen,
/// nor was anything in a frame of nothing but zeros. `options.rate` is needed: there are no times. Refused as
/// unsupported: frames of which each reaches exactly from 0 to 1 along every axis. Each was stretched by
/// itself; proportions, and so all angles, are lost. So is the layout of 104 columns: 33 such points, and 5
/// angles that were stretched among each other. Other errors: as for `read_landmarks`.
[[nodiscard]] Result<LandmarkRecording> landmarks_from_npy(const NpyArray& array,
                                                           const LandmarkReadOptions& options = {});

}  // namespace reprise
