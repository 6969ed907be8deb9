// SPDX-License-Identifier: Apache-2.0
#include "wasm/pose_session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/pose/ssd_anchors.h"

namespace reprise::wasm {
namespace {

constexpr int kWidth = 320;
constexpr int kHeight = 240;

// Networks that see a person of fixed size where the picture is brightest in red and green.
class Pointer : public engine::PoseNetworks {
 public:
  Result<void> detect(std::span<const float> input, engine::DetectorOutput& output) override {
    output.boxes.assign(std::size_t{engine::kDetectorAnchorCount} * engine::kDetectorBoxValues, 0);
    output.logits.assign(engine::kDetectorAnchorCount, -50);
    const auto [x, y] = brightest(input, engine::kDetectorInputSize);
    const engine::Anchor& anchor = engine::pose_detector_anchors()[0];
    const float dx = x - engine::kDetectorInputSize * static_cast<float>(anchor.x);
    const float dy = y - engine::kDetectorInputSize * static_cast<float>(anchor.y);
    const std::array<float, 8> values = {dx, dy, 30, 30, dx, dy, dx, dy - 40};
    std::copy(values.begin(), values.end(), output.boxes.begin());
    output.logits[0] = 4;
    return {};
  }

  Result<void> find_landmarks(std::span<const float> input, engine::LandmarkOutput& output) override {
    output.landmarks.assign(39 * 5, 3);
    output.heatmap.assign(64 * 64 * 39, -60);
    output.world_m.assign(39 * 3, 0.25F);
    output.presence = 0.9F;
    const auto [x, y] = brightest(input, engine::kLandmarkInputSize);
    for (std::size_t i = 0; i < 39; ++i) {
      output.landmarks[5 * i] = x;
      output.landmarks[5 * i + 1] = i == 34 ? y - 60 : y;  // the 34th says how large the body is
    }
    return {};
  }

 private:
  static std::array<float, 2> brightest(std::span<const float> input, int side) {
    std::array<float, 2> at{};
    float best = -10;
    for (int i = 0; i < side * side; ++i) {
      const float here = input[3 * static_cast<std::size_t>(i)] + input[3 * static_cast<std::size_t>(i) + 1];
      if (here <= best) continue;
      best = here;
      at = {static_cast<float>(i % side), static_cast<float>(i / side)};
    }
    return at;
  }
};

// A bright square that moves over a gray gradient.
void draw(int picture, int channels, std::span<std::uint8_t> pixels) {
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      const bool square = std::abs(x - 120 - picture) < 6 && std::abs(y - 110) < 6;
      auto* const pixel = pixels.data() + std::ptrdiff_t{channels} * (y * kWidth + x);
      pixel[0] = pixel[1] = static_cast<std::uint8_t>(square ? 250 : x / 4);
      pixel[2] = static_cast<std::uint8_t>(y);
      if (channels == 4) pixel[3] = static_cast<std::uint8_t>(x * y);  // must not matter
    }
  }
}

// Feeds one picture to the pose session, with networks that answer after it has returned.
engine::TrackedFrame watch(PoseSession& session, engine::PoseNetworks& networks, int picture) {
  draw(picture, 4, session.picture(kWidth, kHeight).value());
  auto wanted = session.begin(Seconds{picture / 30.0}).value();
  while (wanted != Wanted::nothing) {
    const auto ran = wanted == Wanted::detector
                         ? networks.detect(session.input(), session.detector_output())
                         : networks.find_landmarks(session.input(), session.landmark_output());
    EXPECT_TRUE(ran.has_value());
    wanted = session.answer().value();
  }
  return session.seen();
}

TEST(PoseSession, SeesWhatTheTrackerSeesInThePicturesThemselves) {
  Pointer networks;
  PoseSession session;
  engine::PoseTracker tracker;
  std::vector<std::uint8_t> rgb(std::size_t{kWidth} * kHeight * 3);
  for (int i = 0; i < 40; ++i) {
    const engine::TrackedFrame got = watch(session, networks, i);
    draw(i, 3, rgb);
    const engine::TrackedFrame expected =
        engine::track(tracker, networks, {rgb.data(), kWidth, kHeight, std::ptrdiff_t{3} * kWidth, 3},
                      Seconds{i / 30.0})
            .value();
    ASSERT_TRUE(got.frame.pose && expected.frame.pose) << i;
    EXPECT_EQ(got.frame.time, expected.frame.time);
    EXPECT_EQ(got.detected, expected.detected);
    EXPECT_EQ(got.people_seen, 1);
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      EXPECT_EQ((*got.frame.pose->image)[l].x_px, (*expected.frame.pose->image)[l].x_px) << i;
      EXPECT_EQ(got.frame.pose->world_m[l].v, expected.frame.pose->world_m[l].v) << i;
    }
    // Within the square; later pictures are smoothed.
    if (i == 0) {
      EXPECT_NEAR((*got.frame.pose->image)[engine::Landmark::nose].x_px, 120, 6);
    }
  }
}

TEST(PoseSession, DropsAPictureThatWasNotFinished) {
  Pointer networks;
  PoseSession session;
  ASSERT_EQ(session.picture(kWidth, kHeight).value().size(), std::size_t{kWidth} * kHeight * 4);
  ASSERT_EQ(session.begin(Seconds{0}).value(), Wanted::detector);
  EXPECT_EQ(session.input().size(), std::size_t{engine::kDetectorInputSize} * engine::kDetectorInputSize * 3);
  ASSERT_TRUE(session.picture(8, 8).has_value());
  EXPECT_EQ(session.answer().error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(watch(session, networks, 1).frame.pose);
}

TEST(PoseSession, RefusesWhatItCannotUseAndGoesOn) {
  Pointer networks;
  PoseSession session;
  EXPECT_EQ(session.begin(Seconds{0}).error().code, ErrorCode::invalid_argument) << "no picture yet";
  EXPECT_EQ(session.answer().error().code, ErrorCode::invalid_argument);
  for (const auto& [width, height] : {std::pair{0, 5}, {5, -1}, {kMostPictureSidePx + 1, 5}}) {
    EXPECT_EQ(session.picture(width, height).error().code, ErrorCode::invalid_argument);
  }
  EXPECT_TRUE(watch(session, networks, 5).frame.pose);
  EXPECT_EQ(session.begin(Seconds{5 / 30.0}).error().code, ErrorCode::invalid_argument) << "not later";
  // A network that answers nonsense: the picture is dropped, the next one is seen.
  draw(6, 4, session.picture(kWidth, kHeight).value());
  ASSERT_EQ(session.begin(Seconds{6 / 30.0}).value(), Wanted::landmarks);
  session.landmark_output().landmarks[0] = std::numeric_limits<float>::quiet_NaN();
  session.landmark_output().presence = 1;
  EXPECT_EQ(session.answer().error().code, ErrorCode::corrupt);
  EXPECT_TRUE(watch(session, networks, 7).frame.pose);
}

TEST(LightOf, IsTheMeanLumaOfThePicture) {
  std::vector<std::uint8_t> pixels(std::size_t{200} * 100 * 4);
  const auto light = [&](std::array<std::uint8_t, 3> left, std::array<std::uint8_t, 3> right) {
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      const auto& color = i / 4 % 200 < 100 ? left : right;
      pixels[i] = i % 4 == 3 ? 255 : color[i % 4];
    }
    return light_of({pixels.data(), 200, 100, 800, 4});
  };
  EXPECT_EQ(light({0, 0, 0}, {0, 0, 0}), 0);
  EXPECT_NEAR(light({255, 255, 255}, {255, 255, 255}), 1, 1e-12);
  EXPECT_NEAR(light({255, 0, 0}, {255, 0, 0}), 0.299, 1e-12);
  EXPECT_NEAR(light({0, 255, 0}, {0, 0, 255}), (0.587 + 0.114) / 2, 1e-12);
  const std::array<std::uint8_t, 3> one = {51, 51, 51};
  EXPECT_NEAR(light_of({one.data(), 1, 1, 3, 3}), 0.2, 1e-12);
}

}  // namespace
}  // namespace reprise::wasm
