// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/packed_landmarks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

Pose swaying(double t, bool with_image = true) {
  Pose pose;
  if (with_image) pose.image.emplace();
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    const auto number = static_cast<double>(l);
    pose.world_m[l] = {0.3 * std::sin(t + number), -0.8 + 0.05 * number, 0.1 * std::cos(2 * t)};
    if (pose.image) (*pose.image)[l] = {640 + 100 * std::sin(t + number), 20 * number, 7};
    pose.visibility[l] = 0.5 + 0.5 * std::sin(number);
  }
  return pose;
}

PackedLandmarks recording(int frames, bool with_image = true) {
  PackedLandmarks made;
  made.width_px = 1280;
  made.height_px = 720;
  for (int f = 0; f < frames; ++f) {
    const double t = 12.5 + f / 29.97;
    made.frames.push_back({Seconds{t}, f % 7 == 3 ? std::nullopt : std::optional{swaying(t, with_image)}});
  }
  return made;
}

TEST(PackedLandmarks, ReadBackAsTheyWereToAMillimeter) {
  const PackedLandmarks before = recording(50);
  const auto after = unpack_landmarks(pack_landmarks(before));
  ASSERT_TRUE(after);
  EXPECT_FALSE(after->simulated);
  EXPECT_EQ(after->width_px, 1280);
  EXPECT_EQ(after->height_px, 720);
  ASSERT_EQ(after->frames.size(), before.frames.size());
  for (std::size_t f = 0; f < before.frames.size(); ++f) {
    EXPECT_NEAR(after->frames[f].time.value(), before.frames[f].time.value(), 0.5e-4 + 1e-9);
    ASSERT_EQ(after->frames[f].pose.has_value(), before.frames[f].pose.has_value());
    if (!before.frames[f].pose) continue;
    const Pose& was = *before.frames[f].pose;
    const Pose& is = *after->frames[f].pose;
    ASSERT_TRUE(is.image);
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      EXPECT_LE((is.world_m[l].v - was.world_m[l].v).cwiseAbs().maxCoeff(), 0.5e-3 + 1e-9);
      EXPECT_NEAR((*is.image)[l].x_px, (*was.image)[l].x_px, 0.125 + 1e-9);
      EXPECT_NEAR((*is.image)[l].y_px, (*was.image)[l].y_px, 0.125 + 1e-9);
      EXPECT_EQ((*is.image)[l].z_px, 0);
      EXPECT_NEAR(is.visibility[l], was.visibility[l], 0.005 + 1e-9);
    }
  }
}

TEST(PackedLandmarks, DoNotDrift) {
  // The differences are those of rounded numbers, so packing twice changes nothing.
  const auto once = unpack_landmarks(pack_landmarks(recording(300)));
  ASSERT_TRUE(once);
  EXPECT_EQ(pack_landmarks(*unpack_landmarks(pack_landmarks(*once))), pack_landmarks(*once));
}

TEST(PackedLandmarks, TakeAFewBytesALandmark) {
  const std::size_t bytes = pack_landmarks(recording(300)).size();
  EXPECT_LT(bytes, 300 * kLandmarkCount * 9U);
}

TEST(PackedLandmarks, AlsoWithoutAnythingAndWithoutPicturePositions) {
  const auto none = unpack_landmarks(pack_landmarks({}));
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->frames.empty());
  PackedLandmarks simulated = recording(4, false);
  simulated.simulated = true;
  const auto after = unpack_landmarks(pack_landmarks(simulated));
  ASSERT_TRUE(after);
  EXPECT_TRUE(after->simulated);
  EXPECT_FALSE(after->frames.front().pose->image);
}

TEST(PackedLandmarks, NumbersOutOfRangeAreCut) {
  PackedLandmarks far = recording(2);
  far.frames[0].pose->world_m[0] = {1e300, -1e300, 0};
  const auto after = unpack_landmarks(pack_landmarks(far));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->frames[0].pose->world_m[0].v.x(), 1e4);
  EXPECT_EQ(after->frames[0].pose->world_m[0].v.y(), -1e4);
}

TEST(PackedLandmarks, DamagedBytesAreRefused) {
  const std::string bytes = pack_landmarks(recording(5));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto cut = unpack_landmarks(std::string_view{bytes}.substr(0, length));
    ASSERT_FALSE(cut) << length;
    EXPECT_TRUE(cut.error().code == ErrorCode::corrupt || cut.error().code == ErrorCode::unsupported);
  }
  EXPECT_FALSE(unpack_landmarks(bytes + '\0'));
  EXPECT_FALSE(unpack_landmarks("RPLX" + bytes.substr(4)));
  std::string newer = bytes;
  newer[4] = 2;
  const auto unknown = unpack_landmarks(newer);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::unsupported);
  // Times that stand still.
  EXPECT_FALSE(unpack_landmarks(std::string{"RPLM\1\0\0\0\2\0\0\0\0", 13}));
  // More frames than a recording may have.
  EXPECT_FALSE(unpack_landmarks(std::string{"RPLM\1\0\0\0\xFF\xFF\xFF\x7F", 12}));
}

}  // namespace
}  // namespace reprise::engine
