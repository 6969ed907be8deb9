// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>

#include "engine/kinematics/measure_set.h"
#include "simulation/rendered/film.h"
#include "simulation/rendered/tiny_pack.h"
#include "tests/support/shipped_catalog.h"
#include "tests/support/test_files.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;
using engine::Dof;
using engine::Measure;
using engine::Side;
using testing::HasSubstr;
using L = engine::Landmark;

/// The pack that the test makes, and a person of it.
class Rendered : public testing::Test {
 protected:
  Rendered() {
    write_tiny_pack(folder_.path());
    auto pack = open_pack(folder_.path());
    EXPECT_TRUE(pack) << (pack ? "" : to_string(pack.error()));
    if (pack) pack_ = std::move(*pack);
    person_ = draw_person(3, pack_.wardrobe);
    person_.limbs = {};
    person_.stature_m = 1.7;
  }
  Figure figure() {
    auto figure = make_figure(pack_, person_);
    EXPECT_TRUE(figure) << (figure ? "" : to_string(figure.error()));
    return figure ? std::move(*figure) : Figure{};
  }
  /// The measure, degrees, of a posture on the rig.
  static double degrees(const Figure& figure, const engine::Posture& posture, const engine::Stance& stance,
                        Measure measure, Side side) {
    const RigPose pose = pose_rig(figure, engine::draw_body(figure.shape, posture, stance), stance);
    const engine::MeasureSet measures(measured_pose(landmarks_of(figure, pose)));
    const auto& sample = measures.at(measure, side);
    EXPECT_TRUE(sample) << engine::info(measure).name;
    return sample ? engine::in_degrees(measure, sample->value) : 0;
  }

  TemporaryFolder folder_;
  Pack pack_;
  Person person_;
};

TEST_F(Rendered, SkinRestsWhereTheMeshWasMade) {
  const Figure figure = this->figure();
  const auto parts = skin(figure, rest_pose(figure));
  ASSERT_EQ(parts.size(), figure.parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t p = 0; p < parts[i].points.size(); ++p)
      EXPECT_LT((parts[i].points[p] - figure.parts[i].rest[p]).norm(), 1e-5F);
  }
}

TEST_F(Rendered, SkinFollowsItsBone) {
  const Figure figure = this->figure();
  RigPose pose = rest_pose(figure);
  const Vector3d by{0.1, 0.2, -0.3};
  shift(pose, by);
  const auto moved = skin(figure, pose);
  for (std::size_t p = 0; p < moved[0].points.size(); ++p)
    EXPECT_LT((moved[0].points[p] - figure.parts[0].rest[p] - by.cast<float>()).norm(), 1e-5F);
}

TEST_F(Rendered, StatureAndLimbsAreThoseOfThePerson) {
  const Figure before = figure();
  double lowest = 1e9;
  double highest = -1e9;
  for (const FigurePart& part : before.parts) {
    if (part.colors.empty()) continue;  // clothes
    for (const auto& point : part.rest) {
      lowest = std::min(lowest, static_cast<double>(point.y()));
      highest = std::max(highest, static_cast<double>(point.y()));
    }
  }
  EXPECT_NEAR(highest - lowest, 1.7, 1e-5);
  std::vector<Vector3d> points = pack_.base.points;
  std::vector<Vector3d> joints = joints_of(pack_.rig, points);
  const auto length = [&](const char* from, const char* to) {
    return (joints[static_cast<std::size_t>(*pack_.rig.find(from))] -
            joints[static_cast<std::size_t>(*pack_.rig.find(to))])
        .norm();
  };
  const double thigh = length("thigh_l", "calf_l");
  const double shank = length("calf_l", "foot_l");
  scale_limbs({.thigh = 1.1}, pack_.rig, pack_.weights, points, joints);
  EXPECT_NEAR(length("thigh_l", "calf_l"), 1.1 * thigh, 1e-9);
  EXPECT_NEAR(length("calf_l", "foot_l"), shank, 1e-9);
  // Skin and joints move together.
  EXPECT_LT((joints_of(pack_.rig, points)[static_cast<std::size_t>(*pack_.rig.find("calf_l"))] -
             joints[static_cast<std::size_t>(*pack_.rig.find("calf_l"))])
                .norm(),
            1e-6);
}

TEST_F(Rendered, JointAnglesAreThoseOfThePosture) {
  const Figure figure = this->figure();
  engine::Posture posture;
  posture[Dof::left_knee_flexion] = Degrees{62};
  posture[Dof::left_hip_flexion] = Degrees{48};
  posture[Dof::right_elbow_flexion] = Degrees{75};
  posture[Dof::left_shoulder_abduction] = Degrees{80};
  posture[Dof::right_shoulder_flexion] = Degrees{25};
  const engine::Stance stance{.support = engine::Support::right_leg};
  const auto of = [&](Measure measure, Side side) { return degrees(figure, posture, stance, measure, side); };
  constexpr double kExact = 1e-3;
  EXPECT_NEAR(of(Measure::knee_flexion, Side::left), 62, kExact);
  EXPECT_NEAR(of(Measure::knee_flexion, Side::right), 0, kExact);
  EXPECT_NEAR(of(Measure::elbow_flexion, Side::right), 75, kExact);
  EXPECT_NEAR(of(Measure::elbow_flexion, Side::left), 0, kExact);
  // The raised arm lifts its shoulder, which tilts the line that these are measured against.
  constexpr double kShoulderGirdle = 2;
  EXPECT_NEAR(of(Measure::hip_flexion, Side::left), 48, kShoulderGirdle);
  EXPECT_NEAR(of(Measure::hip_flexion, Side::right), 0, kShoulderGirdle);
  EXPECT_NEAR(of(Measure::shoulder_abduction, Side::left), 80, kShoulderGirdle);
  EXPECT_NEAR(of(Measure::shoulder_flexion, Side::right), 25, kShoulderGirdle);
}

TEST_F(Rendered, TrunkLeansAsAWhole) {
  const Figure figure = this->figure();
  engine::Posture posture;
  posture[Dof::pelvis_tilt] = Degrees{30};
  posture[Dof::left_hip_flexion] = posture[Dof::right_hip_flexion] = Degrees{30};
  EXPECT_NEAR(degrees(figure, posture, {}, Measure::trunk_flexion, Side::left), 30, 1e-3);
  EXPECT_NEAR(degrees(figure, posture, {}, Measure::hip_flexion, Side::left), 30, 1e-3);
}

TEST_F(Rendered, LeftIsThePersonsLeft) {
  const Figure figure = this->figure();
  engine::Posture posture;
  posture[Dof::left_shoulder_abduction] = Degrees{90};
  const RigPose pose = pose_rig(figure, engine::draw_body(figure.shape, posture, {}), {});
  const auto points = landmarks_of(figure, pose);
  EXPECT_LT(points[L::left_wrist].v.z(), points[L::left_shoulder].v.z() - 0.3);
  EXPECT_LT(points[L::right_wrist].v.y(), points[L::right_shoulder].v.y() - 0.3);
  EXPECT_GT(points[L::left_foot_index].v.x(), points[L::left_heel].v.x() + 0.05);
  // A person who faces the camera has the left arm on the right of the picture.
  std::vector<Vector3d> seen;
  for (const auto& point : points) seen.push_back(point.v);
  const FilmCamera front = aim({.name = "front"}, seen, 640, 640);
  EXPECT_GT(front.pixel(points[L::left_wrist].v).x(), front.pixel(points[L::right_wrist].v).x() + 50);
  const FilmCamera left = aim({.name = "side90", .azimuth_deg = 90}, seen, 640, 640);
  EXPECT_LT(left.in_camera(points[L::left_hip].v).z(), left.in_camera(points[L::right_hip].v).z());
}

TEST(FilmCamera, ProjectsAsAPinholeDoes) {
  const std::vector<Vector3d> points = {{0, 0, 0}, {0, 2, 0}};
  const FilmCamera camera =
      aim({.name = "front", .height_m = 1, .field_of_view_deg = 90, .filled = 0.5}, points, 400, 400);
  // 90 degrees wide: half a picture is as long as the distance; 1 m fills half of it from 2 m away.
  EXPECT_NEAR(camera.focal_px, 200, 1e-9);
  EXPECT_NEAR(camera.lens.x(), 2, 0.051);  // found in steps of 5 cm
  EXPECT_NEAR(camera.pixel({0, 1, 0}).x(), 200, 1e-9);
  EXPECT_NEAR(camera.pixel({0, 1, 0}).y(), 200, 1e-9);
  EXPECT_NEAR(camera.pixel({0, 1, 0.5}).x(), 200 - 200 * 0.5 / camera.lens.x(), 1e-9);
  EXPECT_NEAR(camera.pixel({0, 1.5, 0}).y(), 200 - 200 * 0.5 / camera.lens.x(), 1e-9);
  EXPECT_NEAR(camera.pitch_deg, 0, 1e-9);
}

TEST(Rasterizer, CoversATriangleOnce) {
  const SampleBuffer buffer(50, 50);
  std::vector<int> hits(buffer.color.size(), 0);
  const RasterVertex a{{10, 10}, 0.5F};
  const RasterVertex b{{70, 10}, 0.25F};
  const RasterVertex c{{10, 50}, 0.5F};
  float nearest = 0;
  fill_triangle(buffer, a, b, c, [&](std::size_t sample, float nearness, float, float) {
    ++hits[sample];
    nearest = std::max(nearest, nearness);
  });
  // 60 x 40 / 2; middles of samples on the slanted edge count, at most one for each row.
  EXPECT_NEAR(std::accumulate(hits.begin(), hits.end(), 0), 1200, 40);
  EXPECT_LE(*std::max_element(hits.begin(), hits.end()), 1);
  EXPECT_EQ(hits[20 * 100 + 20], 1);
  EXPECT_EQ(hits[45 * 100 + 60], 0);
  EXPECT_NEAR(nearest, 0.5, 0.01);
  // The other half of the rectangle: nothing between them stays empty.
  fill_triangle(buffer, {{70, 50}, 1}, c, b,
                [&](std::size_t sample, float, float, float) { ++hits[sample]; });
  for (int y = 10; y < 50; ++y) {
    for (int x = 10; x < 70; ++x) EXPECT_GE(hits[static_cast<std::size_t>(y * 100 + x)], 1);
  }
  // Outside the picture nothing is painted.
  fill_triangle(buffer, {{-500, -500}, 1}, {{-100, 900}, 1}, {{-1, -1}, 1},
                [](std::size_t, float, float, float) { ADD_FAILURE(); });
}

TEST(PictureFlaws, BlurKeepsTheSumAndNoiseTheMean) {
  std::vector<std::uint8_t> picture(60 * 60 * 3, 100);
  picture[(30 * 60 + 30) * 3] = 250;
  auto blurred = picture;
  spoil(blurred, 60, 60, {.blur_px = 2, .noise = 0}, 1);
  EXPECT_LT(blurred[(30 * 60 + 30) * 3], 112);
  EXPECT_GE(blurred[(30 * 60 + 32) * 3], 101);
  std::vector<std::uint8_t> noisy(200 * 200 * 3, 100);
  spoil(noisy, 200, 200, {.noise = 8}, 1);
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 0; i < noisy.size(); i += 3) {
    sum += noisy[i];
    squares += (noisy[i] - 100.0) * (noisy[i] - 100.0);
  }
  EXPECT_NEAR(sum / 40000, 100, 0.2);  // five deviations of the mean
  EXPECT_NEAR(std::sqrt(squares / 40000), 8, 0.2);
}

TEST_F(Rendered, TheSameSeedGivesTheSameBytes) {
  const auto exercise = exercises::find(shipped(), "squat");
  ASSERT_TRUE(exercise);
  const auto made = [&](std::uint64_t seed) {
    TakeOptions options;
    options.seed = seed;
    options.repetitions = 1;
    options.frame_rate = Hertz{5};
    options.side_px = 96;
    options.views = {"front", "side90"};
    const auto take = plan_take(pack_, person_, **exercise, options);
    EXPECT_TRUE(take) << (take ? "" : to_string(take.error()));
    if (!take) return std::string{};
    const auto films = film(*take, [](int) { return true; });
    EXPECT_TRUE(films) << (films ? "" : to_string(films.error()));
    if (!films || films->size() != 2) return std::string{};
    return (*films)[0].mp4 + (*films)[1].mp4 + truth_json(*take);
  };
  const std::string first = made(5);
  EXPECT_GT(first.size(), 10'000U);
  EXPECT_EQ(first, made(5));
  EXPECT_NE(first, made(6));
}

TEST_F(Rendered, TruthCountsAndMeasuresTheMovement) {
  for (const char* id : {"squat", "shoulder_abduction", "seated_knee_extension"}) {
    const auto exercise = exercises::find(shipped(), id);
    ASSERT_TRUE(exercise);
    TakeOptions options;
    options.repetitions = 3;
    options.views = {"front"};
    options.side_px = 96;
    const auto take = plan_take(pack_, person_, **exercise, options);
    ASSERT_TRUE(take) << to_string(take.error());
    const auto truth = nlohmann::json::parse(truth_json(*take));
    EXPECT_EQ(truth["repetitions"].size(), 3U);
    EXPECT_EQ(truth["counted_from_truth"], 3) << id;
    EXPECT_EQ(truth["frames"].front()["repetition"], nullptr);
    EXPECT_EQ(!take->room.boxes.empty(), std::string_view{id} == "seated_knee_extension");
    if (std::string_view{id} != "squat") continue;
    // The deepest frame bends as far as the movement was drawn.
    double deepest = 0;
    for (const auto& frame : truth["frames"])
      deepest = std::max(deepest, frame["measures"]["knee_flexion_left"].get<double>());
    EXPECT_NEAR(deepest, 102 * take->range, 6);  // the catalog's squat; each repetition differs by 3 %
  }
}

TEST_F(Rendered, BodiesAreCarriedAsTheMovementSays) {
  const auto taken = [&](const char* id) {
    TakeOptions options;
    options.repetitions = 1;
    options.frame_rate = Hertz{15};
    options.side_px = 96;
    options.views = {"front"};
    auto take = plan_take(pack_, person_, **exercises::find(shipped(), id), options);
    if (!take) throw std::runtime_error(to_string(take.error()));
    return std::move(*take);
  };
  const auto points = [](const Take& take, std::size_t frame) {
    return landmarks_of(take.figure, take.poses[frame]);
  };
  const Take jump = taken("jump_squat");
  const double on_floor = points(jump, 0)[L::left_heel].v.y();
  double highest = 0;
  for (std::size_t f = 0; f < jump.poses.size(); ++f)
    highest = std::max(highest, points(jump, f)[L::left_foot_index].v.y() - on_floor);
  EXPECT_GT(highest, 0.1) << "the catalog's jump is a tenth of the stature";

  const Take thrust = taken("hip_thrust");
  const auto lying = points(thrust, 0);
  EXPECT_LT(lying[L::left_shoulder].v.y(), person_.stature_m / 2) << "it lies";
  EXPECT_LT(lying[L::left_shoulder].v.x(), lying[L::left_hip].v.x() - 0.2) << "head to -x";

  const Take step = taken("step_up");
  ASSERT_EQ(step.room.boxes.size(), 1U);
  EXPECT_NEAR(step.room.boxes[0].most.y(), 0.12 * person_.stature_m, 1e-9);
}

TEST_F(Rendered, MovesAsAPersonDidInARecording) {
  // Another body bends the left knee and travels along x.
  RecordedMovement movement;
  movement.name = "recorded";
  const engine::BodyShape recorded{Meters{1.8}};
  const engine::Stance stance{engine::Support::standing, engine::FootRule::free, engine::FootRule::free};
  const auto bend = [](int frame) { return 10 + 50 * std::pow(std::sin(frame * kPi / 60), 2); };
  for (int i = 0; i < 60; ++i) {
    engine::Posture posture;
    posture[Dof::left_knee_flexion] = Degrees{bend(i)};
    posture[Dof::left_hip_flexion] = Degrees{bend(i) / 2};
    auto points = engine::draw_body(recorded, posture, stance).landmarks;
    for (auto& point : points) point.v.x() += 0.03 * i;
    movement.times.emplace_back(i / 30.0);
    movement.landmarks.push_back(points);
  }
  TakeOptions options;
  options.side_px = 120;
  const auto take = plan_recorded(pack_, person_, movement, options);
  ASSERT_TRUE(take) << to_string(take.error());
  ASSERT_EQ(take->poses.size(), 60U);
  ASSERT_EQ(take->cameras.size(), 2U);
  EXPECT_EQ(take->cameras[0].name, "side90");
  EXPECT_EQ(take->cameras[1].name, "side270");
  for (const std::size_t f : {10U, 30U, 50U}) {
    const engine::MeasureSet measures(*take->landmarks[f].pose);
    const auto& knee = measures.at(Measure::knee_flexion, Side::left);
    ASSERT_TRUE(knee);
    // The fit smooths, and the rig's knee rests a little bent.
    EXPECT_NEAR(to_degrees(Radians{knee->value}).value(), bend(static_cast<int>(f)), 6) << f;
    EXPECT_NEAR(lowest_of(skin(take->figure, take->poses[f])), 0, 1e-4);
  }
  const auto hips = [&](std::size_t f) -> Vector3d {
    const auto points = landmarks_of(take->figure, take->poses[f]);
    return (points[L::left_hip].v + points[L::right_hip].v) / 2;
  };
  // As many leg lengths as there.
  const double scale = take->figure.shape.stature / recorded.stature;
  EXPECT_NEAR((hips(59) - hips(0)).x(), 0.03 * 59 * scale, 0.1);
  const auto truth = nlohmann::json::parse(truth_json(*take));
  EXPECT_TRUE(truth["exercise"].is_null());
  EXPECT_EQ(truth["movement"], "recorded");
  EXPECT_EQ(truth["frames"].size(), 60U);
}

TEST_F(Rendered, FurnitureHidesTheFloorOnly) {
  const auto exercise = exercises::find(shipped(), "squat");
  ASSERT_TRUE(exercise);
  TakeOptions options;
  options.repetitions = 1;
  options.frame_rate = Hertz{2};
  options.side_px = 96;
  options.views = {"front", "back135"};
  options.furniture = true;
  const auto take = plan_take(pack_, person_, **exercise, options);
  ASSERT_TRUE(take) << to_string(take.error());
  for (const FilmCamera& camera : take->cameras) {
    const SampleBuffer free = draw_room(take->room, camera, take->light);
    const SampleBuffer table = draw_room(room_of(*take, camera), camera, take->light);
    int nearer = 0;
    for (std::size_t i = 0; i < free.nearness.size(); ++i) {
      EXPECT_GE(table.nearness[i], free.nearness[i]);
      if (table.nearness[i] > free.nearness[i]) ++nearer;
    }
    // A table 30 to 60 cm wide and about as high, some 2 m away, takes between a hundredth and a fifth of the
    // picture.
    EXPECT_GT(nearer, static_cast<int>(free.nearness.size()) / 100);
    EXPECT_LT(nearer, static_cast<int>(free.nearness.size()) / 5);
    const Vector3d mid_hips = take->poses.front().joints[static_cast<std::size_t>(*pack_.rig.find("pelvis"))];
    const Eigen::Vector2d pixel = camera.pixel(mid_hips) * kSamplesPerSide;
    const auto at = static_cast<std::size_t>(pixel.y()) * static_cast<std::size_t>(table.width) +
                    static_cast<std::size_t>(pixel.x());
    EXPECT_EQ(table.nearness[at], free.nearness[at]);  // the hips stay in view
  }
}

TEST_F(Rendered, RefusesOptionsThatCannotBe) {
  const auto exercise = exercises::find(shipped(), "squat");
  ASSERT_TRUE(exercise);
  const auto cause = [&](const TakeOptions& options) {
    const auto take = plan_take(pack_, person_, **exercise, options);
    return take ? std::string{"no error"} : take.error().cause;
  };
  EXPECT_THAT(cause({.views = {"top"}}), HasSubstr("no view 'top'"));
  EXPECT_THAT(cause({.side_px = 65, .views = {"front"}}), HasSubstr("65 pixels"));
  EXPECT_THAT(cause({.repetitions = 0, .views = {"front"}}), HasSubstr("repetitions"));
}

TEST(RenderedPack, PeopleStandOnTheFloorAndTheirFeetStayPut) {
  const char* data = std::getenv("REPRISE_DATA");
  const auto folder = std::filesystem::path(data != nullptr ? data : REPRISE_SOURCE_DIR "/../shared/data") /
                      "render" / "pack";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no meshes in " << folder << ": set REPRISE_DATA";
  const auto pack = open_pack(folder);
  ASSERT_TRUE(pack) << to_string(pack.error());
  const auto exercise = exercises::find(shipped(), "squat");
  ASSERT_TRUE(exercise);
  for (const std::uint64_t seed : {1, 2, 3}) {
    TakeOptions options;
    options.seed = seed;
    options.repetitions = 1;
    options.frame_rate = Hertz{5};
    options.views = {"front"};
    const Person person = draw_person(seed, pack->wardrobe);
    const auto take = plan_take(*pack, person, **exercise, options);
    ASSERT_TRUE(take) << to_string(take.error());
    EXPECT_EQ(take->counted_from_truth, 1);
    const auto at_first = landmarks_of(take->figure, take->poses.front());
    EXPECT_NEAR(take->figure.shape.stature.value(), person.stature_m, 1e-9);
    for (const RigPose& pose : take->poses) {
      EXPECT_NEAR(lowest_of(skin(take->figure, pose)), 0, 1e-4);
      const auto points = landmarks_of(take->figure, pose);
      for (const L ankle : {L::left_ankle, L::right_ankle}) {
        const Vector3d way = points[ankle].v - at_first[ankle].v;
        EXPECT_LT(std::hypot(way.x(), way.z()), 0.005);  // soles differ a little from the body model's
        EXPECT_LT(std::abs(way.y()), 0.02);              // soles bend at the edges
      }
    }
  }
}

}  // namespace
}  // namespace reprise::simulation::rendered
