// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

// A neural network as plain data: tensors, and operators in the order in which they run. Only what BlazePose
// needs. All numbers are 32-bit floats; pictures are 1 x height x width x channels.

using TensorId = std::uint32_t;
using Shape = std::vector<std::size_t>;  ///< outermost first; empty means one number

// Beyond these no tensor of a pose network is: a file that says so is not believed.
constexpr std::size_t kMaxDimension = std::size_t{1} << 14;
constexpr std::size_t kMaxElements = std::size_t{1} << 24;

struct NetworkTensor {
  Shape shape;
  std::optional<std::uint32_t> constant;  ///< index into NetworkGraph::constants for weights; else computed
};

enum class Padding : std::uint8_t { same, valid };
enum class Activation : std::uint8_t { none, relu, relu6 };

/// How a window moves over a picture. Pixels.
struct Window {
  std::uint32_t height = 0;
  std::uint32_t width = 0;
  std::uint32_t stride_y = 1;
  std::uint32_t stride_x = 1;
  Padding padding = Padding::same;
};

/// inputs: picture, filter (out x height x width x in), bias (out).
struct Convolution {
  Window window;
  Activation activation = Activation::none;
};
/// inputs: picture, filter (1 x height x width x channels), bias (channels).
struct DepthwiseConvolution {
  Window window;
  Activation activation = Activation::none;
};
struct MaxPooling {
  Window window;
  Activation activation = Activation::none;
};
struct Addition {
  Activation activation = Activation::none;
};
/// A border of zeros; one entry for each of the four dimensions.
struct ZeroPadding {
  std::array<std::size_t, 4> before{};
  std::array<std::size_t, 4> after{};
};
/// Bilinear, with half-pixel centers.
struct Resizing {};
/// Turns channels into pixels: each pixel becomes `block` x `block`, row by row, with as many times fewer
/// channels.
struct DepthToSpace {
  std::uint32_t block = 2;
};
struct Logistic {};
struct Reshaping {};
/// Along the second dimension; its result may only be an output of the network.
struct Concatenation {};

using NetworkOperation = std::variant<Convolution, DepthwiseConvolution, MaxPooling, Addition, ZeroPadding,
                                      Resizing, DepthToSpace, Logistic, Reshaping, Concatenation>;

struct NetworkOperator {
  NetworkOperation operation;
  std::vector<TensorId> inputs;
  TensorId output = 0;
};

struct NetworkGraph {
  std::vector<NetworkTensor> tensors;
  std::vector<std::vector<float>> constants;  ///< rows in the order of the tensor's shape
  std::vector<NetworkOperator> operators;
  std::vector<TensorId> inputs;
  std::vector<TensorId> outputs;
};

/// How many numbers a tensor of this shape holds.
[[nodiscard]] std::size_t element_count(const Shape& shape);

/// Checks that the graph can be run as it says: each operator's inputs are there before it runs, no tensor is
/// written twice, every shape follows from the inputs' shapes, weights hold as many numbers as their shape.
/// Errors: corrupt where the graph contradicts itself, unsupported where it is beyond the operators above.
[[nodiscard]] Result<void> check_graph(const NetworkGraph& graph);

/// Keeps only the operators that the given outputs need, and makes those the graph's outputs.
/// `outputs`: indices into `graph.outputs`. Precondition: the graph was checked and the indices are valid.
void keep_outputs(NetworkGraph& graph, const std::vector<std::size_t>& outputs);

}  // namespace reprise::sensing
