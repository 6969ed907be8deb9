// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "care/plan/programme.h"
#include "fhir/fields/answer_index.h"
#include "fhir/profiles/extension_parts.h"

// What the requests that a patient follows by themselves have in common, whatever they ask for.
namespace reprise::care {

/// Checks for a category of urn:reprise:order.
[[nodiscard]] bool has_order_category(const Json& request, std::string_view category);

/// Checks whether a request of such a kind is to be followed now: active, and no proposal.
[[nodiscard]] bool is_in_force(const Json& request);

/// Returns the code of `system` among `known`; empty if there is none, several, or another.
[[nodiscard]] std::string only_code(const Json& request, std::string_view system,
                                    std::initializer_list<std::string_view> known);

/// Checks whom the request is for, helper, schedule and due day, and that it has no extension of Reprise
/// besides these and `own`. Returns why it cannot be followed; empty if it can.
[[nodiscard]] fhir::Why read_terms(const Json& request, std::string_view patient,
                                   std::initializer_list<std::string_view> own, RequestTerms& terms);

/// Checks whether an Observation that counts was asked for by this request.
[[nodiscard]] bool is_result_of(const Json& observation, std::string_view request);

/// Fills in id, instruction, and by the Observations of `record` when it was done last and is due again.
void find_done(const Json& request, const fhir::AnswerIndex& record, RequestTerms& terms);
void find_done(const Json& request, std::span<const Json* const> observations, RequestTerms& terms);

}  // namespace reprise::care
