// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/validate.h"
#include "tests/support/signed_in.h"

namespace reprise::server {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

class AuditEventsTest : public SignedInTest {
 protected:
  void SetUp() override {
    for (const std::string who : {"a", "b"}) {
      put_patient_with_clinician(who);
      put("Observation/o-" + who, observation(who));
    }
    patient_ = person_token(record::Role::patient, "a");
    clinician_ = person_token(record::Role::clinician, "dr-a");
    administrator_ = person_token(record::Role::administrator, "");
    EXPECT_EQ(ask(clinician_, "GET", "/Observation/o-a").status, 200U);
    EXPECT_EQ(ask(program_, "GET", "/Observation?subject=Patient/a,Patient/b").status, 200U);
    settle();
  }
  /// Waits until noted entries are in the log: a change flushes them.
  void settle() { put("Organization/settled", ""); }

  std::vector<fhir::Json> found(const std::string& token, const std::string& query) {
    const Answer answer = ask(token, "GET", "/AuditEvent" + query);
    EXPECT_EQ(answer.status, 200U) << query << answer.json.dump();
    std::vector<fhir::Json> events;
    for (const auto& entry : answer.json.value("entry", fhir::Json::array())) {
      if (entry["search"]["mode"] == "match") events.push_back(entry["resource"]);
    }
    return events;
  }
  static std::vector<std::string> texts(const std::vector<fhir::Json>& events) {
    std::vector<std::string> all;
    for (const auto& event : events) all.push_back(event.dump());
    return all;
  }

  std::string patient_;
  std::string clinician_;
  std::string administrator_;
};

TEST_P(AuditEventsTest, AreReadAndSearchedAsTheyWereLogged) {
  const auto all = found(administrator_, "?_count=1000");
  ASSERT_GT(all.size(), 10U);
  for (const auto& event : all) {
    EXPECT_TRUE(fhir::validate(event).empty()) << event.dump();
    const auto read = ask(administrator_, "GET", "/AuditEvent/" + event["id"].get<std::string>());
    EXPECT_EQ(read.status, 200U);
    EXPECT_EQ(read.json, event);
  }
  const auto by_clinician = found(administrator_, "?agent=Practitioner/dr-a&action=R");
  ASSERT_EQ(by_clinician.size(), 1U);
  EXPECT_EQ(by_clinician[0]["entity"][0]["what"]["reference"], "Observation/o-a/_history/1");
  EXPECT_EQ(by_clinician[0]["entity"][1]["what"]["reference"], "Patient/a");
  for (const char* id : {"0", "01", "-1", "1x", "999999", "99999999999999999999"})
    EXPECT_EQ(ask(administrator_, "GET", "/AuditEvent/" + std::string{id}).status, 404U) << id;
}

TEST_P(AuditEventsTest, ShowNoOneAnotherPatientsEntries) {
  const auto of_b = found(administrator_, "?patient=b");
  ASSERT_FALSE(of_b.empty());
  for (const std::string& token : {patient_, clinician_, token_of("", "patient/*.rs", "a")}) {
    const auto own = found(token, "?_count=1000");
    EXPECT_FALSE(own.empty());
    EXPECT_THAT(texts(own),
                Each(AllOf(HasSubstr("\"Patient/a\""), Not(HasSubstr("Patient/b")), Not(HasSubstr("o-b")))));
    for (const char* query :
         {"?patient=b", "?entity=Patient/b", "?entity=Observation/o-b", "?agent=Practitioner/dr-b"})
      EXPECT_TRUE(found(token, query).empty()) << query;
    for (const auto& event : of_b) {
      const auto read = ask(token, "GET", "/AuditEvent/" + event["id"].get<std::string>());
      const bool of_both = event.dump().find("\"Patient/a\"") != std::string::npos;
      EXPECT_EQ(read.status, of_both ? 200U : 404U);
      EXPECT_THAT(read.json.dump(), Not(HasSubstr("Patient/b")));
      EXPECT_EQ(found(token, "?_id=" + event["id"].get<std::string>()).size(), of_both ? 1U : 0U);
    }
  }
  EXPECT_EQ(ask(token_of("", "system/Patient.rs"), "GET", "/AuditEvent").status, 403U);
  EXPECT_EQ(ask("", "GET", "/AuditEvent").status, 401U);
}

TEST_P(AuditEventsTest, AreFoundByWhatTheStatementNames) {
  const auto is_found = [&](const std::string& query) { return !found(administrator_, query).empty(); };
  const auto all = found(administrator_, "?_count=1000");
  const std::string last = all.front()["id"];
  const std::string time = all.front()["recorded"];
  const std::string account = all.back()["agent"][0]["who"]["identifier"]["value"];
  for (const std::string& yes :
       std::vector<std::string>{"?action=U", "?action=http://hl7.org/fhir/audit-event-action|U", "?outcome=0",
                                "?entity=Observation/o-a", "?entity=o-a", "?patient=Patient/a",
                                "?patient:Patient=a", "?agent=dr-a", "?date=" + time, "?date=ge" + time,
                                "?date=le" + time, "?date=" + time.substr(0, 10), "?date=gt2000&date=lt2999",
                                "?_id=1," + last, "?action:not=R", "?agent:identifier=" + account})
    EXPECT_TRUE(is_found(yes)) << yes;
  for (const std::string& no : std::vector<std::string>{
           "?action=C", "?outcome=8", "?entity=Observation/unknown", "?patient=Practitioner/dr-a",
           "?date=lt2000", "?date=gt2999", "?agent=Patient/dr-a", "?agent:identifier=unknown",
           "?action=urn:other|C", "?_id=1&date=gt2999"})
    EXPECT_FALSE(is_found(no)) << no;
  const auto form = ask(administrator_, "POST", "/AuditEvent/_search", "patient=a&_count=1",
                        "application/x-www-form-urlencoded");
  EXPECT_EQ(entries(form), 1U);
}

TEST_P(AuditEventsTest, ComeInPagesThatNothingNewMoves) {
  const auto all = found(administrator_, "?patient=a&_count=1000");
  std::vector<std::string> paged;
  std::string query = "?patient=a&_count=2";
  for (int pages = 0; pages < 100; ++pages) {
    const Answer page = ask(administrator_, "GET", "/AuditEvent" + query);
    for (const auto& entry : page.json.value("entry", fhir::Json::array()))
      paged.push_back(entry["resource"].dump());
    put("Observation/new", observation("a"));
    const auto& links = page.json["link"];
    if (links.size() < 2) break;
    const std::string next = links[1]["url"];
    query = next.substr(next.find('?'));
  }
  EXPECT_EQ(paged, texts(all));
}

TEST_P(AuditEventsTest, LookAtSoManyForAPageAndGoOnWithTheNext) {
  std::vector<record::AuditEntry> many(10'100);
  for (auto& entry : many) {
    entry.time_us = 1'700'000'000'000'000;
    entry.agent = record::AuditAgent::server;
  }
  many.front().act = record::AuditAct::erase;
  const auto connection = database_.open();
  ASSERT_TRUE(connection->begin_writing());
  ASSERT_TRUE(record::append_entries(*connection, many));
  ASSERT_TRUE(connection->commit());
  const Answer page = ask(administrator_, "GET", "/AuditEvent?action=D");
  EXPECT_EQ(entries(page), 0U);
  ASSERT_EQ(page.json["link"].size(), 2U);
  const std::string next = page.json["link"][1]["url"];
  EXPECT_EQ(found(administrator_, next.substr(next.find('?'))).size(), 1U);
  EXPECT_TRUE(found(administrator_, "?action=D&date=gt2025").empty()) << "that bound is found by an index";
}

TEST_P(AuditEventsTest, AreFoundByActAndPurpose) {
  const auto count = [&](const std::string& query) {
    return found(administrator_, query + "&_count=1000").size();
  };
  const std::size_t all = count("?type=rest,110101,110114,110113");
  EXPECT_GT(count("?subtype=update"), 4U);
  EXPECT_EQ(count("?subtype=update"),
            count("?subtype=" + search_token("http://hl7.org/fhir/restful-interaction", "update")));
  EXPECT_LT(count("?subtype=read"), all);
  EXPECT_EQ(count("?type=110106"), 0U);
  EXPECT_EQ(count("?purpose=BTG"), 0U);
  EXPECT_EQ(count("?purpose=TREAT&purpose=BTG"), 0U) << "each must hold";
  const std::size_t treated = count("?purpose=TREAT");
  ASSERT_GT(treated, 3U);
  // Follows the links from page to page; they keep the query.
  Answer page = ask(administrator_, "GET", "/AuditEvent?purpose=TREAT&_count=2");
  EXPECT_EQ(entries(page), 2U);
  std::string next = page.json["link"][1]["url"];
  EXPECT_THAT(next, HasSubstr("purpose=TREAT"));
  page = ask(administrator_, "GET", next.substr(next.find("/AuditEvent")));
  EXPECT_EQ(page.status, 200U);
  EXPECT_GT(entries(page), 0U);
}

TEST_P(AuditEventsTest, NothingIsPassedOverInSilence) {
  for (const char* query :
       {"?site=x", "?purpose=x", "?_sort=-date", "?_summary=true", "?_total=accurate", "?_count=0",
        "?patient.active=true", "?patient:missing=true", "?entity:identifier=x", "?nonsense=1", "?_cursor=x",
        "?_cursor=0", "?date=soon", "?action", "?_include=AuditEvent:patient", "?_lastUpdated=gt2000",
        "?address=127.0.0.1", "?x=%zz"})
    EXPECT_EQ(ask(administrator_, "GET", "/AuditEvent" + std::string{query}).status, 400U) << query;
  for (const char* target :
       {"/Patient?_revinclude=AuditEvent:patient", "/Provenance?target:AuditEvent.action=R"})
    EXPECT_EQ(ask(program_, "GET", target).status, 400U) << target;
  const Answer lenient = ask(administrator_, "GET", "/AuditEvent?site=x&_count=1", "",
                             "application/fhir+json", "handling=lenient");
  EXPECT_EQ(lenient.status, 200U);
  ASSERT_EQ(entries(lenient), 2U);
  EXPECT_THAT(lenient.json["entry"][1]["resource"]["issue"][0]["diagnostics"].get<std::string>(),
              HasSubstr("site"));
  EXPECT_THAT(lenient.json["link"][0]["url"].get<std::string>(), Not(HasSubstr("site=")));
}

TEST_P(AuditEventsTest, AreWrittenByTheServerAlone) {
  const std::string event =
      R"({"resourceType":"AuditEvent","id":"x","type":{"code":"rest"},"recorded":"2026-01-01T00:00:00Z",)"
      R"("agent":[{"requestor":true}],"source":{"observer":{"display":"x"}}})";
  EXPECT_EQ(ask(program_, "PUT", "/AuditEvent/x", event).status, 405U);
  EXPECT_EQ(ask(program_, "POST", "/AuditEvent", event).status, 405U);
  EXPECT_EQ(ask(program_, "DELETE", "/AuditEvent/1").status, 405U);
  EXPECT_EQ(ask(program_, "GET", "/AuditEvent/1/_history").status, 405U);
  EXPECT_EQ(ask(program_, "GET", "/AuditEvent/1/_history/1").status, 405U);
  EXPECT_EQ(ask(program_, "GET", "/AuditEvent/_history").status, 405U);
  const Answer batch = ask(
      program_, "POST", "",
      R"({"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"AuditEvent/1"}},)"
      R"({"request":{"method":"POST","url":"AuditEvent"},"resource":)" +
          event + "}]}");
  EXPECT_EQ(batch.json["entry"][0]["response"]["status"], "200");
  EXPECT_EQ(batch.json["entry"][1]["response"]["status"], "405");
  const Answer statement = ask("", "GET", "/metadata");
  const auto& resources = statement.json["rest"][0]["resource"];
  const auto log = std::find_if(resources.begin(), resources.end(),
                                [](const auto& one) { return one["type"] == "AuditEvent"; });
  ASSERT_NE(log, resources.end());
  EXPECT_EQ((*log)["interaction"].size(), 2U);
  EXPECT_EQ((*log)["searchParam"].size(), 10U);
}

TEST_P(AuditEventsTest, RecordReadsOfTheLog) {
  static_cast<void>(found(clinician_, "?patient=a"));
  settle();
  const auto newest = found(administrator_, "?patient=a&_count=1");
  ASSERT_EQ(newest.size(), 1U);
  EXPECT_EQ(newest[0]["type"]["code"], "110101");
  EXPECT_EQ(newest[0]["agent"][0]["who"]["reference"], "Practitioner/dr-a");
}

INSTANTIATE_TEST_SUITE_P(On, AuditEventsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
