// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/invariants.h"

#include <array>
#include <set>
#include <string>

#include "base/base64.h"
#include "base/time.h"
#include "fhir/model/date_time.h"
#include "fhir/model/reference.h"
#include "fhir/validation/sha1.h"
#include "fhir/validation/value_checks.h"

namespace reprise::fhir {
namespace {

using Check = void (*)(const Json& value, const ElementPath& place, Findings& findings);

void check_period(const Json& period, const ElementPath& place, Findings& findings) {
  constexpr std::int64_t kFarthestZoneMs = in_ms(std::chrono::hours{14});
  const auto start_text = text_in(period, "start");
  const auto end_text = text_in(period, "end");
  const auto start = interval_of(start_text);
  const auto end = interval_of(end_text);
  if (!start || !end || !start->start_ms || !end->end_ms) return;
  // A day has no zone, and may be one anywhere.
  const bool mixed =
      (start_text.find('T') == std::string_view::npos) != (end_text.find('T') == std::string_view::npos);
  if (*start->start_ms >= *end->end_ms + (mixed ? kFarthestZoneMs : 0)) {
    findings.add(IssueType::invariant, place, "starts after it ends (per-1)");
  }
}

void check_questionnaire_item(const Json& item, const ElementPath& place, Findings& findings) {
  const auto conditions = item.find("enableWhen");
  const bool several = conditions != item.end() && conditions->is_array() && conditions->size() > 1;
  if (several && text_in(item, "enableBehavior").empty()) {
    findings.add(IssueType::invariant, {&place, "enableBehavior", {}},
                 "is missing; of several conditions it says whether one is enough (que-12)");
  }
}

void check_prediction(const Json& prediction, const ElementPath& place, Findings& findings) {
  const auto probability = prediction.find("probabilityDecimal");
  if (probability != prediction.end() && probability->is_number() && probability->get<double>() > 100) {
    findings.add(IssueType::invariant, {&place, "probability", {}}, "must be at most 100 (ras-2)");
  }
}

void check_attachment(const Json& attachment, const ElementPath& place, Findings& findings) {
  const auto data = text_in(attachment, "data");
  const auto hash = text_in(attachment, "hash");
  const auto size = attachment.find("size");
  const bool has_size = size != attachment.end() && size->is_number_unsigned();
  if (data.empty() || (!has_size && hash.empty())) return;
  const std::string bytes = from_base64(data).value_or("");
  if (has_size && size->get<std::uint64_t>() != bytes.size()) {
    findings.add(IssueType::invariant, {&place, "size", {}}, "is not the number of bytes of the data");
  }
  if (hash.empty()) return;
  const auto digest = sha1(bytes);
  const std::string_view expected{reinterpret_cast<const char*>(digest.data()), digest.size()};
  if (from_base64(hash) != expected) {
    findings.add(IssueType::invariant, {&place, "hash", {}}, "is not the SHA-1 of the data");
  }
}

const Json& list_in_bundle(const Json& bundle, const char* name) {
  static const Json kNone = Json::array();
  const auto at = bundle.find(name);
  return at != bundle.end() && at->is_array() ? *at : kNone;
}

void check_bundle(const Json& bundle, const ElementPath& place, Findings& findings) {
  bool has_self = false;
  const Json& links = list_in_bundle(bundle, "link");
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (text_in(links[i], "relation") != "self") continue;
    if (has_self) findings.add(IssueType::invariant, {&place, "link", i}, "is a second link to itself");
    has_self = true;
  }
  const bool history = text_in(bundle, "type") == "history";
  std::set<std::pair<std::string_view, std::string_view>> seen;
  const Json& entries = list_in_bundle(bundle, "entry");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto full_url = text_in(entries[i], "fullUrl");
    if (full_url.empty()) continue;
    const ElementPath entry{&place, "entry", i};
    const ElementPath at{&entry, "fullUrl", {}};
    if (const auto problem = problem_in_full_url(full_url)) {
      findings.add(IssueType::invariant, at, std::string{*problem});
      continue;
    }
    const auto resource = entries[i].find("resource");
    const bool has_meta = resource != entries[i].end() && resource->is_object() && resource->contains("meta");
    const auto version = has_meta ? text_in((*resource)["meta"], "versionId") : std::string_view{};
    if (!history && !seen.emplace(full_url, version).second) {
      findings.add(IssueType::invariant, at, "is that of another entry, too (bdl-7)");
    }
  }
}

}  // namespace

std::optional<std::string_view> problem_in_full_url(std::string_view full_url) {
  const auto parsed = parse_reference(full_url);
  if (!parsed || parsed->form != ReferenceForm::absolute) return "must be an absolute address";
  if (full_url.find("/_history/") != std::string_view::npos) return "must not name a version (bdl-8)";
  return {};
}

void check_invariants(const Structure& structure, const Json& value, const ElementPath& place,
                      Findings& findings) {
  constexpr std::array<std::pair<std::string_view, Check>, 5> kChecks = {
      {{"Attachment", check_attachment},
       {"Bundle", check_bundle},
       {"Period", check_period},
       {"Questionnaire.item", check_questionnaire_item},
       {"RiskAssessment.prediction", check_prediction}}};
  for (const auto& [name, check] : kChecks) {
    if (structure.name == name) return check(value, place, findings);
  }
}

}  // namespace reprise::fhir
