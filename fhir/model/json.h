// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/fields.h"

namespace reprise::fhir {

using json::Json;

}  // namespace reprise::fhir
