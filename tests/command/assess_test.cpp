// SPDX-License-Identifier: Apache-2.0
// `reprise assess`: load at work over a recording, and the NIOSH lifting equation.

#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// SIMULATED: someone squats twice, as landmarks.
std::filesystem::path squatting(const TemporaryFolder& folder) {
  const Ran made = run_reprise(
      {"generate", "squat", "--repetitions", "2", "--frame-rate", "10", "--out", (folder / "made").string()});
  EXPECT_EQ(made.exit_code, 0) << made.error;
  return folder / "made" / "landmarks.trc";
}

TEST(Assess, WithoutATestListsTheTests) {
  const Ran ran = run_reprise({"assess"});
  EXPECT_EQ(ran.exit_code, 0) << ran.error;
  for (const char* test : {"range_of_motion", "posture", "gait", "rula", "reba", "owas", "niosh",
                           "sit_to_stand_30", "jump", "self"})
    EXPECT_THAT(ran.out, HasSubstr(test));
}

TEST(Assess, LoadAtWorkWritesReportScoresAndDocument) {
  const TemporaryFolder folder;
  const auto input = squatting(folder);
  put_file(folder / "answers.json", R"({"stance": "standing", "legs_balanced": true, "load_kg": 3})");
  for (const char* method : {"rula", "reba", "owas"}) {
    const auto out = folder / method;
    const Ran ran =
        run_reprise({"assess", method, input.string(), "--answers", (folder / "answers.json").string(),
                     "--load-kg", "15", "--out", out.string()});
    ASSERT_EQ(ran.exit_code, 0) << ran.error;
    EXPECT_THAT(ran.out, HasSubstr("[SIMULATED: no person]"));
    const auto document = read_json(out / "work_load.json");
    EXPECT_EQ(document["method"], method);
    EXPECT_EQ(document["answers"]["load_kg"], 15) << "an option goes before the file";
    EXPECT_EQ(document["answers"]["stance"], "standing");
    EXPECT_FALSE(document["worst"].empty());
    double possibly = 0;
    for (const auto& level : document["load"]["levels"]) possibly += level["all"]["possibly"].get<double>();
    EXPECT_GE(possibly, 1) << "every moment has some level";
    EXPECT_THAT(get_file(out / "report.html"), HasSubstr("SIMULATED"));
    EXPECT_THAT(get_file(out / "scores.csv"),
                HasSubstr("from_s,to_s,least,most,level_least,level_most,measured_least,"));
  }
}

/// Shoulders 400 pixels apart, the left one `lift` higher, at 1 mm a pixel.
std::string points_from_behind(int lift) {
  return R"({"view": "back", "width_px": 1200, "height_px": 1600, "roll_deg": 0,
    "marks": {"from_x_px": 100, "from_y_px": 100, "to_x_px": 100, "to_y_px": 1100, "length_cm": 100},
    "points": [{"point": "left_shoulder", "x_px": 400, "y_px": )" +
         std::to_string(300 - lift) + R"(}, {"point": "right_shoulder", "x_px": 800, "y_px": 300}]})";
}

TEST(Assess, PostureIsComparedWithAnEarlierOne) {
  const TemporaryFolder folder;
  put_file(folder / "before.json", points_from_behind(0));
  put_file(folder / "after.json", points_from_behind(60));
  const auto earlier = folder / "before";
  const Ran first = run_reprise(
      {"assess", "posture", "--points", (folder / "before.json").string(), "--out", earlier.string()});
  ASSERT_EQ(first.exit_code, 0) << first.error;
  EXPECT_THAT(first.out, HasSubstr("not measured: Pelvic level, back: place left PSIS and right PSIS."));
  EXPECT_THAT(get_file(earlier / "report.html"), HasSubstr("Shoulder level"));
  EXPECT_THAT(get_file(earlier / "points.csv"), HasSubstr("back_left_shoulder"));
  const Ran second = run_reprise({"assess", "posture", "--points", (folder / "after.json").string(),
                                  "--compare", (earlier / "measurement.json").string()});
  ASSERT_EQ(second.exit_code, 0) << second.error;
  EXPECT_THAT(second.out, HasSubstr("finding: Shoulder level, back: changed by +8.5 °."));
}

TEST(Assess, PostureRefusesAnotherViewAndAMissingOne) {
  const TemporaryFolder folder;
  const Ran made = run_reprise(
      {"generate", "squat", "--azimuth", "0", "--repetitions", "1", "--out", (folder / "made").string()});
  ASSERT_EQ(made.exit_code, 0) << made.error;
  const std::string landmarks = (folder / "made" / "landmarks.json").string();
  const auto assess = [&](const char* view) {
    return run_reprise({"assess", "posture", landmarks, "--view", view, "--until", "0.1", "--roll", "0"});
  };
  const Ran front = assess("front");
  EXPECT_EQ(front.exit_code, 0) << front.error;
  EXPECT_THAT(front.out, HasSubstr("[SIMULATED: no person]"));
  const Ran back = assess("back");
  EXPECT_NE(back.exit_code, 0);
  EXPECT_THAT(back.error, HasSubstr("it seems to be front"));
  const Ran none = run_reprise({"assess", "posture", landmarks});
  EXPECT_NE(none.exit_code, 0);
  EXPECT_THAT(none.error, HasSubstr("1 photos and 0 views"));
  const Ran tilted = run_reprise({"assess", "posture", landmarks, "--view", "front", "--roll", "30"});
  EXPECT_NE(tilted.exit_code, 0);
}

TEST(Assess, RefusesBrokenAnswersAndLeavesNothingBehind) {
  const TemporaryFolder folder;
  const auto input = squatting(folder);
  const auto out = folder / "out";
  const auto assess = [&](const std::string& answers) {
    put_file(folder / "answers.json", answers);
    return run_reprise({"assess", "owas", input.string(), "--answers", (folder / "answers.json").string(),
                        "--out", out.string()});
  };
  expect_error(assess("{"), 4, "answers.json: ", out);
  expect_error(assess(R"({"load_kg": 1, "load_kg": 2})"), 4,
               "answers.json: reading the answers: found the field \"load_kg\" twice", out);
  expect_error(assess(R"({"stance": "lying"})"), 2, "stance must be standing, sitting", out);
  expect_error(assess(R"({"load": 12})"), 2, "no question is named \"load\"", out);
  expect_error(run_reprise({"assess", "owas", (folder / "none.trc").string(), "--out", out.string()}), 3,
               "none.trc", out);
  EXPECT_EQ(run_reprise({"assess", "owas", input.string(), "--stance", "lying"}).exit_code, 2);
  for (const char* load : {"0x10", "twelve", "nan", "-1", "501", "1e-400"}) {
    const Ran ran = run_reprise({"assess", "owas", input.string(), "--load-kg", load, "--out", out.string()});
    expect_error(ran, 2, "load_kg must be a number from 0 to 500", out);
    EXPECT_THAT(ran.error, Not(HasSubstr("landmarks.trc")));
  }
}

TEST(Assess, ATestOfFunctionIsMeasuredAndWrittenForTheRecord) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_reprise({"generate", "sit_to_stand", "--repetitions", "6", "--frame-rate", "20", "--out",
                         (folder / "made").string()})
                .exit_code,
            0);
  const auto input = (folder / "made" / "landmarks.json").string();
  const Ran ran = run_reprise({"assess", "sit_to_stand_5", input, "--age", "72", "--patient", "p1", "--start",
                               "2026-03-14T10:00:00+01:00", "--out", (folder / "out").string()});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("[SIMULATED: no person]"));
  EXPECT_THAT(ran.out,
              HasSubstr("above the reference, at most 12.60: people of 70 to 79 years (source FT2)"));
  const auto document = read_json(folder / "out" / "measurement.json");
  EXPECT_EQ(document["kind"], "sit_to_stand");
  EXPECT_EQ(document["source"]["options"], "sit_to_stand_5 --age 72");
  EXPECT_EQ(document["values"][0]["measure"], "test_time");
  EXPECT_EQ(document["values"][0]["reference"]["high"], 12.6);
  EXPECT_EQ(
      read_json(folder / "out" / "bundle.json")["entry"][0]["resource"]["referenceRange"][0]["high"]["value"],
      12.6);
  EXPECT_THAT(get_file(folder / "out" / "report.html"), HasSubstr("people of 70 to 79 years"));
  EXPECT_THAT(get_file(folder / "out" / "repetitions.csv"), HasSubstr("rise_time"));

  const Ran none = run_reprise({"assess", "sit_to_stand_5", squatting(folder).string()});
  EXPECT_NE(none.exit_code, 0);
  EXPECT_THAT(none.error, HasSubstr("what to do: "));
}

TEST(Assess, TheLiftingEquationShowsItsInputs) {
  const std::vector<std::string> lift = {
      "assess",        "niosh", "--weight-kg",      "15",  "--horizontal-cm",    "30",
      "--vertical-cm", "0",     "--to-vertical-cm", "115", "--lifts-per-minute", "0.1",
      "--hours",       "1",     "--asymmetry",      "0",   "--coupling",         "poor"};
  const Ran ran = run_reprise(lift);
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("15 kg, hands 30 cm ahead and 0 cm up, asymmetry 0°"));
  EXPECT_THAT(ran.out, HasSubstr("above the recommended limit"));
  std::vector<std::string> as_json = lift;
  as_json.emplace_back("--json");
  const auto document = nlohmann::json::parse(run_reprise(as_json).out);
  EXPECT_EQ(document["inputs"]["coupling"], "poor");
  EXPECT_NEAR(document["limit_kg"]["most"].get<double>(), 11.4, 0.1);
  const std::vector<std::string> open(lift.begin(), lift.end() - 4);
  EXPECT_THAT(run_reprise(open).out, HasSubstr("asymmetry not given"));
  const auto with = [&](std::size_t at, const char* value) {
    std::vector<std::string> changed = lift;
    changed[at] = value;
    return run_reprise(changed).out;
  };
  EXPECT_THAT(with(5, "64"), HasSubstr("! the hands are 64 cm ahead at the origin, farther than 63 cm"));
  EXPECT_THAT(with(5, "10"), HasSubstr("25 cm is taken"));
  // At the limit's rounded value the index tells itself from 1.
  const auto limit = nlohmann::json::parse(run_reprise(as_json).out)["limit_kg"]["most"].get<double>();
  const std::string just_above = std::to_string(limit * 1.0002);
  EXPECT_THAT(with(3, just_above.c_str()), HasSubstr("1.0002: above the recommended limit"));
  std::vector<std::string> too_long = lift;
  too_long[13] = "9";
  EXPECT_EQ(run_reprise(too_long).exit_code, 4);
}

TEST(Assess, ASelfAssessmentSaysWhatToDoInTheLanguageAsked) {
  const TemporaryFolder folder;
  const auto assess = [&](const char* answers, std::vector<std::string> options = {}) {
    put_file(folder / "answers.json", answers);
    options.insert(options.begin(), {"assess", "self", (folder / "answers.json").string()});
    return run_reprise(options);
  };
  const Ran warned = assess(R"({"flags": {"chest-or-breath": true}})", {"--language", "de"});
  EXPECT_EQ(warned.exit_code, 0) << warned.error;
  EXPECT_THAT(warned.out, HasSubstr("Bitte holen Sie jetzt Hilfe"));
  const auto open = nlohmann::json::parse(assess(R"({"pain": 2})", {"--json"}).out);
  EXPECT_TRUE(open["level"].is_null());
  EXPECT_EQ(open["missing"].size(), 10U);
  EXPECT_TRUE(open["tests"].empty());
  EXPECT_EQ(assess("{").exit_code, 4);
  EXPECT_EQ(assess(R"({"regions": ["shouldr"]})").exit_code, 2);
  EXPECT_THAT(assess(R"({"regions": ["shouldr"]})").error, HasSubstr("Did you mean shoulder?"));
  EXPECT_EQ(run_reprise({"assess", "self", (folder / "none.json").string()}).exit_code, 3);
}

}  // namespace
}  // namespace reprise
