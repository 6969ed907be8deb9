// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/fhir_api/api.h"

namespace reprise::server {

/// Answers the history of a resource or of a type: `_count`, `_since`, and pages.
[[nodiscard]] ReadAnswer answer_history(const ApiRequest& request, record::Connection& connection,
                                        const record::Context& context);

}  // namespace reprise::server
