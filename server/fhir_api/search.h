// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/fhir_api/api.h"

namespace reprise::server {

/// Answers a search with a page of matches.
[[nodiscard]] ReadAnswer answer_search(const ApiRequest& request, record::Connection& connection,
                                       const record::Context& context);

}  // namespace reprise::server
