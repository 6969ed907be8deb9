// SPDX-License-Identifier: Apache-2.0
// A few changes to the real detector network: reaches what a small model cannot, deep inside a whole and
// valid file. An input is a list of changes, six bytes each. Does nothing where the network is not installed.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include "sensing/networks/flatbuffer.h"
#include "sensing/networks/models.h"
#include "sensing/networks/tflite_reader.h"

namespace {

using namespace reprise;

struct Detector {
  std::vector<std::uint8_t> bytes;
  std::vector<std::size_t> structure;  ///< the places of all bytes that are not weights or their indices
};

void mark(const Detector& detector, std::vector<bool>& numbers, std::span<const std::uint8_t> part) {
  if (part.empty()) return;
  const auto first = numbers.begin() + (part.data() - detector.bytes.data());
  std::fill(first, first + static_cast<std::ptrdiff_t>(part.size()), true);
}

/// Marks the bytes of weights (buffers) and of sparse indices, in which a change only makes another number.
std::vector<bool> find_numbers(const Detector& detector) {
  std::vector<bool> numbers(detector.bytes.size(), false);
  sensing::FlatBuffer file(detector.bytes);
  const sensing::FlatBufferTable model = file.root();
  const sensing::FlatBufferTables buffers = model.tables(4);
  for (std::size_t i = 0; i < buffers.size(); ++i)
    mark(detector, numbers, buffers[i].scalars<std::uint8_t>(0).bytes());
  const sensing::FlatBufferTables tensors = model.tables(2)[0].tables(0);
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const sensing::FlatBufferTables levels = tensors[i].table(6).tables(2);
    for (std::size_t d = 0; d < levels.size(); ++d) {
      // Marks half of the 16-bit indices only, which is enough to keep most changes out of them.
      for (const int field : {3, 5})
        mark(detector, numbers, levels[d].table(field).scalars<std::uint8_t>(0).bytes());
    }
  }
  return numbers;
}

const Detector& detector() {
  static const Detector found = [] {
    Detector result;
    const auto folder = sensing::find_model_folder();
    if (!folder) return result;
    auto file = sensing::load_model(*folder, sensing::kDetectorModel);
    if (!file) return result;
    result.bytes = std::move(file->bytes);
    const auto numbers = find_numbers(result);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (!numbers[i]) result.structure.push_back(i);
    }
    return result;
  }();
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (detector().bytes.empty()) return 0;
  auto bytes = detector().bytes;
  const auto& structure = detector().structure;
  // Each change: which byte of the structure (32 bits, modulo their number), its new value, and the next
  // one's.
  constexpr std::size_t kEach = 6;
  for (std::size_t at = 0; at + kEach <= size; at += kEach) {
    std::uint32_t which = 0;
    std::memcpy(&which, data + at, sizeof which);
    const std::size_t place = structure[which % structure.size()];
    bytes[place] = data[at + 4];
    if (place + 1 < bytes.size()) bytes[place + 1] = data[at + 5];
  }
  const auto graph = sensing::read_tflite(bytes);
  if (graph ? !sensing::check_graph(*graph).has_value() : graph.error().cause.empty()) std::abort();
  return 0;
}
