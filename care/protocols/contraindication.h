#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/protocols/catalog_input.h"
#include "engine/skeleton/dof.h"

// What speaks against an exercise, as data: catalog/contraindications, docs/protocols.md. Codes decide; words
// explain.
namespace reprise::care {

enum class Severity : std::uint8_t {
  caution,          ///< a clinician decides first
  contraindicated,  ///< not to be prescribed
};

/// How far a joint goes in the movement that draws an exercise, on either side.
struct JointReach {
  Dof joint = Dof::pelvis_tilt;  ///< of two sides: the left one stands for both
  bool above = true;             ///< else: below
  Radians limit{0};
};

/// Which exercises are meant: what is given must all hold; an empty list says nothing.
struct ExerciseTrait {
  std::vector<std::string> exercises;  ///< ids, where nothing else can tell
  std::vector<std::string> regions;    ///< one of them is trained
  std::vector<std::string> positions;  ///< it can be done in no other than these
  std::vector<WeightBearing> weight_bearing;
  std::vector<Balance> balance;
  std::vector<JointReach> reaches;  ///< one of them is reached
};

struct Contraindication {
  std::string id;
  int version = 0;
  std::string review;
  Severity severity = Severity::caution;
  std::vector<Code> conditions;     ///< one of them; ICD-10-CM stands for all codes below it, too
  std::string stage = "any";        ///< of the condition
  std::optional<double> from_week;  ///< since then
  std::optional<double> to_week;
  ExerciseTrait of;
  Translations reason;
  Provenance provenance;
};

/// Errors: invalid_argument, with the field and what belongs there.
[[nodiscard]] Result<Contraindication> parse_contraindication(const CatalogFile& file);

/// Whether it is one of the precautions that a clinician records by a code of our own ("fall-risk").
[[nodiscard]] bool is_precaution(std::string_view code);

}  // namespace reprise::care
