// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/prescribing_text.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "care/plan/exercise_definition.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

std::string shipped_text(const std::filesystem::path& below_catalog) {
  std::ifstream in(shipped_folder().parent_path() / below_catalog);
  EXPECT_TRUE(in) << below_catalog;
  return (std::ostringstream{} << in.rdbuf()).str();
}

const std::string kPacemaker =
    R"({"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"urn:reprise:precaution","code":"no-weight-bearing-leg"}]}})";

TEST(PrescribingTexts, ObjectionsComeInTheOrderOfTheExercises) {
  const std::vector<std::string> rules = {shipped_text("contraindications/no-weight-on-leg.json")};
  const std::vector<std::string> exercises = {shipped_text("exercises/ankle_pumps.json"),
                                              shipped_text("exercises/squat.json")};
  const auto text =
      contraindications_text(rules, exercises, std::vector{kPacemaker},
                             R"({"today":"2026-03-20","ceilings":[{"value":null},{"value":60}]})");
  ASSERT_TRUE(text) << to_string(text.error());
  const Json lists = Json::parse(*text);
  ASSERT_EQ(lists.size(), 2U);
  EXPECT_TRUE(lists[0].empty());
  ASSERT_FALSE(lists[1].empty());
  EXPECT_EQ(lists[1][0]["severity"], "contraindicated");
  EXPECT_EQ(lists[1][0]["because"]["code"], "no-weight-bearing-leg");
  EXPECT_THAT(lists[1][0]["words"]["de"].get<std::string>(), Not(IsEmpty()));
  for (const char* options :
       {R"({"today":"2026-03-20","ceilings":[]})", R"({"today":"soon","ceilings":[{},{}]})", "[]", "nothing"})
    EXPECT_FALSE(contraindications_text(rules, exercises, {}, options)) << options;
  EXPECT_FALSE(contraindications_text(std::vector<std::string>{"{}"}, exercises, {},
                                      R"({"today":"2026-03-20","ceilings":[{},{}]})"));
}

TEST(PrescribingTexts, ATemplateBecomesADraft) {
  std::vector<std::string> exercises;
  for (const auto& file : std::filesystem::directory_iterator(shipped_folder()))
    exercises.push_back(shipped_text("exercises" / file.path().filename()));
  const auto text = template_text(
      shipped_text("protocols/knee-osteoarthritis.json"), exercises,
      R"({"phase":"begin","patient":"p","affected":"left","language":"de","start":"2026-03-20","simulated":true})");
  ASSERT_TRUE(text) << to_string(text.error());
  const Json made = Json::parse(*text);
  ASSERT_EQ(made.size(), 3U);
  EXPECT_EQ(made[0]["canonical"].get<std::string>().rfind("urn:reprise:exercise:", 0), 0U);
  EXPECT_EQ(made[0]["fresh"], true);
  EXPECT_NE(made[0]["key"], made[1]["key"]);
  EXPECT_GT(made[0]["rest"], 0) << "a template leaves it to the exercise";
  EXPECT_FALSE(template_text("{}", exercises, "{}"));
}

TEST(PrescribingTexts, ANewExerciseIsKeptAsItIsWritten) {
  const std::string squat = shipped_text("exercises/squat.json");
  const auto text = definition_text(squat);
  ASSERT_TRUE(text);
  const auto read = read_activity_definition(Json::parse(*text));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->json, squat);
  EXPECT_FALSE(definition_text("{}"));
  EXPECT_FALSE(intensity_text({}, "soon"));
  EXPECT_FALSE(intensity_text({}, "2026-03-20"));
}

}  // namespace
}  // namespace reprise::care
