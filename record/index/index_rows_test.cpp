// SPDX-License-Identifier: Apache-2.0
#include "record/index/index_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "fhir/model/resource.h"
#include "fhir/validation/value_checks.h"
#include "tests/support/test_database.h"

namespace reprise::record {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class IndexRowsTest : public OnBothDatabases {
 protected:
  void SetUp() override {
    ASSERT_TRUE(connection_->begin_writing());
    const auto updated = assign_index_ids(*connection_);
    ASSERT_TRUE(updated) << to_string(updated.error());
    EXPECT_THAT(*updated, Contains("Patient"));
    ASSERT_TRUE(connection_->commit());
  }
  IndexIds index_ids() {
    auto loaded = load_index_ids(*connection_);
    EXPECT_TRUE(loaded);
    return *loaded;
  }
  std::vector<std::string> column(const std::string& sql) {
    std::vector<std::string> all;
    const auto read = connection_->query(sql, {}, [&](Row row) {
      all.emplace_back(std::get<std::string_view>(row[0]));
      return true;
    });
    EXPECT_TRUE(read) << to_string(read.error());
    return all;
  }

  std::unique_ptr<Connection> connection_ = database_.open_migrated();
};

fhir::Json parsed(const std::string& text) {
  return fhir::parse_resource(text).value();
}

const char* const kPatient = R"({"resourceType":"Patient","id":"a","gender":"female","birthDate":"2024-02-29",
  "name":[{"family":"Müller","given":["Åse","ÅSE"]}],
  "identifier":[{"type":{"coding":[{"system":"http://t","code":"MR"}]},"system":"http://i","value":"17"}],
  "managingOrganization":{"reference":"Organization/o"},"link":[{"other":{"reference":"Patient/b"}}],
  "generalPractitioner":[{"reference":"https://elsewhere.org/Practitioner/p"},{"identifier":{"value":"4"}}]})";

template <class RowType, class Show>
std::vector<std::string> shown(const std::vector<RowType>& rows, const IndexIds& index_ids,
                               std::string_view type, std::string_view code, Show show) {
  std::vector<std::string> all;
  for (const RowType& row : rows) {
    if (row.param == index_ids.parameter(type, code)) all.push_back(show(row));
  }
  return all;
}

TEST_P(IndexRowsTest, OfAPatient) {
  const IndexIds known = index_ids();
  const IndexRows rows = index_rows(parsed(kPatient), known);
  const auto texts = shown(rows.texts, known, "Patient", "name",
                           [](const TextRow& row) { return row.norm + '<' + row.exact; });
  EXPECT_THAT(texts, UnorderedElementsAre("muller<Müller", "ase<Åse", "ase<ÅSE"));
  const auto tokens = [&](const char* code) {
    return shown(rows.tokens, known, "Patient", code,
                 [](const TokenRow& row) { return row.system + '|' + row.code; });
  };
  EXPECT_THAT(tokens("gender"), ElementsAre("http://hl7.org/fhir/administrative-gender|female"));
  EXPECT_THAT(tokens("identifier"), ElementsAre("http://i|17"));
  EXPECT_THAT(tokens("identifier:of-type"), ElementsAre("http://t|MR|17"));
  EXPECT_THAT(tokens("general-practitioner:identifier"), ElementsAre("|4"));
  EXPECT_THAT(tokens("_id"), IsEmpty()) << "a column of the resource";
  const auto references = [&](const char* code) {
    return shown(rows.references, known, "Patient", code, [&](const ReferenceRow& row) {
      const TypeIds* type = known.find(row.target_type);
      return (type != nullptr ? type->name : "") + '/' + row.target_id + row.address;
    });
  };
  EXPECT_THAT(references("organization"), ElementsAre("Organization/o"));
  EXPECT_THAT(references("general-practitioner"), ElementsAre("/https://elsewhere.org/Practitioner/p"));
  EXPECT_THAT(references("_compartment"), ElementsAre("Patient/a", "Patient/b"));
  ASSERT_EQ(rows.dates.size(), 1U);
  EXPECT_EQ(rows.dates[0].start_ms, 1709164800000);
}

TEST_P(IndexRowsTest, OfCompartmentsCanonicalsAndOpenLimits) {
  const IndexIds known = index_ids();
  const IndexRows response = index_rows(
      parsed(R"({"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"http://q|1",
        "subject":{"reference":"Patient/p"},"author":{"reference":"https://elsewhere.org/Patient/x"}})"),
      known);
  const auto of = [&](const char* code) {
    return shown(response.references, known, "QuestionnaireResponse", code,
                 [](const ReferenceRow& row) { return row.target_id + row.address; });
  };
  EXPECT_THAT(of("questionnaire"), UnorderedElementsAre("http://q|1", "http://q"));
  EXPECT_THAT(of("_compartment"), ElementsAre("p")) << "a patient of another server is not ours";
  const IndexRows observation =
      index_rows(parsed(R"({"resourceType":"Observation","status":"final","code":{"coding":[{"code":"1"}]},
        "effectivePeriod":{"end":"1970-01-01"},"valueQuantity":{"value":5,"comparator":">"}})"),
                 known);
  ASSERT_FALSE(observation.dates.empty());
  EXPECT_EQ(observation.dates[0].start_ms, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(observation.dates[0].end_ms, 86'400'000);
  ASSERT_FALSE(observation.quantities.empty());
  EXPECT_EQ(observation.quantities[0].high, std::numeric_limits<double>::infinity());
}

TEST_P(IndexRowsTest, OfCompartmentsThatR4LeavesOut) {
  const IndexIds known = index_ids();
  const auto compartments = [&](const char* json) {
    const fhir::Json resource = parsed(json);
    return shown(index_rows(resource, known).references, known, *fhir::text_field(resource, "resourceType"),
                 "_compartment", [](const ReferenceRow& row) { return row.target_id; });
  };
  EXPECT_THAT(
      compartments(
          R"({"resourceType":"Task","status":"draft","intent":"order","for":{"reference":"Patient/p"}})"),
      ElementsAre("p"));
  EXPECT_THAT(compartments(R"({"resourceType":"Device","patient":{"reference":"Patient/p"}})"),
              ElementsAre("p"));
  EXPECT_THAT(compartments(R"({"resourceType":"Binary","contentType":"image/png","data":"AAAA",
                              "securityContext":{"reference":"Patient/p"}})"),
              ElementsAre("p"));
  for (const char* elsewhere : {"Observation/o", "https://elsewhere.org/Patient/p"}) {
    const std::string binary =
        R"({"resourceType":"Binary","contentType":"image/png","securityContext":{"reference":")";
    EXPECT_THAT(compartments((binary + elsewhere + "\"}}").c_str()), ElementsAre()) << elsewhere;
  }
}

TEST_P(IndexRowsTest, AreInsertedAndErased) {
  const IndexIds known = index_ids();
  const IndexRows rows = index_rows(parsed(kPatient), known);
  for (const std::int64_t pk : {1, 2}) {
    const auto inserted = insert_rows(*connection_, pk, rows);
    ASSERT_TRUE(inserted) << to_string(inserted.error());
  }
  EXPECT_THAT(column("SELECT code FROM token_index WHERE pk = 2 AND code = '17'"), ElementsAre("17"));
  ASSERT_TRUE(erase_rows(*connection_, 2));
  for (const char* table :
       {"text_index", "token_index", "date_index", "quantity_index", "reference_index", "uri_index"}) {
    EXPECT_THAT(column("SELECT 'left' FROM " + std::string{table} + " WHERE pk = 2"), IsEmpty()) << table;
  }
  EXPECT_THAT(column("SELECT code FROM token_index WHERE pk = 1 AND code = '17'"), ElementsAre("17"));
}

TEST_P(IndexRowsTest, HoldTextOfAnyLengthAndKind) {
  const IndexIds known = index_ids();
  fhir::Json patient = parsed(kPatient);
  patient["name"][0]["family"] = std::string(100'000, 'x');
  patient["identifier"][0]["value"] = std::string(100'000, 'y') + '\0';
  patient["identifier"][0]["system"] = std::string(100'000, 'z');
  const auto inserted = insert_rows(*connection_, 1, index_rows(patient, known));
  EXPECT_TRUE(inserted) << to_string(inserted.error());
}

TEST_P(IndexRowsTest, OfNothingThatIsKnown) {
  const IndexIds known = index_ids();
  EXPECT_TRUE(index_rows(parsed(R"({"resourceType":"Account"})"), known).tokens.empty());
  EXPECT_TRUE(index_rows(parsed("[]"), known).tokens.empty());
}

TEST_P(IndexRowsTest, NumbersStayWhenTheyAreUpdated) {
  const IndexIds before = index_ids();
  const auto again = assign_index_ids(*connection_);
  ASSERT_TRUE(again);
  EXPECT_THAT(*again, IsEmpty()) << "nothing changed";

  const std::array<Value, 2> other = {std::string_view{"other"}, *before.parameter("Flag", "author")};
  ASSERT_TRUE(connection_->execute("UPDATE search_parameter SET definition = $1 WHERE number = $2", other));
  const std::array<Value, 4> gone = {std::int64_t{30000}, std::string_view{"Goal"}, std::string_view{"gone"},
                                     std::string_view{"x"}};
  ASSERT_TRUE(connection_->insert("search_parameter", "number, resource_type, code, definition", 4, gone));
  const auto changed = assign_index_ids(*connection_);
  ASSERT_TRUE(changed);
  EXPECT_THAT(*changed, ElementsAre("Flag", "Goal"));
  EXPECT_EQ(index_ids().parameter("Flag", "author"), before.parameter("Flag", "author"));
  EXPECT_EQ(index_ids().parameter("Goal", "gone"), std::nullopt);
  EXPECT_THAT(*assign_index_ids(*connection_), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(On, IndexRowsTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
