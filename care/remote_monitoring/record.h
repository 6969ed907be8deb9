#pragma once

#include <string_view>

#include "care/answer_index.h"
#include "care/remote_monitoring/facts.h"

namespace reprise::care::monitoring {

/// What the record's answers tell of a patient's monitoring. What should count and cannot be read is among
/// `uncounted`. `zone`: for times that do not say which clock they are of (UTC).
[[nodiscard]] Facts facts_in(const AnswerIndex& record, std::string_view patient, const Zone& zone);

}  // namespace reprise::care::monitoring
