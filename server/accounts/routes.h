// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "server/app_api/route.h"

namespace reprise::server {

/// The endpoints of signing in and of accounts.
[[nodiscard]] std::vector<Route> account_routes();

}  // namespace reprise::server
