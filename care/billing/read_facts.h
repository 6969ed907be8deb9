// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "care/billing/facts.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care::billing {

/// Reads the facts about a patient's monitoring from the record's answers. Lists unreadable entries that
/// should count in `uncounted`. `zone`: of times without a zone of their own (UTC).
[[nodiscard]] Facts facts_in(const fhir::AnswerIndex& record, std::string_view patient, const Zone& zone);

}  // namespace reprise::care::billing
