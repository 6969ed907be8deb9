// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/network_graph.h"

#include <algorithm>
#include <string>

namespace reprise::sensing {
namespace {

// Far above BlazePose (256 x 256 x 64 at most), far below what could overflow or exhaust memory.
constexpr std::uint32_t kMaxWindow = 64;

constexpr const char* kChecking = "checking the network";
constexpr const char* kRemedy = "install the model files again";

tl::unexpected<Error> contradiction(std::size_t index, const std::string& cause) {
  return fail(ErrorCode::corrupt, kChecking, "operator " + std::to_string(index) + ": " + cause, kRemedy);
}

bool is_picture(const Shape& shape) {
  return shape.size() == 4 && shape[0] == 1;
}

/// Returns the number of window positions along one axis; 0 if the window does not fit.
std::size_t window_positions(std::size_t size, std::size_t window, std::size_t stride, Padding padding) {
  if (stride == 0 || window == 0 || stride > kMaxWindow || window > kMaxWindow) return 0;
  if (padding == Padding::same) return (size + stride - 1) / stride;
  return size < window ? 0 : (size - window) / stride + 1;
}

Shape slide(const Window& window, const Shape& picture, std::size_t channels) {
  return {1, window_positions(picture[1], window.height, window.stride_y, window.padding),
          window_positions(picture[2], window.width, window.stride_x, window.padding), channels};
}

/// Computes the output shape that an operator must have; returns an empty text on success.
class ShapeRule {
 public:
  ShapeRule(const NetworkGraph& graph, const NetworkOperator& op) : graph_(graph), op_(op) {}

  [[nodiscard]] std::string apply(Shape& result) {
    result_ = &result;
    return std::visit([this](const auto& operation) { return rule(operation); }, op_.operation);
  }

 private:
  [[nodiscard]] const NetworkTensor& input(std::size_t i) const { return graph_.tensors[op_.inputs[i]]; }

  [[nodiscard]] std::string computed_inputs(std::size_t count) const {
    if (op_.inputs.size() != count) return "wrong number of inputs";
    for (std::size_t i = 0; i < count; ++i) {
      if (input(i).constant) return "a constant where a computed tensor is expected";
    }
    return {};
  }

  [[nodiscard]] std::string weighted_inputs() const {
    if (op_.inputs.size() != 3) return "a convolution without filter or bias";
    if (input(0).constant || !input(1).constant || !input(2).constant) return "a filter that is not constant";
    if (!is_picture(input(0).shape) || input(1).shape.size() != 4) return "a convolution over no picture";
    return {};
  }

  [[nodiscard]] static bool matches(const Window& window, const Shape& filter) {
    return filter[1] == window.height && filter[2] == window.width;
  }

  [[nodiscard]] std::string rule(const Convolution& convolution) {
    if (std::string fault = weighted_inputs(); !fault.empty()) return fault;
    const Shape& picture = input(0).shape;
    const Shape& filter = input(1).shape;
    if (filter[3] != picture[3] || !matches(convolution.window, filter)) return "a filter of the wrong shape";
    if (input(2).shape != Shape{filter[0]}) return "a bias of the wrong shape";
    *result_ = slide(convolution.window, picture, filter[0]);
    return {};
  }

  [[nodiscard]] std::string rule(const DepthwiseConvolution& convolution) {
    if (std::string fault = weighted_inputs(); !fault.empty()) return fault;
    const Shape& picture = input(0).shape;
    const Shape& filter = input(1).shape;
    if (filter[0] != 1 || filter[3] != picture[3] || !matches(convolution.window, filter)) {
      return "a filter of the wrong shape";
    }
    if (input(2).shape != Shape{filter[3]}) return "a bias of the wrong shape";
    *result_ = slide(convolution.window, picture, filter[3]);
    return {};
  }

  [[nodiscard]] std::string rule(const MaxPooling& pooling) {
    if (std::string fault = computed_inputs(1); !fault.empty()) return fault;
    if (!is_picture(input(0).shape)) return "pooling over no picture";
    *result_ = slide(pooling.window, input(0).shape, input(0).shape[3]);
    return {};
  }

  [[nodiscard]] std::string rule(const Addition&) {
    if (std::string fault = computed_inputs(2); !fault.empty()) return fault;
    if (input(0).shape != input(1).shape) return "a sum of tensors of different shapes";
    *result_ = input(0).shape;
    return {};
  }

  [[nodiscard]] std::string rule(const ZeroPadding& padding) {
    if (std::string fault = computed_inputs(1); !fault.empty()) return fault;
    if (!is_picture(input(0).shape)) return "a border around no picture";
    *result_ = input(0).shape;
    for (std::size_t d = 0; d < 4; ++d) {
      if (padding.before[d] > kMaxDimension || padding.after[d] > kMaxDimension) return "a border too wide";
      (*result_)[d] += padding.before[d] + padding.after[d];
    }
    return {};
  }

  [[nodiscard]] std::string rule(const Resizing&) {
    if (std::string fault = computed_inputs(1); !fault.empty()) return fault;
    const Shape& wanted = graph_.tensors[op_.output].shape;
    if (!is_picture(input(0).shape) || !is_picture(wanted)) return "resizing of no picture";
    *result_ = {1, wanted[1], wanted[2], input(0).shape[3]};
    return {};
  }

  [[nodiscard]] std::string rule(const DepthToSpace& spread) {
    if (std::string fault = computed_inputs(1); !fault.empty()) return fault;
    const Shape& picture = input(0).shape;
    if (!is_picture(picture)) return "channels of no picture";
    const std::size_t block = spread.block;
    if (block < 2 || block > kMaxWindow || picture[3] % (block * block) != 0)
      return "channels that fill no block";
    *result_ = {1, picture[1] * block, picture[2] * block, picture[3] / (block * block)};
    return {};
  }

  [[nodiscard]] std::string rule(const Logistic&) {
    if (std::string fault = computed_inputs(1); !fault.empty()) return fault;
    *result_ = input(0).shape;
    return {};
  }

  [[nodiscard]] std::string rule(const Reshaping&) {
    if (std::string fault = computed_inputs(1); !fault.empty()) return fault;
    *result_ = graph_.tensors[op_.output].shape;
    if (element_count(*result_) != element_count(input(0).shape)) return "reshaping that changes the size";
    return {};
  }

  [[nodiscard]] std::string rule(const Concatenation&) {
    if (op_.inputs.empty()) return "nothing to concatenate";
    if (std::string fault = computed_inputs(op_.inputs.size()); !fault.empty()) return fault;
    const auto& outputs = graph_.outputs;
    if (std::find(outputs.begin(), outputs.end(), op_.output) == outputs.end()) {
      return "a concatenation inside the network";
    }
    Shape sum = input(0).shape;
    if (sum.size() < 2 || sum[0] != 1) return "a concatenation of single numbers";
    for (std::size_t i = 1; i < op_.inputs.size(); ++i) {
      const Shape& next = input(i).shape;
      if (next.size() != sum.size()) return "a concatenation of different shapes";
      for (std::size_t d = 0; d < sum.size(); ++d) {
        if (d != 1 && next[d] != sum[d]) return "a concatenation of different shapes";
      }
      sum[1] += next[1];
      // Each part is written straight into its place in the result, so it can have one place only.
      if (std::count(op_.inputs.begin(), op_.inputs.end(), op_.inputs[i]) != 1) return "a part used twice";
    }
    *result_ = sum;
    return {};
  }

  const NetworkGraph& graph_;
  const NetworkOperator& op_;
  Shape* result_ = nullptr;
};

Result<void> check_tensors(const NetworkGraph& graph) {
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    const NetworkTensor& tensor = graph.tensors[i];
    std::size_t count = 1;
    bool sound = tensor.shape.size() <= 4;
    for (const std::size_t d : tensor.shape) sound = sound && d >= 1 && d <= kMaxDimension;
    if (sound) count = element_count(tensor.shape);
    if (!sound || count > kMaxElements) {
      return fail(ErrorCode::unsupported, kChecking,
                  "tensor " + std::to_string(i) + " has an impossible shape", kRemedy);
    }
    if (tensor.constant &&
        (*tensor.constant >= graph.constants.size() || graph.constants[*tensor.constant].size() != count)) {
      return fail(ErrorCode::corrupt, kChecking,
                  "tensor " + std::to_string(i) + " holds too few or too many weights", kRemedy);
    }
  }
  return {};
}

}  // namespace

std::size_t element_count(const std::vector<std::size_t>& shape) {
  std::size_t count = 1;
  for (const std::size_t d : shape) count *= d;
  return count;
}

Result<void> check_graph(const NetworkGraph& graph) {
  for (const std::vector<TensorId>* ids : {&graph.inputs, &graph.outputs}) {
    for (const TensorId id : *ids) {
      if (id >= graph.tensors.size())
        return fail(ErrorCode::corrupt, kChecking, "an unknown input or output", kRemedy);
    }
  }
  if (auto sound = check_tensors(graph); !sound) return sound;

  std::vector<bool> known(graph.tensors.size(), false);
  std::vector<bool> concatenated(graph.tensors.size(), false);
  for (const TensorId id : graph.inputs) {
    if (known[id] || graph.tensors[id].constant)
      return fail(ErrorCode::corrupt, kChecking, "a doubtful input", kRemedy);
    known[id] = true;
  }
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const NetworkOperator& op = graph.operators[i];
    for (const TensorId id : op.inputs) {
      if (id >= graph.tensors.size()) return contradiction(i, "an unknown tensor as input");
      if (!known[id] && !graph.tensors[id].constant)
        return contradiction(i, "an input that no operator has computed");
      if (concatenated[id]) return contradiction(i, "a concatenation, or a part of one, is used again");
    }
    if (op.output >= graph.tensors.size()) return contradiction(i, "an unknown tensor as output");
    if (known[op.output] || graph.tensors[op.output].constant)
      return contradiction(i, "a tensor written twice");

    Shape shape;
    if (const std::string fault = ShapeRule(graph, op).apply(shape); !fault.empty())
      return contradiction(i, fault);
    if (shape != graph.tensors[op.output].shape) return contradiction(i, "a result of the wrong shape");
    known[op.output] = true;
    if (std::holds_alternative<Concatenation>(op.operation)) {
      concatenated[op.output] = true;
      for (const TensorId id : op.inputs) {
        const bool boundary =
            std::find(graph.inputs.begin(), graph.inputs.end(), id) != graph.inputs.end() ||
            std::find(graph.outputs.begin(), graph.outputs.end(), id) != graph.outputs.end();
        if (boundary) return contradiction(i, "a part of a concatenation is an input or output itself");
        concatenated[id] = true;
      }
    }
  }
  for (std::size_t i = 0; i < graph.outputs.size(); ++i) {
    const TensorId id = graph.outputs[i];
    const bool is_input = std::find(graph.inputs.begin(), graph.inputs.end(), id) != graph.inputs.end();
    const bool repeated = std::count(graph.outputs.begin(), graph.outputs.end(), id) != 1;
    if (!known[id] || is_input || repeated) {
      return fail(ErrorCode::corrupt, kChecking, "output " + std::to_string(i) + " is not computed", kRemedy);
    }
  }
  return {};
}

void keep_outputs(NetworkGraph& graph, const std::vector<std::size_t>& outputs) {
  std::vector<TensorId> wanted;
  for (const std::size_t i : outputs) wanted.push_back(graph.outputs[i]);
  graph.outputs = wanted;

  std::vector<bool> needed(graph.tensors.size(), false);
  for (const TensorId id : wanted) needed[id] = true;
  std::vector<NetworkOperator> kept;
  for (auto op = graph.operators.rbegin(); op != graph.operators.rend(); ++op) {
    if (!needed[op->output]) continue;
    for (const TensorId id : op->inputs) needed[id] = true;
    kept.push_back(std::move(*op));
  }
  std::reverse(kept.begin(), kept.end());
  graph.operators = std::move(kept);
  // Drop the weights of the dropped tensors.
  std::vector<bool> used(graph.constants.size(), false);
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    auto& constant = graph.tensors[i].constant;
    if (!needed[i]) constant.reset();
    if (constant) used[*constant] = true;
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) std::vector<float>().swap(graph.constants[i]);
  }
}

}  // namespace reprise::sensing
