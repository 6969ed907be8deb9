// SPDX-License-Identifier: Apache-2.0
// Several inputs of `reprise analyze`: what stands in the results together, and what a second run keeps.

#include "sensing/video/video_fixture.h"
#include "tests/command/command_checks.h"

namespace reprise {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class Batch : public ::testing::Test {
 protected:
  /// A recording of a squat as NAME.json, with the number of repetitions asked for.
  fs::path record(const std::string& name, int repetitions, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {
        "generate", "squat", "--repetitions", std::to_string(repetitions), "--out", file("made").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run_reprise(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    const fs::path path = file(name + ".json");
    fs::copy_file(file("made") / "landmarks.json", path, fs::copy_options::overwrite_existing);
    return path;
  }
  [[nodiscard]] Ran analyze(const std::vector<fs::path>& inputs, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"analyze", "--exercise", "squat", "--out", out().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    for (const fs::path& input : inputs) arguments.push_back(input.string());
    return run_reprise(arguments);
  }
  /// Which inputs were kept, by `--json`, as "01": the second.
  [[nodiscard]] std::string kept(const std::vector<fs::path>& inputs, std::vector<std::string> more = {}) {
    more.emplace_back("--json");
    const Ran ran = analyze(inputs, more);
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    std::string text;
    const nlohmann::json all = nlohmann::json::parse(ran.out);
    for (const nlohmann::json& result : all["results"]) text += result["kept"].get<bool>() ? '1' : '0';
    return text;
  }
  [[nodiscard]] fs::path file(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] fs::path out() const { return folder_ / "out"; }

 private:
  TemporaryFolder folder_;
};

TEST_F(Batch, SaysEverythingInOneTableOneFileAndOneReport) {
  const auto first = record("squat 2", 2);
  const auto second = record("squat 10", 3);
  put_file(file("broken.json"), "{\"landmarks\": [");
  const Ran ran = analyze({second, file("broken.json"), first});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_THAT(ran.out, HasSubstr("complete  partial  open  quality  range"));
  EXPECT_THAT(ran.out, HasSubstr("2 analyzed, 1 failed"));

  const std::string csv = get_file(out() / "summary.csv");
  EXPECT_THAT(csv, HasSubstr("best_knee_flexion_max_deg"));
  EXPECT_THAT(csv, HasSubstr("\nsquat 10.json,analyzed,squat 10,squat,"));
  EXPECT_THAT(csv, HasSubstr("\nbroken.json,failed,,,,"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 4);

  const std::string html = get_file(out() / "report.html");
  EXPECT_THAT(html, HasSubstr("href=\"squat%202/report.html\""));
  EXPECT_LT(html.find("squat%202/"), html.find("squat%2010/")) << "2 comes before 10";
  EXPECT_THAT(html, HasSubstr("SIMULATED"));
  EXPECT_THAT(html, HasSubstr("Not analyzed"));
  EXPECT_THAT(html, HasSubstr("All were made alike"));
  EXPECT_TRUE(fs::exists(out() / "squat 2" / "report.html"));
}

TEST_F(Batch, AFolderWithoutVideosStandsForItsLandmarkFiles) {
  const auto made = record("named", 2).parent_path() / "made" / "landmarks.trc";
  for (const char* name : {"b.trc", "a.TRC"}) {
    fs::create_directories(file("recordings"));
    fs::copy_file(made, file("recordings") / name);
  }
  put_file(file("recordings") / "session.json", "{}");
  EXPECT_EQ(kept({file("recordings")}), "00");
  EXPECT_TRUE(fs::exists(out() / "a" / "report.html"));
  EXPECT_TRUE(fs::exists(out() / "b" / "report.html"));
}

TEST_F(Batch, EveryRowOfTheTableHasEveryColumn) {
  const auto first = record("a,b", 2);
  const auto second = record("=HYPERLINK(1)", 2, {"--azimuth", "0"});
  put_file(file("broken.json"), "{");
  EXPECT_EQ(analyze({first, second, file("broken.json")}).exit_code, 4);
  const std::string csv = get_file(out() / "summary.csv");
  EXPECT_THAT(csv, HasSubstr("\n\"a,b.json\",")) << "quoted";
  EXPECT_THAT(csv, HasSubstr("\n'=HYPERLINK(1).json,")) << "no formula";
  std::size_t columns = 0;
  for (std::size_t at = 0; at < csv.size();) {
    const std::size_t end = csv.find('\n', at);
    std::size_t here = 1;
    bool quoted = false;
    for (const char c : csv.substr(at, end - at)) {
      if (c == '"') quoted = !quoted;
      here += c == ',' && !quoted ? 1 : 0;
    }
    if (columns == 0) columns = here;
    EXPECT_EQ(here, columns) << csv.substr(at, end - at);
    at = end + 1;
  }
  EXPECT_THAT(get_file(out() / "report.html"), HasSubstr("from the front")) << "the views differ";
}

TEST_F(Batch, ASecondRunKeepsWhatIsThere) {
  const auto first = record("first", 2);
  const auto second = record("second", 3);
  EXPECT_EQ(kept({first, second}), "00");
  const auto written = fs::last_write_time(out() / "first" / "session.json");
  const std::string report = get_file(out() / "report.html");
  EXPECT_EQ(kept({first, second}), "11");
  EXPECT_EQ(fs::last_write_time(out() / "first" / "session.json"), written) << "not even written again";
  EXPECT_EQ(get_file(out() / "report.html"), report) << "the same from the kept results";
  EXPECT_EQ(kept({first, second}, {"--again"}), "00");
  const Ran ran = analyze({first, second});
  EXPECT_THAT(ran.out, HasSubstr("first.json: kept"));
  EXPECT_THAT(ran.out, HasSubstr("0 analyzed, 2 kept from an earlier run"));
  // More inputs, fewer inputs: existing results stay.
  EXPECT_EQ(kept({first, second, record("third", 1)}), "110");
}

TEST_F(Batch, WhatChangedIsAnalysedAgain) {
  const auto first = record("first", 2);
  const auto second = record("second", 2);
  EXPECT_EQ(kept({first, second}), "00");
  EXPECT_EQ(kept({first, second}, {"--ceiling", "80"}), "00") << "other options";
  EXPECT_EQ(kept({first, second}, {"--ceiling", "80"}), "11");
  EXPECT_EQ(kept({first, second}), "00");
  record("second", 3);
  EXPECT_EQ(kept({first, second}), "10") << "other bytes under the same name";
  EXPECT_EQ(read_json(out() / "second" / "session.json")["exercise"]["summary"]["repetitions_complete"], 3);

  EXPECT_EQ(kept({first, second}, {"--landmarks"}), "00") << "a file that is not there yet";
  EXPECT_EQ(kept({first, second}, {"--landmarks"}), "11");
  EXPECT_EQ(kept({first, second}), "11") << "one more file does no harm";
  fs::remove(out() / "first" / "report.html");
  EXPECT_EQ(kept({first, second}), "01");
  put_file(out() / "second" / "session.json", "{}");
  EXPECT_EQ(kept({first, second}), "10");

  nlohmann::json session = read_json(out() / "first" / "session.json");
  session["engine_version"] = "0.0.1";
  put_file(out() / "first" / "session.json", session.dump());
  EXPECT_EQ(kept({first, second}), "01") << "measured by another engine";
}

TEST_F(Batch, AnotherVersionOfTheExerciseIsAnalysedAgain) {
  const auto first = record("first", 2);
  const auto second = record("second", 2);
  fs::copy(fs::path{REPRISE_SOURCE_DIR} / "catalog/exercises", file("exercises"));
  const auto run = [&] {
    const Ran ran = run_reprise(
        {"analyze", first.string(), second.string(), "--exercise", "squat", "--out", out().string()},
        {.environment = {"REPRISE_CATALOG=" + file("exercises").string()}});
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    return ran.out;
  };
  EXPECT_THAT(run(), HasSubstr("2 analyzed"));
  EXPECT_THAT(run(), HasSubstr("2 kept"));
  std::string text = get_file(file("exercises") / "squat.json");
  const auto at = text.find("\"target\": 90");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 12, "\"target\": 95");
  put_file(file("exercises") / "squat.json", text);
  EXPECT_THAT(run(), HasSubstr("2 analyzed")) << "another target under the same version";
}

TEST_F(Batch, OneInputIsKeptToo) {
  const auto first = record("first", 2);
  EXPECT_EQ(analyze({first}).exit_code, 0);
  const Ran again = analyze({first});
  EXPECT_THAT(again.out, HasSubstr("complete 2"));
  EXPECT_THAT(again.out, HasSubstr("kept"));
  EXPECT_FALSE(fs::exists(out() / "summary.csv")) << "one input needs no table";
}

TEST_F(Batch, CtrlCKeepsWhatIsFinished) {
  const auto first = record("first", 2);
  const auto second = record("second", 2);
  // A video takes the networks long enough to be interrupted in.
  sensing::FixtureVideo video;
  for (int i = 10; i < 4000; ++i) video.times_ms.push_back(40 * i);
  sensing::write_video(file("long.mp4"), video);
  const Ran ran = run_reprise({"analyze", first.string(), second.string(), file("long.mp4").string(),
                               "--exercise", "squat", "--out", out().string()},
                              {.interrupt_after_ms = 3000});
  if (ran.exit_code == 3)
    GTEST_SKIP() << "npm package @mediapipe/pose is not installed (make test installs it)";
  EXPECT_EQ(ran.exit_code, 130) << ran.error;
  EXPECT_THAT(ran.error, HasSubstr("stopped by the user"));
  EXPECT_FALSE(fs::exists(out() / "long"));
  EXPECT_FALSE(fs::exists(out() / "summary.csv")) << "half of a table would pass for a whole one";
  EXPECT_EQ(kept({first, second}), "11");
}

TEST_F(Batch, DiskFullAtTheTableIsAnErrorAndLeavesTheSessions) {
  const auto first = record("first", 1);
  const auto second = record("second", 1);
  EXPECT_EQ(kept({first, second}), "00");
  fs::remove(out() / "summary.csv");
  fs::remove(out() / "report.html");
  const Ran ran = run_reprise(
      {"analyze", first.string(), second.string(), "--exercise", "squat", "--out", out().string()},
      {.max_file_bytes = 4000});
  EXPECT_EQ(ran.exit_code, 6) << ran.error;
  EXPECT_FALSE(fs::exists(out() / "summary.csv"));
  EXPECT_FALSE(fs::exists(out() / "report.html"));
  EXPECT_EQ(kept({first, second}), "11");
}

TEST_F(Batch, AnInputNamedLikeTheTableGetsAnotherFolder) {
  const auto first = record("report.html", 1);
  const auto second = record("second", 1);
  EXPECT_EQ(kept({first, second}), "00");
  EXPECT_TRUE(fs::is_regular_file(out() / "report.html"));
  EXPECT_TRUE(fs::exists(out() / "report.html-2" / "session.json"));
}

}  // namespace
}  // namespace reprise
