// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "server/app_api/route.h"

namespace reprise::server {

/// Limits the carers of a patient at one time. Unsourced default, not clinically reviewed.
inline constexpr std::size_t kMostCarers = 5;

/// Returns the endpoints by which a patient lets carers in and ends that, and by which the clinic sees and
/// ends it (docs/operations/access.md, "Carers").
[[nodiscard]] std::vector<Route> carer_routes();

}  // namespace reprise::server
