// SPDX-License-Identifier: Apache-2.0
#include "record/search/query_builder.h"

#include <gmock/gmock.h>

#include <array>

#include "record/search/parse_query.h"

namespace reprise::record {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Described {
  std::string operator()(const TokenValue& token) const {
    return "token " + token.system.value_or("any") + "|" + token.code;
  }
  std::string operator()(const DateValue& date) const {
    return "date " + std::to_string(static_cast<int>(date.prefix)) + " " + std::to_string(date.start_ms) +
           " " + std::to_string(date.end_ms);
  }
  std::string operator()(const ReferenceValue& reference) const {
    return "reference " + reference.type + "/" + reference.id + reference.address;
  }
  std::string operator()(const UriValue& uri) const { return "uri " + uri.uri; }
  std::string operator()(const auto&) const { return "another kind of value"; }
};

/// Everything in a query that decides on its results, one text per criterion and per sort key.
std::vector<std::string> described(const SearchQuery& query) {
  std::vector<std::string> texts = {query.type};
  for (const Criterion& criterion : query.criteria) {
    std::string text = criterion.type + "." + std::string{criterion.parameter->code} + " modifier " +
                       std::to_string(static_cast<int>(criterion.modifier));
    if (criterion.chain)
      text +=
          " through " + std::string{criterion.chain->reference->code} + ":" + criterion.chain->target_type;
    for (const SearchValue& alternative : criterion.alternatives)
      for (const SimpleValue& value : alternative) text += ", " + std::visit(Described{}, value);
    texts.push_back(std::move(text));
  }
  for (const SortKey& key : query.sort)
    texts.push_back("sort " + std::string{key.parameter->code} + (key.descending ? " descending" : ""));
  return texts;
}

std::vector<std::string> parsed(std::string_view type, std::string_view text) {
  const std::array<std::string_view, 1> forms = {text};
  const ReadQuery read = parse_query(type, forms, {});
  EXPECT_TRUE(read.errors.empty()) << text;
  return described(read.query);
}

std::vector<std::string> built(const QueryBuilder& builder) {
  const auto query = builder.build();
  if (!query) return {to_string(query.error())};
  return described(*query);
}

TEST(QueryBuilder, AsksForTheSameAsTheTextOfAnAddress) {
  EXPECT_EQ(built(QueryBuilder("Task").id("17").reference("subject", "Patient", "a").code("status", "ready")),
            parsed("Task", "_id=17&subject=Patient/a&status=ready"));
  EXPECT_EQ(
      built(QueryBuilder("Slot")
                .chained_reference("schedule", "Schedule", "actor", "Practitioner", "kim")
                .any_code("status", {"free", "busy"})
                .date("start", Prefix::gt, 1'773'479'400'250)),
      parsed("Slot",
             "schedule:Schedule.actor=Practitioner/kim&status=free,busy&start=gt2026-03-14T09:10:00.250Z"));
  EXPECT_EQ(built(QueryBuilder("Observation")
                      .any_token("code", {{"http://loinc.org", "72514-3"}, {"urn:x", "effort"}})
                      .sort("date")),
            parsed("Observation", "code=http://loinc.org%7C72514-3,urn:x%7Ceffort&_sort=date"));
  EXPECT_EQ(built(QueryBuilder("Schedule").not_code("active", "false").sort("_lastUpdated", true)),
            parsed("Schedule", "active:not=false&_sort=-_lastUpdated"));
  EXPECT_EQ(built(QueryBuilder("Observation").not_token("category", "urn:x", "live")),
            parsed("Observation", "category:not=urn:x%7Clive"));
  EXPECT_EQ(built(QueryBuilder("Questionnaire").uri("url", "http://x/y?a=b")),
            parsed("Questionnaire", "url=http://x/y%3Fa%3Db"));
}

TEST(QueryBuilder, TakesSeparatorsInValuesAsTheyAre) {
  EXPECT_THAT(built(QueryBuilder("Patient").token("identifier", "urn:a,b", "x|y$\\,")),
              ElementsAre("Patient", HasSubstr("token urn:a,b|x|y$\\,")));
}

TEST(QueryBuilder, NamesAParameterThatTheTypeDoesNotHave) {
  for (QueryBuilder wrong :
       {QueryBuilder("Patient").code("status", "x"), QueryBuilder("Patient").date("gender", Prefix::eq, 0),
        QueryBuilder("Slot").chained_reference("schedule", "Schedule", "subject", "Practitioner", "kim"),
        QueryBuilder("Patient").sort("length")}) {
    const auto query = wrong.code("_id", "1").build();
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace reprise::record
