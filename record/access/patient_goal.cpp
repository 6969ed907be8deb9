// SPDX-License-Identifier: Apache-2.0
#include "record/access/patient_goal.h"

#include <algorithm>
#include <array>

#include "json/fields.h"

namespace reprise::record {
namespace {

using fhir::Json;

constexpr std::array<std::string_view, 8> kFields = {
    "resourceType", "id", "meta", "identifier", "lifecycleStatus", "description", "subject", "startDate"};
constexpr std::string_view kExpressedBy = "expressedBy";
constexpr std::size_t kMostGoalBytes = 2000;  // of the words

bool has_only_own_fields(const Json& goal) {
  for (const auto& [name, value] : goal.items()) {
    if (name != kExpressedBy && std::find(kFields.begin(), kFields.end(), name) == kFields.end())
      return false;
  }
  return true;
}

// The reference alone: no identifier or display of another person beside it.
bool is_only(const Json& goal, std::string_view name, std::string_view field, std::string_view text) {
  const Json* value = json::field(goal, name);
  return value != nullptr && value->is_object() && value->size() == 1 && json::text_of(*value, field) == text;
}

bool has_words(const Json& goal) {
  const Json* description = json::field(goal, "description");
  if (description == nullptr || !description->is_object() || description->size() != 1) return false;
  const std::string_view words = json::text_of(*description, "text");
  return !words.empty() && words.size() <= kMostGoalBytes;
}

bool is_own(const std::string& self, const Json& goal) {
  return goal.is_object() && has_only_own_fields(goal) && has_words(goal) &&
         is_only(goal, "subject", "reference", self) && is_only(goal, kExpressedBy, "reference", self);
}

bool is_open(std::string_view status) {
  return status == "active" || status == "proposed";
}

}  // namespace

std::optional<std::string_view> refuse_patient_goal(const std::string& self, const Json* before,
                                                    const Json& after) {
  if (before != nullptr && (!is_own(self, *before) || !is_open(json::text_of(*before, "lifecycleStatus"))))
    return "a goal that a clinician wrote, changed or closed is not changed by the patient; send another one";
  if (!is_own(self, after))
    return "a patient's goal has the patient as subject and expressedBy, 1 to 2000 bytes of words in "
           "description.text, lifecycleStatus and startDate, and nothing else";
  const std::string_view status = json::text_of(after, "lifecycleStatus");
  if (!is_open(status) && (before == nullptr || status != "cancelled"))
    return "a patient's goal is active or proposed, or cancelled by its patient";
  return {};
}

}  // namespace reprise::record
