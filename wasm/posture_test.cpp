// SPDX-License-Identifier: Apache-2.0
#include "wasm/posture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/synthesis/body.h"
#include "engine/synthesis/camera.h"

namespace reprise::wasm {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

// SIMULATED: the body model before a virtual camera.
json photo_of(double azimuth_deg, const char* view) {
  const engine::BodyFigure body = engine::draw_body({}, {}, {});
  engine::VirtualCamera camera;
  camera.azimuth = Degrees{azimuth_deg};
  camera.width_px = 1000;
  camera.height_px = 1400;
  const engine::Pose pose =
      engine::take_picture(body.landmarks, {}, camera, engine::middle_of(body.landmarks));
  json photo = {{"view", view},
                {"width_px", 1000},
                {"height_px", 1400},
                {"roll_known", true},
                {"mirrored", false},
                {"image_px", json::array()},
                {"world_m", json::array()},
                {"visibility", json::array()}};
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    const engine::ImagePoint& p = (*pose.image)[l];
    for (const double value : {p.x_px, p.y_px, p.z_px}) photo["image_px"].push_back(value);
    for (int axis = 0; axis < 3; ++axis) photo["world_m"].push_back(pose.world_m[l].v[axis]);
    photo["visibility"].push_back(pose.visibility[l]);
  }
  return photo;
}

json request_of(const json& found) {
  json picture = {{"view", "back"},
                  {"width_px", 1000},
                  {"height_px", 1400},
                  {"roll_deg", 0},
                  {"mirrored", false},
                  {"height_cm", 175},
                  {"marks", nullptr},
                  {"points", found["points"]},
                  {"outside", found["outside"]},
                  {"turned_deg", found["turned_deg"]}};
  return {{"pictures", {picture}},
          {"startedAt", "2026-11-26T10:00:00Z"},
          {"duration_s", 1},
          {"simulated", true},
          {"earlier", nullptr}};
}

TEST(PostureOfAPage, FindsPointsMeasuresAndCompares) {
  const auto found_text = posture_points_text(photo_of(180, "back").dump());
  ASSERT_TRUE(found_text.has_value()) << found_text.error().cause;
  const json found = json::parse(*found_text);
  EXPECT_GT(found["points"].size(), 10U);
  json request = request_of(found);
  const auto first = posture_text(request.dump());
  ASSERT_TRUE(first.has_value()) << first.error().cause;
  const json result = json::parse(*first);
  EXPECT_TRUE(result["changes"].empty());
  EXPECT_EQ(result["gaps"][0]["missing"], (json{"left_psis", "right_psis"}));
  for (json& point : request["pictures"][0]["points"]) {
    if (point["point"] != "left_shoulder") continue;
    point["automatic_x_px"] = point["x_px"];
    point["automatic_y_px"] = point["y_px"];
    point["y_px"] = point["y_px"].get<double>() - 40;
    point["origin"] = "moved";
  }
  request["earlier"] = result["document"];
  const auto second = posture_text(request.dump());
  ASSERT_TRUE(second.has_value()) << second.error().cause;
  bool raised = false;
  const json again = json::parse(*second);
  for (const json& change : again["changes"])
    raised = raised || (change["measure"] == "shoulder_level" && change["change"] > 4 && change["certain"]);
  EXPECT_TRUE(raised);
  const auto compared =
      posture_changes_text(json{{"now", again["document"]}, {"earlier", result["document"]}}.dump());
  ASSERT_TRUE(compared.has_value()) << compared.error().cause;
  EXPECT_EQ(json::parse(*compared), again["changes"]);
  EXPECT_FALSE(posture_changes_text(json{{"now", "{}"}, {"earlier", result["document"]}}.dump()).has_value());
}

// web/clinician/posture looks for these words.
TEST(PostureOfAPage, RefusalsHaveTheWordsThatThePageLooksFor) {
  EXPECT_THAT(posture_points_text(photo_of(180, "front").dump()).error().cause,
              HasSubstr("turned by more than"));
  json tilted = photo_of(180, "back");
  const double turn = 0.25;
  for (std::size_t i = 0; i < tilted["image_px"].size(); i += 3) {
    const double x = tilted["image_px"][i].get<double>() - 500;
    const double y = tilted["image_px"][i + 1].get<double>() - 700;
    tilted["image_px"][i] = 500 + x * std::cos(turn) - y * std::sin(turn);
    tilted["image_px"][i + 1] = 700 + x * std::sin(turn) + y * std::cos(turn);
  }
  EXPECT_TRUE(posture_points_text(tilted.dump()).has_value());
  tilted["roll_known"] = false;
  EXPECT_THAT(posture_points_text(tilted.dump()).error().cause, HasSubstr("tilted"));
  json request = request_of(json::parse(*posture_points_text(photo_of(180, "back").dump())));
  request["pictures"][0]["mirrored"] = true;
  EXPECT_THAT(posture_text(request.dump()).error().cause, HasSubstr("not where"));
}

TEST(PostureOfAPage, RefusesWhatItCannotUse) {
  EXPECT_EQ(posture_points_text(photo_of(180, "front").dump()).error().code, ErrorCode::unsupported);
  json photo = photo_of(180, "back");
  photo["world_m"].erase(0);
  EXPECT_THAT(posture_points_text(photo.dump()).error().cause, HasSubstr("world_m"));
  EXPECT_FALSE(posture_points_text("null").has_value());
  EXPECT_FALSE(posture_text("{}").has_value());
  json request = request_of(json::parse(*posture_points_text(photo_of(180, "back").dump())));
  request["earlier"] = "{}";
  EXPECT_FALSE(posture_text(request.dump()).has_value());
  request["pictures"] = json::array();
  EXPECT_EQ(posture_text(request.dump()).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::wasm
