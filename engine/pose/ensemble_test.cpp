// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/ensemble.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/pose/landmarks.h"

namespace reprise::engine {
namespace {

constexpr std::size_t kPoints = kNetworkLandmarkCount;

/// Sees two bright pixels as the wrists of a person who faces the camera: the right one in the picture is the
/// left wrist. Answers with an error of its own: `shift_px` to the right, for any input.
class TwoDots final : public PoseNetworks {
 public:
  explicit TwoDots(float shift_px, float wobble_px = 0) : shift_px_(shift_px), wobble_px_(wobble_px) {}
  Result<void> detect(std::span<const float> /*input*/, DetectorOutput& output) override {
    output.logits.assign(kDetectorAnchorCount, shift_px_);
    return {};
  }
  Result<void> find_landmarks(std::span<const float> input, LandmarkOutput& output) override {
    output.landmarks.assign(kPoints * 5, 0);
    output.world_m.assign(kPoints * 3, 0);
    output.heatmap.assign(kPoints * kHeatmapSize * kHeatmapSize, -9);
    output.presence = 1;
    std::vector<std::array<float, 2>> dots;
    for (std::size_t i = 0; i < kLandmarkInputSize * kLandmarkInputSize; ++i) {
      if (input[3 * i] > 0.5F)
        dots.push_back({static_cast<float>(i % kLandmarkInputSize) + 0.5F,
                        static_cast<float>(i / kLandmarkInputSize) + 0.5F});
    }
    std::sort(dots.begin(), dots.end());
    put(output, Landmark::right_wrist, dots.front());
    put(output, Landmark::left_wrist, dots.back());
    ++calls_;
    return {};
  }

 private:
  void put(LandmarkOutput& output, Landmark landmark, const std::array<float, 2>& dot) const {
    const auto p = static_cast<std::size_t>(landmark);
    output.landmarks[p * 5] = dot[0] + shift_px_ + (calls_ % 3 == 2 ? -wobble_px_ : wobble_px_);
    output.landmarks[p * 5 + 1] = dot[1];
    output.world_m[p * 3] = (dot[0] - 128) / 256;
    output.world_m[p * 3 + 1] = (dot[1] - 128) / 256;
    const auto x = static_cast<std::size_t>(dot[0]) / 4;
    const auto y = static_cast<std::size_t>(dot[1]) / 4;
    output.heatmap[(y * kHeatmapSize + x) * kPoints + p] = 5;
  }
  float shift_px_;
  float wobble_px_;
  int calls_ = 0;
};

std::vector<float> crop_with(std::size_t right_x, std::size_t left_x, std::size_t y) {
  std::vector<float> crop(kLandmarkInputSize * kLandmarkInputSize * 3, 0);
  for (const std::size_t x : {right_x, left_x}) crop[(y * kLandmarkInputSize + x) * 3] = 1;
  return crop;
}

float x_of(const LandmarkOutput& output, Landmark landmark) {
  return output.landmarks[static_cast<std::size_t>(landmark) * 5];
}

TEST(EnsembleNetworks, SaysWhatOneGoodNetworkSays) {
  TwoDots exact{0};
  EnsembleNetworks ensemble{{&exact}};
  LandmarkOutput alone;
  LandmarkOutput together;
  const auto crop = crop_with(60, 181, 100);
  ASSERT_TRUE(exact.find_landmarks(crop, alone));
  ASSERT_TRUE(ensemble.find_landmarks(crop, together));
  for (const Landmark l : {Landmark::left_wrist, Landmark::right_wrist}) {
    EXPECT_FLOAT_EQ(x_of(together, l), x_of(alone, l));
    const auto p = static_cast<std::size_t>(l);
    EXPECT_FLOAT_EQ(together.landmarks[p * 5 + 1], 100.5F);
    EXPECT_NEAR(together.world_m[p * 3 + 1], alone.world_m[p * 3 + 1], 2.0 / 256)
        << "shifted by 4 px in one look";
  }
  const std::size_t cell =
      (25 * kHeatmapSize + 15) * kPoints + static_cast<std::size_t>(Landmark::right_wrist);
  EXPECT_FLOAT_EQ(together.heatmap[cell], 5) << "all looks point at the same cell";
  EXPECT_FLOAT_EQ(together.presence, 1);
}

TEST(EnsembleNetworks, TakesFromANetworkWhatItDoesDifferentlyToLeftAndRight) {
  TwoDots biased{3};
  EnsembleNetworks ensemble{{&biased}};
  LandmarkOutput output;
  ASSERT_TRUE(ensemble.find_landmarks(crop_with(60, 181, 100), output));
  EXPECT_NEAR(x_of(output, Landmark::right_wrist), 60.5 + 1, 1e-4) << "two looks of three err to the right";
}

TEST(EnsembleNetworks, BelievesANetworkThatAgreesWithItself) {
  TwoDots steady{0};
  TwoDots restless{0, 8};
  EnsembleNetworks ensemble{{&steady, &restless}};
  LandmarkOutput output;
  ASSERT_TRUE(ensemble.find_landmarks(crop_with(60, 181, 100), output));
  EXPECT_NEAR(x_of(output, Landmark::left_wrist), 181.5, 0.1) << "the restless one alone is off by 2.7 px";
}

TEST(EnsembleNetworks, FindsPeopleWithTheFirstMember) {
  TwoDots first{1};
  TwoDots second{2};
  EnsembleNetworks ensemble{{&first, &second}};
  DetectorOutput output;
  ASSERT_TRUE(ensemble.detect({}, output));
  EXPECT_EQ(output.logits.front(), 1);
}

}  // namespace
}  // namespace reprise::engine
