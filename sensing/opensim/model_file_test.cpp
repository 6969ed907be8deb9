// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "engine/multibody/inverse_dynamics.h"
#include "sensing/opensim/test_osim.h"
#include "tests/support/bad_input.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using Eigen::Vector3d;
using testing::ElementsAre;

std::string with_joint(const std::string& type, const std::string& coordinates,
                       const std::string& more = "") {
  return "<Model><BodySet><objects><Body name=\"b\"><mass>1</mass><Joint><" + type +
         " name=\"j\"><parent_body>ground</parent_body><CoordinateSet><objects>" + coordinates +
         "</objects></CoordinateSet>" + more + "</" + type + "></Joint></Body></objects></BodySet></Model>";
}

/// Where the body's point (0.1, 0.2, 0.3) comes to lie.
Vector3d point_of(const std::string& osim, const std::vector<double>& q) {
  const auto read = parse_osim(osim);
  EXPECT_TRUE(read) << to_string(read.error());
  engine::MultibodyKinematics kinematics{read->model};
  kinematics.place(q);
  return kinematics.body(1).in_ground * Vector3d{0.1, 0.2, 0.3};
}

std::string coordinates_named(std::initializer_list<const char*> names) {
  std::string out;
  for (const char* name : names) out += osim_coordinate(name);
  return out;
}

TEST(OpenSimModel, ReadsTheSameArmOfBothVersions) {
  const auto three = parse_osim(arm_of_opensim_3());
  const auto four = parse_osim(arm_of_opensim_4());
  ASSERT_TRUE(three) << to_string(three.error());
  ASSERT_TRUE(four) << to_string(four.error());
  const std::vector<double> in_three = {0.4, 0.9}, in_four = {0.9, 0.4};  // in the order of the file
  const auto forces = [](const engine::MultibodyModel& model, const std::vector<double>& q) {
    engine::MultibodyKinematics kinematics{model};
    kinematics.move(q, std::vector{1.5, 1.5}, std::vector{2.0, 2.0});
    return engine::generalized_forces(kinematics, {});
  };
  const auto a = forces(three->model, in_three);
  const auto b = forces(four->model, in_four);
  EXPECT_NEAR(a[0], b[1], 1e-12);
  EXPECT_NEAR(a[1], b[0], 1e-12);
  EXPECT_EQ(three->model.markers.size(), 5U);
  EXPECT_EQ(four->model.markers.at(0).position_m, three->model.markers.at(4).position_m);
  EXPECT_TRUE(three->model.coordinates[1].clamped);
  EXPECT_TRUE(four->model.coordinates[1].rotational);
  EXPECT_DOUBLE_EQ(three->model.gravity_mps2.y(), -9.81);
  EXPECT_DOUBLE_EQ(four->model.bodies[1].inertia_kgm2(1, 2), 0.001);
}

TEST(OpenSimModel, MovesEachTypeOfJoint) {
  const Vector3d p{0.1, 0.2, 0.3};
  const auto rotated = [&](const Vector3d& angles) -> Vector3d { return engine::body_fixed_xyz(angles) * p; };
  EXPECT_LT((point_of(with_joint("WeldJoint", ""), {}) - p).norm(), 1e-12);
  EXPECT_LT((point_of(with_joint("PinJoint", coordinates_named({"a"})), {0.7}) - rotated({0, 0, 0.7})).norm(),
            1e-12);
  EXPECT_LT(
      (point_of(with_joint("SliderJoint", coordinates_named({"a"})), {0.7}) - p - Vector3d{0.7, 0, 0}).norm(),
      1e-12);
  EXPECT_LT((point_of(with_joint("UniversalJoint", coordinates_named({"a", "b"})), {0.7, 0.3}) -
             rotated({0.7, 0.3, 0}))
                .norm(),
            1e-12);
  for (const char* type : {"BallJoint", "GimbalJoint"}) {
    EXPECT_LT((point_of(with_joint(type, coordinates_named({"a", "b", "c"})), {0.7, 0.3, -0.4}) -
               rotated({0.7, 0.3, -0.4}))
                  .norm(),
              1e-12);
  }
  EXPECT_LT((point_of(with_joint("PlanarJoint", coordinates_named({"a", "b", "c"})), {0.7, 2, 3}) -
             rotated({0, 0, 0.7}) - Vector3d{2, 3, 0})
                .norm(),
            1e-12);
  EXPECT_LT((point_of(with_joint("FreeJoint", coordinates_named({"a", "b", "c", "d", "e", "f"})),
                      {0.7, 0.3, -0.4, 1, 2, 3}) -
             rotated({0.7, 0.3, -0.4}) - Vector3d{1, 2, 3})
                .norm(),
            1e-12);
  const Vector3d turn{0.7, 0.3, -0.4};
  EXPECT_LT(
      (point_of(with_joint("EllipsoidJoint", coordinates_named({"a", "b", "c"}),
                           "<radii_x_y_z>0.1 0.2 0.3</radii_x_y_z>"),
                {0.7, 0.3, -0.4}) -
       rotated(turn) - Vector3d{0.1, 0.2, 0.3}.cwiseProduct(Vector3d{engine::body_fixed_xyz(turn).col(2)}))
          .norm(),
      1e-12);
  // At zero the scapula stands at the outermost point of the thorax, along its own axes.
  EXPECT_LT(
      (point_of(with_joint("ScapulothoracicJoint", coordinates_named({"a", "b", "c", "d"}),
                           "<thoracic_ellipsoid_radii_x_y_z>0.1 0.2 0.3</thoracic_ellipsoid_radii_x_y_z>"
                           "<scapula_winging_axis_origin>0.05 0.02</scapula_winging_axis_origin>"
                           "<scapula_winging_axis_direction>0</scapula_winging_axis_direction>"),
                {0, 0, 0, 0}) -
       p - Vector3d{0, 0, 0.3})
          .norm(),
      1e-12);
}

TEST(OpenSimModel, ReadsFunctionsOfACustomJoint) {
  const auto value_at = [](const std::string& function, double q) {
    return point_of(with_joint("CustomJoint", osim_coordinate("a"),
                               "<SpatialTransform>" + transform_axis("translation1", "a", "1 0 0", function) +
                                   "</SpatialTransform>"),
                    {q})
               .x() -
           0.1;
  };
  EXPECT_NEAR(value_at("<LinearFunction><coefficients>2 1</coefficients></LinearFunction>", 3), 7, 1e-12);
  EXPECT_NEAR(value_at("<PolynomialFunction><coefficients>1 0 2</coefficients></PolynomialFunction>", 3), 11,
              1e-12);
  EXPECT_NEAR(value_at("<MultiplierFunction><function><Constant><value>2</value></Constant></function>"
                       "<scale>3</scale></MultiplierFunction>",
                       1),
              6, 1e-12);
  EXPECT_NEAR(value_at("<PiecewiseLinearFunction><x>0 1 2</x><y>0 4 4</y></PiecewiseLinearFunction>", 0.5), 2,
              1e-12);
  for (const char* spline : {"SimmSpline", "NaturalCubicSpline", "GCVSpline"}) {
    const std::string s = spline;
    EXPECT_NEAR(value_at("<" + s + "><x>0 1 2 3</x><y>0 1 4 9</y></" + s + ">", 1.5), 2.25, 1e-9) << s;
  }
}

TEST(OpenSimModel, LeavesCoupledCoordinatesInTheirUnit) {
  const std::string spline = "<SimmSpline><x>0 1 2</x><y>0 1 3</y></SimmSpline>";
  const auto read = parse_osim(with_joint(
      "CustomJoint", osim_coordinate("a"),
      "<SpatialTransform>" + transform_axis("rotation1", "a", "1 0 0", spline) + "</SpatialTransform>"));
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->model.coordinates[0].rotational);
}

TEST(OpenSimModel, ReadsConstraintsAndForces) {
  const auto read = parse_osim(arm_of_opensim_3(R"(<ConstraintSet><objects>
<CoordinateCouplerConstraint name="c"><coupled_coordinates_function><LinearFunction><coefficients>0.5 0</coefficients>
</LinearFunction></coupled_coordinates_function><independent_coordinate_names>flexion</independent_coordinate_names>
<dependent_coordinate_name>elbow_flexion</dependent_coordinate_name><scale_factor>2</scale_factor>
</CoordinateCouplerConstraint>
<PointConstraint name="p"><body_1>forearm</body_1><body_2>ground</body_2><location_body_1>0 -0.3 0</location_body_1>
</PointConstraint><WeldConstraint name="w"/><WeldConstraint name="off"><isDisabled>true</isDisabled></WeldConstraint>
</objects></ConstraintSet><ForceSet><objects><Thelen2003Muscle name="m"/><CoordinateActuator name="a"/>
<CoordinateLimitForce name="l"/></objects></ForceSet>)"));
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_TRUE(read->model.coordinates[1].coupling);
  EXPECT_DOUBLE_EQ(read->model.coordinates[1].coupling->function.at(0.7).value, 0.7);
  ASSERT_EQ(read->model.couplings.size(), 1U);
  EXPECT_EQ(read->model.couplings[0].first_body, 2U);
  EXPECT_THAT(read->unread_constraints, ElementsAre("WeldConstraint 'w'"));
  EXPECT_THAT(read->passive_forces, ElementsAre("CoordinateLimitForce 'l'"));
  EXPECT_TRUE(read->has_muscles);
}

TEST(OpenSimModel, NamesWhatStandsInComponents) {
  const auto read =
      parse_osim(arm_of_opensim_4("<components><WeldConstraint name=\"w\"/><Blankevoort1991Ligament "
                                  "name=\"l\"/><Thelen2003Muscle name=\"m\"/>"
                                  "<PhysicalOffsetFrame name=\"f\"/></components>"));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_THAT(read->unread_constraints, ElementsAre("WeldConstraint 'w' in <components>"));
  EXPECT_THAT(read->passive_forces, ElementsAre("Blankevoort1991Ligament 'l'"));
  EXPECT_TRUE(read->has_muscles);
}

TEST(OpenSimModel, ReadsFlagsInAnyCaseAndRangesWithoutAnEnd) {
  const auto read = parse_osim(with_joint(
      "BallJoint", osim_coordinate("a", "<locked>TRUE</locked>") +
                       osim_coordinate("b", "<locked>False</locked>") +
                       "<Coordinate name=\"c\"><range>-Inf Inf</range><clamped>True</clamped></Coordinate>"));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_TRUE(read->model.coordinates[0].locked);
  EXPECT_FALSE(read->model.coordinates[1].locked);
  EXPECT_TRUE(std::isinf(read->model.coordinates[2].max));
  EXPECT_THAT(read->angular_velocity_joints, ElementsAre("BallJoint 'j'"));
}

TEST(OpenSimModel, RefusesTooManyPartsBeforeItBuildsThem) {
  std::string bodies;
  for (int i = 0; i < 2001; ++i) bodies += "<Body name=\"b" + std::to_string(i) + "\"><mass>1</mass></Body>";
  expect_refused(parse_osim("<Model><BodySet><objects>" + bodies + "</objects></BodySet></Model>"),
                 {"", ErrorCode::unsupported, "BodySet holds 2001 parts; at most 2000"});
  std::string coordinates;
  for (int i = 0; i < 2001; ++i) coordinates += osim_coordinate("q" + std::to_string(i));
  expect_refused(parse_osim(with_joint("CustomJoint", coordinates, "<SpatialTransform/>")),
                 {"", ErrorCode::unsupported, "more than 2000 coordinates"});
}

/// Away from zero, by the definition: on the ellipsoid where its outward normal points to after the turns by
/// abduction and elevation, turned, and then winged about an axis in the scapula's plane.
TEST(OpenSimModel, GlidesAndWingsTheScapula) {
  const double abduction = 0.3, elevation = -0.2, rotation = 0.4, winging = 0.25, direction = 0.6;
  const Vector3d found =
      point_of(with_joint("ScapulothoracicJoint", coordinates_named({"a", "b", "c", "d"}),
                          "<thoracic_ellipsoid_radii_x_y_z>0.1 0.2 0.3</thoracic_ellipsoid_radii_x_y_z>"
                          "<scapula_winging_axis_origin>0.05 0.02</scapula_winging_axis_origin>"
                          "<scapula_winging_axis_direction>0.6</scapula_winging_axis_direction>"),
               {abduction, elevation, rotation, winging});
  const auto about = [](double angle, const Vector3d& axis) {
    return Eigen::AngleAxisd{angle, axis}.toRotationMatrix();
  };
  const Eigen::Matrix3d turned = about(abduction, Vector3d::UnitX()) * about(elevation, Vector3d::UnitY()) *
                                 about(rotation, Vector3d::UnitZ());
  const Vector3d normal = turned.col(2);
  // The half axes of the turned frame: y, x, z of the thorax.
  const Vector3d place{0.2 * normal.x(), 0.1 * normal.y(), 0.3 * normal.z()};
  const Vector3d hinge{0.05, 0.02, 0};
  const Vector3d p{0.1, 0.2, 0.3};
  const Vector3d winged =
      hinge + about(winging, {-std::sin(direction), std::cos(direction), 0}) * (p - hinge);
  const Eigen::Matrix3d quarter = about(kPi / 2, Vector3d::UnitZ());
  EXPECT_LT((found - quarter * (place + turned * (quarter.transpose() * winged))).norm(), 1e-12);
}

TEST(OpenSimModel, RefusesWhatItCannotRead) {
  const std::string arm = arm_of_opensim_3();
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string out = arm;
    const std::size_t at = out.find(from);
    return at == std::string::npos ? out : out.replace(at, from.size(), to);
  };
  const BadInput cases[] = {
      {"<Model><BodySet>", ErrorCode::corrupt, "'BodySet' is not closed"},
      {"<OpenSimDocument><InverseKinematicsTool/></OpenSimDocument>", ErrorCode::corrupt, "no Model"},
      {"<Model/>", ErrorCode::corrupt, "no body"},
      {changed("<mass>2</mass>", "<mass>two</mass>"), ErrorCode::corrupt, "Body 'humerus': mass is 'two'"},
      {changed("<mass_center>0 -0.15 0<", "<mass_center>0 -0.15<"), ErrorCode::corrupt,
       "2 numbers; expected 3"},
      {changed("<parent_body>humerus", "<parent_body>elbow"), ErrorCode::corrupt, "'elbow' that is no body"},
      {changed("<body>forearm</body>", "<body>hand</body>"), ErrorCode::corrupt,
       "Marker 'forearm' is on 'hand'"},
      {changed("name=\"arm\"><body>", "name=\"elbow\"><body>"), ErrorCode::corrupt,
       "more than one Marker 'elbow'"},
      {changed("name=\"elbow_flexion\"", "name=\"flexion\""), ErrorCode::corrupt, "'flexion' whose name"},
      {changed("<coordinates>flexion<", "<coordinates>extension<"), ErrorCode::corrupt, "'extension'"},
      {changed("<axis>0 0 2</axis>", "<axis>0 0 0</axis>"), ErrorCode::corrupt, "without a direction"},
      {changed("<LinearFunction>", "<StepFunction>")
           .replace(changed("<LinearFunction>", "<StepFunction>").find("</LinearFunction>"), 17,
                    "</StepFunction>"),
       ErrorCode::unsupported, "StepFunction is not known"},
      {changed("<coefficients>1 0<", "<coefficients>1 0 0<"), ErrorCode::unsupported, "3 coefficients"},
      {changed("<CoordinateSet>", "<reverse>true</reverse><CoordinateSet>"), ErrorCode::unsupported,
       "is reversed"},
      {with_joint("BeamJoint", ""), ErrorCode::unsupported, "BeamJoint 'j' is of a type"},
      {with_joint("BallJoint", osim_coordinate("a")), ErrorCode::corrupt, "1 coordinates; expected 3"},
      {with_joint("PinJoint", osim_coordinate("a", "<prescribed>true</prescribed>")), ErrorCode::corrupt,
       "no prescribed_function"},
  };
  const std::string coupler =
      "<CoordinateCouplerConstraint "
      "name=\"c\"><coupled_coordinates_function><Constant><value>1</value></Constant>"
      "</coupled_coordinates_function><independent_coordinate_names>flexion</independent_coordinate_names>"
      "<dependent_coordinate_name>elbow_flexion</dependent_coordinate_name></CoordinateCouplerConstraint>";
  const BadInput more[] = {
      {changed("<inertia_xx>0.02<", "<inertia_xx>-0.02<"), ErrorCode::corrupt,
       "Body 'humerus' has a moment of inertia below 0"},
      {changed("<locked>false<", "<locked>no<"), ErrorCode::corrupt,
       "locked is 'no'; expected true or false"},
      {changed("<range>-3 3<", "<range>-3 x<"), ErrorCode::corrupt, "'flexion' whose range has 'x'"},
      {changed("<range>-3 3<", "<range>3 -3<"), ErrorCode::corrupt, "not two numbers that rise"},
      {arm_of_opensim_3("<ConstraintSet><objects>" + coupler + coupler + "</objects></ConstraintSet>"),
       ErrorCode::unsupported, "is the second coupler of 'elbow_flexion'"},
      {arm_of_opensim_4("<components><Body name=\"extra\"/></components>"), ErrorCode::unsupported,
       "Body 'extra' in <components>"},
      {arm_of_opensim_4("<x><components><PinJoint name=\"extra\"/></components></x>"), ErrorCode::unsupported,
       "PinJoint 'extra' in <components>"},
      {"<Model><BodySet file=\"bodies.xml\"/></Model>", ErrorCode::unsupported, "BodySet is in the file"},
  };
  for (const BadInput& bad : cases) expect_refused(parse_osim(bad.bytes), bad);
  for (const BadInput& bad : more) expect_refused(parse_osim(bad.bytes), bad);
  std::string four = arm_of_opensim_4();
  const std::size_t at = four.find("<socket_parent_frame>humerus_offset");
  four.replace(at, 35, "<socket_parent_frame>somewhere");
  expect_refused(parse_osim(four), {"", ErrorCode::unsupported, "'somewhere' that is neither a body"});
}

TEST(OpenSimModel, ReadsTheModelsOfOpenSimsTests) {
  const struct {
    const char* file;
    std::size_t bodies, coordinates, markers;
  } cases[] = {{"mocap/opensim_ik/subject01_simbody.osim", 13, 23, 39},
               {"mocap/opensim_ik/subject1_abdbonepin.osim", 8, 17, 11},
               {"mocap/opensim_id/subject01.osim", 13, 23, 39},
               {"mocap/opensim_id/arm26.osim", 3, 2, 3},
               {"mocap/opencap/LaiArnoldModified2017_poly_withArms_weldHand_scaled.osim", 25, 41, 43}};
  for (const auto& c : cases) {
    if (!std::filesystem::exists(shared_data(c.file))) GTEST_SKIP() << "no " << shared_data(c.file);
    const auto read = read_osim(shared_data(c.file));
    ASSERT_TRUE(read) << c.file << ": " << to_string(read.error());
    EXPECT_EQ(read->model.bodies.size(), c.bodies) << c.file;
    EXPECT_EQ(read->model.coordinates.size(), c.coordinates) << c.file;
    EXPECT_EQ(read->model.markers.size(), c.markers) << c.file;
  }
}

}  // namespace
}  // namespace reprise::sensing
