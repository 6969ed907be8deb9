// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/camera_gait.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/camera_gait/simulated_walker.h"
#include "session/measurements/measurement_json.h"

namespace reprise::session {
namespace {

using engine::PoseFrame;
using engine::test::SimulatedWalker;
using enum SignalMeasure;

Source walker_source(const SimulatedWalker& walker) {
  Source source;
  source.kind = SourceKind::simulated;
  source.name = "walker.csv";
  source.width_px = SimulatedWalker::kWidth;
  source.height_px = SimulatedWalker::kHeight;
  source.duration = Seconds{walker.seconds};
  return source;
}

Result<MeasurementDocument> measure_walkers(const std::vector<SimulatedWalker>& walkers,
                                            const CameraGaitOptions& options = {}) {
  std::vector<std::vector<PoseFrame>> frames;
  frames.reserve(walkers.size());
  std::vector<CameraGaitRecording> recordings;
  for (const SimulatedWalker& walker : walkers) {
    frames.push_back(walker.frames());
    recordings.push_back({frames.back(), walker_source(walker), LandmarkOrigin::simulated});
  }
  MeasurementInput input;
  input.source.kind = SignalSourceKind::simulated;
  return measure_camera_gait(input, recordings, options);
}

Result<MeasurementDocument> measure_frames(const std::vector<PoseFrame>& frames,
                                           const CameraGaitOptions& options = {},
                                           LandmarkOrigin origin = LandmarkOrigin::simulated) {
  const std::vector<CameraGaitRecording> recordings = {{frames, walker_source({}), origin}};
  return measure_camera_gait({}, recordings, options);
}

double gait_value(const MeasurementDocument& d, SignalMeasure measure,
                  std::optional<Side> side = std::nullopt) {
  const MeasuredValue* value = find_value(d, measure, side);
  EXPECT_NE(value, nullptr) << info(measure).name;
  return value == nullptr ? std::nan("") : value->value;
}

bool has_finding(const MeasurementDocument& d, const char* code, std::optional<Side> side) {
  return std::any_of(d.findings.begin(), d.findings.end(),
                     [&](const Finding& f) { return f.code == code && f.side == side; });
}

bool has_warning(const MeasurementDocument& d, const char* code) {
  return std::any_of(d.warnings.begin(), d.warnings.end(), [&](const Warning& w) { return w.code == code; });
}

bool says_not_measured(const MeasurementDocument& d, const char* begin) {
  return std::any_of(d.not_measured.begin(), d.not_measured.end(),
                     [&](const std::string& what) { return what.rfind(begin, 0) == 0; });
}

// What must be said where nothing is measured: a word of the cause and one of the remedy.
void expect_gait_refusal(const Result<MeasurementDocument>& document, ErrorCode code, const char* cause,
                         const char* remedy) {
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, code);
  EXPECT_NE(document.error().cause.find(cause), std::string::npos) << document.error().cause;
  EXPECT_NE(document.error().remedy.find(remedy), std::string::npos) << document.error().remedy;
}

TEST(CameraGait, MeasuresAWalkerOfKnownStrides) {
  SimulatedWalker back;
  back.to_right = false;
  CameraGaitOptions options;
  options.body_height = Meters{1.70};
  const auto d = measure_walkers({SimulatedWalker{}, back}, options);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(d->kind, MeasurementKind::gait);
  EXPECT_NEAR(60 * gait_value(*d, cadence), 120 / 1.1, 0.02 * 120 / 1.1);
  EXPECT_NEAR(gait_value(*d, stride_length, Side::left), 1.3, 0.04);
  EXPECT_NEAR(gait_value(*d, step_length, Side::right), 0.65, 0.04);
  EXPECT_NEAR(gait_value(*d, walking_speed), 1.3 / 1.1, 0.04);
  EXPECT_NEAR(gait_value(*d, stance_share, Side::left), 0.62, 0.05);
  EXPECT_NEAR(gait_value(*d, step_time_asymmetry), 0, 0.06);
  for (const MeasuredValue& value : d->values) {
    if (value.count == 0) continue;
    EXPECT_TRUE(value.uncertainty) << info(value.measure).name;
  }
  EXPECT_FALSE(has_warning(*d, "far_side"));  // each leg was the nearer one once
  ASSERT_EQ(d->tables.size(), 2U);
  EXPECT_EQ(d->tables[1].events, "steps");
  EXPECT_EQ(d->plots.size(), 4U);
  const auto json = to_measurement_json(*d);
  ASSERT_TRUE(json) << to_string(json.error());
  EXPECT_TRUE(parse_measurement_json(*json));
}

TEST(CameraGait, DrawsHealthyPeersBehindHipAndKnee) {
  CameraGaitOptions options;
  options.body_height = Meters{1.70};
  const auto without = measure_walkers({SimulatedWalker{}}, options);
  ASSERT_TRUE(without);
  EXPECT_TRUE(says_not_measured(*without, "comparison with healthy people's curves: give"));
  options.person = {68, ReferenceSex::female};
  const auto d = measure_walkers({SimulatedWalker{}}, options);
  ASSERT_TRUE(d);
  EXPECT_FALSE(says_not_measured(*d, "comparison with healthy"));
  for (const SignalPlot& plot : d->plots) {
    const bool compared = plot.name == "hip_flexion_cycle" || plot.name == "knee_flexion_cycle";
    EXPECT_EQ(plot.bands.size(), compared ? 1U : 0U) << plot.name;
    if (!compared) continue;
    EXPECT_NE(plot.bands[0].of.find("women of 60 to 69 years, at 1.24 m/s"), std::string::npos);
    EXPECT_EQ(plot.bands[0].low.size(), 101U);
    EXPECT_LT(plot.bands[0].low[70], plot.bands[0].high[70]);
  }
  const auto json = to_measurement_json(*d);
  ASSERT_TRUE(json) << to_string(json.error());
  const auto again = parse_measurement_json(*json);
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->plots[0].bands.size(), d->plots[0].bands.size());
}

TEST(CameraGait, SaysThatLengthsWantAScale) {
  const auto d = measure_walkers({SimulatedWalker{}});
  ASSERT_TRUE(d);
  EXPECT_EQ(find_value(*d, stride_length, Side::left), nullptr);
  EXPECT_EQ(find_value(*d, walking_speed), nullptr);
  EXPECT_TRUE(says_not_measured(*d, "lengths and speed"));
  EXPECT_TRUE(has_warning(*d, "far_side"));
}

TEST(CameraGait, TakesItsScaleFromAMarkedDistance) {
  CameraGaitOptions options;
  options.marked = MarkedDistance{Meters{4}, 300, 300 + 4 * SimulatedWalker{}.px_per_m};
  const auto d = measure_walkers({SimulatedWalker{}}, options);
  ASSERT_TRUE(d);
  EXPECT_NEAR(gait_value(*d, stride_length, Side::right), 1.3, 0.02);
}

TEST(CameraGait, MeasuresOnATreadmill) {
  SimulatedWalker walker;
  walker.treadmill = true;
  expect_gait_refusal(measure_walkers({walker}), ErrorCode::nothing_measured, "no one walks", "--treadmill");
  CameraGaitOptions options;
  options.treadmill = true;
  options.belt_speed_mps = walker.speed();
  const auto d = measure_walkers({walker}, options);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(60 * gait_value(*d, cadence), 120 / 1.1, 0.02 * 120 / 1.1);
  EXPECT_NEAR(gait_value(*d, stride_length, Side::left), 1.3, 0.03);
}

TEST(CameraGait, NamesDeviationsWithTheirEvidence) {
  SimulatedWalker walker;
  walker.left_stance = 0.55;
  walker.right_stance = 0.69;
  walker.toes_up = -0.15;
  walker.arm_rad = 0.03;
  SimulatedWalker back = walker;
  back.to_right = false;
  const auto d = measure_walkers({walker, back});
  ASSERT_TRUE(d);
  EXPECT_TRUE(has_finding(*d, "antalgic", Side::left));
  EXPECT_TRUE(has_finding(*d, "drop_foot", Side::left));
  EXPECT_TRUE(has_finding(*d, "reduced_arm_swing", Side::right));
  for (const Finding& finding : d->findings) {
    EXPECT_FALSE(finding.evidence.empty());
    EXPECT_FALSE(finding.limit.empty());
  }
  const auto json = to_measurement_json(*d);
  ASSERT_TRUE(json) << to_string(json.error());
  const auto again = parse_measurement_json(*json);
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->findings.size(), d->findings.size());
}

TEST(CameraGait, NamesNoDeviationOfAUsualWalk) {
  SimulatedWalker back;
  back.to_right = false;
  const auto d = measure_walkers({SimulatedWalker{}, back});
  ASSERT_TRUE(d);
  EXPECT_FALSE(has_finding(*d, "antalgic", Side::left));
  EXPECT_FALSE(has_finding(*d, "antalgic", Side::right));
  EXPECT_FALSE(has_finding(*d, "drop_foot", Side::left));
  EXPECT_FALSE(has_finding(*d, "reduced_arm_swing", Side::left));
}

// The walker comes towards the camera and grows; while the left foot swings, the left hip drops.
std::vector<PoseFrame> coming(double drop_m) {
  const SimulatedWalker walker;
  std::vector<PoseFrame> frames = walker.frames();
  for (PoseFrame& frame : frames) {
    const double t = frame.time.value();
    const double scale = 150 + 25 * t;
    const double hips_ahead = walker.start_m + walker.speed() * t;
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      auto& point = (*frame.pose->image)[i];
      const double right = -frame.pose->world_m[i].v.z();
      const double up = (walker.floor_px - point.y_px) / walker.px_per_m;
      const double ahead = point.x_px / walker.px_per_m - hips_ahead;
      frame.pose->world_m[i] = Vec3<Camera>{{-right, frame.pose->world_m[i].v.y(), -ahead}};
      point = {800 - right * scale, walker.floor_px - up * scale, 0};
    }
    // The left foot swings in the last 38 % of a stride.
    const double cycle = t / walker.stride_s - std::floor(t / walker.stride_s);
    if (cycle > 0.62) (*frame.pose->image)[engine::Landmark::left_hip].y_px += drop_m * scale;
  }
  return frames;
}

TEST(CameraGait, FromInFrontMeasuresStepsAndThePelvisAlone) {
  const auto level = measure_frames(coming(0));
  ASSERT_TRUE(level) << to_string(level.error());
  EXPECT_NEAR(60 * gait_value(*level, cadence), 120 / 1.1, 0.03 * 120 / 1.1);
  EXPECT_NEAR(gait_value(*level, pelvic_drop, Side::right), 0, 0.02);
  EXPECT_EQ(find_value(*level, stance_share, Side::left), nullptr);
  EXPECT_TRUE(says_not_measured(*level, "contacts, stance and swing"));
  EXPECT_TRUE(level->findings.empty());
  // 3 cm over hips 18 cm apart.
  const auto drops = measure_frames(coming(0.03));
  ASSERT_TRUE(drops);
  EXPECT_NEAR(gait_value(*drops, pelvic_drop, Side::right), std::atan(3.0 / 18), 0.03);
  EXPECT_TRUE(has_finding(*drops, "trendelenburg", Side::right));
  EXPECT_FALSE(has_finding(*drops, "trendelenburg", Side::left));
}

// A camera held askew tilts both hips all along: no drop of either side.
TEST(CameraGait, TakesATiltedPictureOffThePelvis) {
  const auto rolled = [](double drop_m) {
    std::vector<PoseFrame> frames = coming(drop_m);
    const double roll = 6.5 * kPi / 180;
    for (PoseFrame& frame : frames) {
      for (auto& point : *frame.pose->image) {
        const double x = point.x_px - 800;
        const double y = point.y_px - 360;
        point.x_px = 800 + x * std::cos(roll) - y * std::sin(roll);
        point.y_px = 360 + x * std::sin(roll) + y * std::cos(roll);
      }
    }
    return frames;
  };
  const auto level = measure_frames(rolled(0));
  ASSERT_TRUE(level) << to_string(level.error());
  EXPECT_TRUE(has_warning(*level, "picture_tilted"));
  EXPECT_NEAR(gait_value(*level, pelvic_drop, Side::left), 0, 0.02);
  EXPECT_NEAR(gait_value(*level, pelvic_drop, Side::right), 0, 0.02);
  EXPECT_TRUE(level->findings.empty());
  const auto drops = measure_frames(rolled(0.03));
  ASSERT_TRUE(drops);
  EXPECT_TRUE(has_finding(*drops, "trendelenburg", Side::right));
  EXPECT_FALSE(has_finding(*drops, "trendelenburg", Side::left));
  EXPECT_FALSE(has_warning(*measure_frames(coming(0.03)), "picture_tilted"));
}

TEST(CameraGait, RefusesWhatIsNoWalking) {
  // Hops on the spot, both feet together.
  SimulatedWalker walker;
  std::vector<PoseFrame> hops;
  for (int i = 0; i < 120; ++i) {
    PoseFrame frame = walker.frame_at(0.3);
    frame.time = Seconds{i / 30.0};
    for (auto& point : *frame.pose->image) point.y_px -= 60 * std::abs(std::sin(i * 0.2));
    hops.push_back(frame);
  }
  expect_gait_refusal(measure_frames(hops), ErrorCode::nothing_measured, "no one walks", "--treadmill");
  // Hops forward: the feet land together.
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const double sway = 60 * std::sin(static_cast<double>(i) * 0.4);
    for (auto& point : *hops[i].pose->image) point.x_px += 6.0 * static_cast<double>(i);
    for (const engine::Landmark foot :
         {engine::Landmark::left_heel, engine::Landmark::right_heel, engine::Landmark::left_foot_index,
          engine::Landmark::right_foot_index})
      (*hops[i].pose->image)[foot].x_px += sway;
  }
  const auto forward = measure_frames(hops);
  ASSERT_FALSE(forward);
  EXPECT_EQ(forward.error().code, ErrorCode::nothing_measured);
  // Runs: no foot on the ground at times.
  SimulatedWalker runner;
  runner.left_stance = runner.right_stance = 0.36;
  runner.stride_s = 0.75;
  runner.stride_m = 1.1;
  expect_gait_refusal(measure_walkers({runner}), ErrorCode::nothing_measured, "runs or jumps", "walking");
  runner.seconds = 1.6;  // one stride or two
  expect_gait_refusal(measure_walkers({runner}), ErrorCode::nothing_measured, "runs or jumps", "walking");
  // Beside a walk, the run is left out.
  const auto both = measure_walkers({SimulatedWalker{}, runner});
  ASSERT_TRUE(both) << to_string(both.error());
  EXPECT_TRUE(has_warning(*both, "running_passes"));
  EXPECT_GT(gait_value(*both, double_support_share), 0);
}

TEST(CameraGait, RefusesAWalkAskew) {
  const SimulatedWalker walker;
  EXPECT_TRUE(measure_frames(engine::test::walk_turned(walker, 5 * kPi / 180)));
  for (const double degrees : {35.0, -35.0, 45.0}) {
    expect_gait_refusal(measure_frames(engine::test::walk_turned(walker, degrees * kPi / 180)),
                        ErrorCode::nothing_measured, "obliquely", "square");
  }
}

TEST(CameraGait, SaysWhyAPersonCannotBeMeasured) {
  SimulatedWalker walker;
  auto frames = walker.frames();
  for (PoseFrame& frame : frames) {
    for (auto& point : *frame.pose->image) point.y_px += 150;
  }
  expect_gait_refusal(measure_frames(frames), ErrorCode::nothing_measured, "feet lie outside", "back");
  frames = walker.frames();
  for (PoseFrame& frame : frames) {
    for (const engine::Landmark foot :
         {engine::Landmark::left_ankle, engine::Landmark::left_heel, engine::Landmark::left_foot_index}) {
      frame.pose->visibility[foot] = 0.1;
      frame.pose->visibility[engine::mirrored(foot)] = 0.1;
    }
  }
  expect_gait_refusal(measure_frames(frames), ErrorCode::nothing_measured, "feet cannot be seen", "light");
  for (PoseFrame& frame : frames) frame.pose.reset();
  expect_gait_refusal(measure_frames(frames), ErrorCode::nothing_measured, "no picture shows a person",
                      "whole body");
  walker.seconds = 1.4;
  expect_gait_refusal(measure_walkers({walker}), ErrorCode::nothing_measured, "contacts of the feet",
                      "three steps");
}

TEST(CameraGait, RefusesASlowCameraAndWarnsOfAMiddlingOne) {
  SimulatedWalker walker;
  walker.rate_hz = 8;
  expect_gait_refusal(measure_walkers({walker}), ErrorCode::invalid_argument, "8 pictures a second", "30");
  walker.rate_hz = 20;
  const auto d = measure_walkers({walker});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_TRUE(has_warning(*d, "low_frame_rate"));
}

TEST(CameraGait, FindsNothingByALessAccurateNetwork) {
  const std::vector<PoseFrame> frames = coming(0.03);
  const auto heavy = measure_frames(frames, {}, LandmarkOrigin::heavy_network);
  ASSERT_TRUE(heavy);
  EXPECT_FALSE(heavy->findings.empty());
  EXPECT_FALSE(has_warning(*heavy, "less_accurate_network"));
  const auto other = measure_frames(frames, {}, LandmarkOrigin::other_network);
  ASSERT_TRUE(other);
  EXPECT_TRUE(other->findings.empty());
  EXPECT_TRUE(has_warning(*other, "less_accurate_network"));
  const auto unknown = measure_frames(frames, {}, LandmarkOrigin::unknown);
  ASSERT_TRUE(unknown);
  EXPECT_TRUE(has_warning(*unknown, "unknown_network"));
}

TEST(CameraGait, CountsPassesThatItLeavesOut) {
  const SimulatedWalker walker;
  const auto straight = walker.frames();
  const auto askew = engine::test::walk_turned(walker, 40 * kPi / 180);
  const std::vector<CameraGaitRecording> recordings = {
      {straight, walker_source(walker), LandmarkOrigin::simulated},
      {askew, walker_source(walker), LandmarkOrigin::simulated}};
  const auto d = measure_camera_gait({}, recordings, {});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_TRUE(has_warning(*d, "oblique_passes"));
  EXPECT_FALSE(has_warning(*measure_walkers({walker}), "oblique_passes"));
}

TEST(CameraGait, IsNeverCertainOfOneOrTwoStrides) {
  SimulatedWalker walker;
  walker.toes_up = -0.6;
  walker.arm_rad = 0;
  walker.seconds = 2.4;
  const auto d = measure_walkers({walker});
  ASSERT_TRUE(d) << to_string(d.error());
  ASSERT_FALSE(d->findings.empty());
  for (const Finding& finding : d->findings) EXPECT_FALSE(finding.certain) << finding.code;
}

TEST(CameraGait, SaysWhyLengthsAreMissing) {
  SimulatedWalker walker;
  walker.treadmill = true;
  CameraGaitOptions options;
  options.treadmill = true;
  options.body_height = Meters{1.7};
  const auto d = measure_walkers({walker}, options);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_TRUE(says_not_measured(*d, "stride length and speed"));
}

TEST(CameraGait, RefusesOptionsThatTheRecordingContradicts) {
  CameraGaitOptions options;
  options.treadmill = true;
  expect_gait_refusal(measure_walkers({SimulatedWalker{}}, options), ErrorCode::invalid_argument,
                      "moves through the picture", "--treadmill");
  options = {};
  options.marked = MarkedDistance{Meters{4}, 300, SimulatedWalker::kWidth + 50.0};
  expect_gait_refusal(measure_walkers({SimulatedWalker{}}, options), ErrorCode::invalid_argument,
                      "outside the picture", "pixels");
}

TEST(CameraGait, RefusesOptionsThatContradict) {
  CameraGaitOptions options;
  options.belt_speed_mps = 1;
  expect_gait_refusal(measure_walkers({SimulatedWalker{}}, options), ErrorCode::invalid_argument,
                      "without a treadmill", "--treadmill");
  options = {};
  options.marked = MarkedDistance{Meters{4}, 100, 110};
  expect_gait_refusal(measure_walkers({SimulatedWalker{}}, options), ErrorCode::invalid_argument, "20 pixels",
                      "marks");
  options = {};
  options.body_height = Meters{17};
  expect_gait_refusal(measure_walkers({SimulatedWalker{}}, options), ErrorCode::invalid_argument, "80 to 250",
                      "cm");
}

}  // namespace
}  // namespace reprise::session
