// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/measurement_observations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <tuple>
#include <vector>

#include "base/base64.h"
#include "fhir/validation/validate.h"
#include "session/measurements/daily_walking.h"
#include "session/measurements/measurement_json.h"

namespace reprise::care {
namespace {

using session::MeasuredValue;
using session::SignalMeasure;

session::MeasurementDocument measured_walk() {
  session::MeasurementDocument d;
  d.engine_version = "0.1.0";
  d.method = "inertial sensors on both feet";
  d.sensors = {{"left_foot", "acc, gyr", Hertz{204.8}, Seconds{38}}};
  d.values = {{SignalMeasure::stride_length, engine::Side::left, "", 1.38123, 0.021, 0.03, 26, true},
              {SignalMeasure::heart_rate, std::nullopt, "", 1.2, std::nullopt, std::nullopt, 0}};
  return d;
}

const MeasurementContext kWalk{"00000000-0000-4000-8000-00000000000a", "p1", "2026-03-14T10:00:00+01:00",
                               "2026-03-14T10:01:00+01:00", "r1"};

const fhir::Json& resource(const fhir::Json& bundle, std::size_t i) {
  return bundle["entry"][i]["resource"];
}

TEST(MeasurementBundle, HasAnObservationOfEachValueInItsUnit) {
  const auto bundle = measurement_bundle(measured_walk(), kWalk);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  ASSERT_EQ((*bundle)["entry"].size(), 3U) << "two values, one sensor";
  const fhir::Json& length = resource(*bundle, 0);
  EXPECT_EQ(length["valueQuantity"]["value"], 1.3812);
  EXPECT_EQ(length["valueQuantity"]["code"], "m");
  EXPECT_EQ(length["code"]["coding"][0]["code"], "stride_length");
  EXPECT_EQ(length["bodySite"]["coding"][0]["code"], fhir::Json("7771000"));
  EXPECT_EQ(length["component"][0]["valueQuantity"]["value"], 0.021);
  EXPECT_EQ(length["component"][2]["valueInteger"], 26);
  EXPECT_EQ(length["method"]["text"], "inertial sensors on both feet");
  EXPECT_FALSE(length["method"].contains("coding")) << "it has no code";
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
}

TEST(MeasurementBundle, SaysByWhichMethodInACodeThatIsKnown) {
  session::MeasurementDocument walk = measured_walk();
  walk.method_code = "gait_camera_side";
  auto bundle = measurement_bundle(walk, kWalk);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  const fhir::Json& method = resource(*bundle, 0)["method"];
  EXPECT_EQ(method["coding"][0]["system"], "urn:reprise:method");
  EXPECT_EQ(method["coding"][0]["code"], "gait_camera_side");
  EXPECT_EQ(method["text"], "inertial sensors on both feet");
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
  walk.method_code = "by eye";
  bundle = measurement_bundle(walk, kWalk);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_FALSE(resource(*bundle, 0)["method"].contains("coding"));
}

TEST(MeasurementBundle, HasWhatAValueIsHeldAgainst) {
  session::MeasurementDocument walk = measured_walk();
  walk.values[0].reference = session::Reference{1.2, std::nullopt, "women of 70 to 74 years", "FT1"};
  const auto bundle = measurement_bundle(walk, kWalk);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  const fhir::Json& range = resource(*bundle, 0)["referenceRange"][0];
  EXPECT_EQ(range["low"]["value"], 1.2);
  EXPECT_EQ(range["low"]["code"], "m");
  EXPECT_FALSE(range.contains("high"));
  EXPECT_EQ(range["appliesTo"][0]["text"], "women of 70 to 74 years");
  EXPECT_EQ(range["text"], "Source: FT1");
  EXPECT_FALSE(resource(*bundle, 1).contains("referenceRange"));
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
}

TEST(MeasurementBundle, CallsTheHeartRateAVitalSign) {
  const auto bundle = measurement_bundle(measured_walk(), kWalk);
  ASSERT_TRUE(bundle);
  const fhir::Json& rate = resource(*bundle, 1);
  EXPECT_EQ(rate["category"][0]["coding"][0]["code"], "vital-signs");
  EXPECT_EQ(rate["code"]["coding"][1]["code"], "8867-4");
  EXPECT_EQ(rate["valueQuantity"]["code"], "/min");
  EXPECT_EQ(rate["valueQuantity"]["value"], 72);
}

TEST(MeasurementBundle, CallsOxygenSaturationAVitalSignToo) {
  session::MeasurementDocument session = measured_walk();
  session.kind = session::MeasurementKind::endurance;
  session.values = {
      {session::SignalMeasure::oxygen_saturation, std::nullopt, "during", 0.93, std::nullopt, std::nullopt}};
  const auto bundle = measurement_bundle(session, kWalk);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
  const fhir::Json& oxygen = resource(*bundle, 0);
  EXPECT_EQ(oxygen["category"][0]["coding"][0]["code"], "vital-signs");
  EXPECT_EQ(oxygen["category"][1]["coding"][0]["code"], "endurance");
  EXPECT_EQ(oxygen["code"]["coding"][1]["code"], "2708-6");
  EXPECT_EQ(oxygen["valueQuantity"]["code"], "%");
  EXPECT_EQ(oxygen["valueQuantity"]["value"], 93);
  EXPECT_EQ(oxygen["component"][0]["valueString"], "during");
}

session::MeasurementDocument session_with_pressure() {
  session::MeasurementDocument d = measured_walk();
  d.kind = session::MeasurementKind::endurance;
  d.sensors.clear();
  d.values = {{SignalMeasure::systolic_pressure, std::nullopt, "before", 128, {}, {}, 0, false, true},
              {SignalMeasure::diastolic_pressure, std::nullopt, "before", 82, {}, {}, 0, false, true},
              {SignalMeasure::systolic_pressure, std::nullopt, "after", 140, {}, {}, 0, false, true}};
  return d;
}

TEST(MeasurementBundle, HasBothPressuresInOneObservation) {
  const auto bundle = measurement_bundle(session_with_pressure(), kWalk);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
  ASSERT_EQ((*bundle)["entry"].size(), 2U);
  const fhir::Json& before = resource(*bundle, 0);
  EXPECT_EQ(before["category"][0]["coding"][0]["code"], "vital-signs");
  EXPECT_EQ(before["code"]["coding"][1]["code"], "85354-9");
  EXPECT_EQ(before["identifier"][0]["value"], kWalk.id + ".blood_pressure.before");
  EXPECT_FALSE(before.contains("valueQuantity"));
  EXPECT_FALSE(before.contains("device")) << "it was typed in";
  const fhir::Json& systolic = before["component"][0];
  EXPECT_EQ(systolic["code"]["coding"][1]["code"], "8480-6");
  EXPECT_EQ(systolic["valueQuantity"]["value"], 128);
  EXPECT_EQ(systolic["valueQuantity"]["code"], "mm[Hg]");
  const fhir::Json& diastolic = before["component"][1];
  EXPECT_EQ(diastolic["code"]["coding"][1]["code"], "8462-4");
  EXPECT_EQ(diastolic["valueQuantity"]["value"], 82);
  EXPECT_EQ(before["component"][2]["valueString"], "before");
  // One value alone: the profile wants the other one to say that it is missing.
  const fhir::Json& after = resource(*bundle, 1);
  EXPECT_EQ(after["component"][0]["valueQuantity"]["value"], 140);
  EXPECT_EQ(after["component"][1]["dataAbsentReason"]["coding"][0]["code"], "unknown");
}

TEST(MeasurementBundle, NamesTheCuffOnlyWhereItSentBothPressures) {
  session::MeasurementDocument d = session_with_pressure();
  for (session::MeasuredValue& value : d.values) {
    value.entered = false;
    value.device = session::DeviceKind::blood_pressure_monitor;
  }
  EXPECT_TRUE(resource(*measurement_bundle(d, kWalk), 0).contains("device"));
  for (const std::size_t typed : {0U, 1U}) {
    session::MeasurementDocument corrected = d;
    corrected.values[typed].entered = true;
    corrected.values[typed].device.reset();
    EXPECT_FALSE(resource(*measurement_bundle(corrected, kWalk), 0).contains("device")) << typed;
  }
}

TEST(MeasurementBundle, ALiveValueHasACategoryOfItsOwn) {
  session::MeasurementDocument d = session_with_pressure();
  d.values = {{SignalMeasure::heart_rate, std::nullopt, "live", 1.2, {}, {}, 60, true}};
  session::DeviceUsed strap;
  strap.kind = session::DeviceKind::sensor;
  d.devices = {strap};
  const auto bundle = measurement_bundle(d, kWalk);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  ASSERT_EQ((*bundle)["entry"].size(), 2U);
  for (const std::size_t i : {0U, 1U}) {
    const fhir::Json& category = resource(*bundle, i)["category"].back()["coding"][0];
    EXPECT_EQ(category["system"], "urn:reprise:observation");
    EXPECT_EQ(category["code"], "live");
  }
}

TEST(MeasurementBundle, HasAnObservationOfEachDevice) {
  session::MeasurementDocument d = session_with_pressure();
  d.values.resize(2);
  d.values.push_back({SignalMeasure::heart_rate,
                      std::nullopt,
                      "",
                      1.8,
                      {},
                      {},
                      0,
                      true,
                      false,
                      session::DeviceKind::heart_rate_strap});
  d.devices = {{session::DeviceKind::heart_rate_strap, "Strap", 0.15, 0.5, 0.25, {}},
               {session::DeviceKind::pulse_oximeter, "", {}, {}, {}, {"poor_signal"}}};
  const auto bundle = measurement_bundle(d, kWalk);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
  ASSERT_EQ((*bundle)["entry"].size(), 4U);
  EXPECT_EQ(resource(*bundle, 1)["device"]["display"], "Reprise's engine 0.1.0; Strap");
  const fhir::Json& strap = resource(*bundle, 2);
  EXPECT_EQ(strap["code"]["coding"][0]["code"], "device-status");
  EXPECT_EQ(strap["device"]["reference"], "#device");
  EXPECT_EQ(strap["contained"][0]["deviceName"][0]["name"], "Strap");
  EXPECT_EQ(strap["contained"][0]["type"]["coding"][0]["code"], "heart_rate_strap");
  EXPECT_FALSE(strap["contained"][0].contains("identifier"));
  EXPECT_EQ(strap["component"][0]["code"]["coding"][1]["code"], "67996");
  EXPECT_EQ(strap["component"][0]["valueQuantity"]["value"], 15);
  EXPECT_EQ(strap["component"][1]["valueQuantity"]["value"], 50);
  EXPECT_EQ(strap["component"][2]["valueQuantity"]["value"], 25);
  const fhir::Json& oximeter = resource(*bundle, 3);
  EXPECT_EQ(oximeter["device"]["display"], "pulse oximeter");
  EXPECT_EQ(oximeter["component"][0]["valueCodeableConcept"]["coding"][0]["code"], "poor_signal");
}

TEST(MeasurementBundle, KeepsTheDocumentOnlyWhereThatIsAskedFor) {
  EXPECT_EQ((*measurement_bundle(measured_walk(), kWalk))["entry"].size(), 3U);
  MeasurementContext given = kWalk;
  given.recording = "00000000-0000-4000-8000-00000000000b";
  given.by_patient = true;
  const auto bundle = measurement_bundle(measured_walk(), given);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
  ASSERT_EQ((*bundle)["entry"].size(), 5U);
  const fhir::Json& document = resource(*bundle, 3);
  EXPECT_EQ(document["type"]["coding"][0]["code"], "measurement");
  EXPECT_EQ(document["category"][0]["coding"][0]["code"], "gait");
  EXPECT_EQ(document["content"][0]["attachment"]["url"], "Binary/" + given.recording);
  EXPECT_EQ(document["author"][0]["reference"], "Patient/p1");
  const fhir::Json& binary = resource(*bundle, 4);
  EXPECT_EQ(binary["securityContext"]["reference"], "Patient/p1");
  const auto text = from_base64(binary["data"].get<std::string>());
  ASSERT_TRUE(text.has_value());
  EXPECT_TRUE(session::parse_measurement_json(*text).has_value());
  given.recording = "no/id";
  EXPECT_FALSE(measurement_bundle(measured_walk(), given).has_value());
}

TEST(MeasurementBundle, NamesThePatientWhoMeasured) {
  // The record takes a patient's Observations only in the patient's own name.
  MeasurementContext own = kWalk;
  own.by_patient = true;
  const auto bundle = measurement_bundle(measured_walk(), own);
  ASSERT_TRUE(bundle);
  EXPECT_EQ(resource(*bundle, 0)["performer"][0]["reference"], "Patient/p1");
  EXPECT_FALSE(resource(*measurement_bundle(measured_walk(), kWalk), 0).contains("performer"));
}

/// From 10:00 in Berlin, over the night in which its clocks go forward; the second day is hardly worn.
session::MeasurementDocument two_days() {
  session::MeasurementDocument d = measured_walk();
  d.kind = session::MeasurementKind::daily_walking;
  d.values = {{SignalMeasure::daily_steps, std::nullopt, "", 5000, {}, {}, 1, true}};
  d.tables = {
      {session::kDaysTable,
       {SignalMeasure::wear_time, SignalMeasure::daily_steps},
       {{Seconds{-10 * 3600.0}, Seconds{14 * 3600.0}, {}, "2026-03-28", "", {12 * 3600.0, 5000}},
        {Seconds{14 * 3600.0}, Seconds{37 * 3600.0}, {}, "2026-03-29", session::kLittleWear, {3600.0, 80}}}}};
  return d;
}

TEST(MeasurementBundle, GivesDaysTheirOwnPeriods) {
  const MeasurementContext days{"00000000-0000-4000-8000-00000000000a", "p1", "2026-03-28T10:00:00+01:00",
                                "2026-03-29T20:00:00.000Z", std::nullopt};
  const auto bundle = measurement_bundle(two_days(), days);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  ASSERT_EQ((*bundle)["entry"].size(), 4U) << "no steps of the day that does not count; one sensor";
  const fhir::Json& steps = resource(*bundle, 1);
  EXPECT_EQ(steps["code"]["coding"][0]["code"], "daily_steps");
  EXPECT_EQ(steps["valueQuantity"]["value"], 5000);
  EXPECT_EQ(steps["effectivePeriod"]["start"], "2026-03-28T10:00:00.000+01:00");
  EXPECT_EQ(steps["effectivePeriod"]["end"], "2026-03-29T00:00:00.000+01:00");
  const fhir::Json& wear = resource(*bundle, 2);
  EXPECT_EQ(wear["code"]["coding"][0]["code"], "wear_time");
  EXPECT_EQ(wear["valueQuantity"]["value"], 1);
  EXPECT_EQ(wear["effectivePeriod"]["start"], "2026-03-29T00:00:00.000+01:00");
  EXPECT_EQ(wear["effectivePeriod"]["end"], "2026-03-29T22:00:00.000+02:00");
  EXPECT_NE(steps["identifier"][0]["value"], wear["identifier"][0]["value"]);
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
}

TEST(MeasurementBundle, RefusesDaysWithoutDates) {
  session::MeasurementDocument d = two_days();
  d.tables[0].rows[0].part = "day 1";
  EXPECT_EQ(measurement_bundle(d, kWalk).error().code, ErrorCode::invalid_argument);
}

TEST(MeasurementBundle, RefusesDaysThatAreNotThoseOfTheirDates) {
  for (const auto& [date, start_s, end_s] :
       {std::tuple{"2026-03-14", 1e300, 2e300}, {"2026-03-14", 3600.0, 0.0}, {"2024-01-01", 0.0, 86400.0}}) {
    session::MeasurementDocument d = two_days();
    d.tables[0].rows[0].part = date;
    d.tables[0].rows[0].start = Seconds{start_s};
    d.tables[0].rows[0].end = Seconds{end_s};
    EXPECT_EQ(measurement_bundle(d, kWalk).error().code, ErrorCode::invalid_argument) << date;
  }
}

TEST(MeasurementBundle, CanBeSentTwice) {
  const auto once = measurement_bundle(measured_walk(), kWalk);
  const auto twice = measurement_bundle(measured_walk(), kWalk);
  ASSERT_TRUE(once && twice);
  EXPECT_EQ(*once, *twice);
  EXPECT_TRUE((*once)["entry"][0]["request"].contains("ifNoneExist"));
}

TEST(MeasurementBundle, TagsWhatIsSimulated) {
  session::MeasurementDocument d = measured_walk();
  d.source.kind = session::SignalSourceKind::simulated;
  const auto bundle = measurement_bundle(d, kWalk);
  ASSERT_TRUE(bundle);
  EXPECT_EQ(resource(*bundle, 0)["meta"]["tag"][0]["code"], "simulated");
}

TEST(MeasurementBundle, RefusesImpossibleContexts) {
  for (const auto& change : std::vector<std::function<void(MeasurementContext&)>>{
           [](MeasurementContext& c) { c.id = "walk"; }, [](MeasurementContext& c) { c.patient = "a b"; },
           [](MeasurementContext& c) { c.start = "yesterday"; },
           [](MeasurementContext& c) { c.end = "2026-03-14T09:00:00+01:00"; }}) {
    MeasurementContext c = kWalk;
    change(c);
    const auto bundle = measurement_bundle(measured_walk(), c);
    ASSERT_FALSE(bundle);
    EXPECT_EQ(bundle.error().code, ErrorCode::invalid_argument);
  }
}

TEST(MeasurementBundle, OfNothingIsRefused) {
  const auto bundle = measurement_bundle({}, kWalk);
  ASSERT_FALSE(bundle);
  EXPECT_EQ(bundle.error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::care
