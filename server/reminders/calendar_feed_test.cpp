// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/calendar_feed.h"

#include <map>

#include "base/time.h"
#include "record/accounts/account.h"
#include "record/accounts/calendar_feed.h"
#include "server/reminders/calendar_text.h"
#include "server/reminders/routes.h"
#include "server/reminders/time_zone.h"
#include "tests/support/app_browser.h"
#include "tests/support/reminded_patient.h"

namespace reprise::server {
namespace {

using std::chrono::hours;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Event = std::map<std::string, std::string>;

std::string unescaped(const std::string& text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && ++i < text.size()) {
      made += text[i] == 'n' ? '\n' : text[i];
    } else {
      EXPECT_TRUE(text[i] != ',' && text[i] != ';') << "not escaped: " << text;
      made += text[i];
    }
  }
  return made;
}

/// Unfolds content lines as RFC 5545 says, strictly.
std::vector<std::string> lines_of(const std::string& calendar) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < calendar.size();) {
    const std::size_t end = calendar.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "the last line has no end";
    if (end == std::string::npos) break;
    const std::string line = calendar.substr(at, end - at);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
    if (!line.empty() && line.front() == ' ' && !lines.empty()) {
      EXPECT_NE(static_cast<unsigned char>(line[1]) & 0xC0U, 0x80U) << "folded within a character";
      lines.back() += line.substr(1);
    } else {
      lines.push_back(line);
    }
    at = end + 2;
  }
  return lines;
}

/// Reads a calendar, strictly: one VCALENDAR of VEVENTs, each with what it must have, once.
std::vector<Event> events_in(const std::string& calendar) {
  const auto lines = lines_of(calendar);
  EXPECT_GE(lines.size(), 3U);
  EXPECT_EQ(lines.front(), "BEGIN:VCALENDAR");
  EXPECT_EQ(lines.back(), "END:VCALENDAR");
  EXPECT_THAT(lines, ::testing::Contains("VERSION:2.0"));
  EXPECT_THAT(lines, ::testing::Contains(::testing::StartsWith("PRODID:")));
  std::vector<Event> events;
  bool inside = false;
  for (const std::string& line : lines) {
    const std::string name = line.substr(0, line.find_first_of(":;"));
    const std::string value = line.substr(line.find(':') + 1);
    EXPECT_NE(value, "VALARM");
    if (line == "BEGIN:VEVENT") {
      EXPECT_FALSE(inside);
      inside = true;
      events.emplace_back();
    } else if (line == "END:VEVENT") {
      EXPECT_TRUE(inside);
      inside = false;
      for (const char* must : {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"})
        EXPECT_EQ(events.back().count(must), 1U) << must;
    } else if (inside) {
      const bool is_new = events.back().try_emplace(name, name == "URL" ? value : unescaped(value)).second;
      EXPECT_TRUE(is_new) << name << " twice";
    }
  }
  return events;
}

TEST(CalendarText, IsReadBackAsItWasWritten) {
  const std::string title =
      "Übungen; mit Komma, \\ und\neiner neuen Zeile: äöüß äöüß äöüß äöüß äöüß äöüß äöüß €€€€€€";
  const std::int64_t start = start_of(*parse_day("2026-03-14")) + in_ms(hours{8});
  const std::vector<CalendarEvent> written = {{"one", start, start + in_ms(hours{1}), start - 1000, title,
                                               "https://clinic.example/today?a=b,c", false},
                                              {"two", start, start + 1000, 0, "x", {}, true}};
  const auto read = events_in(calendar_text("Praxis, Süd", written));
  ASSERT_THAT(read, SizeIs(2));
  EXPECT_EQ(read[0].at("SUMMARY"), title);
  EXPECT_EQ(read[0].at("DTSTART"), "20260314T080000Z");
  EXPECT_EQ(read[0].at("DTEND"), "20260314T090000Z");
  EXPECT_EQ(read[0].at("DTSTAMP"), "20260314T075959Z");
  EXPECT_EQ(read[0].at("URL"), "https://clinic.example/today?a=b,c");
  EXPECT_EQ(read[0].at("TRANSP"), "TRANSPARENT");
  EXPECT_EQ(read[1].count("URL"), 0U);
  EXPECT_EQ(read[1].at("TRANSP"), "OPAQUE");
}

TEST(CalendarText, ControlCharactersCannotAddLines) {
  const std::vector<CalendarEvent> written = {{"one", 0, 1000, 0, "a\r\nEND:VEVENT\x01", {}, true}};
  const auto read = events_in(calendar_text("n\r\nBEGIN:VALARM", written));
  ASSERT_THAT(read, SizeIs(1));
  EXPECT_EQ(read[0].at("SUMMARY"), "a\nEND:VEVENT");
}

class CalendarFeedTest : public AppTest {
 protected:
  CalendarFeedTest() {
    fill();
    serve_also(reminder_routes(), quick_options());
    patient_ = person("pat", Role::patient, "a");
    feed_ = std::make_unique<CalendarFeed>(*record_,
                                           NotificationOptions{"Reprise", "https://clinic.example/", true});
  }

  http::Response get(const std::string& target, const std::string& known = {},
                     const std::string& address = "192.0.2.1") {
    http::Request request{"GET", target, {}, {}, address, true};
    if (!known.empty()) request.fields.push_back({"if-none-match", known});
    std::promise<http::Response> answered;
    feed_->handle(std::move(request),
                  [&](http::Response response) { answered.set_value(std::move(response)); });
    return answered.get_future().get();
  }
  /// Makes the address; its path.
  std::string subscribe() {
    const auto made = ask(patient_, "POST", "/auth/reminders/calendar", Json::object());
    EXPECT_EQ(made.status, 201U) << made.json.dump();
    const std::string address = made.json.value("address", "");
    EXPECT_THAT(address, ::testing::StartsWith("https://clinic.example/calendar-feed/"));
    return address.substr(std::string{"https://clinic.example"}.size());
  }
  void appointment(const std::string& id, const std::string& patient, const char* status = "booked") {
    const std::int64_t start = record::milliseconds_now() + in_ms(hours{30});
    put("Appointment", id,
        {{"status", status},
         {"comment", "the secret knee"},
         {"start", record::instant_text(start)},
         {"end", record::instant_text(start + in_ms(hours{1}))},
         {"participant", {{{"actor", {{"reference", "Patient/" + patient}}}, {"status", "accepted"}}}}});
  }
  void exercises() {
    put("ServiceRequest", "squat", test::squat_request(3));
    put("CarePlan", "plan", test::squat_plan());
    Json choice = test::six_in_berlin();
    choice["provision"]["type"] = "deny";  // no mails
    put("Consent", "choice", choice);
  }

  Browser patient_;
  std::unique_ptr<CalendarFeed> feed_;
};

TEST_P(CalendarFeedTest, HasTheOwnAppointmentsWithoutTheirContent) {
  appointment("mine", "a");
  appointment("cancelled", "a", "cancelled");
  appointment("other", "b");
  const auto answer = get(subscribe());
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(*http::find_field(answer.fields, "content-type"), "text/calendar;charset=utf-8");
  EXPECT_EQ(*http::find_field(answer.fields, "cache-control"), "private, no-cache");
  const auto events = events_in(answer.body);
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].at("SUMMARY"), "Appointment at the clinic");
  EXPECT_THAT(answer.body, Not(HasSubstr("knee")));
}

TEST_P(CalendarFeedTest, HasTheDaysOfExerciseAtTheChosenTime) {
  exercises();
  const std::int64_t now = record::milliseconds_now();
  const auto events = events_in(get(subscribe()).body);
  ASSERT_GE(events.size(), 11U);
  const auto zone = load_time_zone("Europe/Berlin").value();
  const auto first = zone.moment_of(zone.day_at(now), hours{18});
  std::string start = date_time_text(first).substr(0, 19) + "Z";
  start.erase(std::remove_if(start.begin(), start.end(), [](char c) { return c == '-' || c == ':'; }),
              start.end());
  EXPECT_EQ(events[0].at("DTSTART"), start);
  EXPECT_EQ(events[0].at("SUMMARY"), "Exercises");
  EXPECT_EQ(events[0].at("URL"), "https://clinic.example/today");
  put("Flag", "stop", test::hold_of_all());
  EXPECT_THAT(events_in(get(subscribe()).body), IsEmpty());
}

TEST_P(CalendarFeedTest, AnUnchangedCalendarIsNotSentAgain) {
  appointment("mine", "a");
  const std::string path = subscribe();
  const auto answer = get(path);
  const std::string tag = *http::find_field(answer.fields, "etag");
  const auto same = get(path, tag);
  EXPECT_EQ(same.status, 304U);
  EXPECT_THAT(same.body, IsEmpty());
  appointment("second", "a");
  EXPECT_EQ(get(path, tag).status, 200U);
}

TEST_P(CalendarFeedTest, TheAddressEndsWhenRenewedOrEndedOrTheAccountIsDisabled) {
  const std::string first = subscribe();
  EXPECT_EQ(get(first).status, 200U);
  const std::string second = subscribe();
  EXPECT_NE(first, second);
  EXPECT_EQ(get(first).status, 404U);
  EXPECT_TRUE(ask(patient_, "GET", "/auth/reminders").json.contains("calendarSince"));
  EXPECT_EQ(ask(patient_, "DELETE", "/auth/reminders/calendar").status, 204U);
  EXPECT_EQ(get(second).status, 404U);
  EXPECT_FALSE(ask(patient_, "GET", "/auth/reminders").json.contains("calendarSince"));
  const std::string third = subscribe();
  (void)in_database([](record::Connection& connection) -> Result<int> {
    EXPECT_TRUE(connection.execute("UPDATE account SET disabled = 1 WHERE name = 'pat'", {}));
    return 0;
  });
  EXPECT_EQ(get(third).status, 404U);
}

TEST_P(CalendarFeedTest, WrongAddressesAreNotFoundAndThenWait) {
  const std::string path = subscribe();
  const std::string wrong = "/calendar-feed/" + std::string(43, 'A') + ".ics";
  EXPECT_EQ(get("/calendar-feed/short.ics").status, 404U);
  EXPECT_EQ(get(path.substr(0, path.size() - 4)).status, 404U) << "without its end";
  unsigned last = 0;
  for (int i = 0; i < 30 && last != 429U; ++i) last = get(wrong).status;
  EXPECT_EQ(last, 429U);
  EXPECT_EQ(get(wrong, {}, "198.51.100.7").status, 404U) << "others need not wait";
  EXPECT_EQ(get(path).status, 200U) << "the right one never waits";
}

TEST_P(CalendarFeedTest, ThePageLearnsWhereMailsGoTo) {
  EXPECT_EQ(ask(patient_, "GET", "/auth/reminders").json, (Json{{"mail", ""}, {"sendsMail", true}}));
  (void)in_database([](record::Connection& connection) -> Result<int> {
    EXPECT_TRUE(connection.execute("UPDATE account SET mail = 'pat@example.org' WHERE name = 'pat'", {}));
    return 0;
  });
  EXPECT_EQ(ask(patient_, "GET", "/auth/reminders").json["mail"], "pat@example.org");
}

TEST_P(CalendarFeedTest, OnlyPatientsHaveOneAndItsSecretIsNotStored) {
  Browser clinician = person("doc", Role::clinician, "dr-a");
  EXPECT_EQ(ask(clinician, "POST", "/auth/reminders/calendar", Json::object()).status, 403U);
  EXPECT_EQ(ask(clinician, "GET", "/auth/reminders").status, 403U);
  const std::string path = subscribe();
  const std::string secret = path.substr(15, 43);
  const auto connection = database_.open();
  std::string stored;
  EXPECT_TRUE(connection->query("SELECT hash FROM calendar_feed", {}, [&](record::Row row) {
    return stored = std::get<std::string_view>(row[0]), true;
  }));
  EXPECT_EQ(stored, record::hash_of_secret(secret));
  EXPECT_NE(stored, secret);
}

INSTANTIATE_TEST_SUITE_P(On, CalendarFeedTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
