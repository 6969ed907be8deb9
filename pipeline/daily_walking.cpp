// SPDX-License-Identifier: Apache-2.0
#include "pipeline/daily_walking.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/calendar_days.h"
#include "pipeline/signal_file.h"
#include "sensing/activity/timestamp.h"
#include "sensing/files/number_text.h"
#include "sensing/files/sha256.h"
#include "sensing/signals/signal_parts.h"
#include "session/measurements/daily_walking.h"

namespace reprise::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDailyStage = "reading days of walking";
constexpr double kSecondsOfADay = 86'400;
/// Parts of one clock may overlap by so much, where their rates are not quite those of the sensor. Unsourced
/// default.
constexpr double kOverlapS = 0.5;

engine::LongRecordingOptions meter_options(const GaitOptions& options) {
  engine::LongRecordingOptions meter;
  meter.gait.lengths.body_height = options.body_height;
  meter.gait.lengths.sensor_height = options.sensor_height;
  return meter;
}

std::string days_options_text(const GaitOptions& options) {
  std::string text = options_text(options.file);
  const auto add = [&](const std::string& option) { text += (text.empty() ? "" : " ") + option; };
  if (options.body_height) add(fmt::format("--height {:g}", 100 * options.body_height->value()));
  if (options.sensor_height) add(fmt::format("--sensor-height {:g}", 100 * options.sensor_height->value()));
  if (!options.start.empty()) add("--start " + options.start);
  if (!options.zone.empty()) add("--zone " + options.zone);
  return text;
}

/// Parts say the same again and again, each of its own times; gaps are told by the whole.
void add_new_findings(session::MeasurementInput& input, const std::vector<sensing::SignalFinding>& findings) {
  for (const sensing::SignalFinding& finding : findings) {
    if (finding.code == "gaps" || finding.code == "samples_interpolated") continue;
    const bool known = std::any_of(input.warnings.begin(), input.warnings.end(),
                                   [&](const session::Warning& w) { return w.code == finding.code; });
    if (!known) input.warnings.push_back({finding.code, finding.text, finding.remedy});
  }
}

void add_gaps(session::MeasurementInput& input, const std::vector<engine::RecordedStretch>& measured) {
  if (measured.size() < 2) return;
  double all_s = 0, longest_s = 0;
  for (std::size_t i = 1; i < measured.size(); ++i) {
    const double gap_s = (measured[i].start - measured[i - 1].end).value();
    all_s += gap_s;
    longest_s = std::max(longest_s, gap_s);
  }
  input.warnings.push_back(
      {"gaps",
       fmt::format("Nothing was recorded in {} gaps of {:.1f} h in all; the longest lasts {:.1f} h.",
                   measured.size() - 1, all_s / 3600, longest_s / 3600),
       "Check the sensor's battery and memory."});
}

/// Of the first row, on the file's clock.
Seconds first_time(const sensing::SignalRecording& recording) {
  const auto first = std::min_element(recording.groups.begin(), recording.groups.end(),
                                      [](const auto& a, const auto& b) { return a.start < b.start; });
  return first == recording.groups.end() ? Seconds{0} : first->start;
}

/// Before hours of reading.
Result<void> check_days_options(const GaitOptions& options) {
  if (!options.start.empty() && !recording_start(options.start)) {
    return fail(ErrorCode::invalid_argument, kDailyStage,
                "'" + sensing::shown(options.start, 60) + "' is no time",
                "give it with its zone: --start 2026-03-14T10:00:00+01:00");
  }
  return check_zone(options.zone);
}

}  // namespace

DailyWalking::DailyWalking(const GaitOptions& options) : options_(options), meter_(meter_options(options)) {}

void DailyWalking::begin_file(const std::string& name) {
  file_ = name;
  first_of_file_ = true;
}

Result<Seconds> DailyWalking::placed(double time_s, bool dated) {
  double at_s = time_s - zero_s_ + shift_s_;
  const double end_s = meter_.end().value();
  if (at_s >= end_s - kOverlapS) return Seconds{std::max(at_s, 0.0)};
  if (first_of_file_) {
    return fail(ErrorCode::invalid_argument, kDailyStage,
                dated ? "'" + sensing::shown(file_, 80) + "' begins before the end of the file before it"
                      : "'" + sensing::shown(file_, 80) +
                            "' does not say when it was recorded, so its place after the "
                            "file before it is not known",
                dated ? "give the files in order of time, each once"
                      : "give files whose times have a date, or one file with all of the recording");
  }
  // A clock without a date begins again at midnight, or with each part.
  if (!dated && at_s + kSecondsOfADay >= end_s - kOverlapS && end_s - at_s > kSecondsOfADay / 2) {
    shift_s_ += kSecondsOfADay;
    return Seconds{at_s + kSecondsOfADay};
  }
  if (dated || time_s != 0) ++set_back_;
  shift_s_ += end_s - at_s;
  return Seconds{end_s};
}

Result<void> DailyWalking::add(const sensing::SignalRecording& recording,
                               const sensing::InertialSensor& sensor) {
  const auto clock_s = sensing::parse_timestamp(recording.recorded_at);
  const bool dated = recording_start(recording.recorded_at).has_value();
  if (!any_) {
    // Days are counted from the first row, which may lie long before the sensor's first sample.
    zero_s_ = clock_s ? *clock_s : first_time(recording).value();
    first_recorded_at_ = dated ? recording.recorded_at : "";
    any_ = true;
  }
  for (const sensing::InertialRun& run : sensor.runs) {
    if (sensor_.measured == Seconds{0}) {
      sensor_ = {sensor.place.empty() ? "unknown" : sensor.place,
                 (sensor.name.empty() ? std::string{} : sensor.name + ", ") + "acceleration",
                 run.samples.rate, Seconds{0}};
    }
    const auto start = placed(clock_s.value_or(0) + run.start.value(), dated);
    if (!start) return tl::unexpected(start.error());
    first_of_file_ = false;
    // What overlaps by a few samples, because a part's rate is not quite the sensor's, follows.
    if (auto ok = meter_.add(std::max(*start, meter_.end() - Seconds{0.05}), run.samples); !ok) return ok;
    sensor_.measured += duration_of(run);
  }
  return {};
}

Result<session::MeasurementDocument> DailyWalking::finish(session::MeasurementInput input) {
  if (auto ok = check_days_options(options_); !ok) return tl::unexpected(ok.error());
  const auto recording = meter_.finish();
  if (!recording) return tl::unexpected(recording.error());
  std::optional<RecordingStart> start = recording_start(options_.start);
  if (!start) start = recording_start(first_recorded_at_);
  const auto days = calendar_days(start, options_.zone, meter_.end());
  if (!days) return tl::unexpected(days.error());
  input.source.recorded_at = first_recorded_at_;
  input.source.options = days_options_text(options_);
  input.source.duration = meter_.end();
  input.sensors = {sensor_};
  add_gaps(input, recording->measured);
  if (set_back_ > 0) {
    input.warnings.push_back(
        {"clock_set_back",
         fmt::format("The clock went back {} times; the samples after it follow without a "
                     "gap.",
                     set_back_),
         "Check that the device's clock was not changed during the recording."});
  }
  engine::WalkingDaysOptions options;
  if (!start) {
    options.awake = std::nullopt;
    input.warnings.push_back(
        {"no_date",
         "The recording does not say when it was made, so its days are 24 hours each from "
         "its beginning, not from midnight.",
         "Give its start: --start 2026-03-14T10:00:00+01:00"});
  }
  return session::measure_daily_walking(input, *recording, *days, options);
}

Result<session::MeasurementDocument> measure_daily_walking(const std::vector<fs::path>& paths,
                                                           const GaitOptions& options,
                                                           const ReadProgress& progress) {
  if (auto ok = check_days_options(options); !ok) return tl::unexpected(ok.error());
  DailyWalking days{options};
  session::MeasurementInput input;
  sensing::SignalReadOptions reading;
  reading.rate = options.file.rate;
  reading.part = options.file.part;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (i == 0) {
      auto sha256 = sensing::sha256_of_file(paths[i], "reading signals");
      if (!sha256) return tl::unexpected(sha256.error());
      input.source.sha256 = std::move(*sha256);
    }
    const std::string name = paths[i].filename().string();
    input.source.files.push_back(name);
    days.begin_file(name);
    auto parts = sensing::SignalParts::open(paths[i], reading);
    for (bool first = true;; first = false) {
      auto recording = parts.next();
      if (!recording) {
        // A later part may be all gaps.
        if (!first && recording.error().code == ErrorCode::nothing_measured) continue;
        return tl::unexpected(recording.error());
      }
      if (!*recording) break;
      auto signals = sensing::inertial_sensors(**recording, {options.file.meanings});
      if (!signals) return tl::unexpected(signals.error());
      const sensing::InertialSensor* trunk = trunk_sensor(signals->sensors);
      if (trunk == nullptr) return no_trunk_sensor(signals->sensors);
      add_new_findings(input, (*recording)->findings);
      add_new_findings(input, signals->findings);
      if (auto ok = days.add(**recording, *trunk); !ok) return tl::unexpected(ok.error());
      const double share = (static_cast<double>(i) + parts.read_share()) / static_cast<double>(paths.size());
      if (progress && !progress(share))
        return fail(ErrorCode::cancelled, kDailyStage, "stopped by the user", "run the command again");
    }
  }
  return days.finish(std::move(input));
}

}  // namespace reprise::pipeline
