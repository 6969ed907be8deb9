// SPDX-License-Identifier: Apache-2.0
// `reprise fhir check` as a user meets it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/command/command_checks.h"
#include "tests/support/test_files.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class FhirCheck : public ::testing::Test {
 protected:
  [[nodiscard]] std::string put(const std::string& name, const std::string& text) const {
    put_file(folder_ / name, text);
    return (folder_ / name).string();
  }
  [[nodiscard]] std::string missing() const { return (folder_ / "missing.json").string(); }

 private:
  TemporaryFolder folder_;
};

constexpr const char* kRight = R"({"resourceType":"Patient","birthDate":"1970-03-14"})";
constexpr const char* kWrong = R"({"resourceType":"Patient","birthDate":"Ann Lee"})";

TEST_F(FhirCheck, SaysThatNothingIsWrong) {
  const Ran ran = run_reprise({"fhir", "check", put("right.json", kRight)});
  EXPECT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("right.json: no problem found"));
}

TEST_F(FhirCheck, SaysWhatIsWrongAndWhereWithoutContent) {
  const Ran ran = run_reprise({"fhir", "check", put("right.json", kRight), put("wrong.json", kWrong)});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_THAT(ran.out, HasSubstr("wrong.json: Patient.birthDate: must be a day, month or year"));
  EXPECT_THAT(ran.out + ran.error, Not(HasSubstr("Ann")));
}

TEST_F(FhirCheck, GoesOnAfterAFileThatCannotBeRead) {
  const Ran ran =
      run_reprise({"fhir", "check", missing(), put("cut.json", "{\n\"a\""), put("right.json", kRight)});
  EXPECT_EQ(ran.exit_code, 3) << "of the first file";
  EXPECT_THAT(ran.error, HasSubstr("missing.json"));
  EXPECT_THAT(ran.error, HasSubstr("not JSON in UTF-8 at line 2"));
  EXPECT_THAT(ran.error, HasSubstr("what to do: "));
  EXPECT_THAT(ran.out, HasSubstr("right.json: no problem found"));
}

TEST_F(FhirCheck, GivesAnOperationOutcomeForEveryFile) {
  const Ran ran = run_reprise(
      {"fhir", "check", "--json", put("right.json", kRight), put("wrong.json", kWrong), missing()});
  EXPECT_EQ(ran.exit_code, 4);
  const auto outcomes = nlohmann::json::parse(ran.out, nullptr, false);
  ASSERT_EQ(outcomes.size(), 3U) << ran.out;
  for (const auto& one : outcomes) EXPECT_EQ(one["outcome"]["resourceType"], "OperationOutcome");
  EXPECT_EQ(outcomes[0]["outcome"]["issue"][0]["severity"], "information");
  EXPECT_EQ(outcomes[1]["outcome"]["issue"][0]["expression"][0], "Patient.birthDate");
  EXPECT_EQ(outcomes[2]["outcome"]["issue"][0]["code"], "not-found");
}

TEST_F(FhirCheck, ShowsExamplesInItsHelp) {
  EXPECT_THAT(run_reprise({"fhir", "check", "--help"}).out, HasSubstr("reprise fhir check patient.json"));
}

}  // namespace
}  // namespace reprise
