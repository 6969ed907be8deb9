// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "session/measurements/measurement_document.h"
#include "session/measurements/measurement_method.h"

namespace reprise::session {

/// What every measurement is given besides its signals: where they come from, and what reading them found.
struct MeasurementInput {
  SignalSource source;
  std::vector<SensorUsed> sensors;
  std::vector<Warning> warnings;
};

/// Adds one recording to those of a measurement, which keeps file hash, time and options of the first. Any
/// that is simulated makes all of them so.
void join(MeasurementInput& all, MeasurementInput&& one);

[[nodiscard]] MeasurementDocument begin_measurement(MeasurementKind kind, std::string method,
                                                    const MeasurementInput& input);
/// The same by a method that has a code, in its words.
[[nodiscard]] MeasurementDocument begin_measurement(MeasurementKind kind, MeasurementMethod method,
                                                    const MeasurementInput& input);

/// The side, part and rank of a value.
struct ValueOf {
  std::optional<Side> side = std::nullopt;
  std::string part = {};
  bool primary = false;
  std::optional<DeviceKind> device = std::nullopt;
};

/// Mean and spread of repeated values, and how far the method itself errs.
struct RepeatedValue {
  double mean = 0;
  std::optional<double> sd = std::nullopt;  ///< of the sample; empty: of fewer than two
  std::size_t count = 0;
  /// Standard deviation of the method's own error of the mean, which does not average out; empty: not known.
  std::optional<double> method_sd = std::nullopt;
};
[[nodiscard]] std::optional<RepeatedValue> repeated(std::span<const double> values);

/// Half width of the interval that holds nine of ten: Student's t over the spread of the mean, joined with
/// the method's own error. Empty where neither is known.
[[nodiscard]] std::optional<double> uncertainty_of(const RepeatedValue& value);

/// Adds one value of the whole recording.
void add_value(MeasurementDocument& document, SignalMeasure measure, double value, ValueOf of = {},
               std::optional<double> uncertainty = std::nullopt);
/// The same, where it was measured.
void add_value(MeasurementDocument& document, SignalMeasure measure, const std::optional<double>& value,
               ValueOf of = {});
/// Adds the mean of repeated values with its spread, number and uncertainty.
void add_mean(MeasurementDocument& document, SignalMeasure measure, const RepeatedValue& value,
              ValueOf of = {});

/// Marks a stretch of time in all plots.
void shade(MeasurementDocument& document, std::string_view name, Seconds from, Seconds to);

}  // namespace reprise::session
