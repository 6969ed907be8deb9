// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/protocols/catalog_input.h"
#include "engine/skeleton/dof.h"

// Contraindications as data: catalog/contraindications, docs/clinician/protocols.md. Codes decide; texts
// explain.
namespace reprise::care {

enum class Severity : std::uint8_t {
  caution,          ///< a clinician decides first
  contraindicated,  ///< not to be prescribed
};

/// How far a joint goes in the exercise's reference movement, on either side.
struct JointReach {
  engine::Dof joint = engine::Dof::pelvis_tilt;  ///< of paired joints the left one, for both
  bool above = true;                             ///< else: below
  Radians limit{0};
};

/// Selects exercises. All criteria must hold; an empty list is no criterion.
struct ExerciseTrait {
  std::vector<std::string> exercises;  ///< ids, where no other criterion fits
  std::vector<std::string> regions;    ///< one of them is trained
  std::vector<std::string> positions;  ///< it can be done only in these
  std::vector<exercises::WeightBearing> weight_bearing;
  std::vector<exercises::Balance> balance;
  std::vector<JointReach> reaches;  ///< one of them is reached
};

struct Contraindication {
  std::string id;
  int version = 0;
  std::string review;
  Severity severity = Severity::caution;
  std::vector<exercises::Code> conditions;  ///< one of them; an ICD-10-CM code includes all codes below it
  std::string stage = "any";                ///< of the condition
  std::optional<double> from_week;          ///< of the condition
  std::optional<double> to_week;
  ExerciseTrait of;
  exercises::Translations reason;
  Provenance provenance;
};

/// Parses a file. Errors: invalid_argument, with the field and its expected value.
[[nodiscard]] Result<Contraindication> parse_contraindication(const exercises::CatalogFile& file);

}  // namespace reprise::care
