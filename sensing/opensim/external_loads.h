// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/multibody/inverse_dynamics.h"
#include "engine/signal/piecewise_polynomial.h"
#include "sensing/files/storage.h"
#include "sensing/files/xml_tree.h"
#include "sensing/opensim/timed_table.h"

namespace reprise::sensing {

/// One force of OpenSim's ExternalLoads, over time: straight lines between the samples.
struct ExternalLoad {
  std::string name;
  std::size_t body = 0;         ///< of the model
  std::size_t force_frame = 0;  ///< the body whose axes force and torque are along
  std::size_t point_frame = 0;  ///< the body that the point is given in
  std::vector<engine::PiecewisePolynomial> force_n, point_m, torque_nm;  ///< three each, or none
};

/// The columns that an identifier stands for: "ground_force_v" for "ground_force_vx", "...y" and "...z", or
/// the three that begin with it. Empty if there are none, or another number.
[[nodiscard]] std::vector<std::size_t> columns_of_identifier(const StorageTable& table,
                                                             std::string_view identifier);

/// All external loads of a model.
struct ExternalLoads {
  std::vector<ExternalLoad> loads;
  /// Where not empty: coordinates over time that carry the points, with a low-pass filter of their own. A
  /// point given in the ground is fixed in the body as these coordinates place it, and then moves with the
  /// body.
  std::filesystem::path kinematics;
  std::optional<Hertz> kinematics_cutoff;
  std::filesystem::path data;  ///< the table of forces
  Seconds from{0}, to{0};      ///< its first and last time
  Seconds step{0};             ///< the mean one between its rows
  std::vector<std::string> warnings;
};

/// The loads of an element ExternalLoads, with the table of forces that it names; `kinematics` as written,
/// `data` empty. Warns about a load that names another table. Errors: corrupt (also a gap in a column that is
/// used, a load without force and torque), unsupported (a load other than ExternalForce), not_found (a body
/// or columns that do not exist).
[[nodiscard]] Result<ExternalLoads> parse_external_loads(const XmlElement& set, const TimedTable& data,
                                                         const engine::MultibodyModel& model);

/// Reads ExternalLoads (XML) and the table of forces that they name. Errors: those of `parse_external_loads`,
/// `parse_xml`, `read_file` and `read_timed_table`.
[[nodiscard]] Result<ExternalLoads> read_external_loads(const std::filesystem::path& path,
                                                        const engine::MultibodyModel& model);

/// The loads at one time, in the ground. `kinematics`: placed; `carrying`: placed as the loads' own
/// kinematics say; null: they have none.
[[nodiscard]] std::vector<engine::ExternalForce> external_forces_at(
    const std::vector<ExternalLoad>& loads, Seconds time, const engine::MultibodyKinematics& kinematics,
    const engine::MultibodyKinematics* carrying = nullptr);

}  // namespace reprise::sensing
