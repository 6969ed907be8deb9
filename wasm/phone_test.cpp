// SPDX-License-Identifier: Apache-2.0
#include "wasm/phone_test.h"

#include <cmath>

#include "json/reader.h"
#include "json/write.h"
#include "session/measurements/function_tests.h"
#include "session/measurements/measurement_json.h"
#include "session/measurements/phone_motion.h"

namespace reprise::wasm {
namespace {

using json::Json;

struct PhoneTestRequest {
  session::FunctionTestOptions test;
  bool simulated = false;
  std::string started_at;
};

Result<PhoneTestRequest> read_request(std::string_view options) {
  json::Document page{options, "measuring a test with the phone"};
  json::Reader input = page.root();
  PhoneTestRequest request;
  const std::string test = input.text("test");
  if (const auto known = session::function_test_from_name(test)) {
    request.test.test = *known;
  } else {
    input.refuse("test", "the name of a test");
  }
  if (const auto course = input.number_or_null("courseMeters")) request.test.course = Meters{*course};
  request.simulated = input.truth("simulated");
  request.started_at = input.text("startedAt");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  return request;
}

Json values_of(const session::MeasurementDocument& document) {
  Json values = Json::array();
  for (const session::MeasuredValue& value : document.values) {
    const session::SignalMeasureInfo& facts = session::info(value.measure);
    const double scale = std::pow(10.0, facts.decimals);
    const auto shown = [&](double number) { return std::round(number * facts.factor * scale) / scale; };
    values.push_back(
        {{"measure", facts.name},
         {"value", shown(value.value)},
         {"unit", facts.unit},
         {"uncertainty", value.uncertainty ? Json(shown(*value.uncertainty)) : Json(nullptr)},
         {"primary", value.primary},
         {"side", value.side ? Json(*value.side == Side::left ? "left" : "right") : Json(nullptr)}});
  }
  return values;
}

Json warnings_of(const session::MeasurementDocument& document) {
  Json warnings = Json::array();
  for (const session::Warning& w : document.warnings)
    warnings.push_back({{"code", w.code}, {"text", w.text}, {"remedy", json::or_null(w.remedy)}});
  return warnings;
}

}  // namespace

Result<std::string> phone_test_text(std::string_view options, std::span<const double> times_s,
                                    std::span<const double> motion) {
  const auto request = read_request(options);
  if (!request) return tl::unexpected(request.error());
  const auto samples = session::phone_motion(times_s, motion);
  if (!samples) return tl::unexpected(samples.error());
  session::MeasurementInput input;
  input.source.kind =
      request->simulated ? session::SignalSourceKind::simulated : session::SignalSourceKind::sensors;
  input.source.recorded_at = request->started_at;
  input.source.duration = Seconds{times_s.back() - times_s.front()};
  input.sensors = {{"phone", "acceleration and rotation", samples->rate, input.source.duration}};
  const auto document = session::measure_function_test(input, *samples, request->test);
  if (!document) return tl::unexpected(document.error());
  auto text = session::to_measurement_json(*document);
  if (!text) return tl::unexpected(text.error());
  return json::write(Json{{"document", std::move(*text)},
                          {"values", values_of(*document)},
                          {"warnings", warnings_of(*document)}});
}

}  // namespace reprise::wasm
