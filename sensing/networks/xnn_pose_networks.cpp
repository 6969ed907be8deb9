// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/xnn_pose_networks.h"

#include <algorithm>
#include <string>

#include "sensing/networks/tflite_reader.h"
#include "sensing/networks/xnn_network.h"

namespace reprise::sensing {
namespace {

constexpr std::size_t kDetectorSide = engine::kDetectorInputSize;
constexpr std::size_t kLandmarkSide = engine::kLandmarkInputSize;
constexpr std::size_t kHeatmapSide = engine::kHeatmapSize;
constexpr std::size_t kPoints = engine::kNetworkLandmarkCount;

const Shape kDetectorInput = {1, kDetectorSide, kDetectorSide, 3};
const std::vector<Shape> kDetectorOutputs = {{1, engine::kDetectorAnchorCount, engine::kDetectorBoxValues},
                                             {1, engine::kDetectorAnchorCount, 1}};
const Shape kLandmarkInput = {1, kLandmarkSide, kLandmarkSide, 3};
// The outline of the person comes third.
const std::vector<Shape> kLandmarkOutputs = {{1, kPoints * 5},
                                             {1, 1},
                                             {1, kLandmarkSide, kLandmarkSide, 1},
                                             {1, kHeatmapSide, kHeatmapSide, kPoints},
                                             {1, kPoints * 3}};

Result<NetworkGraph> read_network(const ModelFile& file, const Shape& input,
                                  const std::vector<Shape>& outputs) {
  auto graph = read_tflite(file.bytes);
  if (!graph) {
    Error error = graph.error();
    error.cause = file.name + ": " + error.cause;
    return tl::unexpected<Error>(std::move(error));
  }
  bool expected = graph->inputs.size() == 1 && graph->tensors[graph->inputs[0]].shape == input &&
                  graph->outputs.size() == outputs.size();
  for (std::size_t i = 0; expected && i < outputs.size(); ++i) {
    expected = graph->tensors[graph->outputs[i]].shape == outputs[i];
  }
  if (!expected) {
    return fail(ErrorCode::corrupt, "reading the network",
                file.name + ": not a BlazePose network of the expected shape",
                "install the model files again");
  }
  return graph;
}

class XnnPoseNetworks final : public engine::PoseNetworks {
 public:
  XnnPoseNetworks(std::unique_ptr<XnnNetwork> detector, std::unique_ptr<XnnNetwork> landmarks,
                  bool segmentation)
      : detector_(std::move(detector)),
        landmarks_(std::move(landmarks)),
        after_outline_(segmentation ? 1 : 0) {}

  Result<void> detect(std::span<const float> input, engine::DetectorOutput& output) override {
    if (auto run = run_on(*detector_, input); !run) return run;
    copy(detector_->output(0), output.boxes);
    copy(detector_->output(1), output.logits);
    return {};
  }

  Result<void> find_landmarks(std::span<const float> input, engine::LandmarkOutput& output) override {
    if (auto run = run_on(*landmarks_, input); !run) return run;
    copy(landmarks_->output(0), output.landmarks);
    output.presence = landmarks_->output(1)[0];
    copy(landmarks_->output(2 + after_outline_), output.heatmap);
    copy(landmarks_->output(3 + after_outline_), output.world_m);
    return {};
  }

 private:
  static Result<void> run_on(XnnNetwork& network, std::span<const float> input) {
    const auto to = network.input();
    if (input.size() != to.size()) {
      return fail(ErrorCode::invalid_argument, "running the network",
                  "an input of " + std::to_string(input.size()) + " numbers where " +
                      std::to_string(to.size()) + " are expected",
                  "give the whole picture at the network's size");
    }
    std::copy(input.begin(), input.end(), to.begin());
    return network.run();
  }

  static void copy(std::span<const float> from, std::vector<float>& to) {
    to.assign(from.begin(), from.end());
  }

  std::unique_ptr<XnnNetwork> detector_;
  std::unique_ptr<XnnNetwork> landmarks_;
  std::size_t after_outline_;  ///< how far the outline, where computed, moves the outputs behind it
};

}  // namespace

Result<std::unique_ptr<engine::PoseNetworks>> make_pose_networks(const PoseModels& models,
                                                                 const PoseNetworksOptions& options) {
  if (options.threads < 1 || options.threads > 64) {
    return fail(ErrorCode::invalid_argument, "preparing the network",
                std::to_string(options.threads) + " threads were asked for", "choose 1 to 64 threads");
  }
  auto detector_graph = read_network(models.detector, kDetectorInput, kDetectorOutputs);
  if (!detector_graph) return tl::unexpected<Error>(detector_graph.error());
  auto landmark_graph = read_network(models.landmarks, kLandmarkInput, kLandmarkOutputs);
  if (!landmark_graph) return tl::unexpected<Error>(landmark_graph.error());
  if (!options.segmentation) keep_outputs(*landmark_graph, {0, 1, 3, 4});

  const ThreadPool pool = make_thread_pool(options.threads);
  auto detector = XnnNetwork::make(std::move(*detector_graph), pool);
  if (!detector) return tl::unexpected<Error>(detector.error());
  auto landmarks = XnnNetwork::make(std::move(*landmark_graph), pool);
  if (!landmarks) return tl::unexpected<Error>(landmarks.error());
  return std::make_unique<XnnPoseNetworks>(std::move(*detector), std::move(*landmarks), options.segmentation);
}

}  // namespace reprise::sensing
