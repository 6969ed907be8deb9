// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/multibody/marker_fit.h"
#include "engine/multibody/marker_swaps.h"
#include "pipeline/opensim_inputs.h"
#include "pipeline/opensim_tools.h"

namespace reprise::pipeline {

/// The result of inverse kinematics, gathered frame by frame: its tables, and the warnings about markers,
/// coordinates and constraints.
class KinematicsSummary {
 public:
  /// The model must outlive it. `targets`: of the fit.
  KinematicsSummary(const engine::MultibodyModel& model, std::span<const engine::MarkerTarget> targets,
                    bool simulated);

  /// `observed`: as given to the fit.
  void add(Seconds time, std::span<const std::optional<Eigen::Vector3d>> observed,
           const engine::MarkerFitFrame& frame);
  /// Error: nothing_measured (no frame was added).
  [[nodiscard]] Result<KinematicsResult> finish(const engine::MarkerFit& fit);

  KinematicsResult out;

 private:
  struct CoordinateNotes {
    FrameSpan undetermined, bound, jumps;
    std::optional<double> last;
  };

  void add_coordinates(Seconds time, const engine::MarkerFitFrame& frame);
  void add_constraints(Seconds time, const engine::MarkerFitFrame& frame);
  void warn_about_coordinates(const engine::MarkerFit& fit);

  const engine::MultibodyModel& model_;
  engine::MarkerSwaps swaps_;
  std::map<std::pair<std::size_t, std::size_t>, FrameSpan> exchanges_;
  std::vector<FrameSpan> missing_, far_;
  std::vector<CoordinateNotes> notes_;
  FrameSpan apart_;
};

}  // namespace reprise::pipeline
