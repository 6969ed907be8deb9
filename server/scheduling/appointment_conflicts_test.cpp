// SPDX-License-Identifier: Apache-2.0
#include "server/scheduling/appointment_conflicts.h"

#include <thread>

#include "server/scheduling/patient_booking.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::SizeIs;

constexpr std::int64_t kHourOfVisits = 3'600'000;

ApiOptions with_calendar(record::Record& record) {
  ApiOptions options;
  options.after_changes = [&record](const record::WriteTransaction& session,
                                    std::span<const record::ChangeResult> changes) {
    return enforce_calendar(record, session, changes);
  };
  return options;
}

class AppointmentConflictsTest : public AppTest {
 protected:
  AppointmentConflictsTest() {
    api_ = std::make_shared<Api>(*record_, with_calendar(*record_));
    auto open = with_calendar(*record_);
    open.sign_in = false;
    open_api_ = std::make_shared<Api>(*record_, std::move(open));
    fill();
    patient_ = person("pat", Role::patient, "a");
    clinician_ = person("doc", Role::clinician, "dr-a");
    put("Schedule", "times", {{"actor", {{{"reference", "Practitioner/dr-a"}}}}});
    // Four half hours, two days from now.
    for (int i = 0; i < 4; ++i) put("Slot", "s" + std::to_string(i), slot(48.0 + 0.5 * i));
  }

  /// Hours from the beginning of this hour.
  [[nodiscard]] std::string at(double hours) const {
    return record::instant_text(begin_ +
                                static_cast<std::int64_t>(hours * static_cast<double>(kHourOfVisits)));
  }
  [[nodiscard]] Json slot(double from) const {
    return {{"schedule", {{"reference", "Schedule/times"}}},
            {"status", "free"},
            {"start", at(from)},
            {"end", at(from + 0.5)}};
  }
  [[nodiscard]] Json visit(double from, double to, const std::string& practitioner = "dr-a",
                           const std::string& patient = "a") const {
    return {{"resourceType", "Appointment"},
            {"status", "booked"},
            {"start", at(from)},
            {"end", at(to)},
            {"participant",
             {{{"actor", {{"reference", "Patient/" + patient}}}, {"status", "accepted"}},
              {{"actor", {{"reference", "Practitioner/" + practitioner}}}, {"status", "accepted"}}}}};
  }
  [[nodiscard]] Json in_slots(Json appointment, const std::vector<std::string>& slots) const {
    for (const auto& id : slots) appointment["slot"].push_back({{"reference", "Slot/" + id}});
    return appointment;
  }
  Answer create(Browser& browser, const Json& resource) {
    return ask(browser, "POST", "/fhir/" + resource["resourceType"].get<std::string>(), resource,
               "application/fhir+json");
  }
  Answer update(Browser& browser, const Json& resource) {
    return ask(browser, "PUT", "/fhir/Appointment/" + resource["id"].get<std::string>(), resource,
               "application/fhir+json");
  }
  /// The Slots' states in their order: "ffbb".
  std::string slots() {
    std::string states;
    const auto found = ask(clinician_, "GET", "/fhir/Slot?_sort=start").json;
    for (const Json& entry : found.value("entry", Json::array()))
      states += entry["resource"]["status"].get<std::string>().front();
    return states;
  }

  std::int64_t begin_ = record::milliseconds_now() / kHourOfVisits * kHourOfVisits;
  Browser patient_;
  Browser clinician_;
};

TEST_P(AppointmentConflictsTest, OneTimeIsTakenOnceAndFreeAgainWhenItIsCancelled) {
  const auto first = create(clinician_, visit(48, 49));
  ASSERT_EQ(first.status, 201U) << first.json.dump();
  EXPECT_EQ(slots(), "bbff");
  EXPECT_EQ(create(clinician_, visit(48.5, 49.5)).status, 409U);
  EXPECT_EQ(create(clinician_, visit(47, 52)).status, 409U);
  EXPECT_EQ(create(clinician_, visit(49, 49.5)).status, 201U);  // it begins when the other ends
  EXPECT_EQ(slots(), "bbbf");
  Json cancelled = first.json;
  cancelled["status"] = "cancelled";
  ASSERT_EQ(update(clinician_, cancelled).status, 200U);
  EXPECT_EQ(slots(), "ffbf");
  EXPECT_EQ(create(clinician_, visit(48.5, 49)).status, 201U);
  EXPECT_EQ(slots(), "fbbf");
  // Taken up again, it is in the way.
  EXPECT_EQ(update(clinician_, first.json).status, 409U);
}

TEST_P(AppointmentConflictsTest, MovingAndDeletingFreesTheTakenSlots) {
  Json moved = create(clinician_, visit(48, 49)).json;
  moved["start"] = at(48.5);
  moved["end"] = at(49.5);
  ASSERT_EQ(update(clinician_, moved).status, 200U);
  EXPECT_EQ(slots(), "fbbf");
  const std::string address = "/fhir/Appointment/" + moved["id"].get<std::string>();
  EXPECT_EQ(ask(clinician_, "DELETE", address, nullptr).status, 204U);
  EXPECT_EQ(slots(), "ffff");
}

TEST_P(AppointmentConflictsTest, WhatHasNoTimeOrTakesNoneIsNotInTheWay) {
  Json timeless = visit(48, 49);
  timeless.erase("start");
  EXPECT_EQ(create(clinician_, timeless).status, 422U);
  timeless["status"] = "proposed";
  EXPECT_EQ(create(clinician_, timeless).status, 201U);
  EXPECT_EQ(create(clinician_, visit(48, 73)).status, 422U);
  Json missed = visit(48, 49);
  missed["status"] = "noshow";
  EXPECT_EQ(create(clinician_, missed).status, 201U);
  EXPECT_EQ(slots(), "ffff");
  EXPECT_EQ(create(clinician_, visit(48, 49)).status, 201U);
}

TEST_P(AppointmentConflictsTest, ASlotCreatedOverAnAppointmentIsBusy) {
  ASSERT_EQ(create(clinician_, visit(72, 73)).status, 201U);
  Json late = slot(72.5);
  late["resourceType"] = "Slot";
  const auto made = create(clinician_, late);
  ASSERT_EQ(made.status, 201U);
  EXPECT_EQ(slots(), "ffffb");
  // Time off stays so, whatever becomes of the appointment.
  Json off = made.json;
  off["status"] = "busy-unavailable";
  const std::string id = off["id"];
  ASSERT_EQ(ask(clinician_, "PUT", "/fhir/Slot/" + id, off, "application/fhir+json").status, 200U);
  const auto appointments = ask(clinician_, "GET", "/fhir/Appointment").json;
  Json cancelled = appointments["entry"][0]["resource"];
  cancelled["status"] = "cancelled";
  ASSERT_EQ(update(clinician_, cancelled).status, 200U);
  EXPECT_EQ(ask(clinician_, "GET", "/fhir/Slot/" + id).json["status"], "busy-unavailable");
}

TEST_P(AppointmentConflictsTest, APatientBooksFreeSlotsOfTheOwnCareTeamOnly) {
  const auto refused = [&](const Json& appointment) { return create(patient_, appointment).status; };
  EXPECT_EQ(refused(visit(48, 49)), 409U);                                  // no slot
  EXPECT_EQ(refused(in_slots(visit(48, 49), {"s0"})), 409U);                // too short
  EXPECT_EQ(refused(in_slots(visit(48, 49.5), {"s0", "s2"})), 409U);        // with a gap
  EXPECT_EQ(refused(in_slots(visit(47.5, 48.5), {"s0"})), 409U);            // another time
  EXPECT_EQ(refused(in_slots(visit(48, 49, "dr-b"), {"s0", "s1"})), 422U);  // not of the care team
  EXPECT_EQ(refused(in_slots(visit(48, 49, "dr-a", "b"), {"s0", "s1"})), 403U);
  Json arrived = in_slots(visit(48, 49), {"s0", "s1"});
  arrived["status"] = "arrived";
  EXPECT_EQ(refused(arrived), 422U);
  Json twenty = in_slots(visit(48, 49), {"s0", "s1"});
  twenty["minutesDuration"] = 20;
  EXPECT_EQ(refused(twenty), 422U);
  EXPECT_EQ(slots(), "ffff");
  const auto booked = create(patient_, in_slots(visit(48, 49), {"s0", "s1"}));
  ASSERT_EQ(booked.status, 201U) << booked.json.dump();
  EXPECT_EQ(slots(), "bbff");
  EXPECT_EQ(refused(in_slots(visit(48.5, 49.5), {"s1", "s2"})), 409U);
  Json mine = slot(49.5);
  mine.update({{"resourceType", "Slot"}, {"id", "s3"}, {"status", "busy"}});
  EXPECT_EQ(ask(patient_, "PUT", "/fhir/Slot/s3", mine, "application/fhir+json").status, 403U);
}

TEST_P(AppointmentConflictsTest, APatientMovesAndCancelsInTimeAndChangesNothingElse) {
  Json booked = create(patient_, in_slots(visit(48, 49), {"s0", "s1"})).json;
  Json moved = booked;
  moved["start"] = at(48.5);
  moved["end"] = at(49.5);
  moved["slot"] = {{{"reference", "Slot/s1"}}, {{"reference", "Slot/s2"}}};
  ASSERT_EQ(update(patient_, moved).status, 200U);
  EXPECT_EQ(slots(), "fbbf");
  Json other = moved;
  other["description"] = "mine";
  EXPECT_EQ(update(patient_, other).status, 422U);
  moved["status"] = "cancelled";
  ASSERT_EQ(update(patient_, moved).status, 200U);
  EXPECT_EQ(slots(), "ffff");
  moved["status"] = "booked";
  EXPECT_EQ(update(patient_, moved).status, 422U);
  // Tomorrow's is too late, unless the Schedule says otherwise.
  Json soon = create(clinician_, visit(20, 21)).json;
  soon["status"] = "cancelled";
  EXPECT_EQ(update(patient_, soon).status, 422U);
  const Json schedule = {{"resourceType", "Schedule"},
                         {"id", "times"},
                         {"extension", {{{"url", "urn:reprise:change-hours"}, {"valueUnsignedInt", 12}}}},
                         {"actor", {{{"reference", "Practitioner/dr-a"}}}}};
  ASSERT_EQ(ask(clinician_, "PUT", "/fhir/Schedule/times", schedule, "application/fhir+json").status, 200U);
  EXPECT_EQ(update(patient_, soon).status, 200U);
}

TEST_P(AppointmentConflictsTest, AnInvitationIsBookedAsOffered) {
  Json invitation = visit(48, 49);
  invitation["status"] = "proposed";
  invitation["minutesDuration"] = 30;
  for (const char* name : {"start", "end"}) invitation.erase(name);
  EXPECT_EQ(create(patient_, invitation).status, 422U);  // a patient cannot invite
  invitation = create(clinician_, invitation).json;
  Json booked = in_slots(invitation, {"s2"});
  booked["status"] = "booked";
  booked["start"] = at(49);
  booked["end"] = at(49.5);
  Json longer = in_slots(booked, {"s3"});
  longer["end"] = at(50);
  EXPECT_EQ(update(patient_, longer).status, 422U);
  ASSERT_EQ(update(patient_, booked).status, 200U);
  EXPECT_EQ(slots(), "ffbf");
}

TEST_P(AppointmentConflictsTest, APatientTakesNotTheWholeDay) {
  for (std::size_t i = 0; i < kMostAhead; ++i)
    ASSERT_EQ(create(patient_,
                     in_slots(visit(48.0 + 0.5 * static_cast<double>(i), 48.5 + 0.5 * static_cast<double>(i)),
                              {"s" + std::to_string(i)}))
                  .status,
              201U);
  EXPECT_EQ(create(patient_, in_slots(visit(49.5, 50), {"s3"})).status, 422U);
}

// Two processes on one database; each checks before the other has written.
TEST_P(AppointmentConflictsTest, OfTwoAtOnceOneWins) {
  const auto other = open_record(record_options(database_));
  auto options = with_calendar(*other);
  options.sign_in = false;
  const auto other_api = std::make_shared<Api>(*other, std::move(options));
  const auto book = [](Api& api, const Json& appointment) {
    std::promise<unsigned> answered;
    api.handle({"POST",
                "/fhir/Appointment",
                {{"content-type", "application/fhir+json"}},
                appointment.dump(),
                {},
                true},
               [&](const http::Response& response) { answered.set_value(response.status); });
    return answered.get_future().get();
  };
  for (int round = 0; round < 4; ++round) {
    const Json appointment = visit(100 + round, 101 + round);
    unsigned theirs = 0;
    std::thread elsewhere{[&] { theirs = book(*other_api, appointment); }};
    const unsigned ours = book(*open_api_, appointment);
    elsewhere.join();
    EXPECT_EQ(std::min(ours, theirs), 201U) << ours << " " << theirs;
    EXPECT_EQ(std::max(ours, theirs), 409U) << ours << " " << theirs;
  }
  EXPECT_THAT(ask(clinician_, "GET", "/fhir/Appointment?status=booked").json["entry"], SizeIs(4));
}

INSTANTIATE_TEST_SUITE_P(On, AppointmentConflictsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
