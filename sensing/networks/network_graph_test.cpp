// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/network_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sensing/networks/xnn_network.h"

namespace reprise::sensing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

using Shape = std::vector<std::size_t>;

/// A network of one operator without weights.
NetworkGraph single(NetworkOperation operation, const Shape& from, const Shape& to) {
  return {.tensors = {{.shape = from, .constant = {}}, {.shape = to, .constant = {}}},
          .constants = {},
          .operators = {{.operation = operation, .inputs = {0}, .output = 1}},
          .inputs = {0},
          .outputs = {1}};
}

std::vector<float> run(const NetworkGraph& graph, const std::vector<float>& input, int threads = 1) {
  const auto sound = check_graph(graph);
  EXPECT_TRUE(sound.has_value()) << to_string(sound.error());
  const auto network = XnnNetwork::make(graph, make_thread_pool(threads));
  if (!network) {
    ADD_FAILURE() << to_string(network.error());
    return {};
  }
  const auto place = (*network)->input();
  EXPECT_EQ(place.size(), input.size());
  std::copy(input.begin(), input.end(), place.begin());
  EXPECT_TRUE((*network)->run().has_value());
  const auto output = (*network)->output(0);
  return {output.begin(), output.end()};
}

TEST(XnnNetwork, EnlargesWithHalfPixelCenters) {
  // At half-pixel centers the new samples lie at -0.25, 0.25, 0.75, 1.25 of the old.
  const auto graph = single(Resizing{}, {1, 2, 2, 1}, {1, 4, 4, 1});
  const auto output = run(graph, {0, 1, 0, 1});
  ASSERT_THAT(output, SizeIs(16));
  EXPECT_THAT(std::vector<float>(output.begin(), output.begin() + 4), ElementsAre(0, 0.25f, 0.75f, 1));
}

TEST(XnnNetwork, SpreadsChannelsRowByRow) {
  const auto graph = single(DepthToSpace{.block = 2}, {1, 1, 2, 4}, {1, 2, 4, 1});
  EXPECT_THAT(run(graph, {1, 2, 3, 4, 5, 6, 7, 8}), ElementsAre(1, 2, 5, 6, 3, 4, 7, 8));
}

TEST(XnnNetwork, PutsTheOddPaddingPixelBehind) {
  // "Same" padding of an even picture at stride 2 with a window of 3: nothing before, one after.
  NetworkGraph graph = single(Convolution{.window = {.height = 3, .width = 3, .stride_y = 2, .stride_x = 2}},
                              {1, 2, 4, 1}, {1, 1, 2, 1});
  graph.tensors.push_back({.shape = {1, 3, 3, 1}, .constant = 0});
  graph.tensors.push_back({.shape = {1}, .constant = 1});
  graph.constants = {std::vector<float>(9, 1.0f), {0.0f}};
  graph.operators[0].inputs = {0, 2, 3};
  EXPECT_THAT(run(graph, {1, 2, 3, 4, 10, 20, 30, 40}), ElementsAre(66, 77));
}

TEST(XnnNetwork, GivesTheSameNumbersOnSeveralThreads) {
  NetworkGraph graph =
      single(Convolution{.window = {.height = 1, .width = 1}, .activation = Activation::relu6},
             {1, 32, 32, 16}, {1, 32, 32, 24});
  graph.tensors.push_back({.shape = {24, 1, 1, 16}, .constant = 0});
  graph.tensors.push_back({.shape = {24}, .constant = 1});
  graph.constants = {std::vector<float>(24 * 16), std::vector<float>(24, 0.25f)};
  for (std::size_t i = 0; i < graph.constants[0].size(); ++i)
    graph.constants[0][i] = std::sin(static_cast<float>(i));
  graph.operators[0].inputs = {0, 2, 3};
  std::vector<float> input(32 * 32 * 16);
  for (std::size_t i = 0; i < input.size(); ++i) input[i] = std::cos(static_cast<float>(i));
  const auto alone = run(graph, input);
  EXPECT_EQ(run(graph, input, 3), alone);
  EXPECT_LE(*std::max_element(alone.begin(), alone.end()), 6.0f);
  EXPECT_GE(*std::min_element(alone.begin(), alone.end()), 0.0f);
}

/// Two outputs: the logistic of the input, and its maximum over everything.
NetworkGraph two_outputs() {
  NetworkGraph graph = single(Logistic{}, {1, 2, 2, 1}, {1, 2, 2, 1});
  graph.tensors.push_back({.shape = {1, 1, 1, 1}, .constant = {}});
  graph.operators.push_back(
      {.operation = MaxPooling{.window = {.height = 2, .width = 2, .stride_y = 2, .stride_x = 2}},
       .inputs = {0},
       .output = 2});
  graph.outputs = {1, 2};
  return graph;
}

TEST(KeepOutputs, DropsWhatNobodyAsksFor) {
  NetworkGraph graph = two_outputs();
  keep_outputs(graph, {1});
  EXPECT_THAT(graph.operators, SizeIs(1));
  EXPECT_THAT(graph.outputs, ElementsAre(2));
  EXPECT_THAT(run(graph, {1, 4, 2, 3}), ElementsAre(4));
}

TEST(KeepOutputs, FreesTheWeightsOfWhatItDrops) {
  NetworkGraph graph = two_outputs();
  graph.tensors.push_back({.shape = {1, 1, 1, 1}, .constant = 0});
  graph.tensors.push_back({.shape = {1}, .constant = 1});
  graph.tensors.push_back({.shape = {1, 2, 2, 1}, .constant = {}});
  graph.constants = {{1.0f}, {0.0f}};
  graph.operators.push_back(
      {.operation = Convolution{.window = {.height = 1, .width = 1}}, .inputs = {0, 3, 4}, .output = 5});
  graph.outputs.push_back(5);
  ASSERT_TRUE(check_graph(graph).has_value());
  keep_outputs(graph, {0, 1});
  EXPECT_TRUE(graph.constants[0].empty());
  EXPECT_TRUE(check_graph(graph).has_value());
}

TEST(CheckGraph, RejectsAConcatenationInsideTheNetwork) {
  NetworkGraph graph = single(Logistic{}, {1, 2, 2}, {1, 2, 2});
  graph.tensors.push_back({.shape = {1, 2, 2}, .constant = {}});
  graph.tensors.push_back({.shape = {1, 2, 2}, .constant = {}});
  graph.operators.push_back({.operation = Concatenation{}, .inputs = {1}, .output = 2});
  graph.operators.push_back({.operation = Logistic{}, .inputs = {2}, .output = 3});
  graph.outputs = {3};
  const auto sound = check_graph(graph);
  ASSERT_FALSE(sound.has_value());
  EXPECT_THAT(sound.error().cause, HasSubstr("concatenation inside"));
}

}  // namespace
}  // namespace reprise::sensing
