// SPDX-License-Identifier: Apache-2.0
#include "pipeline/signal_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/gait/foot_sampling_rate.h"
#include "sensing/files/sha256.h"
#include "sensing/signals/read_signals.h"

namespace reprise::pipeline {
namespace {

namespace fs = std::filesystem;
using session::MeasurementInput;

}  // namespace

std::string options_text(const SignalFileOptions& options) {
  std::string text;
  const auto add = [&](const std::string& option) { text += (text.empty() ? "" : " ") + option; };
  if (options.rate) add("--rate " + std::to_string(options.rate->value()));
  if (!options.part.empty()) add("--part " + options.part);
  constexpr double kCm2PerM2 = 1e4;
  if (options.cell_area_m2) add("--cell-area " + std::to_string(*options.cell_area_m2 * kCm2PerM2));
  for (const auto& [name, meaning] : options.meanings) add("--column " + name + '=' + meaning);
  return text;
}

void add_findings(MeasurementInput& input, const std::vector<sensing::SignalFinding>& findings) {
  for (const sensing::SignalFinding& f : findings) input.warnings.push_back({f.code, f.text, f.remedy});
}

Result<SignalFile> read_signal_file(const fs::path& path, const SignalFileOptions& options,
                                    const std::string& annotator) {
  auto sha256 = sensing::sha256_of_file(path, "reading signals");
  if (!sha256) return tl::unexpected(sha256.error());
  sensing::SignalReadOptions reading;
  reading.rate = options.rate;
  reading.part = options.part;
  reading.annotator = annotator;
  auto recording = sensing::read_signals(path, reading);
  if (!recording) return tl::unexpected(recording.error());
  SignalFile file{std::move(*recording), {}};
  file.input.source.files = {path.filename().string()};
  file.input.source.sha256 = std::move(*sha256);
  file.input.source.recorded_at = file.recording.recorded_at;
  file.input.source.options = options_text(options);
  double longest = 0;
  for (const sensing::SignalGroup& group : file.recording.groups)
    longest = std::max(longest, static_cast<double>(group.size()) / group.rate.value());
  file.input.source.duration = Seconds{longest};
  add_findings(file.input, file.recording.findings);
  return file;
}

std::optional<Side> side_of(const std::string& place) {
  if (place.rfind("left", 0) == 0) return Side::left;
  if (place.rfind("right", 0) == 0) return Side::right;
  return std::nullopt;
}

Result<SignalFile> read_file_of_feet(const fs::path& path, const SignalFileOptions& options) {
  auto known = read_signal_file(path, options);
  if (known || options.rate || known.error().code != ErrorCode::invalid_argument) return known;
  SignalFileOptions guessed = options;
  constexpr Hertz kAny{100};  // only to have the columns: nothing of it is kept
  guessed.rate = kAny;
  const auto columns = read_signal_file(path, guessed);
  if (!columns) return known;
  const auto signals = sensing::inertial_sensors(columns->recording, {options.meanings});
  if (!signals) return known;
  for (const sensing::InertialSensor& sensor : signals->sensors) {
    const bool foot = side_of(sensor.place).has_value() && !sensor.runs.empty();
    if (!foot) continue;
    const engine::InertialSamples& samples = sensor.runs.front().samples;
    const auto guess = engine::guess_sampling_rate(samples.acceleration_mps2, samples.angular_velocity_radps);
    if (!guess) continue;
    guessed.rate = guess->usual;
    auto file = read_signal_file(path, guessed);
    if (!file) return file;
    file->input.source.options = options_text(options);
    file->input.warnings.insert(
        file->input.warnings.begin(),
        {"rate_guessed",
         fmt::format(
             "The file does not say its sampling rate. By the movement of the feet it is about {:.0f} Hz; "
             "{:g} Hz, the nearest usual rate, is assumed. Times depend on it, lengths on its square.",
             guess->estimate.value(), guess->usual.value()),
         "Say the rate with --rate, or in NAME.columns.json."});
    return file;
  }
  return known;
}

Seconds duration_of(const sensing::InertialRun& run) {
  return period(run.samples.rate) * static_cast<double>(run.samples.acceleration_mps2.size());
}

const sensing::InertialRun* longest_run(const sensing::InertialSensor& sensor) {
  const auto longest =
      std::max_element(sensor.runs.begin(), sensor.runs.end(),
                       [](const auto& a, const auto& b) { return duration_of(a) < duration_of(b); });
  return longest == sensor.runs.end() ? nullptr : &*longest;
}

void note_sensor(MeasurementInput& input, const sensing::InertialSensor& sensor) {
  Seconds measured{0};
  for (const sensing::InertialRun& run : sensor.runs) measured += duration_of(run);
  const bool gyroscope = !sensor.runs.empty() && !sensor.runs.front().samples.angular_velocity_radps.empty();
  input.sensors.push_back({sensor.place.empty() ? "unknown" : sensor.place,
                           (sensor.name.empty() ? std::string{} : sensor.name + ", ") +
                               (gyroscope ? "acceleration and angular velocity" : "acceleration"),
                           sensor.runs.empty() ? Hertz{1} : sensor.runs.front().samples.rate, measured});
  if (sensor.runs.size() > 1) {
    input.warnings.push_back({"gaps", "The recording has gaps; the longest part without one is measured.",
                              "Check the sensor's connection and memory."});
  }
}

const sensing::InertialSensor* trunk_sensor(const std::vector<sensing::InertialSensor>& sensors) {
  const sensing::InertialSensor* trunk =
      sensor_at(sensors, {"lower_back", "pelvis", "trunk", "sternum", "chest"});
  return trunk == nullptr && sensors.size() == 1 ? &sensors.front() : trunk;
}

Result<engine::InertialSamples> trunk_of(MeasurementInput& input, const sensing::SignalRecording& recording,
                                         const sensing::MeaningOptions& meaning) {
  const auto signals = sensing::inertial_sensors(recording, meaning);
  if (!signals) return tl::unexpected(signals.error());
  add_findings(input, signals->findings);
  const sensing::InertialSensor* trunk = trunk_sensor(signals->sensors);
  const sensing::InertialRun* run = trunk != nullptr ? longest_run(*trunk) : nullptr;
  if (run == nullptr) return no_trunk_sensor(signals->sensors);
  note_sensor(input, *trunk);
  return run->samples;
}

tl::unexpected<Error> no_trunk_sensor(const std::vector<sensing::InertialSensor>& sensors) {
  std::string names;
  for (const sensing::InertialSensor& s : sensors)
    names += (names.empty() ? "" : ", ") + (s.name.empty() ? std::string{"one without a name"} : s.name);
  return fail(ErrorCode::invalid_argument, "choosing sensors",
              "the recording does not say where its sensors were worn: " + names,
              "say it, e.g. --column " + (sensors.empty() ? std::string{"NAME"} : sensors.front().name) +
                  "=left_foot (left_foot, right_foot, lower_back)");
}

const sensing::InertialSensor* sensor_at(const std::vector<sensing::InertialSensor>& sensors,
                                         std::initializer_list<std::string_view> places) {
  for (const std::string_view place : places) {
    const auto found = std::find_if(sensors.begin(), sensors.end(),
                                    [&](const sensing::InertialSensor& s) { return s.place == place; });
    if (found != sensors.end()) return &*found;
  }
  return nullptr;
}

}  // namespace reprise::pipeline
