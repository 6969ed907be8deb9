// SPDX-License-Identifier: Apache-2.0
// The `reprise` program as a user meets it: real files, real networks, what it prints and what it leaves
// behind.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sensing/video/video_fixture.h"
#include "tests/command/command_checks.h"
#include "tests/support/c3d_fixture.h"
#include "tests/support/sample_person.h"
#include "tests/support/test_files.h"

namespace reprise {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class Command : public ::testing::Test {
 protected:
  [[nodiscard]] Ran analyze(const fs::path& input, std::vector<std::string> more = {},
                            const RunOptions& options = {}) {
    std::vector<std::string> arguments = {"analyze", input.string(), "--exercise",
                                          "squat",   "--out",        out().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_reprise(arguments, options);
  }
  [[nodiscard]] fs::path file(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] fs::path out() const { return folder_.path() / "out"; }

  /// A video of the sample person standing still; false where the npm package is missing.
  bool film_person(const fs::path& path, int frames = 12) {
    const auto person = sample_person(256);
    if (!person) return false;
    sensing::FixtureVideo video;
    video.width = video.height = 256;
    video.times_ms.clear();
    for (int i = 0; i < frames; ++i) video.times_ms.push_back(40 * i);
    video.paint = [&](int, int x, int y) {
      const auto at = static_cast<std::size_t>(3 * (y * 256 + x));
      return sensing::Color{static_cast<double>((*person)[at]), static_cast<double>((*person)[at + 1]),
                            static_cast<double>((*person)[at + 2])};
    };
    sensing::write_video(path, video);
    return true;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(Command, DemonstrationIsLabeledSimulatedEverywhere) {
  const Ran ran = run_reprise({"demo", "--out", out().string()});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("SIMULATED"));
  const nlohmann::json session = read_json(out() / "session.json");
  EXPECT_EQ(session["source"]["kind"], "simulated");
  EXPECT_EQ(session["exercise"]["summary"]["repetitions_complete"], 5);
  for (const char* name : {"session.json", "report.html", "angles.csv", "angles.mot", "landmarks.trc"}) {
    EXPECT_TRUE(fs::exists(out() / name)) << name;
    EXPECT_THAT(get_file(out() / name), HasSubstr("imulated")) << name;
  }
}

// Every fourth: `Shipped` counts all of them without the command.
TEST_F(Command, DemonstrationsOfExercisesCount) {
  const nlohmann::json exercises = nlohmann::json::parse(run_reprise({"exercises", "list", "--json"}).out);
  ASSERT_GE(exercises.size(), 40U);
  // Minus: on the right, where the working side is the near one.
  const std::map<std::string, std::string> azimuths = {{"front", "0"}, {"oblique", "-45"}, {"side", "-90"}};
  for (std::size_t i = 0; i < exercises.size(); i += 4) {
    const nlohmann::json& exercise = exercises[i];
    const auto id = exercise["id"].get<std::string>();
    const auto view = exercise["views"][0].get<std::string>();
    const Ran ran =
        run_reprise({"demo", "--exercise", id, "--azimuth", azimuths.at(view), "--out", out().string()});
    ASSERT_EQ(ran.exit_code, 0) << ran.error;
    const nlohmann::json session = read_json(out() / "session.json");
    // Of six, one is short; a hold has no short one. A simulated hand jitters as much as the short one moves.
    const nlohmann::json& counted = session["exercise"]["summary"]["repetitions_complete"];
    const bool all = session["exercise"]["definition"]["kind"] == "hold";
    const bool hand = exercise["main_measure"] == "wrist_flexion";
    EXPECT_THAT(counted.get<int>(),
                testing::AllOf(testing::Ge(all ? 6 : 5), testing::Le(all || hand ? 6 : 5)))
        << id << " from the " << view;
  }
}

TEST_F(Command, ListsExercisesByRegion) {
  const std::string all = run_reprise({"exercises", "list"}).out;
  for (const char* text : {"knee\n", "neck\n", "  squat ", "  neck_rotation "})
    EXPECT_THAT(all, HasSubstr(text));
  const Ran knee = run_reprise({"exercises", "list", "--region", "knee"});
  EXPECT_EQ(knee.exit_code, 0);
  EXPECT_THAT(knee.out, HasSubstr("  squat "));
  EXPECT_THAT(knee.out, Not(HasSubstr("  neck_rotation ")));
  const nlohmann::json listed =
      nlohmann::json::parse(run_reprise({"exercises", "list", "--region", "neck", "--json"}).out);
  EXPECT_GE(listed.size(), 3U);
  for (const nlohmann::json& exercise : listed) EXPECT_THAT(exercise["regions"], testing::Contains("neck"));
  const Ran none = run_reprise({"exercises", "list", "--region", "nose"});
  EXPECT_NE(none.exit_code, 0);
  EXPECT_THAT(none.error, HasSubstr("wrist_hand"));
}

TEST_F(Command, LandmarksThatItWroteGiveTheSameCountAgain) {
  ASSERT_EQ(run_reprise({"demo", "--out", out().string()}).exit_code, 0);
  const Ran again = run_reprise({"analyze", (out() / "landmarks.trc").string(), "--exercise", "squat",
                                 "--out", file("again").string(), "--json"});
  ASSERT_EQ(again.exit_code, 0) << again.error;
  EXPECT_EQ(nlohmann::json::parse(again.out)["results"][0]["repetitions_complete"], 5);
  EXPECT_EQ(read_json(file("again") / "session.json")["simulated"], true)
      << "no person moved the second time";
}

TEST_F(Command, LandmarksThatItWroteFromAVideoGiveTheSameAnglesAgain) {
  ASSERT_EQ(run_reprise({"generate", "squat", "--repetitions", "2", "--frame-rate", "15", "--clip", "--out",
                         file("made").string()})
                .exit_code,
            0);
  const std::vector<std::string> to_squat = {"--exercise", "squat", "--landmarks", "--out"};
  const auto analyzed = [&](const fs::path& input, const char* folder) {
    std::vector<std::string> arguments = {"analyze", input.string()};
    arguments.insert(arguments.end(), to_squat.begin(), to_squat.end());
    arguments.push_back(file(folder).string());
    const Ran ran = run_reprise(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    return read_json(file(folder) / "session.json");
  };
  const nlohmann::json first = analyzed(file("made") / "clip.mp4", "first");
  const nlohmann::json again = analyzed(file("first") / "landmarks.json", "again");
  ASSERT_EQ(first["models"].size(), 3U) << "the detector, lite and heavy";
  EXPECT_EQ(again["models"], first["models"]);
  // Also the intervals, which are known for these networks only.
  ASSERT_GT(first["exercise"]["repetitions"].size(), 0U);
  EXPECT_EQ(again["exercise"]["repetitions"], first["exercise"]["repetitions"]);
  EXPECT_EQ(again["exercise"]["series"], first["exercise"]["series"]);

  // The errors of another network are not known.
  std::string text = get_file(file("first") / "landmarks.json");
  text.replace(text.find("sha256\":\"") + 9, 64, std::string(64, 'a'));
  put_file(file("other.json"), text);
  EXPECT_TRUE(analyzed(file("other.json"), "other")["models"].empty());
}

TEST_F(Command, AnglesOfMarkersAgreeWithThoseOfTheReport) {
  // The same landmarks, once as a pose and once as markers: the knee's definition is the same.
  ASSERT_EQ(run_reprise({"demo", "--azimuth", "90", "--out", out().string()}).exit_code, 0);
  const Ran ran = run_reprise({"angles", (out() / "landmarks.trc").string(), "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  const nlohmann::json summary = nlohmann::json::parse(ran.out);
  EXPECT_EQ(summary["marker_set"], "landmarks");
  EXPECT_EQ(summary["simulated"], true);
  double most = 0;
  for (const nlohmann::json& one : summary["angles"]) {
    if (one["angle"] == "knee_flexion" && one["side"] == "left") most = one["max_deg"].get<double>();
  }
  double reported = 0;
  const nlohmann::json session = read_json(out() / "session.json");
  for (const nlohmann::json& repetition : session["exercise"]["repetitions"]) {
    if (repetition["range"].is_object())
      reported = std::max(reported, repetition["range"]["max_deg"].get<double>());
  }
  // The report is filtered and combines both knees; 8 mm of noise at each end turn a segment of 40 cm by 1.6
  // degrees, and the largest of some hundred values is three times as far off.
  EXPECT_NEAR(most, reported, 8);
  EXPECT_THAT(summary["not_measured"].dump(), HasSubstr("front iliac spines"));
}

TEST_F(Command, AnglesAreWrittenForOpenSimAndForASpreadsheet) {
  ASSERT_EQ(run_reprise({"demo", "--out", out().string()}).exit_code, 0);
  const Ran ran =
      run_reprise({"angles", (out() / "landmarks.trc").string(), "--out", file("angles").string()});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("SIMULATED"));
  EXPECT_THAT(ran.out, HasSubstr("not measured: "));
  EXPECT_THAT(ran.out, HasSubstr("assumed: Up is taken to be +y"));
  const std::string mot = get_file(file("angles") / "angles.mot");
  EXPECT_THAT(mot, HasSubstr("inDegrees=yes"));
  EXPECT_THAT(mot, HasSubstr("knee_angle_r"));
  EXPECT_THAT(mot, HasSubstr("imulated"));
  EXPECT_THAT(get_file(file("angles") / "angles.csv"), HasSubstr("right_knee_flexion_deg"));
}

TEST_F(Command, AnglesOfAC3dFileAreTheSameWhicheverMachineWroteIt) {
  // A right leg bent square at the knee: hip 42 cm above it, ankle 40 cm behind it.
  for (const sensing::C3dProcessor processor :
       {sensing::C3dProcessor::intel, sensing::C3dProcessor::dec, sensing::C3dProcessor::mips}) {
    put_file(
        file("leg.c3d"),
        c3d_bytes(
            {.processor = processor, .labels = {"RHJC", "RKNE", "RANK"}, .point = [](int, std::size_t m) {
               const std::array<double, 3> at[] = {{0, 900, 0}, {0, 480, 0}, {-400, 480, 0}};
               return std::optional{at[m]};
             }}));
    const Ran ran = run_reprise({"angles", file("leg.c3d").string(), "--json"});
    ASSERT_EQ(ran.exit_code, 0) << ran.error;
    const nlohmann::json summary = nlohmann::json::parse(ran.out);
    EXPECT_EQ(summary["marker_set"], "clinical");
    ASSERT_EQ(summary["angles"].size(), 1U) << summary["angles"];
    EXPECT_EQ(summary["angles"][0]["side"], "right");
    EXPECT_NEAR(summary["angles"][0]["max_deg"].get<double>(), 90, 1e-4);  // floats of 24 bits
    EXPECT_THAT(summary["assumptions"].dump(), HasSubstr("knee is taken to be at its lateral marker"));
  }
}

TEST_F(Command, AnglesSayWhatIsWrongWithTheMarkers) {
  put_file(file("a.txt"), "x");
  expect_error(run_reprise({"angles", file("a.txt").string()}), 4, "neither .trc nor .c3d", out());
  expect_error(run_reprise({"angles", file("none.c3d").string()}), 3, "none.c3d", out());
  put_file(
      file("a.trc"),
      "PathFileType\t4\nDataRate\tNumFrames\tNumMarkers\tUnits\n100\t1\t1\tmm\nFrame#\tTime\tHat\n\t\tX1\n\n"
      "1\t0\t1\t2\t3\n");
  expect_error(run_reprise({"angles", file("a.trc").string()}), 4, "there are: Hat", out());
  EXPECT_EQ(run_reprise({"angles", file("a.trc").string(), "--set", "clinic"}).exit_code, 2);
}

TEST_F(Command, APersonStandingStillIsFoundAndNothingIsCounted) {
  if (!film_person(file("still.mp4")))
    GTEST_SKIP() << "npm package @vladmandic/human is not installed (make test installs it)";
  const Ran ran = analyze(file("still.mp4"), {"--json", "--landmarks", "--threads", "2", "--model", "lite"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_EQ(ran.error, "") << "no progress bar without a terminal";
  EXPECT_EQ(nlohmann::json::parse(ran.out)["results"][0]["repetitions_complete"], 0);
  const nlohmann::json session = read_json(out() / "session.json");
  EXPECT_EQ(session["exercise"]["frames"]["with_person"], 12);
  EXPECT_EQ(session["models"][1]["sha256"].get<std::string>().size(), 64U);
  EXPECT_TRUE(fs::exists(out() / "landmarks.json"));
  // The same once more is kept; another network is another result.
  const Ran again = analyze(file("still.mp4"), {"--json", "--landmarks", "--model", "lite"});
  EXPECT_EQ(nlohmann::json::parse(again.out)["results"][0]["kept"], true);
  const Ran other = analyze(file("still.mp4"), {"--json", "--landmarks", "--model", "full"});
  EXPECT_EQ(nlohmann::json::parse(other.out)["results"][0]["kept"], false);
}

TEST_F(Command, NoSuchFile) {
  expect_error(analyze(file("none.mp4")), 3, "no such file", out());
}

TEST_F(Command, NotAVideo) {
  put_file(file("letter.mp4"), "Dear physiotherapist, this is a letter.");
  expect_error(analyze(file("letter.mp4")), 4, "letter.mp4", out());
}

TEST_F(Command, TruncatedVideo) {
  sensing::FixtureVideo long_enough;
  for (int i = 10; i < 200; ++i) long_enough.times_ms.push_back(40 * i);
  sensing::write_video(file("whole.mp4"), long_enough);
  const std::string bytes = get_file(file("whole.mp4"));
  put_file(file("cut.mp4"), bytes.substr(0, bytes.size() / 2));
  expect_error(analyze(file("cut.mp4")), 4, "cut.mp4", out());
}

TEST_F(Command, NobodyInTheVideo) {
  sensing::write_video(file("empty-room.mp4"));
  expect_error(analyze(file("empty-room.mp4"), {"--model", "lite"}), 5, "no person was found", out());
}

TEST_F(Command, UnknownExerciseSuggestsNearNames) {
  sensing::write_video(file("a.mp4"));
  const Ran ran =
      run_reprise({"analyze", file("a.mp4").string(), "--exercise", "squatt", "--out", out().string()});
  expect_error(ran, 3, "squatt", out());
  EXPECT_THAT(ran.error, HasSubstr("squat"));
}

TEST_F(Command, DamagedModel) {
  fs::create_directory(file("models"));
  const fs::path real = fs::path{REPRISE_SOURCE_DIR} / "node_modules/@mediapipe/pose";
  if (!fs::exists(real))
    GTEST_SKIP() << "npm package @mediapipe/pose is not installed (make test installs it)";
  for (const auto& entry : fs::directory_iterator(real)) {
    const auto ending = entry.path().extension();
    if (ending == ".tflite" || ending == ".data")
      fs::copy_file(entry.path(), file("models") / entry.path().filename());
  }
  const fs::path model = file("models") / "pose_landmark_lite.tflite";
  std::string bytes = get_file(model);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  fs::permissions(model, fs::perms::owner_all);
  put_file(model, bytes);
  sensing::write_video(file("a.mp4"));
  expect_error(analyze(file("a.mp4"), {"--model", "lite", "--models", file("models").string()}), 4,
               "pose_landmark_lite.tflite", out());
}

TEST_F(Command, NaNLandmarks) {
  put_file(file("bad.csv"), "time_s,left_knee_x_m,left_knee_y_m,left_knee_z_m\n0,nan,0,0\n0.1,0,0,0\n");
  expect_error(analyze(file("bad.csv")), 4, "left_knee", out());
}

TEST_F(Command, DiskFullLeavesNothing) {
  const Ran ran = run_reprise({"demo", "--out", out().string()}, {.max_file_bytes = 20000});
  expect_error(ran, 6, "writ", out());
}

TEST_F(Command, UnwritableFolder) {
  // No user can make a folder in /proc, not even root, as whom tests often run.
  const Ran ran = run_reprise({"demo", "--out", "/proc/reprise-out"});
  expect_error(ran, 6, "/proc/reprise-out", "/proc/reprise-out");
}

TEST_F(Command, AFileInPlaceOfTheOutputFolder) {
  put_file(file("taken"), "mine");
  const Ran ran = run_reprise({"demo", "--out", file("taken").string()});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_EQ(get_file(file("taken")), "mine");
}

TEST_F(Command, CtrlCLeavesNoHalfFile) {
  if (!film_person(file("long.mp4"), 600))
    GTEST_SKIP() << "npm package @vladmandic/human is not installed (make test installs it)";
  const Ran ran = analyze(file("long.mp4"), {"--model", "heavy"}, {.interrupt_after_ms = 300});
  expect_error(ran, 130, "stopped by the user", out());
}

TEST_F(Command, WrongViewIsNotMeasuredAndSaysWhatToChange) {
  // Raising the arm forward is judged from the side; this one is filmed from the front.
  const Ran ran =
      run_reprise({"demo", "--exercise", "shoulder_flexion", "--azimuth", "0", "--out", out().string()});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  const nlohmann::json session = read_json(out() / "session.json");
  EXPECT_THAT(ran.out, HasSubstr("Film from the side"));
  for (const nlohmann::json& repetition : session["exercise"]["repetitions"]) {
    EXPECT_TRUE(repetition["range"].is_null());
    EXPECT_TRUE(repetition["quality"].is_null() || repetition["quality"]["score"].is_null());
  }
}

TEST_F(Command, SeveralInputsGetAFolderEachAndOneFailureDoesNotStopTheRest) {
  ASSERT_EQ(run_reprise({"demo", "--out", file("a").string()}).exit_code, 0);
  ASSERT_EQ(run_reprise({"demo", "--out", file("b").string(), "--seed", "2"}).exit_code, 0);
  fs::copy_file(file("a") / "landmarks.trc", file("first.trc"));
  fs::copy_file(file("b") / "landmarks.trc", file("second.trc"));
  put_file(file("broken.trc"), "PathFileType\t4\n");
  const Ran ran =
      run_reprise({"analyze", file("first.trc").string(), file("broken.trc").string(),
                   file("second.trc").string(), "--exercise", "squat", "--out", out().string(), "--json"});
  EXPECT_EQ(ran.exit_code, 4);
  const nlohmann::json all = nlohmann::json::parse(ran.out);
  EXPECT_EQ(all["results"].size(), 2U);
  EXPECT_EQ(all["failed"].size(), 1U);
  EXPECT_TRUE(fs::exists(out() / "first" / "report.html"));
  EXPECT_TRUE(fs::exists(out() / "second" / "report.html"));
  EXPECT_FALSE(fs::exists(out() / "broken"));
}

TEST_F(Command, ExercisesCheckSaysWhatIsWrong) {
  std::string text = get_file(fs::path{REPRISE_SOURCE_DIR} / "catalog/exercises/squat.json");
  const auto at = text.find("\"target\": 90");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 12, "\"target\": 400");
  put_file(file("mine.json"), text);
  const Ran ran = run_reprise({"exercises", "check", file("mine.json").string()});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_THAT(ran.out, HasSubstr("/range/target"));
  EXPECT_THAT(ran.out, HasSubstr("400"));
}

TEST_F(Command, CatalogCheckCoversEveryKindOfFile) {
  const fs::path mine = file("catalog");
  fs::copy(fs::path{REPRISE_SOURCE_DIR} / "catalog", mine, fs::copy_options::recursive);
  const Ran clean = run_reprise({"catalog", "check", mine.string()});
  EXPECT_EQ(clean.exit_code, 0) << clean.out;
  EXPECT_THAT(clean.out, HasSubstr("no problem found in"));
  const auto misspell = [&](const char* path, const std::string& field) {
    std::string text = get_file(mine / path);
    const auto at = text.find('"' + field + '"');
    ASSERT_NE(at, std::string::npos) << path;
    put_file(mine / path, text.insert(at + 1, "x"));
  };
  misspell("exercises/squat.json", "target");
  misspell("rules/pain-up.json", "urgency");
  misspell("education/your-privacy.json", "order");
  misspell("protocols/neck-pain.json", "goal");
  misspell("contraindications/broken-neck.json", "severity");
  misspell("questionnaires/red_flags.json", "subjectType");
  const Ran ran = run_reprise({"catalog", "check", mine.string()});
  EXPECT_EQ(ran.exit_code, 4);
  for (const char* problem :
       {"squat.json /range/xtarget", "pain-up.json /xurgency", "your-privacy.json /xorder",
        "neck-pain.json /phases/0/xgoal", "broken-neck.json /xseverity", "red_flags.json: "}) {
    EXPECT_THAT(ran.out, HasSubstr(problem));
  }
}

TEST_F(Command, UnknownFaultOfADemonstrationIsNotPassedOver) {
  expect_error(run_reprise({"demo", "--fault", "knees_out", "--out", out().string()}), 3, "knees_out", out());
}

TEST_F(Command, WrongOptionsAndHelp) {
  EXPECT_EQ(run_reprise({"analyze", "--model", "tiny"}).exit_code, 2);
  EXPECT_EQ(run_reprise({}).exit_code, 2);
  const Ran help = run_reprise({"analyze", "--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.out, HasSubstr("Examples:"));
  for (const char* shell : {"bash", "zsh", "fish"}) {
    EXPECT_THAT(run_reprise({"completion", shell}).out, HasSubstr("exercises"));
  }
  EXPECT_THAT(run_reprise({"version"}).out, HasSubstr("Not a medical device"));
}

}  // namespace
}  // namespace reprise
