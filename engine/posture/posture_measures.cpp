// SPDX-License-Identifier: Apache-2.0
#include "engine/posture/posture_measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/posture/posture_checks.h"

namespace reprise::engine {
namespace {

constexpr const char* kMeasuringPosture = "measuring a posture";
constexpr double kNineOfTen = 1.645;  // standard deviations of a normal distribution
constexpr double kEyeHeight = 0.936;  // of stature: engine/skeleton/shape.h (Winter)
constexpr double kStepPx = 0.5;       // of finite differences
constexpr Degrees kStepRoll{0.05};

// Of rendered people: eye, ear, shoulder, hip, knee, ankle, heel. From the front and behind about the mean of
// each side, because an offset of both sides cancels; knees wider, whose offset does not. From the side root
// mean squares.
constexpr std::size_t kAutomaticKinds = 7;
constexpr std::array<PointError, kAutomaticKinds> kFrontalErrors = {{{0.003, 0.003},
                                                                     {0.004, 0.007},
                                                                     {0.005, 0.005},
                                                                     {0.005, 0.010},
                                                                     {0.006, 0.026},
                                                                     {0.005, 0.006},
                                                                     {0.008, 0.010}}};
constexpr std::array<PointError, kAutomaticKinds> kSideErrors = {{{0.005, 0.005},
                                                                  {0.026, 0.007},
                                                                  {0.014, 0.027},
                                                                  {0.011, 0.012},
                                                                  {0.006, 0.029},
                                                                  {0.010, 0.024},
                                                                  {0.017, 0.017}}};

/// The place of an automatic point in these tables.
std::size_t automatic_kind(PosturePoint point) {
  using enum PosturePoint;
  switch (point) {
    case left_eye:
    case right_eye: return 0;
    case left_ear:
    case right_ear: return 1;
    case left_shoulder:
    case right_shoulder: return 2;
    case left_hip:
    case right_hip: return 3;
    case left_knee:
    case right_knee: return 4;
    case left_ankle:
    case right_ankle: return 5;
    default: return kAutomaticKinds - 1;
  }
}

UprightPoint on_body(const PosturePicture& picture, PosturePixel at, double roll_rad) {
  const double x = picture.mirrored ? picture.width_px - at.x_px : at.x_px;
  // A camera turned clockwise shows the world turned the other way round.
  const double right = x * std::cos(roll_rad) - at.y_px * std::sin(roll_rad);
  const double down = x * std::sin(roll_rad) + at.y_px * std::cos(roll_rad);
  // From behind and of the left side, left and ahead lie at the left edge.
  const bool turned = picture.view == PostureView::back || picture.view == PostureView::left_side;
  return {turned ? -right : right, -down};
}

UprightPoints points_at(const PosturePicture& picture, double roll_rad) {
  UprightPoints points{};
  for (const PlacedPoint& one : picture.points)
    points[static_cast<std::size_t>(one.point)] = on_body(picture, one.at, roll_rad);
  return points;
}

std::optional<double> mean_height(const PosturePicture& picture, const UprightPoints& points,
                                  PosturePoint left, PosturePoint right) {
  double sum = 0;
  int count = 0;
  for (const PosturePoint one : {left, right}) {
    if (find_point(picture, one) == nullptr) continue;
    sum += points[static_cast<std::size_t>(one)].y;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

/// The person's height in the picture; empty where head or feet are not there.
std::optional<double> stature_px(const PosturePicture& picture, const UprightPoints& points) {
  using enum PosturePoint;
  // From behind the eyes are hidden; the tragus lies as high (Winter's eye height, to about 1 % of stature).
  auto head = mean_height(picture, points, left_eye, right_eye);
  if (!head) head = mean_height(picture, points, left_ear, right_ear);
  const auto feet = mean_height(picture, points, left_heel, right_heel);
  if (!head || !feet || *head - *feet < 1) return std::nullopt;
  return (*head - *feet) / kEyeHeight;
}

std::optional<double> m_per_px(const PosturePicture& picture, const UprightPoints& points) {
  if (picture.marks) {
    const auto& [from, to, length] = *picture.marks;
    return length.value() / std::hypot(to.x_px - from.x_px, to.y_px - from.y_px);
  }
  if (!picture.body_height) return std::nullopt;
  const auto stature = stature_px(picture, points);
  if (!stature) return std::nullopt;
  return picture.body_height->value() / *stature;
}

/// What a value depends on, and how far each may be off.
class Propagation {
  const PosturePicture& picture_;
  const PostureErrors& errors_;
  double roll_;
  UprightPoints points_;
  std::optional<double> scale_;

  /// Standard deviations of a point, in pixels.
  [[nodiscard]] PointError error_px(const PlacedPoint& point, bool of_length) const {
    const double height = stature_px(picture_, points_).value_or(picture_.height_px);
    const PointError share =
        point.origin == PointOrigin::automatic ? automatic_error(point.point, picture_.view) : errors_.placed;
    const double beside = of_length ? errors_.perspective * (point.at.x_px - picture_.width_px / 2) : 0;
    return {std::hypot(share.across * height, beside), share.along * height};
  }

  /// Standard deviation of the scale by marks: the less sure the closer together they are in the picture.
  [[nodiscard]] double share_of_marks(const MarkedDistance& marks) const {
    const double height = stature_px(picture_, points_).value_or(picture_.height_px);
    const double apart = std::hypot(marks.to.x_px - marks.from.x_px, marks.to.y_px - marks.from.y_px);
    return std::hypot(errors_.scale_by_marks, std::numbers::sqrt2 * errors_.placed.along * height / apart);
  }

  [[nodiscard]] double turned(const PostureDefinition& definition, double by) const {
    return definition.value(points_at(picture_, roll_ + by));
  }

  [[nodiscard]] double variance_of_points(const PostureDefinition& definition) const {
    double variance = 0;
    for (const PosturePoint need : definition.needs) {
      const PointError error = error_px(*find_point(picture_, need), is_length(definition.measure));
      for (double UprightPoint::*const axis : {&UprightPoint::x, &UprightPoint::y}) {
        const double sd = axis == &UprightPoint::x ? error.across : error.along;
        UprightPoints more = points_, less = points_;
        more[static_cast<std::size_t>(need)].*axis += kStepPx;
        less[static_cast<std::size_t>(need)].*axis -= kStepPx;
        const double slope = (definition.value(more) - definition.value(less)) / (2 * kStepPx);
        variance += slope * slope * sd * sd;
      }
    }
    return variance;
  }

 public:
  Propagation(const PosturePicture& picture, const PostureErrors& errors)
      : picture_(picture),
        errors_(errors),
        roll_(picture.roll.value_or(Radians{0}).value()),
        points_(points_at(picture, roll_)),
        scale_(m_per_px(picture, points_)) {}

  [[nodiscard]] const UprightPoints& points() const { return points_; }
  [[nodiscard]] const std::optional<double>& scale() const { return scale_; }

  /// Precondition: nothing that `definition` needs is missing.
  [[nodiscard]] PostureValue measure(const PostureDefinition& definition) const {
    const double plain = definition.value(points_);
    const Radians roll_sd = picture_.roll ? errors_.known_roll : errors_.unknown_roll;
    const double step = Radians{kStepRoll}.value();
    const double slope = (turned(definition, step) - turned(definition, -step)) / (2 * step);
    double variance = variance_of_points(definition) + slope * slope * roll_sd.value() * roll_sd.value();
    double factor = 1;
    if (is_length(definition.measure)) {
      factor = *scale_;
      const double share = picture_.marks ? share_of_marks(*picture_.marks) : errors_.scale_by_height;
      variance += plain * plain * share * share;
    }
    return {definition.measure, definition.part, definition.side, plain * factor,
            kNineOfTen * std::sqrt(variance) * factor};
  }
};

std::optional<PostureGap> gap_of(const PosturePicture& picture, const PostureDefinition& definition,
                                 bool has_scale) {
  PostureGap gap{definition.measure, definition.part, definition.side, {}};
  for (const PosturePoint need : definition.needs) {
    if (find_point(picture, need) == nullptr) gap.missing.push_back(need);
  }
  if (gap.missing.empty() && (has_scale || !is_length(definition.measure))) return std::nullopt;
  return gap;
}

}  // namespace

PointError automatic_error(PosturePoint point, PostureView view) {
  return (is_side(view) ? kSideErrors : kFrontalErrors)[automatic_kind(point)];
}

UprightPoints upright_points(const PosturePicture& picture) {
  return points_at(picture, picture.roll.value_or(Radians{0}).value());
}

Result<MeasuredPosture> measure_posture(const PosturePicture& picture, const PostureErrors& errors) {
  if (auto right = check_posture_picture(picture); !right) return tl::unexpected(right.error());
  const Propagation propagation{picture, errors};
  if (auto right = check_posture_order(picture, propagation.points()); !right)
    return tl::unexpected(right.error());
  constexpr double kMmPerM = 1000;
  MeasuredPosture posture;
  if (propagation.scale()) posture.mm_per_px = *propagation.scale() * kMmPerM;
  for (const PostureDefinition& definition : posture_definitions(picture.view)) {
    if (auto gap = gap_of(picture, definition, propagation.scale().has_value())) {
      posture.gaps.push_back(std::move(*gap));
      continue;
    }
    PostureValue value = propagation.measure(definition);
    if (std::isfinite(value.value) && std::isfinite(value.uncertainty)) {
      posture.values.push_back(std::move(value));
    } else {
      // Points on top of each other.
      posture.gaps.push_back({definition.measure, definition.part, definition.side, definition.needs});
    }
  }
  return posture;
}

Result<PostureValue> measure_one(const PosturePicture& picture, PostureMeasure measure,
                                 const std::string& part, std::optional<Side> side) {
  if (!is_measured_from(measure, picture.view)) {
    return fail(ErrorCode::unsupported, kMeasuringPosture,
                std::string{words(measure)} + " cannot be measured in this view",
                is_side(picture.view) ? "take a picture from the front or from behind"
                                      : "take a picture from the side");
  }
  const auto posture = measure_posture(picture);
  if (!posture) return tl::unexpected(posture.error());
  const auto is_it = [&](const auto& one) {
    return one.measure == measure && one.part == part && one.side == side;
  };
  const auto value = std::find_if(posture->values.begin(), posture->values.end(), is_it);
  if (value != posture->values.end()) return *value;
  const auto gap = std::find_if(posture->gaps.begin(), posture->gaps.end(), is_it);
  return fail(ErrorCode::nothing_measured, kMeasuringPosture,
              std::string{words(measure)} + " was not measured",
              gap == posture->gaps.end() ? "ask for a part and side that it has" : remedy_for(*gap));
}

std::string remedy_for(const PostureGap& gap) {
  if (gap.missing.empty()) return "give the person's height or a marked distance";
  std::string text = "place ";
  for (std::size_t i = 0; i < gap.missing.size(); ++i) {
    if (i > 0) text += i + 1 == gap.missing.size() ? " and " : ", ";
    text += words(gap.missing[i]);
  }
  return text;
}

}  // namespace reprise::engine
