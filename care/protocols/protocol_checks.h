// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "care/protocols/protocol.h"

namespace reprise::care {

/// Checks a protocol against the catalog and returns a sentence for each problem; empty if there is none.
/// Problems: unknown exercises, sides and doses they do not have, ceilings and targets past their limits,
/// balance without a support, and unreachable criteria.
[[nodiscard]] std::vector<std::string> check_protocol(const Protocol& protocol,
                                                      const std::vector<exercises::CatalogExercise>& catalog);

/// Checks one phase likewise.
[[nodiscard]] std::vector<std::string> check_phase(const Protocol& protocol, const ProtocolPhase& phase,
                                                   const std::vector<exercises::CatalogExercise>& catalog);

/// Returns the exercise; null if the catalog does not have it.
[[nodiscard]] const exercises::CatalogExercise* exercise_in(
    const std::vector<exercises::CatalogExercise>& catalog, std::string_view id);

}  // namespace reprise::care
