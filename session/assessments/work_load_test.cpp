// SPDX-License-Identifier: Apache-2.0
#include "session/assessments/work_load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "engine/synthesis/generate.h"
#include "session/assessments/work_load_json.h"
#include "tests/support/test_files.h"

namespace reprise::session {
namespace {

using engine::Dof;

// SIMULATED: someone bends down to the floor three times, reaching forward with both arms.
engine::GeneratedMovement lifts_from_the_floor(double azimuth_deg) {
  engine::MovementDefinition lift;
  lift.duration = Seconds{8};
  const auto posture = [](double share) {
    std::vector<engine::DofValue> angles = {{Dof::trunk_flexion, Degrees{75 * share}},
                                            {Dof::neck_flexion, Degrees{15 * share}}};
    for (const Dof dof : {Dof::left_shoulder_flexion, Dof::right_shoulder_flexion})
      angles.push_back({dof, Degrees{80 * share}});
    for (const Dof dof : {Dof::left_elbow_flexion, Dof::right_elbow_flexion})
      angles.push_back({dof, Degrees{80 - 60 * share}});
    return angles;
  };
  lift.keyframes = {{0, posture(0)}, {0.4, posture(1)}, {0.6, posture(1)}, {1, posture(0)}};
  engine::GenerateOptions options;
  options.repetitions = 3;
  options.frame_rate = Hertz{15};
  options.camera.azimuth = Degrees{azimuth_deg};
  auto made = engine::generate(lift, options);
  EXPECT_TRUE(made);
  return std::move(*made);
}

WorkLoadInput work_input(engine::WorkMethod method) {
  WorkLoadInput input;
  input.method = method;
  input.source.kind = SourceKind::simulated;
  input.source.name = "lifts";
  input.answers.stance = engine::WorkStance::standing;
  input.answers.legs_balanced = true;
  input.answers.load_kg = 12;
  return input;
}

WorkLoadDocument assessed(const WorkLoadInput& input, std::span<const engine::PoseFrame> frames) {
  const auto document = assess_work_load(input, frames);
  EXPECT_TRUE(document) << to_string(document.error());
  return document.value_or(WorkLoadDocument{});
}

engine::WorkScore true_score(const engine::Pose& pose, const WorkLoadInput& input) {
  const auto posture = engine::work_posture(pose, engine::MeasureSet{pose},
                                            [](engine::Measure, engine::Side) { return std::optional{0.0}; });
  return engine::score_work(input.method, posture, input.side, input.answers);
}

TEST(WorkLoadDocument, TheScoreOfTheDrawnPostureLiesInTheRange) {
  const auto movement = lifts_from_the_floor(90);
  for (const auto method : {engine::WorkMethod::rula, engine::WorkMethod::reba, engine::WorkMethod::owas}) {
    const WorkLoadInput input = work_input(method);
    const WorkLoadDocument document = assessed(input, movement.frames);
    int held = 0;
    int looked_at = 0;
    int near = 0;  // as measured, by one at most
    for (const engine::PoseFrame& frame : movement.frames) {
      for (const engine::ScoreSpan& span : document.load.spans) {
        if (frame.time < span.from || frame.time > span.to) continue;
        const auto truth = true_score(*frame.pose, input).scores.range();
        ++looked_at;
        const engine::ScoreRange range = span.score.all.score;
        held += range.least <= truth.least && truth.most <= range.most ? 1 : 0;
        near += std::abs(span.score.measured.score.most - truth.most) <= 1 ? 1 : 0;
        break;
      }
    }
    EXPECT_GT(looked_at, 300);
    EXPECT_GT(held, 0.9 * looked_at) << engine::name(method);
    EXPECT_GT(near, 0.9 * looked_at) << engine::name(method);
  }
}

TEST(WorkLoadDocument, TheWorstMomentsAreThoseOfTheDeepestBend) {
  const auto movement = lifts_from_the_floor(90);
  const WorkLoadDocument document = assessed(work_input(engine::WorkMethod::reba), movement.frames);
  ASSERT_GE(document.worst.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const Seconds time = document.worst[i].time;
    EXPECT_TRUE(std::any_of(movement.repetitions.begin(), movement.repetitions.end(), [&](const auto& lift) {
      return time > lift.start + Seconds{1} && time < lift.end - Seconds{1};
    })) << time.value();
    EXPECT_GE(document.worst[i].score.scores.most(), 8);
  }
  double surely = 0;
  for (const engine::LevelShare& share : document.load.shares) {
    EXPECT_LE(share.all.surely, share.measured.surely + 1e-9);
    EXPECT_LE(share.measured.surely, share.measured.possibly + 1e-9);
    EXPECT_LE(share.measured.possibly, share.all.possibly + 1e-9);
    surely += share.all.surely;
  }
  EXPECT_LE(surely, 1 + 1e-9);
  EXPECT_TRUE(std::any_of(document.warnings.begin(), document.warnings.end(),
                          [](const Warning& w) { return w.code == "short_recording"; }));
}

bool warns_of(const WorkLoadDocument& document, const std::string& code) {
  return std::any_of(document.warnings.begin(), document.warnings.end(),
                     [&](const Warning& w) { return w.code == code; });
}

// SIMULATED: someone bends straight ahead, beyond level.
TEST(WorkLoadDocument, ASymmetricBendBeyondLevelIsNotBentSideways) {
  engine::MovementDefinition bend;
  bend.duration = Seconds{8};
  bend.keyframes = {{0, {}},
                    {0.3, {{Dof::trunk_flexion, Degrees{105}}}},
                    {0.7, {{Dof::trunk_flexion, Degrees{105}}}},
                    {1, {}}};
  engine::GenerateOptions options;
  options.repetitions = 2;
  options.frame_rate = Hertz{15};
  options.camera.azimuth = Degrees{90};
  options.noise = Meters{0.005};
  const auto made = engine::generate(bend, options);
  ASSERT_TRUE(made);
  WorkLoadInput input = work_input(engine::WorkMethod::owas);
  input.answers.load_kg = 0;
  const WorkLoadDocument document = assessed(input, made->frames);
  for (const engine::LevelShare& share : document.load.shares) {
    if (share.level > 2) {
      EXPECT_LT(share.measured.possibly, 0.05) << share.level;
    } else if (share.level == 2) {
      EXPECT_GT(share.measured.surely, 0.3);
    }
  }
}

TEST(WorkLoadDocument, AnAnswerAboutAnArmNeedsTheArmNamed) {
  const auto movement = lifts_from_the_floor(90);
  WorkLoadInput input = work_input(engine::WorkMethod::reba);
  input.answers.arm_supported = false;
  const WorkLoadDocument both = assessed(input, movement.frames);
  EXPECT_TRUE(warns_of(both, "arm_not_named"));
  EXPECT_FALSE(both.answers.arm_supported);
  input.side = engine::Side::right;
  const WorkLoadDocument right = assessed(input, movement.frames);
  EXPECT_FALSE(warns_of(right, "arm_not_named"));
  EXPECT_EQ(right.answers.arm_supported, false);
}

TEST(WorkLoadDocument, WhatWasNotFilmedAndWhoLiesIsNoted) {
  auto movement = lifts_from_the_floor(90);
  const WorkLoadDocument whole = assessed(work_input(engine::WorkMethod::rula), movement.frames);
  EXPECT_FALSE(warns_of(whole, "not_filmed"));
  EXPECT_FALSE(warns_of(whole, "lying")) << "a deep bend is not lying";
  for (const Warning& warning : whole.warnings) {
    if (warning.code == "short_recording") {
      EXPECT_EQ(warning.remedy, "Film whole cycles of the work.");
    }
  }
  const auto lost = [](const engine::PoseFrame& f) { return f.time > Seconds{4} && f.time < Seconds{8}; };
  std::vector<engine::PoseFrame> gap = movement.frames;
  gap.erase(std::remove_if(gap.begin(), gap.end(), lost), gap.end());
  const WorkLoadDocument broken = assessed(work_input(engine::WorkMethod::rula), gap);
  EXPECT_TRUE(warns_of(broken, "not_filmed"));
  EXPECT_NEAR(broken.load.not_filmed.value(), 3, 0.2) << "half a second beside each picture is scored";
  EXPECT_EQ(broken.load.not_seen, Seconds{0});
  // Laid on the back: the camera's vertical becomes the depth.
  for (engine::PoseFrame& frame : movement.frames) {
    for (auto& point : frame.pose->world_m) point = {point.v.x(), point.v.z(), -point.v.y()};
    frame.pose->image.reset();
  }
  EXPECT_TRUE(warns_of(assessed(work_input(engine::WorkMethod::owas), movement.frames), "lying"));
}

TEST(WorkLoadDocument, AWorstMomentAsksOnlyWhatTheStanceLeavesOpen) {
  const auto movement = lifts_from_the_floor(90);
  const auto asks_of_trunk_support = [&](std::optional<engine::WorkStance> stance) {
    WorkLoadInput input = work_input(engine::WorkMethod::rula);
    input.answers.stance = stance;
    input.answers.trunk_supported.reset();
    const WorkLoadDocument document = assessed(input, movement.frames);
    for (const engine::PartScore& part : document.worst.front().score.parts) {
      for (const engine::AnsweredPoints& step : part.answered) {
        if (step.question == engine::WorkQuestion::trunk_supported) return true;
      }
    }
    return false;
  };
  EXPECT_TRUE(asks_of_trunk_support(std::nullopt));
  EXPECT_TRUE(asks_of_trunk_support(engine::WorkStance::sitting));
  EXPECT_FALSE(asks_of_trunk_support(engine::WorkStance::standing));
}

TEST(WorkLoadDocument, AnswersNarrowTheRange) {
  const auto movement = lifts_from_the_floor(90);
  WorkLoadInput open = work_input(engine::WorkMethod::owas);
  open.answers = {};
  const auto width = [](const WorkLoadDocument& document) {
    double sum = 0;
    for (const engine::ScoreSpan& span : document.load.spans)
      sum += (span.score.all.score.most - span.score.all.score.least) * (span.to - span.from).value();
    return sum;
  };
  EXPECT_LT(width(assessed(work_input(engine::WorkMethod::owas), movement.frames)),
            0.9 * width(assessed(open, movement.frames)));
}

TEST(WorkLoadDocument, ACameraThatLooksEndOnIsNoted) {
  const auto movement = lifts_from_the_floor(0);
  const WorkLoadDocument document = assessed(work_input(engine::WorkMethod::owas), movement.frames);
  EXPECT_TRUE(std::any_of(document.warnings.begin(), document.warnings.end(),
                          [](const Warning& w) { return w.code == "view_end_on"; }));
}

TEST(WorkLoadDocument, WithoutAPersonThereIsAnError) {
  std::vector<engine::PoseFrame> frames(30);
  for (std::size_t i = 0; i < frames.size(); ++i) frames[i].time = Seconds{0.1 * static_cast<double>(i)};
  auto refused = assess_work_load(work_input(engine::WorkMethod::rula), frames);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::nothing_measured);
  frames[3].pose = lifts_from_the_floor(90).frames[0].pose;
  refused = assess_work_load(work_input(engine::WorkMethod::rula), frames);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().cause, testing::HasSubstr("only one picture"));
}

TEST(WorkLoadJson, SaysEverythingOfTheDocument) {
  const auto movement = lifts_from_the_floor(90);
  const WorkLoadDocument document = assessed(work_input(engine::WorkMethod::rula), movement.frames);
  const auto text = to_work_load_json(document);
  ASSERT_TRUE(text) << to_string(text.error());
  EXPECT_EQ(*text, *to_work_load_json(document));
  const auto json = nlohmann::json::parse(*text);
  EXPECT_EQ(json["schema"], "reprise.work_load/1");
  EXPECT_THAT(json["notice"].get<std::string>(), testing::StartsWith("SIMULATED"));
  EXPECT_EQ(json["method"], "rula");
  EXPECT_EQ(json["answers"]["load_kg"], 12);
  EXPECT_TRUE(json["answers"]["shoulder_raised"].is_null());
  EXPECT_FALSE(json["answers"].contains("coupling")) << "RULA does not ask";
  EXPECT_EQ(json["load"]["levels"].size(), 4U);
  EXPECT_EQ(json["worst"].size(), document.worst.size());
  const auto& upper_arm = json["worst"][0]["parts"][0];
  EXPECT_EQ(upper_arm["part"], "upper_arm");
  EXPECT_LT(upper_arm["measured"][0]["least_deg"], upper_arm["measured"][0]["most_deg"]);
  EXPECT_EQ(json["worst"][0]["figure"]["world_m"].size(), engine::kLandmarkCount);
}

// Written by hand, so that it does not change when the engine's fit does.
WorkLoadDocument small_work_load() {
  WorkLoadDocument d;
  d.engine_version = "0.0.0";
  d.source.name = "line.mp4";
  d.source.duration = Seconds{3};
  d.frames = {90, 88, 0, 1};
  d.method = engine::WorkMethod::owas;
  d.view = engine::View::side;
  d.answers.stance = engine::WorkStance::standing;
  d.answers.load_kg = 12.5;
  engine::WorkPosture posture;
  posture.trunk_flexion = engine::AngleRange{0.5, 0.7};
  posture.arms[0].raised = engine::AngleRange{1.2, 1.8};
  const auto all = engine::score_work(d.method, posture, {}, d.answers);
  engine::WorkPosture exact;
  exact.trunk_flexion = engine::AngleRange{0.6, 0.6};
  exact.arms[0].raised = engine::AngleRange{1.5, 1.5};
  const auto measured = engine::score_work(d.method, exact, {}, d.answers);
  const std::vector<engine::ScoredMoment> moments = {{Seconds{0}, engine::moment_score(all, measured)},
                                                     {Seconds{0.5}, std::nullopt}};
  d.load = engine::work_load(d.method, moments);
  Figure figure{Seconds{0}, {}, {}};
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    figure.world_m[l] = {0.01 * static_cast<double>(l), -0.5, 0.25};
    figure.visibility[l] = 0.75;
  }
  d.worst = {{Seconds{0}, all, {measured.scores.range(), measured.level}, figure}};
  d.warnings = {{"short_recording", "Only 3 s were scored.", ""}};
  d.not_measured = {"loads"};
  return d;
}

// Guards the format. To change it on purpose, set REPRISE_WRITE_GOLDEN=1 once, read the difference, and raise
// kWorkLoadVersion if an old reader would misread the file.
TEST(WorkLoadJson, EqualsGoldenFile) {
  const std::filesystem::path golden =
      std::filesystem::path{REPRISE_SOURCE_DIR} / "tests/golden/small_work_load.json";
  const auto now = to_work_load_json(small_work_load());
  ASSERT_TRUE(now) << to_string(now.error());
  if (std::getenv("REPRISE_WRITE_GOLDEN") != nullptr) put_file(golden, *now);
  EXPECT_EQ(get_file(golden), *now);
}

TEST(WorkLoadJson, RefusesNumbersThatAreNotFinite) {
  WorkLoadDocument document;
  document.load.scored = Seconds{std::nan("")};
  const auto text = to_work_load_json(document);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace reprise::session
