// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "server/fhir_api/api.h"

namespace reprise::server {

/// Answers a Bundle: the entries of a batch one by one, those of a transaction atomically.
void perform_bundle(const std::shared_ptr<Api>& api, const ApiRequest& request,
                    record::Connection& connection, const http::Respond& respond);

}  // namespace reprise::server
