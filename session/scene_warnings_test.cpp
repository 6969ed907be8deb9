// SPDX-License-Identifier: Apache-2.0
#include "session/scene_warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "engine/synthesis/generate.h"
#include "session/exercise_facts.h"
#include "session/passes.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::session {
namespace {

using testing::HasSubstr;

std::vector<engine::PoseFrame> squats(double azimuth_deg) {
  engine::GenerateOptions options{.repetitions = 2, .noise = Meters{0.003}};
  options.camera.azimuth = Degrees{azimuth_deg};
  const auto movement = engine::generate((**exercises::find(shipped(), "squat")).movement.correct, options);
  if (!movement) throw std::runtime_error(to_string(movement.error()));
  return movement->frames;
}

SessionDocument session_of(const std::vector<engine::PoseFrame>& frames, SceneFacts scene = {}) {
  const auto& squat = **exercises::find(shipped(), "squat");
  PassInput input;
  input.definition = squat.definition;
  input.exercise = facts_of(squat);
  input.source.width_px = engine::VirtualCamera{}.width_px;
  input.source.height_px = engine::VirtualCamera{}.height_px;
  input.scene = std::move(scene);
  input.scene.upright_exercise = is_upright(squat);
  return run_passes(input, frames);
}

/// The text of a warning; empty where there is none with this code.
std::string scene_text_of(const SessionDocument& document, const std::string& code) {
  for (const Warning& w : document.warnings) {
    if (w.code == code) {
      EXPECT_FALSE(w.remedy.empty()) << code;
      return w.text;
    }
  }
  return {};
}

TEST(SceneWarnings, AGoodRecordingHasNone) {
  for (const double azimuth_deg : {0.0, 45.0, 90.0, 180.0}) {
    const SessionDocument document = session_of(squats(azimuth_deg));
    for (const char* code :
         {"still_picture", "frozen_pictures", "cuts", "camera_moves", "dark", "blurred", "several_people",
          "person_away", "out_of_picture", "picture_turned", "picture_tilted"}) {
      EXPECT_EQ(scene_text_of(document, code), "") << azimuth_deg;
    }
  }
}

TEST(SceneWarnings, NameWhatThePicturesShowed) {
  SceneFacts scene;
  scene.pictures.cuts = {Seconds{2.5}};
  scene.pictures.camera_moves = {{Seconds{1}, Seconds{2}}, {Seconds{4}, Seconds{5.25}}};
  scene.pictures.frozen = {{Seconds{3}, Seconds{4}}};
  scene.pictures.dark = scene.pictures.blurred = true;
  const SessionDocument document = session_of(squats(90), scene);
  EXPECT_THAT(scene_text_of(document, "cuts"), HasSubstr("2.5 s"));
  EXPECT_THAT(scene_text_of(document, "camera_moves"), HasSubstr("1.0 to 2.0 s, 4.0 to 5.2 s"));
  EXPECT_THAT(scene_text_of(document, "frozen_pictures"), HasSubstr("3.0 to 4.0 s"));
  EXPECT_NE(scene_text_of(document, "dark"), "");
  EXPECT_NE(scene_text_of(document, "blurred"), "");
}

TEST(SceneWarnings, NameFeetBelowThePicture) {
  auto frames = squats(90);
  const double height = engine::VirtualCamera{}.height_px;
  double ankle = 0;
  for (const auto& frame : frames)
    ankle = std::max(ankle, (*frame.pose->image)[engine::Landmark::left_ankle].y_px);
  for (auto& frame : frames) {
    for (auto& p : *frame.pose->image) p.y_px += height - ankle + 30;
  }
  EXPECT_THAT(scene_text_of(session_of(frames), "out_of_picture"), HasSubstr("feet"));
}

TEST(SceneWarnings, NameWhenThePersonWasAway) {
  auto frames = squats(90);
  for (auto& frame : frames) {
    if (frame.time > Seconds{3} && frame.time < Seconds{4.5}) frame.pose.reset();
  }
  EXPECT_THAT(scene_text_of(session_of(frames), "person_away"), HasSubstr("3.0 to 4.5 s"));
}

/// Turns picture and body clockwise about the middle of the picture.
void turn(std::vector<engine::PoseFrame>& frames, Degrees clockwise) {
  const double c = std::cos(Radians{clockwise}.value());
  const double s = std::sin(Radians{clockwise}.value());
  const double x0 = engine::VirtualCamera{}.width_px / 2.0;
  const double y0 = engine::VirtualCamera{}.height_px / 2.0;
  for (auto& frame : frames) {
    for (auto& p : *frame.pose->image) {
      const double x = p.x_px - x0;
      const double y = p.y_px - y0;
      p.x_px = x0 + c * x - s * y;
      p.y_px = y0 + s * x + c * y;
    }
    for (auto& point : frame.pose->world_m) {
      const Eigen::Vector3d p = point.v;
      point.v = {c * p.x() - s * p.y(), s * p.x() + c * p.y(), p.z()};
    }
  }
}

TEST(SceneWarnings, NameATurnedOrTiltedPicture) {
  for (const double azimuth_deg : {0.0, 90.0}) {
    auto turned = squats(azimuth_deg);
    turn(turned, Degrees{90});
    EXPECT_THAT(scene_text_of(session_of(turned), "picture_turned"), HasSubstr("90\u00b0 clockwise"));
    auto upside_down = squats(azimuth_deg);
    turn(upside_down, Degrees{180});
    EXPECT_THAT(scene_text_of(session_of(upside_down), "picture_turned"), HasSubstr("on its head"));
    auto tilted = squats(azimuth_deg);
    turn(tilted, Degrees{-15});
    EXPECT_THAT(scene_text_of(session_of(tilted), "picture_tilted"), HasSubstr("counter-clockwise"));
    EXPECT_EQ(scene_text_of(session_of(tilted), "picture_turned"), "");
  }
}

}  // namespace
}  // namespace reprise::session
