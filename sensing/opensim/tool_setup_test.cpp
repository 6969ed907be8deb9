// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/tool_setup.h"

#include <gtest/gtest.h>

#include "tests/support/bad_input.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

constexpr const char* kSetupOfKinematics = R"(<OpenSimDocument><InverseKinematicsTool name="x">
<results_directory>results</results_directory><model_file> ..\models\arm.osim </model_file>
<marker_file>walk.trc</marker_file><coordinate_file>Unassigned</coordinate_file><time_range> 0.4 1.6</time_range>
<output_motion_file>out</output_motion_file><report_errors>false</report_errors>
<IKTaskSet><objects><IKMarkerTask name="wrist"><apply>true</apply><weight>2.5</weight></IKMarkerTask>
<IKMarkerTask name="arm"><apply>false</apply></IKMarkerTask><IKMarkerTask name="none"><weight>0</weight></IKMarkerTask>
<IKCoordinateTask name="flexion"><weight>10</weight><value_type>manual_value</value_type><value>0.5</value>
</IKCoordinateTask></objects></IKTaskSet></InverseKinematicsTool></OpenSimDocument>)";

TEST(ToolSetup, ReadsInverseKinematics) {
  const TemporaryFolder folder;
  put_file(folder / "ik.xml", kSetupOfKinematics);
  const auto setup = read_kinematics_setup(folder / "ik.xml");
  ASSERT_TRUE(setup) << to_string(setup.error());
  EXPECT_EQ(setup->model, (folder.path() / ".." / "models" / "arm.osim").lexically_normal());
  EXPECT_EQ(setup->markers, folder / "walk.trc");
  EXPECT_TRUE(setup->coordinates.empty());
  EXPECT_EQ(setup->output, folder.path() / "results" / "out.mot");
  EXPECT_FALSE(setup->report_errors);
  EXPECT_DOUBLE_EQ(setup->range.from.value(), 0.4);
  EXPECT_DOUBLE_EQ(setup->range.to.value(), 1.6);
  ASSERT_EQ(setup->marker_tasks.value().size(), 1U);
  EXPECT_EQ(setup->marker_tasks->at(0).name, "wrist");
  EXPECT_DOUBLE_EQ(setup->marker_tasks->at(0).weight, 2.5);
  ASSERT_EQ(setup->coordinate_tasks.size(), 1U);
  EXPECT_EQ(setup->coordinate_tasks[0].wanted, KinematicsTask::Wanted::manual);
  EXPECT_DOUBLE_EQ(setup->coordinate_tasks[0].manual_value, 0.5);
}

TEST(ToolSetup, ReadsTasksOfTheirOwnFile) {
  const TemporaryFolder folder;
  put_file(folder / "tasks.xml",
           "<OpenSimDocument><IKTaskSet><IKMarkerTask name=\"a\"/></IKTaskSet></OpenSimDocument>");
  put_file(folder / "ik.xml",
           "<InverseKinemtaticsTool><marker_file>a.trc</marker_file><IKTaskSet file=\"tasks.xml\"/>"
           "</InverseKinemtaticsTool>");  // as OpenSim 2 spelled it
  const auto setup = read_kinematics_setup(folder / "ik.xml");
  ASSERT_TRUE(setup) << to_string(setup.error());
  EXPECT_EQ(setup->marker_tasks.value().at(0).name, "a");
  EXPECT_TRUE(setup->output.empty());
  std::filesystem::remove(folder / "tasks.xml");
  EXPECT_EQ(read_kinematics_setup(folder / "ik.xml").error().code, ErrorCode::not_found);
}

TEST(ToolSetup, TellsNoTaskSetFromTasksAndReadsFlagsInAnyCase) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "sub");
  put_file(folder / "sub/tasks.xml",
           "<IKTaskSet><IKMarkerTask name=\"a\"><apply>TRUE</apply></IKMarkerTask></IKTaskSet>");
  put_file(folder / "ik.xml",
           "<InverseKinematicsTool><marker_file>a.trc</marker_file><report_errors>False</report_errors>"
           "</InverseKinematicsTool>");
  auto setup = read_kinematics_setup(folder / "ik.xml");
  ASSERT_TRUE(setup) << to_string(setup.error());
  EXPECT_FALSE(setup->marker_tasks);
  EXPECT_FALSE(setup->report_errors);
  EXPECT_TRUE(setup->model.empty());
  put_file(folder / "ik.xml",
           "<InverseKinematicsTool><marker_file>a.trc</marker_file><IKTaskSet file=\"sub\\tasks.xml\"/>"
           "</InverseKinematicsTool>");
  setup = read_kinematics_setup(folder / "ik.xml");
  ASSERT_TRUE(setup) << to_string(setup.error());
  EXPECT_EQ(setup->tasks, folder / "sub/tasks.xml");
  EXPECT_EQ(setup->marker_tasks.value().size(), 1U);
}

TEST(ToolSetup, ReadsInverseDynamics) {
  const TemporaryFolder folder;
  put_file(folder / "id.xml", R"(<InverseDynamicsTool><model_file>arm.osim</model_file>
<coordinates_file>walk.mot</coordinates_file><external_loads_file>grf.xml</external_loads_file>
<lowpass_cutoff_frequency_for_coordinates>6</lowpass_cutoff_frequency_for_coordinates>
<forces_to_exclude>muscles springs</forces_to_exclude><coordinates_in_degrees>true</coordinates_in_degrees>
<time_range>-Inf Inf</time_range><output_gen_force_file>id.sto</output_gen_force_file></InverseDynamicsTool>)");
  const auto setup = read_dynamics_setup(folder / "id.xml");
  ASSERT_TRUE(setup) << to_string(setup.error());
  EXPECT_EQ(setup->external_loads, folder / "grf.xml");
  EXPECT_EQ(setup->cutoff, Hertz{6});
  EXPECT_EQ(setup->excluded_forces.size(), 2U);
  EXPECT_EQ(setup->in_degrees, true);
  EXPECT_EQ(setup->output, folder / "id.sto");
  EXPECT_FALSE(std::isfinite(setup->range.to.value()));
}

TEST(ToolSetup, RefusesWhatIsNone) {
  const TemporaryFolder folder;
  const BadInput cases[] = {
      {"<ScaleTool/>", ErrorCode::unsupported, "holds no InverseKinematicsTool"},
      {"<InverseKinematicsTool/>", ErrorCode::corrupt, "marker_file is empty"},
      {"<InverseKinematicsTool><marker_file>a</marker_file><time_range>2 "
       "1</time_range></InverseKinematicsTool>",
       ErrorCode::corrupt, "time_range is '2 1'"},
      {"<InverseKinematicsTool><marker_file>a</marker_file><IKTaskSet><objects><IKMarkerTask "
       "name=\"w\"><weight>-1"
       "</weight></IKMarkerTask></objects></IKTaskSet></InverseKinematicsTool>",
       ErrorCode::corrupt, "weight of 'w' is negative"},
      {"<InverseKinematicsTool><marker_file>a</marker_file><IKTaskSet><objects><IKSensorTask "
       "name=\"s\"/></objects>"
       "</IKTaskSet></InverseKinematicsTool>",
       ErrorCode::unsupported, "IKSensorTask 's'"},
      {"<InverseKinematicsTool>", ErrorCode::corrupt, "'setup.xml': line 1"},
      {"<InverseKinematicsTool><marker_file>a</marker_file><IKTaskSet><objects><IKMarkerTask name=\"w\">"
       "<apply>False</apply></IKMarkerTask></objects></IKTaskSet></InverseKinematicsTool>",
       ErrorCode::corrupt, "no marker has a task that applies"},
      {"<InverseKinematicsTool><marker_file>a</marker_file><report_errors>yes</report_errors>"
       "</InverseKinematicsTool>",
       ErrorCode::corrupt, "report_errors is 'yes'; expected true or false"},
  };
  for (const BadInput& bad : cases) {
    put_file(folder / "setup.xml", bad.bytes);
    expect_refused(read_kinematics_setup(folder / "setup.xml"), bad);
  }
  put_file(folder / "setup.xml", "<InverseDynamicsTool/>");
  expect_refused(read_dynamics_setup(folder / "setup.xml"),
                 {"", ErrorCode::corrupt, "coordinates_file is empty"});
}

}  // namespace
}  // namespace reprise::sensing
