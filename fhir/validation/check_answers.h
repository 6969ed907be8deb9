// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fhir/model/issue.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

/// Where a QuestionnaireResponse contradicts the Questionnaire that it answers (both valid R4): items that
/// the questionnaire does not have or has elsewhere, required ones without an answer (of a response that is
/// completed or amended), answers of another type, outside the options or limits, several where one is meant,
/// and answers to items that are not enabled. Each issue names the item by its place, and by its linkId where
/// that is the questionnaire's. Not checked: the order of items, options out of a value set, limits of
/// quantities. A condition that R4 leaves open (`!=` with no or several answers) neither requires nor
/// forbids.
[[nodiscard]] std::vector<Issue> check_answers(const Json& response, const Json& questionnaire);

}  // namespace reprise::fhir
