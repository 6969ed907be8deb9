// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/visit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "simulation/rendered/tiny_pack.h"
#include "tests/support/test_files.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;
using testing::IsEmpty;
using testing::SizeIs;
using L = engine::Landmark;

/// Of people of tetrahedra: whose joints are those of people.
class RenderedVisit : public testing::Test {
 protected:
  RenderedVisit() {
    write_tiny_pack(folder_.path());
    auto pack = open_pack(folder_.path());
    EXPECT_TRUE(pack) << (pack ? "" : to_string(pack.error()));
    if (pack) pack_ = std::move(*pack);
  }
  Visit visit(std::uint64_t seed) {
    auto planned = plan_visit(pack_, {.seed = seed, .frame_rate = Hertz{5}, .width_px = 160});
    EXPECT_TRUE(planned) << (planned ? "" : to_string(planned.error()));
    return planned ? std::move(*planned) : Visit{};
  }

  TemporaryFolder folder_;
  Pack pack_;
};

TEST_F(RenderedVisit, HasFifteenMovementsOfWhichSixArePassive) {
  for (const bool exchanged : {false, true}) {
    const auto script = visit_script(exchanged);
    EXPECT_THAT(script, SizeIs(15));
    EXPECT_EQ(std::count_if(script.begin(), script.end(), [](const auto& m) { return m.passive; }), 6);
  }
}

TEST_F(RenderedVisit, ExchangesLeftAndRight) {
  const auto plain = visit_script(false);
  const auto exchanged = visit_script(true);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(plain[i].test, exchanged[i].test);
    EXPECT_NE(plain[i].side, exchanged[i].side);
    EXPECT_EQ(plain[i].helper.z(), -exchanged[i].helper.z());
  }
}

TEST_F(RenderedVisit, ShowsTheTestedSideToTheCamera) {
  const Visit v = visit(2);
  for (std::size_t i = 0; i < v.movements.size(); ++i) {
    if (v.movements[i].shown == Shown::front) continue;
    const auto frame = static_cast<std::size_t>(v.truths[i].extreme.value() * 5);
    const auto points = landmarks_of(v.figures[0], v.poses[frame][0]);
    const bool right = v.movements[i].side == Side::right;
    const Vector3d tested = points[right ? L::right_hip : L::left_hip].v;
    const Vector3d resting = points[right ? L::left_hip : L::right_hip].v;
    EXPECT_LT((tested - v.camera.lens).norm(), (resting - v.camera.lens).norm()) << v.movements[i].test;
  }
}

TEST_F(RenderedVisit, TheHelpersHandIsAtTheLimbInPassiveMovementsAlone) {
  const Visit v = visit(1);
  for (std::size_t i = 0; i < v.movements.size(); ++i) {
    const VisitMovement& m = v.movements[i];
    const auto frame = static_cast<std::size_t>(v.truths[i].extreme.value() * 5);
    const auto points = landmarks_of(v.figures[0], v.poses[frame][0]);
    const bool right = m.side == Side::right;
    double nearest = 10;
    for (const Side hand : {Side::left, Side::right}) {
      for (const L of_left : {L::left_wrist, L::left_ankle}) {
        const Vector3d limb = points[right ? engine::mirrored(of_left) : of_left].v;
        nearest = std::min(nearest, (palm_of(v.figures[1], v.poses[frame][1], hand) - limb).norm());
      }
    }
    if (m.passive) {
      EXPECT_LT(nearest, 0.2) << m.test;
    } else {
      EXPECT_GT(nearest, 0.25) << m.test;
    }
  }
}

TEST_F(RenderedVisit, TheCameraSeesBothPeopleAllTheTime) {
  const Visit v = visit(1);
  for (const auto& people : v.poses) {
    for (const bool helper : {false, true}) {
      for (const auto& point : landmarks_of(v.figures[helper], people[helper])) {
        const Eigen::Vector2d at = v.camera.pixel(point.v);
        EXPECT_TRUE(at.x() >= 0 && at.x() <= v.camera.width && at.y() >= 0 && at.y() <= v.camera.height);
      }
    }
  }
}

TEST_F(RenderedVisit, TheTruthNamesEachMovementWithinTheFilm) {
  const Visit v = visit(1);
  const auto j = nlohmann::json::parse(visit_truth_json(v));
  EXPECT_EQ(j["simulated"], true);
  EXPECT_EQ(j["movements"].size(), 15U);
  EXPECT_EQ(j["frames"].size(), v.poses.size());
  double before = 0;
  for (const auto& m : j["movements"]) {
    EXPECT_GT(m["start_s"], before);
    EXPECT_GT(m["angle_deg"], 15) << m["test"];
    before = m["end_s"];
  }
  EXPECT_LT(before, j["frames"].back()["t"]);
}

TEST_F(RenderedVisit, RefusesAPictureThatNoCameraGives) {
  EXPECT_FALSE(plan_visit(pack_, {.seed = 1, .width_px = 7}));
  EXPECT_FALSE(plan_visit(pack_, {.seed = 1, .frame_rate = Hertz{0}}));
}

}  // namespace
}  // namespace reprise::simulation::rendered
