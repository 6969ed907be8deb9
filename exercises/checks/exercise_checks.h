// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "json/problem.h"

namespace reprise::exercises {

/// What a schema cannot say: names that must exist, limits that must fit the body and each other, safety
/// rules. Works on a document that already failed the schema, too: what has the wrong type is passed over
/// here, so that all problems are listed at once. `known_ids`: exercises that links may name beside this one.
[[nodiscard]] std::vector<json::Problem> check_meaning(const nlohmann::json& document,
                                                       const std::string& file,
                                                       std::span<const std::string> known_ids);

}  // namespace reprise::exercises
