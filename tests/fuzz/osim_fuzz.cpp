// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/multibody/inverse_dynamics.h"
#include "engine/multibody/marker_fit.h"
#include "engine/multibody/multibody_kinematics.h"
#include "sensing/opensim/model_file.h"
#include "sensing/opensim/model_scaling.h"

namespace {

using namespace reprise;

/// A model that is scaled or given a marker must be a model again.
void check_edits(std::string_view text, const engine::MultibodyModel& model) {
  sensing::ModelScaling scaling{.factors = {}, .mass_kg = {}, .keep_mass_shares = false};
  for (const auto& body : model.bodies) scaling.factors[body.name] = Eigen::Vector3d{1.1, 1.2, 1.1};
  const auto scaled = sensing::scale_osim(text, scaling);
  if (scaled) {
    const auto again = sensing::parse_osim(scaled->text);
    // Numbers near the end of their range may pass it.
    if (!again && again.error().cause.find("expected a number") == std::string::npos) std::abort();
    if (again && again->model.bodies.size() != model.bodies.size()) std::abort();
  }
  const auto marked = sensing::with_markers(text, {{"fuzzed", model.bodies.back().name, {0, 0, 1}, false}});
  if (!marked) {
    if (marked.error().cause.empty() || marked.error().remedy.empty()) std::abort();
    return;
  }
  const auto again = sensing::parse_osim(*marked);
  if (!again || !again->model.marker("fuzzed")) std::abort();
}

}  // namespace

// Any bytes: an error that says something, or a model that is a tree and can be placed and solved.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto read = sensing::parse_osim(text);
  if (!read) {
    if (read.error().cause.empty() || read.error().remedy.empty()) std::abort();
    return 0;
  }
  const engine::MultibodyModel& model = read->model;
  if (model.bodies.size() != model.joints.size() + 1) std::abort();
  check_edits(text, model);
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
  // One frame of both tools, as far as time allows.
  if (model.coordinates.size() > 40 || model.markers.size() > 100) return 0;
  const std::vector<double> still(pose.size(), 0);
  kinematics.move(pose, still, still);
  if (engine::generalized_forces(kinematics, {}).size() != pose.size()) std::abort();
  engine::MarkerFitOptions options;
  std::vector<std::optional<Eigen::Vector3d>> seen;
  for (std::size_t m = 0; m < model.markers.size(); ++m) {
    options.markers.push_back({m, 1});
    const Eigen::Vector3d at = kinematics.body(model.markers[m].body).in_ground * model.markers[m].position_m;
    if (at.allFinite() && m % 5 != 4) {
      seen.emplace_back(at);
    } else {
      seen.emplace_back();
    }
  }
  options.max_iterations = 5;
  auto fit = engine::MarkerFit::create(model, std::move(options));
  if (!fit) return 0;
  for (const double time : {0.0, 0.1}) {
    const auto frame = fit->solve(Seconds{time}, seen);
    if (frame && frame->coordinates.size() != pose.size()) std::abort();
  }
  return 0;
}
