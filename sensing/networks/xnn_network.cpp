// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/xnn_network.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>

namespace reprise::sensing {
namespace {

constexpr const char* kPreparing = "preparing the network";

struct SubgraphDeleter {
  void operator()(xnn_subgraph_t subgraph) const { xnn_delete_subgraph(subgraph); }
};
using Subgraph = std::unique_ptr<xnn_subgraph, SubgraphDeleter>;

constexpr std::size_t kPaddingFloats = XNN_EXTRA_BYTES / sizeof(float);
static_assert(XNN_EXTRA_BYTES % sizeof(float) == 0);

struct Range {
  float low = -std::numeric_limits<float>::infinity();
  float high = std::numeric_limits<float>::infinity();
};

Range range_of(Activation activation) {
  switch (activation) {
    case Activation::none: return {};
    case Activation::relu: return {.low = 0};
    case Activation::relu6: return {.low = 0, .high = 6};
  }
  return {};
}

std::uint32_t flags_of(Padding padding) {
  return padding == Padding::same ? XNN_FLAG_TENSORFLOW_SAME_PADDING : 0;
}

/// Hands a graph over to XNNPACK, tensor by tensor and operator by operator.
class Builder {
 public:
  /// The places in `outputs` of the parts that a concatenation would have joined.
  struct Part {
    std::uint32_t external_id;
    std::size_t output;
    std::size_t offset;
  };

  explicit Builder(const NetworkGraph& graph)
      : graph_(graph), values_(graph.tensors.size(), XNN_INVALID_VALUE_ID) {}

  xnn_status build(Subgraph& subgraph) {
    // XNNPACK cannot concatenate. As it happens at the very end only, each part becomes an output of its own
    // that is written straight to its place in the joint result.
    plan_outputs();
    xnn_subgraph_t raw = nullptr;
    const auto external_count = static_cast<std::uint32_t>(parts_.size() + 1);
    if (const auto status = xnn_create_subgraph(external_count, 0, &raw); status != xnn_status_success)
      return status;
    subgraph.reset(raw);
    subgraph_ = raw;
    if (const auto status = define_values(); status != xnn_status_success) return status;
    for (const NetworkOperator& op : graph_.operators) {
      const auto status =
          std::visit([&](const auto& operation) { return define(operation, op); }, op.operation);
      if (status != xnn_status_success) return status;
    }
    return xnn_status_success;
  }

  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

 private:
  void plan_outputs() {
    std::vector<const NetworkOperator*> joins(graph_.tensors.size(), nullptr);
    for (const NetworkOperator& op : graph_.operators) {
      if (std::holds_alternative<Concatenation>(op.operation)) joins[op.output] = &op;
    }
    const auto add = [this](TensorId id, std::size_t output, std::size_t offset) {
      values_[id] = static_cast<std::uint32_t>(parts_.size() + 1);
      parts_.push_back({values_[id], output, offset});
    };
    for (std::size_t i = 0; i < graph_.outputs.size(); ++i) {
      const NetworkOperator* join = joins[graph_.outputs[i]];
      if (join == nullptr) {
        add(graph_.outputs[i], i, 0);
        continue;
      }
      std::size_t offset = 0;
      for (const TensorId id : join->inputs) {
        add(id, i, offset);
        offset += element_count(graph_.tensors[id].shape);
      }
    }
  }

  xnn_status define_value(TensorId id, const void* data, std::uint32_t external_id, std::uint32_t flags) {
    const auto& shape = graph_.tensors[id].shape;
    return xnn_define_tensor_value(subgraph_, xnn_datatype_fp32, shape.size(), shape.data(), data,
                                   external_id, flags, &values_[id]);
  }

  xnn_status define_values() {
    std::vector<bool> used(graph_.tensors.size(), false);
    for (const NetworkOperator& op : graph_.operators) {
      if (std::holds_alternative<Concatenation>(op.operation)) continue;
      for (const TensorId id : op.inputs) used[id] = true;
      used[op.output] = true;
    }
    const TensorId input = graph_.inputs[0];
    auto status = define_value(input, nullptr, 0, XNN_VALUE_FLAG_EXTERNAL_INPUT);
    for (TensorId id = 0; id < graph_.tensors.size() && status == xnn_status_success; ++id) {
      if (!used[id] || id == input) continue;
      const NetworkTensor& tensor = graph_.tensors[id];
      const void* data = tensor.constant ? graph_.constants[*tensor.constant].data() : nullptr;
      const std::uint32_t external_id = values_[id];
      const std::uint32_t flags = external_id == XNN_INVALID_VALUE_ID ? 0 : XNN_VALUE_FLAG_EXTERNAL_OUTPUT;
      status = define_value(id, data, external_id, flags);
    }
    return status;
  }

  [[nodiscard]] std::uint32_t input(const NetworkOperator& op, std::size_t i) const {
    return values_[op.inputs[i]];
  }
  [[nodiscard]] std::uint32_t output(const NetworkOperator& op) const { return values_[op.output]; }
  [[nodiscard]] const std::vector<std::size_t>& shape(TensorId id) const { return graph_.tensors[id].shape; }

  xnn_status define(const Convolution& convolution, const NetworkOperator& op) {
    const Window& w = convolution.window;
    const Range range = range_of(convolution.activation);
    return xnn_define_convolution_2d(subgraph_, 0, 0, 0, 0, w.height, w.width, w.stride_y, w.stride_x, 1, 1,
                                     1, shape(op.inputs[0])[3], shape(op.output)[3], range.low, range.high,
                                     input(op, 0), input(op, 1), input(op, 2), output(op),
                                     flags_of(w.padding));
  }

  xnn_status define(const DepthwiseConvolution& convolution, const NetworkOperator& op) {
    const Window& w = convolution.window;
    const Range range = range_of(convolution.activation);
    return xnn_define_depthwise_convolution_2d(
        subgraph_, 0, 0, 0, 0, w.height, w.width, w.stride_y, w.stride_x, 1, 1, 1, shape(op.inputs[0])[3],
        range.low, range.high, input(op, 0), input(op, 1), input(op, 2), output(op), flags_of(w.padding));
  }

  xnn_status define(const MaxPooling& pooling, const NetworkOperator& op) {
    const Window& w = pooling.window;
    const Range range = range_of(pooling.activation);
    return xnn_define_max_pooling_2d(subgraph_, 0, 0, 0, 0, w.height, w.width, w.stride_y, w.stride_x, 1, 1,
                                     range.low, range.high, input(op, 0), output(op), flags_of(w.padding));
  }

  xnn_status define(const Addition& addition, const NetworkOperator& op) {
    const Range range = range_of(addition.activation);
    return xnn_define_add2(subgraph_, range.low, range.high, input(op, 0), input(op, 1), output(op), 0);
  }

  xnn_status define(const ZeroPadding& padding, const NetworkOperator& op) {
    return xnn_define_static_constant_pad(subgraph_, padding.before.data(), padding.after.data(), 0.0f,
                                          input(op, 0), output(op), 0);
  }

  xnn_status define(const Resizing&, const NetworkOperator& op) {
    // Without a flag XNNPACK means half-pixel centers.
    const auto& size = shape(op.output);
    return xnn_define_static_resize_bilinear_2d(subgraph_, size[1], size[2], input(op, 0), output(op), 0);
  }

  xnn_status define(const DepthToSpace& spread, const NetworkOperator& op) {
    return xnn_define_depth_to_space(subgraph_, input(op, 0), output(op), spread.block, 0);
  }

  xnn_status define(const Logistic&, const NetworkOperator& op) {
    return xnn_define_sigmoid(subgraph_, input(op, 0), output(op), 0);
  }

  xnn_status define(const Reshaping&, const NetworkOperator& op) {
    const auto& size = shape(op.output);
    return xnn_define_static_reshape(subgraph_, size.size(), size.data(), input(op, 0), output(op), 0);
  }

  xnn_status define(const Concatenation&, const NetworkOperator&) { return xnn_status_success; }

  const NetworkGraph& graph_;
  std::vector<std::uint32_t> values_;  ///< XNNPACK's number for each tensor
  std::vector<Part> parts_;
  xnn_subgraph_t subgraph_ = nullptr;
};

tl::unexpected<Error> refused(const char* stage, xnn_status status) {
  if (status == xnn_status_unsupported_hardware) {
    return fail(ErrorCode::unsupported, stage, "XNNPACK does not support this processor",
                "run on a processor with SSE2 or NEON");
  }
  if (status == xnn_status_out_of_memory) {
    return fail(ErrorCode::unsupported, stage, "there is not enough memory for the network",
                "close other programs or choose the lite model");
  }
  return fail(ErrorCode::unsupported, stage, "XNNPACK refuses it with status " + std::to_string(status),
              "install the libxnnpack package that Reprise was built with");
}

}  // namespace

Result<std::unique_ptr<XnnNetwork>> XnnNetwork::make(NetworkGraph graph, ThreadPool pool) {
  if (graph.inputs.size() != 1 || graph.outputs.empty()) {
    return fail(ErrorCode::unsupported, kPreparing, "a network with one input and some output is expected",
                "install the model files again");
  }
  std::vector<std::size_t> all(graph.outputs.size());
  std::iota(all.begin(), all.end(), 0u);
  keep_outputs(graph, all);
  std::unique_ptr<XnnNetwork> network(new XnnNetwork(std::move(graph), std::move(pool)));
  if (auto prepared = network->prepare(); !prepared) return tl::unexpected<Error>(prepared.error());
  return network;
}

Result<void> XnnNetwork::prepare() {
  if (const auto status = xnn_initialize(nullptr); status != xnn_status_success)
    return refused(kPreparing, status);

  const auto allocate = [this](TensorId id) {
    const std::size_t count = element_count(graph_.tensors[id].shape);
    return Tensor{.values = std::vector<float>(count + kPaddingFloats, 0.0f), .count = count};
  };
  input_ = allocate(graph_.inputs[0]);
  for (const TensorId id : graph_.outputs) outputs_.push_back(allocate(id));

  Subgraph subgraph;
  Builder builder(graph_);
  if (const auto status = builder.build(subgraph); status != xnn_status_success)
    return refused(kPreparing, status);
  xnn_runtime_t runtime = nullptr;
  if (const auto status = xnn_create_runtime_v2(subgraph.get(), pool_.get(), 0, &runtime);
      status != xnn_status_success) {
    return refused(kPreparing, status);
  }
  runtime_.reset(runtime);

  std::vector<xnn_external_value> external = {{0, input_.values.data()}};
  for (const Builder::Part& part : builder.parts()) {
    external.push_back({part.external_id, outputs_[part.output].values.data() + part.offset});
  }
  if (const auto status = xnn_setup_runtime(runtime, external.size(), external.data());
      status != xnn_status_success) {
    return refused(kPreparing, status);
  }
  return {};
}

std::span<float> XnnNetwork::input() {
  return {input_.values.data(), input_.count};
}

std::span<const float> XnnNetwork::output(std::size_t i) const {
  return {outputs_[i].values.data(), outputs_[i].count};
}

Result<void> XnnNetwork::run() {
  if (const auto status = xnn_invoke_runtime(runtime_.get()); status != xnn_status_success) {
    return refused("running the network", status);
  }
  return {};
}

}  // namespace reprise::sensing
