// SPDX-License-Identifier: Apache-2.0
// `reprise motion` and `reprise calibrate`: a simulated walker before two cameras, as landmark files.

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "engine/cameras/drawn_sound.h"
#include "engine/cameras/simulated_rig.h"
#include "sensing/cameras/calibration_file.h"
#include "sensing/files/storage.h"
#include "sensing/landmarks/landmark_json.h"
#include "sensing/video/sound_fixture.h"
#include "sensing/video/video_fixture.h"
#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;

/// Two cameras, left and front, whose landmark files and calibration lie in a folder.
class Cameras : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<engine::CameraModel> models;
    for (const auto& [name, azimuth] : {std::pair{"left", 90.0}, std::pair{"front", 20.0}}) {
      models.push_back(engine::simulated_camera(Degrees{azimuth}));
      models.back().name = name;
      sensing::LandmarkRecording recording;
      recording.source.has_image = recording.source.has_world = recording.source.simulated = true;
      recording.source.rate = Hertz{30};
      recording.source.picture = {1280, 720};
      recording.frames =
          engine::simulated_frames(models.back(), Hertz{30}, 0, 3.6, Seconds{0}, 1, models.size());
      put_file(video(name), sensing::to_landmark_json(recording));
    }
    put_file(calibration, sensing::to_calibration(models));
  }

  [[nodiscard]] std::string video(const std::string& name) const {
    return (folder / (name + ".landmarks.json")).string();
  }

  TemporaryFolder folder;
  const std::string calibration = (folder / "cameras.toml").string();
  const std::string out = (folder / "out").string();
};

TEST_F(Cameras, MotionWritesAnglesAndPoints) {
  const Ran ran = run_reprise({"motion", video("left"), video("front"), "-c", calibration, "-o", out});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("camera 2"));
  const auto document = read_json(folder / "out" / "motion.json");
  EXPECT_EQ(document["schema"], "reprise.motion/1");
  EXPECT_EQ(document["cameras"].size(), 2U);
  EXPECT_NEAR(document["cameras"][1]["lag_s"].get<double>(), 0, 0.01);
  EXPECT_EQ(document["synchronized_by"], "movement");
  EXPECT_TRUE(document["cameras"][1]["sound"].is_null());
  EXPECT_TRUE(document["simulated"].get<bool>());
  EXPECT_THAT(get_file(folder / "out" / "points.trc"), HasSubstr("left_knee"));
}

/// Largest root mean square difference (degrees, or cm of translations) of the columns of two tables, where
/// both have a value.
double largest_rms(const sensing::StorageTable& a, const sensing::StorageTable& b) {
  double largest = 0;
  for (std::size_t c = 1; c < a.labels.size(); ++c) {
    const auto column = b.column(a.labels[c]);
    EXPECT_TRUE(column) << a.labels[c];
    if (!column) continue;
    double squares = 0;
    int count = 0;
    for (std::size_t row = 0; row < a.rows(); ++row) {
      if (!a.at(row, c) || !b.at(row, *column)) continue;
      squares += std::pow(*a.at(row, c) - *b.at(row, *column), 2);
      ++count;
    }
    EXPECT_GT(count, 50) << a.labels[c];
    const double rms = std::sqrt(squares / count);
    EXPECT_LT(rms, 0.5) << a.labels[c];
    largest = std::max(largest, rms);
  }
  return largest;
}

TEST_F(Cameras, MotionWritesABodyThatInverseKinematicsReproduces) {
  for (const bool several : {true, false}) {
    std::vector<std::string> words = {"motion", video("left"), "--out", out, "--mass", "70"};
    if (several) words.insert(words.begin() + 2, {video("front"), "-c", calibration});
    const Ran ran = run_reprise(words);
    ASSERT_EQ(ran.exit_code, 0) << ran.error;
    const auto file = [&](const char* name) { return (folder.path() / "out" / name).string(); };
    const Ran ik =
        run_reprise({"ik", file("body.osim"), file("body.trc"), "--out", file("again.mot"), "--json"});
    ASSERT_EQ(ik.exit_code, 0) << ik.error;
    const auto summary = nlohmann::json::parse(ik.out);
    EXPECT_TRUE(summary["simulated"].get<bool>());
    EXPECT_LT(summary["rms_m"].get<double>(), 1e-6);
    const auto written = sensing::read_storage(file("body.mot"));
    const auto again = sensing::read_storage(file("again.mot"));
    ASSERT_TRUE(written && again);
    EXPECT_EQ(written->rows(), again->rows());
    EXPECT_LT(largest_rms(*written, *again), 0.5);
    EXPECT_TRUE(sensing::is_simulated(*written));
    EXPECT_THAT(get_file(file("body.osim")), HasSubstr("(simulated)"));
    std::filesystem::remove_all(folder.path() / "out");
  }
}

TEST_F(Cameras, CalibratePlacesThem) {
  const std::string file = (folder / "placed.toml").string();
  const Ran ran = run_reprise({"calibrate", video("left"), video("front"), "--from-motion", "--height", "175",
                               "--field-of-view", "70.9", "--out", file});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  const auto placed = sensing::read_calibration(file);
  ASSERT_TRUE(placed);
  ASSERT_EQ(placed->size(), 2U);
  EXPECT_NEAR(((*placed)[1].lens_m() - (*placed)[0].lens_m()).norm(), 5.16, 0.6);
}

TEST_F(Cameras, CalibrateDoesNotWriteOverARecording) {
  const std::string before = get_file(video("left"));
  const Ran ran = run_reprise({"calibrate", video("left"), video("front"), "--from-motion", "--height", "175",
                               "--out", video("left")});
  expect_error(ran, 2, "would write over left.landmarks.json", out);
  EXPECT_EQ(get_file(video("left")), before);
}

TEST_F(Cameras, MotionRefusesWhatDoesNotBelongTogether) {
  expect_error(run_reprise({"motion", video("left"), video("front"), "-o", out}), 2, "no calibration", out);
  expect_error(run_reprise({"motion", video("left"), video("left"), "-c", calibration, "-o", out}), 2,
               "cameras 1 and 2 are the same file", out);
  expect_error(
      run_reprise({"motion", video("left"), video("front"), "-c", calibration, "--lags", "1,2", "-o", out}),
      2, "--lags has 2 numbers for 2 cameras", out);
  expect_error(
      run_reprise({"motion", video("left"), video("front"), "-c", calibration, "--lags", "nan", "-o", out}),
      2, "no lag", out);
  put_file(calibration, "[left]\nsize = [ 1280, 720]\n");
  const Ran bad = run_reprise({"motion", video("left"), video("front"), "-c", calibration, "-o", out});
  EXPECT_NE(bad.exit_code, 0);
  EXPECT_THAT(bad.error, HasSubstr("is missing"));
  EXPECT_THAT(bad.error, HasSubstr("what to do: "));
}

TEST_F(Cameras, SynchronizingBySoundNeedsASoundThatAllHeardBeforeTheNetworksRun) {
  const std::vector<std::string> by_sound = {"-c", calibration, "--sync", "sound", "-o", out};
  const auto motion = [&](const std::string& second, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"motion", (folder / "clap.mp4").string(), (folder / second).string()};
    words.insert(words.end(), by_sound.begin(), by_sound.end());
    words.insert(words.end(), more.begin(), more.end());
    return run_reprise(words);
  };
  // Synthetic sound beside painted pictures without a person: an error about the sound comes first.
  const auto film = [&](const std::string& name, const engine::DrawnSound& sound) {
    sensing::add_sound(folder / "mute.mp4", folder / name, {engine::drawn_sound(sound)});
  };
  sensing::write_video(folder / "mute.mp4", {});
  film("clap.mp4", {.claps_s = {1.2}, .seconds = 3});
  film("hum.mp4", {.seconds = 3, .noise = 0.001, .hum = 0.3, .seed = 2});
  film("still.mp4", {.seconds = 3, .noise = 0});
  expect_error(motion("mute.mp4"), 5, "camera 2 (mute.mp4): the video has no sound track", out);
  const Ran hum = motion("hum.mp4");
  expect_error(hum, 5, "camera 2 (hum.mp4): nothing distinct is heard", out);
  EXPECT_THAT(hum.error, HasSubstr("clap once or twice, loudly, where all cameras hear it"));
  expect_error(motion("still.mp4"), 5, "camera 2 (still.mp4): the sound is silent", out);
  expect_error(motion("mute.mp4", {"--lags", "0.5"}), 2, "both --lags and --sync sound are given", out);
  expect_error(motion("front.landmarks.json"), 2, "camera 2 (front.landmarks.json): landmarks have no sound",
               out);
  const Ran calibrate = run_reprise({"calibrate", video("left"), video("front"), "--from-motion", "--height",
                                     "175", "--sync", "sound", "--out", (folder / "placed.toml").string()});
  expect_error(calibrate, 2, "camera 1 (left.landmarks.json): landmarks have no sound", out);
  EXPECT_EQ(motion("mute.mp4", {"--sync", "light"}).exit_code, 2);
}

TEST_F(Cameras, HelpAndMissingOptions) {
  EXPECT_THAT(run_reprise({"motion", "--help"}).out, HasSubstr("--calibration"));
  EXPECT_THAT(run_reprise({"motion", "--help"}).out, HasSubstr("--sync"));
  EXPECT_THAT(run_reprise({"calibrate", "--help"}).out, HasSubstr("--from-motion"));
  EXPECT_EQ(run_reprise({"calibrate", video("left"), video("front"), "--from-motion", "--out", calibration})
                .exit_code,
            2);
  expect_error(run_reprise({"calibrate", video("left"), "--from-motion", "--height", "170", "--out", out}), 2,
               "1 cameras; 2 to", out);
}

}  // namespace
}  // namespace reprise
