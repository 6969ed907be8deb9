// SPDX-License-Identifier: Apache-2.0
// What the patient of a visit does. Ranges, order and who helps: unsourced defaults.
#include "simulation/rendered/visit.h"

namespace reprise::simulation::rendered {
namespace {

using engine::Dof;
using engine::Measure;

constexpr bool kActive = false;
constexpr bool kPassive = true;
constexpr bool kOnOneLeg = true;

struct Kind {
  const char* test;
  Measure measure;
  double sign;
  std::vector<std::pair<Dof, double>> right_deg;  ///< of the right side
  bool on_one_leg = false;
};

const Kind kAbductArm{"shoulder_abduction",
                      Measure::shoulder_abduction,
                      1,
                      {{Dof::right_shoulder_abduction, 145}, {Dof::right_scapular_elevation, 6}}};
const Kind kFlexArm{"shoulder_flexion",
                    Measure::shoulder_flexion,
                    1,
                    {{Dof::right_shoulder_flexion, 150}, {Dof::right_scapular_elevation, 4}}};
const Kind kExtendArm{
    "shoulder_extension", Measure::shoulder_flexion, -1, {{Dof::right_shoulder_flexion, -45}}};
const Kind kBendElbow{"elbow_flexion",
                      Measure::elbow_flexion,
                      1,
                      {{Dof::right_elbow_flexion, 125}, {Dof::right_shoulder_flexion, 6}}};
const Kind kAbductLeg{
    "hip_abduction", Measure::hip_abduction, 1, {{Dof::right_hip_abduction, 36}}, kOnOneLeg};
const Kind kFlexHip{"hip_flexion",
                    Measure::hip_flexion,
                    1,
                    {{Dof::right_hip_flexion, 95}, {Dof::right_knee_flexion, 100}},
                    kOnOneLeg};
const Kind kBendKnee{"knee_flexion",
                     Measure::knee_flexion,
                     1,
                     {{Dof::right_knee_flexion, 105}, {Dof::right_ankle_dorsiflexion, 10}},
                     kOnOneLeg};
const Kind kBendTrunk{
    "trunk_lateral_flexion", Measure::trunk_lateral_flexion, 1, {{Dof::trunk_lateral_flexion, 32}}};

// The helper's places, in the axes of a patient whose right side is tested and, in a view of a side, seen.
const Eigen::Vector3d kBesideArm{-0.38, 0, 0.58};
const Eigen::Vector3d kBesideLeg{-0.25, 0, 0.95};
const Eigen::Vector3d kBeforeAndFar{0.70, 0, -0.40};
const Eigen::Vector3d kBehindAndFar{-0.80, 0, -0.30};

VisitMovement movement_of(const Kind& kind, Side side, Shown shown, bool passive,
                          const Eigen::Vector3d& helper = {0, 0, 0}) {
  VisitMovement m{kind.test, kind.measure,   kind.sign,       side,  shown,
                  passive,   kind.right_deg, kind.on_one_leg, helper};
  if (side == Side::right) return m;
  for (auto& [dof, degrees] : m.extreme_deg) {
    degrees *= engine::changes_sign_in_mirror(dof) ? -1 : 1;
    dof = engine::mirrored(dof);
  }
  m.helper.z() = -m.helper.z();
  return m;
}

Shown exchanged(Shown shown) {
  if (shown == Shown::front) return shown;
  return shown == Shown::right ? Shown::left : Shown::right;
}

}  // namespace

std::string_view name(Shown shown) {
  if (shown == Shown::front) return "front";
  return shown == Shown::right ? "right" : "left";
}

std::vector<VisitMovement> visit_script(bool exchange) {
  struct Line {
    const Kind& kind;
    Side side;
    Shown shown;
    bool passive;
    Eigen::Vector3d helper{0, 0, 0};
  };
  const std::vector<Line> lines = {
      {kAbductArm, Side::right, Shown::front, kPassive, kBesideArm},
      {kAbductArm, Side::left, Shown::front, kActive},
      {kBendTrunk, Side::right, Shown::front, kActive},
      {kBendTrunk, Side::left, Shown::front, kActive},
      {kAbductLeg, Side::right, Shown::front, kPassive, kBesideLeg},
      {kAbductLeg, Side::left, Shown::front, kActive},
      {kFlexArm, Side::right, Shown::right, kActive},
      {kBendElbow, Side::right, Shown::right, kPassive, kBeforeAndFar},
      {kFlexHip, Side::right, Shown::right, kPassive, kBeforeAndFar},
      {kBendKnee, Side::right, Shown::right, kActive},
      {kFlexArm, Side::left, Shown::left, kActive},
      {kBendElbow, Side::left, Shown::left, kActive},
      {kBendKnee, Side::left, Shown::left, kPassive, kBehindAndFar},
      {kExtendArm, Side::left, Shown::left, kPassive, kBehindAndFar},
      {kFlexHip, Side::left, Shown::left, kActive},
  };
  std::vector<VisitMovement> script;
  for (const Line& line : lines) {
    script.push_back(movement_of(line.kind, exchange ? other(line.side) : line.side,
                                 exchange ? exchanged(line.shown) : line.shown, line.passive, line.helper));
  }
  return script;
}

}  // namespace reprise::simulation::rendered
