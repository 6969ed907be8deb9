// SPDX-License-Identifier: Apache-2.0
#include "fhir/profiles/simulated.h"

#include "fhir/profiles/vocabulary.h"

namespace reprise::fhir {

void mark(Json& resource, bool simulated) {
  if (!simulated) return;
  resource["meta"]["tag"] =
      Json::array({Json{{"system", kTag}, {"code", "simulated"}, {"display", "simulated: about no person"}}});
}

}  // namespace reprise::fhir
