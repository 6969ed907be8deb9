// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/open_api.h"

// What the server says of itself, and the small print of R4's HTTP.
namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ConformanceTest : public OpenApiTest {
 protected:
  Answer get(const std::string& target, std::vector<http::Field> fields = {}) {
    return ask("GET", target, "", std::move(fields));
  }
};

/// One of these values fits each kind of search parameter.
std::vector<std::string> candidates(const std::string& kind) {
  const std::map<std::string, std::vector<std::string>> values = {
      {"token", {"x", "TREAT"}}, {"string", {"x"}}, {"reference", {"Patient/1", "x"}},
      {"date", {"2026"}},        {"number", {"1"}}, {"quantity", {"1"}},
      {"uri", {"urn:x"}},        {"composite", {}}};
  if (kind != "composite") return values.at(kind);
  std::vector<std::string> pairs;
  for (const char* first : {"x", "1", "2026", "Patient/1"}) {
    for (const char* second : {"x", "1", "2026", "Patient/1"})
      pairs.push_back(std::string{first} + "$" + second);
  }
  return pairs;
}

// FHIR finding D3
TEST_P(ConformanceTest, DoesAllThatTheCapabilityStatementDeclares) {
  const auto statement = get("/metadata");
  ASSERT_EQ(statement.status, 200U);
  const Json& rest = statement.json["rest"][0];
  EXPECT_TRUE(rest.contains("security"));
  EXPECT_THAT(statement.json["format"].dump(), HasSubstr("\"json\""));
  std::size_t revincludes = 0;
  for (const Json& resource : rest["resource"]) {
    const std::string type = resource["type"];
    for (const Json& parameter : resource["searchParam"]) {
      bool taken = false;
      for (const auto& value : candidates(parameter["type"]))
        taken =
            taken || get("/" + type + "?" + parameter["name"].get<std::string>() + "=" + value).status == 200;
      EXPECT_TRUE(taken) << type << " " << parameter.dump();
    }
    for (const Json& include : resource.value("searchInclude", Json::array()))
      EXPECT_EQ(get("/" + type + "?_include=" + include.get<std::string>()).status, 200U) << include;
    for (const Json& include : resource.value("searchRevInclude", Json::array())) {
      ++revincludes;
      const auto answer = get("/" + type + "?_revinclude=" + include.get<std::string>() + ":" + type);
      EXPECT_EQ(answer.status, 200U) << type << include << answer.text;
    }
    for (const Json& interaction : resource["interaction"]) {
      const std::string code = interaction["code"];
      const std::string body = "{\"resourceType\":\"" + type + "\",\"unheard\":1}";
      const unsigned status = code == "read"               ? get("/" + type + "/1").status
                              : code == "vread"            ? get("/" + type + "/1/_history/1").status
                              : code == "search-type"      ? get("/" + type).status
                              : code == "history-type"     ? get("/" + type + "/_history").status
                              : code == "history-instance" ? get("/" + type + "/1/_history").status
                              : code == "create"           ? ask("POST", "/" + type, body).status
                              : code == "update"           ? ask("PUT", "/" + type + "/1", body).status
                              : code == "delete"           ? ask("DELETE", "/" + type + "/1").status
                              : code == "patch"            ? ask("PATCH", "/" + type + "/1", "[]",
                                                                 {{"content-type", "application/json-patch+json"}})
                                                      .status
                                                : 0;
      const bool writes = code == "create" || code == "update";
      EXPECT_TRUE(writes ? status == 422 : status == 200 || status == 204 || status == 404)
          << type << " " << code << " " << status;
    }
  }
  EXPECT_GT(revincludes, 100U);
}

// FHIR finding D3: interactions that are not declared are refused.
TEST_P(ConformanceTest, ClaimsNoIncludeThatItRefuses) {
  EXPECT_EQ(get("/QuestionnaireResponse?_include=QuestionnaireResponse:questionnaire").status, 400U);
  EXPECT_THAT(get("/metadata").text, Not(HasSubstr("QuestionnaireResponse:questionnaire")));
}

// FHIR finding D5
TEST_P(ConformanceTest, TakesAndGivesABinaryInItsOwnType) {
  ASSERT_EQ(ask("PUT", "/Patient/1", R"({"resourceType":"Patient","id":"1"})").status, 201U);
  const std::string bytes = std::string{"%PDF-1.4\n\0\xFF", 11};
  const auto made = ask("POST", "/Binary", bytes,
                        {{"content-type", "application/pdf"}, {"x-security-context", "Patient/1"}});
  ASSERT_EQ(made.status, 201U) << made.text;
  EXPECT_EQ(made.json["contentType"], "application/pdf");
  EXPECT_EQ(made.json["securityContext"]["reference"], "Patient/1");
  const std::string address = "/Binary/" + made.json["id"].get<std::string>();
  for (const char* accept : {"application/pdf", "*/*", "text/html,application/*;q=0.9", ""}) {
    const auto read = get(address, {{"accept", accept}});
    EXPECT_EQ(read.status, 200U) << accept;
    EXPECT_EQ(read.text, bytes) << accept;
    EXPECT_EQ(read.field("content-type"), "application/pdf");
    EXPECT_EQ(read.field("content-disposition"), "attachment");
    EXPECT_EQ(read.field("x-content-type-options"), "nosniff");
    EXPECT_THAT(read.field("content-security-policy"), HasSubstr("sandbox"));
    EXPECT_EQ(read.field("x-security-context"), "Patient/1");
  }
  EXPECT_EQ(get(address, {{"accept", "application/fhir+json, */*; q=0.1"}}).json["resourceType"], "Binary");
  EXPECT_EQ(get(address + "?_format=json").json["resourceType"], "Binary");
  EXPECT_EQ(get(address, {{"accept", "image/png"}}).status, 406U);
  EXPECT_EQ(get(address, {{"accept", "application/fhir+xml"}}).status, 406U);
  EXPECT_EQ(get(address, {{"sec-fetch-dest", "script"}}).status, 406U);
  const auto updated = ask("PUT", address, "abc", {{"content-type", "text/plain; charset=utf-8"}});
  EXPECT_EQ(updated.status, 200U) << updated.text;
  EXPECT_EQ(get(address).field("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(get(address + "/_history/1").text, bytes);
  EXPECT_EQ(ask("POST", "/Binary", "<x/>", {{"content-type", "application/fhir+xml"}}).status, 415U);
  EXPECT_EQ(ask("POST", "/Binary", "x", {{"content-type", "no type \x01"}}).status, 422U);
  EXPECT_EQ(
      ask("POST", "/Binary", "x", {{"content-type", "text/plain"}, {"x-security-context", "Patient/none"}})
          .status,
      422U);
  EXPECT_EQ(ask("POST", "/Patient", "x", {{"content-type", "text/plain"}}).status, 415U);
}

// FHIR finding D5: what stands in a resource becomes no further header field.
TEST_P(ConformanceTest, ABinarysTypeIsNoWayIntoTheHeader) {
  const auto made = ask("POST", "/Binary", R"({"resourceType":"Binary","contentType":"x"})");
  ASSERT_EQ(made.status, 201U) << made.text;
  const auto read = get("/Binary/" + made.json["id"].get<std::string>());
  EXPECT_EQ(read.field("content-type"), "application/octet-stream");
  EXPECT_EQ(
      ask("POST", "/Binary", R"({"resourceType":"Binary","contentType":"text/html\r\nset-cookie: a=b"})")
          .status,
      422U);
}

TEST_P(ConformanceTest, TheBytesOfABinaryAreOfItsType) {
  const std::string program = std::string{"MZ\x90\0\x03", 5};
  const auto refused = ask("POST", "/Binary", program, {{"content-type", "image/png"}});
  EXPECT_EQ(refused.status, 422U);
  EXPECT_THAT(refused.text, ::testing::AllOf(HasSubstr("image/png"), HasSubstr("Binary.contentType")));
  EXPECT_EQ(ask("POST", "/Binary", program, {{"content-type", "application/octet-stream"}}).status, 201U);
  EXPECT_EQ(
      ask("PUT", "/Patient/photo",
          R"({"resourceType":"Patient","id":"photo","photo":[{"contentType":"image/png","data":"YWJj"}]})")
          .status,
      422U);
}

// FHIR finding D7
TEST_P(ConformanceTest, ReturnsPartsOfAResource) {
  for (const char* query :
       {"?mode=full", "?mode=normative", "?_summary=true", "?_summary=false", "?_elements=fhirVersion"})
    EXPECT_EQ(get(std::string{"/metadata"} + query).status, 200U) << query;
  EXPECT_EQ(get("/metadata?mode=terminology").status, 400U);
  const std::string id = create("Patient", R"(,"birthDate":"1970-01-01","maritalStatus":{"text":"x"})");
  const auto part = get("/Patient/" + id + "?_elements=birthDate");
  EXPECT_EQ(part.json["birthDate"], "1970-01-01");
  EXPECT_FALSE(part.json.contains("maritalStatus"));
  EXPECT_EQ(part.json["meta"]["tag"][0]["code"], "SUBSETTED");
  EXPECT_FALSE(get("/Patient/" + id + "/_history/1?_summary=true").json.contains("maritalStatus"));
  EXPECT_EQ(get("/Patient/" + id + "?_summary=count").status, 400U);
  EXPECT_EQ(get("/Patient/" + id + "?_elements=unheard").status, 400U);
}

// FHIR finding D8
TEST_P(ConformanceTest, NamesTheMethodsThatAnAddressAllows) {
  const auto allowed = [&](const char* method, const char* target) {
    const auto answer = ask(method, target);
    EXPECT_EQ(answer.status, 405U) << target;
    return answer.field("allow");
  };
  EXPECT_EQ(allowed("POST", "/Patient/123"), "GET, HEAD, PUT, PATCH, DELETE");
  EXPECT_EQ(allowed("OPTIONS", "/Patient"), "GET, HEAD, POST, PUT, PATCH, DELETE");
  EXPECT_EQ(allowed("GET", ""), "POST");
  EXPECT_EQ(allowed("DELETE", "/metadata"), "GET, HEAD");
  EXPECT_EQ(allowed("PUT", "/AuditEvent/1"), "GET, HEAD");
  EXPECT_EQ(allowed("POST", "/Patient/1/_history"), "GET, HEAD");
}

// FHIR finding D9
TEST_P(ConformanceTest, ReadsNoOperationAsAnId) {
  for (const char* target : {"/Patient/$everything", "/Patient/1/$everything", "/$export"}) {
    const auto answer = get(target);
    EXPECT_EQ(answer.status, 404U) << target;
    EXPECT_THAT(answer.text, Not(HasSubstr("64 letters")));
  }
  EXPECT_EQ(ask("POST", "/Patient/$validate", R"({"resourceType":"Patient"})").status, 404U);
  const auto closed = std::make_shared<Api>(*record_, ApiOptions{});
  const auto open = std::exchange(api_, closed);
  EXPECT_EQ(get("/.well-known/smart-configuration").status, 404U);
  EXPECT_EQ(get("/Patient").status, 401U);
  api_ = open;
  EXPECT_THAT(get("/.well-known/smart-configuration").text, Not(HasSubstr("of that type")));
}

// FHIR finding D10
TEST_P(ConformanceTest, FollowsTheDetailsOfTheSpecification) {
  const std::string id = create("Patient", R"(,"name":[{"family":"x"}])");
  const std::string patient = "/Patient/" + id;
  EXPECT_EQ(get(patient + "?_format=application/fhir+json").status, 200U);
  EXPECT_EQ(get("/Patient?_format=application/fhir+json").status, 200U);
  EXPECT_EQ(ask("POST", "/Patient/_search?family=x").status, 200U);
  EXPECT_EQ(get(patient, {{"accept", "application/fhir+json; fhirVersion=5.0"}}).status, 406U);
  EXPECT_EQ(get(patient, {{"accept", "application/fhir+json; fhirVersion=4.0"}}).status, 200U);
  EXPECT_EQ(ask("POST", "/Patient", R"({"resourceType":"Patient"})",
                {{"content-type", "application/fhir+json; fhirVersion=5.0"}})
                .status,
            415U);
  const std::string modified = get(patient).field("last-modified");
  EXPECT_EQ(get(patient, {{"if-modified-since", modified}}).status, 304U);
  EXPECT_EQ(get(patient, {{"if-modified-since", "Wed, 21 Oct 2015 07:28:00 GMT"}}).status, 200U);
  EXPECT_EQ(get(patient, {{"if-modified-since", "yesterday"}}).status, 200U);
  EXPECT_EQ(get(patient, {{"if-modified-since", modified}, {"if-none-match", "W/\"9\""}}).status, 200U);
  EXPECT_EQ(ask("POST", "/Patient", "\x1F\x8B",
                {{"content-type", "application/fhir+json"}, {"content-encoding", "gzip"}})
                .status,
            415U);
  for (const char* type : {"batch", "transaction"}) {
    const auto done = ask("POST", "",
                          std::string{R"({"resourceType":"Bundle","type":")"} + type +
                              R"(","entry":[{"request":{"method":"HEAD","url":"Patient/)" + id + "\"}}]}");
    EXPECT_EQ(done.json["entry"][0]["response"]["status"], "200");
    EXPECT_FALSE(done.json["entry"][0].contains("resource")) << type;
  }
  const auto include = get("/Observation?_include=Observation:patient1");
  EXPECT_EQ(include.status, 400U);
  EXPECT_THAT(include.text, Not(HasSubstr("not shown")));
}

// FHIR findings, section 2: the identities of a bundle's entries
TEST_P(ConformanceTest, AnEntrysFullUrlIsAnAddressWithoutAVersion) {
  for (const char* full_url : {"Patient/1", "1", "http://x.example/Patient/1/_history/2"}) {
    const auto refused =
        transact(std::string{R"({"fullUrl":")"} + full_url +
                 R"(","resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}})");
    EXPECT_EQ(refused.status, 400U) << full_url;
    EXPECT_EQ(refused.json["issue"][0]["expression"][0], "Bundle.entry[0]");
  }
}

INSTANTIATE_TEST_SUITE_P(On, ConformanceTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
