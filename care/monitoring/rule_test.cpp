// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/rule.h"

#include <gmock/gmock.h>

#include "exercises/catalog_files.h"
#include "fhir/fields/fields.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kRules = std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog/rules";

TEST(Rules, EveryOneOfTheCatalogIsReadOutOfTheResourceThatKeepsIt) {
  const auto files = exercises::read_catalog(kRules);
  ASSERT_TRUE(files) << to_string(files.error());
  ASSERT_THAT(*files, SizeIs(7));
  for (const exercises::CatalogFile& file : *files) {
    const auto definition = plan_definition(file);
    ASSERT_TRUE(definition) << file.name << ": " << to_string(definition.error());
    EXPECT_THAT(fhir::validate(*definition), IsEmpty()) << file.name;
    EXPECT_EQ((*definition)["subtitle"], "not clinically reviewed");
    const auto rule = read_plan_definition(*definition);
    ASSERT_TRUE(rule) << to_string(rule.error());
    EXPECT_EQ(rule->id + ".json", file.name);
    // A number either has a source that was read or says that it has none.
    EXPECT_THAT((*definition)["purpose"].get<std::string>(), HasSubstr("unsourced default"));
  }
}

TEST(Rules, SayWhatIsWrongWithOne) {
  const std::string clean = exercises::read_catalog_file(kRules / "pain-up.json").value().text;
  ASSERT_TRUE(parse_rule({"pain-up.json", clean}));
  const auto refused = [&](const char* pointer, const Json& instead) {
    Json changed = Json::parse(clean);
    changed[Json::json_pointer(pointer)] = instead;
    const auto rule = parse_rule({"pain-up.json", changed.dump()});
    return rule ? std::string{"taken"} : rule.error().cause;
  };
  EXPECT_THAT(refused("/id", "pain-down"), HasSubstr("/id: found \"pain-down\"; must be the file's name"));
  EXPECT_THAT(refused("/by", 0), HasSubstr("/by: found 0; must be above 0"));
  EXPECT_THAT(refused("/by", "2"), HasSubstr("/by: found \"2\"; must be a number"));
  EXPECT_THAT(refused("/recent/points", 0), HasSubstr("/recent/points: found 0; must be from 1 to 100"));
  EXPECT_THAT(refused("/before/weeks", 2), HasSubstr("/before/weeks"));
  EXPECT_THAT(refused("/kind", "absence"), HasSubstr("/of: found \"pain\"; must be sessions"));
  EXPECT_THAT(refused("/kind", "other"),
              HasSubstr("/kind: found \"other\"; must be change, plateau or absence"));
  EXPECT_THAT(refused("/of", "mood"),
              HasSubstr("/of: found \"mood\"; must be pain, effort, range or quality"));
  EXPECT_THAT(refused("/leastDays", 4), HasSubstr("/leastDays"));
  EXPECT_THAT(refused("/source", ""), HasSubstr("/source"));
  EXPECT_THAT(refused("/title/en", "a\nb"), HasSubstr("/title/en"));
  EXPECT_THAT(refused("/title/en", "\xC3\xA9 \xC3\xA9"), "taken");
  EXPECT_THAT(refused("/title/de", Json()), HasSubstr("/title/de"));
}

TEST(Rules, AreRefusedWhereTheResourceTellsAnotherVersion) {
  auto definition = plan_definition(exercises::read_catalog_file(kRules / "pain-up.json").value()).value();
  definition["version"] = "2";
  const auto rule = read_plan_definition(definition);
  ASSERT_FALSE(rule);
  EXPECT_EQ(rule.error().code, ErrorCode::corrupt);
  EXPECT_FALSE(read_plan_definition(Json::object()));
}

}  // namespace
}  // namespace reprise::care
