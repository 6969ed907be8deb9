// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/marker_fit.h"

#include <gtest/gtest.h>

#include "engine/multibody/marker_swaps.h"
#include "engine/multibody/test_models.h"

namespace reprise::engine {
namespace {

using Eigen::Vector3d;
using Seen = std::vector<std::optional<Vector3d>>;

MarkerFitOptions every_marker(const MultibodyModel& model) {
  MarkerFitOptions options;
  for (std::size_t m = 0; m < model.markers.size(); ++m) options.markers.push_back({m, 1});
  return options;
}

Seen seen_in(const MultibodyModel& model, const std::vector<double>& pose) {
  MultibodyKinematics kinematics{model};
  kinematics.place(pose);
  Seen seen;
  for (const ModelMarker& marker : model.markers)
    seen.emplace_back(kinematics.body(marker.body).in_ground * marker.position_m);
  return seen;
}

void expect_pose(const MarkerFitFrame& frame, const std::vector<double>& pose, double tolerance = 1e-6) {
  EXPECT_TRUE(frame.converged);
  for (std::size_t c = 0; c < pose.size(); ++c) EXPECT_NEAR(frame.coordinates[c], pose[c], tolerance) << c;
}

const std::vector<double> kPose = {0.3, -0.2, 0.5, 0.1, 0.9, -0.3, 0.4, -0.3, 0.6};

TEST(MarkerFit, RecoversThePoseOfExactMarkers) {
  const MultibodyModel model = free_limb();
  auto fit = MarkerFit::create(model, every_marker(model));
  ASSERT_TRUE(fit);
  const auto frame = fit->solve(Seconds{0}, seen_in(model, kPose));
  ASSERT_TRUE(frame);
  expect_pose(*frame, kPose);
  EXPECT_LT(frame->rms_error_m, 1e-7);
  // The next frame begins at this one.
  std::vector<double> next = kPose;
  for (double& c : next) c += 0.02;
  const auto second = fit->solve(Seconds{0.01}, seen_in(model, next));
  ASSERT_TRUE(second);
  expect_pose(*second, next);
  EXPECT_LE(second->iterations, 6);
}

TEST(MarkerFit, FindsSomeoneWhoWalksTheOtherWay) {
  const MultibodyModel model = free_limb();
  auto fit = MarkerFit::create(model, every_marker(model));
  std::vector<double> turned = kPose;
  turned[2] = 3.1;
  const auto frame = fit->solve(Seconds{0}, seen_in(model, turned));
  ASSERT_TRUE(frame);
  EXPECT_LT(frame->rms_error_m, 1e-7);
}

TEST(MarkerFit, DoesWithoutAMarkerThatIsNotSeen) {
  const MultibodyModel model = free_limb();
  auto fit = MarkerFit::create(model, every_marker(model));
  Seen seen = seen_in(model, kPose);
  seen[4].reset();
  const auto frame = fit->solve(Seconds{0}, seen);
  ASSERT_TRUE(frame);
  expect_pose(*frame, kPose);
  EXPECT_FALSE(frame->errors_m[4]);
  EXPECT_EQ(fit->solve(Seconds{0.01}, Seen(seen.size())).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(fit->solve(Seconds{0.01}, Seen(2)).error().code, ErrorCode::invalid_argument);
}

TEST(MarkerFit, KeepsClampedLockedAndPrescribedCoordinates) {
  MultibodyModel model = double_pendulum();
  model.coordinates[1].clamped = true;
  model.coordinates[1].min = 0, model.coordinates[1].max = 0.5;
  auto fit = MarkerFit::create(model, every_marker(model));
  const auto bounded = fit->solve(Seconds{0}, seen_in(model, {0.3, 0.9}));
  ASSERT_TRUE(bounded);
  EXPECT_DOUBLE_EQ(bounded->coordinates[1], 0.5);
  EXPECT_GT(bounded->coordinates[0], 0.3);  // the upper arm gives way a little
  // Back from the bound as soon as the markers are inside.
  const auto inside = fit->solve(Seconds{0.1}, seen_in(model, {0.3, 0.2}));
  expect_pose(*inside, {0.3, 0.2});

  model.coordinates[1].clamped = false;
  model.coordinates[1].locked = true;
  model.coordinates[1].initial = 0.7;
  auto locked = MarkerFit::create(model, every_marker(model));
  EXPECT_DOUBLE_EQ(locked->solve(Seconds{0}, seen_in(model, {0.3, 0.2}))->coordinates[1], 0.7);

  model.coordinates[1].locked = false;
  model.coordinates[1].prescribed = PiecewisePolynomial::polynomial(std::array{2.0, 0.1});
  auto prescribed = MarkerFit::create(model, every_marker(model));
  EXPECT_DOUBLE_EQ(prescribed->solve(Seconds{0.2}, seen_in(model, {0.3, 0.2}))->coordinates[1], 0.5);
}

TEST(MarkerFit, LetsACoordinateFollowAnother) {
  MultibodyModel model = double_pendulum();
  model.coordinates[1].coupling = {0, PiecewisePolynomial::polynomial(std::array{0.5, -1.0, 0.2})};
  auto fit = MarkerFit::create(model, every_marker(model));
  const double q = 0.8;
  const double follows = 0.5 * q * q - q + 0.2;
  expect_pose(*fit->solve(Seconds{0}, seen_in(model, {q, follows})), {q, follows});
}

TEST(MarkerFit, WeighsMarkersAndWantedCoordinates) {
  MultibodyModel model = double_pendulum();
  // Both markers at one place of the upper rod, seen at two angles: the goal is their weighted mean.
  model.markers = {{"a", 1, {0, -0.5, 0}}, {"b", 1, {0, -0.5, 0}}};
  MarkerFitOptions options;
  options.markers = {{0, 3}, {1, 1}};
  auto fit = MarkerFit::create(model, options);
  Seen seen = seen_in(model, {0.2, 0});
  seen[1] = *seen_in(model, {-0.2, 0})[1];
  // Of the sum of 3 cos(q - 0.2) + cos(q + 0.2), which the goal is but for constants.
  const double expected = std::atan2(2 * std::sin(0.2), 4 * std::cos(0.2));
  EXPECT_NEAR(fit->solve(Seconds{0}, seen)->coordinates[0], expected, 1e-7);

  // Nothing shows the elbow; a task gives its value.
  options.coordinates = {{1, 0.1}};
  auto wanted = MarkerFit::create(model, options);
  const auto frame = wanted->solve(Seconds{0}, seen, std::vector<std::optional<double>>{0.4});
  EXPECT_NEAR(frame->coordinates[1], 0.4, 1e-6);
}

TEST(MarkerFit, KeepsCoupledPointsTogether) {
  // A third rod from the ground meets the end of the second one: two angles follow from one.
  MultibodyModel model = double_pendulum();
  model.bodies.push_back(body_named("strut", 1, {0, -0.2, 0}, {0.1, 0.1, 0.1}));
  model.coordinates.push_back(coordinate_named("strut"));
  MultibodyJoint joint{.name = "strut", .parent = 0, .child = 3};
  joint.in_parent.position_m = {0.6, 0, 0};
  joint.motions = {turn_about(Vector3d::UnitZ(), 2)};
  model.joints.push_back(joint);
  model.couplings = {{"end", 2, 3, {0, -0.4, 0}, {0, -0.7, 0}}};
  model.markers.resize(2);  // on the upper rod only
  auto fit = MarkerFit::create(model, every_marker(model));
  ASSERT_TRUE(fit);
  for (const double angle : {0.1, 0.3, 0.5, 0.4}) {
    const auto frame = fit->solve(Seconds{angle}, seen_in(model, {angle, 0, 0}));
    ASSERT_TRUE(frame);
    EXPECT_TRUE(frame->converged);
    EXPECT_NEAR(frame->coordinates[0], angle, 1e-6);
    MultibodyKinematics kinematics{model};
    kinematics.place(frame->coordinates);
    EXPECT_LT((kinematics.body(2).in_ground * Vector3d{0, -0.4, 0} -
               kinematics.body(3).in_ground * Vector3d{0, -0.7, 0})
                  .norm(),
              1e-7);
  }
}

TEST(MarkerFit, RefusesTasksThatCannotBe) {
  const MultibodyModel model = double_pendulum();
  EXPECT_FALSE(MarkerFit::create(model, {}));
  EXPECT_FALSE(MarkerFit::create(model, {.markers = {{9, 1}}, .coordinates = {}}));
  EXPECT_FALSE(MarkerFit::create(model, {.markers = {{0, -1}}, .coordinates = {}}));
  EXPECT_FALSE(MarkerFit::create(model, {.markers = {{0, 1}}, .coordinates = {{7, 1}}}));
}

TEST(MarkerSwaps, NamesMarkersThatWereExchanged) {
  // Where the other markers hold the model, while two of them have each other's name, and one is far off.
  const std::vector<Vector3d> fitted = {{0, 0, 0}, {0.3, 0, 0}, {0, 0.5, 0}, {0, 0, 0.4}};
  Seen seen(fitted.begin(), fitted.end());
  MarkerSwaps none{4};
  none.add(seen, fitted);
  EXPECT_TRUE(none.likely(0.04).empty());
  std::swap(seen[1], seen[3]);
  seen[2] = Vector3d{0, 0.7, 0};
  MarkerSwaps swaps{4};
  swaps.add(seen, fitted);
  seen[1].reset();  // hidden in the second frame
  swaps.add(seen, fitted);
  const auto likely = swaps.likely(0.04);
  ASSERT_EQ(likely.size(), 1U);
  EXPECT_EQ(likely[0].first, 1U);
  EXPECT_EQ(likely[0].second, 3U);
  EXPECT_NEAR(likely[0].named_m, 0.5, 1e-12);
  EXPECT_NEAR(likely[0].exchanged_m, 0, 1e-12);
}

TEST(MarkerFit, NamesCoordinatesThatTooFewMarkersShow) {
  const MultibodyModel model = free_limb();
  auto fit = MarkerFit::create(model, every_marker(model));
  ASSERT_TRUE(fit->solve(Seconds{0}, seen_in(model, kPose))->undetermined.empty());
  EXPECT_TRUE(fit->never_determined().empty());
  Seen seen = seen_in(model, kPose);
  for (const std::size_t m : {3U, 4U, 5U}) seen[m].reset();
  const auto pelvis = fit->solve(Seconds{0.01}, seen);
  EXPECT_EQ(pelvis->undetermined, (std::vector<std::size_t>{6, 7, 8}));
  for (std::size_t m = 1; m < seen.size(); ++m) seen[m].reset();
  const auto one = fit->solve(Seconds{0.02}, seen);
  EXPECT_LT(one->rms_error_m, 1e-6);
  EXPECT_EQ(one->undetermined.size(), 9U);
  EXPECT_TRUE(fit->solve(Seconds{0.03}, seen_in(model, kPose))->undetermined.empty());
}

TEST(MarkerFit, NamesCoordinatesThatNoTargetShows) {
  const MultibodyModel model = double_pendulum();
  auto fit = MarkerFit::create(model, {.markers = {{0, 1}, {1, 1}}, .coordinates = {}});
  const auto frame = fit->solve(Seconds{0}, Seen{Vector3d{0.1, -0.1, 0}, Vector3d{0, -0.45, 0.05}});
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->undetermined.empty());
  EXPECT_EQ(fit->never_determined(), std::vector<std::size_t>{1});
}

TEST(MarkerFit, SaysWhereCoupledPointsDoNotMeet) {
  MultibodyModel model = double_pendulum();
  // The forearm's point 0.6 m below its elbow reaches 1.1 m; held to 1.3 m below the shoulder.
  model.couplings = {{"rope", 2, 0, {0, -0.6, 0}, {0, -1.3, 0}}};
  auto fit = MarkerFit::create(model, every_marker(model));
  const auto far = fit->solve(Seconds{0}, seen_in(model, {0, 0}));
  ASSERT_TRUE(far);
  EXPECT_FALSE(far->converged);
  EXPECT_NEAR(far->apart_m, 0.2, 1e-3);
  model.couplings[0].second_m.y() = -1.1;
  auto near_by = MarkerFit::create(model, every_marker(model));
  EXPECT_LT(near_by->solve(Seconds{0}, seen_in(model, {0, 0}))->apart_m, 1e-4);
}

TEST(MarkerFit, LeavesABoundThatTheFrameBeforeLedTo) {
  MultibodyModel model = double_pendulum();
  model.coordinates[1].clamped = true;
  model.coordinates[1].initial = 2;
  model.coordinates[1].min = 0, model.coordinates[1].max = 4;
  auto fit = MarkerFit::create(model, every_marker(model));
  expect_pose(*fit->solve(Seconds{0}, seen_in(model, {0.2, 0})), {0.2, 0});
  // From 0 the shorter way to 3.5 is backward, where the range ends.
  expect_pose(*fit->solve(Seconds{0.1}, seen_in(model, {0.2, 3.5})), {0.2, 3.5});
}

TEST(MarkerSwaps, FollowMarkersThatChangePlacesForAWhile) {
  MarkerSwaps swaps{3};
  std::vector<int> exchanged;
  for (int f = 0; f < 20; ++f) {
    const double x = 0.02 * f;  // 2 m/s at 100 Hz
    Seen seen = {Vector3d{x, 0, 0}, Vector3d{x + 0.2, 0, 0}, Vector3d{x, 0.5, 0}};
    if (f >= 8 && f < 12) std::swap(seen[0], seen[1]);
    const auto pairs = swaps.exchanged(Seconds{0.01 * f}, seen, 0.04);
    for (const auto& pair : pairs) {
      EXPECT_EQ(pair.first, 0U);
      EXPECT_EQ(pair.second, 1U);
    }
    if (!pairs.empty()) exchanged.push_back(f);
  }
  EXPECT_EQ(exchanged, (std::vector<int>{8, 9, 10, 11}));
}

}  // namespace
}  // namespace reprise::engine
