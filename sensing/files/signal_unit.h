// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise::sensing {

/// Returns the UCUM spelling of a unit as files write it ("m/s^2", "dps", "µV", "bpm"; standard gravity as
/// "g"); empty where it is not known. Blanks around it, and letters' case where it is not ambiguous, do not
/// matter.
[[nodiscard]] std::optional<std::string> ucum_unit(std::string_view text);

struct SiUnit {
  std::string unit;   ///< "m/s2", "rad/s", "V", "N", "N.m", "m", "s", "T", "/s", "Pa" or "1"
  double factor = 1;  ///< times this is the value in `unit`
};

/// Returns the SI unit of a unit that `ucum_unit` gives, and the factor to it; empty for another text.
[[nodiscard]] std::optional<SiUnit> si_unit(std::string_view ucum);

/// A column's name without its unit, and the unit.
struct NameAndUnit {
  std::string name;
  std::string unit;  ///< UCUM; empty: the name has none
};

/// Separates a unit in brackets or at the end of a column's name: "Fx[N]", "acc_x (m/s^2)", "knee_deg".
[[nodiscard]] NameAndUnit split_unit(std::string_view column_name);

}  // namespace reprise::sensing
