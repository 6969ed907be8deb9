// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "care/plan/consent.h"
#include "record/store/record.h"

namespace reprise::server {

/// Returns the patient's answer that holds (care::consented); nullopt if there is none. `connection`: in a
/// transaction.
[[nodiscard]] record::Outcome<std::optional<bool>> find_consent(const record::Record& record,
                                                                record::Connection& connection,
                                                                const std::string& patient,
                                                                care::ConsentKind kind);

}  // namespace reprise::server
