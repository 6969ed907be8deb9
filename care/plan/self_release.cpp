// SPDX-License-Identifier: Apache-2.0
#include "care/plan/self_release.h"

#include <algorithm>
#include <array>

#include "care/plan/request_terms.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 3> kReleasable = {"single_leg", "step_down", "jump"};

bool was_seen_safely(const Json& request) {
  const Json& reasons = json::list_of(request, "reasonCode");
  return std::any_of(reasons.begin(), reasons.end(), [](const Json& one) {
    return fhir::has_coding(&one, fhir::kReleaseReason, fhir::kSeenDoneSafely);
  });
}

constexpr std::array<std::string_view, 13> kParts = {
    "resourceType", "id",      "meta",      "status",     "intent", "category",  "code",
    "reasonCode",   "subject", "requester", "authoredOn", "text",   "identifier"};

// What it does not understand might restrict the release: one leg alone, a time that is over.
bool has_unknown_part(const Json& request) {
  const auto& parts = request.items();
  return std::any_of(parts.begin(), parts.end(), [](const auto& part) {
    return std::find(kParts.begin(), kParts.end(), part.key()) == kParts.end();
  });
}

std::string released_by(const Json& request, std::string_view patient) {
  const bool own = fhir::id_in(json::field(request, "subject"), "Patient") == patient;
  const bool clinic = !fhir::id_in(json::field(request, "requester"), "Practitioner").empty();
  const bool in_force = is_in_force(request) && has_order_category(request, fhir::kSelfRelease);
  if (!own || !clinic || !in_force || has_unknown_part(request) || !was_seen_safely(request)) return {};
  return only_code(request, fhir::kSelfPosition, {kReleasable[0], kReleasable[1], kReleasable[2]});
}

}  // namespace

std::vector<std::string> read_self_releases(const fhir::AnswerIndex& record, std::string_view patient) {
  std::vector<std::string> released;
  const auto requests = record.all("ServiceRequest");
  for (const std::string_view position : kReleasable) {
    const bool found = std::any_of(requests.begin(), requests.end(), [&](const Json* request) {
      return released_by(*request, patient) == position;
    });
    if (found) released.emplace_back(position);
  }
  return released;
}

}  // namespace reprise::care
