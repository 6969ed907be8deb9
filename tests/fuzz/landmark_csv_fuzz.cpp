// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sensing/landmarks/landmark_csv.h"
#include "tests/fuzz/landmark_checks.h"

// Any bytes: an error or a recording that keeps its promises and can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto recording = sensing::parse_landmark_csv({reinterpret_cast<const char*>(data), size});
  if (!recording) return 0;
  check_promises(*recording);
  const auto again = sensing::parse_landmark_csv(sensing::to_landmark_csv(*recording));
  if (!again || again->frames.size() != recording->frames.size()) std::abort();
  check_promises(*again);
  return 0;
}
