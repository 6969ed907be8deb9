// SPDX-License-Identifier: Apache-2.0
// Any bytes are a document or an error, and a document that was read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "session/measurements/measurement_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = reprise::session::parse_measurement_json({reinterpret_cast<const char*>(data), size});
  if (!document) return 0;
  const auto written = reprise::session::to_measurement_json(*document);
  if (!written) std::abort();
  const auto again = reprise::session::parse_measurement_json(*written);
  if (!again) std::abort();
  const auto twice = reprise::session::to_measurement_json(*again);
  if (!twice || *twice != *written) std::abort();
  return 0;
}
