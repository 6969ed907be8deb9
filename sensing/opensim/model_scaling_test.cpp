// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/model_scaling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/opensim/test_osim.h"

namespace reprise::sensing {
namespace {

using Eigen::Vector3d;
using testing::HasSubstr;

engine::MultibodyModel scaled(const std::string& text, const ModelScaling& scaling) {
  const auto edited = scale_osim(text, scaling);
  EXPECT_TRUE(edited) << to_string(edited.error());
  auto read = parse_osim(edited->text);
  EXPECT_TRUE(read) << to_string(read.error());
  return read->model;
}

TEST(ScaleOsim, ScalesBodiesJointsAndMarkersOfBothVersions) {
  for (const std::string& text : {arm_of_opensim_3(), arm_of_opensim_4()}) {
    const auto model =
        scaled(text, {.factors = {{"humerus", {1.1, 1.2, 1.1}}, {"forearm", {0.9, 0.9, 0.9}}}});
    const auto& humerus = model.bodies[*model.body("humerus")];
    EXPECT_NEAR(humerus.mass_kg, 2 * 1.1 * 1.2 * 1.1, 1e-12);
    EXPECT_NEAR(humerus.mass_center_m.y(), -0.18, 1e-12);
    const auto& forearm = model.bodies[*model.body("forearm")];
    EXPECT_NEAR(forearm.inertia_kgm2(0, 0), 0.01 * std::pow(0.9, 5), 1e-12);
    for (const auto& joint : model.joints) {
      if (joint.name == "elbow") {
        EXPECT_NEAR(joint.in_parent.position_m.y(), -0.36, 1e-12);
      }
      if (joint.name == "shoulder") {
        EXPECT_EQ(joint.in_parent.position_m.y(), 1);
      }  // on the ground
    }
    EXPECT_NEAR(model.markers[*model.marker("wrist")].position_m.y(), -0.225, 1e-12);
  }
}

TEST(ScaleOsim, LeavesAModelWithoutChangesByteByByte) {
  const std::string text = arm_of_opensim_3("<!-- a comment --><ForceSet><objects/></ForceSet>");
  const auto same = scale_osim(text, {.factors = {{"humerus", Vector3d::Ones()}}, .mass_kg = 3.0});
  ASSERT_TRUE(same) << to_string(same.error());
  EXPECT_EQ(same->text, text);
  EXPECT_TRUE(same->warnings.empty());
}

TEST(ScaleOsim, BringsTheMassToThePersons) {
  const auto shares =
      scaled(arm_of_opensim_3(),
             {.factors = {{"humerus", {1.5, 1.5, 1.5}}}, .mass_kg = 6.0, .keep_mass_shares = true});
  EXPECT_NEAR(shares.bodies[*shares.body("humerus")].mass_kg, 4, 1e-12);
  EXPECT_NEAR(shares.bodies[*shares.body("humerus")].inertia_kgm2(0, 0), 0.02 * 2.25 * 2, 1e-12);
  EXPECT_NEAR(shares.bodies[*shares.body("forearm")].mass_kg, 2, 1e-12);
  const auto grown = scaled(arm_of_opensim_3(), {.factors = {{"humerus", {1.5, 1.5, 1.5}}}, .mass_kg = 6.0});
  EXPECT_NEAR(grown.bodies[*grown.body("humerus")].mass_kg, 6 * 6.75 / 7.75, 1e-12);
}

TEST(ScaleOsim, MultipliesTranslationsByCurvesOfTheParent) {
  const std::string curve = "<SimmSpline><x>-1 0 1</x><y>0.01 0 0.02</y></SimmSpline>";
  std::string text = arm_of_opensim_3();
  const std::string pin = "<PinJoint name=\"elbow\">";
  text.replace(text.find(pin), pin.size(),
               "<CustomJoint name=\"elbow\"><SpatialTransform>" +
                   transform_axis("rotation1", "elbow_flexion", "0 0 1", kLinear) +
                   transform_axis("translation1", "elbow_flexion", "1 0 0", curve) + "</SpatialTransform>");
  text.replace(text.find("</PinJoint>"), 11, "</CustomJoint>");
  const ModelScaling scaling{.factors = {{"humerus", {2, 1, 1}}}};
  const auto once = scale_osim(text, scaling);
  ASSERT_TRUE(once) << to_string(once.error());
  EXPECT_THAT(once->text, HasSubstr(curve));
  const auto twice = scaled(once->text, scaling);
  for (const auto& joint : twice.joints) {
    if (joint.name == "elbow") {
      EXPECT_NEAR(joint.motions[0].amount.at(1).value, 0.08, 1e-12);
    }
  }
}

TEST(ScaleOsim, SaysWhatItLeaves) {
  const auto edited = scale_osim(
      arm_of_opensim_3("<ForceSet><objects><Thelen2003Muscle name=\"m\"><GeometryPath/></Thelen2003Muscle>"
                       "<BushingForce name=\"b\"/></objects></ForceSet>"),
      {.factors = {{"humerus", {1.1, 1.1, 1.1}}}});
  ASSERT_TRUE(edited);
  ASSERT_EQ(edited->warnings.size(), 2U);
  EXPECT_THAT(edited->warnings[0], HasSubstr("not for muscle forces"));
}

TEST(ScaleOsim, WarnsOfConstraintsButNotWhereOnlyTheMassChanges) {
  const std::string text = arm_of_opensim_3(
      "<ConstraintSet><objects><WeldConstraint name=\"w\"/></objects></ConstraintSet>"
      "<ForceSet><objects><Thelen2003Muscle "
      "name=\"m\"><GeometryPath/></Thelen2003Muscle></objects></ForceSet>");
  const auto longer = scale_osim(text, {.factors = {{"humerus", {1.1, 1.1, 1.1}}}});
  ASSERT_TRUE(longer) << to_string(longer.error());
  ASSERT_EQ(longer->warnings.size(), 2U);
  EXPECT_THAT(longer->warnings[1], HasSubstr("'w'"));
  const auto heavier = scale_osim(text, {.mass_kg = 6.0});
  ASSERT_TRUE(heavier);
  EXPECT_NE(heavier->text, text);
  EXPECT_TRUE(heavier->warnings.empty());
}

TEST(ScaleOsim, ScalesAnObliqueTranslationAsItsBodyGrows) {
  std::string text = arm_of_opensim_3();
  const std::string pin = "<PinJoint name=\"elbow\">";
  text.replace(text.find(pin), pin.size(),
               "<CustomJoint name=\"elbow\"><SpatialTransform>" +
                   transform_axis("rotation1", "elbow_flexion", "0 0 1", kLinear) +
                   transform_axis("translation1", "elbow_flexion", "1 -1 0",
                                  "<SimmSpline><x>-1 0 1</x><y>0.01 0 0.02</y></SimmSpline>") +
                   "</SpatialTransform>");
  text.replace(text.find("</PinJoint>"), 11, "</CustomJoint>");
  const auto model = scaled(text, {.factors = {{"humerus", {1.5, 1.5, 1.5}}}});
  for (const auto& joint : model.joints) {
    if (joint.name == "elbow") {
      EXPECT_NEAR(joint.motions[0].amount.at(1).value, 0.03, 1e-12);
    }
  }
}

TEST(ScaleOsim, NamesWhatCannotBe) {
  const auto cause = [](const ModelScaling& scaling) {
    const auto edited = scale_osim(arm_of_opensim_3(), scaling);
    return edited ? "scaled" : edited.error().cause;
  };
  EXPECT_THAT(cause({.factors = {{"femur", Vector3d::Ones()}}}), HasSubstr("no body 'femur'"));
  for (const double factor : {0.0, -1.0, 1e-3, 1000.0, std::nan("")}) {
    EXPECT_THAT(cause({.factors = {{"humerus", {1, factor, 1}}}}),
                HasSubstr("each must lie between 0.01 and 100"))
        << factor;
  }
  EXPECT_THAT(cause({.mass_kg = 1e9}), HasSubstr("at most 10000 kg"));
  EXPECT_THAT(cause({.mass_kg = -3.0}), HasSubstr("the mass is -3 kg"));
}

TEST(Markers, ReplaceMoveAndVanish) {
  const auto set = parse_marker_set(
      "<OpenSimDocument><MarkerSet><objects><Marker name=\"wrist\"><body>forearm</body><location>0 -0.2 0"
      "</location><fixed>true</fixed></Marker><Marker name=\"new\"><socket_parent_frame>/bodyset/humerus"
      "</socket_parent_frame><location>0 0 1</location></Marker></objects></MarkerSet></OpenSimDocument>");
  ASSERT_TRUE(set) << to_string(set.error());
  ASSERT_EQ(set->size(), 2U);
  EXPECT_TRUE((*set)[0].fixed);
  const std::string marker = "<Marker name=\"a\"><body>forearm</body></Marker>";
  const auto twice = parse_marker_set("<MarkerSet>" + marker + marker + "</MarkerSet>");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().cause, "there are two markers 'a'");
  for (const std::string& text : {arm_of_opensim_3(), arm_of_opensim_4()}) {
    const auto merged = with_markers(text, *set);
    ASSERT_TRUE(merged) << to_string(merged.error());
    const std::size_t before = parse_osim(text)->model.markers.size();
    const auto model = parse_osim(*merged);
    ASSERT_TRUE(model) << to_string(model.error());
    EXPECT_EQ(model->model.markers.size(), before + 1);
    EXPECT_EQ(model->model.markers[*model->model.marker("wrist")].position_m.y(), -0.2);
    const auto moved = with_marker_places(*merged, {{"new", {1, 2, 3}}}, {"wrist"});
    ASSERT_TRUE(moved);
    const auto last = parse_osim(*moved);
    ASSERT_TRUE(last) << to_string(last.error());
    EXPECT_FALSE(last->model.marker("wrist"));
    EXPECT_EQ(last->model.markers[*last->model.marker("new")].position_m.z(), 3);
  }
  std::string slashed = arm_of_opensim_3();
  for (std::size_t at = slashed.find("forearm"); at != std::string::npos;
       at = slashed.find("forearm", at + 8))
    slashed.replace(at, 7, "fore/arm");
  EXPECT_FALSE(with_markers(slashed, {{"a", "fore/arm", {0, 0, 0}, false}}));
  std::vector<PlacedMarker> stray = {{"a", "femur", {0, 0, 0}, false}};
  EXPECT_THAT(with_markers(arm_of_opensim_3(), stray).error().cause,
              HasSubstr("'femur', no body of the model"));
}

}  // namespace
}  // namespace reprise::sensing
