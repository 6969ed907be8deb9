// SPDX-License-Identifier: Apache-2.0
#include "pipeline/monitor/live_summaries.h"

#include <algorithm>

#include "base/time.h"
#include "care/outcome/measurement_observations.h"
#include "fhir/model/primitive.h"
#include "json/reader.h"
#include "json/write.h"
#include "sensing/files/sha256.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::pipeline {
namespace {

using session::MeasurementDocument;
using session::MeasurementKind;
using session::SignalMeasure;

// Unsourced defaults.
constexpr double kLeastShare = 0.5;   // of the interval that had values
constexpr double kMostSamples = 1.5;  // times those of the interval, before they count as late
constexpr double kLeastHeartRate = 20, kMostHeartRate = 300, kMostCadence = 400;
constexpr std::size_t kMostWearers = 10'000;

constexpr const char* kReadingWearers = "reading whose sensors they are";

struct Summed {
  MeasurementKind kind;
  SignalMeasure measure;
  const std::vector<double>& values_per_min;
};

}  // namespace

Result<SensorWearers> parse_sensor_wearers(std::string_view text) {
  json::Document document{text, kReadingWearers};
  json::Reader root = document.root();
  SensorWearers wearers;
  for (json::Reader& item : root.items("sensors", kMostWearers)) {
    const std::string sensor = item.text("sensor");
    SensorWearer wearer{item.text("patient"), item.truth_or_null("simulated").value_or(false)};
    if (!item.right()) break;
    if (sensing::sensor_of_topic("reprise/v1/" + sensor + "/samples") != sensor)
      item.refuse("sensor", "the name of a sensor");
    if (!fhir::is_id(wearer.patient)) item.refuse("patient", "the id of a Patient");
    if (!wearers.emplace(sensor, std::move(wearer)).second) item.refuse("sensor", "there only once");
  }
  if (auto problem = document.problem()) return tl::unexpected(std::move(*problem));
  if (!wearers.empty()) return wearers;
  return fail(ErrorCode::invalid_argument, kReadingWearers, "the list of sensors is empty",
              "name each sensor with the id of its patient");
}

std::vector<LiveSummary> LiveSummaries::look(const std::vector<SensorStatus>& sensors, std::int64_t now_ms) {
  const std::int64_t length_ms = std::chrono::milliseconds{interval_}.count();
  const std::int64_t interval = now_ms / length_ms;
  std::vector<LiveSummary> summaries;
  if (interval != running_) {
    if (whole_) summaries = close();
    for (auto& [name, tally] : tallies_) {
      tally.samples = 0;
      tally.heart_rates_per_min.clear();
      tally.cadences_per_min.clear();
    }
    // A clock that was set leaves no whole interval either.
    whole_ = running_ && interval == *running_ + 1;
    running_ = interval;
  }
  for (const SensorStatus& sensor : sensors) add(sensor);
  return summaries;
}

void LiveSummaries::add(const SensorStatus& sensor) {
  if (!wearers_.contains(sensor.sensor)) return;
  const auto [at, fresh] = tallies_.try_emplace(sensor.sensor);
  Tally& tally = at->second;
  const bool goes_on = tally.stream == sensor.stream && sensor.samples >= tally.samples_before;
  if (!fresh) tally.samples += sensor.samples - (goes_on ? tally.samples_before : 0);
  tally.stream = sensor.stream;
  tally.rate = sensor.rate;
  tally.samples_before = sensor.samples;
  tally.battery_percent = sensor.battery_percent;
  const auto keep = [](std::vector<double>& values, const std::optional<double>& value, double least,
                       double most) {
    if (value && *value >= least && *value <= most) values.push_back(*value);
  };
  keep(tally.heart_rates_per_min, sensor.values.heart_rate_per_min, kLeastHeartRate, kMostHeartRate);
  keep(tally.cadences_per_min, sensor.values.cadence_per_min, 0, kMostCadence);
}

std::vector<LiveSummary> LiveSummaries::close() {
  std::vector<LiveSummary> summaries;
  for (const auto& [sensor, tally] : tallies_) {
    if (is_late(tally)) {
      ++late_;
    } else {
      sum_up(sensor, tally, summaries);
    }
  }
  return summaries;
}

bool LiveSummaries::is_late(const Tally& tally) const {
  constexpr double kSecondsPerMinute = 60;
  const auto heart = session::repeated(tally.heart_rates_per_min);
  // Intervals between heartbeats have no rate: there is one for each beat.
  const double a_second = tally.rate ? tally.rate->value() : heart ? heart->mean / kSecondsPerMinute : 0;
  const double expected = a_second * static_cast<double>(interval_.count());
  // One more: a slow sensor's sample may come a moment before or after the interval's edge.
  return expected > 0 && static_cast<double>(tally.samples) > kMostSamples * expected + 1;
}

void LiveSummaries::sum_up(const std::string& sensor, const Tally& tally,
                           std::vector<LiveSummary>& summaries) const {
  const SensorWearer& wearer = wearers_.find(sensor)->second;
  const auto seconds = static_cast<double>(interval_.count());
  const std::int64_t length_ms = std::chrono::milliseconds{interval_}.count();
  const std::string start = date_time_text(*running_ * length_ms);
  const std::string end = date_time_text((*running_ + 1) * length_ms);
  bool told_device = false;
  for (const auto& [kind, measure, values_per_min] :
       {Summed{MeasurementKind::heart, SignalMeasure::heart_rate, tally.heart_rates_per_min},
        Summed{MeasurementKind::gait, SignalMeasure::cadence, tally.cadences_per_min}}) {
    const auto summed = session::repeated(values_per_min);
    const double share = static_cast<double>(values_per_min.size()) / seconds;
    if (!summed || share < kLeastShare) continue;
    session::MeasurementInput input;
    input.source.kind =
        wearer.simulated ? session::SignalSourceKind::simulated : session::SignalSourceKind::sensors;
    input.source.recorded_at = start;
    input.source.duration = Seconds{seconds};
    MeasurementDocument document = session::begin_measurement(
        kind, "live: mean of the values shown once a second, by the time of arrival", input);
    // Once for each sensor and interval. The topic names this one sensor, so its name is not kept.
    if (!told_device) {
      session::DeviceUsed device;
      device.kind = session::DeviceKind::sensor;
      if (tally.battery_percent) device.battery = *tally.battery_percent / 100;
      device.usable = std::min(share, 1.0);
      document.devices = {std::move(device)};
    }
    const double per_second = 1 / session::info(measure).factor;
    // Neighboring values have their beats in common, so they tell no uncertainty of their mean.
    document.values = {{measure, std::nullopt, std::string{session::kLivePart}, summed->mean * per_second,
                        std::nullopt, summed->sd ? std::optional{*summed->sd * per_second} : std::nullopt,
                        static_cast<int>(summed->count), true, false, session::DeviceKind::sensor}};
    const std::string id =
        sensing::uuid_of("live|" + sensor + '|' + wearer.patient + '|' + start + '|' +
                         std::to_string(interval_.count()) + '|' + std::string{session::info(measure).name});
    // The ids were checked, and there is a value.
    const auto bundle = care::measurement_bundle(document, {id, wearer.patient, start, end, std::nullopt});
    if (!bundle) continue;
    told_device = true;
    summaries.push_back({sensor, json::write(*bundle)});
  }
}

}  // namespace reprise::pipeline
