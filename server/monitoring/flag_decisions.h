// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "record/store/record.h"

namespace reprise::server {

/// Applies clinicians' decisions about Flags, written as Tasks (docs/clinician/rules.md), in the same
/// transaction. Only the server writes Flags. Refuses the Task if it lacks a reason, or if its Flag is
/// missing or another patient's.
[[nodiscard]] std::optional<record::Refusal> apply_flag_decisions(
    record::Record& record, const record::WriteTransaction& session,
    std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
