// SPDX-License-Identifier: Apache-2.0
// `reprise motion` and `reprise calibrate`: a simulated walker before two cameras, as landmark files.

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "engine/cameras/simulated_rig.h"
#include "sensing/cameras/calibration_file.h"
#include "sensing/files/storage.h"
#include "sensing/landmarks/landmark_json.h"
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

TEST_F(Cameras, HelpAndMissingOptions) {
  EXPECT_THAT(run_reprise({"motion", "--help"}).out, HasSubstr("--calibration"));
  EXPECT_THAT(run_reprise({"calibrate", "--help"}).out, HasSubstr("--from-motion"));
  EXPECT_EQ(run_reprise({"calibrate", video("left"), video("front"), "--from-motion", "--out", calibration})
                .exit_code,
            2);
  expect_error(run_reprise({"calibrate", video("left"), "--from-motion", "--height", "170", "--out", out}), 2,
               "1 cameras; 2 to", out);
}

}  // namespace
}  // namespace reprise
