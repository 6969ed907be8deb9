// SPDX-License-Identifier: Apache-2.0
// `reprise gait`, `balance`, `muscle` and `heart`: from a file of signals to report, tables and bundle.
#include <fmt/format.h>

#include <cmath>
#include <random>

#include "engine/balance/simulated_load.h"
#include "engine/gait/simulated_days.h"
#include "engine/gait/simulated_walk.h"
#include "engine/signal/test_noise.h"
#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

double measured_value(const nlohmann::json& document, const std::string& measure,
                      const nlohmann::json& side = nullptr) {
  for (const auto& value : document["values"]) {
    if (value["measure"] == measure && value["side"] == side) return value["value"].get<double>();
  }
  ADD_FAILURE() << measure << " is not in the document";
  return 0;
}

nlohmann::json measured_by(const std::vector<std::string>& arguments) {
  std::vector<std::string> all = arguments;
  all.emplace_back("--json");
  const Ran ran = run_reprise(all);
  EXPECT_EQ(ran.exit_code, 0) << ran.error;
  return nlohmann::json::parse(ran.out, nullptr, false);
}

// SIMULATED: both feet, 16 strides of 1.3 m in 1.1 s, as a table with two header rows and a counter for
// times.
std::string walking_feet(double rate_hz) {
  engine::test::SimulatedWalk walk;
  walk.strides = 16;
  engine::test::SimulatedSensor noisy;
  noisy.acceleration_noise_mps2 = 0.05;
  noisy.angular_velocity_noise_radps = 0.005;
  const auto left = walk.record(noisy, Hertz{rate_hz});
  walk.start_s = walk.stride_time_s / 2;
  noisy.seed = 2;
  const auto right = walk.record(noisy, Hertz{rate_hz});
  std::string text = "sensor";
  for (int i = 0; i < 6; ++i) text += ",left_foot,right_foot";
  text += "\naxis";
  for (const char* name : {"acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z"})
    text += fmt::format(",{0},{0}", name);
  text += '\n';
  constexpr double kDegrees = 180 / kPi;
  for (std::size_t i = 0; i < std::min(left.acceleration_mps2.size(), right.acceleration_mps2.size()); ++i) {
    text += std::to_string(i);
    for (int axis = 0; axis < 3; ++axis)
      text += fmt::format(",{:.5f},{:.5f}", left.acceleration_mps2[i].v[axis],
                          right.acceleration_mps2[i].v[axis]);
    for (int axis = 0; axis < 3; ++axis)
      text += fmt::format(",{:.5f},{:.5f}", left.angular_velocity_radps[i].v[axis] * kDegrees,
                          right.angular_velocity_radps[i].v[axis] * kDegrees);
    text += '\n';
  }
  return text;
}

TEST(MeasureGait, OfBothFeetWritesReportTablesAndBundle) {
  const TemporaryFolder folder;
  const auto file = folder / "feet.csv";
  put_file(file, walking_feet(100));
  const auto out = folder / "out";
  const Ran ran = run_reprise({"gait", file.string(), "--rate", "100", "--out", out.string(), "--patient",
                               "p1", "--start", "2026-03-14T10:00:00+01:00"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("Walking speed"));
  for (const char* name : {"report.html", "measurement.json", "strides.csv", "bundle.json"})
    EXPECT_TRUE(std::filesystem::exists(out / name)) << name;
  const auto document = read_json(out / "measurement.json");
  EXPECT_NEAR(measured_value(document, "stride_length", "left"), 1.3, 0.02);
  EXPECT_NEAR(measured_value(document, "stride_time", "right"), 1.1, 0.01);
  EXPECT_NEAR(measured_value(document, "cadence"), 2 * 60 / 1.1, 1);
  const auto bundle = read_json(out / "bundle.json");
  EXPECT_EQ(bundle["type"], "transaction");
  EXPECT_EQ(bundle["entry"][0]["resource"]["subject"]["reference"], "Patient/p1");
  EXPECT_THAT(get_file(out / "strides.csv"), HasSubstr("start_s,end_s,side,part,note,stride_length [m]"));
}

TEST(MeasureGait, TheSameBundleForTheSameRecording) {
  const TemporaryFolder folder;
  const auto file = folder / "feet.csv";
  put_file(file, walking_feet(100));
  const auto bundle_in = [&](const char* name) {
    const auto out = folder / name;
    const Ran ran = run_reprise({"gait", file.string(), "--rate", "100", "--out", out.string(), "--patient",
                                 "p1", "--start", "2026-03-14T10:00:00Z"});
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    return get_file(out / "bundle.json");
  };
  EXPECT_EQ(bundle_in("one"), bundle_in("two"));
}

TEST(MeasureGait, ATableOfFeetWithoutARateIsMeasuredAtTheRateThatFits) {
  const TemporaryFolder folder;
  const auto file = folder / "feet.csv";
  put_file(file, walking_feet(100));
  const auto document = measured_by({"gait", file.string()});
  EXPECT_EQ(document["warnings"][0]["code"], "rate_guessed");
  EXPECT_NEAR(measured_value(document, "stride_time", "left"), 1.1, 0.03);
}

// SIMULATED: an hour at the lower back with six walks of a minute.
std::string hour_of_walks() {
  using engine::simulated_days::Doing;
  engine::simulated_days::DayDrawing drawing({Hertz{25}});
  std::string text = "time,acc_x,acc_y,acc_z\n";
  std::size_t row = 0;
  for (int i = 0; i < 6; ++i) {
    for (const auto& episode : {engine::simulated_days::Episode{Doing::sitting, 540},
                                engine::simulated_days::Episode{Doing::walking, 60, 1.8}}) {
      for (const auto& a : drawing.next(episode).acceleration_mps2)
        text += fmt::format("{:.2f},{:.4f},{:.4f},{:.4f}\n", 0.04 * static_cast<double>(row++), a.v.x(),
                            a.v.y(), a.v.z());
    }
  }
  return text;
}

TEST(MeasureGait, OfDaysWritesTablesAndABundleOfEachDay) {
  const TemporaryFolder folder;
  put_file(folder / "evening.csv", hour_of_walks());
  const auto out = folder / "out";
  const Ran ran = run_reprise({"gait", (folder / "evening.csv").string(), "--week", "--out", out.string(),
                               "--patient", "p1", "--start", "2026-03-14T23:30:00+01:00"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("Wear time"));
  for (const char* name :
       {"report.html", "measurement.json", "days.csv", "wear.csv", "bouts.csv", "bundle.json"})
    EXPECT_TRUE(std::filesystem::exists(out / name)) << name;
  const auto document = read_json(out / "measurement.json");
  EXPECT_EQ(document["kind"], "daily_walking");
  EXPECT_EQ(document["tables"][0]["rows"].size(), 2U) << "over midnight";
  EXPECT_NEAR(measured_value(document, "recorded_time"), 1, 0.001);
  const auto bundle = read_json(out / "bundle.json");
  ASSERT_EQ(bundle["entry"].size(), 7U) << "no day counts: how much was measured, twice; one sensor";
  EXPECT_EQ(bundle["entry"][3]["resource"]["effectivePeriod"]["start"], "2026-03-15T00:00:00.000+01:00");
}

TEST(MeasureGait, OfDaysSaysWhyItCannot) {
  const TemporaryFolder folder;
  put_file(folder / "evening.csv", hour_of_walks());
  const std::string file = (folder / "evening.csv").string();
  for (const auto& [more, words] : std::vector<std::pair<std::vector<std::string>, const char*>>{
           {{"--week", "--zone", "Europe/Atlantis"}, "no time zone"},
           {{"--week", "--start", "yesterday"}, "is no time"},
           {{file}, "does not say when it was recorded"}}) {
    std::vector<std::string> arguments = {"gait", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run_reprise(arguments);
    EXPECT_NE(ran.exit_code, 0);
    EXPECT_THAT(ran.error, HasSubstr(words));
  }
}

TEST(MeasureGait, SaysWhichSensorItCannotPlace) {
  const TemporaryFolder folder;
  std::string text = walking_feet(100);
  for (const auto& [from, to] : {std::pair{"left_foot", "device_a"}, std::pair{"right_foot", "device_b"}}) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;)
      text.replace(at, std::string_view{from}.size(), to);
  }
  const auto file = folder / "devices.csv";
  put_file(file, text);
  const Ran ran = run_reprise({"gait", file.string(), "--rate", "100"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.error, HasSubstr("--column device_a=left_foot"));
  const Ran said = run_reprise({"gait", file.string(), "--rate", "100", "--column", "device_a=left_foot",
                                "--column", "device_b=right_foot"});
  EXPECT_EQ(said.exit_code, 0) << said.error;
}

// SIMULATED: insoles of a person of 700 N who loads the left foot to half of the body's weight.
std::string walking_on_insoles() {
  const engine::test::SimulatedLoad walk{.left_peak_share = 0.5};
  const auto left = walk.foot(true);
  const auto right = walk.foot(false);
  std::string text = "time_s,left_force_n,right_force_n\n";
  for (std::size_t i = 0; i < left.force_n.size(); ++i) {
    text += fmt::format("{:.2f},{:.2f},{:.2f}\n", static_cast<double>(i) / walk.rate.value(),
                        *left.force_n[i], *right.force_n[i]);
  }
  return text;
}

TEST(MeasureGait, OfInsolesHoldsTheLoadAgainstALimit) {
  const TemporaryFolder folder;
  const auto file = folder / "insoles.csv";
  put_file(file, walking_on_insoles());
  const auto out = folder / "out";
  const Ran ran =
      run_reprise({"gait", file.string(), "--body-mass", "71.38", "--weight-limit", "30%", "--limited-side",
                   "left", "--out", out.string(), "--patient", "p1", "--start", "2026-03-14T10:00:00+01:00"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("Steps above the limit"));
  const auto document = read_json(out / "measurement.json");
  EXPECT_NEAR(measured_value(document, "peak_load", "left"), 50, 1);
  EXPECT_EQ(measured_value(document, "contacts_above_limit", "left"), 8);
  EXPECT_THAT(get_file(out / "contacts.csv"), HasSubstr("time_above_limit [%]"));
  EXPECT_THAT(get_file(out / "report.html"), HasSubstr("prescribed limit"));
  const std::string bundle = read_json(out / "bundle.json").dump();
  for (const char* code : {"contacts_above_limit", "weight_limit", "peak_load"})
    EXPECT_THAT(bundle, HasSubstr(code));
}

TEST(MeasureGait, RefusesALimitThatIsNone) {
  const TemporaryFolder folder;
  const auto file = folder / "insoles.csv";
  put_file(file, walking_on_insoles());
  for (const char* limit : {"20", "heavy", "-3kg", "0%", "900%", "nankg"}) {
    const Ran ran = run_reprise({"gait", file.string(), "--body-mass", "70", "--weight-limit", limit});
    EXPECT_NE(ran.exit_code, 0) << limit;
    EXPECT_THAT(ran.error, HasSubstr("20kg or 30%")) << limit;
  }
  EXPECT_THAT(run_reprise({"gait", file.string()}).error, HasSubstr("--body-mass"));
}

TEST(MeasureBalance, OfACircleIsItsClosedForm) {
  const TemporaryFolder folder;
  // The center of pressure on a circle of 1 cm, once in 4 s: 2 pi cm in 4 s.
  std::string text = "Time[s]\tCOPx[cm]\tCOPy[cm]\n";
  for (int i = 0; i < 4000; ++i) {
    const double angle = 2 * kPi * i / 400;
    text += fmt::format("{:.2f}\t{:.6f}\t{:.6f}\n", i / 100.0, std::cos(angle), std::sin(angle));
  }
  put_file(folder / "circle.txt", text);
  const auto document = measured_by({"balance", (folder / "circle.txt").string()});
  EXPECT_NEAR(measured_value(document, "sway_velocity"), 10 * 2 * kPi / 4, 0.01);
  EXPECT_NEAR(measured_value(document, "sway_mean_frequency"), 0.25, 0.01);
}

TEST(MeasureHeart, OfIntervalsCountsRateAndVariability) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 600; ++i) text += i % 2 == 0 ? "790\n" : "810\n";
  put_file(folder / "strap.txt", text);
  const auto document = measured_by({"heart", (folder / "strap.txt").string()});
  EXPECT_NEAR(measured_value(document, "heart_rate"), 75, 0.1);
  EXPECT_NEAR(measured_value(document, "rmssd"), 20, 0.1);
}

TEST(MeasureMuscle, FindsContractions) {
  const TemporaryFolder folder;
  std::mt19937 generator(3);
  const engine::test::NormalNoise noise;
  std::string text = "time_s,emg_mV\n";
  for (int i = 0; i < 6000; ++i) {
    const double t = i / 1000.0;
    const bool active = (t > 1.5 && t < 2.2) || (t > 3.8 && t < 4.6);
    text += fmt::format("{:.3f},{:.5f}\n", t, noise(generator) * (active ? 0.2 : 0.005));
  }
  put_file(folder / "emg.csv", text);
  const auto document = measured_by({"muscle", (folder / "emg.csv").string()});
  EXPECT_EQ(measured_value(document, "activations"), 2);
  const auto& first = document["tables"][0]["rows"][0];
  EXPECT_NEAR(first["start_s"].get<double>(), 1.5, 0.02);
  EXPECT_NEAR(first["end_s"].get<double>(), 2.2, 0.03);
}

TEST(Measure, NamesTheStageTheCauseAndTheRemedy) {
  const TemporaryFolder folder;
  put_file(folder / "empty.csv", "");
  put_file(folder / "words.csv", "a,b\nhello,world\n");
  for (const char* kind : {"gait", "balance", "muscle", "heart"}) {
    for (const char* name : {"empty.csv", "words.csv"}) {
      const Ran ran = run_reprise({kind, (folder / name).string()});
      EXPECT_NE(ran.exit_code, 0) << kind << ' ' << name;
      EXPECT_THAT(ran.error, HasSubstr("what to do")) << kind << ' ' << name;
    }
    EXPECT_EQ(run_reprise({kind, (folder / "none.csv").string()}).exit_code, 2) << kind;
  }
}

TEST(Measure, ABundleNeedsToKnowWhen) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 300; ++i) text += "800\n";
  put_file(folder / "strap.txt", text);
  const Ran ran = run_reprise(
      {"heart", (folder / "strap.txt").string(), "--out", (folder / "out").string(), "--patient", "p1"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.error, HasSubstr("--start"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

}  // namespace
}  // namespace reprise
