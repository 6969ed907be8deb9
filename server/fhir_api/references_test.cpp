// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/open_api.h"

// What the references of resources mean that come in bundles.
namespace reprise::server {
namespace {

using ::testing::HasSubstr;

const std::string kElsewhere = "http://hospital-b.example/fhir/";
const std::string kUs = "http://localhost:1/fhir/";

std::string entry(const std::string& full_url, const std::string& resource, const std::string& method,
                  const std::string& url, const std::string& rest = "") {
  return R"({"fullUrl":")" + full_url + R"(","resource":)" + resource + R"(,"request":{"method":")" + method +
         R"(","url":")" + url + "\"" + rest + "}}";
}

std::string patient(const std::string& family, const std::string& rest = "") {
  return R"({"resourceType":"Patient","name":[{"family":")" + family + "\"}]" + rest + "}";
}

std::string result_of(const std::string& subject, const std::string& rest = "") {
  return R"({"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":")" +
         subject + "\"}" + rest + "}";
}

class ReferencesTest : public OpenApiTest {
 protected:
  void SetUp() override {
    EXPECT_EQ(ask("PUT", "/Patient/900", patient("SomebodyElse", R"(,"id":"900")")).status, 201U);
  }
  /// Of a transaction of a patient and a result, whom the result is about by name.
  std::string family_of_subject(const Answer& done, std::size_t result = 1) {
    if (done.status != 200) return std::to_string(done.status) + done.text;
    const auto subject = done.json["entry"][result]["resource"]["subject"]["reference"].get<std::string>();
    return ask("GET", "/" + subject).json["name"][0]["family"];
  }
};

// FHIR finding D1
TEST_P(ReferencesTest, AResultOfAnotherServersPatientIsNeverOneOfOurs) {
  const std::string observation =
      "," + entry(kElsewhere + "Observation/1", result_of("Patient/900"), "POST", "Observation");
  const std::string once = R"(,"ifNoneExist":"identifier=urn:x|1")";
  const std::string known = patient("FromB", R"(,"identifier":[{"system":"urn:x","value":"1"}])");
  EXPECT_EQ(family_of_subject(transact(
                entry(kElsewhere + "Patient/900", patient("FromB"), "POST", "Patient") + observation)),
            "FromB");
  EXPECT_EQ(family_of_subject(
                transact(entry(kElsewhere + "Patient/900", known, "POST", "Patient", once) + observation)),
            "FromB");
  EXPECT_EQ(family_of_subject(transact(
                entry(kElsewhere + "Patient/900", known, "PUT", "Patient?identifier=urn:x|1") + observation)),
            "FromB");
  EXPECT_EQ(
      family_of_subject(transact(
          entry(kElsewhere + "Patient/900", known, "PUT", "Patient?identifier=urn:x|never") + observation)),
      "FromB")
      << "a conditional update that finds none";
}

// FHIR finding D1
TEST_P(ReferencesTest, MissingTargetsInABundleOfAnotherServerAreRefusedByName) {
  const auto refused =
      transact(entry(kElsewhere + "Observation/1", result_of("Patient/900"), "POST", "Observation"));
  EXPECT_EQ(refused.status, 422U) << refused.text;
  EXPECT_EQ(refused.json["issue"][0]["expression"][0],
            "Bundle.entry[0].resource.ofType(Observation).subject");
  const auto unclear = transact(
      entry("http://hospital-b.example/observations?id=1", result_of("Patient/900"), "POST", "Observation"));
  EXPECT_EQ(unclear.status, 422U) << unclear.text;
  // An entry of a batch has no others to refer to.
  const auto batch =
      ask("POST", "",
          R"({"resourceType":"Bundle","type":"batch","entry":[)" +
              entry(kElsewhere + "Observation/1", result_of("Patient/900"), "POST", "Observation") + "]}");
  EXPECT_EQ(batch.json["entry"][0]["response"]["status"], "422") << batch.text;
  EXPECT_FALSE(ask("GET", "/Observation").json.contains("entry"));
  const std::string elsewhere = kElsewhere + "Patient/900";
  EXPECT_EQ(transact(entry(kElsewhere + "Observation/1", result_of(elsewhere), "POST", "Observation"))
                .json["entry"][0]["resource"]["subject"]["reference"],
            elsewhere)
      << "a whole address says where it leads";
}

// FHIR finding D1
TEST_P(ReferencesTest, WithoutAnotherServersAddressTypeAndIdAreOurs) {
  for (const std::string& full_url :
       {std::string{"urn:uuid:11111111-1111-4111-8111-111111111111"}, kUs + "Observation/1"}) {
    EXPECT_EQ(
        family_of_subject(transact(entry(full_url, result_of("Patient/900"), "POST", "Observation")), 0),
        "SomebodyElse");
  }
  EXPECT_EQ(family_of_subject(
                transact(entry("urn:oid:1.2.3", result_of(kUs + "Patient/900"), "POST", "Observation")), 0),
            "SomebodyElse")
      << "our own address";
  EXPECT_EQ(
      transact(entry("urn:oid:1.2.3", result_of(kUs + "Patient/unknown"), "POST", "Observation")).status,
      422U);
  EXPECT_EQ(ask("POST", "/Observation", result_of(kUs + "Patient/unknown")).status, 422U);
  EXPECT_EQ(ask("POST", "/Observation", result_of(kUs + "Patient/900")).json["subject"]["reference"],
            "Patient/900");
}

// FHIR finding D1
TEST_P(ReferencesTest, KnowsAnEntryByEachFormOfItsAddress) {
  const struct {
    std::string full_url;
    std::string reference;
    std::string version;
  } cases[] = {
      {kElsewhere + "Patient/920", "Patient/920", ""},
      {kElsewhere + "Patient/920", kElsewhere + "Patient/920", ""},
      {kElsewhere + "Patient/920", kElsewhere + "Patient/920/_history/3", "/_history/1"},
      {kElsewhere + "Patient/920", "Patient/920/_history/3", "/_history/1"},
      {"urn:uuid:11111111-1111-4111-8111-111111111111", "urn:uuid:11111111-1111-4111-8111-111111111111", ""},
      {"urn:oid:1.2.3.4", "urn:oid:1.2.3.4", ""},
  };
  for (const auto& one : cases) {
    const auto done =
        transact(entry(one.full_url, patient("FromB"), "POST", "Patient") + "," +
                 entry(kElsewhere + "Observation/1", result_of(one.reference), "POST", "Observation"));
    ASSERT_EQ(done.status, 200U) << one.reference << done.text;
    EXPECT_EQ(done.json["entry"][1]["resource"]["subject"]["reference"],
              "Patient/" + done.json["entry"][0]["resource"]["id"].get<std::string>() + one.version)
        << one.reference;
  }
}

// FHIR finding D2
TEST_P(ReferencesTest, RefusesAUrnThatNoEntryHas) {
  for (const char* urn : {"urn:uuid:11111111-1111-4111-8111-111111111111", "urn:oid:1.2.3"}) {
    const auto refused =
        transact(R"({"resource":)" + result_of(urn) + R"(,"request":{"method":"POST","url":"Observation"}})");
    EXPECT_EQ(refused.status, 422U) << refused.text;
    EXPECT_EQ(refused.json["issue"][0]["expression"][0],
              "Bundle.entry[0].resource.ofType(Observation).subject");
    EXPECT_EQ(ask("POST", "/Observation", result_of(urn)).status, 422U);
  }
}

// FHIR finding D4
TEST_P(ReferencesTest, ConditionsFindResourcesOfTheTransaction) {
  const std::string fits = R"(,"identifier":[{"system":"urn:y","value":"same"}])";
  const std::string result =
      entry("urn:oid:1.2.3", result_of("Patient?identifier=urn:y|same"), "POST", "Observation");
  const auto first = transact(result + "," + entry("urn:oid:1.2.4", patient("New", fits), "POST", "Patient"));
  EXPECT_EQ(family_of_subject(first, 0), "New");
  EXPECT_EQ(first.json["entry"][0]["resource"]["meta"]["versionId"], "1");
  EXPECT_EQ(first.json["entry"][1]["resource"]["meta"]["versionId"], "1");
  // One that is deleted is no longer found, and the one that takes its place is.
  const std::string old = "Patient/" + first.json["entry"][1]["resource"]["id"].get<std::string>();
  const auto second = transact(R"({"request":{"method":"DELETE","url":")" + old + "\"}}," + result + "," +
                               entry("urn:oid:1.2.4", patient("Newer", fits), "POST", "Patient"));
  EXPECT_EQ(family_of_subject(second, 1), "Newer");
  // By an update, too.
  const auto third = transact(
      result + "," +
      entry("urn:oid:1.2.5", patient("SomebodyElse", R"(,"id":"900")" + fits), "PUT", "Patient/900"));
  EXPECT_EQ(third.status, 412U) << "two fit" << third.text;
  EXPECT_EQ(
      transact(entry("urn:oid:1.2.3", result_of("Patient?identifier=urn:y|none"), "POST", "Observation"))
          .status,
      412U);
  EXPECT_EQ(ask("GET", "/Patient?identifier=urn:y|same&_total=accurate").json["total"], 1);
}

// FHIR finding D4
TEST_P(ReferencesTest, TwoConditionalCreationsOfTheSameAreOne) {
  const std::string known = patient("Once", R"(,"identifier":[{"system":"urn:z","value":"1"}])");
  const std::string once = R"(,"ifNoneExist":"identifier=urn:z|1")";
  const auto done = transact(entry("urn:oid:1.1", known, "POST", "Patient", once) + "," +
                             entry("urn:oid:1.2", known, "POST", "Patient", once) + "," +
                             entry("urn:oid:1.3", result_of("urn:oid:1.2"), "POST", "Observation"));
  EXPECT_EQ(family_of_subject(done, 2), "Once");
  EXPECT_EQ(done.json["entry"][0]["resource"]["id"], done.json["entry"][1]["resource"]["id"]);
}

// FHIR finding D6
TEST_P(ReferencesTest, ReplacesLinksInNarrativesAndNoCanonicals) {
  const std::string urn = "urn:uuid:11111111-1111-4111-8111-111111111111";
  const std::string text =
      R"(,"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\")" + urn +
      R"(\">a</a><a href=\"#b\">b</a></div>"})";
  const std::string form =
      R"({"resourceType":"Questionnaire","status":"draft","derivedFrom":[")" + urn + R"("]})";
  const auto done = transact(entry(urn, patient("A"), "POST", "Patient") + "," +
                             entry("urn:oid:1.2", result_of(urn, text), "POST", "Observation") + "," +
                             entry("urn:oid:1.3", form, "POST", "Questionnaire"));
  ASSERT_EQ(done.status, 200U) << done.text;
  const std::string id = done.json["entry"][0]["resource"]["id"];
  EXPECT_THAT(done.json["entry"][1]["resource"]["text"]["div"].get<std::string>(),
              HasSubstr("<a href=\"Patient/" + id + "\">a</a><a href=\"#b\">"));
  EXPECT_EQ(done.json["entry"][2]["resource"]["derivedFrom"][0], urn);
}

TEST_P(ReferencesTest, AThousandEntriesMayNameEachOther) {
  constexpr int kEntries = 1000;
  const auto name = [](int i) { return "urn:oid:1.2." + std::to_string((i + kEntries) % kEntries); };
  std::string entries;
  for (int i = 0; i < kEntries; ++i) {
    std::string links;
    for (int step = 1; step <= 20; ++step) {
      links += (links.empty() ? "" : ",") + (R"({"type":"seealso","other":{"reference":")" + name(i + step)) +
               "\"}}";
    }
    entries += (i == 0 ? "" : ",") +
               entry(name(i), R"({"resourceType":"Patient","link":[)" + links + "]}", "POST", "Patient");
  }
  const auto done = transact(entries);
  ASSERT_EQ(done.status, 200U) << done.text.substr(0, 500);
  std::vector<std::string> ids;
  for (const auto& one : done.json["entry"]) ids.push_back(one["resource"]["id"]);
  for (int i = 0; i < kEntries; ++i) {
    const auto& links = done.json["entry"][static_cast<std::size_t>(i)]["resource"]["link"];
    ASSERT_EQ(links[0]["other"]["reference"], "Patient/" + ids[static_cast<std::size_t>((i + 1) % kEntries)]);
    ASSERT_EQ(links[19]["other"]["reference"],
              "Patient/" + ids[static_cast<std::size_t>((i + 20) % kEntries)]);
  }
}

INSTANTIATE_TEST_SUITE_P(On, ReferencesTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
