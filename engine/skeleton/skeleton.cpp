// SPDX-License-Identifier: Apache-2.0
#include "engine/skeleton/skeleton.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using L = Landmark;

constexpr std::size_t kPerLeg = 6;  // segments of a side

Matrix3d about_x(double angle) {
  return Eigen::AngleAxisd(angle, Vector3d::UnitX()).toRotationMatrix();
}
Matrix3d about_y(double angle) {
  return Eigen::AngleAxisd(angle, Vector3d::UnitY()).toRotationMatrix();
}
Matrix3d about_z(double angle) {
  return Eigen::AngleAxisd(angle, Vector3d::UnitZ()).toRotationMatrix();
}

Matrix3d crossing(const Vector3d& v) {
  Matrix3d m;
  m << 0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0;
  return m;
}

/// The rotation by the vector `turn` and its Jacobian: d exp(turn) = [jacobian dturn]x exp(turn).
struct Swing {
  Matrix3d rotation;
  Matrix3d jacobian;
};
Swing swing(const Vector3d& turn) {
  const double angle = turn.norm();
  const Matrix3d cross = crossing(turn);
  double a = 1;  // sin x / x, (1 - cos x) / x^2, (x - sin x) / x^3
  double b = 0.5;
  double c = 1.0 / 6;
  if (angle > 1e-4) {
    a = std::sin(angle) / angle;
    b = (1 - std::cos(angle)) / (angle * angle);
    c = (angle - std::sin(angle)) / (angle * angle * angle);
  }
  const Matrix3d square = cross * cross;
  return {Matrix3d::Identity() + a * cross + b * square, Matrix3d::Identity() + b * cross + c * square};
}

/// Points of the head: ahead of the neck, above the height of the eyes, outward, all as fractions of stature
/// in a head whose eyes are `kUsualEyeHeight` above the shoulders. Unsourced defaults.
struct HeadPoint {
  Landmark left;
  double forward, above_eyes, outward;
};
constexpr double kUsualEyeHeight = 0.118;
constexpr std::array kHeadPoints = {
    HeadPoint{L::nose, 0.065, -0.018, 0},         HeadPoint{L::left_eye_inner, 0.050, 0, 0.008},
    HeadPoint{L::left_eye, 0.048, 0, 0.016},      HeadPoint{L::left_eye_outer, 0.044, 0, 0.024},
    HeadPoint{L::left_ear, 0.000, -0.008, 0.043}, HeadPoint{L::mouth_left, 0.054, -0.040, 0.014}};

/// Returns the segment whose end the landmark marks.
Segment segment_of(Landmark left) {
  switch (left) {
    case L::left_shoulder: return Segment::trunk;
    case L::left_elbow: return Segment::left_upper_arm;
    case L::left_wrist: return Segment::left_forearm;
    case L::left_pinky:
    case L::left_index:
    case L::left_thumb: return Segment::left_hand;
    case L::left_hip: return Segment::pelvis;
    case L::left_knee: return Segment::left_thigh;
    case L::left_ankle: return Segment::left_shank;
    case L::left_heel:
    case L::left_foot_index: return Segment::left_foot;
    default: return Segment::head;
  }
}

/// Places one side, written for the left and mirrored for the right.
struct BodySide {
  bool right;
  [[nodiscard]] double sign() const { return right ? 1.0 : -1.0; }
  [[nodiscard]] Dof dof(Dof of_left) const { return right ? mirrored(of_left) : of_left; }
  [[nodiscard]] Landmark landmark(Landmark of_left) const { return right ? mirrored(of_left) : of_left; }
  [[nodiscard]] std::size_t segment(Segment of_left) const {
    const auto i = static_cast<std::size_t>(of_left);
    return right && of_left >= Segment::left_thigh ? i + kPerLeg : i;
  }
};
constexpr BodySide kSides[] = {{false}, {true}};

bool is_right(Landmark l) {
  return mirrored(l) != l && (l > mirrored(l));
}

class Poser {
 public:
  Poser(const BodyShape& shape, const Matrix3d& root, const Posture& posture)
      : p_(shape.proportions), h_(shape.stature.value()), posture_(posture) {
    for (auto& axis : body_.axis) axis.setZero();
    for (auto& pivot : body_.pivot_m) pivot.setZero();
    segment(Segment::pelvis) = root;
  }

  PosedBody pose() {
    bend(Segment::pelvis, Segment::trunk,
         {Dof::trunk_flexion, Dof::trunk_lateral_flexion, Dof::trunk_rotation}, Vector3d::Zero());
    neck_ = body_.of(Segment::trunk) * Vector3d(0, p_.trunk * h_, 0);
    bend(Segment::trunk, Segment::head, {Dof::neck_flexion, Dof::neck_lateral_flexion, Dof::neck_rotation},
         neck_);
    for (const BodySide side : kSides) {
      put_leg(side);
      put_arm(side);
    }
    put_head();
    return body_;
  }

 private:
  Matrix3d& segment(Segment s) { return body_.turned[static_cast<std::size_t>(s)]; }
  Matrix3d& segment(BodySide side, Segment of_left) { return body_.turned[side.segment(of_left)]; }
  Vector3d& point(BodySide side, Landmark of_left) { return body_.point_m[side.landmark(of_left)]; }
  [[nodiscard]] double angle(Dof dof) const { return posture_[dof].value(); }

  void turns_about(Dof dof, const Vector3d& axis, const Vector3d& pivot) {
    body_.axis[static_cast<std::size_t>(dof)] = axis;
    body_.pivot_m[static_cast<std::size_t>(dof)] = pivot;
  }

  /// A midline joint: forward, to the right, turn to the right.
  void bend(Segment from, Segment to, const std::array<Dof, 3>& dofs, const Vector3d& pivot) {
    const Matrix3d& base = segment(from);
    const Matrix3d first = base * about_z(-angle(dofs[0]));
    const Matrix3d second = first * about_x(angle(dofs[1]));
    turns_about(dofs[0], -base.col(2), pivot);
    turns_about(dofs[1], first.col(0), pivot);
    turns_about(dofs[2], -second.col(1), pivot);
    segment(to) = second * about_y(-angle(dofs[2]));
  }

  void put_leg(BodySide side) {
    const double out = side.sign();
    const Matrix3d& pelvis = body_.of(Segment::pelvis);
    const Vector3d hip = pelvis.col(2) * (out * p_.half_hips * h_);
    const Matrix3d flexed = pelvis * about_z(angle(side.dof(Dof::left_hip_flexion)));
    const Matrix3d abducted = flexed * about_x(-out * angle(side.dof(Dof::left_hip_abduction)));
    turns_about(side.dof(Dof::left_hip_flexion), pelvis.col(2), hip);
    turns_about(side.dof(Dof::left_hip_abduction), -out * flexed.col(0), hip);
    turns_about(side.dof(Dof::left_hip_rotation), out * abducted.col(1), hip);
    Matrix3d& thigh = segment(side, Segment::left_thigh);
    thigh = abducted * about_y(out * angle(side.dof(Dof::left_hip_rotation)));

    const Vector3d knee = hip - thigh.col(1) * (p_.thigh * h_);
    turns_about(side.dof(Dof::left_knee_flexion), -thigh.col(2), knee);
    const Matrix3d bent = thigh * about_z(-angle(side.dof(Dof::left_knee_flexion)));
    turns_about(side.dof(Dof::left_knee_rotation), out * bent.col(1), knee);
    Matrix3d& shank = segment(side, Segment::left_shank);
    shank = bent * about_y(out * angle(side.dof(Dof::left_knee_rotation)));

    const Vector3d ankle = knee - shank.col(1) * (p_.shank * h_);
    const Matrix3d dorsiflexed = shank * about_z(angle(side.dof(Dof::left_ankle_dorsiflexion)));
    turns_about(side.dof(Dof::left_ankle_dorsiflexion), shank.col(2), ankle);
    turns_about(side.dof(Dof::left_subtalar_inversion), out * dorsiflexed.col(0), ankle);
    Matrix3d& foot = segment(side, Segment::left_foot);
    foot = dorsiflexed * about_x(out * angle(side.dof(Dof::left_subtalar_inversion)));

    point(side, L::left_hip) = hip;
    point(side, L::left_knee) = knee;
    point(side, L::left_ankle) = ankle;
    point(side, L::left_heel) = ankle + foot * Vector3d(-p_.heel_behind, -p_.ankle_height, 0) * h_;
    point(side, L::left_foot_index) = ankle + foot * Vector3d(p_.toe_ahead, -p_.ankle_height, 0) * h_;
  }

  void put_arm(BodySide side) {
    const double out = side.sign();
    const Matrix3d& trunk = body_.of(Segment::trunk);
    const Matrix3d lifted = trunk * about_x(-out * angle(side.dof(Dof::left_scapular_elevation)));
    const Vector3d shoulder = neck_ + lifted.col(2) * (out * p_.half_shoulders * h_);
    turns_about(side.dof(Dof::left_scapular_elevation), -out * trunk.col(0), neck_);

    const Swing raised = swing({-out * angle(side.dof(Dof::left_shoulder_abduction)), 0,
                                angle(side.dof(Dof::left_shoulder_flexion))});
    const Matrix3d swung = trunk * raised.rotation;
    turns_about(side.dof(Dof::left_shoulder_flexion), trunk * raised.jacobian.col(2), shoulder);
    turns_about(side.dof(Dof::left_shoulder_abduction), trunk * (-out * raised.jacobian.col(0)), shoulder);
    turns_about(side.dof(Dof::left_shoulder_rotation), out * swung.col(1), shoulder);
    Matrix3d& upper_arm = segment(side, Segment::left_upper_arm);
    upper_arm = swung * about_y(out * angle(side.dof(Dof::left_shoulder_rotation)));

    const Vector3d elbow = shoulder - upper_arm.col(1) * (p_.upper_arm * h_);
    const Matrix3d flexed = upper_arm * about_z(angle(side.dof(Dof::left_elbow_flexion)));
    turns_about(side.dof(Dof::left_elbow_flexion), upper_arm.col(2), elbow);
    turns_about(side.dof(Dof::left_forearm_pronation), out * flexed.col(1), elbow);
    Matrix3d& forearm = segment(side, Segment::left_forearm);
    forearm = flexed * about_y(out * angle(side.dof(Dof::left_forearm_pronation)));

    const Vector3d wrist = elbow - forearm.col(1) * (p_.forearm * h_);
    turns_about(side.dof(Dof::left_wrist_flexion), out * forearm.col(0), wrist);
    Matrix3d& hand = segment(side, Segment::left_hand);
    hand = forearm * about_x(out * angle(side.dof(Dof::left_wrist_flexion)));

    point(side, L::left_shoulder) = shoulder;
    point(side, L::left_elbow) = elbow;
    point(side, L::left_wrist) = wrist;
    // Thumb forward: the index finger's knuckle is in front, the little finger's behind.
    point(side, L::left_index) = wrist + hand * Vector3d(p_.half_palm, -p_.knuckles, 0) * h_;
    point(side, L::left_pinky) = wrist + hand * Vector3d(-p_.half_palm, -p_.knuckles, 0) * h_;
    point(side, L::left_thumb) = wrist + hand * Vector3d(p_.thumb, -p_.thumb, 0) * h_;
  }

  void put_head() {
    const double size = p_.eye_height * h_ / kUsualEyeHeight;
    for (const HeadPoint& p : kHeadPoints) {
      for (const BodySide side : kSides) {
        point(side, p.left) =
            neck_ + body_.of(Segment::head) *
                        Vector3d(p.forward, kUsualEyeHeight + p.above_eyes, side.sign() * p.outward) * size;
      }
    }
  }

  const Proportions& p_;
  double h_;
  const Posture& posture_;
  PosedBody body_;
  Vector3d neck_;
};

constexpr std::array kHeadChain = {Dof::trunk_flexion, Dof::trunk_lateral_flexion, Dof::trunk_rotation,
                                   Dof::neck_flexion,  Dof::neck_lateral_flexion,  Dof::neck_rotation};
constexpr std::array kLeftLeg = {Dof::left_hip_flexion,       Dof::left_hip_abduction,
                                 Dof::left_hip_rotation,      Dof::left_knee_flexion,
                                 Dof::left_knee_rotation,     Dof::left_ankle_dorsiflexion,
                                 Dof::left_subtalar_inversion};
constexpr std::array kRightLeg = {Dof::right_hip_flexion,       Dof::right_hip_abduction,
                                  Dof::right_hip_rotation,      Dof::right_knee_flexion,
                                  Dof::right_knee_rotation,     Dof::right_ankle_dorsiflexion,
                                  Dof::right_subtalar_inversion};
constexpr std::array kLeftArm = {Dof::trunk_flexion,          Dof::trunk_lateral_flexion,
                                 Dof::trunk_rotation,         Dof::left_scapular_elevation,
                                 Dof::left_shoulder_flexion,  Dof::left_shoulder_abduction,
                                 Dof::left_shoulder_rotation, Dof::left_elbow_flexion,
                                 Dof::left_forearm_pronation, Dof::left_wrist_flexion};
constexpr std::array kRightArm = {Dof::trunk_flexion,           Dof::trunk_lateral_flexion,
                                  Dof::trunk_rotation,          Dof::right_scapular_elevation,
                                  Dof::right_shoulder_flexion,  Dof::right_shoulder_abduction,
                                  Dof::right_shoulder_rotation, Dof::right_elbow_flexion,
                                  Dof::right_forearm_pronation, Dof::right_wrist_flexion};

}  // namespace

PosedBody pose_body(const BodyShape& shape, const Eigen::Matrix3d& root, const Posture& posture) {
  return Poser(shape, root, posture).pose();
}

Eigen::Matrix3d pelvis_turned(const Posture& posture) {
  return about_y(-posture[Dof::pelvis_rotation].value()) * about_x(-posture[Dof::pelvis_list].value()) *
         about_z(-posture[Dof::pelvis_tilt].value());
}

void read_pelvis(const Eigen::Matrix3d& pelvis, Posture& posture) {
  // Ry(-r) Rx(-l) Rz(-t): the middle row is (-cos l sin t, cos l cos t, sin l).
  const double list = std::asin(std::clamp(pelvis(1, 2), -1.0, 1.0));
  posture[Dof::pelvis_list] = Radians{list};
  if (std::abs(pelvis(1, 2)) > 1 - 1e-9) {
    posture[Dof::pelvis_rotation] = Radians{0};
    posture[Dof::pelvis_tilt] = Radians{std::atan2(pelvis(0, 1), pelvis(0, 0))};
    return;
  }
  posture[Dof::pelvis_tilt] = Radians{std::atan2(-pelvis(1, 0), pelvis(1, 1))};
  posture[Dof::pelvis_rotation] = Radians{std::atan2(-pelvis(0, 2), pelvis(2, 2))};
}

std::span<const Dof> chain_of(Landmark landmark) {
  const bool right = is_right(landmark);
  const auto of = [](const auto& chain, std::size_t count) {
    return std::span<const Dof>{chain}.first(count);
  };
  switch (right ? mirrored(landmark) : landmark) {
    case L::left_hip: return {};
    case L::left_knee: return of(right ? kRightLeg : kLeftLeg, 2);
    case L::left_ankle: return of(right ? kRightLeg : kLeftLeg, 4);
    case L::left_heel:
    case L::left_foot_index: return of(right ? kRightLeg : kLeftLeg, 7);
    case L::left_shoulder: return of(right ? kRightArm : kLeftArm, 4);
    case L::left_elbow: return of(right ? kRightArm : kLeftArm, 6);
    case L::left_wrist: return of(right ? kRightArm : kLeftArm, 8);
    case L::left_index:
    case L::left_pinky:
    case L::left_thumb: return of(right ? kRightArm : kLeftArm, 10);
    default: return kHeadChain;
  }
}

Eigen::Vector3d velocity(const PosedBody& body, Landmark landmark, Dof dof) {
  const auto d = static_cast<std::size_t>(dof);
  // The shoulder is lifted without turning the arm that hangs on it.
  const bool lifts = dof == Dof::left_scapular_elevation || dof == Dof::right_scapular_elevation;
  const Landmark end = !lifts                                ? landmark
                       : dof == Dof::left_scapular_elevation ? L::left_shoulder
                                                             : L::right_shoulder;
  return body.axis[d].cross(body.point_m[end] - body.pivot_m[d]);
}

std::array<double, kLengthCount> lengths_m(const BodyShape& shape) {
  const Proportions& p = shape.proportions;
  std::array<double, kLengthCount> lengths = {
      p.shank,          p.thigh,     p.ankle_height, p.heel_behind, p.toe_ahead, p.half_hips, p.trunk,
      p.half_shoulders, p.upper_arm, p.forearm,      p.knuckles,    p.half_palm, p.thumb,     p.eye_height};
  for (double& length : lengths) length *= shape.stature.value();
  return lengths;
}

BodyShape shape_from_lengths(const std::array<double, kLengthCount>& lengths_m, Meters stature) {
  const double h = stature.value();
  const auto& l = lengths_m;
  return {stature,
          {l[0] / h, l[1] / h, l[2] / h, l[3] / h, l[4] / h, l[5] / h, l[6] / h, l[7] / h, l[8] / h, l[9] / h,
           l[10] / h, l[11] / h, l[12] / h, l[13] / h}};
}

LengthColumns length_columns(const PosedBody& body, Landmark landmark) {
  enum {
    shank,
    thigh,
    ankle_height,
    heel_behind,
    toe_ahead,
    half_hips,
    trunk,
    half_shoulders,
    upper_arm,
    forearm,
    knuckles,
    half_palm,
    thumb,
    eye_height
  };
  const BodySide side{is_right(landmark)};
  const Landmark left = side.right ? mirrored(landmark) : landmark;
  const auto part = [&](Segment of_left) -> const Matrix3d& { return body.turned[side.segment(of_left)]; };
  LengthColumns columns = LengthColumns::Zero();
  const Segment at = segment_of(left);
  if (at == Segment::head) {
    columns.col(trunk) = part(Segment::trunk).col(1);
    const auto* const p = std::find_if(kHeadPoints.begin(), kHeadPoints.end(),
                                       [&](const HeadPoint& point) { return point.left == left; });
    const double outward = left == L::nose ? 0 : side.sign() * p->outward;
    columns.col(eye_height) = part(Segment::head) *
                              Vector3d(p->forward, kUsualEyeHeight + p->above_eyes, outward) /
                              kUsualEyeHeight;
    return columns;
  }
  if (at <= Segment::left_foot && at != Segment::trunk) {
    columns.col(half_hips) = side.sign() * part(Segment::pelvis).col(2);
    if (at >= Segment::left_thigh) columns.col(thigh) = -part(Segment::left_thigh).col(1);
    if (at >= Segment::left_shank) columns.col(shank) = -part(Segment::left_shank).col(1);
    if (at == Segment::left_foot) {
      const Matrix3d& foot = part(Segment::left_foot);
      columns.col(ankle_height) = -foot.col(1);
      if (left == L::left_heel) columns.col(heel_behind) = -foot.col(0);
      if (left == L::left_foot_index) columns.col(toe_ahead) = foot.col(0);
    }
    return columns;
  }
  columns.col(trunk) = part(Segment::trunk).col(1);
  // The shoulder's own direction: lifted by the shoulder blade, so it is read from the points.
  const Vector3d neck_to_shoulder =
      body.point_m[side.landmark(L::left_shoulder)] -
      0.5 * (body.pivot_m[static_cast<std::size_t>(Dof::left_scapular_elevation)] +
             body.pivot_m[static_cast<std::size_t>(Dof::right_scapular_elevation)]);
  columns.col(half_shoulders) = neck_to_shoulder.normalized();
  if (at >= Segment::left_upper_arm) columns.col(upper_arm) = -part(Segment::left_upper_arm).col(1);
  if (at >= Segment::left_forearm) columns.col(forearm) = -part(Segment::left_forearm).col(1);
  if (at == Segment::left_hand) {
    const Matrix3d& hand = part(Segment::left_hand);
    if (left == L::left_thumb) {
      columns.col(thumb) = hand.col(0) - hand.col(1);
    } else {
      columns.col(knuckles) = -hand.col(1);
      columns.col(half_palm) = left == L::left_index ? hand.col(0) : Vector3d(-hand.col(0));
    }
  }
  return columns;
}

}  // namespace reprise::engine
