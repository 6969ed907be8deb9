// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sensing/opensim/model_file.h"

namespace reprise::sensing {

// Changes of a model's file. Only the texts of what changes are replaced: whatever is not understood,
// comments and layout stay as they are. A comment within an element whose number changes goes with it.

struct ModelScaling {
  std::map<std::string, Eigen::Vector3d> factors = {};  ///< along a body's axes; others keep their size
  std::optional<double> mass_kg = {};                   ///< of the scaled model; empty: as scaling makes it
  bool keep_mass_shares = false;  ///< masses of bodies keep their shares, whatever the factors are
};

struct EditedModel {
  std::string text;
  std::vector<std::string> warnings;
};

/// Scales as OpenSim's Model::scale does (docs/sources.md): mass centers, masses, inertias, places of joints,
/// translations of CustomJoints by curves, ellipsoids of joints, markers, shown meshes; and points of
/// PointConstraints. Muscles, ligaments, wrapping, contact, other forces and constraints stay, with a
/// warning. A model in which nothing changes is returned byte by byte. Errors: those of `parse_osim`,
/// invalid_argument (a body that the model lacks, a factor below 0.01 or above 100, a mass that is not above
/// 0 or more than 10,000 kg, a model without mass that is to have one).
[[nodiscard]] Result<EditedModel> scale_osim(std::string_view text, const ModelScaling& scaling);

/// A marker to put into a model.
struct PlacedMarker {
  std::string name;
  std::string body;
  Eigen::Vector3d position_m = Eigen::Vector3d::Zero();  ///< in the body
  bool fixed = false;                                    ///< MarkerPlacer leaves it where it is
};

/// Parses a set of markers (MarkerSet), as it stands in a model or in a file of its own. Errors: corrupt (no
/// set, a marker without name or body, two of one name), unsupported (more than `kMaxMarkers`).
[[nodiscard]] Result<std::vector<PlacedMarker>> parse_marker_set(std::string_view text);

/// Adds markers to a model; one with the name of another takes its place. Errors: those of `parse_osim`,
/// invalid_argument (a body that the model lacks), unsupported (a name that is no path, such as one with a
/// slash).
[[nodiscard]] Result<std::string> with_markers(std::string_view text,
                                               const std::vector<PlacedMarker>& markers);

/// Moves markers of a model to other places of their bodies, and removes others, by name.
[[nodiscard]] Result<std::string> with_marker_places(std::string_view text,
                                                     const std::map<std::string, Eigen::Vector3d>& places_m,
                                                     const std::vector<std::string>& removed);

}  // namespace reprise::sensing
