// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sensing/motion_capture/c3d_parameters.h"

namespace reprise::sensing {

/// A force plate as FORCE_PLATFORM describes it (c3d.org, pages of TYPE, CORNERS, ORIGIN, CHANNEL and
/// CAL_MATRIX): type 1 gives forces, center of pressure and free moment, 2 forces and moments, 3 the eight
/// forces of Kistler, 4 as 2 after the calibration matrix.
struct C3dForcePlate {
  std::size_t number = 1;  ///< in the file, from 1; the same where another plate is left out
  int type = 2;
  std::vector<std::size_t> channels;  ///< of AnalogRecording, in the order of the type: six, or eight of 3
  std::array<Eigen::Vector3d, 4> corners_m;  ///< in the laboratory: +x +y, -x +y, -x -y, +x -y of the plate
  /// In the plate's axes. 1: unused. 2 and 4: from the transducers' origin to the center of the surface. 3:
  /// half the distances between the sensors, and as z that of the surface.
  Eigen::Vector3d origin_m = Eigen::Vector3d::Zero();
  Eigen::Matrix<double, 6, 6> calibration = Eigen::Matrix<double, 6, 6>::Identity();
  /// From each channel's unit to Newton, Newton meters or meters; of type 4 from the calibrated values'.
  std::array<double, 8> si = {1, 1, 1, 1, 1, 1, 1, 1};

  /// From the plate's axes to the laboratory's.
  [[nodiscard]] Eigen::Matrix3d axes() const;
  [[nodiscard]] Eigen::Vector3d center_m() const;
};

/// The load on a plate at one moment, in the laboratory's axes. The sign of the force is the file's: some
/// give the force on the plate, others the reaction on the person.
struct C3dPlateLoad {
  Eigen::Vector3d force_n = Eigen::Vector3d::Zero();
  double normal_n = 0;                           ///< the force along the plate's normal, above 0: pressed
  std::optional<Eigen::Vector3d> center_m = {};  ///< of pressure; empty where `normal_n` is too small for it
};

/// Below this force the center of pressure is not calculated. Unsourced default
inline constexpr double kC3dLeastForceN = 20;

/// The plates of a file with `analog_units.size()` channels. One of another type, that is not described
/// whole, whose channels another plate uses, or have a unit that is not known, is left out with a warning.
/// Where the file says no unit, forces are taken as Newton and lengths as POINT:UNITS (`m_per_unit`, in
/// which corners and origins are, too), with a warning. An origin above the surface was stored with the
/// wrong sign, and is turned with a warning. A warning also says where the offset between the frames of
/// FORCE_PLATFORM:ZERO was not taken away.
[[nodiscard]] std::vector<C3dForcePlate> read_force_plates(const C3dParameters& parameters, double m_per_unit,
                                                           std::span<const std::string> analog_units,
                                                           std::vector<std::string>& warnings);

/// The load by one sample of all channels; empty where one of the plate's is missing.
[[nodiscard]] std::optional<C3dPlateLoad> load_on(const C3dForcePlate& plate,
                                                  std::span<const std::optional<double>> sample);

}  // namespace reprise::sensing
