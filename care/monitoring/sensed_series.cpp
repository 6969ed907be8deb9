// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/sensed_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/time.h"
#include "care/plan/observation_fields.h"
#include "fhir/model/date_time.h"
#include "session/measurements/measurement_document.h"

namespace reprise::care {
namespace {

using fhir::Json;
using session::SignalMeasure;

// In the displayed unit; every number is an unsourced default.
constexpr std::array<WatchedMeasure, 14> kWatchedMeasures = {{
    {SignalMeasure::walking_speed, 0.1},
    {SignalMeasure::stride_length, 0.1},
    {SignalMeasure::stride_time_asymmetry, 5},
    {SignalMeasure::step_time_asymmetry, 5},
    {SignalMeasure::stance_asymmetry, 5},
    {SignalMeasure::test_time, 2},
    {SignalMeasure::repetitions, 2},
    {SignalMeasure::walking_distance, 30},
    {SignalMeasure::sway_velocity, 5},
    {SignalMeasure::weight_share, 5},
    {SignalMeasure::emg_asymmetry, 10},
    {SignalMeasure::heart_rate, 7.5},
    {SignalMeasure::heart_rate_most, 7.5},
    {SignalMeasure::heart_rate_recovery_60, 7.5},
}};

struct Span {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

struct DoneExercise {
  std::string exercise;
  std::string name;
  Span when;
  std::string effort;
};

std::optional<Span> span_in(const Json& resource, const char* moment, const char* period) {
  std::string_view start = json::text_of(resource, moment);
  std::string_view end = start;
  if (const Json* stretch = json::field(resource, period); start.empty() && stretch != nullptr) {
    start = json::text_of(*stretch, "start");
    end = json::text_of(*stretch, "end");
  }
  const auto from = fhir::interval_of(start);
  const auto to = fhir::interval_of(end);
  if (!from || !from->start_ms) return {};
  return Span{*from->start_ms, to && to->start_ms ? *to->start_ms : *from->start_ms};
}

std::string band_of(double effort) {
  constexpr double kLow = 3;     // of 10. Unsourced default
  constexpr double kMiddle = 6;  // Unsourced default
  return effort <= kLow ? "low" : effort <= kMiddle ? "middle" : "high";
}

const WatchedMeasure* watched_in(const Json& observation) {
  const auto measure =
      session::signal_measure_from_name(code_in(json::field(observation, "code"), fhir::kSignalMeasure));
  const auto* found = std::find_if(kWatchedMeasures.begin(), kWatchedMeasures.end(),
                                   [&](const WatchedMeasure& one) { return one.measure == measure; });
  return found == kWatchedMeasures.end() ? nullptr : found;
}

class SensedReader {
 public:
  SensedReader(const std::string& patient, std::int64_t now_ms) : patient_(patient), now_ms_(now_ms) {}

  std::vector<SensedSeries> read(std::span<const Json> resources) {
    for_each(resources, "Procedure", [this](const Json& procedure) { take_procedure(procedure); });
    for_each(resources, "Observation", [this](const Json& observation) { take_effort(observation); });
    for_each(resources, "Observation", [this](const Json& observation) { take_observation(observation); });
    std::vector<SensedSeries> all;
    for (auto& [key, series] : series_) {
      std::stable_sort(series.points.begin(), series.points.end(),
                       [](const SensedPoint& a, const SensedPoint& b) {
                         return a.day != b.day ? a.day < b.day : a.time_ms < b.time_ms;
                       });
      all.push_back(std::move(series));
    }
    return all;
  }

 private:
  template <class Take>
  void for_each(std::span<const Json> resources, std::string_view type, Take take) const {
    for (const Json& resource : resources) {
      if (json::text_of(resource, "resourceType") == type &&
          fhir::id_in(json::field(resource, "subject"), "Patient") == patient_)
        take(resource);
    }
  }

  void take_procedure(const Json& procedure) {
    const std::string_view exercise = code_in(json::field(procedure, "code"), fhir::kExercise);
    const auto when = span_in(procedure, "performedDateTime", "performedPeriod");
    if (exercise.empty() || !when || !was_done(procedure)) return;
    done_["Procedure/" + std::string{json::text_of(procedure, "id")}] = {
        std::string{exercise},
        std::string{json::text_of(*json::field(procedure, "code"), "text")},
        *when,
        {}};
  }

  void take_effort(const Json& observation) {
    const Json* quantity = json::field(observation, "valueQuantity");
    const auto value = quantity == nullptr ? std::nullopt : json::number_of(*quantity, "value");
    if (!counts(observation) || !value ||
        code_in(json::field(observation, "code"), fhir::kObservation) != "effort")
      return;
    for (const Json& part : json::list_of(observation, "partOf")) {
      const std::string id{fhir::id_in(&part, "Procedure")};
      if (const auto done = done_.find("Procedure/" + id); done != done_.end())
        done->second.effort = band_of(*value);
    }
  }

  void take_observation(const Json& observation) {
    const WatchedMeasure* watched = watched_in(observation);
    const Json* quantity = json::field(observation, "valueQuantity");
    if (!counts(observation) || watched == nullptr || quantity == nullptr) return;
    const auto value = json::number_of(*quantity, "value");
    const auto when = span_in(observation, "effectiveDateTime", "effectivePeriod");
    const auto day = day_of(observation);
    if (!value || !std::isfinite(*value) || !when || !day || when->start_ms > now_ms_ + kDayMs ||
        json::field(*quantity, "comparator") != nullptr ||
        json::text_of(*quantity, "code") != session::info(watched->measure).ucum)
      return;
    SensedSeries of;
    of.watched = *watched;
    for (const Json& category : json::list_of(observation, "category")) {
      if (const auto kind = code_in(&category, fhir::kMeasurement); !kind.empty()) of.measurement = kind;
    }
    SensedPoint point{
        *day, when->start_ms, *value, {}, "Observation/" + std::string{json::text_of(observation, "id")}};
    read_components(observation, of, point);
    // Of whatever the person did: no two are alike.
    if (of.part == session::kLivePart) return;
    of.side = side_in(json::field(observation, "bodySite"));
    if (of.measurement == "heart" && !find_exercise(*when, of)) return;
    auto [entry, fresh] = series_.try_emplace(key_of(of), of);
    entry->second.points.push_back(std::move(point));
  }

  static std::optional<fhir::Day> day_of(const Json& observation) {
    if (const auto text = json::text_of(observation, "effectiveDateTime"); !text.empty())
      return fhir::local_day(text);
    const Json* period = json::field(observation, "effectivePeriod");
    return period == nullptr ? std::nullopt : fhir::local_day(json::text_of(*period, "start"));
  }

  static void read_components(const Json& observation, SensedSeries& of, SensedPoint& point) {
    for (const Json& component : json::list_of(observation, "component")) {
      const std::string_view code = code_in(json::field(component, "code"), fhir::kObservation);
      if (code == "part") of.part = json::text_of(component, "valueString");
      const Json* quantity = json::field(component, "valueQuantity");
      if (code != "uncertainty" || quantity == nullptr) continue;
      const auto half_width = json::number_of(*quantity, "value");
      if (half_width && std::isfinite(*half_width)) point.uncertainty = std::abs(*half_width);
    }
  }

  // A highest heart rate says something only of an exercise; false: it is of none.
  bool find_exercise(const Span& when, SensedSeries& of) const {
    for (const auto& [id, done] : done_) {
      if (when.end_ms < done.when.start_ms || when.start_ms > done.when.end_ms) continue;
      of.exercise = done.exercise;
      of.exercise_name = done.name;
      of.effort = done.effort;
      return true;
    }
    return of.watched.measure != SignalMeasure::heart_rate_most;
  }

  std::string patient_;
  std::int64_t now_ms_;
  std::map<std::string, DoneExercise> done_;    // by "Procedure/ID"
  std::map<std::string, SensedSeries> series_;  // by key_of
};

}  // namespace

std::span<const WatchedMeasure> watched_measures() {
  return kWatchedMeasures;
}

std::vector<SensedSeries> read_sensed_series(std::span<const Json> resources, const std::string& patient,
                                             std::int64_t now_ms) {
  return SensedReader{patient, now_ms}.read(resources);
}

std::string key_of(const SensedSeries& series) {
  std::string key = series.measurement + "/" + std::string{session::info(series.watched.measure).name};
  if (!series.part.empty()) key += "/" + series.part;
  if (!series.side.empty()) key += "/" + series.side;
  if (!series.exercise.empty()) key += "@" + series.exercise;
  return series.effort.empty() ? key : key + "+" + series.effort;
}

}  // namespace reprise::care
