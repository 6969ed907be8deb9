// SPDX-License-Identifier: Apache-2.0
// Hostile TensorFlow Lite files. A small model that is accepted is run too, because XNNPACK trusts what we
// checked.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "sensing/networks/tflite_reader.h"
#include "sensing/networks/xnn_network.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  auto graph = sensing::read_tflite({data, size});
  if (!graph) {
    if (graph.error().cause.empty() || graph.error().remedy.empty()) std::abort();
    return 0;
  }
  if (!sensing::check_graph(*graph)) std::abort();
  constexpr std::size_t kSmall = 1 << 14;
  std::size_t elements = 0;
  for (const sensing::NetworkTensor& tensor : graph->tensors)
    elements += sensing::element_count(tensor.shape);
  if (elements > kSmall) return 0;
  const auto network = sensing::XnnNetwork::make(std::move(*graph), nullptr);
  if (!network) return 0;
  const auto input = (*network)->input();
  std::fill(input.begin(), input.end(), 0.5f);
  if (!(*network)->run()) std::abort();  // a prepared network must run
  return 0;
}
