// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "engine/orientation/attitude.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

/// The sensor's path over the floor between two zero velocities; entry i belongs to sample begin + i.
struct FootTrajectory {
  std::size_t begin = 0;
  std::vector<Attitude> attitude;
  std::vector<Vec3<Level>> velocity_mps;
  std::vector<Vec3<Level>> position_m;  ///< from the start of the stride; heading that of its start
};

struct FootTrajectoryOptions {
  Seconds gravity_window{0.1};  ///< around a zero velocity, where gravity gives the tilt. Unsourced default
  /// Standard deviation of an acceleration error that lasts for the whole stride: gravity that leaks through
  /// a tilt of 0.6 degrees. Unsourced default
  double even_drift_mps2 = 0.05;
  bool level_ground = true;  ///< the height returns to 0; false on stairs and slopes
};

/// Mean acceleration in a window around a sample: gravity, where the foot is at rest. m/s2.
[[nodiscard]] Vec3<Sensor> mean_acceleration_around(const InertialView& samples, std::size_t at,
                                                    Seconds window);

/// Reconstructs the path of a foot's sensor from mid-stance `begin` to mid-stance `end` (samples, begin <
/// end < size): strapdown integration from the tilt that gravity shows at the start; the tilt's error that
/// gravity shows at the end is spread evenly over time. Both ends have zero velocity: what the integrated
/// velocity misses at the end is taken off where it most likely arose. gaitmap's
/// PieceWiseLinearDedriftedIntegration takes it off linearly, as a constant error would ask for; a shock at
/// initial contact, however, is shorter than a sample, so that its error comes at once. Here the correction
/// grows with the variance of both errors together, the conditional mean of independent Gaussian errors given
/// their sum (derived here): the even drift's, and that of edges. An edge of height d lies anywhere between
/// two samples, which gives the trapezoid an error with the variance d^2 period^2 / 12; the second difference
/// shows it twice, and a smooth acceleration hardly at all. On level ground the height's drift is removed
/// linearly. `bias_radps` is taken off the angular velocity. Precondition: checked samples with a gyroscope.
[[nodiscard]] FootTrajectory reconstruct_foot_trajectory(const InertialView& samples,
                                                         const Vec3<Sensor>& bias_radps, std::size_t begin,
                                                         std::size_t end,
                                                         const FootTrajectoryOptions& options = {});

}  // namespace reprise::engine
