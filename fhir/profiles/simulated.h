// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fhir/model/json.h"

namespace reprise::fhir {

/// Tags a resource as simulated, about no person, where `simulated`.
void mark(Json& resource, bool simulated);

}  // namespace reprise::fhir
