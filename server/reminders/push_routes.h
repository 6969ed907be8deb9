// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "server/app_api/route.h"

namespace reprise::server {

/// Returns the routes of the devices that receive a patient's reminders: subscribe, say which one this is,
/// end.
[[nodiscard]] std::vector<Route> push_routes();

/// Returns the document of the account's devices, for its owner; null if the server sends no push messages.
[[nodiscard]] record::Outcome<fhir::Json> push_document(const AppContext& context, const AppRequest& request,
                                                        record::Connection& connection);

/// Returns the refusal of an account that is not a patient's.
[[nodiscard]] std::optional<http::Response> refuse_others(const AppRequest& request);

}  // namespace reprise::server
