// SPDX-License-Identifier: Apache-2.0
// What reprise.mjs calls of phone_test.h, endurance.h and balance.h. As in bindings.cpp nothing is thrown
// across this boundary.

#include <emscripten/bind.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "wasm/balance.h"
#include "wasm/endurance.h"
#include "wasm/js_boundary.h"
#include "wasm/phone_test.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::bytes_in;
using js_boundary::error_object;
using js_boundary::guarded;
using js_boundary::guarded_json;

val phone_test(const std::string& options, const val& times, const val& motion) {
  return guarded_json([&] {
    const auto times_s = emscripten::convertJSArrayToNumberVector<double>(times);
    const auto numbers = emscripten::convertJSArrayToNumberVector<double>(motion);
    return phone_test_text(options, times_s, numbers);
  });
}

val heart_rate_value(const val& array) {
  return guarded_json([&] { return heart_rate_value_text(bytes_in(array)); });
}

val oxygen_value(const val& array, bool continuous) {
  return guarded_json([&] { return oxygen_value_text(bytes_in(array), continuous); });
}

val blood_pressure_value(const val& array) {
  return guarded_json([&] { return blood_pressure_value_text(bytes_in(array)); });
}

std::shared_ptr<sensing::HeartRateFile> heart_rate_file(double from_s, double to_s) {
  return std::make_shared<sensing::HeartRateFile>(from_s, to_s);
}

/// An empty object, or an error.
val take_of_file(sensing::HeartRateFile& file, const val& piece) {
  return guarded([&] {
    const std::vector<std::uint8_t> bytes = bytes_in(piece);
    const auto taken = file.take({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return taken ? val::object() : error_object(taken.error());
  });
}

val finish_file(sensing::HeartRateFile& file) {
  return guarded_json([&] { return file_heart_rates_text(file); });
}

val endurance_verdict(const std::string& facts) {
  return guarded_json([&] { return endurance_verdict_text(facts); });
}

val endurance_session(const std::string& session) {
  return guarded_json([&] { return endurance_session_text(session); });
}

val balance_now(const std::string& state) {
  return guarded_json([&] { return balance_now_text(state); });
}

val balance_session(const std::string& session) {
  return guarded_json([&] { return balance_session_text(session); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_sensors) {
  emscripten::class_<sensing::HeartRateFile>("HeartRateFile")
      .smart_ptr<std::shared_ptr<sensing::HeartRateFile>>("HeartRateFilePointer")
      .function("take", &take_of_file)
      .function("finish", &finish_file);
  emscripten::function("heart_rate_file", &heart_rate_file);
  emscripten::function("phone_test", &phone_test);
  emscripten::function("heart_rate_value", &heart_rate_value);
  emscripten::function("oxygen_value", &oxygen_value);
  emscripten::function("blood_pressure_value", &blood_pressure_value);
  emscripten::function("endurance_verdict", &endurance_verdict);
  emscripten::function("endurance_session", &endurance_session);
  emscripten::function("balance_now", &balance_now);
  emscripten::function("balance_session", &balance_session);
}

}  // namespace reprise::wasm
