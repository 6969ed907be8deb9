// SPDX-License-Identifier: Apache-2.0
#include "pipeline/opensim_tools.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/multibody/multibody_kinematics.h"
#include "sensing/landmarks/trc.h"
#include "sensing/opensim/model_file.h"
#include "sensing/opensim/test_osim.h"
#include "tests/support/test_files.h"

namespace reprise::pipeline {
namespace {

using sensing::arm_of_opensim_3;
using testing::ElementsAre;
using testing::HasSubstr;

double flexion_at(double t) {
  return 0.5 * std::sin(3 * t);
}
double elbow_at(double t) {
  return 0.8 + 0.4 * std::cos(2 * t);
}

/// SIMULATED markers of the arm of the test models.
engine::MarkerRecording arm_markers(int frames = 50) {
  const auto model = sensing::parse_osim(arm_of_opensim_3());
  engine::MultibodyKinematics kinematics{model->model};
  engine::MarkerRecording out;
  for (const auto& marker : model->model.markers) out.names.push_back(marker.name);
  out.simulated = true;
  for (int f = 0; f < frames; ++f) {
    const double t = 0.02 * f;
    out.times.emplace_back(t);
    kinematics.place(std::vector{flexion_at(t), elbow_at(t)});
    for (const auto& marker : model->model.markers)
      out.positions_m.emplace_back(kinematics.body(marker.body).in_ground * marker.position_m);
  }
  return out;
}

class OpenSimTools : public testing::Test {
 protected:
  OpenSimTools() {
    put_file(folder_ / "arm.osim", arm_of_opensim_3());
    kinematics_.model = dynamics_.model = folder_ / "arm.osim";
    kinematics_.markers = folder_ / "arm.trc";
    dynamics_.coordinates = folder_ / "arm.mot";
  }

  Result<KinematicsResult> solve(const engine::MarkerRecording& markers) {
    put_file(folder_ / "arm.trc", *sensing::to_trc(markers, "arm", {.exact = true}));
    return run_inverse_kinematics(kinematics_);
  }

  Result<DynamicsResult> forces_of(const std::string& rows, const std::string& header = "inDegrees=yes\n") {
    put_file(folder_ / "arm.mot", "arm\n" + header + "endheader\ntime\tflexion\telbow_flexion\n" + rows);
    return run_inverse_dynamics(dynamics_);
  }

  TemporaryFolder folder_;
  sensing::KinematicsSetup kinematics_;
  sensing::DynamicsSetup dynamics_;
};

TEST_F(OpenSimTools, FindTheCoordinatesOfMarkers) {
  kinematics_.range = {Seconds{0.2}, Seconds{0.6}};
  const auto result = solve(arm_markers());
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_EQ(result->frames, 21U);
  EXPECT_EQ(result->unsolved_frames, 0U);
  EXPECT_TRUE(result->warnings.empty());
  EXPECT_TRUE(result->simulated);
  EXPECT_THAT(result->motion.labels, ElementsAre("time", "flexion", "elbow_flexion"));
  for (std::size_t row = 0; row < result->motion.rows(); ++row) {
    const double t = *result->motion.at(row, 0);
    EXPECT_NEAR(*result->motion.at(row, 1), flexion_at(t) * 180 / kPi, 1e-4);
    EXPECT_NEAR(*result->motion.at(row, 2), elbow_at(t) * 180 / kPi, 1e-4);
  }
  const auto text = sensing::to_storage(result->motion);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("Coordinates (simulated)"));
  EXPECT_THAT(*text, HasSubstr("inDegrees=yes"));
}

TEST_F(OpenSimTools, NameMarkersThatAreMissingExchangedOrFarOff) {
  auto markers = arm_markers();
  markers.names[3] = "other";
  kinematics_.marker_tasks.emplace();
  for (const char* name : {"shoulder", "arm", "elbow", "forearm", "wrist", "hand"})
    kinematics_.marker_tasks->push_back({.name = name});
  auto result = solve(markers);
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_THAT(result->warnings, ElementsAre("Tasks without a marker of the model, left out: hand.",
                                            "Markers that the recording lacks, left out: forearm."));
  EXPECT_NEAR(*result->motion.at(7, 1), flexion_at(0.14) * 180 / kPi, 1e-4);

  markers = arm_markers();
  std::swap(markers.names[0], markers.names[2]);
  kinematics_.marker_tasks.reset();
  result = solve(markers);
  ASSERT_TRUE(result);
  EXPECT_THAT(result->warnings, testing::Contains(HasSubstr("'shoulder' and 'elbow' seem to be exchanged")));
  EXPECT_THAT(result->warnings, testing::Contains(HasSubstr("More than 40 mm (RMS) off: ")));

  for (auto& name : markers.names) name += "_";
  EXPECT_EQ(solve(markers).error().code, ErrorCode::nothing_measured);
}

TEST_F(OpenSimTools, SayWhyNothingWasSolved) {
  kinematics_.range = {Seconds{7}, Seconds{8}};
  EXPECT_THAT(solve(arm_markers()).error().remedy, HasSubstr("time_range"));
  kinematics_.range = {};
  put_file(folder_ / "arm.osim",
           arm_of_opensim_3("<ConstraintSet><objects><WeldConstraint name=\"w\"/></objects>"
                            "</ConstraintSet>"));
  EXPECT_THAT(solve(arm_markers()).error().cause, HasSubstr("WeldConstraint 'w'"));
  put_file(folder_ / "arm.osim", arm_of_opensim_3());
  put_file(folder_ / "arm.trc", *sensing::to_trc(arm_markers(), "arm"));
  const auto stopped = run_inverse_kinematics(kinematics_, [](int done, int) { return done < 5; });
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

TEST_F(OpenSimTools, FollowATaskWhereNoMarkerIs) {
  auto markers = arm_markers();
  for (std::size_t f = 0; f < markers.times.size(); ++f)
    markers.positions_m[5 * f + 3].reset(), markers.positions_m[5 * f + 4].reset();
  kinematics_.coordinate_tasks = {{.name = "elbow_flexion",
                                   .weight = 1,
                                   .wanted = sensing::KinematicsTask::Wanted::manual,
                                   .manual_value = 0.3},
                                  {.name = "wrist_flexion"}};
  const auto result = solve(markers);
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_NEAR(*result->motion.at(9, 2), 0.3 * 180 / kPi, 1e-4);
  EXPECT_THAT(result->warnings,
              ElementsAre("The model has no coordinate 'wrist_flexion'; its task is left out.",
                          "Never seen: forearm, wrist."));
}

TEST_F(OpenSimTools, HoldAnArmThatIsStretchedOut) {
  const auto result = forces_of("0\t90\t0\n0.1\t90\t0\n0.2\t90\t0\n");
  ASSERT_TRUE(result) << to_string(result.error());
  ASSERT_EQ(result->frames, 3U);
  EXPECT_THAT(result->forces.labels, ElementsAre("time", "flexion_moment", "elbow_flexion_moment"));
  EXPECT_NEAR(*result->forces.at(1, 1), 9.81 * (2 * 0.15 + 1 * 0.4), 1e-9);
  // Its axis leans by 0.1 rad from the horizontal plane's normal.
  EXPECT_NEAR(*result->forces.at(1, 2), 9.81 * 1 * 0.1 * std::cos(0.1), 1e-9);
  EXPECT_TRUE(result->warnings.empty());
}

TEST_F(OpenSimTools, ReadAnglesInTheUnitThatTheFileSays) {
  const auto moment = [&](const std::string& angle, const std::string& header) {
    return *forces_of("0\t" + angle + "\t0\n1\t" + angle + "\t0\n", header)->forces.at(0, 1);
  };
  const double held = moment("90", "inDegrees=yes\n");
  EXPECT_NEAR(moment("1.5707963", "inDegrees=no\n"), held, 1e-6);
  EXPECT_NEAR(moment("1.5707963", ""), held, 1e-6);
  EXPECT_NEAR(moment("90", "Angles are in degrees.\n"), held, 1e-9);
  dynamics_.in_degrees = true;
  EXPECT_NEAR(moment("90", ""), held, 1e-9);
}

TEST_F(OpenSimTools, WarnAboutCoordinatesAndForces) {
  put_file(
      folder_ / "arm.osim",
      arm_of_opensim_3("<ForceSet><objects><Thelen2003Muscle name=\"m\"/><SpringGeneralizedForce name=\"s\"/>"
                       "</objects></ForceSet>"));
  auto result = forces_of("0\t0\t175\n1\t0\t10\n");
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_THAT(result->warnings,
              ElementsAre("Outside of the model's range: elbow_flexion in 1 of 2 rows (-171.887 to 171.887).",
                          HasSubstr("Muscles exert nothing"), HasSubstr("SpringGeneralizedForce 's'")));
  put_file(folder_ / "arm.mot", "arm\nendheader\ntime\tflexion\n0\t0\n1\t0\n");
  result = run_inverse_dynamics(dynamics_);
  ASSERT_TRUE(result);
  EXPECT_THAT(result->warnings.front(), HasSubstr("at their default: elbow_flexion"));
  put_file(folder_ / "arm.mot", "arm\nendheader\ntime\tknee\n0\t0\n1\t0\n");
  EXPECT_EQ(run_inverse_dynamics(dynamics_).error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(forces_of("0\t0\t0\n1\tnan\t0\n").error().cause, HasSubstr("row 2"));
}

TEST_F(OpenSimTools, ApplyExternalLoads) {
  put_file(
      folder_ / "f.sto",
      "f\nendheader\ntime\tfx\tfy\tfz\tpx\tpy\tpz\n0\t0\t9.81\t0\t0.4\t1\t0\n1\t0\t9.81\t0\t0.4\t1\t0\n");
  put_file(folder_ / "loads.xml",
           "<ExternalLoads><datafile>f.sto</datafile><objects><ExternalForce "
           "name=\"hold\"><applied_to_body>forearm"
           "</applied_to_body><force_identifier>f</force_identifier><point_identifier>p</point_identifier>"
           "</ExternalForce></objects></ExternalLoads>");
  dynamics_.external_loads = folder_ / "loads.xml";
  const auto result = forces_of("0\t90\t0\n1\t90\t0\n");
  ASSERT_TRUE(result) << to_string(result.error());
  // The forearm's weight is borne at its mass center.
  EXPECT_NEAR(*result->forces.at(0, 1), 9.81 * 2 * 0.15, 1e-9);
  EXPECT_NEAR(*result->forces.at(0, 2), 0, 1e-9);
}

/// How far a column is from that of a standard with the same rows.
struct Difference {
  double rms = 0;
  double most = 0;
  double peak = 0;
};

Difference difference_of(const sensing::StorageTable& found, const sensing::StorageTable& standard,
                         std::size_t column) {
  const std::size_t own = *found.column(standard.labels[column]);
  Difference out;
  for (std::size_t row = 0; row < standard.rows(); ++row) {
    const double off = *found.at(row, own) - *standard.at(row, column);
    out.rms += off * off / static_cast<double>(standard.rows());
    out.most = std::max(out.most, std::abs(off));
    out.peak = std::max(out.peak, std::abs(*standard.at(row, column)));
  }
  out.rms = std::sqrt(out.rms);
  return out;
}

TEST(OpenSimStandards, AgreeInKinematics) {
  for (const auto& [setup, standard] :
       {std::pair{"subject01_Setup_InverseKinematics.xml", "std_subject01_walk1_ik.mot"},
        std::pair{"setup_ik_abdbonepin.xml", "std_subject1_abdbonepin_IK.mot"}}) {
    const auto folder = shared_data("mocap/opensim_ik");
    if (!std::filesystem::exists(folder / setup))
      GTEST_SKIP() << folder / setup << " is not here: set REPRISE_DATA";
    const auto result = run_inverse_kinematics(*sensing::read_kinematics_setup(folder / setup));
    const auto expected = sensing::read_storage(folder / standard);
    ASSERT_TRUE(result && expected);
    ASSERT_EQ(result->motion.rows(), expected->rows());
    EXPECT_EQ(result->unsolved_frames, 0U);
    // 0.5 degrees is wanted; 0.16 is reached.
    for (std::size_t c = 1; c < expected->labels.size(); ++c)
      EXPECT_LT(difference_of(result->motion, *expected, c).rms, 0.25) << expected->labels[c];
  }
}

TEST(OpenSimStandards, AgreeInDynamics) {
  const auto folder = shared_data("mocap/opensim_id");
  const auto setup = folder / "arm26_Setup_InverseDynamics.xml";
  if (!std::filesystem::exists(setup)) GTEST_SKIP() << setup << " is not here: set REPRISE_DATA";
  const auto result = run_inverse_dynamics(*sensing::read_dynamics_setup(setup));
  const auto expected = sensing::read_storage(folder / "std_arm26_InverseDynamics.sto");
  ASSERT_TRUE(result && expected);
  ASSERT_EQ(result->forces.rows(), expected->rows());
  for (std::size_t c = 1; c < expected->labels.size(); ++c) {
    const Difference off = difference_of(result->forces, *expected, c);
    EXPECT_LT(off.most, 0.002 * off.peak) << expected->labels[c];
  }
}

TEST_F(OpenSimTools, LeaveEmptyWhatTooFewMarkersShow) {
  auto markers = arm_markers();
  // The forearm's markers are gone in 5 frames, as nothing or as zeros.
  for (std::size_t f = 10; f < 15; ++f) {
    markers.positions_m[5 * f + 3].reset();
    markers.positions_m[5 * f + 4].emplace(Eigen::Vector3d::Zero());
  }
  const auto result = solve(markers);
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_TRUE(result->motion.at(12, 1));
  EXPECT_FALSE(result->motion.at(12, 2));
  EXPECT_TRUE(result->motion.at(15, 2));
  EXPECT_THAT(
      result->warnings,
      testing::IsSupersetOf({HasSubstr("Too few markers to determine, so left empty (NaN): elbow_flexion "
                                       "in 5 of 50 frames (0.2 to 0.28 s)"),
                             HasSubstr("Missing: forearm, wrist in 5 of 50 frames"),
                             HasSubstr("At exactly 0, 0, 0, so taken as missing: wrist in 5 of 50")}));
  ASSERT_EQ(result->coordinates.size(), 1U);
  EXPECT_EQ(result->coordinates[0].undetermined_frames, 5U);
}

TEST_F(OpenSimTools, NameFramesInWhichMarkersChangePlacesOrAreFarOff) {
  auto markers = arm_markers();
  for (std::size_t f = 20; f < 24; ++f)
    std::swap(markers.positions_m[5 * f + 3], markers.positions_m[5 * f + 4]);
  markers.positions_m[5 * 40]->v.x() += 0.2;
  const auto result = solve(markers);
  ASSERT_TRUE(result);
  EXPECT_THAT(result->warnings,
              testing::IsSupersetOf(
                  {HasSubstr("'forearm' and 'wrist' change places in 4 of 50 frames (0.4 to 0.46 s)"),
                   HasSubstr("shoulder in 1 of 50 frames (0.8 s)")}));
}

TEST_F(OpenSimTools, SayWhereAConstraintIsNotMet) {
  put_file(folder_ / "arm.osim",
           arm_of_opensim_3(
               "<ConstraintSet><objects><PointConstraint name=\"rope\"><body_1>forearm</body_1>"
               "<body_2>ground</body_2><location_body_1>0 -0.3 0</location_body_1>"
               "<location_body_2>0 3 0</location_body_2></PointConstraint></objects></ConstraintSet>"));
  const auto result = solve(arm_markers(5));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->apart_constraint, "rope");
  EXPECT_GT(result->apart_m, 1);
  EXPECT_EQ(result->unsolved_frames, 5U);
  EXPECT_THAT(result->warnings,
              testing::Contains(HasSubstr("Constraint 'rope' is not met in 5 of 5 frames")));
}

TEST_F(OpenSimTools, RefuseAModelThatCannotMove) {
  std::string fixed = arm_of_opensim_3();
  fixed.replace(fixed.find("<CustomJoint"), 12, "<WeldJoint");
  fixed =
      "<Model><BodySet><objects><Body name=\"b\"><mass>1</mass><Joint><WeldJoint "
      "name=\"j\"><parent_body>ground"
      "</parent_body></WeldJoint></Joint></Body></objects></BodySet><MarkerSet><objects><Marker "
      "name=\"wrist\">"
      "<body>b</body></Marker></objects></MarkerSet></Model>";
  put_file(folder_ / "arm.osim", fixed);
  EXPECT_THAT(solve(arm_markers()).error().cause, HasSubstr("'arm.osim': the model has no coordinate"));
  EXPECT_THAT(forces_of("0\t0\t0\n1\t0\t0\n").error().cause, HasSubstr("the model has no coordinate"));
}

TEST_F(OpenSimTools, FollowACoordinateFileInItsUnitAndTimesOnly) {
  kinematics_.marker_tasks = {{{.name = "shoulder"}, {.name = "arm"}}};
  kinematics_.coordinate_tasks = {{.name = "elbow_flexion", .weight = 1}};
  kinematics_.coordinates = folder_ / "wanted.mot";
  put_file(folder_ / "wanted.mot",
           "w\nAngles are in degrees.\nendheader\ntime\telbow_flexion\n0\t40\n0.25\t40\n0.5\t40\n");
  const auto result = solve(arm_markers());
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_NEAR(*result->motion.at(10, 2), 40, 1e-4);
  EXPECT_THAT(result->warnings, testing::Contains(HasSubstr("The coordinate file does not reach")));
  EXPECT_THAT(result->inputs, testing::Contains(folder_ / "wanted.mot"));
}

TEST_F(OpenSimTools, RefuseLoadsThatDoNotLastAsLongAsTheMovement) {
  put_file(folder_ / "f.sto", "f\nendheader\ntime\tfx\tfy\tfz\n0\t0\t9\t0\n0.5\t0\t9\t0\n");
  put_file(
      folder_ / "loads.xml",
      "<ExternalLoads><datafile>f.sto</datafile><objects><ExternalForce "
      "name=\"hold\"><applied_to_body>forearm"
      "</applied_to_body><force_identifier>f</force_identifier></ExternalForce></objects></ExternalLoads>");
  dynamics_.external_loads = folder_ / "loads.xml";
  const std::string rows = "0\t90\t0\n0.5\t90\t0\n1\t90\t0\n";
  EXPECT_THAT(forces_of(rows).error().cause, HasSubstr("the external loads last from 0 to 0.5 s"));
  dynamics_.range = {Seconds{0}, Seconds{0.5}};
  const auto loaded = forces_of(rows);
  ASSERT_TRUE(loaded) << to_string(loaded.error());
  EXPECT_THAT(loaded->inputs, testing::Contains(folder_ / "f.sto"));
  // OpenSim adds loads to the model and then disables all its forces.
  dynamics_.excluded_forces = {"ALL"};
  const auto unloaded = forces_of(rows);
  ASSERT_TRUE(unloaded);
  EXPECT_THAT(unloaded->warnings, testing::Contains(HasSubstr("External loads are not applied")));
  EXPECT_GT(std::abs(*unloaded->forces.at(0, 1) - *loaded->forces.at(0, 1)), 1);
}

TEST_F(OpenSimTools, SolveOneRowAtRestAndRefuseWhatIsNotFinite) {
  const auto result = forces_of("0\t90\t0\n");
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_NEAR(*result->forces.at(0, 1), 9.81 * (2 * 0.15 + 1 * 0.4), 1e-9);
  EXPECT_THAT(result->warnings, ElementsAre(HasSubstr("The coordinates have one row")));
  std::string heavy = arm_of_opensim_3();
  heavy.replace(heavy.find("<mass>2<"), 8, "<mass>1e308<");
  put_file(folder_ / "arm.osim", heavy);
  EXPECT_THAT(forces_of("0\t90\t0\n1\t90\t0\n").error().cause,
              HasSubstr("flexion_moment at 0 s is not finite"));
}

}  // namespace
}  // namespace reprise::pipeline
