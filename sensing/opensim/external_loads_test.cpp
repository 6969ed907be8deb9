// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/external_loads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/multibody/inverse_dynamics.h"
#include "sensing/opensim/model_file.h"
#include "sensing/opensim/test_osim.h"
#include "tests/support/bad_input.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using Eigen::Vector3d;

std::string loads_xml(const std::string& more = "", const std::string& body = "forearm",
                      const std::string& force = "f_") {
  return "<OpenSimDocument><ExternalLoads><objects><ExternalForce name=\"push\"><applied_to_body>" + body +
         "</applied_to_body><force_expressed_in_body>ground</force_expressed_in_body>"
         "<point_expressed_in_body>ground</point_expressed_in_body><force_identifier>" +
         force +
         "</force_identifier><point_identifier>p_</point_identifier><torque_identifier>m</torque_identifier>"
         "</ExternalForce></objects><datafile>forces.sto</datafile>" +
         more + "</ExternalLoads></OpenSimDocument>";
}

void put_forces(const TemporaryFolder& folder) {
  put_file(folder / "forces.sto",
           "forces\nendheader\ntime\tf_x\tf_y\tf_z\tp_x\tp_y\tp_z\tm1\tm2\tm3\n"
           "0\t10\t0\t0\t0.1\t0.5\t0\t0\t0\t1\n1\t20\t0\t4\t0.3\t0.5\t0\t0\t0\t1\n");
}

TEST(ExternalLoads, AreInterpolatedBetweenSamples) {
  const TemporaryFolder folder;
  put_forces(folder);
  put_file(folder / "loads.xml", loads_xml());
  const auto model = parse_osim(arm_of_opensim_3());
  const auto loads = read_external_loads(folder / "loads.xml", model->model);
  ASSERT_TRUE(loads) << to_string(loads.error());
  engine::MultibodyKinematics kinematics{model->model};
  kinematics.place(std::vector{0.0, 0.0});
  const auto forces = external_forces_at(loads->loads, Seconds{0.25}, kinematics);
  ASSERT_EQ(forces.size(), 1U);
  EXPECT_EQ(forces[0].body, 2U);
  EXPECT_LT((forces[0].force_n - Vector3d{12.5, 0, 1}).norm(), 1e-12);
  EXPECT_LT((forces[0].point_m - Vector3d{0.15, 0.5, 0}).norm(), 1e-12);
  EXPECT_LT((forces[0].torque_nm - Vector3d{0, 0, 1}).norm(), 1e-12);
}

TEST(ExternalLoads, HavePointsThatTheirOwnKinematicsCarry) {
  const TemporaryFolder folder;
  put_forces(folder);
  put_file(
      folder / "loads.xml",
      loads_xml(
          "<external_loads_model_kinematics_file>raw.mot</external_loads_model_kinematics_file>"
          "<lowpass_cutoff_frequency_for_load_kinematics>6</lowpass_cutoff_frequency_for_load_kinematics>"));
  const auto model = parse_osim(arm_of_opensim_3());
  const auto loads = read_external_loads(folder / "loads.xml", model->model);
  ASSERT_TRUE(loads) << to_string(loads.error());
  EXPECT_EQ(loads->kinematics, folder / "raw.mot");
  EXPECT_EQ(loads->kinematics_cutoff, Hertz{6});
  engine::MultibodyKinematics carrying{model->model}, kinematics{model->model};
  carrying.place(std::vector{0.0, 0.0});
  kinematics.place(std::vector{kPi / 2, 0.0});
  const auto forces = external_forces_at(loads->loads, Seconds{0}, kinematics, &carrying);
  // 0.5 m below the shoulder and 0.1 m in front of it, turned by a quarter with the arm.
  EXPECT_LT((forces[0].point_m - Vector3d{0.5, 1.1, 0}).norm(), 1e-12);
  EXPECT_LT((forces[0].force_n - Vector3d{10, 0, 0}).norm(), 1e-12);
}

TEST(ExternalLoads, RefuseWhatDoesNotExist) {
  const TemporaryFolder folder;
  put_forces(folder);
  const auto model = parse_osim(arm_of_opensim_3());
  const BadInput cases[] = {
      {loads_xml("", "hand"), ErrorCode::not_found, "'push': applied_to_body 'hand'"},
      {loads_xml("", "forearm", "g_"), ErrorCode::not_found, "force_identifier 'g_'"},
      {"<ExternalLoads><objects/></ExternalLoads>", ErrorCode::corrupt, "datafile"},
      {"<Model/>", ErrorCode::corrupt, "datafile"},
      {"<ExternalLoads><datafile>forces.sto</datafile><objects><ExternalForce "
       "name=\"idle\"><applied_to_body>forearm"
       "</applied_to_body><point_identifier>p_</point_identifier></ExternalForce></objects></ExternalLoads>",
       ErrorCode::corrupt, "'loads.xml': 'idle' has neither a force_identifier nor a torque_identifier"},
      {"<ExternalLoads><datafile>forces.sto</datafile><objects><PrescribedForce name=\"old\"/></objects>"
       "</ExternalLoads>",
       ErrorCode::unsupported, "PrescribedForce 'old'"},
      {"<ExternalLoads><datafile>none.sto</datafile></ExternalLoads>", ErrorCode::not_found, ""},
  };
  for (const BadInput& bad : cases) {
    put_file(folder / "loads.xml", bad.bytes);
    expect_refused(read_external_loads(folder / "loads.xml", model->model), bad);
  }
}

TEST(ExternalLoads, RefuseGapsInWhatTheyUse) {
  const TemporaryFolder folder;
  const auto model = parse_osim(arm_of_opensim_3());
  put_file(folder / "loads.xml", loads_xml());
  const std::string labels = "f\nendheader\ntime\tf_x\tf_y\tf_z\tp_x\tp_y\tp_z\tm1\tm2\tm3\tother\n";
  const auto refused = [&](const char* row, const char* cause) {
    put_file(folder / "forces.sto", labels + "0\t1\t0\t0\t0\t0\t0\t0\t0\t0\tnan\n" + row);
    expect_refused(read_external_loads(folder / "loads.xml", model->model), {"", ErrorCode::corrupt, cause});
  };
  refused("1\t1\tnan\t0\t0\t0\t0\t0\t0\t0\t0\n", "row 2 has no 'f_y'");
  refused("1\t1\t0\t0\t0\tnan\t0\t0\t0\t0\t0\n", "row 2 has no 'p_y'");
  refused("1\t1\t0\t0\t0\t0\t0\t0\t0\tnan\t0\n", "row 2 has no 'm3'");
  refused("nan\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\n", "row 2 has no 'time'");
}

TEST(ExternalLoads, ApplyToOneBodyTogetherAndAlongItsAxes) {
  const TemporaryFolder folder;
  put_forces(folder);
  const auto force = [](const char* name, const char* frame) {
    return std::string{"<ExternalForce name=\""} + name +
           "\"><applied_to_body>forearm</applied_to_body><force_expressed_in_body>" + frame +
           "</force_expressed_in_body><point_expressed_in_body>" + frame +
           "</point_expressed_in_body><force_identifier>f_</force_identifier><point_identifier>p_</"
           "point_identifier>"
           "<data_source_name>elsewhere.sto</data_source_name></ExternalForce>";
  };
  put_file(folder / "loads.xml", "<ExternalLoads><datafile>.\\forces.sto</datafile><objects>" +
                                     force("a", "humerus") + force("b", "ground") +
                                     "</objects></ExternalLoads>");
  const auto model = parse_osim(arm_of_opensim_3());
  const auto loads = read_external_loads(folder / "loads.xml", model->model);
  ASSERT_TRUE(loads) << to_string(loads.error());
  EXPECT_THAT(loads->warnings, testing::Contains(testing::HasSubstr("'a' names the data 'elsewhere.sto'")));
  EXPECT_EQ(loads->to, Seconds{1});
  engine::MultibodyKinematics kinematics{model->model};
  kinematics.place(std::vector{kPi / 2, 0.0});
  const auto forces = external_forces_at(loads->loads, Seconds{0}, kinematics);
  ASSERT_EQ(forces.size(), 2U);
  // The humerus is turned by a quarter about z, at 1 m.
  EXPECT_LT((forces[0].force_n - Vector3d{0, 10, 0}).norm(), 1e-12);
  EXPECT_LT((forces[0].point_m - Vector3d{-0.5, 1.1, 0}).norm(), 1e-12);
  EXPECT_LT((forces[1].force_n - Vector3d{10, 0, 0}).norm(), 1e-12);
  EXPECT_EQ(forces[0].body, forces[1].body);
  // Both count: what they do together is the sum of what each does.
  const std::vector<double> none = {0, 0}, pose = {kPi / 2, 0.0};
  kinematics.move(pose, none, none);
  const auto still = engine::generalized_forces(kinematics, {});
  const auto both = engine::generalized_forces(kinematics, forces);
  const auto first = engine::generalized_forces(kinematics, std::span{forces}.first(1));
  const auto second = engine::generalized_forces(kinematics, std::span{forces}.last(1));
  EXPECT_NEAR(both[0] - still[0], first[0] + second[0] - 2 * still[0], 1e-12);
  // About the shoulder at (0, 1, 0): x times the force along y.
  EXPECT_NEAR(still[0] - first[0], -0.5 * 10, 1e-12);
}

}  // namespace
}  // namespace reprise::sensing
