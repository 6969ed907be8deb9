#include "sensing/networks/tflite_reader.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "sensing/networks/flatbuffer.h"
#include "sensing/networks/weights.h"

namespace reprise {
namespace {

// Field numbers, operator codes and types of the TensorFlow Lite schema, version 3.
namespace model_field {
constexpr int kVersion = 0, kOperatorCodes = 1, kSubgraphs = 2, kBuffers = 4;
}
namespace code_field {
constexpr int kOldCode = 0, kCode = 3;
}
namespace graph_field {
constexpr int kTensors = 0, kInputs = 1, kOutputs = 2, kOperators = 3;
}
namespace tensor_field {
constexpr int kShape = 0, kType = 1, kBuffer = 2, kSparsity = 6;
}
namespace operator_field {
constexpr int kCode = 0, kInputs = 1, kOutputs = 2, kOptionsType = 3, kOptions = 4;
}
namespace sparsity_field {
constexpr int kOrder = 0, kBlockMap = 1, kDimensions = 2;
}
namespace dimension_field {
constexpr int kFormat = 0, kDenseSize = 1, kSegmentsType = 2, kSegments = 3, kIndicesType = 4, kIndices = 5;
}
namespace code {
constexpr std::int32_t kAdd = 0, kConcatenation = 2, kConvolution = 3, kDepthwise = 4, kDepthToSpace = 5,
                       kDequantize = 6, kLogistic = 14, kMaxPool = 17, kReshape = 22, kResizeBilinear = 23,
                       kPad = 34, kDensify = 124;
}
namespace options_type {
constexpr std::uint8_t kNone = 0, kConvolution = 1, kDepthwise = 2, kPool = 5, kConcatenation = 10, kAdd = 11,
                       kResizeBilinear = 15, kDepthToSpace = 94;
}
namespace type {
constexpr std::int8_t kFloat32 = 0, kFloat16 = 1, kInt32 = 2;
}

// BlazePose heavy: 702 tensors, 684 operators, 13.8 million weights. Room above, yet a few bytes cannot ask
// for gigabytes.
constexpr std::size_t kMaxItems = 8192;
constexpr std::size_t kMaxOperands = 16;
constexpr std::size_t kMaxRank = 4;
constexpr std::int32_t kMaxDimension = 1 << 14;
constexpr std::size_t kMaxElements = std::size_t{1} << 24;
constexpr std::size_t kMaxElementsTogether = std::size_t{1} << 25;

tl::unexpected<Error> problem(ErrorCode code, const std::string& cause) {
  return fail(code, "reading the network", cause, "install the model files again");
}
tl::unexpected<Error> corrupt(const std::string& cause) {
  return problem(ErrorCode::corrupt, cause);
}
tl::unexpected<Error> unsupported(const std::string& cause) {
  return problem(ErrorCode::unsupported, cause);
}

/// A tensor as the file has it, with what only the reader needs.
struct FileTensor {
  std::int8_t type = type::kFloat32;
  std::vector<std::int32_t> integers;  ///< of a constant INT32 tensor
};

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes), buffer_(bytes) {}

  Result<NetworkGraph> read() {
    if (bytes_.size() < 8 || std::memcmp(bytes_.data() + 4, "TFL3", 4) != 0) {
      return corrupt("this is not a TensorFlow Lite model");
    }
    const FlatBufferTable model = buffer_.root();
    const auto version = model.scalar<std::uint32_t>(model_field::kVersion, 0);
    const FlatBufferTables subgraphs = model.tables(model_field::kSubgraphs);
    if (!buffer_.intact()) return corrupt(buffer_.fault());
    if (version != 3) return unsupported("model version " + std::to_string(version) + ", expected 3");
    if (subgraphs.size() != 1) return unsupported("a model with several graphs or none");
    const FlatBufferTable graph = subgraphs[0];

    if (auto read = read_codes(model.tables(model_field::kOperatorCodes)); !read) return fail_with(read);
    if (auto read = read_tensors(graph.tables(graph_field::kTensors), model.tables(model_field::kBuffers));
        !read) {
      return fail_with(read);
    }
    if (auto read = read_operators(graph.tables(graph_field::kOperators)); !read) return fail_with(read);
    if (auto read = read_ids(graph.scalars<std::int32_t>(graph_field::kInputs), graph_.inputs); !read) {
      return fail_with(read);
    }
    if (auto read = read_ids(graph.scalars<std::int32_t>(graph_field::kOutputs), graph_.outputs); !read) {
      return fail_with(read);
    }
    if (!buffer_.intact()) return corrupt(buffer_.fault());
    if (auto sound = check_graph(graph_); !sound) return fail_with(sound);
    return std::move(graph_);
  }

 private:
  static tl::unexpected<Error> fail_with(const Result<void>& result) {
    return tl::unexpected<Error>(result.error());
  }

  Result<void> read_codes(const FlatBufferTables& codes) {
    if (codes.size() > kMaxItems) return unsupported("too many kinds of operators");
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const FlatBufferTable entry = codes[i];
      // Old files keep the code in one byte; newer ones repeat it in a wider field.
      const std::int32_t narrow = entry.scalar<std::int8_t>(code_field::kOldCode, 0);
      codes_.push_back(std::max(narrow, entry.scalar<std::int32_t>(code_field::kCode, 0)));
    }
    if (!buffer_.intact()) return corrupt(buffer_.fault());
    return {};
  }

  Result<void> read_tensors(const FlatBufferTables& tensors, const FlatBufferTables& buffers) {
    if (tensors.size() > kMaxItems) return unsupported("too many tensors");
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      if (auto read = read_tensor(tensors[i], buffers); !read) {
        Error error = read.error();
        error.cause = "tensor " + std::to_string(i) + ": " + error.cause;
        return tl::unexpected<Error>(std::move(error));
      }
    }
    return {};
  }

  Result<void> read_tensor(const FlatBufferTable& table, const FlatBufferTables& buffers) {
    NetworkTensor tensor;
    const auto shape = table.scalars<std::int32_t>(tensor_field::kShape);
    FileTensor file{.type = table.scalar<std::int8_t>(tensor_field::kType, type::kFloat32), .integers = {}};
    const auto buffer_index = table.scalar<std::uint32_t>(tensor_field::kBuffer, 0);
    const FlatBufferTable sparsity = table.table(tensor_field::kSparsity);
    if (!buffer_.intact()) return corrupt(buffer_.fault());
    if (shape.size() > kMaxRank) return unsupported("more than four dimensions");
    for (std::size_t d = 0; d < shape.size(); ++d) {
      if (shape[d] < 1 || shape[d] > kMaxDimension) {
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
      if (!buffer_.intact()) return corrupt(buffer_.fault());
    }
    if (data.size() != 0) {
      auto read = file.type == type::kInt32 ? read_integers(data.bytes(), tensor, file)
                                            : read_weights(data.bytes(), sparsity, tensor, file);
      if (!read) return read;
    }
    graph_.tensors.push_back(std::move(tensor));
    file_.push_back(std::move(file));
    return {};
  }

  static Result<void> read_integers(std::span<const std::uint8_t> data, const NetworkTensor& tensor,
                                    FileTensor& file) {
    // Integers only say how wide a border or how large a picture is.
    constexpr std::size_t kMaxIntegers = 16;
    const std::size_t count = element_count(tensor.shape);
    if (count > kMaxIntegers || data.size() != count * sizeof(std::int32_t)) {
      return corrupt("its integers do not fill its shape");
    }
    file.integers.resize(count);
    std::memcpy(file.integers.data(), data.data(), data.size());
    return {};
  }

  Result<void> read_weights(std::span<const std::uint8_t> data, const FlatBufferTable& sparsity,
                            NetworkTensor& tensor, const FileTensor& file) {
    if (file.type != type::kFloat32 && file.type != type::kFloat16) {
      return unsupported("weights of type " + std::to_string(file.type));
    }
    const std::size_t bytes_each = file.type == type::kFloat32 ? sizeof(float) : sizeof(std::uint16_t);
    const std::size_t full = element_count(tensor.shape);
    elements_ += full;
    if (elements_ > kMaxElementsTogether) return unsupported("too many weights together");
    if (data.size() % bytes_each != 0 || data.size() / bytes_each > full) {
      return corrupt("its weights do not fit its shape");
    }
    std::vector<float> values(data.size() / bytes_each);
    if (file.type == type::kFloat32) {
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
    if (!buffer_.intact()) return corrupt(buffer_.fault());
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
    if (!buffer_.intact()) return corrupt(buffer_.fault());
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

  Result<void> read_ids(const FlatBufferVector<std::int32_t>& from, std::vector<TensorId>& to) const {
    if (!buffer_.intact()) return corrupt(buffer_.fault());
    if (from.size() > kMaxOperands) return unsupported("too many tensors at one operator");
    for (std::size_t i = 0; i < from.size(); ++i) {
      // -1 marks an input left out, which none of our operators allows.
      if (from[i] < 0 || static_cast<std::size_t>(from[i]) >= graph_.tensors.size()) {
        return corrupt("tensor " + std::to_string(from[i]) + " does not exist");
      }
      to.push_back(static_cast<TensorId>(from[i]));
    }
    return {};
  }

  Result<void> read_operators(const FlatBufferTables& operators) {
    if (operators.size() > kMaxItems) return unsupported("too many operators");
    for (std::size_t i = 0; i < operators.size(); ++i) {
      if (auto read = read_operator(operators[i]); !read) {
        Error error = read.error();
        error.cause = "operator " + std::to_string(i) + ": " + error.cause;
        return tl::unexpected<Error>(std::move(error));
      }
    }
    return {};
  }

  Result<void> read_operator(const FlatBufferTable& table) {
    const auto code_index = table.scalar<std::uint32_t>(operator_field::kCode, 0);
    NetworkOperator op;
    if (auto read = read_ids(table.scalars<std::int32_t>(operator_field::kInputs), op.inputs); !read)
      return read;
    std::vector<TensorId> outputs;
    if (auto read = read_ids(table.scalars<std::int32_t>(operator_field::kOutputs), outputs); !read)
      return read;
    if (code_index >= codes_.size()) return corrupt("an unknown kind");
    if (op.inputs.empty() || outputs.size() != 1) return unsupported("no input, or several outputs");
    op.output = outputs[0];

    options_type_ = table.scalar<std::uint8_t>(operator_field::kOptionsType, options_type::kNone);
    options_ = table.table(operator_field::kOptions);
    Result<void> decoded = decode(codes_[code_index], op);
    if (!buffer_.intact()) return corrupt(buffer_.fault());
    return decoded;
  }

  Result<void> decode(std::int32_t operator_code, NetworkOperator& op) {
    switch (operator_code) {
      case code::kDequantize:
      case code::kDensify: return forward_weights(op);
      case code::kConvolution: return decode_convolution(op);
      case code::kDepthwise: return decode_depthwise(op);
      case code::kMaxPool: return decode_pooling(op);
      case code::kPad: return decode_padding(op);
      case code::kResizeBilinear: return decode_resizing(op);
      case code::kAdd: {
        Addition addition;
        if (auto read = expect_options(options_type::kAdd); !read) return read;
        if (auto read = read_activation(0, addition.activation); !read) return read;
        return append(op, addition);
      }
      case code::kDepthToSpace: {
        if (auto read = expect_options(options_type::kDepthToSpace); !read) return read;
        const auto block = options_.scalar<std::int32_t>(0, 0);
        if (block < 2) return corrupt("a block below two");
        return append(op, DepthToSpace{.block = static_cast<std::uint32_t>(block)});
      }
      case code::kLogistic: return append(op, Logistic{});
      case code::kReshape:
        // The new shape is repeated in the output tensor, which check_graph compares.
        op.inputs.resize(1);
        return append(op, Reshaping{});
      case code::kConcatenation: {
        Activation activation = Activation::none;
        if (auto read = expect_options(options_type::kConcatenation); !read) return read;
        if (auto read = read_activation(1, activation); !read) return read;
        if (options_.scalar<std::int32_t>(0, 0) != 1 || activation != Activation::none) {
          return unsupported("a concatenation along another axis than the second");
        }
        return append(op, Concatenation{});
      }
      default: return unsupported("TensorFlow Lite operator " + std::to_string(operator_code));
    }
  }

  Result<void> append(NetworkOperator& op, NetworkOperation operation) {
    op.operation = operation;
    graph_.operators.push_back(std::move(op));
    return {};
  }

  /// DEQUANTIZE and DENSIFY: the weights are already dense floats, so the output is the input under another
  /// number.
  Result<void> forward_weights(const NetworkOperator& op) {
    const NetworkTensor& from = graph_.tensors[op.inputs[0]];
    NetworkTensor& to = graph_.tensors[op.output];
    if (op.inputs.size() != 1 || !from.constant) return unsupported("conversion of computed values");
    if (to.constant || to.shape != from.shape) return corrupt("a conversion into the wrong tensor");
    to.constant = from.constant;
    return {};
  }

  Result<void> expect_options(std::uint8_t expected) const {
    if (options_type_ != expected || !options_.present())
      return corrupt("its options are missing or of another kind");
    return {};
  }

  Result<void> read_activation(int field, Activation& activation) const {
    switch (options_.scalar<std::int8_t>(field, 0)) {
      case 0: activation = Activation::none; return {};
      case 1: activation = Activation::relu; return {};
      case 3: activation = Activation::relu6; return {};
      default: return unsupported("an unknown activation");
    }
  }

  Result<void> read_window(int width_stride_field, std::uint32_t height, std::uint32_t width,
                           Window& window) const {
    const auto padding = options_.scalar<std::int8_t>(0, 0);
    const auto stride_x = options_.scalar<std::int32_t>(width_stride_field, 0);
    const auto stride_y = options_.scalar<std::int32_t>(width_stride_field + 1, 0);
    if (padding != 0 && padding != 1) return corrupt("an unknown padding");
    if (stride_x < 1 || stride_y < 1) return corrupt("a stride below one");
    window = {.height = height,
              .width = width,
              .stride_y = static_cast<std::uint32_t>(stride_y),
              .stride_x = static_cast<std::uint32_t>(stride_x),
              .padding = padding == 0 ? Padding::same : Padding::valid};
    return {};
  }

  Result<void> read_filter_window(const NetworkOperator& op, Window& window) const {
    if (op.inputs.size() != 3) return unsupported("a convolution without bias");
    const auto& filter = graph_.tensors[op.inputs[1]].shape;
    if (filter.size() != 4) return corrupt("a filter without four dimensions");
    return read_window(1, static_cast<std::uint32_t>(filter[1]), static_cast<std::uint32_t>(filter[2]),
                       window);
  }

  Result<void> expect_undilated(int field) const {
    if (options_.scalar<std::int32_t>(field, 1) != 1 || options_.scalar<std::int32_t>(field + 1, 1) != 1) {
      return unsupported("a dilated convolution");
    }
    return {};
  }

  Result<void> decode_convolution(NetworkOperator& op) {
    Convolution convolution;
    if (auto read = expect_options(options_type::kConvolution); !read) return read;
    if (auto read = read_filter_window(op, convolution.window); !read) return read;
    if (auto read = read_activation(3, convolution.activation); !read) return read;
    if (auto read = expect_undilated(4); !read) return read;
    return append(op, convolution);
  }

  Result<void> decode_depthwise(NetworkOperator& op) {
    DepthwiseConvolution convolution;
    if (auto read = expect_options(options_type::kDepthwise); !read) return read;
    if (auto read = read_filter_window(op, convolution.window); !read) return read;
    if (auto read = read_activation(4, convolution.activation); !read) return read;
    if (auto read = expect_undilated(5); !read) return read;
    return append(op, convolution);
  }

  Result<void> decode_pooling(NetworkOperator& op) {
    MaxPooling pooling;
    if (auto read = expect_options(options_type::kPool); !read) return read;
    const auto width = options_.scalar<std::int32_t>(3, 0);
    const auto height = options_.scalar<std::int32_t>(4, 0);
    if (width < 1 || height < 1) return corrupt("a pooling window below one");
    if (auto read = read_window(1, static_cast<std::uint32_t>(height), static_cast<std::uint32_t>(width),
                                pooling.window);
        !read) {
      return read;
    }
    if (auto read = read_activation(5, pooling.activation); !read) return read;
    return append(op, pooling);
  }

  Result<void> decode_padding(NetworkOperator& op) {
    if (op.inputs.size() != 2) return unsupported("a border without widths");
    const auto& widths = file_[op.inputs[1]].integers;
    ZeroPadding padding;
    if (widths.size() != 8) return unsupported("a border that is not four-dimensional or not constant");
    for (std::size_t d = 0; d < 4; ++d) {
      if (widths[2 * d] < 0 || widths[2 * d + 1] < 0) return corrupt("a border of negative width");
      padding.before[d] = static_cast<std::size_t>(widths[2 * d]);
      padding.after[d] = static_cast<std::size_t>(widths[2 * d + 1]);
    }
    op.inputs.resize(1);
    return append(op, padding);
  }

  Result<void> decode_resizing(NetworkOperator& op) {
    if (auto read = expect_options(options_type::kResizeBilinear); !read) return read;
    const bool align_corners = options_.scalar<std::uint8_t>(2, 0) != 0;
    const bool half_pixel = options_.scalar<std::uint8_t>(3, 0) != 0;
    if (align_corners || !half_pixel) return unsupported("resizing without half-pixel centres");
    if (op.inputs.size() != 2) return unsupported("resizing without a size");
    const auto& size = file_[op.inputs[1]].integers;
    const auto& shape = graph_.tensors[op.output].shape;
    const bool agrees = size.size() == 2 && shape.size() == 4 &&
                        static_cast<std::int32_t>(shape[1]) == size[0] &&
                        static_cast<std::int32_t>(shape[2]) == size[1];
    if (!agrees) return corrupt("resizing to another size than its output has");
    op.inputs.resize(1);
    return append(op, Resizing{});
  }

  std::span<const std::uint8_t> bytes_;
  FlatBuffer buffer_;
  std::vector<std::int32_t> codes_;
  std::vector<FileTensor> file_;
  std::size_t elements_ = 0;
  std::uint8_t options_type_ = options_type::kNone;
  FlatBufferTable options_;
  NetworkGraph graph_;
};

}  // namespace

Result<NetworkGraph> read_tflite(std::span<const std::uint8_t> bytes) {
  return Reader(bytes).read();
}

}  // namespace reprise
