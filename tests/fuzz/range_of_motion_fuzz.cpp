// SPDX-License-Identifier: Apache-2.0
// Hostile files of tests of range of motion, and readings of the tests that are read: each gives a document
// that survives writing and reading, or a refusal with a remedy.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "session/measurements/measurement_json.h"
#include "session/measurements/range_of_motion.h"

namespace {

using namespace reprise;

void check(bool holds) {
  if (!holds) std::abort();
}

void measure(const exercises::RangeTest& test) {
  constexpr std::array kReadings = {Degrees{-90}, Degrees{0}, Degrees{200}};
  const auto side = test.sided ? std::optional{Side::left} : std::nullopt;
  for (const auto method : {exercises::RangeMethod::inclinometer, exercises::RangeMethod::goniometer}) {
    const auto read = session::read_off_trials(test, method, side, true, kReadings);
    if (!read) continue;  // the test does not have this instrument
    const auto document = session::measure_range_of_motion({}, {&*read, 1}, {40, exercises::NormSex::female});
    check(document.has_value());
    const auto text = session::to_measurement_json(*document);
    // A norm that is no angle is refused; everything else is written and read.
    if (text) check(session::parse_measurement_json(*text).has_value());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const exercises::CatalogFile file{"elbow.json", std::string(reinterpret_cast<const char*>(data), size)};
  const auto tests = exercises::parse_range_tests({&file, 1});
  if (!tests) {
    check(!tests.error().cause.empty() && !tests.error().remedy.empty());
    return 0;
  }
  for (const exercises::RangeTest& test : *tests) measure(test);
  return 0;
}
