#pragma once

#include "fhir/json.h"
#include "record/access/asker.h"

namespace reprise::record {

/// Whether a resource says of nobody else that it is theirs. Patients write in their own name only: whoever
/// reads a message, an answer or a result relies on who it says it is from. Clinicians, who write down what
/// somebody told them, may name whom they want, but not as who asks for a Task. Others may name anybody.
[[nodiscard]] bool is_in_own_name(const Asker& asker, const fhir::Json& resource);

}  // namespace reprise::record
