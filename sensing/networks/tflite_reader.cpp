// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/tflite_reader.h"

#include <cstring>

#include "sensing/networks/tflite_parts.h"

namespace reprise::sensing {
namespace {

using namespace tflite;

// Field numbers of the TensorFlow Lite schema, version 3.
namespace model_field {
constexpr int kVersion = 0, kOperatorCodes = 1, kSubgraphs = 2, kBuffers = 4;
}
namespace code_field {
constexpr int kOldCode = 0, kCode = 3;
}
namespace graph_field {
constexpr int kTensors = 0, kInputs = 1, kOutputs = 2, kOperators = 3;
}

Result<std::vector<std::int32_t>> read_codes(FlatBuffer& file, const FlatBufferTables& entries) {
  if (entries.size() > kMaxItems) return unsupported("too many kinds of operators");
  std::vector<std::int32_t> codes;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const FlatBufferTable entry = entries[i];
    // Old files keep the code in one byte; newer ones repeat it in a wider field.
    const std::int32_t narrow = entry.scalar<std::int8_t>(code_field::kOldCode, 0);
    codes.push_back(std::max(narrow, entry.scalar<std::int32_t>(code_field::kCode, 0)));
  }
  if (!file.intact()) return corrupt(file.fault());
  return codes;
}

Result<void> read_graph(FlatBuffer& file, const FlatBufferTable& model, const FlatBufferTable& from,
                        NetworkGraph& graph) {
  const auto codes = read_codes(file, model.tables(model_field::kOperatorCodes));
  if (!codes) return tl::unexpected<Error>(codes.error());
  std::vector<TensorIntegers> integers;
  auto read = read_tflite_tensors(file, from.tables(graph_field::kTensors),
                                  model.tables(model_field::kBuffers), graph, integers);
  if (!read) return read;
  read = read_tflite_operators(file, from.tables(graph_field::kOperators), *codes, integers, graph);
  if (!read) return read;
  read = read_tensor_ids(file, from.scalars<std::int32_t>(graph_field::kInputs), graph, graph.inputs);
  if (!read) return read;
  read = read_tensor_ids(file, from.scalars<std::int32_t>(graph_field::kOutputs), graph, graph.outputs);
  if (!read) return read;
  if (!file.intact()) return corrupt(file.fault());
  return check_graph(graph);
}

}  // namespace

Result<NetworkGraph> read_tflite(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 8 || std::memcmp(bytes.data() + 4, "TFL3", 4) != 0) {
    return corrupt("this is not a TensorFlow Lite model");
  }
  FlatBuffer file(bytes);
  const FlatBufferTable model = file.root();
  const auto version = model.scalar<std::uint32_t>(model_field::kVersion, 0);
  const FlatBufferTables subgraphs = model.tables(model_field::kSubgraphs);
  if (!file.intact()) return corrupt(file.fault());
  if (version != 3) return unsupported("model version " + std::to_string(version) + ", expected 3");
  if (subgraphs.size() != 1) return unsupported("a model with several graphs or none");
  NetworkGraph graph;
  if (auto read = read_graph(file, model, subgraphs[0], graph); !read)
    return tl::unexpected<Error>(read.error());
  return graph;
}

}  // namespace reprise::sensing
