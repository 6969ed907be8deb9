// SPDX-License-Identifier: Apache-2.0
// Each kind of parameter with its modifiers and prefixes, as http://hl7.org/fhir/R4/search.html tells them.

#include "tests/support/search_fixture.h"

namespace reprise::record {
namespace {

class SearchKindsTest : public SearchTest {};

TEST_P(SearchKindsTest, Tokens) {
  put(R"([
    {"resourceType":"Patient","id":"a","active":true,"gender":"female","identifier":[{"system":"http://i","value":"1"}]},
    {"resourceType":"Patient","id":"b","gender":"male","identifier":[{"value":"1"},{"system":"http://i","value":"2"}]},
    {"resourceType":"Patient","id":"c","telecom":[{"system":"email","value":"c@x"}],
     "identifier":[{"type":{"coding":[{"system":"http://t","code":"MR"}]},"system":"http://j","value":"1"}]},
    {"resourceType":"Practitioner","id":"a","gender":"female"}])");
  EXPECT_EQ(found("Patient?identifier=1"), (Ids{"a", "b", "c"}));
  EXPECT_EQ(found("Patient?identifier=http://i|1"), Ids{"a"});
  EXPECT_EQ(found("Patient?identifier=%7C1"), Ids{"b"}) << "without a system";
  EXPECT_EQ(found("Patient?identifier=http://i|"), (Ids{"a", "b"})) << "of a system";
  EXPECT_EQ(found("Patient?identifier=http://j|1,http://i|2,http://i|2"), (Ids{"b", "c"}));
  EXPECT_EQ(found("Patient?identifier=1&identifier=2"), Ids{"b"});
  EXPECT_EQ(found("Patient?identifier:of-type=http://t|MR|1"), Ids{"c"});
  EXPECT_EQ(found("Patient?identifier:of-type=http://t|MR|2"), Ids{});
  EXPECT_EQ(found("Patient?gender=female"), Ids{"a"}) << "only of the type";
  EXPECT_EQ(found("Patient?gender=http://hl7.org/fhir/administrative-gender|female"), Ids{"a"});
  EXPECT_EQ(found("Patient?gender:not=female"), (Ids{"b", "c"})) << "also those without";
  EXPECT_EQ(found("Patient?gender:not=female,male"), Ids{"c"});
  EXPECT_EQ(found("Patient?gender:missing=true"), Ids{"c"});
  EXPECT_EQ(found("Patient?gender:missing=false"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Patient?active=true"), Ids{"a"});
  EXPECT_EQ(found("Patient?email=c@x"), Ids{"c"});
  EXPECT_EQ(found("Patient?gender=Female"), Ids{}) << "codes are compared as they are written";
  EXPECT_EQ(found("Patient?_id=a,c,x"), (Ids{"a", "c"}));
  EXPECT_EQ(found("Patient"), (Ids{"a", "b", "c"}));
}

TEST_P(SearchKindsTest, ReturnsTheStoredContent) {
  put(R"([{"resourceType":"Patient","id":"a"},{"resourceType":"Patient","id":"b"}])");
  const SearchPage one = page("Patient?_id=b");
  ASSERT_EQ(one.matches.size(), 1U);
  const FoundResource& match = one.matches[0];
  EXPECT_EQ(match.type, "Patient");
  EXPECT_EQ(match.pk, 2);
  EXPECT_EQ(match.version, 1);
  EXPECT_EQ(match.updated_ms, 2000);
  EXPECT_EQ(match.content, content_of("b"));
}

TEST_P(SearchKindsTest, Texts) {
  put(R"([
    {"resourceType":"Patient","id":"a","name":[{"family":"Müller","given":["Åse"]}]},
    {"resourceType":"Patient","id":"b","name":[{"family":"MULLER-Smith","given":["Jo,Ann"]}]},
    {"resourceType":"Patient","id":"c","name":[{"family":"Schmuller"}],"address":[{"city":"100%_\\"}]}])");
  EXPECT_EQ(found("Patient?family=mull"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Patient?family=M%C3%9CLLER"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Patient?phonetic=mull"), (Ids{"a", "b"})) << "found by the rows of the name";
  EXPECT_EQ(found("Patient?family:exact=M%C3%BCller"), Ids{"a"});
  EXPECT_EQ(found("Patient?family:exact=muller"), Ids{});
  EXPECT_EQ(found("Patient?family:contains=muller"), (Ids{"a", "b", "c"}));
  EXPECT_EQ(found("Patient?name=ase,schm"), (Ids{"a", "c"}));
  EXPECT_EQ(found("Patient?given=jo\\,ann"), Ids{"b"}) << "a comma that does not separate";
  EXPECT_EQ(found("Patient?address-city:contains=%25_"), Ids{"c"}) << "no wildcards";
  EXPECT_EQ(found("Patient?address-city:contains=1%25"), Ids{});
  EXPECT_EQ(found("Patient?family:missing=false&address:missing=true"), (Ids{"a", "b"}));
}

TEST_P(SearchKindsTest, LongTexts) {
  const std::string stem(5000, 'x');
  const std::string lead = R"({"resourceType":"Patient","name":[{"family":")";
  put("[" + lead + stem + R"(1"}],"id":"a"},)" + lead + stem + R"(2"}],"id":"b"}])");
  EXPECT_EQ(found("Patient?family=" + stem.substr(0, kLongestIndexed)), (Ids{"a", "b"}));
  EXPECT_EQ(found("Patient?family:exact=" + stem + "2"), Ids{"b"});
  EXPECT_EQ(read("Patient?family=" + stem).errors.size(), 1U);
}

// The examples of http://hl7.org/fhir/R4/search.html#prefix, and what follows from its ranges.
TEST_P(SearchKindsTest, Dates) {
  put(R"([
    {"resourceType":"Encounter","id":"day","status":"finished","class":{"code":"A"},
     "period":{"start":"2013-01-14","end":"2013-01-14"}},
    {"resourceType":"Encounter","id":"moment","status":"finished","class":{"code":"A"},
     "period":{"start":"2013-01-14T10:00:00Z","end":"2013-01-14T10:00:00Z"}},
    {"resourceType":"Encounter","id":"open","status":"finished","class":{"code":"A"},"period":{"start":"2013-01-21"}},
    {"resourceType":"Encounter","id":"long","status":"finished","class":{"code":"A"},
     "period":{"start":"2012-12-01","end":"2013-02-01"}},
    {"resourceType":"Encounter","id":"none","status":"finished","class":{"code":"A"}}])");
  EXPECT_EQ(found("Encounter?date=2013-01-14"), (Ids{"day", "moment"}));
  EXPECT_EQ(found("Encounter?date=eq2013"), (Ids{"day", "moment"}));
  EXPECT_EQ(found("Encounter?date=2013-01-14T10:00Z"), Ids{"moment"}) << "a minute";
  EXPECT_EQ(found("Encounter?date=2013-01-14T11:00:00+01:00"), Ids{"moment"}) << "the + became a space";
  EXPECT_EQ(found("Encounter?date=2013-01-14T11:00:00%2B01:00"), Ids{"moment"});
  EXPECT_EQ(found("Encounter?date=2013-01-14T10:00:00"), Ids{"moment"}) << "without a zone in UTC";
  EXPECT_EQ(found("Encounter?date=ne2013-01-14"), (Ids{"long", "open"}));
  EXPECT_EQ(found("Encounter?date=lt2013-01-14T10:00:00Z"), (Ids{"day", "long"}));
  EXPECT_EQ(found("Encounter?date=gt2013-01-14T10:00:00Z"), (Ids{"day", "long", "open"}));
  EXPECT_EQ(found("Encounter?date=ge2013-01-14T10:00:00Z"), (Ids{"day", "long", "moment", "open"}));
  EXPECT_EQ(found("Encounter?date=ge2013-03-14"), Ids{"open"});
  EXPECT_EQ(found("Encounter?date=le2013-01-14"), (Ids{"day", "long", "moment"}));
  EXPECT_EQ(found("Encounter?date=sa2013-01-14"), Ids{"open"});
  EXPECT_EQ(found("Encounter?date=eb2013-01-15"), (Ids{"day", "moment"}));
  EXPECT_EQ(found("Encounter?date=eb2013-01-14"), Ids{});
  EXPECT_EQ(found("Encounter?date=ap2013-01-14"), (Ids{"day", "long", "moment", "open"}))
      << "a tenth of 14 years";
  EXPECT_EQ(found("Encounter?date=ap1990-01-14"), Ids{});
  EXPECT_EQ(found("Encounter?date=ge2013-01-14&date=lt2013-01-15"), (Ids{"day", "long", "moment"}));
  EXPECT_EQ(found("Encounter?date=2013-01-14,sa2013-01-20"), (Ids{"day", "moment", "open"}));
  EXPECT_EQ(found("Encounter?date:missing=true"), Ids{"none"});
}

TEST_P(SearchKindsTest, LastUpdated) {
  put(R"([{"resourceType":"Patient","id":"a"},{"resourceType":"Patient","id":"b"},{"resourceType":"Patient","id":"c"}])");
  EXPECT_EQ(found("Patient?_lastUpdated=1970-01-01T00:00:02Z"), Ids{"b"});
  EXPECT_EQ(found("Patient?_lastUpdated=ne1970-01-01T00:00:02Z"), (Ids{"a", "c"}));
  EXPECT_EQ(found("Patient?_lastUpdated=gt1970-01-01T00:00:02.000Z"), Ids{"c"});
  EXPECT_EQ(found("Patient?_lastUpdated=ge1970-01-01T00:00:02Z"), (Ids{"b", "c"}));
  EXPECT_EQ(found("Patient?_lastUpdated=lt1970-01-01T00:00:02Z"), Ids{"a"});
  EXPECT_EQ(found("Patient?_lastUpdated=le1970-01-01T00:00:02Z"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Patient?_lastUpdated=sa1970-01-01T00:00:02Z"), Ids{"c"});
  EXPECT_EQ(found("Patient?_lastUpdated=eb1970-01-01T00:00:02Z"), Ids{"a"});
  EXPECT_EQ(found("Patient?_lastUpdated=1970-01-01,1999"), (Ids{"a", "b", "c"}));
}

TEST_P(SearchKindsTest, NumbersAndQuantities) {
  const auto risk = [](const char* id, const char* number) {
    return std::string{
               R"({"resourceType":"RiskAssessment","status":"final","subject":{"reference":"Patient/p"},"id":")"} +
           id + R"(","prediction":[{"probabilityDecimal":)" + number + "}]}";
  };
  put("[" + risk("a", "99.4") + "," + risk("b", "99.5") + "," + risk("c", "100") + "," + risk("d", "100.5") +
      "," + risk("e", "-1") + "]");
  EXPECT_EQ(found("RiskAssessment?probability=100"), (Ids{"b", "c"})) << "[99.5, 100.5)";
  EXPECT_EQ(found("RiskAssessment?probability=100.0"), Ids{"c"});
  EXPECT_EQ(found("RiskAssessment?probability=1e2"), (Ids{"a", "b", "c", "d"})) << "[50, 150)";
  EXPECT_EQ(found("RiskAssessment?probability=ne100"), (Ids{"a", "d", "e"}));
  EXPECT_EQ(found("RiskAssessment?probability=gt100"), Ids{"d"});
  EXPECT_EQ(found("RiskAssessment?probability=ge100"), (Ids{"c", "d"}));
  EXPECT_EQ(found("RiskAssessment?probability=lt99.5"), (Ids{"a", "e"}));
  EXPECT_EQ(found("RiskAssessment?probability=le99.5"), (Ids{"a", "b", "e"}));
  EXPECT_EQ(found("RiskAssessment?probability=ap95"), (Ids{"a", "b", "c", "d"}));
  EXPECT_EQ(found("RiskAssessment?probability=-1"), Ids{"e"});
  EXPECT_EQ(found("RiskAssessment?probability=-1,gt100"), (Ids{"d", "e"}));

  const auto observation = [](const char* id, const char* value) {
    return std::string{R"({"resourceType":"Observation","status":"final","code":{"text":"x"},"id":")"} + id +
           R"(","valueQuantity":)" + value + "}";
  };
  put("[" + observation("a", R"({"value":5.4,"system":"http://u","code":"mg"})") + "," +
      observation("b", R"({"value":5.4,"unit":"mg"})") + "," +
      observation("c", R"({"value":5.35,"system":"http://u","code":"g"})") + "," +
      observation("d", R"({"value":6,"comparator":"<","system":"http://u","code":"mg"})") + "]");
  EXPECT_EQ(found("Observation?value-quantity=5.4"), (Ids{"a", "b", "c"}));
  EXPECT_EQ(found("Observation?value-quantity=5.40"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Observation?value-quantity=5.4|http://u|mg"), Ids{"a"});
  EXPECT_EQ(found("Observation?value-quantity=5.4||mg"), (Ids{"a", "b"})) << "the unit, too";
  EXPECT_EQ(found("Observation?value-quantity=lt5.4|http://u|mg"), Ids{"d"}) << "less than 6 may be";
  EXPECT_EQ(found("Observation?value-quantity=sa5.35"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Observation?value-quantity=eb6"), (Ids{"a", "b", "c"}));
}

TEST_P(SearchKindsTest, References) {
  put(R"([
    {"resourceType":"Observation","id":"a","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/1"}},
    {"resourceType":"Observation","id":"b","status":"final","code":{"text":"x"},"subject":{"reference":"Group/1"}},
    {"resourceType":"Observation","id":"c","status":"final","code":{"text":"x"},
     "subject":{"reference":"https://elsewhere.org/Patient/1"}},
    {"resourceType":"Observation","id":"d","status":"final","code":{"text":"x"},
     "subject":{"type":"Patient","identifier":{"system":"http://i","value":"7"}}},
    {"resourceType":"QuestionnaireResponse","id":"a","status":"completed","questionnaire":"http://q|2"}])");
  EXPECT_EQ(found("Observation?subject=Patient/1"), Ids{"a"});
  EXPECT_EQ(found("Observation?subject=https://here.org/fhir/Patient/1"), Ids{"a"})
      << "this server's own address";
  EXPECT_EQ(found("Observation?subject=1"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Observation?patient=1"), Ids{"a"});
  EXPECT_EQ(found("Observation?subject:Group=1"), Ids{"b"});
  EXPECT_EQ(found("Observation?subject:Group=Group/1"), Ids{"b"});
  EXPECT_EQ(found("Observation?subject=https://elsewhere.org/Patient/1"), Ids{"c"});
  EXPECT_EQ(found("Observation?subject:identifier=http://i|7"), Ids{"d"});
  EXPECT_EQ(found("Observation?subject=Patient/1,Group/1"), (Ids{"a", "b"}));
  EXPECT_EQ(found("QuestionnaireResponse?questionnaire=http://q"), Ids{"a"}) << "of any version";
  EXPECT_EQ(found("QuestionnaireResponse?questionnaire=http://q|2"), Ids{"a"});
  EXPECT_EQ(found("QuestionnaireResponse?questionnaire=http://q|1"), Ids{});
}

TEST_P(SearchKindsTest, Uris) {
  put(R"([
    {"resourceType":"Questionnaire","id":"a","status":"active","url":"http://x.org/fhir"},
    {"resourceType":"Questionnaire","id":"b","status":"active","url":"http://x.org/fhir/q/1"},
    {"resourceType":"Questionnaire","id":"c","status":"active","url":"http://x.org/fhirs"},
    {"resourceType":"Questionnaire","id":"d","status":"active","url":"urn:oid:1.2.3",
     "meta":{"profile":["http://p"],"tag":[{"system":"http://t","code":"new"}]}}])");
  EXPECT_EQ(found("Questionnaire?url=http://x.org/fhir"), Ids{"a"});
  EXPECT_EQ(found("Questionnaire?url=urn:oid:1.2.3,http://x.org/fhirs"), (Ids{"c", "d"}));
  EXPECT_EQ(found("Questionnaire?url:below=http://x.org/fhir"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Questionnaire?url:below=http://x.org/fhir/"), Ids{"b"});
  EXPECT_EQ(found("Questionnaire?url:above=http://x.org/fhir/q/1/x"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Questionnaire?_profile=http://p&_tag=http://t|new"), Ids{"d"});
}

TEST_P(SearchKindsTest, Composites) {
  put(R"([
    {"resourceType":"Observation","id":"a","status":"final","code":{"coding":[{"system":"http://c","code":"sys"}]},
     "valueQuantity":{"value":120}},
    {"resourceType":"Observation","id":"b","status":"final","code":{"coding":[{"code":"bp"}]},"component":[
      {"code":{"coding":[{"code":"sys"}]},"valueQuantity":{"value":120}},
      {"code":{"coding":[{"code":"dia"}]},"valueQuantity":{"value":80}}]}])");
  EXPECT_EQ(found("Observation?code-value-quantity=sys$gt100"), Ids{"a"});
  EXPECT_EQ(found("Observation?code-value-quantity=http://c|sys$120"), Ids{"a"});
  EXPECT_EQ(found("Observation?component-code-value-quantity=dia$80"), Ids{"b"});
  EXPECT_EQ(found("Observation?component-code-value-quantity=dia$120"), Ids{}) << "values of two components";
  EXPECT_EQ(found("Observation?combo-code-value-quantity=sys$120"), (Ids{"a", "b"}));
  EXPECT_EQ(found("Observation?combo-code-value-quantity=dia$120,dia$lt100"), Ids{"b"});
  EXPECT_EQ(found("Observation?component-code-value-quantity:missing=true"), Ids{"a"});
}

TEST_P(SearchKindsTest, TakesTheLargestSearches) {
  put(R"([{"resourceType":"Questionnaire","id":"a","status":"active","url":"http://x/1","name":"aa","date":"2026",
           "effectivePeriod":{"start":"2026"},"item":[{"linkId":"1","type":"group","code":[{"code":"x"}]}],
           "useContext":[{"code":{"code":"focus"},"valueQuantity":{"value":5}}]},
          {"resourceType":"Observation","id":"a","status":"final","code":{"coding":[{"code":"x"}]},
           "subject":{"reference":"Patient/1"}}])");
  const auto many = [](const std::string& parameter, const std::string& last) {
    std::string text = parameter + "=" + last;
    for (std::size_t i = 1; i < kMostAlternatives; ++i) text += "," + last + std::to_string(i);
    return text;
  };
  std::string deep = "http://x";
  for (int i = 1; i < 30; ++i) deep += "/" + std::to_string(i);
  for (const std::string& part :
       {many("code", "x"), many("name", "a"), many("name:contains", "a"), many("name:exact", "aa"),
        many("url:below", "http://x"), many("url:above", deep), many("status:not", "draft"), many("_id", "a"),
        many("context-type-quantity", "focus$5"), many("context-quantity", "5")}) {
    EXPECT_EQ(found("Questionnaire?" + part), Ids{"a"}) << part.substr(0, 40);
    EXPECT_EQ(found("Questionnaire?" + part + "&_sort=name,-date"), Ids{"a"}) << part.substr(0, 40);
  }
  EXPECT_EQ(found("Observation?" + many("subject", "1")), Ids{"a"});
  std::string all = "Questionnaire?" + many("code", "x") + "&" + many("name:exact", "aa");
  for (std::size_t i = 2; i < kMostCriteria; ++i) all += "&url:above=" + deep;
  EXPECT_EQ(found(all + "&_sort=name,-date,status,url"), Ids{"a"});
}

TEST_P(SearchKindsTest, DeletedResourcesAreNotFound) {
  put(R"([{"resourceType":"Patient","id":"a","gender":"male"},{"resourceType":"Patient","id":"b","gender":"male"}])");
  remove("Patient", "a");
  EXPECT_EQ(found("Patient"), Ids{"b"});
  EXPECT_EQ(found("Patient?gender=male"), Ids{"b"});
  EXPECT_EQ(found("Patient?_id=a"), Ids{});
  EXPECT_EQ(found("Patient?_lastUpdated=1970"), Ids{"b"});
  EXPECT_EQ(found("Patient?name:missing=true"), Ids{"b"});
}

INSTANTIATE_TEST_SUITE_P(On, SearchKindsTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
