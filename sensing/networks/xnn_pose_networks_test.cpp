// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/xnn_pose_networks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/sample_person.h"
#include "tests/support/tiny_tflite.h"

namespace reprise::sensing {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Lt;
using testing::SizeIs;
using testing::Truly;

const auto kFinite = Truly([](float value) { return std::isfinite(value); });

/// The pinned networks; each test is skipped where the npm package is not installed.
class EachVariant : public testing::TestWithParam<ModelVariant> {
 protected:
  void SetUp() override {
    const auto folder = find_model_folder();
    if (!folder) GTEST_SKIP() << to_string(folder.error());
    auto models = load_models(*folder, GetParam());
    ASSERT_TRUE(models.has_value()) << to_string(models.error());
    models_ = std::move(*models);
  }
  [[nodiscard]] std::unique_ptr<engine::PoseNetworks> make(const PoseNetworksOptions& options = {}) const {
    auto networks = make_pose_networks(models_, options);
    if (networks) return std::move(*networks);
    ADD_FAILURE() << to_string(networks.error());
    return nullptr;
  }
  PoseModels models_;
};

TEST_P(EachVariant, SeesNobodyInAnEmptyPicture) {
  const auto networks = make();
  ASSERT_NE(networks, nullptr);
  engine::DetectorOutput detection;
  const std::vector<float> gray(engine::kDetectorInputSize * engine::kDetectorInputSize * 3, 0.0f);
  ASSERT_TRUE(networks->detect(gray, detection).has_value());
  EXPECT_THAT(detection.boxes, SizeIs(engine::kDetectorAnchorCount * engine::kDetectorBoxValues));
  EXPECT_THAT(detection.logits, SizeIs(engine::kDetectorAnchorCount));
  EXPECT_THAT(detection.logits, Each(Lt(0.0f)));

  engine::LandmarkOutput landmarks;
  const std::vector<float> half(engine::kLandmarkInputSize * engine::kLandmarkInputSize * 3, 0.5f);
  ASSERT_TRUE(networks->find_landmarks(half, landmarks).has_value());
  EXPECT_LT(landmarks.presence, 0.5f);
}

TEST_P(EachVariant, SeesARealPersonAndTheirUprightBody) {
  const auto small = sample_person(engine::kDetectorInputSize);
  const auto large = sample_person(engine::kLandmarkInputSize);
  if (!small || !large) GTEST_SKIP() << "npm package @vladmandic/human is not installed: run npm ci";
  const auto networks = make();
  ASSERT_NE(networks, nullptr);

  engine::DetectorOutput detection;
  ASSERT_TRUE(networks->detect(to_network_input(*small, -1, 1), detection).has_value());
  EXPECT_GT(*std::max_element(detection.logits.begin(), detection.logits.end()), 0.0f);
  EXPECT_THAT(detection.boxes, Each(kFinite));

  engine::LandmarkOutput landmarks;
  ASSERT_TRUE(networks->find_landmarks(to_network_input(*large, 0, 1), landmarks).has_value());
  EXPECT_GT(landmarks.presence, 0.9f);
  EXPECT_THAT(landmarks.landmarks, SizeIs(engine::kNetworkLandmarkCount * 5));
  EXPECT_THAT(landmarks.heatmap,
              SizeIs(engine::kHeatmapSize * engine::kHeatmapSize * engine::kNetworkLandmarkCount));
  EXPECT_THAT(landmarks.world_m, SizeIs(engine::kNetworkLandmarkCount * 3));
  for (const auto* values : {&landmarks.landmarks, &landmarks.heatmap, &landmarks.world_m}) {
    EXPECT_THAT(*values, Each(kFinite));
  }
  // Read off the enlarged picture by eye, in the 256 rows of the crop; hips under a skirt cannot be read
  // closer. closer.
  const auto y_px = [&](std::size_t landmark) { return landmarks.landmarks[landmark * 5 + 1]; };
  EXPECT_NEAR(y_px(0), 39, 8);
  EXPECT_NEAR((y_px(23) + y_px(24)) / 2, 122, 15);
  EXPECT_NEAR((y_px(27) + y_px(28)) / 2, 224, 8);
}

TEST_P(EachVariant, GivesTheSameNumbersWithTheOutlineAndOnTwoThreads) {
  std::vector<float> input(engine::kLandmarkInputSize * engine::kLandmarkInputSize * 3);
  for (std::size_t i = 0; i < input.size(); ++i)
    input[i] = 0.5f + 0.5f * std::sin(static_cast<float>(i % 1000));
  engine::LandmarkOutput trimmed;
  engine::LandmarkOutput complete;
  const auto networks = make();
  const auto others = make({.threads = 2, .segmentation = true});
  ASSERT_TRUE(networks != nullptr && others != nullptr);
  ASSERT_TRUE(networks->find_landmarks(input, trimmed).has_value());
  ASSERT_TRUE(others->find_landmarks(input, complete).has_value());
  EXPECT_EQ(trimmed.landmarks, complete.landmarks);
  EXPECT_EQ(trimmed.heatmap, complete.heatmap);
  EXPECT_EQ(trimmed.world_m, complete.world_m);
  EXPECT_EQ(trimmed.presence, complete.presence);
}

TEST_P(EachVariant, RefusesAnInputOfTheWrongSize) {
  const auto networks = make();
  ASSERT_NE(networks, nullptr);
  engine::LandmarkOutput output;
  const auto run = networks->find_landmarks(std::vector<float>(100), output);
  ASSERT_FALSE(run.has_value());
  EXPECT_EQ(run.error().code, ErrorCode::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(XnnPoseNetworks, EachVariant,
                         testing::Values(ModelVariant::lite, ModelVariant::full, ModelVariant::heavy),
                         [](const auto& test) { return std::string(to_string(test.param)); });

TEST(MakePoseNetworks, RefusesANetworkOfAnotherShape) {
  PoseModels models;
  models.detector = {.name = "tiny.tflite", .sha256 = {}, .bytes = tiny::write(tiny::model())};
  models.landmarks = models.detector;
  const auto networks = make_pose_networks(models);
  ASSERT_FALSE(networks.has_value());
  EXPECT_EQ(networks.error().code, ErrorCode::corrupt);
  EXPECT_THAT(networks.error().cause, HasSubstr("tiny.tflite: not a BlazePose network"));
}

TEST(MakePoseNetworks, RefusesNoThreads) {
  const auto networks = make_pose_networks({}, {.threads = 0});
  ASSERT_FALSE(networks.has_value());
  EXPECT_EQ(networks.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::sensing
