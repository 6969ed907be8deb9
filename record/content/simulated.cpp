// SPDX-License-Identifier: Apache-2.0
#include "record/content/simulated.h"

#include <algorithm>

#include "fhir/model/lossless_json.h"
#include "fhir/model/operation_outcome.h"

namespace reprise::record {
namespace {

constexpr const char* kTagSystem = "urn:reprise:tag";
constexpr const char* kSimulatedCode = "simulated";

/// Adds the tag. Returns whether it was missing.
bool add_tag(fhir::Json& resource) {
  fhir::Json& tags = resource["meta"]["tag"];
  const bool there =
      tags.is_array() && std::any_of(tags.begin(), tags.end(), [](const fhir::Json& tag) {
        return tag.value("system", "") == kTagSystem && tag.value("code", "") == kSimulatedCode;
      });
  if (!there) tags.push_back({{"system", kTagSystem}, {"code", kSimulatedCode}});
  return !there;
}

}  // namespace

std::optional<Refusal> tag_as_simulated(std::string& text, fhir::Json& resource) {
  if (!add_tag(resource)) return {};
  auto exact = fhir::parse_lossless(text);
  if (!exact) return Refusal{RefusalKind::malformed, {fhir::to_issue(exact.error())}};
  add_tag(*exact);
  text = fhir::write_exactly(*exact);
  return {};
}

}  // namespace reprise::record
