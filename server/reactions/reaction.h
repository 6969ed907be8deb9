// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "record/store/record.h"
#include "record/store/transaction.h"

namespace reprise::server {

/// A reaction to changes, in their transaction and before the commit. A refusal rolls everything back. Each
/// change has its version before and after; `record::resource_of` parses each at most once.
using Reaction = std::function<std::optional<record::Refusal>(
    record::Record&, const record::WriteTransaction&, std::span<const record::ChangeResult>)>;

}  // namespace reprise::server
