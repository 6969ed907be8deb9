// SPDX-License-Identifier: Apache-2.0
#include "care/billing/rules.h"

#include <gmock/gmock.h>

#include "fhir/fields/fields.h"
#include "json/json_schema.h"
#include "tests/support/billing_rules.h"

namespace reprise::care::billing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string cause_of(const Json& json) {
  const auto rules = read_rules(json.dump());
  return rules ? "" : rules.error().cause;
}

TEST(BillingRules, ThatAreShippedFitTheirSchema) {
  const json::Schema schema(file_of("catalog/schema/billing.schema.json"));
  for (const std::string& file : shipped_files()) {
    auto json = nlohmann::json::parse(file);
    EXPECT_THAT(schema.check(json, "rules.json"), IsEmpty());
    json["rows"][0]["unknown"] = 1;
    EXPECT_THAT(schema.check(json, "rules.json"), Not(IsEmpty()));
  }
}

TEST(BillingRules, ThatAreShippedNameSourcesThatAreLogged) {
  const std::string log = file_of("docs/sources.md");
  for (const std::string& file : shipped_files()) {
    const Json json = Json::parse(file);
    std::vector<Json> sourced(json["rows"].begin(), json["rows"].end());
    sourced.push_back(json["supply_window"]);
    for (const Json& row : sourced) {
      for (const Json& source : json::list_of(row, "sources"))
        EXPECT_THAT(log, HasSubstr("\n| " + source.get<std::string>() + " |")) << row["id"];
    }
    for (const Json& question : json["open_questions"]) {
      for (const Json& answer : question["answers"]) {
        if (json::field(answer, "source") == nullptr) continue;
        EXPECT_THAT(log, HasSubstr("\n| " + answer["source"].get<std::string>() + " |")) << question["id"];
      }
    }
  }
}

TEST(BillingRules, HoldForTheirYearAlone) {
  const auto& rules = shipped_rules();
  EXPECT_EQ(rules_on(rules, *day_in("2025-12-31"))->id, "us_rtm_2025");
  EXPECT_EQ(rules_on(rules, *day_in("2026-01-01"))->id, "us_rtm_2026");
  EXPECT_EQ(rules_on(rules, *day_in("2024-12-31")), nullptr);
  EXPECT_EQ(rules_on(rules, *day_in("2027-01-01")), nullptr);
  const std::vector<std::string> twice = {shipped_files()[1], shipped_files()[1]};
  EXPECT_FALSE(read_rule_sets(twice));
}

TEST(BillingRules, ThatContradictThemselvesAreRefused) {
  const Json right = Json::parse(shipped_files()[1]);
  EXPECT_EQ(cause_of(right), "");
  const auto with = [&](const char* pointer, const Json& value) {
    Json changed = right;
    changed[Json::json_pointer(pointer)] = value;
    return cause_of(changed);
  };
  EXPECT_THAT(with("/to", "2025-12-31"), HasSubstr("to is not"));
  EXPECT_THAT(with("/from", "2026-02-30"), HasSubstr("from is not a day"));
  EXPECT_THAT(with("/rows/0/code", "9897"), HasSubstr("rows[0].code"));
  EXPECT_THAT(with("/rows/0/kind", "gift"), HasSubstr("rows[0].kind"));
  EXPECT_THAT(with("/rows/1/most_days", 1), HasSubstr("rows[1].most_days"));
  EXPECT_THAT(with("/rows/1/most_days", 16), HasSubstr("tiers that overlap"));
  EXPECT_THAT(with("/rows/7/most_minutes", 20), HasSubstr("tiers that overlap"));
  EXPECT_THAT(with("/rows/1/id", "set-up"), HasSubstr("same id twice"));
  EXPECT_THAT(with("/rows/9/after", "98975"), HasSubstr("after a code"));
  EXPECT_THAT(with("/rows/0/open", Json::array({"unheard-of"})), HasSubstr("not explained"));
  EXPECT_THAT(with("/rows/0/sources", Json::array()), HasSubstr("rows[0].sources"));
  EXPECT_THAT(with("/rows/0/unsourced", true), HasSubstr("rows[0].sources"));
  EXPECT_THAT(with("/rows/10/ways", Json::array({"letter"})), HasSubstr("ways"));
  EXPECT_THAT(with("/open_questions/0/answers", Json::array()), HasSubstr("answers"));
}

// Each kind of row that is needed once.
TEST(BillingRules, ThatLackARowAreRefused) {
  for (const char* kind : {"set_up", "interaction", "two_people", "device_status"}) {
    Json less = Json::parse(shipped_files()[0]);
    Json rows = Json::array();
    for (const Json& row : less["rows"]) {
      if (row["kind"] != kind) rows.push_back(row);
    }
    less["rows"] = rows;
    EXPECT_THAT(cause_of(less), HasSubstr("complete")) << kind;
  }
  EXPECT_FALSE(read_rules(""));
  EXPECT_FALSE(read_rules("[]"));
}

}  // namespace
}  // namespace reprise::care::billing
