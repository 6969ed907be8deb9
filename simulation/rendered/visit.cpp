// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/visit.h"

#include <algorithm>
#include <cmath>

#include "engine/kinematics/measure_set.h"
#include "engine/synthesis/random.h"
#include "simulation/rendered/take.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;
using engine::Dof;
using L = engine::Landmark;

// Unsourced defaults.
constexpr double kPause = 1.0;    // between movements, s
constexpr double kTurning = 1.8;  // from one view to the next, s
constexpr double kHandOn = 0.45;  // before a passive movement, s
constexpr double kHandOff = 0.35;
constexpr double kIdleAway = 1.15;  // of the helper who watches, m

/// 0 to 1 without jerk.
double eased(double share) {
  const double s = std::clamp(share, 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

double heading_of(Shown shown) {
  if (shown == Shown::front) return 0;
  return shown == Shown::right ? kPi / 2 : -kPi / 2;
}

Vector3d turned(const Vector3d& v, double heading) {
  return {v.x() * std::cos(heading) + v.z() * std::sin(heading), v.y(),
          -v.x() * std::sin(heading) + v.z() * std::cos(heading)};
}

/// How far a movement is out: up to the extreme, a short hold, and back.
double depth_at(const VisitTruth& truth, Seconds time) {
  const double length = (truth.end - truth.start).value();
  const double share = (time - truth.start).value() / length;
  return share < 0.5 ? eased(share / 0.45) : eased((1 - share) / 0.45);
}

/// Around the patient, who stands at the origin: 0 is behind, seen from the camera, and positive on the side
/// of z.
struct Around {
  double angle = 0;
  double distance = kIdleAway;
};
Around around(const Vector3d& place) {
  return {std::atan2(place.z(), -place.x()), std::hypot(place.x(), place.z())};
}

class Planner {
 public:
  Planner(Visit& visit, std::uint64_t seed)
      : v_(visit), random_(seed ^ 0x7669736974000000ULL), exchanged_(seed % 2 == 1) {}

  void plan() {
    v_.movements = visit_script(exchanged_);
    for (std::size_t i = 0; i < v_.movements.size(); ++i) {
      const double range = between(10 + i, 0.8, 1.06);
      for (auto& [dof, degrees] : v_.movements[i].extreme_deg) degrees *= range;
    }
    schedule();
    for (const bool helper : {false, true}) {
      bases_[helper] = resting(helper ? 300 : 200);
      floor_[helper] = sole_height(v_.figures[helper], bases_[helper]);
    }
    ankles_ = patient_at_origin(Seconds{0});
    const auto count = static_cast<std::size_t>(length_ * v_.options.frame_rate.value());
    for (std::size_t f = 0; f < count; ++f) {
      const Seconds time{static_cast<double>(f) / v_.options.frame_rate.value()};
      v_.times.push_back(time);
      RigPose patient = drawn_patient(time);
      note_angle(time, patient);
      stand(patient, {{0, 0, 0}, heading_at(time)});
      RigPose helper = drawn_helper(time, landmarks_of(v_.figures[0], patient));
      v_.poses.push_back({std::move(patient), std::move(helper)});
    }
  }

 private:
  [[nodiscard]] double between(std::uint64_t place, double from, double to) const {
    return from + (to - from) * random_.uniform(place);
  }

  void schedule() {
    double time = 1.2;
    for (std::size_t i = 0; i < v_.movements.size(); ++i) {
      if (i > 0) time += kPause + between(400 + i, 0, 0.3);
      if (i > 0 && v_.movements[i].shown != v_.movements[i - 1].shown) time += kTurning;
      const double length = between(60 + i, 2.4, 3.2);
      v_.truths.push_back({Seconds{time}, Seconds{time + 0.475 * length}, Seconds{time + length},
                           Radians{-kPi}, std::nullopt});
      time += length;
    }
    length_ = time + 1.2;
  }

  [[nodiscard]] engine::Posture resting(std::uint64_t place) const {
    engine::Posture p;
    const auto set = [&](Dof dof, double from, double to) {
      p[dof] = Radians{Degrees{between(place++, from, to)}};
    };
    set(Dof::left_shoulder_abduction, 5, 11);
    set(Dof::right_shoulder_abduction, 5, 11);
    set(Dof::left_elbow_flexion, 5, 12);
    set(Dof::right_elbow_flexion, 5, 12);
    set(Dof::neck_flexion, -2, 4);
    return p;
  }

  /// How far the rig's sole lies below the model's, in shoes.
  static double sole_height(const Figure& figure, const engine::Posture& posture) {
    const engine::Stance stance;
    return static_cast<double>(
        lowest_of(skin(figure, pose_rig(figure, engine::draw_body(figure.shape, posture, stance), stance))));
  }

  /// The movement under way.
  [[nodiscard]] std::optional<std::size_t> current(Seconds time) const {
    for (std::size_t i = 0; i < v_.truths.size(); ++i)
      if (time >= v_.truths[i].start && time <= v_.truths[i].end) return i;
    return std::nullopt;
  }

  /// Facing x, ankles where the stance puts them.
  [[nodiscard]] RigPose patient_at_origin(Seconds time) const {
    engine::Posture posture = bases_[0];
    engine::Stance stance;
    if (const auto i = current(time)) {
      const VisitMovement& m = v_.movements[*i];
      for (const auto& [dof, degrees] : m.extreme_deg)
        posture[dof] += Radians{Degrees{degrees * depth_at(v_.truths[*i], time)}};
      if (m.on_one_leg)
        stance.support = m.side == Side::right ? engine::Support::left_leg : engine::Support::right_leg;
    }
    RigPose pose = pose_rig(v_.figures[0], engine::draw_body(v_.figures[0].shape, posture, stance), stance);
    shift(pose, {0, -floor_[0], 0});
    return pose;
  }

  /// The foot that carries the body stays where it stood.
  [[nodiscard]] RigPose drawn_patient(Seconds time) const {
    RigPose pose = patient_at_origin(time);
    const auto i = current(time);
    if (!i || !v_.movements[*i].on_one_leg) return pose;
    const L ankle = v_.movements[*i].side == Side::right ? L::left_ankle : L::right_ankle;
    const Vector3d before = landmarks_of(v_.figures[0], ankles_)[ankle].v;
    const Vector3d now = landmarks_of(v_.figures[0], pose)[ankle].v;
    shift(pose, before - now);
    return pose;
  }

  void note_angle(Seconds time, const RigPose& pose) {
    const auto i = current(time);
    if (!i) return;
    const VisitMovement& m = v_.movements[*i];
    const engine::MeasureSet measures(measured_pose(landmarks_of(v_.figures[0], pose)));
    const auto& sample = measures.at(m.measure, m.side);
    if (!sample) return;
    const bool to_left = !engine::info(m.measure).sided && m.side == Side::left;
    const double angle = (to_left ? -m.sign : m.sign) * sample->value;
    v_.truths[*i].angle = Radians{std::max(v_.truths[*i].angle.value(), angle)};
  }

  [[nodiscard]] double heading_at(Seconds time) const {
    for (std::size_t i = 1; i < v_.truths.size(); ++i) {
      const double before = heading_of(v_.movements[i - 1].shown);
      const double next = heading_of(v_.movements[i].shown);
      if (time >= v_.truths[i].start || before == next) continue;
      if (time <= v_.truths[i - 1].end) continue;
      const double from = v_.truths[i - 1].end.value() + 0.5;
      return before + (next - before) * eased((time.value() - from) / kTurning);
    }
    for (std::size_t i = v_.truths.size(); i-- > 0;)
      if (time >= v_.truths[i].start) return heading_of(v_.movements[i].shown);
    return heading_of(v_.movements.front().shown);
  }

  /// Where the helper is during a movement.
  [[nodiscard]] Around place_during(std::size_t i) const {
    const VisitMovement& m = v_.movements[i];
    if (m.passive) return around(turned(m.helper, heading_of(m.shown)));
    const double side = (m.shown == Shown::front) != exchanged_ ? 1 : -1;
    return {side * Radians{Degrees{80}}.value(), kIdleAway};
  }

  /// The helper glides from place to place without steps.
  [[nodiscard]] Footing footing_at(Seconds time) const {
    std::size_t next = 0;
    while (next < v_.truths.size() && v_.truths[next].start.value() - kHandOn < time.value()) ++next;
    Around at = place_during(next == 0 ? 0 : next - 1);
    if (next > 0 && next < v_.truths.size()) {
      const double from = v_.truths[next - 1].end.value() + kHandOff;
      const double until = v_.truths[next].start.value() - kHandOn;
      const double share = eased((time.value() - from) / std::max(0.1, until - from));
      const Around to = place_during(next);
      const double way = std::abs(to.angle - at.angle);
      at.angle += share * (to.angle - at.angle);
      at.distance += share * (to.distance - at.distance) + (way > 0.8 ? 0.3 * std::sin(kPi * share) : 0);
    }
    const Vector3d place{-at.distance * std::cos(at.angle), 0, at.distance * std::sin(at.angle)};
    return {place, std::atan2(place.z(), -place.x())};  // facing the patient
  }

  [[nodiscard]] RigPose drawn_helper(Seconds time, const engine::PerLandmark<Vec3<World>>& patient) {
    const Footing footing = footing_at(time);
    engine::Posture posture = bases_[1];
    for (std::size_t i = 0; i < v_.truths.size(); ++i) {
      const double on = time.value() - (v_.truths[i].start.value() - kHandOn);
      const double off = v_.truths[i].end.value() + kHandOff - time.value();
      if (!v_.movements[i].passive || on < 0 || off < 0) continue;
      posture = holding(i, footing, patient, std::min(eased(on / kHandOn), eased(off / kHandOff)));
    }
    const engine::Stance stance;
    RigPose pose = pose_rig(v_.figures[1], engine::draw_body(v_.figures[1].shape, posture, stance), stance);
    stand(pose, {footing.place - Vector3d(0, floor_[1], 0), footing.heading});
    return pose;
  }

  /// With the nearer hand at the wrist or ankle; `share`: of the way there.
  [[nodiscard]] engine::Posture holding(std::size_t i, const Footing& footing,
                                        const engine::PerLandmark<Vec3<World>>& patient, double share) {
    const VisitMovement& m = v_.movements[i];
    const bool arm = m.measure <= engine::Measure::wrist_flexion;
    const L of_left = arm ? L::left_wrist : L::left_ankle;
    const Vector3d limb = patient[m.side == Side::right ? engine::mirrored(of_left) : of_left].v;
    const Vector3d towards = (footing.place + Vector3d(0, 1.2, 0) - limb).normalized();
    const Vector3d target = limb + 0.05 * towards;
    const Footing lowered{footing.place - Vector3d(0, floor_[1], 0), footing.heading};
    if (hands_.size() <= i) hands_.resize(i + 1);
    if (!hands_[i]) {
      const auto gap = [&](Side hand) {
        return reach_for(v_.figures[1], lowered, bases_[1], hand, target).gap_m;
      };
      hands_[i] = gap(Side::left) < gap(Side::right) ? Side::left : Side::right;
    }
    const Reach reach = reach_for(v_.figures[1], lowered, bases_[1], *hands_[i], target);
    engine::Posture posture = bases_[1];
    for (std::size_t d = 0; d < engine::kDofCount; ++d) {
      const Dof dof = engine::dof_at(d);
      posture[dof] += share * (reach.posture[dof] - posture[dof]);
    }
    if (share > 0.999) v_.truths[i].hand_gap_m = std::max(v_.truths[i].hand_gap_m.value_or(0), reach.gap_m);
    return posture;
  }

  Visit& v_;
  engine::detail::CounterRandom random_;
  bool exchanged_;
  double length_ = 0;
  std::array<engine::Posture, 2> bases_;
  std::array<double, 2> floor_{};
  RigPose ankles_;
  std::vector<std::optional<Side>> hands_;
};

void film_place(Visit& visit) {
  const engine::detail::CounterRandom random(visit.options.seed ^ 0x63616d65726100ULL);
  std::vector<Vector3d> seen;
  for (std::size_t f = 0; f < visit.poses.size(); f += 5) {
    for (const bool helper : {false, true}) {
      for (const Vec3<World>& point : landmarks_of(visit.figures[helper], visit.poses[f][helper]))
        seen.push_back(point.v + Vector3d(0, helper ? 0 : 0.12, 0));
    }
  }
  CameraPlace place;
  place.name = "tablet";
  place.azimuth_deg = -5 + 10 * random.uniform(1);
  place.height_m = 1.0 + 0.3 * random.uniform(2);
  place.field_of_view_deg = 50;
  place.filled = 0.95;
  visit.camera = aim(place, seen, visit.options.width_px, visit.options.width_px * 3 / 4);
  visit.room.seed = visit.options.seed;
  visit.room.half_width =
      std::max(3.0, std::max(std::abs(visit.camera.lens.x()), std::abs(visit.camera.lens.z())) + 0.5);
  visit.light = {Eigen::Vector3f(0.5F, 0.8F, static_cast<float>(-0.4 + 0.8 * random.uniform(3))).normalized(),
                 0.75F, 0.45F};
}

}  // namespace

Result<Visit> plan_visit(const Pack& pack, const VisitOptions& options) {
  if (options.width_px < 160 || options.width_px > 1920 || options.width_px % 8 != 0 ||
      !(options.frame_rate.value() >= 5 && options.frame_rate.value() <= 60)) {
    return fail(ErrorCode::invalid_argument, "planning a rendered visit",
                "the picture's width or the frame rate is out of range",
                "give a width from 160 to 1920, a multiple of 8, and 5 to 60 pictures a second");
  }
  Visit visit;
  visit.options = options;
  for (const bool helper : {false, true}) {
    visit.people[helper] = draw_person(options.seed * 2 + (helper ? 1 : 0) + 5000, pack.wardrobe);
    auto figure = make_figure(pack, visit.people[helper]);
    if (!figure) return tl::unexpected(figure.error());
    visit.figures[helper] = std::move(*figure);
  }
  Planner(visit, options.seed).plan();
  film_place(visit);
  return visit;
}

}  // namespace reprise::simulation::rendered
