#pragma once

#include "json/fields.h"

namespace reprise::fhir {

using json::Json;

}  // namespace reprise::fhir
