// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/heart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/heart/synthetic_ecg.h"
#include "tests/support/measured_values.h"

namespace reprise::session {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr Hertz kRate{250};

/// An ECG with a beat every `rr_s`, without [from, to) of each gap.
std::vector<EcgLead> parted(double duration_s, double rr_s, std::vector<std::pair<double, double>> gaps) {
  const auto whole =
      engine::synthetic_ecg(engine::steady_beats(0.5, duration_s - 1, rr_s, 0), kRate, Seconds{duration_s});
  gaps.emplace_back(duration_s, duration_s);
  std::vector<EcgLead> parts;
  double from = 0;
  for (const auto& [begin, end] : gaps) {
    const auto first = static_cast<std::ptrdiff_t>(from * kRate.value());
    const auto last = static_cast<std::ptrdiff_t>(begin * kRate.value());
    parts.push_back({kRate, {whole.begin() + first, whole.begin() + last}, Seconds{from}});
    from = end;
  }
  return parts;
}

const EventTable& windows_in(const MeasurementDocument& d) {
  return *std::find_if(d.tables.begin(), d.tables.end(),
                       [](const EventTable& t) { return t.events == "windows"; });
}

TEST(MeasureEcg, MeasuresAllPartsBetweenGaps) {
  const auto parts = parted(900, 0.8, {{200, 260.1}, {700.2, 720}});
  const auto d = measure_ecg({}, parts);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, SignalMeasure::heart_rate), 1 / 0.8, 1e-3);
  EXPECT_LT(number_of(*d, SignalMeasure::sdnn), 2e-3) << "steady beats: a gap is no interval";
  const EventTable& windows = windows_in(*d);
  ASSERT_EQ(windows.rows.size(), 4U);  // 200 s; 300 and 140 s; 180 s
  for (const MeasuredEvent& window : windows.rows) {
    for (const auto& [from, to] : {std::pair{200.0, 260.1}, {700.2, 720.0}})
      EXPECT_TRUE(window.end.value() <= from + 1 || window.start.value() >= to - 1e-9)
          << window.start.value() << " to " << window.end.value();
  }
  const auto beats = std::find_if(d->tables.begin(), d->tables.end(),
                                  [](const EventTable& t) { return t.events == "beats"; });
  EXPECT_EQ(std::count_if(beats->rows.begin(), beats->rows.end(),
                          [](const MeasuredEvent& e) { return e.note == "gap"; }),
            2);
  std::string said;
  for (const Warning& w : d->warnings) said += w.text;
  EXPECT_THAT(said, HasSubstr("2 gaps. Measured were 820.1 s of 900.0 s, in 3 parts"));
}

TEST(MeasureEcg, GivesTheRateOfPartsThatAreTooShortForVariability) {
  const auto parts = parted(150, 0.8, {{40, 50}, {90, 100}});
  const auto d = measure_ecg({}, parts);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, SignalMeasure::heart_rate), 1 / 0.8, 1e-3);
  EXPECT_EQ(find_value(*d, SignalMeasure::sdnn), nullptr);
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("no part lasts a minute")));
}

TEST(MeasureEcg, LeavesOutAPartWithoutBeats) {
  auto parts = parted(400, 0.8, {{100, 101}, {300, 301}});
  std::fill(parts[1].samples_mv.begin(), parts[1].samples_mv.end(), 0.0);
  const auto d = measure_ecg({}, parts);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, SignalMeasure::heart_rate), 1 / 0.8, 1e-3);
  std::string said;
  for (const Warning& w : d->warnings) said += w.text;
  EXPECT_THAT(said, HasSubstr("in 2 parts"));
}

TEST(MeasureEcg, ShowsASingleRecordingWithoutAWordOfGaps) {
  const auto d = measure_ecg({}, parted(120, 0.8, {}));
  ASSERT_TRUE(d) << to_string(d.error());
  for (const Warning& w : d->warnings) EXPECT_NE(w.code, "gaps");
}

TEST(MeasureEcg, RefusesAFlatLine) {
  const std::vector<EcgLead> flat = {{kRate, std::vector<double>(2500, 0.1)}};
  EXPECT_FALSE(measure_ecg({}, flat));
  EXPECT_FALSE(measure_ecg({}, std::span<const EcgLead>{}));
}

}  // namespace
}  // namespace reprise::session
