// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/balance_programme.h"

#include <gmock/gmock.h>

#include <functional>
#include <limits>

#include "session/measurements/measurement_json.h"

namespace reprise::session {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using enum SignalMeasure;

constexpr const char* kTandemLevel = "tandem.firm.eyes_open.10s";
constexpr const char* kSemi = "semi_tandem.firm.eyes_open.10s";

std::vector<BalanceHold> eased_session() {
  return {
      {kTandemLevel, std::nullopt, Seconds{0}, Seconds{10}, Seconds{10.2}, true, 0.1, 0.02},
      {kTandemLevel, std::nullopt, Seconds{30}, Seconds{10}, Seconds{4}, false, std::nullopt, std::nullopt},
      {kSemi, std::nullopt, Seconds{60}, Seconds{10}, Seconds{10}, true, 0.3, std::nullopt}};
}

const MeasuredValue* of_level(const MeasurementDocument& d, SignalMeasure measure, const char* part,
                              std::optional<Side> side = std::nullopt) {
  for (const MeasuredValue& value : d.values)
    if (value.measure == measure && value.part == part && value.side == side) return &value;
  return nullptr;
}

TEST(BalanceProgramme, SumsUpEachLevelByItself) {
  const auto d = measure_balance_programme({}, eased_session());
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(d->kind, MeasurementKind::balance_programme);
  EXPECT_EQ(of_level(*d, hold_time, kTandemLevel)->value, 10) << "no longer than planned";
  EXPECT_EQ(of_level(*d, holds, kTandemLevel)->value, 2);
  EXPECT_EQ(of_level(*d, holds_whole, kTandemLevel)->value, 1);
  EXPECT_EQ(of_level(*d, trunk_acceleration_rms, kTandemLevel)->value, 0.1);
  EXPECT_EQ(of_level(*d, holds, kSemi)->value, 1);
  EXPECT_EQ(of_level(*d, trunk_sway_angle, kSemi), nullptr) << "not measured is not shown as a number";
  ASSERT_THAT(d->tables, SizeIs(1));
  EXPECT_EQ(d->tables[0].rows[1].note, "support");
}

TEST(BalanceProgramme, KeepsTheSidesApart) {
  std::vector<BalanceHold> both = {eased_session()[0], eased_session()[0]};
  both[0].side = Side::left;
  both[1].side = Side::right;
  both[1].start = Seconds{20};
  const auto d = measure_balance_programme({}, both);
  ASSERT_TRUE(d) << to_string(d.error());
  for (const Side side : {Side::left, Side::right}) {
    const MeasuredValue* count = of_level(*d, holds, kTandemLevel, side);
    ASSERT_NE(count, nullptr);
    EXPECT_EQ(count->value, 1);
  }
}

TEST(BalanceProgramme, InventsNoTimeForAHoldOfWhichOnlyTheEndIsKnown) {
  std::vector<BalanceHold> told = {eased_session()[1]};
  told[0].held.reset();
  const auto d = measure_balance_programme({}, told);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(of_level(*d, hold_time, kTandemLevel), nullptr);
  EXPECT_EQ(of_level(*d, holds_whole, kTandemLevel)->value, 0);
}

TEST(BalanceProgramme, CrossesAsAFile) {
  const auto d = measure_balance_programme({}, eased_session());
  const auto text = to_measurement_json(*d);
  ASSERT_TRUE(text) << to_string(text.error());
  const auto read = parse_measurement_json(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->kind, MeasurementKind::balance_programme);
  EXPECT_THAT(read->values, SizeIs(d->values.size()));
}

TEST(BalanceProgramme, RefusesWhatCannotHaveBeen) {
  EXPECT_EQ(measure_balance_programme({}, {}).error().code, ErrorCode::nothing_measured);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::pair<const char*, std::function<void(BalanceHold&)>>> all = {
      {"names no stance", [](BalanceHold& h) { h.part.clear(); }},
      {"out of order", [](BalanceHold& h) { h.start = Seconds{1}; }},
      {"out of order", [&](BalanceHold& h) { h.start = Seconds{nan}; }},
      {"out of order", [](BalanceHold& h) { h.held = Seconds{-1}; }},
      {"longer than planned", [](BalanceHold& h) { h.held = Seconds{12}; }},
      {"longer than planned", [&](BalanceHold& h) { h.planned = Seconds{nan}; }},
      {"ended early", [](BalanceHold& h) { h.whole = true; }},
      {"impossible", [&](BalanceHold& h) { h.sway_angle_rad = nan; }},
      {"impossible", [](BalanceHold& h) { h.acceleration_rms_mps2 = -1; }}};
  for (const auto& [cause, change] : all) {
    std::vector<BalanceHold> done = eased_session();
    change(done[1]);
    const auto d = measure_balance_programme({}, done);
    ASSERT_FALSE(d) << cause;
    EXPECT_THAT(d.error().cause, HasSubstr(cause));
  }
}

}  // namespace
}  // namespace reprise::session
