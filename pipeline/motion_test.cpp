// SPDX-License-Identifier: Apache-2.0
#include "pipeline/motion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/cameras/simulated_rig.h"
#include "pipeline/motion_calibration.h"

namespace reprise::pipeline {
namespace {

using testing::HasSubstr;

/// The simulated walker as a camera's network would show it: landmarks beside the joints by its known bias.
Recording recording_of(const engine::CameraModel& camera, Hertz rate, double from_s, double to_s, Seconds lag,
                       std::uint64_t seed, std::string name) {
  Recording out;
  out.landmarks.frames =
      engine::simulated_frames(camera, rate, from_s, to_s, lag, 2, seed, engine::network_offsets_in_space());
  out.landmarks.source.has_image = out.landmarks.source.has_world = true;
  out.landmarks.source.simulated = true;
  out.landmarks.source.rate = rate;
  out.source.kind = session::SourceKind::simulated;
  out.source.name = std::move(name);
  out.source.sha256 = std::to_string(seed);
  out.source.width_px = camera.width_px;
  out.source.height_px = camera.height_px;
  out.models = {{"simulated", ""}};
  return out;
}

struct Filmed {
  std::vector<engine::CameraModel> cameras;
  std::vector<Recording> recordings;
};

/// From the left and from half in front; the second starts 1.3 s later and has another frame rate.
Filmed filmed() {
  Filmed out;
  out.cameras = {engine::simulated_camera(Degrees{90}), engine::simulated_camera(Degrees{20})};
  out.recordings = {recording_of(out.cameras[0], Hertz{30}, 0, 3.6, Seconds{0}, 1, "left.mp4"),
                    recording_of(out.cameras[1], Hertz{50}, 1.3, 3.6, Seconds{-1.3}, 2, "front.mp4")};
  return out;
}

Result<Motion> measure(Filmed films, const MotionOptions& options = {}) {
  return measure_motion(std::move(films.recordings), std::move(films.cameras), options);
}

double knee_error_deg(const Motion& motion) {
  double squares = 0;
  int count = 0;
  for (std::size_t i = 0; i < motion.recorded.frames.size(); ++i) {
    const auto& sample = motion.recorded.measures[i].at(engine::Measure::knee_flexion, engine::Side::right);
    if (!sample) continue;
    const double truth = 0.5 * (1 + std::cos(2 * kPi * 0.9 * motion.recorded.frames[i].time.value() + 0.7));
    squares += std::pow(to_degrees(Radians{sample->value - truth}).value(), 2);
    ++count;
  }
  EXPECT_GT(count, 50);
  return std::sqrt(squares / count);
}

TEST(Motion, HandlesACameraThatStartsLaterAtAnotherRate) {
  const auto motion = measure(filmed());
  ASSERT_TRUE(motion) << to_string(motion.error());
  EXPECT_NEAR(motion->cameras[1].lag.value(), -1.3, 0.006);
  EXPECT_LT(motion->cameras[1].agreement.error_m, 0.02);
  // Only moments that both see, the first camera's.
  EXPECT_NEAR(motion->recorded.frames.front().time.value(), 1.3, 0.04);
  EXPECT_NEAR(motion->recorded.rate->value(), 30, 0.1);
  EXPECT_LT(knee_error_deg(*motion), 5);
}

TEST(Motion, GivesAsManyResultsASecondAsAskedFor) {
  const auto motion = measure(filmed(), {.rate = Hertz{60}, .lags = {Seconds{0}, Seconds{-1.3}}});
  ASSERT_TRUE(motion) << to_string(motion.error());
  EXPECT_NEAR(motion->recorded.rate->value(), 60, 0.1);
  EXPECT_FALSE(motion->cameras[1].correlation);
}

TEST(Motion, WritesCamerasAnglesAndPoints) {
  const auto motion = measure(filmed());
  ASSERT_TRUE(motion);
  const auto files = motion_outputs(*motion);
  ASSERT_TRUE(files) << to_string(files.error());
  ASSERT_EQ(files->size(), 7U);  // with body.osim, body.trc and body.mot
  const auto json = nlohmann::json::parse(files->front().contents);
  EXPECT_EQ(json.at("schema"), "reprise.motion/1");
  EXPECT_TRUE(json.at("simulated"));
  EXPECT_NEAR(json.at("cameras").at(1).at("lag_s").get<double>(), -1.3, 0.006);
  const auto& angles = json.at("angles");
  EXPECT_TRUE(std::any_of(angles.begin(), angles.end(), [](const auto& a) {
    return a.at("measure") == "knee_flexion" && a.at("side") == "right" &&
           a.at("max").template get<double>() > 50;
  }));
  EXPECT_THAT((*files)[3].contents, HasSubstr("(simulated)"));
}

TEST(Motion, RefusesCamerasWithoutACommonMoment) {
  Filmed films = filmed();
  films.recordings[1] = recording_of(films.cameras[1], Hertz{30}, 5, 8.6, Seconds{-5}, 2, "late.mp4");
  const auto motion = measure(films);
  ASSERT_FALSE(motion);  // another part of the walk: no lag brings both together
  EXPECT_EQ(motion.error().code, ErrorCode::nothing_measured);
  const auto known = measure(films, {.lags = {Seconds{0}, Seconds{-5}}});
  ASSERT_FALSE(known);
  EXPECT_EQ(known.error().code, ErrorCode::nothing_measured);
}

TEST(Motion, RefusesWhereNobodyMoves) {
  Filmed films = filmed();
  for (Recording& recording : films.recordings) {
    auto& frames = recording.landmarks.frames;
    for (engine::PoseFrame& frame : frames) frame.pose = frames.front().pose;
  }
  const auto motion = measure(films);
  ASSERT_FALSE(motion);
  EXPECT_THAT(motion.error().cause, HasSubstr("cameras 1 and 2: no one moves"));
  EXPECT_THAT(motion.error().remedy, HasSubstr("raise both arms"));
}

TEST(Motion, RefusesTheCalibrationOfOtherCameras) {
  Filmed films = filmed();
  films.cameras[1] = engine::simulated_camera(Degrees{-60});
  const auto motion = measure(films);
  ASSERT_FALSE(motion);
  EXPECT_THAT(motion.error().cause, HasSubstr("rays of cameras 1 and 2"));
  EXPECT_THAT(motion.error().remedy, HasSubstr("calibration"));
}

TEST(Motion, NamesASecondPersonWhereRaysDoNotMeet) {
  Filmed films = filmed();
  films.cameras[1] = engine::simulated_camera(Degrees{-60});
  films.recordings[1].frames.most_people = 2;
  const auto motion = measure(films);
  ASSERT_FALSE(motion);
  EXPECT_THAT(motion.error().remedy, HasSubstr("--persons"));
}

TEST(Motion, NamesTheMirroredCamera) {
  for (const std::size_t mirrored : {0U, 1U}) {
    Filmed films = filmed();
    auto& frames = films.recordings[mirrored].landmarks.frames;
    frames = engine::mirror_image(frames, films.cameras[mirrored].width_px);
    const auto motion = measure(films);
    ASSERT_FALSE(motion);
    EXPECT_THAT(motion.error().cause,
                HasSubstr("camera " + std::to_string(mirrored + 1) + " shows a mirror image"));
  }
}

bool warned(const std::vector<session::Warning>& warnings, const std::string& code) {
  return std::any_of(warnings.begin(), warnings.end(), [&](const auto& w) { return w.code == code; });
}

/// The same two seconds four times, so that another lag shows the same.
Filmed repeating() {
  Filmed films = filmed();
  for (std::size_t c = 0; c < 2; ++c) {
    auto& frames = films.recordings[c].landmarks.frames;
    frames = engine::simulated_frames(films.cameras[c], Hertz{30}, 1.3, 3.3, Seconds{0}, 3, 1 + c);
    const auto once = frames;
    for (int again = 1; again < 4; ++again)
      for (const engine::PoseFrame& frame : once)
        frames.push_back({frame.time + Seconds{again * static_cast<double>(once.size()) / 30}, frame.pose});
  }
  return films;
}

TEST(Motion, NamesTheOtherLagOfAMovementThatRepeatsItself) {
  const auto motion = measure(repeating());
  ASSERT_TRUE(motion) << to_string(motion.error());
  EXPECT_TRUE(warned(motion->warnings, "lag_ambiguous"));
  EXPECT_FALSE(warned(measure(filmed())->warnings, "lag_ambiguous"));
}

TEST(CalibrateCameras, NamesTheOtherLagOfAMovementThatRepeatsItself) {
  CalibrationOptions options;
  options.field_of_view = Radians{2 * std::atan(640.0 / 900.0)};
  const auto found = calibrate_cameras(repeating().recordings, options);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_TRUE(warned(found->warnings, "lag_ambiguous"));
}

/// As if the sound said that the second camera's clock shows so much more.
SoundLags sound_says(double lag_s, bool used) {
  return {{std::nullopt, engine::SoundLag{Seconds{lag_s}, Seconds{0.001}, 0.9, 2}}, used};
}

TEST(Motion, TakesTheLagBySound) {
  const auto motion = measure(filmed(), {.sound = sound_says(-1.3, true)});
  ASSERT_TRUE(motion) << to_string(motion.error());
  EXPECT_EQ(motion->cameras[1].lag.value(), -1.3);
  EXPECT_FALSE(motion->cameras[1].correlation);
  EXPECT_FALSE(warned(motion->warnings, "sound_differs"));
  const auto json = nlohmann::json::parse(motion_outputs(*motion)->front().contents);
  EXPECT_EQ(json.at("synchronized_by"), "sound");
  EXPECT_EQ(json.at("cameras").at(1).at("lag_uncertainty_s"), 0.001);
  EXPECT_EQ(json.at("cameras").at(1).at("sound").at("sounds"), 2);
  EXPECT_FALSE(json.at("cameras").at(0).contains("sound"));
}

TEST(Motion, RefusesALagBySoundThatTheMovementContradicts) {
  const auto motion = measure(filmed(), {.sound = sound_says(-0.7, true)});
  ASSERT_FALSE(motion);
  EXPECT_EQ(motion.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(motion.error().cause, HasSubstr("the lag by sound (-0.700 s) does not fit the movement"));
  EXPECT_THAT(motion.error().remedy, HasSubstr("--sync motion"));
}

TEST(Motion, ComparesTheMovementWithTheSound) {
  const auto alike = measure(filmed(), {.sound = sound_says(-1.31, false)});
  ASSERT_TRUE(alike);
  EXPECT_FALSE(warned(alike->warnings, "sound_differs"));
  const auto other = measure(filmed(), {.sound = sound_says(-0.7, false)});
  ASSERT_TRUE(other) << "only compared";
  EXPECT_NEAR(other->cameras[1].lag.value(), -1.3, 0.006);
  EXPECT_TRUE(warned(other->warnings, "sound_differs"));
  EXPECT_EQ(nlohmann::json::parse(motion_outputs(*other)->front().contents).at("synchronized_by"),
            "movement");
  // Nearly in step, so that the rays still meet: the lag by sound is used, and the difference named.
  const auto near = measure(filmed(), {.sound = sound_says(-1.245, true)});
  ASSERT_TRUE(near) << to_string(near.error());
  EXPECT_EQ(near->cameras[1].lag.value(), -1.245);
  EXPECT_TRUE(warned(near->warnings, "sound_differs"));
}

TEST(Motion, TheSoundSettlesAMovementThatRepeatsItself) {
  const auto motion = measure(repeating(), {.sound = sound_says(0, true)});
  ASSERT_TRUE(motion) << to_string(motion.error());
  EXPECT_EQ(motion->cameras[1].lag.value(), 0);
  EXPECT_FALSE(warned(motion->warnings, "lag_ambiguous"));
  EXPECT_FALSE(warned(motion->warnings, "sound_differs"));
}

TEST(Motion, WarnsOfCamerasThatLookTheSameWay) {
  Filmed films = filmed();
  films.cameras[1] = engine::simulated_camera(Degrees{78});
  films.recordings[1] = recording_of(films.cameras[1], Hertz{30}, 0, 3.6, Seconds{0}, 2, "beside.mp4");
  const auto motion = measure(films);
  ASSERT_TRUE(motion) << to_string(motion.error());
  EXPECT_TRUE(warned(motion->warnings, "narrow_angle"));
  EXPECT_FALSE(warned(measure(filmed())->warnings, "narrow_angle"));
}

TEST(Motion, SaysThatTheSizeOfThePicturesIsNotKnown) {
  Filmed films = filmed();
  films.recordings[1].source.width_px = films.recordings[1].source.height_px = 0;
  ASSERT_TRUE(assign_cameras(films.cameras, films.recordings));
  const auto motion = measure(films);
  ASSERT_TRUE(motion) << to_string(motion.error());
  EXPECT_TRUE(warned(motion->warnings, "picture_size_unknown"));
  EXPECT_FALSE(warned(measure(filmed())->warnings, "picture_size_unknown"));
}

TEST(Motion, GivesTheWarningsOfAllCamerasOnceToTheRecording) {
  Filmed films = filmed();
  films.recordings[0].warnings = {{"dark", "It is dark.", ""}};
  const auto motion = measure(films);
  ASSERT_TRUE(motion);
  ASSERT_FALSE(motion->recording.warnings.empty());
  EXPECT_EQ(motion->recording.warnings.front().text, "camera 1: It is dark.");
  EXPECT_FALSE(warned(motion->recording.warnings, "no_body_fitted"));
}

TEST(AssignCameras, RefusesAPlaceThatTwoCamerasShare) {
  Filmed films = filmed();
  films.cameras[1] = films.cameras[0];
  const auto same = assign_cameras(films.cameras, films.recordings);
  ASSERT_FALSE(same);
  EXPECT_THAT(same.error().cause, HasSubstr("cameras 1 and 2 at the same place"));
}

TEST(AssignCameras, RefusesNamesThatSayTwoThings) {
  Filmed films = filmed();
  films.cameras[0].name = films.cameras[1].name = "left";
  films.recordings[1].source.name = "left.mp4";
  EXPECT_THAT(assign_cameras(films.cameras, films.recordings).error().cause, HasSubstr("the same name"));
  films.cameras[0].name = "other";
  films.recordings[1].source.name = "clip.mp4";
  EXPECT_THAT(assign_cameras(films.cameras, films.recordings).error().cause,
              HasSubstr("camera 1's video has the name of section 2"));
}

TEST(Motion, RefusesMoreMomentsThanAFileMayHave) {
  Filmed films = filmed();
  films.recordings[0].landmarks.frames.back().time = Seconds{3600};
  const auto motion = measure(films, {.rate = Hertz{1000}, .lags = {Seconds{0}, Seconds{-1.3}}});
  ASSERT_FALSE(motion);
  EXPECT_THAT(motion.error().remedy, HasSubstr("--fps"));
}

TEST(KnownLags, AreOneForEachFurtherCamera) {
  EXPECT_TRUE(known_lags({}, 3)->empty());
  EXPECT_EQ(known_lags(std::array{-1.3}, 2)->back().value(), -1.3);
  EXPECT_FALSE(known_lags(std::array{1.0}, 3));
  EXPECT_FALSE(known_lags(std::array{std::nan("")}, 2));
}

TEST(AssignCameras, ByNameElseByOrder) {
  Filmed films = filmed();
  films.cameras[0].name = "front";
  films.cameras[1].name = "left";
  auto assigned = assign_cameras(films.cameras, films.recordings);
  ASSERT_TRUE(assigned);
  EXPECT_EQ(assigned->front().name, "left");
  films.cameras[0].name = "one";
  films.cameras[1].name = "other";
  assigned = assign_cameras(films.cameras, films.recordings);
  ASSERT_TRUE(assigned);
  EXPECT_EQ(assigned->front().name, "one");
}

TEST(AssignCameras, RefusesTooFewAndAnotherResolution) {
  Filmed films = filmed();
  const auto few = assign_cameras(std::span{films.cameras}.first(1), films.recordings);
  ASSERT_FALSE(few);
  EXPECT_THAT(few.error().cause, HasSubstr("1 cameras for 2 videos"));
  films.recordings[1].source.width_px = 1920;
  films.recordings[1].source.height_px = 1080;
  const auto other = assign_cameras(films.cameras, films.recordings);
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().cause,
              HasSubstr("camera 2's pictures are 1920 x 1080 pixels; its calibration is for 1280 x 720"));
}

TEST(CheckRecordings, RefusesOneFileTwiceAndLandmarksWithoutPixels) {
  Filmed films = filmed();
  EXPECT_TRUE(check_recordings(films.recordings));
  films.recordings[1].landmarks.source.has_image = false;
  const auto bare = check_recordings(films.recordings);
  ASSERT_FALSE(bare);
  EXPECT_EQ(bare.error().code, ErrorCode::unsupported);
  films.recordings[1] = films.recordings[0];
  const auto twice = check_recordings(films.recordings);
  ASSERT_FALSE(twice);
  EXPECT_THAT(twice.error().cause, HasSubstr("cameras 1 and 2 are the same file"));
}

TEST(CalibrateCameras, PlacesCamerasThatStartAtDifferentTimes) {
  const Filmed films = filmed();
  // 1280 pixels before a focal length of 900 are 70.9 degrees.
  CalibrationOptions options;
  options.stature = engine::BodyShape{}.stature;
  options.field_of_view = Radians{2 * std::atan(640.0 / 900.0)};
  const auto found = calibrate_cameras(films.recordings, options);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_NEAR(found->lags[1].value(), -1.3, 0.02);
  EXPECT_FALSE(warned(found->warnings, "lag_ambiguous"));
  const auto& cameras = found->calibration.cameras;
  EXPECT_EQ(cameras[0].name, "left");
  EXPECT_NEAR((cameras[1].lens_m() - cameras[0].lens_m()).norm() /
                  (films.cameras[1].lens_m() - films.cameras[0].lens_m()).norm(),
              1, 0.1);
  const auto motion = measure_motion(films.recordings, cameras);
  ASSERT_TRUE(motion) << to_string(motion.error());
  EXPECT_LT(knee_error_deg(*motion), 6);
}

TEST(CalibrateCameras, TakesTheLagBySoundWhereTheMovementFits) {
  CalibrationOptions options;
  options.stature = engine::BodyShape{}.stature;
  options.field_of_view = Radians{2 * std::atan(640.0 / 900.0)};
  options.sound = sound_says(-1.3, true);
  const auto found = calibrate_cameras(filmed().recordings, options);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->lags[1].value(), -1.3);
  EXPECT_FALSE(warned(found->warnings, "sound_differs"));
  options.sound = sound_says(-0.7, true);
  const auto wrong = calibrate_cameras(filmed().recordings, options);
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().cause, HasSubstr("does not fit the movement"));
  options.sound = sound_says(-0.7, false);
  const auto compared = calibrate_cameras(filmed().recordings, options);
  ASSERT_TRUE(compared) << to_string(compared.error());
  EXPECT_NEAR(compared->lags[1].value(), -1.3, 0.02);
  EXPECT_TRUE(warned(compared->warnings, "sound_differs"));
}

TEST(CalibrateCameras, RefusesEqualNamesAndPicturesOfUnknownSize) {
  Filmed films = filmed();
  films.recordings[1].source.name = "left.mp4";
  auto found = calibrate_cameras(films.recordings, {});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().cause, HasSubstr("two videos are named left"));
  films.recordings[0].source.width_px = 0;
  found = calibrate_cameras(films.recordings, {});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().cause, HasSubstr("how large"));
}

}  // namespace
}  // namespace reprise::pipeline
