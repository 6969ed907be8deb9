// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/daily_walking.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace reprise::session {
namespace {

using engine::WalkingDay;
using engine::WearState;
using enum SignalMeasure;

constexpr double kStepsPerMinute = 1.0 / 60;
// As for gait at the lower back: docs/accuracy.md.
constexpr double kDailyLengthErrorShare = 0.06;
constexpr std::size_t kFewDays = 3;  // unsourced default

/// A column of the table of days, and how its values are summarized over the days that count.
struct DayColumn {
  SignalMeasure measure;
  std::function<std::optional<double>(const WalkingDay&)> value;
  bool of_wear = false;  ///< also of days that do not count
  bool primary = false;
  double method_error_share = 0;
};

std::optional<double> of_spread(const std::optional<engine::BoutSpread>& spread,
                                double engine::BoutSpread::*which, double factor = 1) {
  return spread ? std::optional{(*spread).*which * factor} : std::nullopt;
}

std::vector<DayColumn> day_columns() {
  using engine::BoutSpread;
  const auto bouts = [](std::size_t length) {
    return [length](const WalkingDay& d) -> std::optional<double> {
      return static_cast<double>(d.bouts[length]);
    };
  };
  const auto speed = [](double BoutSpread::*which) {
    return [which](const WalkingDay& d) { return of_spread(d.speed_mps, which); };
  };
  const auto steps_per_minute = [](double BoutSpread::*which) {
    return [which](const WalkingDay& d) { return of_spread(d.cadence_per_min, which, kStepsPerMinute); };
  };
  return {
      {recorded_time, [](const WalkingDay& d) { return std::optional{d.measured.value()}; }, true},
      {wear_time, [](const WalkingDay& d) { return std::optional{(d.worn + d.motionless).value()}; }, true},
      {motionless_time, [](const WalkingDay& d) { return std::optional{d.motionless.value()}; }, true},
      {daily_steps, [](const WalkingDay& d) { return std::optional{static_cast<double>(d.steps)}; }, false,
       true},
      {daily_walking_time, [](const WalkingDay& d) { return std::optional{d.walking_time.value()}; }, false,
       true},
      {daily_bouts,
       [](const WalkingDay& d) {
         std::size_t all = 0;
         for (const std::size_t count : d.bouts) all += count;
         return std::optional{static_cast<double>(all)};
       }},
      {bouts_to_10_s, bouts(0)},
      {bouts_10_to_30_s, bouts(1)},
      {bouts_30_to_60_s, bouts(2)},
      {bouts_over_60_s, bouts(3)},
      {daily_speed, speed(&BoutSpread::mean), false, true, kDailyLengthErrorShare},
      {daily_speed_median, speed(&BoutSpread::median), false, false, kDailyLengthErrorShare},
      {daily_speed_90, speed(&BoutSpread::percentile_90), false, false, kDailyLengthErrorShare},
      {daily_speed_short, [](const WalkingDay& d) { return of_spread(d.speed_short_mps, &BoutSpread::mean); },
       false, false, kDailyLengthErrorShare},
      {daily_cadence, steps_per_minute(&BoutSpread::mean), false, true},
      {daily_cadence_median, steps_per_minute(&BoutSpread::median)},
      {daily_cadence_90, steps_per_minute(&BoutSpread::percentile_90)},
  };
}

EventTable table_of_days(std::span<const CalendarDay> calendar, std::span<const WalkingDay> days,
                         std::span<const DayColumn> columns) {
  EventTable table{kDaysTable, {}, {}};
  for (const DayColumn& column : columns) table.columns.push_back(column.measure);
  for (std::size_t i = 0; i < days.size(); ++i) {
    MeasuredEvent row;
    row.start = days[i].start;
    row.end = days[i].end;
    row.part = calendar[i].date;
    if (!days[i].counts) row.note = kLittleWear;
    for (const DayColumn& column : columns) row.values.push_back(column.value(days[i]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

const char* state_name(WearState state) {
  switch (state) {
    case WearState::worn: return "worn";
    case WearState::motionless: return "motionless";
    case WearState::not_worn: break;
  }
  return "not_worn";
}

/// Gaps of less than a minute are not drawn.
EventTable table_of_wear(const engine::LongRecording& recording) {
  EventTable table{kWearTable, {}, {}};
  for (const engine::WearStretch& stretch : recording.wear) {
    const char* state = state_name(stretch.state);
    if (!table.rows.empty() && table.rows.back().part == state &&
        (stretch.start - table.rows.back().end).value() < 60) {
      table.rows.back().end = stretch.end;
    } else {
      table.rows.push_back({stretch.start, stretch.end, std::nullopt, state, "", {}});
    }
  }
  return table;
}

EventTable table_of_bouts(const engine::LongRecording& recording) {
  EventTable table{kBoutsTable, {walking_time, steps, cadence, walking_speed, stride_length}, {}};
  for (const engine::RecordedBout& b : recording.bouts) {
    table.rows.push_back({b.start,
                          b.end,
                          std::nullopt,
                          "",
                          "",
                          {b.walking_time.value(), static_cast<double>(b.steps),
                           b.cadence_per_min * kStepsPerMinute, b.speed_mps, b.stride_length_m}});
  }
  return table;
}

void add_period(MeasurementDocument& d, std::span<const WalkingDay> days,
                std::span<const DayColumn> columns) {
  const auto counted = static_cast<double>(
      std::count_if(days.begin(), days.end(), [](const WalkingDay& day) { return day.counts; }));
  add_value(d, days_counted, counted, {.primary = true});
  for (const DayColumn& column : columns) {
    std::vector<double> values;
    for (const WalkingDay& day : days) {
      if (!day.counts && !column.of_wear) continue;
      if (const auto value = column.value(day)) values.push_back(*value);
    }
    if (column.of_wear) {
      double sum = 0;
      for (const double value : values) sum += value;
      add_value(d, column.measure, sum, {.primary = column.measure == wear_time});
      continue;
    }
    auto mean = repeated(values);
    if (!mean) continue;
    if (column.method_error_share > 0) mean->method_sd = column.method_error_share * mean->mean;
    add_mean(d, column.measure, *mean, {.primary = column.primary});
  }
}

void warn(MeasurementDocument& d, const engine::LongRecording& recording, std::span<const WalkingDay> days) {
  const auto counted = static_cast<std::size_t>(
      std::count_if(days.begin(), days.end(), [](const WalkingDay& day) { return day.counts; }));
  if (counted == 0) {
    d.warnings.push_back({"no_day_counts",
                          "On no day was the sensor worn long enough for the day to stand for the person, so "
                          "there are no means; "
                          "the table of days has the rest.",
                          "Wear the sensor from getting up to going to bed."});
  } else if (counted < kFewDays) {
    d.warnings.push_back({"few_days",
                          "Few days count; people walk differently from day to day, and on weekends.",
                          "Record a whole week."});
  }
  if (recording.saturated_share > 0) {
    d.warnings.push_back({"saturated", "The accelerometer ran into the end of its range.",
                          "Choose a larger range; lengths come out too short."});
  }
  if (recording.without_gravity.value() > 0) {
    d.warnings.push_back(
        {"no_gravity",
         "For a part of the recording the accelerometer shows no gravity; no walking was looked "
         "for there.",
         "Switch the sensor's sleep mode off."});
  }
}

}  // namespace

Result<MeasurementDocument> measure_daily_walking(const MeasurementInput& input,
                                                  const engine::LongRecording& recording,
                                                  std::span<const CalendarDay> calendar,
                                                  const engine::WalkingDaysOptions& options) {
  if (calendar.empty() || recording.measured.empty()) {
    return fail(ErrorCode::nothing_measured, "documenting days of walking", "nothing was recorded",
                "check that the sensor was on and the file is whole");
  }
  std::vector<Seconds> starts;
  for (const CalendarDay& day : calendar) starts.push_back(day.start);
  starts.push_back(calendar.back().end);
  const std::vector<WalkingDay> days = engine::walking_days(recording, starts, options);
  const bool speeds = std::any_of(recording.bouts.begin(), recording.bouts.end(),
                                  [](const engine::RecordedBout& b) { return b.speed_mps.has_value(); });
  MeasurementDocument d = begin_measurement(
      MeasurementKind::daily_walking,
      std::string{"One inertial sensor at the lower back over days; wear by movement, walking bouts"} +
          (speeds ? ", lengths by an inverted pendulum." : "; without a height no lengths are measured."),
      input);
  d.not_measured = {"stance and swing", "step width", "sitting, standing and lying",
                    "times off the body of less than an hour"};
  if (!speeds)
    d.not_measured.emplace_back(
        "walking speed: give the body's height; a sensor that swings with a limb has none");
  warn(d, recording, days);
  const std::vector<DayColumn> columns = day_columns();
  add_period(d, days, columns);
  d.tables.push_back(table_of_days(calendar, days, columns));
  d.tables.push_back(table_of_wear(recording));
  d.tables.push_back(table_of_bouts(recording));
  return d;
}

}  // namespace reprise::session
