// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/symmetric_networks.h"

#include <gtest/gtest.h>

#include "engine/pose/landmarks.h"

namespace reprise::engine {
namespace {

/// Answers with the same meters whatever it is shown; the border to a real network is that of any other.
class Fixed final : public PoseNetworks {
 public:
  explicit Fixed(std::size_t numbers) : numbers_(numbers) {}
  Result<void> detect(std::span<const float> /*input*/, DetectorOutput& output) override {
    output.logits.assign(1, 7);
    return {};
  }
  Result<void> find_landmarks(std::span<const float> /*input*/, LandmarkOutput& output) override {
    output.world_m.assign(numbers_, 0);
    output.landmarks.assign(1, 5);
    return {};
  }

 private:
  std::size_t numbers_;
};

float at(const LandmarkOutput& output, Landmark landmark, std::size_t axis) {
  return output.world_m[3 * static_cast<std::size_t>(landmark) + axis];
}

TEST(SymmetricNetworks, MovesLeftAndRightAsMirrorImages) {
  SymmetricNetworks networks(std::make_unique<Fixed>(39 * 3));
  LandmarkOutput output;
  ASSERT_TRUE(networks.find_landmarks({}, output));
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto landmark = static_cast<Landmark>(i);
    EXPECT_FLOAT_EQ(at(output, landmark, 0), at(output, mirrored(landmark), 0)) << name(landmark);
    EXPECT_FLOAT_EQ(at(output, landmark, 1), -at(output, mirrored(landmark), 1)) << name(landmark);
    EXPECT_FLOAT_EQ(at(output, landmark, 2), -at(output, mirrored(landmark), 2)) << name(landmark);
  }
  // The left shoulder was seen lower and nearer than the right one, the left hip farther away.
  EXPECT_LT(at(output, Landmark::left_shoulder, 1), at(output, Landmark::right_shoulder, 1));
  EXPECT_GT(at(output, Landmark::left_shoulder, 2), at(output, Landmark::right_shoulder, 2));
  EXPECT_LT(at(output, Landmark::left_hip, 2), at(output, Landmark::right_hip, 2));
}

TEST(SymmetricNetworks, LeavesEverythingElseAsTheNetworkSaysIt) {
  SymmetricNetworks networks(std::make_unique<Fixed>(39 * 3));
  LandmarkOutput output;
  DetectorOutput people;
  ASSERT_TRUE(networks.detect({}, people));
  ASSERT_TRUE(networks.find_landmarks({}, output));
  EXPECT_EQ(people.logits, std::vector<float>{7});
  EXPECT_EQ(output.landmarks, std::vector<float>{5});
  for (std::size_t i = 3 * kLandmarkCount; i < output.world_m.size(); ++i) EXPECT_EQ(output.world_m[i], 0);
}

TEST(SymmetricNetworks, ATensorOfTheWrongSizeIsLeftToTheDecoderToRefuse) {
  SymmetricNetworks networks(std::make_unique<Fixed>(5));
  LandmarkOutput output;
  ASSERT_TRUE(networks.find_landmarks({}, output));
  EXPECT_EQ(output.world_m, std::vector<float>(5, 0));
}

}  // namespace
}  // namespace reprise::engine
