// SPDX-License-Identifier: Apache-2.0
// `reprise calibrate --board`: two videos of a drawn board, whose cameras are known.

#include <Eigen/Geometry>
#include <string>

#include "engine/cameras/drawn_sound.h"
#include "sensing/cameras/calibration_file.h"
#include "sensing/video/sound_fixture.h"
#include "tests/command/board_film.h"
#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;

/// The cameras of `MovedBoard` with two thirds of its pixels; the second started 0.71 s later.
engine::MovedBoard moved_board() {
  engine::MovedBoard moved;
  for (engine::CameraModel& c : moved.cameras) {
    c.width_px = 640;
    c.height_px = 360;
    for (double* value : {&c.focal_x_px, &c.focal_y_px, &c.center_x_px, &c.center_y_px}) *value *= 2.0 / 3;
  }
  moved.lag_s = -0.71;
  moved.seconds = 14;
  return moved;
}

class Board : public ::testing::Test {
 protected:
  [[nodiscard]] std::string video(const std::string& name) const {
    return (folder / (name + ".mp4")).string();
  }
  [[nodiscard]] Ran calibrate(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"calibrate", video("left"), video("front"), "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    return run_reprise(words);
  }

  TemporaryFolder folder;
  const std::string out = (folder / "cameras.toml").string();
};

TEST_F(Board, CalibratesTwoCameras) {
  const engine::MovedBoard truth = moved_board();
  put_file(video("left"), board_film(truth, 0));
  put_file(video("front"), board_film(truth, 1));
  const Ran ran = calibrate({"--board", "9x6", "--square", "25", "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  const auto summary = nlohmann::json::parse(ran.out);
  EXPECT_LT(summary["error_px"].get<double>(), 0.5);
  EXPECT_NEAR(summary["cameras"][1]["lag_s"].get<double>(), truth.lag_s, 0.01);
  const auto found = sensing::read_calibration(out);
  ASSERT_TRUE(found && found->size() == 2);
  EXPECT_EQ((*found)[1].name, "front");
  for (const std::size_t v : {0U, 1U}) {
    const double should = truth.cameras[v].focal_px();
    EXPECT_NEAR((*found)[v].focal_px(), should, 0.015 * should) << v;
    RecordProperty("focal_error_percent_" + std::to_string(v),
                   std::to_string(100 * ((*found)[v].focal_px() / should - 1)));
  }
  const double distance = ((*found)[1].lens_m() - (*found)[0].lens_m()).norm();
  const double should = (truth.cameras[1].lens_m() - truth.cameras[0].lens_m()).norm();
  EXPECT_NEAR(distance, should, 0.015 * should);
  const Eigen::Matrix3d turn = (*found)[1].rotation * (*found)[0].rotation.transpose();
  const Eigen::Matrix3d true_turn = truth.cameras[1].rotation * truth.cameras[0].rotation.transpose();
  const double off = to_degrees(Radians{Eigen::AngleAxisd(turn.transpose() * true_turn).angle()}).value();
  EXPECT_LT(off, 0.5);
  RecordProperty("distance_error_mm", std::to_string(1000 * (distance - should)));
  RecordProperty("turn_error_deg", std::to_string(off));
  RecordProperty("summary", ran.out);

  expect_error(calibrate({"--board", "8x5", "--square", "25"}), 5,
               "a board of 9x6 inner corners is seen, not 8x5", folder / "none");
}

/// Synthetic sound beside drawn pictures: no microphone took it.
TEST_F(Board, SynchronizesBySound) {
  const engine::MovedBoard truth = moved_board();
  const auto film = [&](const std::string& name, std::size_t v) {
    put_file(folder / ("mute_" + name + ".mp4"), board_film(truth, v));
  };
  const auto hears = [&](const std::string& name, std::vector<double> claps_s, double begin_s) {
    const engine::DrawnSound sound{
        .claps_s = std::move(claps_s), .begin_s = begin_s, .seconds = truth.seconds, .seed = name.size()};
    sensing::add_sound(folder / ("mute_" + name + ".mp4"), video(name), {engine::drawn_sound(sound)});
  };
  film("left", 0);
  film("front", 1);
  hears("left", {2.5, 3.1}, 0);
  hears("front", {2.5, 3.1}, -truth.lag_s);
  const std::vector<std::string> board = {"--board", "9x6", "--square", "25", "--json"};
  const auto by = [&](const char* sync) {
    std::vector<std::string> words = board;
    words.insert(words.end(), {"--sync", sync});
    return calibrate(words);
  };
  const Ran by_sound = by("sound");
  ASSERT_EQ(by_sound.exit_code, 0) << by_sound.error;
  const auto found = nlohmann::json::parse(by_sound.out);
  EXPECT_EQ(found["synchronized_by"], "sound");
  EXPECT_NEAR(found["cameras"][1]["lag_s"].get<double>(), truth.lag_s, 0.003);
  EXPECT_LT(found["cameras"][1]["lag_uncertainty_s"].get<double>(), 0.003);
  EXPECT_LT(found["error_px"].get<double>(), 0.5);
  EXPECT_TRUE(found["warnings"].empty()) << found["warnings"].dump();

  // Another clap in another room: it fits, but the board does not.
  std::filesystem::remove(out);
  hears("front", {4.3, 4.9}, 0);
  expect_error(by("sound"), 5, "the lag given", folder / "none");
  EXPECT_FALSE(std::filesystem::exists(out));
  const Ran compared = by("auto");
  ASSERT_EQ(compared.exit_code, 0) << compared.error;
  const auto by_board = nlohmann::json::parse(compared.out);
  EXPECT_EQ(by_board["synchronized_by"], "board");
  EXPECT_NEAR(by_board["cameras"][1]["lag_s"].get<double>(), truth.lag_s, 0.01);
  ASSERT_EQ(by_board["warnings"].size(), 1U);
  EXPECT_EQ(by_board["warnings"][0]["code"], "sound_differs");
  EXPECT_THAT(by_board["warnings"][0]["text"].get<std::string>(), HasSubstr("+1.800"));
}

TEST_F(Board, RefusesVideosWithoutABoard) {
  engine::MovedBoard away = moved_board();
  away.seconds = 0.5;
  put_file(video("left"), board_film(away, 0));
  put_file(video("front"), board_film(away, 1));
  expect_error(calibrate({"--board", "7x4", "--square", "25"}), 5, "camera 1", folder / "none");
  expect_error(calibrate({"--board", "9x6", "--square", "25"}), 5, "at least 8", folder / "none");
  EXPECT_FALSE(std::filesystem::exists(out));
}

TEST_F(Board, PrintsABoard) {
  const std::string sheet = (folder / "board.pdf").string();
  const Ran ran = run_reprise({"calibrate", "--print-board", sheet});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("9x6 inner corners, squares of 25 mm, on A4"));
  EXPECT_THAT(ran.out, HasSubstr("100 %"));
  const std::string first = get_file(sheet);
  EXPECT_THAT(first, ::testing::StartsWith("%PDF-1.4"));
  const Ran other = run_reprise({"calibrate", "--print-board", sheet, "--board", "6x9", "--square", "22.5",
                                 "--paper", "letter", "--json"});
  ASSERT_EQ(other.exit_code, 0) << other.error;
  EXPECT_EQ(nlohmann::json::parse(other.out)["file"], sheet);
  EXPECT_THAT(get_file(sheet), HasSubstr("--board 6x9 --square 22.5"));

  const std::string none = (folder / "none.pdf").string();
  const auto refused = [&](std::vector<std::string> words, const std::string& cause) {
    words.insert(words.begin(), "calibrate");
    expect_error(run_reprise(words), 2, cause, folder / "none");
    EXPECT_FALSE(std::filesystem::exists(none));
  };
  refused({"--print-board", none, "--square", "40"}, "squares of 26.0 mm at most do");
  refused({"--print-board", none, "--board", "8x6"}, "one even and one odd");
  refused({"--print-board", none, "--out", out}, "with videos or options of a calibration");
  refused({video("left"), "--print-board", none}, "with videos or options of a calibration");
  put_file(video("left"), "a recording");
  refused({"--print-board", video("left")}, "does not end in .pdf");
  EXPECT_EQ(get_file(video("left")), "a recording");
  refused({video("left"), video("front"), "--board", "9x6", "--square", "25"}, "--out is missing");
  refused({}, "neither --board nor --from-motion");
}

TEST_F(Board, RefusesMissingAndUnclearOptions) {
  put_file(video("left"), "no video");
  put_file(video("front"), "no video");
  expect_error(calibrate({}), 2, "neither --board nor --from-motion", folder / "none");
  expect_error(calibrate({"--board", "9x6", "--from-motion"}), 2, "both --board and --from-motion",
               folder / "none");
  expect_error(calibrate({"--board", "9x6"}), 2, "--square is missing", folder / "none");
  expect_error(calibrate({"--from-motion"}), 2, "--height is missing", folder / "none");
  for (const char* size : {"9", "9x", "9x6x", "8x6", "2x3", "99x6", "-9x6"})
    expect_error(calibrate({std::string("--board=") + size, "--square", "25"}), 2, "one even and one odd",
                 folder / "none");
  EXPECT_NE(calibrate({"--board", "9x6", "--square", "25"}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(out));
}

}  // namespace
}  // namespace reprise
