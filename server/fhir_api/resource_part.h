#pragma once

#include <string>

#include "record/search/query.h"

namespace reprise::server {

/// As much of a resource's text as `_summary` and `_elements` ask for.
[[nodiscard]] std::string part_of(std::string text, const record::SearchQuery& query);

}  // namespace reprise::server
