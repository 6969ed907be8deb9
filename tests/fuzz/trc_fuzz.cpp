// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sensing/landmarks/trc.h"
#include "tests/fuzz/landmark_checks.h"

// Any bytes: an error or markers whose counts agree; landmarks among them keep their promises.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto markers = sensing::parse_trc({reinterpret_cast<const char*>(data), size});
  if (!markers) return 0;
  if (markers->positions_m.size() != markers->names.size() * markers->times.size()) std::abort();
  for (const auto& position : markers->positions_m) {
    if (position && !position->v.allFinite()) std::abort();
  }
  // Names from other files may hold what ours may not, so that writing may be refused; written, it is read
  // again.
  const auto text = sensing::to_trc(*markers, "fuzz", {.exact = true});
  if (text) {
    const auto again = sensing::parse_trc(*text);
    if (!again || again->names != markers->names || again->times != markers->times) std::abort();
    for (std::size_t i = 0; i < markers->positions_m.size(); ++i) {
      const auto& a = markers->positions_m[i];
      const auto& b = again->positions_m[i];
      if (a.has_value() != b.has_value() || (a && a->v != b->v)) std::abort();
    }
  }
  const auto landmarks = sensing::landmarks_from_markers(*markers);
  if (landmarks) check_promises(*landmarks);
  return 0;
}
