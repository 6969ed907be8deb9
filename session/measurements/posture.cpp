// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/posture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "session/measurements/posture_values.h"

namespace reprise::session {
namespace {

using engine::PostureGap;
using engine::PostureMeasure;
using engine::PosturePicture;
using engine::PostureView;

constexpr const char* kPostureStage = "measuring a posture";

std::string seen_words(PostureView view) {
  switch (view) {
    case PostureView::front: return "front";
    case PostureView::back: return "back";
    case PostureView::left_side: return "left side";
    case PostureView::right_side: return "right side";
  }
  return {};
}

std::string part_of(PostureView view, const std::string& part) {
  std::string text{engine::name(view)};
  return part.empty() ? text : text + '_' + part;
}

std::string picture_words(const PosturePicture& picture) {
  int automatic = 0, by_person = 0;
  for (const engine::PlacedPoint& one : picture.points)
    (one.origin == engine::PointOrigin::automatic ? automatic : by_person)++;
  std::string text = seen_words(picture.view) + " (" + std::to_string(automatic) + " points automatic, " +
                     std::to_string(by_person) + " by a person";
  if (picture.roll) {
    std::array<char, 64> roll{};
    std::snprintf(roll.data(), roll.size(), ", camera turned %.1f degrees clockwise",
                  to_degrees(*picture.roll).value());
    text += roll.data();
  } else {
    text += ", camera level not known";
  }
  if (picture.mirrored) text += ", mirror image";
  if (picture.marks) {
    text += ", scale from a marked distance";
  } else if (picture.body_height) {
    text += ", scale from the person's height";
  }
  return text + ")";
}

std::string method_words(std::span<const PhotographedPosture> pictures) {
  std::string text = "Posture, standing, in photos: ";
  for (std::size_t i = 0; i < pictures.size(); ++i)
    text += (i > 0 ? "; " : "") + picture_words(pictures[i].picture);
  return text + ".";
}

bool is_first_shown(PostureMeasure measure) {
  return measure != PostureMeasure::plumb_offset && measure != PostureMeasure::trunk_asymmetry;
}

EventTable points_table() {
  using enum SignalMeasure;
  return {std::string{kPointsTable}, {point_x, point_y, point_automatic_x, point_automatic_y}, {}};
}

void add_points(EventTable& table, const PosturePicture& picture) {
  for (const engine::PlacedPoint& one : picture.points) {
    auto automatic = one.automatic;
    if (one.origin == engine::PointOrigin::automatic) automatic = one.at;
    std::vector<std::optional<double>> columns = {one.at.x_px, one.at.y_px, std::nullopt, std::nullopt};
    if (automatic && one.origin != engine::PointOrigin::placed) {
      columns[2] = automatic->x_px;
      columns[3] = automatic->y_px;
    }
    table.rows.push_back({Seconds{0}, Seconds{0}, std::nullopt,
                          part_of(picture.view, std::string{engine::name(one.point)}), "",
                          std::move(columns)});
  }
}

std::string gap_words(PostureView view, const PostureGap& gap) {
  std::string text{engine::words(gap.measure)};
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  if (!gap.part.empty()) {
    std::string part = gap.part;
    std::replace(part.begin(), part.end(), '_', ' ');
    text += ", " + part;
  }
  if (gap.side) text += *gap.side == Side::left ? ", left" : ", right";
  return text + ", " + seen_words(view) + ": " + engine::remedy_for(gap) + ".";
}

/// Measures that none of the pictures can show.
void add_unseen(MeasurementDocument& d, std::span<const PhotographedPosture> pictures) {
  for (const bool side : {false, true}) {
    const bool seen = std::any_of(pictures.begin(), pictures.end(), [&](const PhotographedPosture& one) {
      return engine::is_side(one.picture.view) == side;
    });
    if (seen) continue;
    std::string text = side ? "From the side:" : "From the front or from behind:";
    const char* separator = " ";
    for (std::size_t i = 0; i < engine::kPostureMeasureCount; ++i) {
      const auto measure = static_cast<PostureMeasure>(i);
      if (!engine::is_measured_from(measure, side ? PostureView::left_side : PostureView::back) ||
          engine::is_measured_from(measure, side ? PostureView::back : PostureView::left_side))
        continue;
      text += separator + std::string{engine::words(measure)};
      separator = ", ";
    }
    d.not_measured.push_back(text + ". Take a picture from there.");
  }
}

// Who bends a knee or crosses the legs has no posture in standing. Unsourced default.
constexpr Degrees kMostKneeBend{25};

bool bends_or_crosses_legs(std::span<const engine::PostureValue> values) {
  return std::any_of(values.begin(), values.end(), [](const engine::PostureValue& value) {
    return value.measure == engine::PostureMeasure::knee_alignment &&
           std::abs(value.value) > Radians{kMostKneeBend}.value();
  });
}

void refuse_bent_legs(MeasurementDocument& d, PostureView view) {
  d.not_measured.push_back("Knee alignment, " + seen_words(view) + ": a leg is bent or crosses the other.");
  d.warnings.push_back(
      {"legs_not_straight", "Picture, " + seen_words(view) + ": a leg is bent or crosses the other.",
       "Take the picture of a person who stands upright on both legs, or correct the points."});
}

void add_picture_warnings(MeasurementDocument& d, const PhotographedPosture& one) {
  const PosturePicture& picture = one.picture;
  const std::string view = seen_words(picture.view);
  if (!picture.roll) {
    d.warnings.push_back(
        {"camera_level_unknown",
         "Picture, " + view + ": the camera's level is not known; each ± allows for 2 degrees.",
         "Use the level of the phone, or give the camera's roll."});
  }
  if (one.turned && *one.turned > Radians{engine::kTurnedFromView}) {
    d.warnings.push_back({"turned_from_view",
                          "Picture, " + view +
                              ": the person seems turned by more than 10 degrees, which shifts "
                              "levels and offsets.",
                          "Take the picture again square to the person."});
  }
  if (!one.outside.empty()) {
    std::string parts;
    for (const engine::FramedPart part : one.outside)
      parts += (parts.empty() ? "" : ", ") + std::string{engine::name(part)};
    d.warnings.push_back({"cut_off", "Picture, " + view + ": cut off: " + parts + ".",
                          "Stand farther away, so that the whole body is in the picture."});
  }
  const bool checked = std::any_of(picture.points.begin(), picture.points.end(), [](const auto& point) {
    return point.origin != engine::PointOrigin::automatic;
  });
  if (!checked) {
    d.warnings.push_back(
        {"points_not_checked", "Picture, " + view + ": no person moved or placed a point.",
         "Check each point in the picture; C7, axillae, waist and pelvis are placed by hand."});
  }
}

Result<void> check_views(std::span<const PhotographedPosture> pictures) {
  if (pictures.empty())
    return fail(ErrorCode::nothing_measured, kPostureStage, "there is no picture", "give at least one");
  std::set<PostureView> seen;
  for (const PhotographedPosture& one : pictures) {
    if (!seen.insert(one.picture.view).second)
      return fail(ErrorCode::invalid_argument, kPostureStage,
                  "there are two pictures of one view (" + seen_words(one.picture.view) + ")",
                  "give one picture of each view");
  }
  return {};
}

}  // namespace

Result<MeasurementDocument> measure_posture(const MeasurementInput& input,
                                            std::span<const PhotographedPosture> pictures) {
  if (auto right = check_views(pictures); !right) return tl::unexpected(right.error());
  MeasurementDocument d = begin_measurement(MeasurementKind::posture, method_words(pictures), input);
  EventTable table = points_table();
  for (const PhotographedPosture& one : pictures) {
    const PosturePicture& picture = one.picture;
    const auto posture = engine::measure_posture(picture);
    if (!posture) return tl::unexpected(posture.error());
    const bool bent = bends_or_crosses_legs(posture->values);
    for (const engine::PostureValue& value : posture->values) {
      if (bent && value.measure == engine::PostureMeasure::knee_alignment) continue;
      add_value(d, signal_measure_of(value.measure), value.value,
                {.side = value.side,
                 .part = part_of(picture.view, value.part),
                 .primary = value.part.empty() && is_first_shown(value.measure)},
                value.uncertainty);
    }
    for (const PostureGap& gap : posture->gaps) d.not_measured.push_back(gap_words(picture.view, gap));
    add_points(table, picture);
    add_picture_warnings(d, one);
    if (bent) refuse_bent_legs(d, picture.view);
  }
  if (d.values.empty()) {
    return fail(ErrorCode::nothing_measured, kPostureStage, "the points give no value",
                d.not_measured.empty() ? "place more points" : d.not_measured.front());
  }
  add_unseen(d, pictures);
  d.not_measured.emplace_back(
      "The curve of the spine, single vertebrae and any cause: a photo shows points of the skin at one "
      "moment.");
  d.tables.push_back(std::move(table));
  return d;
}

}  // namespace reprise::session
