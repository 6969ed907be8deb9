// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/posture_request.h"

#include <array>

#include "json/write.h"

namespace reprise::session {
namespace {

using engine::PlacedPoint;
using engine::PosturePicture;

constexpr std::size_t kMostPoints = 100;
constexpr double kCmPerM = 100;
constexpr std::array<std::string_view, engine::kPostureViewCount> kViewWords = {"front", "back", "left_side",
                                                                                "right_side"};
constexpr std::array<std::string_view, 3> kOriginWords = {"automatic", "moved", "placed"};

engine::PosturePixel pixel_in(json::Reader& item, const char* x, const char* y) {
  return {item.number(x), item.number(y)};
}

PlacedPoint read_point(json::Reader& item) {
  PlacedPoint one;
  const auto point = engine::posture_point_from_name(item.text("point"));
  if (!point) item.refuse("point", "a point of docs/reference/posture.md, as c7 or left_ear");
  one.point = point.value_or(engine::PosturePoint::c7);
  one.at = pixel_in(item, "x_px", "y_px");
  if (const auto origin = item.choice_or_null("origin", kOriginWords))
    one.origin = static_cast<engine::PointOrigin>(*origin);
  if (const auto x = item.number_or_null("automatic_x_px"))
    one.automatic = engine::PosturePixel{*x, item.number("automatic_y_px")};
  return one;
}

}  // namespace

PosturePicture read_posture_picture(json::Reader& input) {
  PosturePicture picture;
  picture.view = static_cast<engine::PostureView>(input.choice("view", kViewWords).value_or(0));
  picture.width_px = input.number("width_px");
  picture.height_px = input.number("height_px");
  if (const auto roll = input.number_or_null("roll_deg")) picture.roll = Radians{Degrees{*roll}};
  picture.mirrored = input.truth_or_null("mirrored").value_or(false);
  if (const auto height = input.number_or_null("height_cm")) picture.body_height = Meters{*height / kCmPerM};
  if (json::Reader marks = input.group_or_null("marks"); marks.there()) {
    picture.marks = engine::MarkedDistance{pixel_in(marks, "from_x_px", "from_y_px"),
                                           pixel_in(marks, "to_x_px", "to_y_px"),
                                           Meters{marks.number("length_cm") / kCmPerM}};
  }
  for (json::Reader& item : input.items("points", kMostPoints)) picture.points.push_back(read_point(item));
  return picture;
}

Result<PosturePicture> parse_posture_points(std::string_view text) {
  json::Document file{text, "reading the points of a posture"};
  json::Reader input = file.root();
  PosturePicture picture = read_posture_picture(input);
  if (auto problem = file.problem()) return tl::unexpected(std::move(*problem));
  return picture;
}

Json posture_point_json(const PlacedPoint& point) {
  Json out = {{"point", engine::name(point.point)},
              {"x_px", point.at.x_px},
              {"y_px", point.at.y_px},
              {"origin", engine::name(point.origin)}};
  if (point.automatic) {
    out["automatic_x_px"] = point.automatic->x_px;
    out["automatic_y_px"] = point.automatic->y_px;
  }
  return out;
}

std::string to_posture_points(const PosturePicture& picture) {
  Json out = {
      {"view", engine::name(picture.view)},
      {"width_px", picture.width_px},
      {"height_px", picture.height_px},
      {"roll_deg", picture.roll ? Json(to_degrees(*picture.roll).value()) : Json(nullptr)},
      {"mirrored", picture.mirrored},
      {"height_cm", picture.body_height ? Json(picture.body_height->value() * kCmPerM) : Json(nullptr)},
      {"marks", nullptr},
      {"points", Json::array()}};
  if (picture.marks) {
    out["marks"] = {{"from_x_px", picture.marks->from.x_px},
                    {"from_y_px", picture.marks->from.y_px},
                    {"to_x_px", picture.marks->to.x_px},
                    {"to_y_px", picture.marks->to.y_px},
                    {"length_cm", picture.marks->length.value() * kCmPerM}};
  }
  for (const PlacedPoint& one : picture.points) out["points"].push_back(posture_point_json(one));
  return json::write(out);
}

}  // namespace reprise::session
