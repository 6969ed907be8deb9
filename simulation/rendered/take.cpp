// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/take.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/exercise/signal_value.h"
#include "engine/synthesis/camera.h"
#include "engine/synthesis/random.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;
using L = engine::Landmark;

constexpr const char* kPlanning = "planning a rendered clip";

/// Numbers of one take; each use has its own place, so that an option does not shift the others.
struct Choices {
  engine::detail::CounterRandom random;
  [[nodiscard]] double between(std::uint64_t place, double from, double to) const {
    return from + (to - from) * random.uniform(place);
  }
};

Result<void> check(const TakeOptions& o) {
  const auto refuse = [](const std::string& cause, const char* remedy) {
    return fail(ErrorCode::invalid_argument, kPlanning, cause, remedy);
  };
  if (o.side_px < 64 || o.side_px > 2048 || o.side_px % 2 != 0)
    return refuse("a picture of " + std::to_string(o.side_px) + " pixels",
                  "give an even side from 64 to 2048");
  if (!(o.frame_rate.value() >= 1 && o.frame_rate.value() <= 60))
    return refuse("the frame rate is not from 1 to 60 Hz", "choose a rate like 20");
  if (o.repetitions < 1 || o.repetitions > 50)
    return refuse("the number of repetitions is not from 1 to 50", "choose some like 3");
  const PictureFlaws& f = o.flaws;
  if (!(f.light >= 0.1 && f.light <= 3 && f.blur_px >= 0 && f.blur_px <= 10 && f.noise >= 0 &&
        f.noise <= 60 && f.compression >= 0 && f.compression <= 51)) {
    return refuse("light, blur, noise or compression is out of range",
                  "give light from 0.1 to 3, blur to 10, noise to 60, compression to 51");
  }
  for (const std::string& view : o.views) {
    const auto& views = all_views();
    if (std::find(views.begin(), views.end(), view) == views.end())
      return refuse("there is no view '" + view + "'",
                    "choose of front, oblique45, side90, back135, back180");
  }
  if (o.views.empty()) return refuse("there is no view", "choose one, such as front");
  for (const double distance : o.distances_m) {
    if (!(distance >= 1 && distance <= 10))
      return refuse("a distance is not from 1 to 10 m", "give distances such as 2 and 3.5");
  }
  return {};
}

/// How people differ in what the exercise does not ask for. Degrees, unsourced defaults.
void restyle(engine::MovementDefinition& movement, const Choices& choices) {
  using engine::Dof;
  constexpr std::array kStyle = {Dof::left_shoulder_abduction,
                                 Dof::right_shoulder_abduction,
                                 Dof::left_elbow_flexion,
                                 Dof::right_elbow_flexion,
                                 Dof::pelvis_tilt,
                                 Dof::neck_flexion};
  for (std::size_t i = 0; i < kStyle.size(); ++i) {
    const bool arm = i < 4;
    const Radians more{Degrees{choices.between(20 + i, arm ? 0 : -3, arm ? 8 : 4)}};
    const auto given = std::find_if(movement.base.begin(), movement.base.end(),
                                    [&](const engine::DofValue& v) { return v.dof == kStyle[i]; });
    if (given == movement.base.end()) {
      movement.base.push_back({kStyle[i], more});
    } else {
      given->angle += more;
    }
  }
}

/// True where the person begins on a seat: carried by one and upright, or with both knees and hips well bent.
bool begins_seated(const engine::Stance& stance, const engine::Posture& first) {
  using engine::Dof;
  const auto bent = [&](Dof dof) { return to_degrees(first[dof]).value() > 50; };
  if (std::abs(to_degrees(first[Dof::pelvis_tilt]).value()) > 45) return false;
  const bool left = bent(Dof::left_hip_flexion);
  const bool right = bent(Dof::right_hip_flexion);
  if (stance.support == engine::Support::seated) return left || right;
  return stance.support == engine::Support::standing && left && right && bent(Dof::left_knee_flexion) &&
         bent(Dof::right_knee_flexion);
}

/// A seat under the pelvis: its top is the lowest point that the pelvis carries.
Box seat_under(const Figure& figure, const std::vector<SkinnedPart>& parts, const RigPose& pose) {
  const int pelvis = figure.rig.find("pelvis").value_or(0);
  float top = std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t p = 0; p < parts[i].points.size(); ++p) {
      const SkinWeights& w = figure.parts[i].weights[p];
      if (w.bone[0] == pelvis && w.share[0] > 0.5F) top = std::min(top, parts[i].points[p].y());
    }
  }
  const Vector3d hips = pose.joints[static_cast<std::size_t>(figure.rig.find("thigh_l").value_or(0))] / 2 +
                        pose.joints[static_cast<std::size_t>(figure.rig.find("thigh_r").value_or(0))] / 2;
  constexpr double kSquash = 0.015;  // of what sits
  return {{hips.x() - 0.28, 0, hips.z() - 0.25},
          {hips.x() + 0.14, std::max(0.1, static_cast<double>(top) + kSquash), hips.z() + 0.25}};
}

/// True where more than the floor or a seat carries the body, or nothing does: it stays where the model is.
bool leaves_floor(const engine::MovementDefinition& movement) {
  using engine::Support;
  const Support support = movement.stance.support;
  return support == Support::hands || support == Support::shoulders || movement.stance.support_height > 0 ||
         std::any_of(movement.keyframes.begin(), movement.keyframes.end(),
                     [](const engine::Keyframe& k) { return k.flight > 0; });
}

double lowest_landmark(const engine::BodyFigure& body) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const Vec3<World>& point : body.landmarks) lowest = std::min(lowest, point.v.y());
  return lowest;
}

/// The step under the foot that carries the body.
std::optional<Box> step_under(const engine::BodyFigure& body, const engine::Stance& stance,
                              double stature_m) {
  const bool right = stance.support == engine::Support::right_leg;
  if (!(stance.support_height > 0) || !(right || stance.support == engine::Support::left_leg))
    return std::nullopt;
  const Vector3d heel = body.landmarks[right ? L::right_heel : L::left_heel].v;
  const Vector3d toes = body.landmarks[right ? L::right_foot_index : L::left_foot_index].v;
  constexpr double kBeside = 0.12;
  constexpr double kBefore = 0.05;
  return Box{{std::min(heel.x(), toes.x()) - kBefore, 0, std::min(heel.z(), toes.z()) - kBeside},
             {std::max(heel.x(), toes.x()) + kBefore, stance.support_height * stature_m,
              std::max(heel.z(), toes.z()) + kBeside}};
}

void film_places(Take& take, const Choices& choices) {
  const std::vector<Vector3d> seen = extent_of(take);
  // The right side works as the catalog draws it; the left one where it is mirrored.
  double hand = choices.between(40, 0, 1) < 0.5 ? 1 : -1;
  if (take.side) {
    const auto works = engine::swap_named_and_working(take.exercise->definition, take.side);
    hand = works == engine::Side::left ? 1 : -1;
  }
  constexpr std::array kAzimuths = {0.0, 45.0, 90.0, 135.0, 180.0};
  for (std::size_t v = 0; v < kAzimuths.size(); ++v) {
    const std::string& name = all_views()[v];
    CameraPlace place;
    place.name = name;
    place.azimuth_deg = hand * kAzimuths[v] + choices.between(50 + 8 * v, -8, 8);
    place.height_m = choices.between(51 + 8 * v, 0.75, 1.4);
    place.field_of_view_deg = choices.between(52 + 8 * v, 36, 58);
    place.filled = choices.between(53 + 8 * v, 0.68, 0.86);
    const auto& wanted = take.options.views;
    if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
    const int side_px = take.options.side_px;
    if (take.options.distances_m.empty()) take.cameras.push_back(aim(place, seen, side_px, side_px));
    // Lenses as wide as those of phones and laptops: near ones would not see the whole person.
    place.field_of_view_deg = choices.between(52 + 8 * v, 58, 70);
    for (const double distance : take.options.distances_m) {
      place.distance_m = distance;
      place.name = fmt::format("{}_{:g}m", name, distance);
      take.cameras.push_back(aim(place, seen, side_px, side_px));
    }
  }
  fit_room(take, 3);
  const double azimuth = choices.between(45, 0, 2 * kPi);
  const double slope = choices.between(46, 0.5, 1.1);  // of the lamp from the vertical
  const Vector3d towards{std::sin(slope) * std::cos(azimuth), std::cos(slope),
                         std::sin(slope) * std::sin(azimuth)};
  const auto strength = static_cast<float>(take.options.flaws.light * choices.between(47, 0.75, 1.2));
  take.light = {towards.cast<float>(), 0.75F * strength, 0.45F * strength};
}

/// Measures what the rig does, and lets the coach count it.
void measure(Take& take) {
  engine::Coach coach(take.exercise->definition);
  for (std::size_t f = 0; f < take.poses.size(); ++f) {
    take.landmarks[f].pose = measured_pose(landmarks_of(take.figure, take.poses[f]));
    (void)coach.step(take.landmarks[f]);
  }
  (void)coach.finish();
  take.counted_from_truth = coach.complete_count();
}

}  // namespace

const std::vector<std::string>& all_views() {
  static const std::vector<std::string> views = {"front", "oblique45", "side90", "back135", "back180"};
  return views;
}

std::vector<Vector3d> extent_of(const Take& take) {
  std::vector<Vector3d> seen;
  for (std::size_t f = 0; f < take.poses.size(); f += 5) {
    for (const Vec3<World>& point : landmarks_of(take.figure, take.poses[f])) {
      seen.push_back(point.v);
      seen.push_back(point.v + Vector3d(0, 0.12, 0));  // the crown lies above the eyes
    }
  }
  return seen;
}

void fit_room(Take& take, double least_half_width_m) {
  take.room.seed = take.options.seed;
  take.room.half_width = least_half_width_m;
  for (const FilmCamera& camera : take.cameras) {
    const double farthest = std::max(std::abs(camera.lens.x()), std::abs(camera.lens.z()));
    take.room.half_width = std::max(take.room.half_width, farthest + 0.5);
  }
}

Room room_of(const Take& take, const FilmCamera& camera) {
  Room room = take.room;
  if (!take.options.furniture) return room;
  const Choices choices{engine::detail::CounterRandom(take.options.seed ^ 0x7461626c65000000ULL)};
  const std::string view = camera.name.substr(0, camera.name.find('_'));  // without its distance
  const auto name = std::find(all_views().begin(), all_views().end(), view);
  const auto place = static_cast<std::uint64_t>(name - all_views().begin()) * 4;
  const Vector3d away = Vector3d(camera.lens.x(), 0, camera.lens.z()).normalized();
  const Vector3d across{-away.z(), 0, away.x()};
  const Vector3d middle =
      choices.between(place, 0.85, 1.05) * away + choices.between(place + 1, -0.35, 0.35) * across;
  const double half = choices.between(place + 2, 0.15, 0.3);
  const double top = choices.between(place + 3, 0.3, 0.6);
  room.boxes.push_back(
      {{middle.x() - half, 0, middle.z() - half}, {middle.x() + half, top, middle.z() + half}});
  return room;
}

engine::Pose measured_pose(const engine::PerLandmark<Vec3<World>>& landmarks) {
  const Rotation<Camera, World> turn = engine::camera_from_world({});
  const Vec3<World> hips = 0.5 * (landmarks[L::left_hip] + landmarks[L::right_hip]);
  engine::Pose pose;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    pose.world_m[i] = turn * (landmarks[i] - hips);
    pose.visibility[i] = 1;
  }
  return pose;
}

Result<Take> plan_take(const Pack& pack, const Person& person, const exercises::CatalogExercise& exercise,
                       const TakeOptions& options) {
  if (auto ok = check(options); !ok) return tl::unexpected(ok.error());
  const Choices choices{engine::detail::CounterRandom(options.seed ^ 0x74616b6500000000ULL)};
  Take take;
  take.title = exercise.definition.id;
  take.exercise = &exercise;
  take.options = options;
  take.person = person;
  auto figure = make_figure(pack, person);
  if (!figure) return tl::unexpected(figure.error());
  take.figure = std::move(*figure);

  engine::MovementDefinition movement = exercise.movement.correct;
  restyle(movement, choices);
  const bool one_sided = exercise.definition.sided && (exercise.sides.left || exercise.sides.right);
  if (one_sided) {
    const bool left_works = choices.between(1, 0, 1) < 0.5;
    if (left_works) movement = engine::mirrored(movement);
    take.side = engine::swap_named_and_working(exercise.definition,
                                               left_works ? engine::Side::left : engine::Side::right);
  }
  take.stance = movement.stance;
  constexpr Seconds kLongestRepetition{8};
  take.tempo = choices.between(2, 0.8, 1.25);
  take.range = choices.between(3, 0.95, 1.08);
  movement.duration = std::min(movement.duration, kLongestRepetition);
  engine::GenerateOptions generate;
  generate.repetitions = options.repetitions;
  generate.duration_scale = 1 / take.tempo;
  generate.range_scale = take.range;
  for (int r = 0; r < options.repetitions; ++r)
    generate.range_scale_each.push_back(choices.between(200 + static_cast<std::uint64_t>(r), 0.97, 1.03));
  generate.frame_rate = options.frame_rate;
  generate.body = take.figure.shape;
  generate.seed = options.seed;
  const auto generated = engine::generate(movement, generate);
  if (!generated) return tl::unexpected(generated.error());
  take.repetitions = generated->repetitions;

  const bool off_floor = leaves_floor(movement);
  double floor = 0;
  for (std::size_t f = 0; f < generated->postures.size(); ++f) {
    const Seconds time = generated->frames[f].time;
    const engine::Stance& stance = generated->stances[f];
    const auto body = engine::draw_body(take.figure.shape, generated->postures[f], stance);
    RigPose pose = pose_rig(take.figure, body, stance);
    const auto parts = skin(take.figure, pose);
    // A seat carries the body, wherever the feet are. Off the floor only the soles below the model's are
    // taken off.
    if (f == 0 || !(off_floor || stance.support == engine::Support::seated))
      floor = static_cast<double>(lowest_of(parts)) - (off_floor ? lowest_landmark(body) : 0);
    shift(pose, {0, -floor, 0});
    if (f == 0) {
      if (const auto step = step_under(body, stance, person.stature_m)) take.room.boxes.push_back(*step);
    }
    if (f == 0 && begins_seated(movement.stance, generated->postures[f]))
      take.room.boxes.push_back(seat_under(take.figure, skin(take.figure, pose), pose));
    take.poses.push_back(std::move(pose));
    take.landmarks.push_back({time, std::nullopt});
    int number = -1;
    double share = -1;
    for (std::size_t r = 0; r < take.repetitions.size(); ++r) {
      const engine::RepetitionTruth& truth = take.repetitions[r];
      if (time < truth.start || time > truth.end) continue;
      number = static_cast<int>(r);
      share = (time - truth.start) / (truth.end - truth.start);
    }
    take.repetition_number.push_back(number);
    take.shares.push_back(share);
  }
  film_places(take, choices);
  measure(take);
  return take;
}

}  // namespace reprise::simulation::rendered
