// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "care/plan/programme.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care {

/// Checks for a balance programme: a ladder of levels (docs/reference/programme.md).
[[nodiscard]] bool is_balance_request(const Json& request);

/// Reads a ServiceRequest that prescribes such a programme, and by its earlier results the level that is due.
/// Empty if it prescribes none now. A request that cannot be followed has a `problem`; a level with closed
/// eyes, foam or a second task that was released without the confirmation of just that is one.
[[nodiscard]] std::optional<BalanceRequest> read_balance(const Json& request, const fhir::AnswerIndex& record,
                                                         std::string_view patient);

/// The same from resources that are not indexed: `observations` in any order.
[[nodiscard]] std::optional<BalanceRequest> read_balance(const Json& request,
                                                         std::span<const Json* const> observations,
                                                         std::string_view patient);

/// Returns the sessions that a request's Observations tell of, the oldest first. Results at no level of this
/// ladder are left out.
[[nodiscard]] std::vector<BalanceSession> read_balance_sessions(std::string_view request,
                                                                std::span<const BalanceLevel> levels,
                                                                std::span<const Json* const> observations);

}  // namespace reprise::care
