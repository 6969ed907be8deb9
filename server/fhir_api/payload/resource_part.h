// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "record/search/query.h"

namespace reprise::server {

/// Returns the part of a resource's text that `_summary` and `_elements` select.
[[nodiscard]] std::string part_of(std::string text, const record::SearchQuery& query);

}  // namespace reprise::server
