#pragma once

#include <string_view>

#include "care/billing/facts.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care::billing {

/// What the record's answers tell of a patient's monitoring. What should count and cannot be read is among
/// `uncounted`. `zone`: for times that do not say which clock they are of (UTC).
[[nodiscard]] Facts facts_in(const fhir::AnswerIndex& record, std::string_view patient, const Zone& zone);

}  // namespace reprise::care::billing
