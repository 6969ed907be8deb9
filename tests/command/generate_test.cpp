// SPDX-License-Identifier: Apache-2.0
// `reprise generate`: recordings with their truth.

#include "engine/skeleton/dof.h"
#include "sensing/video/video_reader.h"
#include "tests/command/command_checks.h"

namespace reprise {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Generate : public ::testing::Test {
 protected:
  [[nodiscard]] Ran generate(std::vector<std::string> arguments, const RunOptions& options = {}) const {
    arguments.insert(arguments.begin(), "generate");
    arguments.insert(arguments.end(), {"--out", out().string()});
    return run_reprise(arguments, options);
  }
  /// The summary of analyzing the generated landmarks.
  [[nodiscard]] nlohmann::json analyzed(const std::string& exercise,
                                        std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"analyze",    (out() / "landmarks.json").string(),
                                          "--exercise", exercise,
                                          "--out",      (folder_ / "analyzed").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run_reprise(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    return read_json(folder_ / "analyzed" / "session.json");
  }
  [[nodiscard]] fs::path out() const { return folder_ / "out"; }
  [[nodiscard]] fs::path file(const std::string& name) const { return folder_ / name; }

 private:
  TemporaryFolder folder_;
};

// Every fifth one: the demonstration counts them all, through the same code.
TEST_F(Generate, ExercisesGiveTheCountThatWasAskedFor) {
  const nlohmann::json exercises = nlohmann::json::parse(run_reprise({"exercises", "list", "--json"}).out);
  ASSERT_GE(exercises.size(), 40U);
  for (std::size_t i = 0; i < exercises.size(); i += 5) {
    const auto id = exercises[i]["id"].get<std::string>();
    const Ran ran = generate({id, "--repetitions", "3"});
    ASSERT_EQ(ran.exit_code, 0) << ran.error;
    const nlohmann::json session = analyzed(id);
    EXPECT_EQ(session["exercise"]["summary"]["repetitions_complete"], 3) << id;
    EXPECT_EQ(session["simulated"], true) << id;
    for (const nlohmann::json& repetition : session["exercise"]["repetitions"]) {
      EXPECT_FALSE(repetition["range"].is_null()) << id << " is filmed from where it is judged";
      EXPECT_TRUE(repetition["faults"].empty()) << id << ": " << repetition["faults"];
    }
  }
}

TEST_F(Generate, BodyRangeTempoAndSideAreAsAskedFor) {
  ASSERT_EQ(generate({"heel_slide", "--side", "left", "--stature", "1.9", "--tempo", "2", "--range", "0.7",
                      "--noise", "0", "--frame-rate", "60", "--repetitions", "2"})
                .exit_code,
            0);
  const nlohmann::json truth = read_json(out() / "truth.json");
  const nlohmann::json frame = read_json(out() / "landmarks.json")["landmarks"][0];
  EXPECT_EQ(truth["options"]["side"], "left");
  EXPECT_NEAR(truth["times_s"][60].get<double>(), 1, 1e-6) << "60 frames a second";
  const auto most = [&](const char* angle) {
    double largest = -1e9;
    for (const nlohmann::json& value : truth["angles_deg"][angle])
      largest = std::max(largest, value.get<double>());
    return largest;
  };
  EXPECT_GT(most("left_knee_flexion"), 40);
  EXPECT_LT(most("right_knee_flexion"), 20) << "only the left leg slides";
  // Shank of the first frame: 0.246 of the stature (engine/skeleton/shape.h).
  const auto& points = frame["world_m"];
  double shank = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double d = points[25][axis].get<double>() - points[27][axis].get<double>();
    shank += d * d;
  }
  EXPECT_NEAR(std::sqrt(shank), 0.246 * 1.9, 1e-3);

  const nlohmann::json whole = truth["repetitions"];
  const nlohmann::json fast = whole[0];
  const double duration = fast["end_s"].get<double>() - fast["start_s"].get<double>();
  const double largest = most("left_knee_flexion");
  ASSERT_EQ(generate({"heel_slide", "--noise", "0", "--repetitions", "2"}).exit_code, 0);
  const nlohmann::json plain = read_json(out() / "truth.json");
  const nlohmann::json& slow = plain["repetitions"][0];
  EXPECT_NEAR(slow["end_s"].get<double>() - slow["start_s"].get<double>(), 2 * duration, 2e-3);
  double full = 0;
  for (const nlohmann::json& value : plain["angles_deg"]["right_knee_flexion"])
    full = std::max(full, value.get<double>());
  const double rest = plain["angles_deg"]["right_knee_flexion"][0];
  EXPECT_NEAR(largest - rest, 0.7 * (full - rest), 0.5) << "the range is the share asked for";
}

TEST_F(Generate, AFaultThatWasAskedForIsFoundInEveryRepetition) {
  ASSERT_EQ(generate({"squat", "--fault", "trunk_forward", "--repetitions", "3"}).exit_code, 0);
  EXPECT_EQ(read_json(out() / "truth.json")["options"]["faults"], nlohmann::json::array({"trunk_forward"}));
  const nlohmann::json session = analyzed("squat");
  EXPECT_EQ(session["exercise"]["summary"]["repetitions_complete"], 3);
  for (const nlohmann::json& repetition : session["exercise"]["repetitions"]) {
    ASSERT_EQ(repetition["faults"].size(), 1U);
    EXPECT_EQ(repetition["faults"][0]["rule"], "trunk_forward");
  }
}

TEST_F(Generate, TheTruthIsWhatTheEngineMeasuresWithoutNoise) {
  ASSERT_EQ(generate({"squat", "--noise", "0", "--azimuth", "90", "--repetitions", "2"}).exit_code, 0);
  const nlohmann::json truth = read_json(out() / "truth.json");
  EXPECT_EQ(truth["schema"], "reprise.truth/1");
  EXPECT_EQ(truth["simulated"], true);
  EXPECT_EQ(truth["angles_deg"].size(), engine::kDofCount);
  EXPECT_EQ(truth["angles_deg"]["left_knee_flexion"].size(), truth["times_s"].size());
  const nlohmann::json session = analyzed("squat");
  const nlohmann::json& truth_knee = truth["angles_deg"]["left_knee_flexion"];
  double highest = 0;
  for (const nlohmann::json& value : truth_knee) highest = std::max(highest, value.get<double>());
  for (std::size_t r = 0; r < 2; ++r) {
    // The figure's shank runs to the ankle as the landmarks do; smoothing both ways rounds the peak a little.
    EXPECT_NEAR(session["exercise"]["repetitions"][r]["range"]["max_deg"].get<double>(), highest, 2);
    EXPECT_NEAR(session["exercise"]["repetitions"][r]["extreme_s"].get<double>(),
                truth["repetitions"][r]["extreme_s"].get<double>(), 0.6);
  }
}

TEST_F(Generate, TheSameSeedGivesTheSameBytesAndAnotherDoesNot) {
  const std::vector<std::string> asked = {"elbow_flexion", "--repetitions", "1", "--clip", "--seed", "5"};
  ASSERT_EQ(generate(asked).exit_code, 0);
  std::vector<std::string> first;
  const std::vector<std::string> names = {"landmarks.json", "landmarks.trc", "truth.json", "clip.mp4"};
  for (const std::string& name : names) first.push_back(get_file(out() / name));
  ASSERT_EQ(generate(asked).exit_code, 0);
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(get_file(out() / names[i]), first[i]) << names[i];
  ASSERT_EQ(generate({"elbow_flexion", "--repetitions", "1", "--seed", "6"}).exit_code, 0);
  EXPECT_NE(get_file(out() / "landmarks.json"), first[0]);
}

TEST_F(Generate, TheClipIsAVideoOfTheFigure) {
  const Ran ran = generate({"squat", "--repetitions", "1", "--clip", "--frame-rate", "20"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("SIMULATED"));
  const std::size_t frames = read_json(out() / "truth.json")["times_s"].size();
  auto reader = sensing::open_video(out() / "clip.mp4");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(reader->info().width, 1280);
  EXPECT_EQ(reader->info().height, 720);
  EXPECT_TRUE(reader->info().simulated);
  const nlohmann::json points = read_json(out() / "landmarks.json")["landmarks"];
  std::size_t count = 0;
  Seconds last{0};
  while (true) {
    const auto frame = reader->next();
    ASSERT_TRUE(frame) << to_string(frame.error());
    if (!*frame) break;
    const engine::ImageView& image = (*frame)->image;
    // Colored where the landmarks say that the knees are, in every frame; "SIMULATED" stands dark on light.
    for (const std::size_t knee : {25U, 26U}) {
      const nlohmann::json& at = points[count]["image_px"][knee];
      const std::uint8_t* p = image.pixels +
                              static_cast<std::ptrdiff_t>(at[1].get<double>()) * image.stride_bytes +
                              std::ptrdiff_t{3} * static_cast<std::ptrdiff_t>(at[0].get<double>());
      EXPECT_GT(std::abs(p[0] - p[2]), 40) << "frame " << count;
    }
    const std::uint8_t* letters = image.pixels + 22 * image.stride_bytes;  // the S begins at 20, 20
    int dark = 0;
    for (int x = 20; x < 20 + 20 * 24; ++x) dark += letters[3 * x] < 90 ? 1 : 0;
    EXPECT_GT(dark, 100) << "frame " << count;
    last = (*frame)->time;
    ++count;
  }
  EXPECT_EQ(count, frames);
  EXPECT_NEAR(last.value(), static_cast<double>(frames - 1) / 20, 1e-3);
}

TEST_F(Generate, AnalysingTheClipStaysLabeledSimulated) {
  ASSERT_EQ(generate({"squat", "--repetitions", "1", "--clip", "--frame-rate", "5"}).exit_code, 0);
  const Ran ran = run_reprise({"analyze", (out() / "clip.mp4").string(), "--exercise", "squat", "--model",
                               "lite", "--landmarks", "--out", file("again").string()});
  // A pose network may or may not take the figure for a person; the recording stays simulated either way.
  if (ran.exit_code == 3)
    GTEST_SKIP() << "npm package @mediapipe/pose is not installed (make test installs it)";
  if (ran.exit_code == 5) GTEST_SKIP() << "the network sees no person in the figure";
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_EQ(read_json(file("again") / "session.json")["simulated"], true);
  EXPECT_EQ(read_json(file("again") / "landmarks.json")["source"]["simulated"], true);
}

TEST_F(Generate, WrongWishesAreErrors) {
  expect_error(generate({"squatt"}), 3, "squatt", out());
  expect_error(generate({"squat", "--fault", "knees_out"}), 3, "knees_out", out());
  expect_error(generate({"squat", "--side", "left"}), 2, "not done with the left side alone", out());
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"squat", "--stature", "3"},
                                                {"squat", "--repetitions", "0"},
                                                {"squat", "--tempo", "0"},
                                                {"squat", "--frame-rate", "1000"},
                                                {"squat", "--noise", "-1"},
                                                {"squat", "--side", "both"}}) {
    const Ran ran = generate(wrong);
    EXPECT_EQ(ran.exit_code, 2) << wrong[1];
    EXPECT_THAT(ran.error, HasSubstr(wrong[1]));
    EXPECT_FALSE(fs::exists(out()));
  }
}

TEST_F(Generate, DiskFullLeavesNothing) {
  expect_error(generate({"squat", "--repetitions", "1", "--clip"}, {.max_file_bytes = 20000}), 6, "writ",
               out());
}

TEST_F(Generate, CtrlCLeavesNoHalfClip) {
  const Ran ran = generate({"squat", "--repetitions", "100", "--clip"}, {.interrupt_after_ms = 1500});
  expect_error(ran, 130, "stopped by the user", out());
}

}  // namespace
}  // namespace reprise
