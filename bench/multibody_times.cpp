// SPDX-License-Identifier: Apache-2.0
// Inverse kinematics and dynamics of an OpenSim model, frames a second on one core. The movement is a table
// of coordinates; markers are made from it.
//
//   reprise_multibody_times MODEL.osim MOTION.mot     (mocap/opensim_ik of the recordings)
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "engine/multibody/coordinate_curves.h"
#include "engine/multibody/inverse_dynamics.h"
#include "engine/multibody/marker_fit.h"
#include "sensing/files/storage.h"
#include "sensing/opensim/model_file.h"
#include "tests/support/or_exit.h"

namespace reprise {
namespace {

constexpr int kRounds = 20;

/// Seconds of the quickest round.
template <class Work>
double quickest_s(Work work) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

int run(const char* model_path, const char* motion_path) {
  const auto read = or_exit(sensing::read_osim(model_path));
  const auto table = or_exit(sensing::read_storage(motion_path));
  const engine::MultibodyModel& model = read.model;
  std::vector<double> times;
  std::vector<std::vector<double>> values(model.coordinates.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    times.push_back(*table.at(row, 0));
    for (std::size_t c = 0; c < values.size(); ++c) {
      const auto column = table.column(model.coordinates[c].name);
      const double unit = model.coordinates[c].rotational ? kPi / 180 : 1;
      values[c].push_back(column ? unit * table.at(row, *column).value_or(0) : model.coordinates[c].initial);
    }
  }
  const auto pose = [&](std::size_t row) {
    std::vector<double> q;
    for (const auto& column : values) q.push_back(column[row]);
    return q;
  };
  engine::MarkerFitOptions options;
  for (std::size_t m = 0; m < model.markers.size(); ++m) options.markers.push_back({m, 1});
  engine::MultibodyKinematics kinematics{model};
  std::vector<std::vector<std::optional<Eigen::Vector3d>>> seen(times.size());
  for (std::size_t row = 0; row < times.size(); ++row) {
    kinematics.place(pose(row));
    for (const auto& marker : model.markers)
      seen[row].emplace_back(kinematics.body(marker.body).in_ground * marker.position_m);
  }
  int iterations = 0;
  double off = 0;
  const double fitting = quickest_s([&] {
    auto fit = or_exit(engine::MarkerFit::create(model, options));
    iterations = 0;
    for (std::size_t row = 0; row < times.size(); ++row) {
      const auto frame = or_exit(fit.solve(Seconds{times[row]}, seen[row]));
      iterations += frame.iterations;
      off = std::max(off, frame.rms_error_m);
    }
  });
  const double forces = quickest_s([&] {
    const auto curves = or_exit(engine::coordinate_curves(times, values, Hertz{6}));
    std::vector<double> q(values.size()), rates(values.size()), bends(values.size());
    double sum = 0;
    for (const double time : times) {
      for (std::size_t c = 0; c < curves.size(); ++c) {
        const engine::FunctionValue at = curves[c].at(time);
        q[c] = at.value, rates[c] = at.slope, bends[c] = at.curvature;
      }
      kinematics.move(q, rates, bends);
      sum += engine::generalized_forces(kinematics, {}).front();
    }
    if (!(sum == sum)) std::exit(1);
  });
  const auto frames = static_cast<double>(times.size());
  std::printf("%zu bodies, %zu coordinates, %zu markers, %zu frames\n", model.bodies.size(),
              model.coordinates.size(), model.markers.size(), times.size());
  std::printf("inverse kinematics: %.0f frames a second, %.1f iterations each, at most %.1e m off\n",
              frames / fitting, iterations / frames, off);
  std::printf("inverse dynamics with a filter of 6 Hz: %.0f frames a second\n", frames / forces);
  return frames / fitting >= 1000 ? 0 : 1;
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "reprise_multibody_times MODEL.osim MOTION.mot\n");
    return 2;
  }
  return reprise::run(argv[1], argv[2]);
}
