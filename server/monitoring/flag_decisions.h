#pragma once

#include <optional>
#include <span>

#include "record/store/record.h"

namespace reprise::server {

/// Carries out what clinicians decide about Flags by the Tasks that were just written (docs/rules.md), in the
/// same transaction: only the server writes Flags. Refuses, with the Task, what cannot be carried out: a
/// decision without a reason, a Flag that is not there or is another patient's.
[[nodiscard]] std::optional<record::Refusal> apply_flag_decisions(
    record::Record& record, const record::WriteTransaction& session,
    std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
