// SPDX-License-Identifier: Apache-2.0
#include "wasm/phone_test.h"

#include "json/reader.h"
#include "session/measurements/function_tests.h"
#include "session/measurements/phone_motion.h"
#include "wasm/measured_result.h"

namespace reprise::wasm {
namespace {

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
  return measured_result_text(*document);
}

}  // namespace reprise::wasm
