// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "sensing/networks/flatbuffer.h"
#include "sensing/networks/network_graph.h"

namespace reprise::sensing {

// The parts of the TensorFlow Lite reader; only tflite_*.cpp use them.

/// A tensor's integers (how wide a border, how large a picture); empty for other tensors.
using TensorIntegers = std::vector<std::int32_t>;

/// Reads the model's tensors into `graph`, with weights unpacked to dense 32-bit floats, and appends one
/// entry of `integers` for each.
[[nodiscard]] Result<void> read_tflite_tensors(FlatBuffer& file, const FlatBufferTables& tensors,
                                               const FlatBufferTables& buffers, NetworkGraph& graph,
                                               std::vector<TensorIntegers>& integers);

/// Reads the model's operators; `codes` are the kinds that operators refer to by index.
[[nodiscard]] Result<void> read_tflite_operators(FlatBuffer& file, const FlatBufferTables& operators,
                                                 const std::vector<std::int32_t>& codes,
                                                 const std::vector<TensorIntegers>& integers,
                                                 NetworkGraph& graph);

/// Reads tensor ids that must exist in `graph`, and appends them to `to`.
[[nodiscard]] Result<void> read_tensor_ids(FlatBuffer& file, const FlatBufferVector<std::int32_t>& from,
                                           const NetworkGraph& graph, std::vector<TensorId>& to);

namespace tflite {

// The largest network, heavy, has 1098 tensors, 689 operators and 13.8 million weights. The limit leaves
// room, but a few bytes cannot allocate gigabytes.
inline constexpr std::size_t kMaxItems = 8192;

[[nodiscard]] inline tl::unexpected<Error> problem(ErrorCode code, std::string cause) {
  return fail(code, "reading the network", std::move(cause), "install the model files again");
}
[[nodiscard]] inline tl::unexpected<Error> corrupt(std::string cause) {
  return problem(ErrorCode::corrupt, std::move(cause));
}
[[nodiscard]] inline tl::unexpected<Error> unsupported(std::string cause) {
  return problem(ErrorCode::unsupported, std::move(cause));
}
/// Prefixes the cause of an error with its place.
[[nodiscard]] inline tl::unexpected<Error> located(const std::string& where, Error error) {
  error.cause = where + ": " + error.cause;
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace tflite
}  // namespace reprise::sensing
