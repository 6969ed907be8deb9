// SPDX-License-Identifier: Apache-2.0
// Hostile files of a posture's points: each gives a document that survives writing and reading, or a refusal
// with a remedy.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "session/measurements/measurement_json.h"
#include "session/measurements/posture.h"
#include "session/measurements/posture_request.h"

namespace {

using namespace reprise;

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto picture = session::parse_posture_points({reinterpret_cast<const char*>(data), size});
  if (!picture) {
    check(!picture.error().cause.empty() && !picture.error().remedy.empty());
    return 0;
  }
  const session::PhotographedPosture one{*picture, {}, std::nullopt};
  const auto document = session::measure_posture({}, {&one, 1});
  if (!document) {
    check(!document.error().cause.empty() && !document.error().remedy.empty());
    return 0;
  }
  const auto text = session::to_measurement_json(*document);
  check(text.has_value() && session::parse_measurement_json(*text).has_value());
  return 0;
}
