// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/repetitions/count_repetitions.h"
#include "sensing/landmarks/npy.h"
#include "tests/fuzz/landmark_checks.h"

// Any bytes: an error or an array as large as its shape; landmarks in it keep their promises, and repetitions
// counted in its points lie within it, in order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto array = sensing::parse_npy({reinterpret_cast<const char*>(data), size});
  if (!array) return 0;
  std::size_t count = 1;
  for (const std::size_t n : array->shape) count *= n;
  if (array->values.size() != count) std::abort();
  const auto landmarks = sensing::landmarks_from_npy(*array, {.rate = Hertz{30}});
  if (landmarks) check_promises(*landmarks);
  const auto points = sensing::points_from_npy(*array);
  if (!points) return 0;
  std::size_t before = 0;
  for (const engine::CountedRepetition& r : engine::count_repetitions(*points)) {
    if (r.start_frame < before || r.end_frame <= r.start_frame || r.end_frame >= points->size()) std::abort();
    if (!(r.confidence >= 0 && r.confidence <= 1)) std::abort();
    before = r.start_frame;
  }
  return 0;
}
