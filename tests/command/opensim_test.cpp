// SPDX-License-Identifier: Apache-2.0
// `reprise ik` and `reprise id`: from a setup to the tables that OpenSim reads.

#include "engine/multibody/multibody_kinematics.h"
#include "sensing/files/storage.h"
#include "sensing/landmarks/trc.h"
#include "sensing/opensim/model_file.h"
#include "sensing/opensim/test_osim.h"
#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;

class OpenSimCommands : public ::testing::Test {
 protected:
  OpenSimCommands() {
    put_file(folder_ / "arm.osim", sensing::arm_of_opensim_3());
    put_file(folder_ / "ik.xml",
             "<InverseKinematicsTool><model_file>arm.osim</model_file><marker_file>arm.trc</marker_file>"
             "<output_motion_file>arm.mot</output_motion_file></InverseKinematicsTool>");
    put_file(
        folder_ / "id.xml",
        "<InverseDynamicsTool><model_file>arm.osim</model_file><coordinates_file>arm.mot</coordinates_file>"
        "<results_directory>results</results_directory><output_gen_force_file>arm_id</output_gen_force_file>"
        "<forces_to_exclude>muscles</forces_to_exclude></InverseDynamicsTool>");
    const auto model = sensing::parse_osim(sensing::arm_of_opensim_3());
    engine::MultibodyKinematics kinematics{model->model};
    engine::MarkerRecording markers;
    markers.simulated = true;
    for (const auto& marker : model->model.markers) markers.names.push_back(marker.name);
    for (int f = 0; f < 20; ++f) {
      markers.times.emplace_back(0.02 * f);
      kinematics.place(std::vector{kPi / 2, 0.01 * f});
      for (const auto& marker : model->model.markers)
        markers.positions_m.emplace_back(kinematics.body(marker.body).in_ground * marker.position_m);
    }
    put_file(folder_ / "arm.trc", *sensing::to_trc(markers, "arm", {.exact = true}));
  }

  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }

  TemporaryFolder folder_;
};

TEST_F(OpenSimCommands, GoFromMarkersToForces) {
  const Ran ik = run_reprise({"ik", "--setup", path("ik.xml"), "--json"});
  ASSERT_EQ(ik.exit_code, 0) << ik.error;
  const auto summary = nlohmann::json::parse(ik.out);
  EXPECT_EQ(summary["schema"], "reprise.opensim_kinematics/1");
  EXPECT_EQ(summary["frames"], 20);
  EXPECT_EQ(summary["simulated"], true);
  EXPECT_EQ(summary["markers"].size(), 5U);
  EXPECT_LT(summary["rms_m"].get<double>(), 1e-6);
  EXPECT_TRUE(summary["warnings"].empty());
  const auto motion = sensing::read_storage(folder_ / "arm.mot");
  ASSERT_TRUE(motion);
  EXPECT_EQ(motion->in_degrees, true);
  EXPECT_NEAR(*motion->at(19, 1), 90, 1e-5);
  const auto errors = sensing::read_storage(folder_ / "arm_marker_errors.sto");
  ASSERT_TRUE(errors);
  EXPECT_EQ(errors->rows(), 20U);

  const Ran id = run_reprise({"id", "--setup", path("id.xml"), "--json"});
  ASSERT_EQ(id.exit_code, 0) << id.error;
  EXPECT_EQ(nlohmann::json::parse(id.out)["simulated"], true);
  const auto forces = sensing::read_storage(folder_.path() / "results" / "arm_id.sto");
  ASSERT_TRUE(forces);
  // Nearly at rest: the stretched arm's weight.
  EXPECT_NEAR(*forces->at(0, 1), 9.81 * (2 * 0.15 + 1 * 0.4), 0.02);
}

TEST_F(OpenSimCommands, TakeAModelAndARecording) {
  const Ran ran = run_reprise({"ik", path("arm.osim"), path("arm.trc"), "--range", "0.1", "0.2"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("arm.trc: 6 frames, 5 markers, 2 coordinates  [SIMULATED: no person]"));
  EXPECT_THAT(ran.out, HasSubstr("--out FILE.mot writes the table"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "arm.mot"));
  const Ran written = run_reprise({"ik", path("arm.osim"), path("arm.trc"), "--out", path("other.mot")});
  EXPECT_EQ(written.exit_code, 0) << written.error;
  const Ran id = run_reprise({"id", path("arm.osim"), path("other.mot"), "--cutoff", "6"});
  ASSERT_EQ(id.exit_code, 0) << id.error;
  EXPECT_THAT(id.out, HasSubstr("flexion_moment"));
}

TEST_F(OpenSimCommands, NameTheStageTheCauseAndTheRemedy) {
  const auto none = folder_ / "none";
  expect_error(run_reprise({"ik"}), 2, "there are 0 files and no setup", none);
  put_file(folder_ / "no_model.xml",
           "<InverseKinematicsTool><marker_file>arm.trc</marker_file></InverseKinematicsTool>");
  expect_error(run_reprise({"ik", "--setup", path("no_model.xml")}), 2, "names no model_file", none);
  EXPECT_EQ(run_reprise({"ik", path("arm.osim"), "--setup", path("no_model.xml")}).exit_code, 0);
  expect_error(run_reprise({"ik", "--setup", path("id.xml")}), 4, "no InverseKinematicsTool", none);
  expect_error(run_reprise({"id", path("arm.osim"), path("gone.mot")}), 3, "gone.mot", none);
  put_file(folder_ / "arm.osim", "<Model><BodySet>");
  expect_error(run_reprise({"ik", "--setup", path("ik.xml")}), 4,
               "line 1: the element 'BodySet' is not closed", none);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "arm.mot"));
}

TEST_F(OpenSimCommands, TellAProgramWhatFailed) {
  for (const char* tool : {"ik", "id"}) {
    const Ran ran = run_reprise({tool, path("none.osim"), path("arm.trc"), "--json"});
    EXPECT_EQ(ran.exit_code, 3);
    const auto error = nlohmann::json::parse(ran.out);
    EXPECT_EQ(error["code"], "not_found");
    EXPECT_THAT(error["cause"].get<std::string>(), HasSubstr("none.osim"));
  }
}

TEST_F(OpenSimCommands, NeverWriteOverAnInput) {
  const auto kept = [&](const char* name) { return get_file(folder_ / name); };
  const std::string model = kept("arm.osim"), markers = kept("arm.trc");
  Ran ran = run_reprise({"ik", path("arm.osim"), path("arm.trc"), "--out", path("arm.osim")});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.error, HasSubstr("is the input"));
  put_file(folder_ / "over.xml",
           "<InverseKinematicsTool><model_file>arm.osim</model_file><marker_file>arm.trc</marker_file>"
           "<output_motion_file>./arm.trc</output_motion_file></InverseKinematicsTool>");
  ran = run_reprise({"ik", "--setup", path("over.xml")});
  EXPECT_EQ(ran.exit_code, 2);
  put_file(folder_ / "away.xml",
           "<InverseKinematicsTool><model_file>arm.osim</model_file><marker_file>arm.trc</marker_file>"
           "<output_motion_file>../../away.mot</output_motion_file></InverseKinematicsTool>");
  ran = run_reprise({"ik", "--setup", path("away.xml")});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.error, HasSubstr("lies outside of its folder"));
  EXPECT_EQ(kept("arm.osim"), model);
  EXPECT_EQ(kept("arm.trc"), markers);
}

TEST_F(OpenSimCommands, ScaleAModelToItsRecording) {
  put_file(
      folder_ / "scale.xml",
      "<ScaleTool><mass>6</mass><GenericModelMaker><model_file>arm.osim</model_file></GenericModelMaker>"
      "<ModelScaler><scaling_order>manualScale</scaling_order><ScaleSet><objects><Scale><scales>1.2 1.2 1.2"
      "</scales><segment>humerus</segment></Scale></objects></ScaleSet>"
      "<output_scale_file>applied.xml</output_scale_file></ModelScaler><MarkerPlacer><marker_file>arm.trc"
      "</marker_file><output_motion_file>pose.mot</output_motion_file><output_model_file>scaled.osim"
      "</output_model_file></MarkerPlacer></ScaleTool>");
  const Ran ran = run_reprise({"scale", "--setup", path("scale.xml"), "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  const auto summary = nlohmann::json::parse(ran.out);
  EXPECT_EQ(summary["schema"], "reprise.opensim_scaling/1");
  EXPECT_EQ(summary["files"].size(), 3U);
  EXPECT_NEAR(summary["mass_kg"].get<double>(), 6, 1e-9);
  EXPECT_EQ(summary["placement"]["moved_markers"], 5);
  const auto scaled = sensing::read_osim(folder_ / "scaled.osim");
  ASSERT_TRUE(scaled) << to_string(scaled.error());
  EXPECT_NEAR(scaled->model.bodies[1].mass_center_m.norm(), 0.15 * 1.2, 1e-9);
  EXPECT_THAT(get_file(folder_ / "applied.xml"), HasSubstr("<scales>1.2 1.2 1.2</scales><segment>humerus"));
  EXPECT_TRUE(sensing::read_storage(folder_ / "pose.mot"));

  // Without a setup: the recording is the model's own, so nothing grows.
  const Ran own = run_reprise({"scale", path("arm.osim"), path("arm.trc"), "--out", path("own.osim")});
  ASSERT_EQ(own.exit_code, 0) << own.error;
  EXPECT_THAT(own.out, HasSubstr("humerus                  1.0000"));
  EXPECT_THAT(own.out, HasSubstr("[SIMULATED: no person]"));
}

TEST_F(OpenSimCommands, ScaleRefusesWhatCannotBe) {
  const auto none = folder_ / "none";
  expect_error(run_reprise({"scale", path("arm.osim")}), 2, "files given without a setup: 1", none);
  expect_error(run_reprise({"scale", path("arm.osim"), path("arm.trc"), "--out", path("arm.osim")}), 2,
               "is the input", none);
  const auto refused = [&](const std::string& scaler, int code, const char* cause) {
    put_file(folder_ / "scale.xml",
             "<ScaleTool><GenericModelMaker><model_file>arm.osim</model_file>"
             "</GenericModelMaker><ModelScaler>" +
                 scaler + "</ModelScaler></ScaleTool>");
    expect_error(run_reprise({"scale", "--setup", path("scale.xml")}), code, cause, none);
  };
  refused("<output_model_file>../../away.osim</output_model_file>", 2, "lies outside of its folder");
  std::filesystem::create_directory_symlink(std::filesystem::temp_directory_path(), folder_ / "link");
  refused("<output_model_file>link/away.osim</output_model_file>", 2, "lies outside of its folder");
  refused("<output_model_file>one.xml</output_model_file><output_scale_file>one.xml</output_scale_file>", 2,
          "two outputs have the name");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "one.xml"));
  refused(
      "<scaling_order>manualScale</scaling_order><ScaleSet><objects><Scale><scales>1 1 "
      "1</scales><segment>femur"
      "</segment></Scale></objects></ScaleSet>",
      2, "no body 'femur'");
  expect_error(run_reprise({"scale", "--setup", path("ik.xml")}), 4, "no ScaleTool", none);
}

TEST_F(OpenSimCommands, NameEveryFileAndTakeAModelBesideASetup) {
  put_file(folder_ / "no_model.xml",
           "<InverseKinematicsTool><marker_file>arm.trc</marker_file>"
           "<output_motion_file>arm.mot</output_motion_file></InverseKinematicsTool>");
  expect_error(run_reprise({"ik", "--setup", path("no_model.xml")}), 2, "names no model_file",
               folder_ / "none");
  const Ran ran = run_reprise({"ik", "--setup", path("no_model.xml"), path("arm.osim")});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  EXPECT_THAT(ran.out, HasSubstr("arm.mot\n"));
  EXPECT_THAT(ran.out, HasSubstr("arm_marker_errors.sto\n"));
}

}  // namespace
}  // namespace reprise
