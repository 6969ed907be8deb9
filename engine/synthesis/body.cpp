// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/body.h"

#include <algorithm>
#include <cmath>

#include "engine/skeleton/skeleton.h"

namespace reprise::engine {
namespace {

// Frames of the segments; each has x forward, y up and z to the right in neutral standing.
struct Pelvis;
struct Thigh;
struct Shank;
struct Foot;

using Eigen::Vector3d;
using L = Landmark;

Eigen::Matrix3d about(const Vector3d& axis, double angle) {
  return Eigen::AngleAxisd(angle, axis).toRotationMatrix();
}
Eigen::Matrix3d about_x(double angle) {
  return about(Vector3d::UnitX(), angle);
}
Eigen::Matrix3d about_y(double angle) {
  return about(Vector3d::UnitY(), angle);
}
Eigen::Matrix3d about_z(double angle) {
  return about(Vector3d::UnitZ(), angle);
}

/// The degrees of freedom, and the sign of outward along z: +1 on the right, -1 on the left.
struct BodySide {
  bool right;
  [[nodiscard]] double sign() const { return right ? 1.0 : -1.0; }
  [[nodiscard]] Dof dof(Dof of_left) const { return right ? mirrored(of_left) : of_left; }
  [[nodiscard]] Landmark landmark(Landmark of_left) const { return right ? mirrored(of_left) : of_left; }
};
constexpr BodySide kSides[] = {{false}, {true}};

struct Leg {
  Vec3<World> knee, ankle, heel, toe;  ///< from the hip joint
  [[nodiscard]] double lowest_m() const { return std::min(heel.v.y(), toe.v.y()); }
};

/// The angle nearest to `near` with a cos + b sin = target; if there is none, the closest one.
double solve_swing(double a, double b, double target, double near) {
  const double length = std::hypot(a, b);
  if (!(length > 1e-9)) return near;
  const double middle = std::atan2(b, a);
  const double spread = std::acos(std::clamp(target / length, -1.0, 1.0));
  const auto turns_nearest = [&](double angle) {
    return angle + 2 * kPi * std::round((near - angle) / (2 * kPi));
  };
  const double first = turns_nearest(middle + spread);
  const double second = turns_nearest(middle - spread);
  return std::abs(first - near) <= std::abs(second - near) ? first : second;
}

class Drawing {
 public:
  Drawing(const BodyShape& shape, const Posture& posture, const Stance& stance)
      : shape_(shape), p_(shape.proportions), h_(shape.stature.value()), stance_(stance) {
    figure_.posture = posture;
  }

  BodyFigure draw() {
    place_pelvis();
    for (const BodySide side : kSides) {
      hips_[side.right] = pelvis_ * Vec3<Pelvis>(0, 0, side.sign() * p_.half_hips * h_);
      keep_stance_width(side);
    }
    mid_hips_ = Vec3<World>(0, hip_height(), 0);
    for (const BodySide side : kSides) keep_to_floor(side);
    const Vec3<World> shift = horizontal_shift();
    mid_hips_ = mid_hips_ + shift;
    for (const BodySide side : kSides) read_flat_foot(side);
    put_landmarks();
    return figure_;
  }

 private:
  [[nodiscard]] double angle(Dof dof) const { return figure_.posture[dof].value(); }
  [[nodiscard]] bool carries(BodySide side) const {
    switch (stance_.support) {
      case Support::standing: return true;
      case Support::left_leg: return !side.right;
      case Support::right_leg: return side.right;
      default: return false;
    }
  }
  [[nodiscard]] FootRule rule(BodySide side) const {
    const auto& given = side.right ? stance_.right_foot : stance_.left_foot;
    return given.value_or(carries(side) ? FootRule::flat : FootRule::free);
  }

  void place_pelvis() {
    const Rotation<World, World> lying{lies_on(stance_.support) ? about_z(kPi / 2)
                                                                : Eigen::Matrix3d::Identity()};
    pelvis_ = lying * Rotation<World, Pelvis>{pelvis_turned(figure_.posture)};
  }

  /// Hip rotations apart from flexion, and the shank, foot and points that follow.
  [[nodiscard]] Leg leg(BodySide side) const {
    const double out = side.sign();
    const Rotation<Pelvis, Thigh> hip{about_z(angle(side.dof(Dof::left_hip_flexion))) *
                                      about_x(-out * angle(side.dof(Dof::left_hip_abduction))) *
                                      about_y(out * angle(side.dof(Dof::left_hip_rotation)))};
    const Rotation<World, Thigh> thigh = pelvis_ * hip;
    const Rotation<World, Shank> shank = thigh * knee(side);
    const Rotation<World, Foot> foot = shank * ankle(side, shank);
    Leg leg;
    leg.knee = thigh * Vec3<Thigh>(0, -p_.thigh * h_, 0);
    leg.ankle = leg.knee + shank * Vec3<Shank>(0, -p_.shank * h_, 0);
    leg.heel = leg.ankle + foot * Vec3<Foot>(-p_.heel_behind * h_, -p_.ankle_height * h_, 0);
    leg.toe = leg.ankle + foot * Vec3<Foot>(p_.toe_ahead * h_, -p_.ankle_height * h_, 0);
    return leg;
  }

  [[nodiscard]] Rotation<Thigh, Shank> knee(BodySide side) const {
    return {about_z(-angle(side.dof(Dof::left_knee_flexion))) *
            about_y(side.sign() * angle(side.dof(Dof::left_knee_rotation)))};
  }

  [[nodiscard]] Rotation<Shank, Foot> ankle(BodySide side, const Rotation<World, Shank>& shank) const {
    if (rule(side) == FootRule::flat) return shank.inverse() * Rotation<World, Foot>{};
    return {about_z(angle(side.dof(Dof::left_ankle_dorsiflexion))) *
            about_x(side.sign() * angle(side.dof(Dof::left_subtalar_inversion)))};
  }

  /// Moves the hip by one of its angles until `height(leg)` of a point that turns with the whole leg meets
  /// the target. `height` must be linear in the point; three probes give its swing about the axis.
  template <class Measure>
  void solve_hip(BodySide side, Dof of_left, double target, const Measure& measure) {
    Radians& hip = figure_.posture[side.dof(of_left)];
    const double near = hip.value();
    const auto at = [&](double angle) {
      hip = Radians{angle};
      return measure(leg(side));
    };
    // measure = a cos + b sin + c
    const double zero = at(0);
    const double half_turn = at(kPi);
    const double quarter = at(kPi / 2);
    const double c = (zero + half_turn) / 2;
    hip = Radians{solve_swing(zero - c, quarter - c, target - c, near)};
  }

  void keep_stance_width(BodySide side) {
    if (stance_.support != Support::standing || !stance_.stance_width || rule(side) != FootRule::flat) return;
    const Vec3<World> right = pelvis_ * Vec3<Pelvis>(0, 0, 1);
    const double wanted = side.sign() * (*stance_.stance_width / 2 - p_.half_hips) * h_;
    solve_hip(side, Dof::left_hip_abduction, wanted, [&](const Leg& l) { return l.ankle.dot(right); });
  }

  [[nodiscard]] double hip_height() const {
    const double knee_height = (p_.shank + p_.ankle_height) * h_;
    constexpr double kLyingHeight = 0.05;  // hip joints above the floor, of stature. Unsourced default
    switch (stance_.support) {
      case Support::seated: return stance_.seat_height ? stance_.seat_height->value() : knee_height;
      case Support::supine: return kLyingHeight * h_ - lowest_of_hips_and_shoulders();
      case Support::long_sitting: return kLyingHeight * h_;
      case Support::hands:
      case Support::shoulders: return stance_.support_height * h_ - upper_support().v.y();
      default: break;
    }
    double lowest = 0;
    bool first = true;
    for (const BodySide side : kSides) {
      if (!carries(side)) continue;
      const double y = hips_[side.right].v.y() + leg(side).lowest_m();
      lowest = first ? y : std::min(lowest, y);
      first = false;
    }
    return (stance_.support_height + stance_.flight) * h_ - lowest;
  }

  /// Where hands or shoulders carry the body, from mid-hips: horizontally the middle of both, and at the
  /// height of the wrists' middle, or of the lower shoulder.
  [[nodiscard]] Vec3<World> upper_support() const {
    const bool hands = stance_.support == Support::hands;
    const PosedBody body = pose_body(shape_, pelvis_.m, figure_.posture);
    const Vector3d& left = body.point_m[hands ? L::left_wrist : L::left_shoulder];
    const Vector3d& right = body.point_m[hands ? L::right_wrist : L::right_shoulder];
    const Vector3d middle = 0.5 * (left + right);
    return {middle.x(), hands ? middle.y() : std::min(left.y(), right.y()), middle.z()};
  }

  /// Below mid-hips, so negative or 0: of a lying body this carries, be it on a side or in a bridge.
  [[nodiscard]] double lowest_of_hips_and_shoulders() const {
    const PosedBody body = pose_body(shape_, pelvis_.m, figure_.posture);
    double lowest = 0;
    for (const L l : {L::left_hip, L::right_hip, L::left_shoulder, L::right_shoulder})
      lowest = std::min(lowest, body.point_m[l].y());
    return lowest;
  }

  void keep_to_floor(BodySide side) {
    if (carries(side)) return;
    const double hip_y = (mid_hips_ + hips_[side.right]).v.y();
    if (rule(side) == FootRule::heel_slides) {
      solve_hip(side, Dof::left_hip_flexion, -hip_y, [](const Leg& l) { return l.heel.v.y(); });
      return;
    }
    // Lifting one end of the foot can bring the other one down, so look again.
    for (int i = 0; i < 4; ++i) {
      const Leg now = leg(side);
      if (hip_y + now.lowest_m() >= -1e-12) return;
      const bool heel_lower = now.heel.v.y() < now.toe.v.y();
      solve_hip(side, Dof::left_hip_flexion, -hip_y,
                [&](const Leg& l) { return heel_lower ? l.heel.v.y() : l.toe.v.y(); });
    }
  }

  /// Places the support of the body over the world's origin.
  [[nodiscard]] Vec3<World> horizontal_shift() const {
    if (stance_.support == Support::hands || stance_.support == Support::shoulders) {
      const Vec3<World> carried = upper_support();
      return {-carried.v.x(), 0, -carried.v.z()};
    }
    Vec3<World> sum;
    int count = 0;
    for (const BodySide side : kSides) {
      if (!carries(side)) continue;
      sum = sum + hips_[side.right] + leg(side).ankle;
      ++count;
    }
    if (count == 0) return sum;
    return {-sum.v.x() / count, 0, -sum.v.z() / count};
  }

  /// The angles that make a foot flat: the shank turns on the knee, the foot on the shank.
  void read_flat_foot(BodySide side) {
    if (rule(side) != FootRule::flat) return;
    Radians& turn = figure_.posture[side.dof(Dof::left_knee_rotation)];
    turn = Radians{0};
    const Eigen::Matrix3d m = shank(side).inverse().m;  // Ry(turn) Rz(dorsiflexion) Rx(inversion)
    turn = Radians{side.sign() * std::atan2(-m(2, 0), m(0, 0))};
    figure_.posture[side.dof(Dof::left_ankle_dorsiflexion)] =
        Radians{std::asin(std::clamp(m(1, 0), -1.0, 1.0))};
    figure_.posture[side.dof(Dof::left_subtalar_inversion)] =
        Radians{side.sign() * std::atan2(-m(1, 2), m(1, 1))};
  }

  void put_landmarks() {
    const PosedBody body = pose_body(shape_, pelvis_.m, figure_.posture);
    for (std::size_t i = 0; i < kLandmarkCount; ++i)
      figure_.landmarks[i] = mid_hips_ + Vec3<World>{body.point_m[i]};
    figure_.turned.assign(body.turned.begin(), body.turned.end());
  }

  [[nodiscard]] Rotation<World, Shank> shank(BodySide side) const {
    const double out = side.sign();
    return {pelvis_.m * about_z(angle(side.dof(Dof::left_hip_flexion))) *
            about_x(-out * angle(side.dof(Dof::left_hip_abduction))) *
            about_y(out * angle(side.dof(Dof::left_hip_rotation))) * knee(side).m};
  }

  const BodyShape& shape_;
  const Proportions& p_;
  double h_;
  const Stance& stance_;
  BodyFigure figure_;
  Rotation<World, Pelvis> pelvis_;
  std::array<Vec3<World>, 2> hips_;  ///< from mid-hips; left, right
  Vec3<World> mid_hips_;
};

}  // namespace

Stance mirrored(const Stance& stance) {
  Stance other = stance;
  std::swap(other.left_foot, other.right_foot);
  if (stance.support == Support::left_leg) other.support = Support::right_leg;
  if (stance.support == Support::right_leg) other.support = Support::left_leg;
  return other;
}

BodyFigure draw_body(const BodyShape& shape, const Posture& posture, const Stance& stance) {
  return Drawing(shape, posture, stance).draw();
}

}  // namespace reprise::engine
