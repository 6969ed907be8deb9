// SPDX-License-Identifier: Apache-2.0
#include "server/monitoring/response_check.h"

#include <algorithm>
#include <array>

#include "care/safety/questionnaire_response.h"
#include "fhir/fields/fields.h"
#include "fhir/model/lossless_json.h"
#include "fhir/model/reference.h"
#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "fhir/validation/check_answers.h"
#include "record/search/query_string.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

using record::Outcome;

using Questionnaires = std::vector<Json>;

constexpr const char* kQuestionnaire = "Questionnaire";
constexpr const char* kContradicts = "contradicts-questionnaire";
constexpr std::size_t kMostVersions = 100;  // of one questionnaire, the newest

struct Canonical {
  std::string url;
  std::string version;  ///< empty: any
};

Canonical read_canonical(std::string_view text) {
  const auto bar = text.find('|');
  if (bar == std::string_view::npos) return {std::string{text}, {}};
  return {std::string{text.substr(0, bar)}, std::string{text.substr(bar + 1)}};
}

bool has_version(const Json& questionnaire, const Canonical& asked) {
  return asked.version.empty() || json::text_of(questionnaire, "version") == asked.version;
}

/// Returns the current versions in the record, of any status.
Outcome<Questionnaires> find_newest(record::Record& record, const record::WriteTransaction& session,
                                    const Canonical& asked) {
  const auto reference = fhir::parse_reference(asked.url);
  if (!reference || reference->form != fhir::ReferenceForm::relative)
    return find_first(record, session, record::QueryBuilder(kQuestionnaire).uri("url", asked.url));
  if (reference->type != kQuestionnaire) return Questionnaires{};
  const auto found = find_resource(session.connection, record.index_ids(), kQuestionnaire, reference->id);
  if (!found) return record::refuse(found.error());
  if (!*found || !(*found)->content) return Questionnaires{};
  auto json = fhir::parse_resource(whole_text(**found));
  return json ? Questionnaires{std::move(*json)} : Questionnaires{};
}

/// Returns earlier versions in the record that had the answered version.
Outcome<Questionnaires> find_earlier(record::Record& record, const record::WriteTransaction& session,
                                     const Questionnaires& newest, const Canonical& asked) {
  Questionnaires found;
  for (const Json& one : newest) {
    const record::HistoryQuery query{
        kQuestionnaire, std::string{json::text_of(one, "id")}, {}, kMostVersions, {}};
    const auto page = read_history(session.connection, record.index_ids(), query);
    if (!page) return record::refuse(page.error());
    for (const record::Stored& version : page->versions) {
      if (!version.content || version.content->find(asked.version) == std::string::npos) continue;
      auto json = fhir::parse_resource(whole_text(version));
      if (json && has_version(*json, asked)) found.push_back(std::move(*json));
    }
  }
  return found;
}

Outcome<Questionnaires> asked_by(record::Record& record, const record::WriteTransaction& session,
                                 const Json& response) {
  const std::string_view text = json::text_of(response, "questionnaire");
  if (text.empty()) return Questionnaires{};
  if (text.front() == '#') {
    Questionnaires contained;
    for (const Json& one : json::list_of(response, "contained")) {
      if (json::text_of(one, "id") == text.substr(1)) contained.push_back(one);
    }
    return contained;
  }
  const Canonical asked = read_canonical(text);
  auto newest = find_newest(record, session, asked);
  if (!newest) return newest;
  Questionnaires found;
  std::copy_if(newest->begin(), newest->end(), std::back_inserter(found),
               [&](const Json& one) { return has_version(one, asked); });
  return found.empty() ? find_earlier(record, session, *newest, asked)
                       : Outcome<Questionnaires>{std::move(found)};
}

/// Returns the contradictions to the best fitting questionnaire; empty if one fits, or there is none.
std::vector<fhir::Issue> contradictions(const Json& response, const Questionnaires& questionnaires) {
  std::vector<fhir::Issue> least;
  for (const Json& one : questionnaires) {
    auto issues = fhir::check_answers(response, one);
    if (issues.empty()) return {};
    if (least.empty() || issues.size() < least.size()) least = std::move(issues);
  }
  return least;
}

bool is_safety_question(std::string_view link_id) {
  constexpr std::array kOthers = {care::kPainBefore,      care::kPainDuring, care::kPainAfter,
                                  care::kPainNextMorning, care::kSettled,    care::kSupportInReach,
                                  care::kHelperPresent};
  return std::find(care::kRedFlags.begin(), care::kRedFlags.end(), link_id) != care::kRedFlags.end() ||
         std::find(care::kSelfFlags.begin(), care::kSelfFlags.end(), link_id) != care::kSelfFlags.end() ||
         std::find(kOthers.begin(), kOthers.end(), link_id) != kOthers.end();
}

/// Returns whether the answers may concern safety: then they are stored despite other problems. Decided by
/// their questions, because the rules apply to any questionnaire.
bool is_about_safety(const Json& parent) {
  const Json& items = json::list_of(parent, "item");
  return std::any_of(items.begin(), items.end(), [](const Json& item) {
    if (is_safety_question(json::text_of(item, "linkId")) || is_about_safety(item)) return true;
    const Json& answers = json::list_of(item, "answer");
    return std::any_of(answers.begin(), answers.end(), is_about_safety);
  });
}

/// Returns whether it answers one of the product's own safety questionnaires; a comment alone does, too.
bool answers_ours(const Json& response) {
  constexpr std::array<std::string_view, 5> kOurs = {"red-flags", "before-exercise", "after-exercise",
                                                     "next-morning", "self-assessment"};
  const Canonical asked = read_canonical(json::text_of(response, "questionnaire"));
  return std::any_of(kOurs.begin(), kOurs.end(), [&](std::string_view name) {
    return asked.url == fhir::kQuestionnairePrefix + std::string{name};
  });
}

/// Adds or removes the tag.
Outcome<record::IndexedResource> marked(const record::Record& record, record::IndexedResource prepared,
                                        bool contradicts) {
  auto json = fhir::parse_lossless(record::whole_text({prepared.type, prepared.id, 1, 0}, prepared.content));
  if (!json) return record::refuse(json.error());
  if (fhir::has_tag(*json, fhir::kTag, kContradicts) == contradicts) return prepared;
  Json tags = Json::array();
  for (const Json& tag : json::list_of((*json)["meta"], "tag")) {
    const bool ours =
        json::text_of(tag, "system") == fhir::kTag && json::text_of(tag, "code") == kContradicts;
    if (!ours) tags.push_back(tag);
  }
  if (contradicts) {
    tags.push_back({{"system", fhir::kTag},
                    {"code", kContradicts},
                    {"display", "contradicts its questionnaire; kept because it is about safety"}});
  }
  (*json)["meta"].erase("tag");
  if (!tags.empty()) (*json)["meta"]["tag"] = std::move(tags);
  const std::string text = fhir::write_exactly(*json);
  auto resource = record::read_resource(text, prepared.type);
  if (!resource) return tl::unexpected(std::move(resource.error()));
  return record::prepare(text, std::move(*resource), prepared.id, record.index_ids());
}

}  // namespace

Outcome<record::IndexedResource> check_answers(record::Record& record,
                                               const record::WriteTransaction& session,
                                               record::IndexedResource prepared) {
  if (prepared.type != "QuestionnaireResponse") return prepared;
  const auto response =
      fhir::parse_resource(record::whole_text({prepared.type, prepared.id, 1, 0}, prepared.content));
  if (!response) return record::refuse(response.error());
  const auto questionnaires = asked_by(record, session, *response);
  if (!questionnaires) return tl::unexpected(questionnaires.error());
  auto issues = contradictions(*response, *questionnaires);
  if (answers_ours(*response) || is_about_safety(*response))
    return marked(record, std::move(prepared), !issues.empty());
  if (issues.empty()) return prepared;
  return tl::unexpected(record::Refusal{record::RefusalKind::invalid, std::move(issues)});
}

}  // namespace reprise::server
