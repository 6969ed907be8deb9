#pragma once

#include <memory>

#include "server/fhir_api/api.h"

namespace reprise::server {

/// Answers a Bundle: of a batch each entry for itself, one after the other; of a transaction all together or
/// none.
void perform_bundle(const std::shared_ptr<Api>& api, const ApiRequest& request,
                    record::Connection& connection, const http::Respond& respond);

}  // namespace reprise::server
