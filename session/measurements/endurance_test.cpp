// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/endurance.h"

#include <gmock/gmock.h>

#include <limits>

namespace reprise::session {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using enum SignalMeasure;

MeasurementInput simulated_input() {
  MeasurementInput input;
  input.source.kind = SignalSourceKind::simulated;
  return input;
}

const MeasuredValue* endurance_value(const MeasurementDocument& d, SignalMeasure measure,
                                     std::string_view part = "") {
  for (const MeasuredValue& value : d.values)
    if (value.measure == measure && value.part == part) return &value;
  return nullptr;
}

// SIMULATED: 2 min of warm-up at 90, 4 min of walking at 110, 2 min of cool-down that falls from 110 by 15 in
// the first minute; a value a second.
EnduranceSession walked() {
  EnduranceSession s;
  s.scale = engine::EffortScale::borg_6_to_20;
  s.effort_low = 11;
  s.effort_high = 13;
  s.rate_low_bpm = 100;
  s.rate_high_bpm = 115;
  s.stretches = {{EndurancePhase::warm_up, Seconds{0}, Seconds{120}},
                 {EndurancePhase::main, Seconds{120}, Seconds{360}},
                 {EndurancePhase::cool_down, Seconds{360}, Seconds{480}}};
  for (int t = 0; t < 480; ++t) {
    const double bpm = t < 120 ? 90 : t < 360 ? 110 : t < 420 ? 110 - 15.0 * (t - 360) / 60 : 95;
    s.rates.push_back({Seconds{static_cast<double>(t)}, bpm});
  }
  s.values = {{EnduranceMoment::before, Seconds{0}, effort_borg, 6},
              {EnduranceMoment::before, Seconds{0}, systolic_pressure, 128},
              {EnduranceMoment::before, Seconds{0}, diastolic_pressure, 82},
              {EnduranceMoment::before, Seconds{0}, oxygen_saturation, 97},
              {EnduranceMoment::during, Seconds{200}, effort_borg, 11},
              {EnduranceMoment::during, Seconds{200}, oxygen_saturation, 93},
              {EnduranceMoment::during, Seconds{210}, oxygen_saturation, 95},
              {EnduranceMoment::during, Seconds{220}, breathlessness, 4},
              {EnduranceMoment::during, Seconds{330}, effort_borg, 13},
              {EnduranceMoment::during, Seconds{330}, breathlessness, 3},
              {EnduranceMoment::after, Seconds{480}, breathlessness, 1}};
  return s;
}

TEST(Endurance, SumsUpTimeHeartAndRatings) {
  const auto d = measure_endurance(simulated_input(), walked());
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_DOUBLE_EQ(endurance_value(*d, exercise_time)->value, 480);
  EXPECT_NEAR(endurance_value(*d, heart_rate)->value * 60, 110, 1e-9);
  EXPECT_NEAR(endurance_value(*d, heart_rate_most)->value * 60, 110, 1e-9);
  EXPECT_NEAR(endurance_value(*d, target_time)->value, 1, 1e-9);
  EXPECT_NEAR(endurance_value(*d, heart_rate_recovery_60)->value * 60, 15, 1);
  EXPECT_EQ(endurance_value(*d, effort_borg, "before")->value, 6);
  EXPECT_EQ(endurance_value(*d, effort_borg, "during")->value, 12);
  EXPECT_EQ(endurance_value(*d, effort_borg, "during")->count, 2);
  EXPECT_EQ(endurance_value(*d, effort_borg, "during")->uncertainty, std::nullopt);
  EXPECT_NEAR(endurance_value(*d, oxygen_saturation, "during")->value, 0.93, 1e-12);  // the lowest
  EXPECT_EQ(endurance_value(*d, breathlessness, "during")->value, 4);                 // the highest
  EXPECT_EQ(endurance_value(*d, breathlessness, "after")->value, 1);
  EXPECT_EQ(endurance_value(*d, systolic_pressure, "before")->value, 128);
  EXPECT_THAT(d->warnings, IsEmpty());
  ASSERT_EQ(d->tables.size(), 1U);
  EXPECT_EQ(d->tables[0].rows[1].part, "main");
  EXPECT_NEAR(*d->tables[0].rows[1].values[0] * 60, 110, 1e-9);
  ASSERT_EQ(d->plots.size(), 1U);
  EXPECT_EQ(d->plots[0].spans.size(), 3U);
}

TEST(Endurance, APauseIsNoExercise) {
  EnduranceSession s = walked();
  s.stretches[1].end = Seconds{240};
  s.stretches.insert(s.stretches.begin() + 2, {EndurancePhase::main, Seconds{300}, Seconds{360}});
  const auto d = measure_endurance(simulated_input(), s);
  ASSERT_TRUE(d);
  EXPECT_DOUBLE_EQ(endurance_value(*d, exercise_time)->value, 420);
}

TEST(Endurance, WithoutAStrapTheRatingsAreAll) {
  EnduranceSession s = walked();
  s.rates.clear();
  const auto d = measure_endurance(simulated_input(), s);
  ASSERT_TRUE(d);
  EXPECT_EQ(endurance_value(*d, heart_rate), nullptr);
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("no strap")));
  EXPECT_THAT(d->plots, IsEmpty());
  EXPECT_EQ(endurance_value(*d, effort_borg, "during")->value, 12);
}

TEST(Endurance, AStrapThatWasSilentMostOfTheTimeGivesNoMean) {
  EnduranceSession s = walked();
  std::vector<StrapRate> few;
  for (const StrapRate& rate : s.rates)
    if (rate.time < Seconds{200}) few.push_back(rate);
  s.rates = few;
  const auto d = measure_endurance(simulated_input(), s);
  ASSERT_TRUE(d);
  EXPECT_EQ(endurance_value(*d, heart_rate), nullptr);
  EXPECT_EQ(endurance_value(*d, heart_rate_recovery_60), nullptr);
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("less than half")));
}

TEST(Endurance, WithoutAMainPartThereIsNoRecovery) {
  EnduranceSession s = walked();
  s.stretches.resize(1);
  const auto d = measure_endurance(simulated_input(), s);
  ASSERT_TRUE(d);
  EXPECT_EQ(endurance_value(*d, heart_rate_recovery_60), nullptr);
  EXPECT_EQ(endurance_value(*d, heart_rate), nullptr);
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("no main part")));
}

TEST(Endurance, OneWildValueIsNoHighestRate) {
  EnduranceSession s = walked();
  s.rates[200].rate_bpm = 231;
  EXPECT_NEAR(endurance_value(*measure_endurance(simulated_input(), s), heart_rate_most)->value * 60, 110,
              1e-9);
}

TEST(Endurance, SaysWhereTheEffortLeftThePlan) {
  EnduranceSession s = walked();
  for (EnduranceValue& value : s.values)
    if (value.measure == effort_borg && value.moment == EnduranceMoment::during) value.value = 16;
  EXPECT_THAT(measure_endurance(simulated_input(), s)->warnings,
              Contains(Field(&Warning::code, "effort_above_plan")));
}

TEST(Endurance, ASessionThatDidNotStartKeepsItsValuesAtRest) {
  EnduranceSession s = walked();
  s.stretches.clear();
  s.rates.clear();
  s.values.resize(2);
  const auto d = measure_endurance(simulated_input(), s);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(endurance_value(*d, exercise_time), nullptr);
  EXPECT_EQ(endurance_value(*d, systolic_pressure, "before")->value, 128);
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("did not start")));
}

TEST(Endurance, RefusesWhatCannotBe) {
  const auto refused = [](auto change) {
    EnduranceSession s = walked();
    change(s);
    const auto d = measure_endurance(simulated_input(), s);
    return !d && d.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.stretches[1].start = Seconds{100}; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.values[0].value = 5; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.values[0].measure = effort_cr10; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.values[0].measure = walking_speed; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.values[3].value = 101; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.rates[5].rate_bpm = 0; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.rates[5].rate_bpm = 301; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.rates[5].time = s.rates[4].time; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.rates[5].time = Seconds{400}; }));
  EXPECT_TRUE(refused([](EnduranceSession& s) { s.rate_high_bpm.reset(); }));
  EXPECT_TRUE(
      refused([](EnduranceSession& s) { s.values[0].value = std::numeric_limits<double>::quiet_NaN(); }));
  EnduranceSession none = walked();
  none.stretches.clear();
  none.values.clear();
  EXPECT_EQ(measure_endurance(simulated_input(), none).error().code, ErrorCode::nothing_measured);
}

TEST(Endurance, SaysWhichDeviceSentAValueAndWhatAPersonEntered) {
  EnduranceSession s = walked();
  for (EnduranceValue& value : s.values)
    if (value.measure == oxygen_saturation && value.moment == EnduranceMoment::during)
      value.device = DeviceKind::pulse_oximeter;
  const auto d = measure_endurance(simulated_input(), s);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(endurance_value(*d, heart_rate)->device, DeviceKind::heart_rate_strap);
  EXPECT_FALSE(endurance_value(*d, heart_rate)->entered);
  EXPECT_EQ(endurance_value(*d, oxygen_saturation, "during")->device, DeviceKind::pulse_oximeter);
  EXPECT_TRUE(endurance_value(*d, oxygen_saturation, "before")->entered);
  EXPECT_TRUE(endurance_value(*d, effort_borg, "during")->entered);
  EXPECT_TRUE(endurance_value(*d, systolic_pressure, "before")->entered);
  EXPECT_EQ(endurance_value(*d, exercise_time)->device, std::nullopt);
  EXPECT_FALSE(endurance_value(*d, exercise_time)->entered);
}

TEST(Endurance, SaysHowWellItsDevicesSent) {
  EnduranceSession s = walked();
  // Silent in the second half of eight minutes: its last value counts for five seconds.
  s.rates.erase(s.rates.begin() + 240, s.rates.end());
  s.devices = {{DeviceKind::heart_rate_strap, "Strap 9C2A6B21", 15, 260, 240, 20},
               {DeviceKind::pulse_oximeter, "", std::nullopt, 100, 75, 0, {"poor_signal"}},
               {DeviceKind::blood_pressure_monitor, "Cuff"}};
  const auto d = measure_endurance(simulated_input(), s);
  ASSERT_TRUE(d) << to_string(d.error());
  ASSERT_EQ(d->devices.size(), 3U);
  EXPECT_EQ(d->devices[0].name, "Strap");
  EXPECT_DOUBLE_EQ(d->devices[0].battery.value_or(-1), 0.15);
  EXPECT_NEAR(d->devices[0].usable.value_or(-1), 240.0 / 480, 0.01);
  EXPECT_NEAR(d->devices[0].no_contact.value_or(-1), 20.0 / 260, 1e-12);
  EXPECT_DOUBLE_EQ(d->devices[1].usable.value_or(-1), 0.75);
  EXPECT_THAT(d->devices[1].notices, testing::ElementsAre("poor_signal"));
  EXPECT_EQ(d->devices[2].usable, std::nullopt) << "it sent nothing";
  s.devices.push_back(s.devices[0]);
  EXPECT_FALSE(measure_endurance(simulated_input(), s)) << "two straps";
  s.devices = {{DeviceKind::pulse_oximeter, "", std::nullopt, 1, 2, 0}};
  EXPECT_FALSE(measure_endurance(simulated_input(), s)) << "more usable values than it sent";
}

TEST(Endurance, AnImportedFileIsAMethodOfItsOwn) {
  EnduranceSession s = walked();
  s.imported = "FIT";
  const auto d = measure_endurance(simulated_input(), s);
  ASSERT_TRUE(d);
  EXPECT_THAT(d->method, HasSubstr("imported file (FIT)"));
  EXPECT_EQ(endurance_value(*d, heart_rate)->device, DeviceKind::imported_file);
  ASSERT_EQ(d->devices.size(), 1U);
  EXPECT_EQ(d->devices[0].name, "FIT");
  EXPECT_NEAR(d->devices[0].usable.value_or(-1), 1, 0.01);
}

}  // namespace
}  // namespace reprise::session
