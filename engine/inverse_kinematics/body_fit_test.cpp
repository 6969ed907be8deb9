// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/body_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/synthesis/generate.h"

namespace reprise::engine {
namespace {

using L = Landmark;

/// Legs, trunk and arms all move, in planes that no axis of the camera lies in.
MovementDefinition reaching_squat() {
  const std::vector<DofValue> down = {
      {Dof::pelvis_tilt, Degrees{25}},           {Dof::trunk_flexion, Degrees{10}},
      {Dof::left_hip_flexion, Degrees{95}},      {Dof::right_hip_flexion, Degrees{95}},
      {Dof::left_knee_flexion, Degrees{100}},    {Dof::right_knee_flexion, Degrees{100}},
      {Dof::left_shoulder_flexion, Degrees{80}}, {Dof::right_shoulder_abduction, Degrees{110}},
      {Dof::left_elbow_flexion, Degrees{60}},    {Dof::right_elbow_flexion, Degrees{20}}};
  MovementDefinition definition;
  definition.stance.stance_width = 0.2;
  definition.keyframes = {{0, {}}, {0.45, down}, {0.55, down}, {1, {}}};
  definition.duration = Seconds{3};
  return definition;
}

double angle(const Vec3<Camera>& a, const Vec3<Camera>& b) {
  return std::atan2(a.cross(b).norm(), a.dot(b));
}

struct SagittalAngle {
  const char* name;
  double wanted_deg;  ///< RMS, of a body of 1.7 m
  double (*of)(const PerLandmark<Vec3<Camera>>&);
};
Vec3<Camera> middle(const PerLandmark<Vec3<Camera>>& p, L a, L b) {
  return 0.5 * (p[a] + p[b]);
}
// The project wants 2.5 degrees. The elbow has only a forearm of 25 cm and a wrist to it: 1 cm turns that by
// 2.3 degrees, and a wrist that is an outlier takes it along.
const SagittalAngle kAngles[] = {
    {"left knee", 2.5,
     [](const auto& p) {
       return angle(p[L::left_knee] - p[L::left_hip], p[L::left_ankle] - p[L::left_knee]);
     }},
    {"right knee", 2.5,
     [](const auto& p) {
       return angle(p[L::right_knee] - p[L::right_hip], p[L::right_ankle] - p[L::right_knee]);
     }},
    {"left hip", 2.5,
     [](const auto& p) {
       return angle(p[L::left_knee] - p[L::left_hip],
                    middle(p, L::left_hip, L::right_hip) - middle(p, L::left_shoulder, L::right_shoulder));
     }},
    {"left elbow", 4,
     [](const auto& p) {
       return angle(p[L::left_elbow] - p[L::left_shoulder], p[L::left_wrist] - p[L::left_elbow]);
     }},
    {"right shoulder", 2.5,
     [](const auto& p) {
       return angle(p[L::right_elbow] - p[L::right_shoulder],
                    middle(p, L::left_hip, L::right_hip) - middle(p, L::left_shoulder, L::right_shoulder));
     }},
    {"left ankle", 2.5,
     [](const auto& p) {
       return angle(p[L::left_knee] - p[L::left_ankle], p[L::left_foot_index] - p[L::left_heel]);
     }},
    {"trunk", 2.5,
     [](const auto& p) {
       return angle(middle(p, L::left_shoulder, L::right_shoulder) - middle(p, L::left_hip, L::right_hip),
                    Vec3<Camera>{0, -1, 0});
     }},
};

GenerateOptions disturbed(double stature_m) {
  GenerateOptions options;
  options.repetitions = 3;
  options.noise = Meters{0.01};
  options.drop_out_probability = 0.03;
  options.drop_outs = {{Seconds{3.0}, Seconds{3.2}}};
  options.body.stature = Meters{stature_m};
  options.camera.azimuth = Degrees{-50};
  return options;
}

/// Every 41st landmark is somewhere else: 25 to 35 cm off.
void add_outliers(std::vector<PoseFrame>& frames) {
  std::size_t n = 0;
  for (PoseFrame& frame : frames) {
    for (std::size_t i = 0; frame.pose && i < kLandmarkCount; ++i) {
      if (++n % 41 != 0) continue;
      frame.pose->world_m[i].v += Eigen::Vector3d(0.25, n % 2 == 0 ? 0.2 : -0.2, 0.1);
    }
  }
}

/// The same movement without disturbance: the truth.
std::vector<PoseFrame> truth_of(GenerateOptions options) {
  options.noise = Meters{0};
  options.drop_out_probability = 0;
  options.drop_outs.clear();
  return generate(reaching_squat(), options)->frames;
}

double rms_deg(const FittedBody& fitted, const std::vector<PoseFrame>& truth, const SagittalAngle& angle) {
  double squares = 0;
  int count = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (!fitted.frames[i].pose) continue;
    const double off = angle.of(fitted.frames[i].pose->world_m) - angle.of(truth[i].pose->world_m);
    squares += off * off;
    ++count;
  }
  EXPECT_GE(count, static_cast<int>(truth.size()) - 1) << "drop-outs are filled in";
  return to_degrees(Radians{std::sqrt(squares / count)}).value();
}

class FitBody : public testing::TestWithParam<double> {};

// The wanted accuracy: 2.5 degrees RMS and segments within 1 %, at 1 cm of noise on every axis.
TEST_P(FitBody, FindsAnglesAndLengthsThroughNoiseOutliersAndDropOuts) {
  const GenerateOptions options = disturbed(GetParam());
  auto movement = generate(reaching_squat(), options);
  ASSERT_TRUE(movement);
  add_outliers(movement->frames);
  const auto fitted = fit_body(movement->frames);
  ASSERT_TRUE(fitted) << to_string(fitted.error());
  const auto truth = truth_of(options);
  const double smaller = std::max(1.0, 1.7 / GetParam());  // 1 cm turns shorter segments more
  for (const SagittalAngle& angle : kAngles) {
    EXPECT_LE(rms_deg(*fitted, truth, angle), angle.wanted_deg * smaller) << angle.name;
  }

  const auto found = lengths_m(fitted->measured.shape);
  const auto true_lengths = lengths_m(options.body);
  constexpr std::pair<std::size_t, const char*> kLong[] = {
      {0, "shank"}, {1, "thigh"}, {6, "trunk"}, {7, "half shoulders"}, {8, "upper arm"}, {9, "forearm"}};
  for (const auto& [j, name] : kLong) EXPECT_NEAR(found[j] / true_lengths[j], 1, 0.01 * smaller) << name;
}
INSTANTIATE_TEST_SUITE_P(Statures, FitBody, testing::Values(0.9, 1.7, 2.1));

TEST(FitBody, IsExactWhereNothingIsDisturbed) {
  GenerateOptions options;
  options.repetitions = 1;
  const auto movement = generate(reaching_squat(), options);
  const auto fitted = fit_body(movement->frames);
  ASSERT_TRUE(fitted) << to_string(fitted.error());
  EXPECT_LT(fitted->error_m, 0.001) << "the effect of smoothing on the lengths";
}

TEST(FitBody, KeepsOneLengthThroughout) {
  auto movement = generate(reaching_squat(), disturbed(1.7));
  const auto fitted = fit_body(movement->frames);
  ASSERT_TRUE(fitted);
  const double thigh = lengths_m(fitted->measured.shape)[1];
  for (const PoseFrame& frame : fitted->frames) {
    if (!frame.pose) continue;
    const auto& p = frame.pose->world_m;
    EXPECT_NEAR((p[L::left_knee] - p[L::left_hip]).norm(), thigh, 1e-9);
  }
}

TEST(FitBody, TakesItsScaleFromAGivenStature) {
  auto movement = generate(reaching_squat(), disturbed(1.7));
  const auto fitted = fit_body(movement->frames, {.stature = Meters{1.87}});
  ASSERT_TRUE(fitted);
  EXPECT_NEAR(lengths_m(fitted->measured.shape)[1], 1.1 * 0.245 * 1.7, 0.01);
}

TEST(FitBody, LeavesAMissingLegUnseen) {
  auto movement = generate(reaching_squat(), disturbed(1.7));
  for (PoseFrame& frame : movement->frames) {
    for (const L l : {L::left_knee, L::left_ankle, L::left_heel, L::left_foot_index}) {
      if (frame.pose) frame.pose->visibility[l] = 0;
    }
  }
  const auto fitted = fit_body(movement->frames);
  ASSERT_TRUE(fitted) << to_string(fitted.error());
  const auto truth = truth_of(disturbed(1.7));
  EXPECT_LE(rms_deg(*fitted, truth, kAngles[1]), 2.5) << "the other leg is measured as ever";
  for (const PoseFrame& frame : fitted->frames) {
    if (frame.pose) {
      EXPECT_EQ(frame.pose->visibility[L::left_knee], 0);
    }
  }
}

TEST(FitBody, RefusesABodyThatCannotBe) {
  auto movement = generate(reaching_squat(), {.repetitions = 1});
  for (PoseFrame& frame : movement->frames) {
    for (const L l : {L::left_ankle, L::left_heel, L::left_foot_index, L::right_ankle, L::right_heel,
                      L::right_foot_index})
      frame.pose->world_m[l].v.y() += 1.5;
  }
  const auto fitted = fit_body(movement->frames);
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.error().code, ErrorCode::unsupported);
  EXPECT_NE(fitted.error().cause.find("shank"), std::string::npos) << fitted.error().cause;
}

TEST(FitBody, FailsWhenNoPersonIsSeen) {
  const std::vector<PoseFrame> empty(5);
  const auto fitted = fit_body(empty);
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine
