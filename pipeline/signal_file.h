// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/side.h"
#include "pipeline/measurements.h"
#include "sensing/signals/signal_recording.h"
#include "sensing/signals/typed_signals.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::pipeline {

/// A recording of signals as read, and what a measurement must say of it.
struct SignalFile {
  sensing::SignalRecording recording;
  session::MeasurementInput input;
};

/// Reads a file of signals. `annotator`: of a WFDB record. Errors: those of sensing::read_signals.
[[nodiscard]] Result<SignalFile> read_signal_file(const std::filesystem::path& path,
                                                  const SignalFileOptions& options,
                                                  const std::string& annotator = {});

/// The same. A table without times and rate, but with sensors on the feet, is read at the usual rate that
/// fits their movement, which is warned of (engine/gait/foot_sampling_rate.h).
[[nodiscard]] Result<SignalFile> read_file_of_feet(const std::filesystem::path& path,
                                                   const SignalFileOptions& options);

/// The options as typed.
[[nodiscard]] std::string options_text(const SignalFileOptions& options);

/// Adds what a reader found as warnings.
void add_findings(session::MeasurementInput& input, const std::vector<sensing::SignalFinding>& findings);

/// The side that a place begins with: "left_foot".
[[nodiscard]] std::optional<Side> side_of(const std::string& place);

[[nodiscard]] Seconds duration_of(const sensing::InertialRun& run);
/// Null if there is no run.
[[nodiscard]] const sensing::InertialRun* longest_run(const sensing::InertialSensor& sensor);
/// The sensor at the first of the places that has one; null if none has.
[[nodiscard]] const sensing::InertialSensor* sensor_at(const std::vector<sensing::InertialSensor>& sensors,
                                                       std::initializer_list<std::string_view> places);
/// The sensor at the lower back or elsewhere at the trunk, or the only one; null if there is none.
[[nodiscard]] const sensing::InertialSensor* trunk_sensor(
    const std::vector<sensing::InertialSensor>& sensors);
/// The longest part of the sensor at the trunk, which is listed as used. Errors: those of
/// sensing::inertial_sensors and no_trunk_sensor.
[[nodiscard]] Result<engine::InertialSamples> trunk_of(session::MeasurementInput& input,
                                                       const sensing::SignalRecording& recording,
                                                       const sensing::MeaningOptions& meaning);
/// The error where trunk_sensor finds none: it names those there are.
[[nodiscard]] tl::unexpected<Error> no_trunk_sensor(const std::vector<sensing::InertialSensor>& sensors);
/// Lists a sensor as used, and warns of its gaps.
void note_sensor(session::MeasurementInput& input, const sensing::InertialSensor& sensor);

}  // namespace reprise::pipeline
