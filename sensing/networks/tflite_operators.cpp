// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/tflite_parts.h"

namespace reprise::sensing {
namespace {

using namespace tflite;

// Field numbers, operator codes and kinds of options of the TensorFlow Lite schema, version 3.
namespace operator_field {
constexpr int kCode = 0, kInputs = 1, kOutputs = 2, kOptionsType = 3, kOptions = 4;
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

constexpr std::size_t kMaxOperands = 16;

class OperatorReader {
 public:
  OperatorReader(FlatBuffer& file, const std::vector<std::int32_t>& codes,
                 const std::vector<TensorIntegers>& integers, NetworkGraph& graph)
      : file_(file), codes_(codes), integers_(integers), graph_(graph) {}

  Result<void> read(const FlatBufferTables& operators) {
    if (operators.size() > kMaxItems) return unsupported("too many operators");
    for (std::size_t i = 0; i < operators.size(); ++i) {
      if (auto read = read_operator(operators[i]); !read) {
        return located("operator " + std::to_string(i), read.error());
      }
    }
    return {};
  }

 private:
  Result<void> read_operator(const FlatBufferTable& table) {
    const auto code_index = table.scalar<std::uint32_t>(operator_field::kCode, 0);
    NetworkOperator op;
    if (auto read =
            read_tensor_ids(file_, table.scalars<std::int32_t>(operator_field::kInputs), graph_, op.inputs);
        !read)
      return read;
    std::vector<TensorId> outputs;
    if (auto read =
            read_tensor_ids(file_, table.scalars<std::int32_t>(operator_field::kOutputs), graph_, outputs);
        !read)
      return read;
    if (code_index >= codes_.size()) return corrupt("an unknown kind");
    if (op.inputs.empty() || outputs.size() != 1) return unsupported("no input, or several outputs");
    op.output = outputs[0];

    options_type_ = table.scalar<std::uint8_t>(operator_field::kOptionsType, options_type::kNone);
    options_ = table.table(operator_field::kOptions);
    Result<void> decoded = decode(codes_[code_index], op);
    if (!file_.intact()) return corrupt(file_.fault());
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
    const auto& widths = integers_[op.inputs[1]];
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
    if (align_corners || !half_pixel) return unsupported("resizing without half-pixel centers");
    if (op.inputs.size() != 2) return unsupported("resizing without a size");
    const auto& size = integers_[op.inputs[1]];
    const auto& shape = graph_.tensors[op.output].shape;
    const bool agrees = size.size() == 2 && shape.size() == 4 &&
                        static_cast<std::int32_t>(shape[1]) == size[0] &&
                        static_cast<std::int32_t>(shape[2]) == size[1];
    if (!agrees) return corrupt("resizing to another size than its output has");
    op.inputs.resize(1);
    return append(op, Resizing{});
  }

  FlatBuffer& file_;
  const std::vector<std::int32_t>& codes_;
  const std::vector<TensorIntegers>& integers_;
  NetworkGraph& graph_;
  std::uint8_t options_type_ = options_type::kNone;  ///< of the operator being read
  FlatBufferTable options_;
};

}  // namespace

Result<void> read_tflite_operators(FlatBuffer& file, const FlatBufferTables& operators,
                                   const std::vector<std::int32_t>& codes,
                                   const std::vector<TensorIntegers>& integers, NetworkGraph& graph) {
  return OperatorReader(file, codes, integers, graph).read(operators);
}

Result<void> read_tensor_ids(FlatBuffer& file, const FlatBufferVector<std::int32_t>& from,
                             const NetworkGraph& graph, std::vector<TensorId>& to) {
  if (!file.intact()) return corrupt(file.fault());
  if (from.size() > kMaxOperands) return unsupported("too many tensors at one operator");
  for (std::size_t i = 0; i < from.size(); ++i) {
    // -1 marks an input left out, which none of our operators allows.
    if (from[i] < 0 || static_cast<std::size_t>(from[i]) >= graph.tensors.size()) {
      return corrupt("tensor " + std::to_string(from[i]) + " does not exist");
    }
    to.push_back(static_cast<TensorId>(from[i]));
  }
  return {};
}

}  // namespace reprise::sensing
