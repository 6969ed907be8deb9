// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "fhir/model/json.h"
#include "record/access/principal.h"

namespace reprise::record {

/// Checks the authors that a resource names. Returns the reason for refusal; nullopt if the principal may
/// turn `before` into `after`. `before` is null on create, `after` on delete. The rules are in
/// docs/operations/access.md
/// ("In whose name"). Programs may name other authors, but write no Flag in the name of the server's rules.
[[nodiscard]] std::optional<std::string_view> refuse_foreign_author(const Principal& principal,
                                                                    const fhir::Json* before,
                                                                    const fhir::Json* after);

}  // namespace reprise::record
