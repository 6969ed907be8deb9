// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/pose_tracker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "engine/pose/ssd_anchors.h"

namespace reprise::engine {
namespace {

constexpr int kSide = 240;

// A picture that encodes position in color: red is x, green is y. The scripted networks below read from it
// which region they got.
class Scene {
 public:
  Scene() : pixels_(static_cast<std::size_t>(kSide) * kSide * 3) {
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; ++x) {
        pixels_[static_cast<std::size_t>(3 * (y * kSide + x))] = static_cast<std::uint8_t>(x);
        pixels_[static_cast<std::size_t>(3 * (y * kSide + x) + 1)] = static_cast<std::uint8_t>(y);
      }
    }
  }
  [[nodiscard]] ImageView view() const {
    return {pixels_.data(), kSide, kSide, std::ptrdiff_t{3} * kSide, 3};
  }

 private:
  std::vector<std::uint8_t> pixels_;
};

struct Actor {
  Eigen::Vector2d center_px{0, 0};
  double radius_px = 30;
  bool in_front = false;
  double logit = 3;  // of the detector
};

// Networks that see the actors of a script. Like the real ones they report the person nearest to the middle
// of the region, and no one hidden behind another person.
class ScriptedNetworks : public PoseNetworks {
 public:
  std::vector<Actor> actors;
  int detector_runs = 0;
  int landmark_runs = 0;

  Result<void> detect(std::span<const float> input, DetectorOutput& output) override {
    EXPECT_EQ(input.size(), 224U * 224 * 3);
    ++detector_runs;
    output.boxes.assign(static_cast<std::size_t>(kDetectorAnchorCount) * kDetectorBoxValues, 0);
    output.logits.assign(kDetectorAnchorCount, -50);
    std::size_t anchor = 0;
    for (const Actor& actor : visible()) {
      const Anchor& at = pose_detector_anchors()[anchor];
      const auto offset = [&](double x_px, double y_px) {
        return Eigen::Vector2f{static_cast<float>(x_px / kSide * 224) - 224 * at.x,
                               static_cast<float>(y_px / kSide * 224) - 224 * at.y};
      };
      float* const values = output.boxes.data() + anchor * kDetectorBoxValues;
      const auto put = [&](std::size_t i, const Eigen::Vector2f& value) {
        values[i] = value.x();
        values[i + 1] = value.y();
      };
      const auto& [center, radius, front, logit] = actor;
      put(0, offset(center.x(), center.y() - 0.8 * radius));
      values[2] = values[3] = static_cast<float>(0.4 * radius / kSide * 224);
      put(4, offset(center.x(), center.y()));
      put(6, offset(center.x(), center.y() - radius));
      output.logits[anchor++] = static_cast<float>(logit);
    }
    return {};
  }

  Result<void> find_landmarks(std::span<const float> input, LandmarkOutput& output) override {
    EXPECT_EQ(input.size(), 256U * 256 * 3);
    ++landmark_runs;
    const auto place = [&](int row, int column) {
      const auto i = static_cast<std::size_t>(3 * (row * 256 + column));
      return Eigen::Vector2d{255.0 * input[i] + 0.5, 255.0 * input[i + 1] + 0.5};
    };
    const Eigen::Vector2d middle = 0.5 * (place(127, 127) + place(128, 128));
    const double region_side = (place(127, 140) - place(127, 115)).norm() / 25 * 256;
    output.landmarks.assign(39 * 5, 0);
    output.heatmap.assign(64 * 64 * 39, -60);
    output.world_m.assign(39 * 3, 0);
    output.presence = 0.1F;
    const Actor* nearest = nullptr;
    const auto seen = visible();
    for (const Actor& actor : seen) {
      const double distance = (actor.center_px - middle).norm();
      if (distance > 0.4 * region_side || actor.radius_px > region_side) continue;
      if (nearest == nullptr || distance < (nearest->center_px - middle).norm()) nearest = &actor;
    }
    if (nearest == nullptr) return {};
    output.presence = 0.9F;
    const auto put = [&](std::size_t i, const Eigen::Vector2d& point_px) {
      const Eigen::Vector2d crop = ((point_px - middle) / region_side).array() * 256 + 128;
      output.landmarks[5 * i] = static_cast<float>(crop.x());
      output.landmarks[5 * i + 1] = static_cast<float>(crop.y());
      output.landmarks[5 * i + 3] = 5;
    };
    for (std::size_t i = 0; i < 34; ++i) put(i, nearest->center_px);
    put(34, nearest->center_px - Eigen::Vector2d{0, nearest->radius_px});
    return {};
  }

 private:
  [[nodiscard]] std::vector<Actor> visible() const {
    std::vector<Actor> seen;
    for (const Actor& actor : actors) {
      const bool hidden = std::any_of(actors.begin(), actors.end(), [&](const Actor& other) {
        return other.in_front && !actor.in_front &&
               (other.center_px - actor.center_px).norm() < 0.5 * other.radius_px;
      });
      if (!hidden) seen.push_back(actor);
    }
    return seen;
  }
};

constexpr double kFps = 30;

// Runs the script for `frames` pictures; `direct` sets the stage for each.
std::vector<TrackedFrame> play(ScriptedNetworks& networks, PoseTracker& tracker, int frames,
                               const std::function<void(double time_s)>& direct, double start_s = 0) {
  const Scene scene;
  std::vector<TrackedFrame> result;
  for (int i = 0; i < frames; ++i) {
    const double time_s = start_s + i / kFps;
    direct(time_s);
    auto tracked = track(tracker, networks, scene.view(), Seconds{time_s});
    EXPECT_TRUE(tracked.has_value());
    if (tracked) result.push_back(std::move(*tracked));
  }
  return result;
}

double hips_x(const TrackedFrame& tracked) {
  return (*tracked.frame.pose->image)[Landmark::left_hip].x_px;
}

constexpr double kTolerancePx = 0.5;  // landmarks are smoothed; people here move by at most 2 px a picture

TEST(PoseTracker, DetectsOnceAndThenFollowsTheLandmarks) {
  ScriptedNetworks networks;
  PoseTracker tracker({.check_interval = std::nullopt});
  const auto frames = play(networks, tracker, 60, [&](double t) {
    networks.actors = {{{100 + 20 * std::sin(3 * t), 120}}};
  });
  EXPECT_EQ(networks.detector_runs, 1);
  EXPECT_EQ(networks.landmark_runs, 60);
  EXPECT_TRUE(frames[0].detected);
  EXPECT_FALSE(frames[1].detected);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    ASSERT_TRUE(frames[i].frame.pose) << i;
    EXPECT_NEAR(hips_x(frames[i]), 100 + 20 * std::sin(3 * static_cast<double>(i) / kFps), 2) << i;
    EXPECT_FALSE(frames[i].reacquired);
    EXPECT_EQ(frames[i].people_seen, 1);
  }
}

TEST(PoseTracker, ChecksForOthersWithoutChangingWhatASinglePersonGets) {
  ScriptedNetworks networks;
  PoseTracker checking;
  PoseTracker plain({.check_interval = std::nullopt});
  const auto direct = [&](double t) { networks.actors = {{{100 + 60 * std::sin(6 * t), 120}}}; };
  const auto checked = play(networks, checking, 90, direct);
  EXPECT_GT(networks.detector_runs, 2);
  const auto expected = play(networks, plain, 90, direct);
  for (std::size_t i = 0; i < checked.size(); ++i) {
    ASSERT_TRUE(checked[i].frame.pose && expected[i].frame.pose) << i;
    EXPECT_EQ(hips_x(checked[i]), hips_x(expected[i])) << i;
  }
}

TEST(PoseTracker, ReportsAnEmptyPictureAndFindsThePersonAgain) {
  ScriptedNetworks networks;
  PoseTracker tracker;
  const auto frames = play(networks, tracker, 90, [&](double t) {
    networks.actors.clear();
    if (t < 0.99 || t > 1.99) networks.actors = {{{120, 120}}};
  });
  for (int i = 30; i < 60; ++i) EXPECT_FALSE(frames[static_cast<std::size_t>(i)].frame.pose) << i;
  ASSERT_TRUE(frames[60].frame.pose);
  EXPECT_NEAR(hips_x(frames[60]), 120, kTolerancePx);
  EXPECT_FALSE(frames[60].reacquired);  // one second, same place: no reason to doubt
  EXPECT_EQ(frames[45].people_seen, 0);
}

TEST(PoseTracker, SaysWhenItCannotKnowThatThePersonIsTheSame) {
  for (const auto& [gap_s, back_x] : std::vector<std::pair<double, double>>{{0.5, 200}, {3.0, 60}}) {
    ScriptedNetworks networks;
    PoseTracker tracker;
    const auto frames = play(networks, tracker, 150, [&, gap = gap_s, back = back_x](double t) {
      networks.actors.clear();
      if (t < 0.99) networks.actors = {{{60, 120}}};
      if (t > 0.99 + gap) networks.actors = {{{back, 120}}};
    });
    const auto first = static_cast<std::size_t>(30 + gap_s * kFps);
    ASSERT_TRUE(frames[first].frame.pose);
    EXPECT_TRUE(frames[first].reacquired);
    EXPECT_FALSE(frames[first + 1].reacquired);
  }
}

// One person walks past another who stands still. The person who is not followed walks in front and hides the
// followed one on the way.
struct Crossing {
  double speed_px_per_s;  // in bodies of about 60 px: a walk from 40 to 120, a run from 180
  double stander_speed_px_per_s = 0;
};

std::vector<TrackedFrame> play_crossing(PoseTrackerOptions options, const Crossing& crossing,
                                        bool follow_the_walker) {
  ScriptedNetworks networks;
  options.person = follow_the_walker ? 2 : 1;
  PoseTracker tracker(options);
  const int frames = static_cast<int>(160 / crossing.speed_px_per_s * kFps);
  return play(networks, tracker, frames, [&](double t) {
    networks.actors = {{{40 + crossing.speed_px_per_s * t, 120}, 30, !follow_the_walker},
                       {{120 - crossing.stander_speed_px_per_s * t, 120}, 31, follow_the_walker}};
  });
}

// Checks that only the followed person is reported, or no one, while the two are apart.
void expect_no_swap(const Crossing& crossing, bool follow_the_walker) {
  SCOPED_TRACE(testing::Message() << crossing.speed_px_per_s << " px/s, "
                                  << (follow_the_walker ? "the walker" : "the stander"));
  const auto frames = play_crossing({}, crossing, follow_the_walker);
  int apart = 0;
  int followed = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const double t = static_cast<double>(i) / kFps;
    const double walker = 40 + crossing.speed_px_per_s * t;
    const double stander = 120 - crossing.stander_speed_px_per_s * t;
    if (std::abs(walker - stander) < 25) continue;  // hidden, or so close that both would do
    ++apart;
    if (!frames[i].frame.pose) continue;
    ++followed;
    const double expected = follow_the_walker ? walker : stander;
    EXPECT_LT(std::abs(hips_x(frames[i]) - expected), std::abs(walker - stander) / 2) << i;
  }
  EXPECT_GE(followed, 0.8 * apart);
}

TEST(PoseTracker, NeverSwapsToAPersonStandingInTheWay) {
  for (const double speed : {25.0, 40.0, 55.0, 80.0, 120.0, 180.0}) expect_no_swap({speed}, true);
}

TEST(PoseTracker, NeverSwapsToAPasserBy) {
  for (const double speed : {25.0, 40.0, 55.0, 80.0, 120.0, 180.0}) expect_no_swap({speed}, false);
}

TEST(PoseTracker, NeverSwapsWhenBothWalk) {
  for (const bool first : {true, false}) expect_no_swap({60, 20}, first);
}

TEST(PoseTracker, WouldSwapWithoutTheChecks) {
  // The script is a real trap: with the region from the last landmarks alone the tracker is caught in it.
  const auto frames = play_crossing({.check_interval = std::nullopt}, {55}, true);
  ASSERT_TRUE(frames.back().frame.pose);
  EXPECT_NEAR(hips_x(frames.back()), 120, 5);
}

TEST(PoseTracker, DoesNotTakeTheTherapistWhenThePatientLeaves) {
  ScriptedNetworks networks;
  PoseTracker tracker;
  const auto frames = play(networks, tracker, 450, [&](double t) {
    networks.actors = {{{200, 120}, 28}};
    if (t < 0.99) networks.actors.push_back({{60, 120}, 32});
  });
  EXPECT_NEAR(hips_x(frames[20]), 60, kTolerancePx);
  EXPECT_EQ(frames[20].people_seen, 2);
  for (std::size_t i = 30; i < 30 + 9 * 30; ++i) EXPECT_FALSE(frames[i].frame.pose) << i;
  const auto found =
      std::find_if(frames.begin() + 30, frames.end(), [](const auto& f) { return f.frame.pose; });
  ASSERT_NE(found, frames.end());  // after ten seconds any person is accepted, and reported
  EXPECT_TRUE(found->reacquired);
}

TEST(PoseTracker, TakesThePatientBackWhoComesInOnTheOtherSide) {
  ScriptedNetworks networks;
  PoseTracker tracker;
  const auto frames = play(networks, tracker, 180, [&](double t) {
    networks.actors = {{{120, 120}, 28}};
    if (t < 0.99) networks.actors.push_back({{40, 120}, 32});
    if (t > 1.99) networks.actors.push_back({{200, 120}, 32});
  });
  EXPECT_NEAR(hips_x(frames.back()), 200, kTolerancePx);
  const auto found =
      std::find_if(frames.begin() + 30, frames.end(), [](const auto& f) { return f.frame.pose; });
  EXPECT_TRUE(found->reacquired);
}

TEST(PoseTracker, StartsWithTheLargestTheNthOrTheMostCentral) {
  const std::vector<Actor> three = {{{50, 120}, 20}, {{125, 120}, 26}, {{192, 120}, 34}};
  const auto follows = [&](const PoseTrackerOptions& options) {
    ScriptedNetworks networks;
    PoseTracker tracker(options);
    return hips_x(play(networks, tracker, 1, [&](double) { networks.actors = three; }).front());
  };
  EXPECT_NEAR(follows({}), 192, kTolerancePx);
  EXPECT_NEAR(follows({.person = 2}), 125, kTolerancePx);
  EXPECT_NEAR(follows({.person = 3}), 50, kTolerancePx);
  EXPECT_NEAR(follows({.order = PersonOrder::central_first}), 125, kTolerancePx);
  EXPECT_NEAR(follows({.person = 2, .order = PersonOrder::central_first}), 50,
              kTolerancePx);  // 70 px, not 72
}

TEST(PoseTracker, WaitsForTheSecondPersonWhenTheSecondIsWanted) {
  ScriptedNetworks networks;
  PoseTracker tracker({.person = 2});
  const auto frames = play(networks, tracker, 20, [&](double t) {
    networks.actors = {{{60, 120}, 34}};
    if (t > 0.3) networks.actors.push_back({{180, 120}, 28});
  });
  EXPECT_FALSE(frames[5].frame.pose);
  EXPECT_EQ(frames[5].people_seen, 1);
  ASSERT_TRUE(frames.back().frame.pose);
  EXPECT_NEAR(hips_x(frames.back()), 180, kTolerancePx);
  EXPECT_FALSE(frames[10].reacquired);
}

TEST(PoseTracker, GivesRawLandmarksOnWishInTheSameRegions) {
  ScriptedNetworks networks;
  PoseTracker tracker({.smoothing = std::nullopt});
  const auto frames = play(networks, tracker, 30, [&](double t) {
    networks.actors = {{{100 + 20 * std::sin(9 * t), 120}}};
  });
  for (std::size_t i = 0; i < frames.size(); ++i)  // single-precision crop and tensors
    EXPECT_NEAR(hips_x(frames[i]), 100 + 20 * std::sin(9 * static_cast<double>(i) / kFps), 1e-2) << i;
}

TEST(PoseTracker, RefusesPicturesThatAreNone) {
  const Scene scene;
  PoseTracker tracker;
  const auto code = [&](const ImageView& image, double time_s) {
    const auto step = tracker.begin(image, Seconds{time_s});
    return step ? std::nullopt : std::optional(step.error().code);
  };
  ImageView gray = scene.view();
  gray.channels = 1;
  EXPECT_EQ(code(gray, 0), ErrorCode::invalid_argument);
  EXPECT_EQ(code({}, 0), ErrorCode::invalid_argument);
  EXPECT_EQ(code(scene.view(), std::numeric_limits<double>::quiet_NaN()), ErrorCode::invalid_argument);
  EXPECT_FALSE(PoseTracker({.person = 0}).begin(scene.view(), Seconds{0}));
}

TEST(PoseTracker, WantsTimesThatRise) {
  ScriptedNetworks networks;
  PoseTracker tracker;
  (void)play(
      networks, tracker, 3,
      [&](double) {
        networks.actors = {{{120, 120}}};
      },
      5);
  const Scene scene;
  EXPECT_FALSE(tracker.begin(scene.view(), Seconds{5}));
  EXPECT_EQ(play(
                networks, tracker, 1, [](double) {}, 6)
                .size(),
            1U);  // unaffected
}

TEST(PoseTracker, DropsAPictureWhoseNetworkAnsweredNonsenseAndGoesOn) {
  ScriptedNetworks networks;
  PoseTracker tracker;
  (void)play(networks, tracker, 3, [&](double) { networks.actors = {{{120, 120}}}; });
  const Scene scene;
  const auto step = tracker.begin(scene.view(), Seconds{1});
  ASSERT_TRUE(step && std::holds_alternative<LandmarkRequest>(*step));
  const auto answered = tracker.answer(LandmarkOutput{}, scene.view());
  ASSERT_FALSE(answered);
  EXPECT_EQ(answered.error().code, ErrorCode::corrupt);
  const auto frames = play(
      networks, tracker, 1, [](double) {}, 2);
  ASSERT_TRUE(frames.front().frame.pose);
  EXPECT_NEAR(hips_x(frames.front()), 120, kTolerancePx);
}

TEST(TrackedFrame, IsSmallEnoughToKeep) {
  EXPECT_LE(sizeof(TrackedFrame), 4096U);
}

}  // namespace
}  // namespace reprise::engine
