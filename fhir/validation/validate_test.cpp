// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fhir/model/operation_outcome.h"
#include "fhir/model/resource.h"

namespace reprise::fhir {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Each issue as "code expression".
std::vector<std::string> found_in(std::string_view text) {
  const auto resource = parse_resource(text);
  EXPECT_TRUE(resource) << text;
  std::vector<std::string> found;
  if (!resource) return found;
  for (const Issue& issue : validate(*resource)) {
    EXPECT_FALSE(issue.diagnostics.empty());
    found.push_back(std::string{to_string(issue.code)} + ' ' + issue.expression);
  }
  return found;
}

std::vector<std::string> found_in_patient(const std::string& fields) {
  return found_in(R"({"resourceType":"Patient",)" + fields + "}");
}

TEST(Validate, AcceptsAPatient) {
  EXPECT_THAT(found_in_patient(R"("id":"a","active":true,"name":[{"family":"Lee","given":["Ann"]}],
    "birthDate":"1970-03-14","deceasedBoolean":false,"managingOrganization":{"reference":"Organization/1"})"),
              IsEmpty());
}

TEST(Validate, WantsAResource) {
  EXPECT_THAT(found_in("[]"), ElementsAre("structure Resource"));
  EXPECT_THAT(found_in("7"), ElementsAre("structure Resource"));
  EXPECT_THAT(found_in("{}"), ElementsAre("structure Resource"));
  EXPECT_THAT(found_in(R"({"id":"a"})"), ElementsAre("required Resource"));
  EXPECT_THAT(found_in(R"({"resourceType":7})"), ElementsAre("required Resource"));
  EXPECT_THAT(found_in(R"({"resourceType":"HumanName"})"), ElementsAre("value Resource"));
  EXPECT_THAT(found_in(R"({"resourceType":"Medication"})"), ElementsAre("not-supported Medication"));
}

TEST(Validate, NamesTheNearestElement) {
  const auto issues = validate(parse_resource(R"({"resourceType":"Patient","brithDate":"1970"})").value());
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(to_string(issues[0]), "Patient.brithDate: Patient has no such element. Did you mean birthDate?");
}

TEST(Validate, NeverRepeatsContent) {
  const auto issues = validate(
      parse_resource(
          R"({"resourceType":"Patient","Ann Lee":1,"gender":"Ann","birthDate":"Ann","name":[{"family":7}],
        "link":[{"other":{"reference":"Ann"},"type":"Ann"}],"text":{"status":"generated","div":"Ann"}})")
          .value());
  EXPECT_EQ(issues.size(), 7U);
  for (const Issue& issue : issues) EXPECT_THAT(to_string(issue), Not(HasSubstr("Ann")));
}

TEST(Validate, ChecksCardinality) {
  EXPECT_THAT(found_in_patient(R"("name":{"family":"a"})"), ElementsAre("structure Patient.name"));
  EXPECT_THAT(found_in_patient(R"("name":[])"), ElementsAre("structure Patient.name"));
  EXPECT_THAT(found_in_patient(R"("name":[{}])"), ElementsAre("structure Patient.name[0]"));
  EXPECT_THAT(found_in_patient(R"("name":[null])"), ElementsAre("structure Patient.name[0]"));
  EXPECT_THAT(found_in_patient(R"("active":[true])"), ElementsAre("structure Patient.active"));
  EXPECT_THAT(found_in_patient(R"("active":null)"), ElementsAre("structure Patient.active"));
  EXPECT_THAT(found_in_patient(R"("communication":[{"preferred":true}])"),
              ElementsAre("required Patient.communication[0].language"));
}

TEST(Validate, ReadsWhatStandsBesideValues) {
  const std::string reason = R"({"extension":[{"url":"http://a","valueCode":"unknown"}]})";
  EXPECT_THAT(found_in_patient("\"_birthDate\":" + reason), IsEmpty());
  EXPECT_THAT(found_in_patient(R"("birthDate":"1970","_birthDate":)" + reason), IsEmpty());
  EXPECT_THAT(found_in_patient(R"("name":[{"given":["a",null],"_given":[null,)" + reason + "]}]"), IsEmpty());
  EXPECT_THAT(found_in_patient(R"("name":[{"given":["a",null],"_given":[null,null]}])"),
              ElementsAre("structure Patient.name[0].given[1]"));
  EXPECT_THAT(found_in_patient(R"("name":[{"given":["a"],"_given":[null,)" + reason + "]}]"),
              ElementsAre("structure Patient.name[0].given"));
  EXPECT_THAT(found_in_patient(R"("name":[{"given":[null]}])"),
              ElementsAre("structure Patient.name[0].given[0]"));
  EXPECT_THAT(found_in_patient(R"("birthDate":"1970","_birthDate":{})"),
              ElementsAre("structure Patient.birthDate"));
  EXPECT_THAT(found_in_patient(R"("_birthDate":{"value":"a"})"),
              ElementsAre("structure Patient.birthDate.value"));
  // Groups, ids and a narrative's text have nothing beside them.
  EXPECT_THAT(found_in_patient("\"_name\":[" + reason + "]"), ElementsAre("structure Patient.name"));
  EXPECT_THAT(found_in_patient(R"("id":"a","_id":)" + reason), ElementsAre("structure Patient.id"));
  // A required element is there, although without a value.
  EXPECT_THAT(found_in(R"({"resourceType":"Flag","_status":)" + reason +
                       R"(,"code":{"text":"a"},"subject":{"display":"b"}})"),
              IsEmpty());
}

TEST(Validate, AllowsOneTypeOfAChoice) {
  EXPECT_THAT(found_in_patient(R"("deceasedBoolean":true,"deceasedDateTime":"2026")"),
              ElementsAre("structure Patient.deceased"));
  EXPECT_THAT(found_in_patient(R"("deceasedString":"a")"), ElementsAre("structure Patient.deceasedString"));
  EXPECT_THAT(found_in_patient(R"("deceased":true)"), ElementsAre("structure Patient.deceased"));
  EXPECT_THAT(found_in_patient(R"("deceasedDateTime":"yesterday")"), ElementsAre("value Patient.deceased"));
}

TEST(Validate, WantsExtensionsToHaveAValueOrExtensions) {
  EXPECT_THAT(found_in_patient(R"("extension":[{"url":"http://a"}])"),
              ElementsAre("invariant Patient.extension[0]"));
  EXPECT_THAT(found_in_patient(R"("extension":[{"valueString":"a"}])"),
              ElementsAre("required Patient.extension[0].url"));
  EXPECT_THAT(
      found_in_patient(
          R"("extension":[{"url":"http://a","valueString":"a","extension":[{"url":"b","valueCode":"c"}]}])"),
      ElementsAre("invariant Patient.extension[0]"));
}

TEST(Validate, WantsCodesOfRequiredBindings) {
  EXPECT_THAT(found_in_patient(R"("gender":"Female")"), ElementsAre("code-invalid Patient.gender"));
  const auto condition = [](const std::string& status) {
    return found_in(R"({"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":)" +
                    status + "}");
  };
  const std::string system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
  EXPECT_THAT(condition(R"({"coding":[{"code":"x"},{"system":")" + system + R"(","code":"active"}]})"),
              IsEmpty());
  EXPECT_THAT(condition(R"({"coding":[{"system":"http://a","code":"active"}]})"),
              ElementsAre("code-invalid Condition.clinicalStatus"));
  EXPECT_THAT(condition(R"({"text":"active"})"), ElementsAre("code-invalid Condition.clinicalStatus"));
}

TEST(Validate, ChecksWhereReferencesLead) {
  const auto organization = [](const std::string& reference) {
    return found_in_patient("\"managingOrganization\":" + reference);
  };
  const std::string at = " Patient.managingOrganization.reference";
  EXPECT_THAT(organization(R"({"reference":"https://example.org/Organization/1"})"), IsEmpty());
  EXPECT_THAT(organization(R"({"reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"})"), IsEmpty());
  EXPECT_THAT(organization(R"({"display":"a"})"), IsEmpty());
  EXPECT_THAT(organization(R"({"reference":"Practitioner/1"})"), ElementsAre("value" + at));
  EXPECT_THAT(organization(R"({"reference":"a"})"), ElementsAre("value" + at));
  EXPECT_THAT(organization(R"({"reference":"Organization?name=a"})"), ElementsAre("value" + at));
  EXPECT_THAT(organization(R"({"reference":"#a"})"), ElementsAre("not-found" + at));
  EXPECT_THAT(organization(R"({"display":"a","type":"Practitioner"})"),
              ElementsAre("value Patient.managingOrganization.type"));
  EXPECT_THAT(organization(R"({"display":"a","type":"b"})"),
              ElementsAre("value Patient.managingOrganization.type"));
  EXPECT_THAT(organization(R"({"reference":"Organization/1","type":"Practitioner"})"),
              ElementsAre("invariant Patient.managingOrganization.type"));
}

TEST(Validate, ChecksContainedResources) {
  const auto with = [](const std::string& contained) {
    return found_in_patient(R"("managingOrganization":{"reference":"#a"},"contained":[)" + contained + "]");
  };
  EXPECT_THAT(with(R"({"resourceType":"Organization","id":"a","name":"b","partOf":{"reference":"#a"}})"),
              IsEmpty());
  EXPECT_THAT(with(R"({"resourceType":"Organization","id":"a","nmae":"b"})"),
              ElementsAre("structure Patient.contained[0].nmae"));
  EXPECT_THAT(with(R"({"resourceType":"Practitioner","id":"a"})"),
              ElementsAre("value Patient.managingOrganization.reference"));
  EXPECT_THAT(
      with(R"({"resourceType":"Organization","name":"b"})"),
      ElementsAre("not-found Patient.managingOrganization.reference", "required Patient.contained[0].id"));
  EXPECT_THAT(with(R"({"resourceType":"Organization","id":"a"},{"resourceType":"Organization","id":"a"})"),
              ElementsAre("invariant Patient.contained"));
  EXPECT_THAT(
      with(R"({"resourceType":"Organization","id":"a","contained":[{"resourceType":"Basic","id":"b"}]})"),
      ElementsAre("invariant Patient.contained[0].contained[0]"));
  EXPECT_THAT(with(R"({"resourceType":"Organization","id":"a"},{"resourceType":"Medication","id":"b"})"),
              ElementsAre("not-supported Patient.contained[1]"));
  // "#" alone is the resource that contains.
  EXPECT_THAT(with(R"({"resourceType":"Organization","id":"a"},
                      {"resourceType":"RelatedPerson","id":"b","patient":{"reference":"#"}})"),
              IsEmpty());
}

TEST(Validate, ChecksTheEntriesOfABundle) {
  const auto with = [](const std::string& resource) {
    return found_in(R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":)" + resource +
                    "}]}");
  };
  EXPECT_THAT(
      with(R"({"resourceType":"Patient","managingOrganization":{"reference":"Organization?name=a"}})"),
      IsEmpty());
  EXPECT_THAT(with(R"({"resourceType":"Patient","birthDate":"a"})"),
              ElementsAre("value Bundle.entry[0].resource.birthDate"));
  EXPECT_THAT(with(R"([])"), ElementsAre("structure Bundle.entry[0].resource"));
  // An entry of a contained bundle is a whole of its own.
  EXPECT_THAT(found_in_patient(
                  R"("contained":[{"resourceType":"Bundle","id":"a","type":"collection","entry":[{"resource":
    {"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"b"}],
     "managingOrganization":{"reference":"#o"}}}]}])"),
              IsEmpty());
}

// FHIR findings, section 2
TEST(Validate, ChecksRulesAboutSeveralElements) {
  const auto period = [](const char* start, const char* end) {
    return found_in_patient(std::string{R"("identifier":[{"value":"a","period":{"start":")"} + start +
                            R"(","end":")" + end + "\"}}]");
  };
  EXPECT_THAT(period("2026-03-02", "2026-03-01"), ElementsAre("invariant Patient.identifier[0].period"));
  EXPECT_THAT(period("2026-03-02T10:00:00+02:00", "2026-03-02T07:59:59Z"),
              ElementsAre("invariant Patient.identifier[0].period"));
  EXPECT_THAT(period("2026-03-02", "2026-03"), IsEmpty());
  EXPECT_THAT(period("2026-03-02T23:30:00-05:00", "2026-03-02"), IsEmpty()) << "the same day, there";
  EXPECT_THAT(period("2026-03-02", "2026-03-02"), IsEmpty());
  const auto photo = [](const std::string& rest) {
    return found_in_patient(R"("photo":[{"contentType":"text/plain","data":"YWJj")" + rest + "}]");
  };
  EXPECT_THAT(photo(R"(,"size":3,"hash":"qZk+NkcGgWq6PiVxeFDCbJzQ2J0=")"), IsEmpty());  // FIPS 180's "abc"
  EXPECT_THAT(photo(R"(,"size":4)"), ElementsAre("invariant Patient.photo[0].size"));
  EXPECT_THAT(photo(R"(,"hash":"qZk+NkcGgWq6PiVxeFDCbJzQ2J4=")"),
              ElementsAre("invariant Patient.photo[0].hash"));
  EXPECT_THAT(
      found_in(R"({"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"a","type":"group",
    "item":[{"linkId":"b","type":"boolean","enableWhen":[
      {"question":"c","operator":"exists","answerBoolean":true},
      {"question":"d","operator":"exists","answerBoolean":true}]}]}]})"),
      ElementsAre("invariant Questionnaire.item[0].item[0].enableBehavior"));
  const auto probability = [](const char* value) {
    return found_in(
        std::string{R"({"resourceType":"RiskAssessment","status":"final","subject":{"display":"a"},
      "prediction":[{"probabilityDecimal":)"} +
        value + "}]}");
  };
  EXPECT_THAT(probability("100"), IsEmpty());
  EXPECT_THAT(probability("100.5"), ElementsAre("invariant RiskAssessment.prediction[0].probability"));
}

// FHIR findings, section 2
TEST(Validate, ChecksTheIdentitiesOfABundle) {
  const auto bundle = [](const std::string& type, const std::string& rest) {
    return found_in(R"({"resourceType":"Bundle","type":")" + type + "\"," + rest + "}");
  };
  const auto entry = [](const std::string& full_url, const std::string& version = "1") {
    return R"({"fullUrl":")" + full_url +
           R"(","resource":{"resourceType":"Patient","id":"a","meta":{"versionId":")" + version + "\"}}}";
  };
  const std::string one = entry("http://x.example/Patient/a");
  EXPECT_THAT(bundle("collection", R"("entry":[)" + one + "," + one + "]"),
              ElementsAre("invariant Bundle.entry[1].fullUrl"));
  EXPECT_THAT(
      bundle("collection", R"("entry":[)" + one + "," + entry("http://x.example/Patient/a", "2") + "]"),
      IsEmpty());
  EXPECT_THAT(bundle("collection", R"("entry":[)" + entry("Patient/a") + "]"),
              ElementsAre("invariant Bundle.entry[0].fullUrl"));
  EXPECT_THAT(bundle("collection", R"("entry":[)" + entry("http://x.example/Patient/a/_history/1") + "]"),
              ElementsAre("invariant Bundle.entry[0].fullUrl"));
  EXPECT_THAT(bundle("searchset",
                     R"("link":[{"relation":"self","url":"http://a"},{"relation":"self","url":"http://b"}])"),
              ElementsAre("invariant Bundle.link[1]"));
}

TEST(Validate, StopsAfterTheLimitAndSaysSo) {
  Json resource = {{"resourceType", "Patient"}, {"name", Json::array()}};
  for (int i = 0; i < 1000; ++i) resource["name"].push_back(Json::object());
  const auto issues = validate(resource, {.max_issues = 20});
  ASSERT_EQ(issues.size(), 21U);
  EXPECT_EQ(issues.back().code, IssueType::too_costly);
  EXPECT_EQ(issues.back().severity, Severity::information);
}

TEST(OperationOutcome, IsItselfValid) {
  const auto issues = validate(parse_resource(R"({"resourceType":"Patient","a":1,"gender":"b"})").value());
  ASSERT_EQ(issues.size(), 2U);
  const Json outcome = operation_outcome(issues);
  EXPECT_THAT(validate(outcome), IsEmpty());
  EXPECT_EQ(outcome["issue"][1]["code"], "code-invalid");
  EXPECT_EQ(outcome["issue"][1]["expression"][0], "Patient.gender");
  EXPECT_THAT(validate(operation_outcome({})), IsEmpty());
  const auto unread = parse_resource("{");
  const std::vector<Issue> one = {to_issue(unread.error())};
  EXPECT_THAT(validate(operation_outcome(one)), IsEmpty());
}

TEST(OperationOutcome, HasAValidCodeForEachKindOfIssueAndError) {
  for (int i = 0; i <= static_cast<int>(IssueType::informational); ++i) {
    for (const Severity severity : {Severity::fatal, Severity::error, Severity::information}) {
      const std::vector<Issue> one = {{severity, static_cast<IssueType>(i), "a", ""}};
      EXPECT_THAT(validate(operation_outcome(one)), IsEmpty()) << i;
    }
  }
}

}  // namespace
}  // namespace reprise::fhir
