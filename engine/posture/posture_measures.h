// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/posture/posture_definitions.h"

namespace reprise::engine {

/// How far a point is off sideways and up and down, standard deviations as shares of the person's height in
/// the picture.
struct PointError {
  double across = 0;
  double along = 0;
};

/// Standard deviations that a value's ± is propagated from.
struct PostureErrors {
  /// Of a point that a person placed or moved: 5 mm of 1.7 m. Unsourced default.
  PointError placed{0.003, 0.003};
  /// Of lengths, for points that are not equally far from the camera: a share of how far a point lies beside
  /// the picture's middle. 7 cm at 3.5 m. Unsourced default.
  double perspective = 0.02;
  Degrees known_roll{0.5};        ///< of the phone's level, or as given. Unsourced default
  Degrees unknown_roll{2};        ///< of a camera held by hand. Unsourced default
  double scale_by_height = 0.03;  ///< of the scale, from the person's height. Unsourced default
  double scale_by_marks = 0.01;   ///< from a marked distance, besides its points. Unsourced default
};

/// Of an automatic point: rendered people, docs/accuracy.md, "Posture". Precondition: `is_automatic(point)`.
[[nodiscard]] PointError automatic_error(PosturePoint point, PostureView view);

struct PostureValue {
  PostureMeasure measure = PostureMeasure::head_tilt;
  std::string part;  ///< of several, as "ear"
  std::optional<Side> side;
  double value = 0;        ///< radians, meters, shares of 1
  double uncertainty = 0;  ///< half width of the interval that holds nine of ten, same unit
};

/// Why a measure has no value.
struct PostureGap {
  PostureMeasure measure = PostureMeasure::head_tilt;
  std::string part;
  std::optional<Side> side;
  std::vector<PosturePoint> missing;  ///< points; empty: the scale is missing
};

struct MeasuredPosture {
  std::vector<PostureValue> values;
  std::vector<PostureGap> gaps;
  std::optional<double> mm_per_px;  ///< empty: no scale
};

/// Measures one picture. Errors: those of check_posture_picture and check_posture_order. Values: formulas in
/// posture_definitions.cpp, on points turned by the camera's roll. ±: every point's error, the roll's and the
/// scale's, propagated by finite differences as if they were independent.
[[nodiscard]] Result<MeasuredPosture> measure_posture(const PosturePicture& picture,
                                                      const PostureErrors& errors = {});

/// The value of one measure of a view alone, as a caller asks for it. Errors: as above; unsupported (this
/// view does not show it), nothing_measured (a point or the scale is missing: which).
[[nodiscard]] Result<PostureValue> measure_one(const PosturePicture& picture, PostureMeasure measure,
                                               const std::string& part = {},
                                               std::optional<Side> side = std::nullopt);

/// "place C7", "give the person's height or a marked distance".
[[nodiscard]] std::string remedy_for(const PostureGap& gap);

/// The picture's points on the body: not mirrored, level, in pixels. Points that it lacks lie at 0.
[[nodiscard]] UprightPoints upright_points(const PosturePicture& picture);

}  // namespace reprise::engine
