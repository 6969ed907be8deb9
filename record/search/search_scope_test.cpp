// SPDX-License-Identifier: Apache-2.0
// Chains, includes, and the limits of the scope.

#include "tests/support/search_fixture.h"

namespace reprise::record {
namespace {

class SearchScopeTest : public SearchTest {
 protected:
  void SetUp() override {
    SearchTest::SetUp();
    put(R"([
      {"resourceType":"Organization","id":"o","name":"Clinic"},
      {"resourceType":"Practitioner","id":"d","name":[{"family":"Doe"}]},
      {"resourceType":"Patient","id":"a","name":[{"family":"Adams"}],"managingOrganization":{"reference":"Organization/o"},
       "identifier":[{"system":"http://i","value":"1"}],"generalPractitioner":[{"reference":"Practitioner/d"}]},
      {"resourceType":"Patient","id":"b","name":[{"family":"Brown"}],"generalPractitioner":[{"reference":"Practitioner/d"}],
       "managingOrganization":{"reference":"Organization/o"}},
      {"resourceType":"Encounter","id":"ea","status":"finished","class":{"code":"A"},"subject":{"reference":"Patient/a"}},
      {"resourceType":"Encounter","id":"eb","status":"finished","class":{"code":"A"},"subject":{"reference":"Patient/b"}},
      {"resourceType":"Observation","id":"oa","status":"final","code":{"coding":[{"code":"x"}]},
       "subject":{"reference":"Patient/a"},"performer":[{"reference":"Practitioner/d"}],
       "encounter":{"reference":"Encounter/ea"}},
      {"resourceType":"Observation","id":"ob","status":"final","code":{"coding":[{"code":"x"}]},
       "subject":{"reference":"Patient/b"},"performer":[{"reference":"Practitioner/d"}],
       "hasMember":[{"reference":"Observation/oa"}],"encounter":{"reference":"Encounter/eb"}},
      {"resourceType":"Observation","id":"mixed","status":"final","code":{"coding":[{"code":"x"}]},
       "subject":{"reference":"Patient/a"},"encounter":{"reference":"Encounter/eb"},
       "hasMember":[{"reference":"Observation/ob"}]},
      {"resourceType":"Device","id":"v","patient":{"reference":"Patient/a"}},
      {"resourceType":"Device","id":"w","patient":{"reference":"Patient/b"}},
      {"resourceType":"Device","id":"x"},
      {"resourceType":"Basic","id":"unassigned","code":{"text":"x"}}])");
  }
  Ids included(const std::string& text, const Scope& scope = {}) {
    Ids ids;
    for (const FoundResource& one : page(text, scope).included) ids.push_back(one.type + '/' + one.id);
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  const Scope a_{false, {"a"}, {"Practitioner", "Organization"}};
};

TEST_P(SearchScopeTest, Chains) {
  EXPECT_EQ(found("Observation?subject:Patient.name=adams"), (Ids{"mixed", "oa"}));
  EXPECT_EQ(found("Observation?patient.identifier=http://i|1"), (Ids{"mixed", "oa"}));
  EXPECT_EQ(found("Observation?patient.identifier=http://i|2"), Ids{});
  EXPECT_EQ(found("Observation?patient.name=adams,brown&code=x"), (Ids{"mixed", "oa", "ob"}));
  EXPECT_EQ(found("Observation?patient._id=b"), Ids{"ob"});
  EXPECT_EQ(found("Observation?patient.gender:missing=true&patient.name:exact=Brown"), Ids{"ob"});
  EXPECT_EQ(found("Patient?organization.name=clin"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Encounter?patient.organization=Organization/o"), (Ids{"ea", "eb"}));
  EXPECT_EQ(found("Observation?patient.name=adams&_sort=-_id&_count=1"), (Ids{"mixed", "oa"}));
  EXPECT_EQ(page("Observation?patient.name=adams&_total=accurate").total, 2);
  remove("Patient", "a");
  EXPECT_EQ(found("Observation?patient.name=adams"), Ids{});
}

TEST_P(SearchScopeTest, Includes) {
  EXPECT_EQ(included("Observation?_id=oa&_include=Observation:subject"), Ids{"Patient/a"});
  EXPECT_EQ(included("Observation?_id=oa&_include=Observation:subject:Group"), Ids{});
  EXPECT_EQ(included("Observation?_include=Observation:performer&_include=Observation:subject:Patient"),
            (Ids{"Patient/a", "Patient/b", "Practitioner/d"}));
  EXPECT_EQ(included("Observation?_id=ob&_include=Observation:has-member"), Ids{"Observation/oa"});
  EXPECT_EQ(included("Observation?_include=Observation:has-member"), Ids{})
      << "a match is not included again";
  EXPECT_EQ(included("Patient?_id=a&_revinclude=Observation:subject&_revinclude=Encounter:patient:Patient"),
            (Ids{"Encounter/ea", "Observation/mixed", "Observation/oa"}));
  remove("Observation", "oa");
  EXPECT_EQ(included("Patient?_id=a&_revinclude=Observation:subject"), Ids{"Observation/mixed"});
}

TEST_P(SearchScopeTest, MatchesAreInTheScope) {
  for (const char* query :
       {"Observation", "Observation?code=x", "Observation?code:not=y", "Observation?status=final",
        "Observation?_sort=-date", "Observation?date:missing=true", "Observation?code=x,y&_count=1",
        "Observation?_lastUpdated=lt1971", "Observation?_id=oa,ob,mixed", "Observation?_sort=_id"}) {
    EXPECT_EQ(found(query, a_), (Ids{"mixed", "oa"})) << query;
    EXPECT_EQ(found(query, Scope{false, {}, {}}), Ids{}) << query;
    EXPECT_EQ(found(query, Scope{false, {"a", "b", "c"}, {}}), (Ids{"mixed", "oa", "ob"})) << query;
  }
  EXPECT_EQ(found("Patient", a_), Ids{"a"});
  EXPECT_EQ(found("Patient?_id=b", a_), Ids{});
  EXPECT_EQ(found("Practitioner", a_), Ids{"d"});
  EXPECT_EQ(found("Device", a_), Ids{"v"}) << "x is in no compartment, and devices are not open";
  EXPECT_EQ(found("Basic", a_), Ids{});
  EXPECT_EQ(page("Observation?_summary=count", a_).total, 2);
  std::vector<std::string> many;
  for (int i = 0; i < 700; ++i) many.push_back("x" + std::to_string(i));
  many.emplace_back("b");
  EXPECT_EQ(found("Observation?code=x", Scope{false, many, {}}), Ids{"ob"});
}

TEST_P(SearchScopeTest, ChainsRevealNothingOfOthers) {
  EXPECT_EQ(found("Observation?encounter.patient=Patient/b"), (Ids{"mixed", "ob"}));
  EXPECT_EQ(found("Observation?encounter.patient=Patient/b", a_), Ids{})
      << "the encounter is another patient's";
  EXPECT_EQ(found("Observation?encounter.status=finished", a_), Ids{"oa"});
  EXPECT_EQ(found("Observation?encounter.status:not=x", a_), Ids{"oa"});
  EXPECT_EQ(found("Observation?encounter.type:missing=true", a_), Ids{"oa"});
  EXPECT_EQ(found("Observation?patient.name=adams", a_), (Ids{"mixed", "oa"}));
  EXPECT_EQ(found("Observation?patient.name=brown", a_), Ids{});
  EXPECT_EQ(found("Patient?general-practitioner:Practitioner.name=doe", a_), Ids{"a"});
}

TEST_P(SearchScopeTest, IncludesShowNothingOfOthers) {
  EXPECT_EQ(included("Observation?_include=Observation:encounter", a_), Ids{"Encounter/ea"});
  EXPECT_EQ(included("Observation?_include=Observation:encounter:Encounter", a_), Ids{"Encounter/ea"});
  EXPECT_EQ(included("Observation?_include=Observation:has-member", a_), Ids{});
  EXPECT_EQ(included("Practitioner?_revinclude=Observation:performer", a_), Ids{"Observation/oa"});
  EXPECT_EQ(included("Practitioner?_revinclude=Patient:general-practitioner", a_), Ids{"Patient/a"});
  EXPECT_EQ(included("Patient?_revinclude=Device:patient&_include=Patient:organization", a_),
            (Ids{"Device/v", "Organization/o"}));
  EXPECT_EQ(included("Practitioner?_revinclude=Observation:performer", Scope{false, {}, {"Practitioner"}}),
            Ids{});
}

TEST_P(SearchScopeTest, NotesOmittedIncludes) {
  std::vector<fhir::Json> encounters;
  for (int i = 0; i < 1001; ++i) {
    encounters.push_back({{"resourceType", "Encounter"},
                          {"id", "m" + std::to_string(i)},
                          {"subject", {{"reference", "Patient/a"}}}});
  }
  put_all(encounters);
  const SearchPage full = page("Patient?_id=a&_revinclude=Encounter:patient");
  EXPECT_EQ(full.included.size(), kMostIncluded);
  EXPECT_EQ(full.notes.size(), 1U);
}

// Every kind of value and name, with what has a meaning in SQL, LIKE and FHIR.
TEST_P(SearchScopeTest, TakesNoValueForSql) {
  const std::vector<std::string> attacks = {"' OR '1'='1",
                                            "'; DROP TABLE resource; --",
                                            "\" OR 1=1 --",
                                            "$1",
                                            "?1",
                                            ":x",
                                            "%",
                                            "_",
                                            "\\",
                                            "\\'",
                                            "x' UNION SELECT 1",
                                            "a|b' OR 1=1",
                                            "1); DELETE FROM resource; --",
                                            "'||(SELECT content FROM resource LIMIT 1)||'",
                                            "\x01\x7F"};
  const std::vector<std::string> queries = {"Patient?name=",
                                            "Patient?name:exact=",
                                            "Patient?name:contains=",
                                            "Patient?identifier=",
                                            "Patient?identifier=x|",
                                            "Patient?identifier:of-type=a|b|",
                                            "Patient?gender:not=",
                                            "Patient?_id=",
                                            "Observation?value-quantity=5|x|",
                                            "Observation?value-quantity=5||",
                                            "Observation?code-value-string=x$",
                                            "Observation?subject:identifier=",
                                            "Questionnaire?url=",
                                            "Questionnaire?url:below=http://",
                                            "Questionnaire?url:above=http://x/",
                                            "Observation?patient.name=",
                                            "Observation?subject=Patient/",
                                            "Observation?date=",
                                            "Patient?_sort=",
                                            "Patient?_elements=",
                                            "Patient?_include=Patient:",
                                            "Patient?_cursor=",
                                            "Patient?_count=",
                                            "RiskAssessment?probability=",
                                            "Patient?_tag="};
  int run = 0;
  for (const std::string& query : queries) {
    for (const std::string& attack : attacks) {
      const std::size_t value = query.find('=');
      const std::string text =
          query.substr(0, query.find('?') + 1) +
          write_query_string({{query.substr(query.find('?') + 1, value - query.find('?') - 1),
                               query.substr(value + 1) + attack}});
      const ReadQuery asked = read(text);
      for (const fhir::Issue& issue : asked.errors)
        EXPECT_EQ(issue.diagnostics.find(attack.size() > 2 ? attack : "no such text"), std::string::npos)
            << text;
      if (!asked.errors.empty()) continue;
      const auto result = search(*connection_, asked.query, index_ids(), a_);
      ASSERT_TRUE(result) << text << ": " << to_string(result.error());
      for (const FoundResource& match : result->matches) EXPECT_EQ(match.type + match.id, "Patienta") << text;
      ++run;
    }
  }
  EXPECT_GT(run, 150);
  EXPECT_EQ(found("Patient"), (Ids{"a", "b"}));
}

INSTANTIATE_TEST_SUITE_P(On, SearchScopeTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
