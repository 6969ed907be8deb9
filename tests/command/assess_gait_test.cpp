// SPDX-License-Identifier: Apache-2.0
// `reprise assess gait`: walking seen by one camera, on real clips where they are there.

#include <array>
#include <utility>

#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;

TEST(AssessGait, CountsTheStepsOfARealWalkerWithTheirSides) {
  const auto clip = shared_data("video/clips/walking_side_1_cut.mp4");
  if (!std::filesystem::exists(clip)) GTEST_SKIP() << "no recording " << clip;
  const TemporaryFolder folder;
  const Ran ran =
      run_reprise({"assess", "gait", clip.string(), "--height", "168", "--out", (folder / "out").string()});
  if (ran.error.find("pose networks") != std::string::npos) GTEST_SKIP() << ran.error;
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  const auto document = read_json(folder / "out" / "measurement.json");
  EXPECT_EQ(document["kind"], "gait");
  EXPECT_EQ(document["source"]["kind"], "camera");
  // Read off the pictures one by one, to a picture of 1/30 s.
  constexpr std::array<std::pair<const char*, double>, 5> kByEye = {
      {{"right", 1.83}, {"left", 2.43}, {"right", 3.05}, {"left", 3.67}, {"right", 4.3}}};
  const auto& steps = document["tables"][1]["rows"];
  ASSERT_EQ(steps.size(), kByEye.size());
  EXPECT_NEAR(steps[0]["start_s"].get<double>(), 1.2, 0.07);
  for (std::size_t i = 0; i < kByEye.size(); ++i) {
    EXPECT_EQ(steps[i]["side"], kByEye[i].first);
    EXPECT_NEAR(steps[i]["end_s"].get<double>(), kByEye[i].second, 0.07);
  }
  for (const auto& value : document["values"]) {
    if (value["measure"] == "cadence") {
      EXPECT_NEAR(value["value"].get<double>(), 60 * 5 / (4.3 - 1.2), 0.03 * 97);
    }
  }
  EXPECT_THAT(get_file(folder / "out" / "report.html"), HasSubstr("Knee flexion over the gait cycle"));
}

TEST(AssessGait, DoesNotTakeAJumperForAWalker) {
  const auto clip = shared_data("video/walk_jump/demo.mp4");
  if (!std::filesystem::exists(clip)) GTEST_SKIP() << "no recording " << clip;
  // Until then only the man who jumps on the roof is in view.
  const Ran ran = run_reprise({"assess", "gait", clip.string(), "--until", "2"});
  if (ran.error.find("pose networks") != std::string::npos) GTEST_SKIP() << ran.error;
  EXPECT_EQ(ran.exit_code, 5);
  EXPECT_THAT(ran.error, HasSubstr("no one walks"));
}

TEST(AssessGait, RefusesASquatAndMarksWithoutTheirDistance) {
  const TemporaryFolder folder;
  const Ran made =
      run_reprise({"generate", "squat", "--repetitions", "2", "--out", (folder / "made").string()});
  ASSERT_EQ(made.exit_code, 0) << made.error;
  const std::string landmarks = (folder / "made" / "landmarks.json").string();
  const Ran squat = run_reprise({"assess", "gait", landmarks});
  EXPECT_EQ(squat.exit_code, 5) << squat.out;
  EXPECT_THAT(squat.error, HasSubstr("what to do: "));
  EXPECT_EQ(run_reprise({"assess", "gait", landmarks, "--marks", "10,20"}).exit_code, 2);
  EXPECT_EQ(run_reprise({"assess", "gait", landmarks, "--belt-speed", "1"}).exit_code, 2);
}

}  // namespace
}  // namespace reprise
