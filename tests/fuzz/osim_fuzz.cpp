// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/multibody/multibody_kinematics.h"
#include "sensing/opensim/model_file.h"

// Any bytes: an error that says something, or a model that is a tree and can be placed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto read = sensing::parse_osim({reinterpret_cast<const char*>(data), size});
  if (!read) {
    if (read.error().cause.empty() || read.error().remedy.empty()) std::abort();
    return 0;
  }
  const engine::MultibodyModel& model = read->model;
  if (model.bodies.size() != model.joints.size() + 1) std::abort();
  std::vector<double> pose;
  for (const auto& coordinate : model.coordinates) {
    if (!std::isfinite(coordinate.initial)) std::abort();
    pose.push_back(coordinate.initial);
  }
  engine::MultibodyKinematics kinematics{model};
  kinematics.place(pose);
  for (const auto& marker : model.markers) {
    if (marker.body >= model.bodies.size()) std::abort();
    Eigen::MatrixXd slopes = Eigen::MatrixXd::Zero(3, static_cast<Eigen::Index>(pose.size()));
    kinematics.add_point_slopes(marker.body, kinematics.body(marker.body).in_ground * marker.position_m, 1,
                                slopes);
  }
  return 0;
}
