#include "sensing/networks/xnn_pose_networks.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise {
namespace {

class EachVariant : public testing::TestWithParam<ModelVariant> {};

TEST_P(EachVariant, GivesFiniteNumbersForAnEmptyPicture) {
  const auto folder = find_model_folder();
  if (!folder) GTEST_SKIP() << to_string(folder.error());
  const auto models = load_models(*folder, GetParam());
  ASSERT_TRUE(models.has_value()) << to_string(models.error());
  auto networks = make_pose_networks(*models);
  ASSERT_TRUE(networks.has_value()) << to_string(networks.error());

  DetectorOutput detection;
  const std::vector<float> grey(kDetectorInputSize * kDetectorInputSize * 3, 0.0f);
  ASSERT_TRUE((*networks)->detect(grey, detection).has_value());
  EXPECT_EQ(detection.boxes.size(), kDetectorAnchorCount * kDetectorBoxValues);
  EXPECT_EQ(detection.logits.size(), kDetectorAnchorCount);
  for (const float value : detection.logits) EXPECT_LT(value, 0);  // nobody there

  LandmarkOutput landmarks;
  const std::vector<float> half(kLandmarkInputSize * kLandmarkInputSize * 3, 0.5f);
  ASSERT_TRUE((*networks)->find_landmarks(half, landmarks).has_value());
  EXPECT_LT(landmarks.presence, 0.5f);
  for (const float value : landmarks.landmarks) EXPECT_TRUE(std::isfinite(value));
}

INSTANTIATE_TEST_SUITE_P(XnnPoseNetworks, EachVariant,
                         testing::Values(ModelVariant::lite, ModelVariant::full, ModelVariant::heavy),
                         [](const auto& test) { return std::string(to_string(test.param)); });

}  // namespace
}  // namespace reprise
