// SPDX-License-Identifier: Apache-2.0
// `reprise assess visit`: proposals from landmarks, and the measurement of those that are accepted.

#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// SIMULATED: someone raises the right arm twice, as landmarks.
std::filesystem::path raising_the_right_arm(const TemporaryFolder& folder) {
  const Ran made = run_reprise({"generate", "shoulder_abduction", "--side", "right", "--repetitions", "2",
                                "--frame-rate", "15", "--out", (folder / "made").string()});
  EXPECT_EQ(made.exit_code, 0) << made.error;
  return folder / "made" / "landmarks.json";
}

TEST(AssessVisit, ListsProposalsWithSideAngleAndTimeAndRecordsNone) {
  const TemporaryFolder folder;
  const auto input = raising_the_right_arm(folder);
  const Ran ran = run_reprise({"assess", "visit", input.string()});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("SIMULATED"));
  EXPECT_THAT(ran.out, HasSubstr("none of them recorded"));
  EXPECT_THAT(ran.out,
              ::testing::ContainsRegex("Shoulder abduction, right +active or passive\\? +1[0-9][0-9] "
                                       "±[0-9]+° at [0-9.]+ s, 1[0-9][0-9] ±"));
  EXPECT_THAT(ran.out, Not(HasSubstr("left")));
  EXPECT_THAT(ran.out, Not(HasSubstr("Patient:"))) << "landmarks are of one person";
}

TEST(AssessVisit, JsonHoldsBothTrialsAndNoManner) {
  const TemporaryFolder folder;
  const auto input = raising_the_right_arm(folder);
  const Ran ran = run_reprise({"assess", "visit", input.string(), "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  const auto found = nlohmann::json::parse(ran.out, nullptr, false);
  EXPECT_EQ(found["schema"], "reprise.visit/1");
  EXPECT_EQ(found["simulated"], true);
  ASSERT_EQ(found["proposals"].size(), 1);
  EXPECT_EQ(found["proposals"][0]["test"], "shoulder_abduction");
  EXPECT_EQ(found["proposals"][0]["side"], "right");
  EXPECT_EQ(found["proposals"][0]["manner"], "unknown") << "no one looked for a helper";
  EXPECT_EQ(found["proposals"][0]["trials"].size(), 2);
}

TEST(AssessVisit, RecordsWhatIsAcceptedAsActiveOrPassive) {
  const TemporaryFolder folder;
  const auto input = raising_the_right_arm(folder);
  const auto out = folder / "report";
  const Ran ran =
      run_reprise({"assess", "visit", input.string(), "--accept", "1=passive", "-o", out.string()});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("shoulder_abduction_passive, right"));
  EXPECT_THAT(ran.out, HasSubstr("Check the angle with a goniometer."));
  const auto document = read_json(out / "measurement.json");
  EXPECT_EQ(document["values"][0]["part"], "shoulder_abduction_passive");
  EXPECT_EQ(document["values"][0]["side"], "right");
}

TEST(AssessVisit, RefusesWhatCannotBeAccepted) {
  const TemporaryFolder folder;
  const auto input = raising_the_right_arm(folder);
  const auto out = folder / "report";
  const auto accept = [&](const char* typed) {
    return run_reprise({"assess", "visit", input.string(), "--accept", typed, "-o", out.string()});
  };
  for (const char* typed : {"0", "x", "1=", "1=maybe", "1.5", "nan", "1e9"})
    expect_error(accept(typed), 2, std::string{typed} + " is no proposal", out);
  expect_error(accept("9"), 2, "proposal 9 does not exist", out);
  expect_error(accept("1"), 2, "not who moved the limb", out);
}

TEST(AssessVisit, ARecordingWithoutAPersonIsAnError) {
  const TemporaryFolder folder;
  auto landmarks = read_json(raising_the_right_arm(folder));
  landmarks["landmarks"] = nlohmann::json::array();
  put_file(folder / "nobody.json", landmarks.dump());
  const Ran ran = run_reprise({"assess", "visit", (folder / "nobody.json").string()});
  EXPECT_EQ(ran.out, "");
  expect_error(ran, 5, "there are no frames", folder / "report");
}

}  // namespace
}  // namespace reprise
