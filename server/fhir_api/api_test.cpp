// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/api.h"

#include "tests/support/open_api.h"

namespace reprise::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ApiTest : public OpenApiTest {};

TEST_P(ApiTest, CreatesReadsUpdatesAndDeletes) {
  const auto made =
      ask("POST", "/Patient", R"({"resourceType":"Patient","id":"mine","name":[{"family":"Example"}]})");
  ASSERT_EQ(made.status, 201U) << made.text;
  const std::string id = made.json["id"];
  EXPECT_NE(id, "mine");
  EXPECT_EQ(made.field("location"), "http://localhost:1/fhir/Patient/" + id + "/_history/1");
  EXPECT_EQ(made.field("etag"), "W/\"1\"");
  const auto read = ask("GET", "/Patient/" + id);
  EXPECT_EQ(read.status, 200U);
  EXPECT_EQ(read.json, made.json);
  EXPECT_EQ(ask("GET", "/Patient/" + id, "", {{"if-none-match", "W/\"1\""}}).status, 304U);

  const auto updated =
      ask("PUT", "/Patient/" + id, R"({"resourceType":"Patient","id":")" + id + R"(","active":true})");
  EXPECT_EQ(updated.status, 200U) << updated.text;
  EXPECT_EQ(updated.json["meta"]["versionId"], "2");
  EXPECT_EQ(ask("GET", "/Patient/" + id + "/_history/1").json["name"][0]["family"], "Example");

  EXPECT_EQ(ask("DELETE", "/Patient/" + id).status, 204U);
  EXPECT_EQ(ask("GET", "/Patient/" + id).status, 410U);
  EXPECT_EQ(ask("DELETE", "/Patient/" + id).status, 204U);
  const auto history = ask("GET", "/Patient/" + id + "/_history");
  EXPECT_THAT(history.json["entry"], SizeIs(3));
  EXPECT_EQ(history.json["entry"][0]["request"]["method"], "DELETE");
  EXPECT_EQ(ask("GET", "/Patient/unknown").status, 404U);
}

TEST_P(ApiTest, KeepsDecimalsAndUnknownClientsText) {
  const auto made = ask(
      "POST", "/Observation",
      R"({"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50}})");
  EXPECT_THAT(made.text, HasSubstr("\"value\":1.50"));
}

TEST_P(ApiTest, UpdatesOnlyTheVersionThatTheClientSaw) {
  const std::string id = create("Patient", "");
  const std::string text = R"({"resourceType":"Patient","id":")" + id + "\"}";
  EXPECT_EQ(ask("PUT", "/Patient/" + id, text, {{"if-match", "W/\"1\""}}).status, 200U);
  EXPECT_EQ(ask("PUT", "/Patient/" + id, text, {{"if-match", "W/\"1\""}}).status, 412U);
  EXPECT_EQ(ask("DELETE", "/Patient/" + id, "", {{"if-match", "W/\"1\""}}).status, 412U);
  EXPECT_EQ(ask("PUT", "/Patient/" + id, text, {{"if-match", "2"}}).status, 400U);
  EXPECT_EQ(ask("PUT", "/Patient/other", text).status, 400U) << "another id than the address";
  EXPECT_EQ(ask("PUT", "/Patient/own-id", R"({"resourceType":"Patient","id":"own-id"})").status, 201U);
  EXPECT_EQ(
      ask("PUT", "/Patient/own-id", R"({"resourceType":"Patient","id":"own-id"})", {{"if-none-match", "*"}})
          .status,
      412U);
}

TEST_P(ApiTest, PatchesAndChecksTheResult) {
  const std::string id = create("Patient", R"(,"gender":"male","active":false)");
  const std::vector<http::Field> type = {{"content-type", "application/json-patch+json"}};
  const auto patch = [&](const std::string& text) { return ask("PATCH", "/Patient/" + id, text, type); };
  const auto done = patch(R"([{"op":"replace","path":"/gender","value":"female"}])");
  EXPECT_EQ(done.status, 200U) << done.text;
  EXPECT_EQ(done.json["gender"], "female");
  EXPECT_EQ(patch(R"([{"op":"replace","path":"/gender","value":"unheard"}])").status, 422U);
  EXPECT_EQ(patch(R"([{"op":"replace","path":"/id","value":"x"}])").status, 422U);
  EXPECT_EQ(patch("{}").status, 400U);
  EXPECT_EQ(ask("PATCH", "/Patient/" + id, "[]").status, 415U);
  EXPECT_EQ(ask("PATCH", "/Patient/unknown", "[]", type).status, 404U);
  EXPECT_EQ(ask("GET", "/Patient/" + id).json["meta"]["versionId"], "2");
}

TEST_P(ApiTest, CreatesOnceWhatACondition) {
  const std::string text = R"({"resourceType":"Patient","identifier":[{"system":"urn:x","value":"7"}]})";
  const std::vector<http::Field> once = {{"if-none-exist", "identifier=urn:x|7"}};
  const auto first = ask("POST", "/Patient", text, once);
  EXPECT_EQ(first.status, 201U) << first.text;
  const auto second = ask("POST", "/Patient", text, once);
  EXPECT_EQ(second.status, 200U) << second.text;
  EXPECT_EQ(second.json, first.json);
  const auto updated =
      ask("PUT", "/Patient?identifier=urn:x|7",
          R"({"resourceType":"Patient","active":true,"identifier":[{"system":"urn:x","value":"7"}]})");
  EXPECT_EQ(updated.status, 200U) << updated.text;
  EXPECT_EQ(updated.json["id"], first.json["id"]);
  EXPECT_EQ(ask("POST", "/Patient", text).status, 201U);
  EXPECT_EQ(ask("DELETE", "/Patient?identifier=urn:x|7").status, 412U) << "two fit";
  EXPECT_EQ(ask("PUT", "/Patient?_count=1", text).status, 400U) << "a condition that says nothing";
  EXPECT_EQ(ask("POST", "/Patient", text, {{"if-none-exist", "nonsense=1"}}).status, 400U);
}

TEST_P(ApiTest, FindsAndPages) {
  for (int i = 0; i < 5; ++i)
    create("Patient",
           R"(,"name":[{"family":"Example"}],"gender":")" + std::string{i < 3 ? "male" : "female"} + "\"");
  const auto all = ask("GET", "/Patient?family=exam");
  ASSERT_EQ(all.status, 200U) << all.text;
  EXPECT_THAT(all.json["entry"], SizeIs(5));
  EXPECT_EQ(all.json["entry"][0]["search"]["mode"], "match");
  auto page = ask("GET", "/Patient?gender=male&_count=2&_total=accurate");
  EXPECT_EQ(page.json["total"], 3);
  EXPECT_THAT(page.json["entry"], SizeIs(2));
  std::string next;
  for (const auto& link : page.json["link"]) {
    if (link["relation"] == "next") next = link["url"];
  }
  ASSERT_EQ(next.rfind("http://localhost:1/fhir/", 0), 0U) << page.text;
  EXPECT_THAT(ask("GET", next.substr(23)).json["entry"], SizeIs(1));
  const auto posted = ask("POST", "/Patient/_search", "gender=female",
                          {{"content-type", "application/x-www-form-urlencoded"}});
  EXPECT_THAT(posted.json["entry"], SizeIs(2));
}

TEST_P(ApiTest, GivesPartsOfResourcesThatSaySo) {
  create("Observation",
         R"(,"status":"final","code":{"text":"x"},"note":[{"text":"long"}],"valueQuantity":{"value":1.50})");
  for (const char* part : {"_summary=true", "_elements=status,value"}) {
    const auto found = ask("GET", std::string{"/Observation?"} + part);
    ASSERT_EQ(found.status, 200U) << found.text;
    const auto& resource = found.json["entry"][0]["resource"];
    EXPECT_EQ(resource["meta"]["tag"][0]["code"], "SUBSETTED") << part;
    EXPECT_FALSE(resource.contains("note")) << part;
    EXPECT_THAT(found.text, HasSubstr("\"value\":1.50")) << part;
  }
  const auto count = ask("GET", "/Observation?_summary=count");
  EXPECT_EQ(count.json["total"], 1);
  EXPECT_FALSE(count.json.contains("entry"));
}

TEST_P(ApiTest, IndentsOnRequest) {
  const std::string id =
      create("Observation", R"(,"status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50})");
  const auto read = ask("GET", "/Observation/" + id + "?_pretty=true&_format=json");
  EXPECT_EQ(read.status, 200U);
  EXPECT_THAT(read.text, HasSubstr("\n    \"value\": 1.50\n"));
  EXPECT_EQ(ask("GET", "/Observation/" + id + "?_format=xml").status, 406U);
  EXPECT_EQ(ask("GET", "/Observation?_format=ttl").status, 406U);
  EXPECT_EQ(ask("GET", "/Observation/" + id + "?color=blue").status, 400U);
  EXPECT_EQ(ask("DELETE", "/Observation/" + id + "?_cascade=delete").status, 400U);
}

TEST_P(ApiTest, IgnoresNothingInSilence) {
  const auto refused = ask("GET", "/Patient?favorite=blue");
  EXPECT_EQ(refused.status, 400U);
  EXPECT_EQ(refused.json["resourceType"], "OperationOutcome");
  EXPECT_THAT(refused.text, AllOf(HasSubstr("favorite"), Not(HasSubstr("blue"))));
  const auto lenient = ask("GET", "/Patient?favorite=blue", "", {{"prefer", "handling=lenient"}});
  EXPECT_EQ(lenient.status, 200U);
  EXPECT_EQ(lenient.json["entry"][0]["resource"]["resourceType"], "OperationOutcome");
  EXPECT_EQ(lenient.json["entry"][0]["search"]["mode"], "outcome");
}

TEST_P(ApiTest, RefusesBadInputAndWritesNothing) {
  const auto refused = [&](const std::string& body, const std::string& type = "application/fhir+json") {
    return ask("POST", "/Patient", body, {{"content-type", type}}).status;
  };
  EXPECT_EQ(refused("{"), 400U);
  EXPECT_EQ(refused("[]"), 422U);
  EXPECT_EQ(refused(R"({"resourceType":"Patient","active":true,"active":false})"), 400U);
  EXPECT_EQ(refused("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\xC3\x28\"}]}"), 400U);
  EXPECT_EQ(refused(R"({"resourceType":"Patient","i\u0064":"x"})"), 400U);
  EXPECT_EQ(refused(R"({"resourceType":"Observation","status":"final","code":{"text":"x"}})"), 400U)
      << "another type";
  EXPECT_EQ(refused(R"({"resourceType":"Patient","favorite":"blue"})"), 422U);
  EXPECT_EQ(refused(R"({"resourceType":"Patient","managingOrganization":{"reference":"Organization/none"}})"),
            422U);
  EXPECT_EQ(refused(R"({"resourceType":"Patient"})", "text/plain"), 415U);
  EXPECT_EQ(refused(R"({"resourceType":"Patient"})", "application/fhir+xml"), 415U);
  std::string deep = R"({"resourceType":"Patient","extension":)";
  for (int i = 0; i < 200; ++i) deep += "[";
  EXPECT_EQ(refused(deep), 400U);
  EXPECT_EQ(refused(R"({"resourceType":"Patient","text":")" + std::string(17'000'000, 'x') + "\"}"), 413U);
  EXPECT_EQ(ask("GET", "/Patient", "", {{"accept", "application/fhir+xml"}}).status, 406U);
  EXPECT_EQ(ask("POST", "/Patient/1", R"({"resourceType":"Patient"})").status, 405U);
  EXPECT_EQ(ask("DELETE", "/Patient").status, 400U) << "all patients";
  for (const char* target : {"/Medication/1", "/Patient/../Patient", "/Patient/a%2Fb", "/_history",
                             "/$everything", "/Patient/1/_history/0", "/Patient/1/_history/x", "/Patient/1/2",
                             "/nothing", "/Bundle", "//Patient//1"}) {
    EXPECT_THAT(ask("GET", target).status, ::testing::AnyOf(400U, 404U)) << target;
  }
  EXPECT_FALSE(ask("GET", "/Patient").json.contains("entry"));
}

TEST_P(ApiTest, NamesTheLocationOfAProblem) {
  const auto refused = ask("POST", "/Patient", R"({"resourceType":"Patient","name":[{"family":7}]})");
  EXPECT_EQ(refused.json["issue"][0]["expression"][0], "Patient.name[0].family");
  const auto dangling =
      ask("POST", "/Patient",
          R"({"resourceType":"Patient","generalPractitioner":[{"reference":"Practitioner/none"}]})");
  EXPECT_EQ(dangling.json["issue"][0]["expression"][0], "Patient.generalPractitioner[0]");
}

TEST_P(ApiTest, MakesNoVersionOfAnUnchangedResource) {
  const std::string text = R"({"resourceType":"Patient","id":"p","active":true})";
  EXPECT_EQ(ask("PUT", "/Patient/p", text).status, 201U);
  const auto again = ask("PUT", "/Patient/p", text);
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(again.json["meta"]["versionId"], "1");
  EXPECT_EQ(ask("PUT", "/Patient/p", R"({"resourceType":"Patient","id":"p"})").json["meta"]["versionId"],
            "2");
  EXPECT_EQ(ask("PUT", "/Patient/p", text).json["meta"]["versionId"], "3");
}

TEST_P(ApiTest, ReturnsTheHistoryOfATypeInPages) {
  const std::string id = create("Patient", "");
  create("Patient", "");
  EXPECT_EQ(
      ask("PUT", "/Patient/" + id, R"({"resourceType":"Patient","active":true,"id":")" + id + "\"}").status,
      200U);
  std::string target = "/Patient/_history?_count=2";
  int entries = 0;
  for (int pages = 0; !target.empty() && pages < 5; ++pages) {
    const auto page = ask("GET", target);
    ASSERT_EQ(page.status, 200U) << page.text;
    entries += static_cast<int>(page.json["entry"].size());
    target.clear();
    for (const auto& link : page.json["link"]) {
      if (link["relation"] == "next") target = link["url"].get<std::string>().substr(23);
    }
  }
  EXPECT_EQ(entries, 3);
  EXPECT_EQ(ask("GET", "/Patient/_history?_since=2099-01-01").json.contains("entry"), false);
  EXPECT_EQ(ask("GET", "/Patient/_history?_since=yesterday").status, 400U);
  EXPECT_EQ(ask("GET", "/Patient/_history?color=blue").status, 400U);
}

TEST_P(ApiTest, PerformsATransactionAtomically) {
  const std::string patient =
      R"({"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","resource":{"resourceType":"Patient","active":true},)"
      R"("request":{"method":"POST","url":"Patient"}})";
  const auto observation = [](const std::string& subject) {
    return R"({"resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},)"
           R"("valueQuantity":{"value":2.50},"subject":{"reference":")" +
           subject + R"("}},"request":{"method":"POST","url":"Observation"}})";
  };
  const auto transaction = [&](const std::string& entries) {
    return ask("POST", "", R"({"resourceType":"Bundle","type":"transaction","entry":[)" + entries + "]}");
  };
  const auto refused = transaction(patient + "," + observation("Patient/none"));
  EXPECT_EQ(refused.status, 422U);
  EXPECT_EQ(refused.json["issue"][0]["expression"][0],
            "Bundle.entry[1].resource.ofType(Observation).subject");
  EXPECT_FALSE(ask("GET", "/Patient").json.contains("entry"));

  const auto done = transaction(observation("urn:uuid:11111111-1111-4111-8111-111111111111") + "," + patient +
                                R"(,{"request":{"method":"GET","url":"Patient?active=true"}})");
  ASSERT_EQ(done.status, 200U) << done.text;
  EXPECT_EQ(done.json["type"], "transaction-response");
  ASSERT_THAT(done.json["entry"], SizeIs(3));
  EXPECT_EQ(done.json["entry"][0]["response"]["status"], "201");
  const std::string id = done.json["entry"][1]["resource"]["id"];
  EXPECT_EQ(done.json["entry"][0]["resource"]["subject"]["reference"], "Patient/" + id);
  EXPECT_THAT(done.text, HasSubstr("\"value\":2.50"));
  EXPECT_THAT(done.json["entry"][2]["resource"]["entry"], SizeIs(1)) << "it does not see what it wrote";
}

TEST_P(ApiTest, ResolvesConditionsInATransaction) {
  const std::string id = create("Patient", R"(,"identifier":[{"system":"urn:x","value":"7"}])");
  const std::string entries =
      R"({"fullUrl":"urn:uuid:22222222-2222-4222-8222-222222222222","resource":{"resourceType":"Patient","identifier":[{"system":"urn:x","value":"7"}]},)"
      R"("request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:x|7"}},)"
      R"({"resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"urn:uuid:22222222-2222-4222-8222-222222222222"},)"
      R"("focus":[{"reference":"Patient?identifier=urn:x|7"}]},"request":{"method":"POST","url":"Observation"}})";
  const auto done =
      ask("POST", "", R"({"resourceType":"Bundle","type":"transaction","entry":[)" + entries + "]}");
  ASSERT_EQ(done.status, 200U) << done.text;
  EXPECT_EQ(done.json["entry"][0]["response"]["status"], "200");
  EXPECT_EQ(done.json["entry"][1]["resource"]["subject"]["reference"], "Patient/" + id);
  EXPECT_EQ(done.json["entry"][1]["resource"]["focus"][0]["reference"], "Patient/" + id);
}

TEST_P(ApiTest, CarriesOutABatchEntryByEntry) {
  const auto done = ask("POST", "", R"({"resourceType":"Bundle","type":"batch","entry":[
    {"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}},
    {"resource":{"resourceType":"Patient","favorite":1},"request":{"method":"POST","url":"Patient"}},
    {"request":{"method":"GET","url":"Patient?_total=accurate"}},
    {"request":{"method":"DELETE","url":"Patient/none"}},
    {"request":{"method":"POST","url":""}},
    {}]})");
  ASSERT_EQ(done.status, 200U) << done.text;
  std::vector<std::string> statuses;
  for (const auto& entry : done.json["entry"]) statuses.push_back(entry["response"]["status"]);
  EXPECT_THAT(statuses, ::testing::ElementsAre("201", "422", "200", "204", "400", "400"));
  EXPECT_EQ(done.json["entry"][1]["response"]["outcome"]["resourceType"], "OperationOutcome");
  EXPECT_EQ(done.json["entry"][2]["resource"]["total"], 1);
  EXPECT_EQ(ask("POST", "", R"({"resourceType":"Bundle","type":"collection"})").status, 422U);
  EXPECT_EQ(ask("POST", "", R"({"resourceType":"Patient"})").status, 400U);
}

TEST_P(ApiTest, StatesItsCapabilities) {
  const auto statement = ask("GET", "/metadata");
  ASSERT_EQ(statement.status, 200U);
  EXPECT_EQ(statement.json["fhirVersion"], "4.0.1");
  EXPECT_THAT(statement.json["rest"][0]["resource"], SizeIs(38));
}

INSTANTIATE_TEST_SUITE_P(On, ApiTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
