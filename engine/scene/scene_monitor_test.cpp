// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/scene_monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/synthesis/random.h"

namespace reprise::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int kFilmWidth = 640;
constexpr int kFilmHeight = 360;
constexpr double kRate = 30;

/// A room of random tiles that goes on beyond the picture, and a bright person who moves up and down in it.
struct Room {
  std::uint64_t seed = 1;
  double light = 1;
  double tile_px = 24;
  double sharp_px = 0;  ///< width of the transition between tiles

  [[nodiscard]] double tile(int i, int j) const {
    return detail::CounterRandom(seed).uniform(static_cast<std::uint64_t>((j + 500) * 1000 + i + 500)) * 200 +
           30;
  }
  [[nodiscard]] double brightness(double x, double y) const {
    const auto i = static_cast<int>(std::floor(x / tile_px));
    const auto j = static_cast<int>(std::floor(y / tile_px));
    if (sharp_px <= 0) return light * tile(i, j);
    const auto blend = [&](double at) {
      return std::clamp((at - (tile_px - sharp_px)) / sharp_px, 0.0, 1.0);
    };
    const double u = blend(x - i * tile_px);
    const double v = blend(y - j * tile_px);
    return light * ((1 - v) * ((1 - u) * tile(i, j) + u * tile(i + 1, j)) +
                    v * ((1 - u) * tile(i, j + 1) + u * tile(i + 1, j + 1)));
  }
};

class Film {
 public:
  /// The next picture: the camera looks `right_px` farther to the right, the person stands at `person_y`.
  void show(const Room& room, double right_px, double person_y, Seconds time) {
    pixels_.resize(std::size_t{3} * kFilmWidth * kFilmHeight);
    const detail::CounterRandom grain(static_cast<std::uint64_t>(++count_));
    std::size_t at = 0;
    for (int y = 0; y < kFilmHeight; ++y) {
      for (int x = 0; x < kFilmWidth; ++x) {
        // Edges of the person are as wide as those between tiles.
        const auto inside = [&](double by) {
          return std::clamp(by / std::max(room.sharp_px, 1.0), 0.0, 1.0);
        };
        const double person =
            inside(60 - std::abs(x - kFilmWidth / 2)) * inside(y - person_y) * inside(kFilmHeight - 20 - y);
        double value = person * 220 * room.light + (1 - person) * room.brightness(x + right_px, y);
        if (grain_) value += 6 * grain.uniform(static_cast<std::uint64_t>(at)) - 3;
        const auto byte = static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
        for (int c = 0; c < 3; ++c) pixels_[at++] = byte;
      }
    }
    monitor_.add({pixels_.data(), kFilmWidth, kFilmHeight, std::ptrdiff_t{3} * kFilmWidth, 3}, time,
                 PictureRegion{0.38, 0.1, 0.62, 1});
  }
  /// `right_px` and `person_y` by the time in seconds.
  template <class Right>
  void show_seconds(const Room& room, double from_s, double until_s, Right&& right_px) {
    for (int i = static_cast<int>(from_s * kRate); i < static_cast<int>(until_s * kRate); ++i) {
      const double t = i / kRate;
      show(room, right_px(t), 100 + 60 * std::sin(2 * kPi * t / 2.5), Seconds{t});
    }
  }
  void set_grain(bool grain) { grain_ = grain; }
  [[nodiscard]] SceneFindings findings() const { return monitor_.findings(); }

 private:
  SceneMonitor monitor_;
  std::vector<std::uint8_t> pixels_;
  int count_ = 0;
  bool grain_ = true;
};

constexpr auto kStill = [](double) { return 0.0; };

TEST(SceneMonitor, ACameraThatStandsStillGivesNoFinding) {
  Film film;
  film.show_seconds({}, 0, 3, kStill);
  const SceneFindings found = film.findings();
  EXPECT_THAT(found.cuts, IsEmpty());
  EXPECT_THAT(found.camera_moves, IsEmpty());
  EXPECT_THAT(found.frozen, IsEmpty());
  EXPECT_FALSE(found.still || found.dark || found.blurred);
}

TEST(SceneMonitor, FindsCutsByTime) {
  Film film;
  film.show_seconds({}, 0, 1, kStill);
  film.show_seconds({.seed = 2}, 1, 2, kStill);
  film.show_seconds({}, 2, 3, kStill);
  const SceneFindings found = film.findings();
  ASSERT_THAT(found.cuts, SizeIs(2));
  EXPECT_NEAR(found.cuts[0].value(), 1, 1e-6);
  EXPECT_NEAR(found.cuts[1].value(), 2, 1e-6);
  EXPECT_THAT(found.camera_moves, IsEmpty()) << "another scene is no pan";
}

TEST(SceneMonitor, AStepOfExposureIsNoCut) {
  Film film;
  film.show_seconds({}, 0, 1, kStill);
  film.show_seconds({.light = 0.6}, 1, 2, kStill);
  EXPECT_THAT(film.findings().cuts, IsEmpty());
  EXPECT_THAT(film.findings().camera_moves, IsEmpty());
}

TEST(SceneMonitor, FindsAPanAndWhenItWas) {
  for (const double speed : {-120.0, 60.0, 240.0}) {  // pixels a second: 9 to 38 % of the width
    Film film;
    film.show_seconds({}, 0, 4, [&](double t) { return speed * std::clamp(t - 1.0, 0.0, 1.5); });
    const SceneFindings found = film.findings();
    ASSERT_THAT(found.camera_moves, SizeIs(1)) << speed;
    // A quarter of the 5 % that count as a move may pass before it is noticed, and the pan lasts until 2.5 s.
    const double noticed_s = 0.0125 * kFilmWidth / std::abs(speed) + 0.1;
    EXPECT_NEAR(found.camera_moves[0].from.value(), 1.0, noticed_s) << speed;
    EXPECT_GE(found.camera_moves[0].until, Seconds{2.4}) << speed;
    EXPECT_THAT(found.cuts, IsEmpty()) << speed;
  }
}

TEST(SceneMonitor, AHandThatTremblesIsNoPan) {
  Film film;
  film.show_seconds({}, 0, 3, [](double t) { return 6 * std::sin(2 * kPi * 3 * t); });  // 1 % of the width
  EXPECT_THAT(film.findings().camera_moves, IsEmpty());
}

TEST(SceneMonitor, TellsAStillFromAPartThatHung) {
  Film photo;
  photo.set_grain(false);
  for (int i = 0; i < 40; ++i) photo.show({}, 0, 100, Seconds{i / kRate});
  EXPECT_TRUE(photo.findings().still);
  EXPECT_THAT(photo.findings().frozen, IsEmpty());

  Film hung;
  hung.set_grain(false);
  hung.show_seconds({}, 0, 1, kStill);
  for (int i = 30; i < 60; ++i) hung.show({}, 0, 100, Seconds{i / kRate});
  hung.show_seconds({}, 2, 3, kStill);
  const SceneFindings found = hung.findings();
  EXPECT_FALSE(found.still);
  ASSERT_THAT(found.frozen, SizeIs(1));
  EXPECT_NEAR(found.frozen[0].from.value(), 1, 0.05);
  EXPECT_NEAR(found.frozen[0].until.value(), 2, 0.05);
}

TEST(SceneMonitor, RepeatedPicturesOfAConvertedRateAreNotFrozen) {
  Film film;
  film.set_grain(false);
  for (int i = 0; i < 90; ++i) film.show({}, 0, 100 + i / 3, Seconds{i / kRate});
  EXPECT_THAT(film.findings().frozen, IsEmpty());
}

TEST(SceneMonitor, TellsDarkAndBlurredPictures) {
  Film dark;
  dark.show_seconds({.light = 0.15}, 0, 1, kStill);
  EXPECT_TRUE(dark.findings().dark);
  Film blurred;
  blurred.set_grain(false);
  blurred.show_seconds({.tile_px = 80, .sharp_px = 80}, 0, 1, kStill);
  EXPECT_TRUE(blurred.findings().blurred);
  EXPECT_FALSE(blurred.findings().dark);
}

TEST(SceneMonitor, PictureOfNothingFindsNothing) {
  const SceneFindings found = SceneMonitor{}.findings();
  EXPECT_FALSE(found.still || found.dark || found.blurred);
}

}  // namespace
}  // namespace reprise::engine
