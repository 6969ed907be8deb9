#pragma once

#include <string>
#include <vector>

#include "care/protocols/protocol.h"

namespace reprise::care {

/// Everything in a protocol that the catalog does not bear out, a sentence each: exercises that are not
/// there, sides and doses that they do not have, ceilings and targets past their limits, balance without a
/// support, criteria that nobody could reach. Empty where it is clean.
[[nodiscard]] std::vector<std::string> check_protocol(const Protocol& protocol,
                                                      const std::vector<CatalogExercise>& catalog);

/// The same of one phase.
[[nodiscard]] std::vector<std::string> check_phase(const Protocol& protocol, const ProtocolPhase& phase,
                                                   const std::vector<CatalogExercise>& catalog);

/// Null: the catalog does not have it.
[[nodiscard]] const CatalogExercise* exercise_in(const std::vector<CatalogExercise>& catalog,
                                                 std::string_view id);

}  // namespace reprise::care
