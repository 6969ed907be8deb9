// SPDX-License-Identifier: Apache-2.0
#include "pipeline/opensim_scaling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/multibody/multibody_kinematics.h"
#include "sensing/landmarks/trc.h"
#include "sensing/opensim/model_scaling.h"
#include "sensing/opensim/test_osim.h"
#include "tests/support/test_files.h"

namespace reprise::pipeline {
namespace {

using Eigen::Vector3d;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kUpper = 1.137, kLower = 0.912;

class Scaling : public ::testing::Test {
 protected:
  /// A person whose arm is the model's scaled by known factors, in a pose.
  void record(double shoulder_rad, double elbow_rad) {
    put_file(folder / "arm.osim", sensing::arm_of_opensim_3());
    const auto person = sensing::scale_osim(
        sensing::arm_of_opensim_3(),
        {.factors = {{"humerus", Vector3d::Constant(kUpper)}, {"forearm", Vector3d::Constant(kLower)}}});
    ASSERT_TRUE(person);
    const auto model = sensing::parse_osim(person->text)->model;
    std::vector<double> pose(2);
    pose[*model.coordinate("flexion")] = shoulder_rad;
    pose[*model.coordinate("elbow_flexion")] = elbow_rad;
    engine::MultibodyKinematics placed{model};
    placed.place(pose);
    engine::MarkerRecording markers;
    markers.simulated = true;
    for (const auto& marker : model.markers) markers.names.push_back(marker.name);
    for (int f = 0; f < 3; ++f) {
      markers.times.emplace_back(0.1 * f);
      for (const auto& marker : model.markers)
        markers.positions_m.emplace_back(placed.body(marker.body).in_ground * marker.position_m + moved);
    }
    put_file(folder / "static.trc", *sensing::to_trc(markers, "static", {.exact = true}));
  }

  [[nodiscard]] static double factor_of(const ScalingResult& result, std::string_view body) {
    for (const auto& scale : result.factors)
      if (scale.body == body) return scale.factors.x();
    return 0;
  }

  TemporaryFolder folder;
  Vector3d moved = Vector3d::Zero();
};

const std::string kMeasurements =
    "<MeasurementSet><objects><Measurement "
    "name=\"upper\"><MarkerPairSet><objects><MarkerPair><markers>shoulder "
    "elbow</markers></MarkerPair></objects></MarkerPairSet><BodyScaleSet><objects><BodyScale "
    "name=\"humerus\">"
    "<axes>X Y Z</axes></BodyScale></objects></BodyScaleSet></Measurement><Measurement name=\"lower\">"
    "<MarkerPairSet><objects><MarkerPair><markers>forearm "
    "wrist</markers></MarkerPair></objects></MarkerPairSet>"
    "<BodyScaleSet><objects><BodyScale name=\"forearm\"><axes>X Y "
    "Z</axes></BodyScale></objects></BodyScaleSet>"
    "</Measurement></objects></MeasurementSet>";

std::string setup_text(const std::string& scaler, const std::string& more = "") {
  return "<ScaleTool><mass>5</mass><GenericModelMaker><model_file>arm.osim</model_file></"
         "GenericModelMaker><ModelScaler>"
         "<scaling_order>measurements manualScale</scaling_order>" +
         scaler + "<marker_file>static.trc</marker_file></ModelScaler>" + more + "</ScaleTool>";
}

TEST_F(Scaling, FindsTheFactorsThatMadeTheMarkers) {
  record(0.9, -0.6);  // another pose than the model's default: pairs are on one body
  put_file(folder / "setup.xml", setup_text(kMeasurements));
  const auto setup = sensing::read_scale_setup(folder / "setup.xml");
  ASSERT_TRUE(setup) << to_string(setup.error());
  const auto result = run_scaling(*setup);
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_NEAR(factor_of(*result, "humerus") / kUpper, 1, 1e-9);
  EXPECT_NEAR(factor_of(*result, "forearm") / kLower, 1, 1e-9);
  EXPECT_NEAR(result->mass_kg, 5, 1e-9);
  EXPECT_EQ(result->mass_before_kg, 3);
  EXPECT_TRUE(result->simulated);
  ASSERT_EQ(result->measurements.size(), 2U);
  EXPECT_EQ(result->measurements[0].pairs[0].frames, 3U);
}

TEST_F(Scaling, NeedsNoSetup) {
  record(0.9, -0.6);
  const auto result = run_scaling(folder / "arm.osim", folder / "static.trc", 5.0, {});
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_NEAR(factor_of(*result, "humerus") / kUpper, 1, 1e-3);
  EXPECT_NEAR(factor_of(*result, "forearm") / kLower, 1, 1e-3);
  ASSERT_TRUE(result->fit);
  EXPECT_LT(result->fit->rms_m, 1e-4);
  EXPECT_TRUE(result->untold_bodies.empty());
  EXPECT_FALSE(run_scaling(folder / "arm.osim", folder / "static.trc", 5.0, {Seconds{7}, Seconds{8}}));
}

TEST_F(Scaling, LetsGivenFactorsReplaceMeasuredOnesInTheirOrder) {
  record(0, 0);
  put_file(
      folder / "setup.xml",
      setup_text(kMeasurements + "<ScaleSet><objects><Scale><scales>2 2 2</scales><segment>forearm</segment>"
                                 "</Scale></objects></ScaleSet>"));
  auto setup = sensing::read_scale_setup(folder / "setup.xml");
  ASSERT_TRUE(setup);
  EXPECT_EQ(factor_of(*run_scaling(*setup), "forearm"), 2);
  setup->manual[0].factors.setConstant(2.5);
  EXPECT_THAT(run_scaling(*setup)->warnings, Contains(HasSubstr("below 0.5 or above 2: forearm")));
  setup->scales = false;
  EXPECT_THAT(run_scaling(*setup)->warnings, Contains(HasSubstr("The mass is not used")));
  setup->scales = true;
  std::swap(setup->order[0], setup->order[1]);
  EXPECT_NEAR(factor_of(*run_scaling(*setup), "forearm"), kLower, 1e-9);
}

TEST_F(Scaling, PutsMarkersWhereTheyWereSeen) {
  moved = {0.004, -0.003, 0.002};  // the markers sit elsewhere on the skin
  record(0.5, -0.3);
  put_file(folder / "setup.xml",
           setup_text(kMeasurements, "<MarkerPlacer><marker_file>static.trc</marker_file></MarkerPlacer>"));
  const auto setup = sensing::read_scale_setup(folder / "setup.xml");
  ASSERT_TRUE(setup) << to_string(setup.error());
  const auto result = run_scaling(*setup);
  ASSERT_TRUE(result) << to_string(result.error());
  ASSERT_TRUE(result->pose);
  EXPECT_GT(result->pose->rms_m, 1e-3);
  EXPECT_EQ(result->moved_markers, 5U);
  put_file(folder / "placed.osim", result->model);
  sensing::KinematicsSetup again;
  again.model = folder / "placed.osim";
  again.markers = folder / "static.trc";
  const auto solved = run_inverse_kinematics(again);
  ASSERT_TRUE(solved) << to_string(solved.error());
  EXPECT_LT(solved->rms_m, 1e-7);
}

TEST_F(Scaling, RemovesMarkersThatTheRecordingLacksAndKeepsFixedOnes) {
  record(0.5, -0.3);
  put_file(
      folder / "markers.xml",
      "<MarkerSet><objects><Marker name=\"extra\"><body>forearm</body><location>0 0 0</location></Marker>"
      "<Marker name=\"arm\"><body>humerus</body><location>0.05 -0.2 0</location><fixed>true</fixed></Marker>"
      "</objects></MarkerSet>");
  put_file(folder / "setup.xml",
           setup_text(kMeasurements, "<MarkerPlacer><marker_file>static.trc</marker_file></MarkerPlacer>"));
  auto setup = sensing::read_scale_setup(folder / "setup.xml");
  ASSERT_TRUE(setup);
  setup->marker_set = folder / "markers.xml";
  const auto result = run_scaling(*setup);
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_THAT(result->removed_markers, ElementsAre("extra"));
  const auto model = sensing::parse_osim(result->model)->model;
  EXPECT_FALSE(model.marker("extra"));
  EXPECT_NEAR(model.markers[*model.marker("arm")].position_m.x(), 0.05 * kUpper, 1e-9);
}

TEST_F(Scaling, NamesWhatIsMissing) {
  record(0, 0);
  const auto cause = [&](const std::string& scaler) {
    put_file(folder / "setup.xml", setup_text(scaler));
    const auto setup = sensing::read_scale_setup(folder / "setup.xml");
    EXPECT_TRUE(setup);
    const auto result = run_scaling(*setup);
    return result ? "scaled" : result.error().cause;
  };
  const auto with = [](const std::string& from, const std::string& to) {
    std::string text = kMeasurements;
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_THAT(cause(with("shoulder elbow", "shoulder heel")),
              HasSubstr("'upper' needs the marker 'heel', which the model"));
  EXPECT_THAT(cause(with("BodyScale name=\"humerus\"", "BodyScale name=\"femur\"")),
              HasSubstr("no body 'femur'"));
  EXPECT_THAT(cause(kMeasurements + "<time_range>5 6</time_range>"), HasSubstr("no frame in the time range"));
}

}  // namespace
}  // namespace reprise::pipeline
