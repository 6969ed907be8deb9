// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/measurement_builder.h"

#include <cmath>

#include "engine/signal/fit_line.h"
#include "session/passes.h"

namespace reprise::session {

namespace {

constexpr double kNineOfTen = 0.95;         // one tail of 90 %
constexpr double kNormalNineOfTen = 1.645;  // the same of the normal distribution

}  // namespace

void join(MeasurementInput& all, MeasurementInput&& one) {
  if (all.sensors.empty()) {
    all.source = std::move(one.source);
  } else {
    for (std::string& file : one.source.files) all.source.files.push_back(std::move(file));
    all.source.duration += one.source.duration;
    if (one.source.kind == SignalSourceKind::simulated) all.source.kind = one.source.kind;
  }
  for (SensorUsed& sensor : one.sensors) all.sensors.push_back(std::move(sensor));
  for (Warning& warning : one.warnings) all.warnings.push_back(std::move(warning));
}

MeasurementDocument begin_measurement(MeasurementKind kind, std::string method,
                                      const MeasurementInput& input) {
  MeasurementDocument document;
  document.engine_version = engine_version();
  document.kind = kind;
  document.method = std::move(method);
  document.source = input.source;
  document.sensors = input.sensors;
  document.warnings = input.warnings;
  return document;
}

MeasurementDocument begin_measurement(MeasurementKind kind, MeasurementMethod method,
                                      const MeasurementInput& input) {
  MeasurementDocument document = begin_measurement(kind, words_of(method), input);
  document.method_code = code_of(method);
  return document;
}

std::optional<RepeatedValue> repeated(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  RepeatedValue r;
  r.count = values.size();
  for (const double value : values) r.mean += value;
  r.mean /= static_cast<double>(r.count);
  if (r.count < 2) return r;
  double squares = 0;
  for (const double value : values) squares += (value - r.mean) * (value - r.mean);
  r.sd = std::sqrt(squares / static_cast<double>(r.count - 1));
  return r;
}

std::optional<double> uncertainty_of(const RepeatedValue& value) {
  if (!value.sd && !value.method_sd) return std::nullopt;
  double square = 0;
  if (value.sd && value.count > 1) {
    const double t = engine::student_t_quantile(kNineOfTen, static_cast<int>(value.count) - 1);
    square += t * t * *value.sd * *value.sd / static_cast<double>(value.count);
  }
  if (value.method_sd) square += kNormalNineOfTen * kNormalNineOfTen * *value.method_sd * *value.method_sd;
  return std::sqrt(square);
}

void add_value(MeasurementDocument& document, SignalMeasure measure, double value, ValueOf of,
               std::optional<double> uncertainty) {
  document.values.push_back({measure, of.side, std::move(of.part), value, uncertainty, std::nullopt, 0,
                             of.primary, false, of.device});
}

void add_value(MeasurementDocument& document, SignalMeasure measure, const std::optional<double>& value,
               ValueOf of) {
  if (value) add_value(document, measure, *value, std::move(of));
}

void add_mean(MeasurementDocument& document, SignalMeasure measure, const RepeatedValue& value, ValueOf of) {
  document.values.push_back({measure, of.side, std::move(of.part), value.mean, uncertainty_of(value),
                             value.sd, static_cast<int>(value.count), of.primary, false, of.device});
}

void shade(MeasurementDocument& document, std::string_view name, Seconds from, Seconds to) {
  for (SignalPlot& plot : document.plots) plot.spans.push_back({std::string{name}, from.value(), to.value()});
}

}  // namespace reprise::session
