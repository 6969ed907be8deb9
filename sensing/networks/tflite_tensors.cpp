// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "sensing/networks/tflite_parts.h"
#include "sensing/networks/weights.h"

namespace reprise::sensing {
namespace {

using namespace tflite;

// Field numbers and types of the TensorFlow Lite schema, version 3.
namespace tensor_field {
constexpr int kShape = 0, kType = 1, kBuffer = 2, kSparsity = 6;
}
namespace sparsity_field {
constexpr int kOrder = 0, kBlockMap = 1, kDimensions = 2;
}
namespace dimension_field {
constexpr int kFormat = 0, kDenseSize = 1, kSegmentsType = 2, kSegments = 3, kIndicesType = 4, kIndices = 5;
}
namespace number_type {
constexpr std::int8_t kFloat32 = 0, kFloat16 = 1, kInt32 = 2;
}

constexpr std::size_t kMaxRank = 4;
constexpr std::size_t kMaxElementsTogether = std::size_t{1} << 25;

class TensorReader {
 public:
  TensorReader(FlatBuffer& file, NetworkGraph& graph, std::vector<TensorIntegers>& integers)
      : file_(file), graph_(graph), integers_(integers) {}

  Result<void> read(const FlatBufferTables& tensors, const FlatBufferTables& buffers) {
    if (tensors.size() > kMaxItems) return unsupported("too many tensors");
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      if (auto read = read_tensor(tensors[i], buffers); !read) {
        return located("tensor " + std::to_string(i), read.error());
      }
    }
    return {};
  }

 private:
  Result<void> read_tensor(const FlatBufferTable& table, const FlatBufferTables& buffers) {
    NetworkTensor tensor;
    const auto shape = table.scalars<std::int32_t>(tensor_field::kShape);
    const auto type = table.scalar<std::int8_t>(tensor_field::kType, number_type::kFloat32);
    TensorIntegers integers;
    const auto buffer_index = table.scalar<std::uint32_t>(tensor_field::kBuffer, 0);
    const FlatBufferTable sparsity = table.table(tensor_field::kSparsity);
    if (!file_.intact()) return corrupt(file_.fault());
    if (shape.size() > kMaxRank) return unsupported("more than four dimensions");
    for (std::size_t d = 0; d < shape.size(); ++d) {
      if (shape[d] < 1 || shape[d] > static_cast<std::int32_t>(kMaxDimension)) {
        return unsupported("a dimension of " + std::to_string(shape[d]));
      }
      tensor.shape.push_back(static_cast<std::size_t>(shape[d]));
    }
    if (element_count(tensor.shape) > kMaxElements) return unsupported("too many elements");

    // Buffer 0 is the empty one by convention: a tensor that is computed.
    FlatBufferVector<std::uint8_t> data;
    if (buffer_index != 0) {
      if (buffer_index >= buffers.size()) return corrupt("its data lies in a buffer that does not exist");
      data = buffers[buffer_index].scalars<std::uint8_t>(0);
      if (!file_.intact()) return corrupt(file_.fault());
    }
    if (data.size() != 0) {
      auto read = type == number_type::kInt32 ? read_integers(data.bytes(), tensor, integers)
                                              : read_weights(data.bytes(), sparsity, tensor, type);
      if (!read) return read;
    }
    graph_.tensors.push_back(std::move(tensor));
    integers_.push_back(std::move(integers));
    return {};
  }

  static Result<void> read_integers(std::span<const std::uint8_t> data, const NetworkTensor& tensor,
                                    TensorIntegers& integers) {
    // Integers only say how wide a border or how large a picture is.
    constexpr std::size_t kMaxIntegers = 16;
    const std::size_t count = element_count(tensor.shape);
    if (count > kMaxIntegers || data.size() != count * sizeof(std::int32_t)) {
      return corrupt("its integers do not fill its shape");
    }
    integers.resize(count);
    std::memcpy(integers.data(), data.data(), data.size());
    return {};
  }

  Result<void> read_weights(std::span<const std::uint8_t> data, const FlatBufferTable& sparsity,
                            NetworkTensor& tensor, std::int8_t type) {
    if (type != number_type::kFloat32 && type != number_type::kFloat16) {
      return unsupported("weights of type " + std::to_string(type));
    }
    const std::size_t bytes_each = type == number_type::kFloat32 ? sizeof(float) : sizeof(std::uint16_t);
    const std::size_t full = element_count(tensor.shape);
    elements_ += full;
    if (elements_ > kMaxElementsTogether) return unsupported("too many weights together");
    if (data.size() % bytes_each != 0 || data.size() / bytes_each > full) {
      return corrupt("its weights do not fit its shape");
    }
    std::vector<float> values(data.size() / bytes_each);
    if (type == number_type::kFloat32) {
      std::memcpy(values.data(), data.data(), data.size());
    } else {
      for (std::size_t i = 0; i < values.size(); ++i) {
        std::uint16_t half = 0;
        std::memcpy(&half, data.data() + i * sizeof half, sizeof half);
        values[i] = half_to_float(half);
      }
    }
    if (sparsity.present()) {
      auto dense = read_sparse(values, sparsity, tensor.shape);
      if (!dense) return tl::unexpected<Error>(dense.error());
      values = std::move(*dense);
    }
    if (values.size() != full) return corrupt("its weights do not fill its shape");
    tensor.constant = static_cast<std::uint32_t>(graph_.constants.size());
    graph_.constants.push_back(std::move(values));
    return {};
  }

  Result<std::vector<float>> read_sparse(std::span<const float> values, const FlatBufferTable& sparsity,
                                         const std::vector<std::size_t>& shape) {
    const auto order = sparsity.scalars<std::int32_t>(sparsity_field::kOrder);
    const auto blocks = sparsity.scalars<std::int32_t>(sparsity_field::kBlockMap);
    const FlatBufferTables dimensions = sparsity.tables(sparsity_field::kDimensions);
    bool plain = order.size() == shape.size() && dimensions.size() == shape.size() && blocks.size() == 0;
    for (std::size_t d = 0; plain && d < shape.size(); ++d) plain = order[d] == static_cast<std::int32_t>(d);
    if (!file_.intact()) return corrupt(file_.fault());
    if (!plain) return unsupported("sparse weights in blocks or in another order");

    std::vector<SparseLevel> levels(shape.size());
    for (std::size_t d = 0; d < shape.size(); ++d) {
      const FlatBufferTable dimension = dimensions[d];
      levels[d].sparse = dimension.scalar<std::int8_t>(dimension_field::kFormat, 0) == 1;
      if (levels[d].sparse) {
        levels[d].segments = read_indices(dimension.scalar<std::uint8_t>(dimension_field::kSegmentsType, 0),
                                          dimension.table(dimension_field::kSegments));
        levels[d].indices = read_indices(dimension.scalar<std::uint8_t>(dimension_field::kIndicesType, 0),
                                         dimension.table(dimension_field::kIndices));
      } else if (dimension.scalar<std::int32_t>(dimension_field::kDenseSize, 0) !=
                 static_cast<std::int32_t>(shape[d])) {
        return corrupt("a sparse dimension that contradicts the shape");
      }
    }
    if (!file_.intact()) return corrupt(file_.fault());
    return densify(values, shape, levels);
  }

  static std::vector<std::uint32_t> read_indices(std::uint8_t kind, const FlatBufferTable& table) {
    switch (kind) {
      case 1: return widen(table.scalars<std::uint32_t>(0));
      case 2: return widen(table.scalars<std::uint16_t>(0));
      case 3: return widen(table.scalars<std::uint8_t>(0));
      default: return {};  // no segments at all: densify() says so
    }
  }

  template <class T>
  static std::vector<std::uint32_t> widen(const FlatBufferVector<T>& narrow) {
    std::vector<std::uint32_t> wide(narrow.size());
    for (std::size_t i = 0; i < wide.size(); ++i) wide[i] = narrow[i];
    return wide;
  }

  FlatBuffer& file_;
  NetworkGraph& graph_;
  std::vector<TensorIntegers>& integers_;
  std::size_t elements_ = 0;
};

}  // namespace

Result<void> read_tflite_tensors(FlatBuffer& file, const FlatBufferTables& tensors,
                                 const FlatBufferTables& buffers, NetworkGraph& graph,
                                 std::vector<TensorIntegers>& integers) {
  return TensorReader(file, graph, integers).read(tensors, buffers);
}

}  // namespace reprise::sensing
