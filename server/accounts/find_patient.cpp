// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fhir/model/resource.h"
#include "record/content/content.h"
#include "record/index/text_folding.h"
#include "record/search/parse_query.h"
#include "record/search/search.h"
#include "server/accounts/handlers.h"

// Emergency access begins with finding the patient by the whole family name and the birth date, which a
// person beside the patient knows. A clinician must not see a list of patients of others. So nothing less
// matches, searches are rate limited by account, and each one is logged.
namespace reprise::server {
namespace {

constexpr std::size_t kMostFound = 20;  // of one family name born on one day

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) == 8;
}

/// Removes case, accents and surrounding blanks.
std::string folded(std::string_view text) {
  std::string fold = record::fold_text(text);
  const auto begin = fold.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return fold.substr(begin, fold.find_last_not_of(' ') - begin + 1);
}

bool has_family_name(const Json& patient, const std::string& family) {
  const auto names = patient.find("name");
  if (names == patient.end()) return false;
  return std::any_of(names->begin(), names->end(), [&](const Json& name) {
    return name.contains("family") && folded(name["family"].get_ref<const std::string&>()) == family;
  });
}

/// Returns the data that identify the patient.
Json person_document(const Json& patient) {
  Json document = {{"id", patient.at("id")}, {"birthDate", patient.at("birthDate")}};
  if (patient.contains("name")) document["name"] = patient["name"];
  if (patient.contains("gender")) document["gender"] = patient["gender"];
  return document;
}

record::Outcome<std::vector<Json>> born_on(const record::Record& record, record::Connection& connection,
                                           const std::string& day) {
  const std::string form = fmt::format("birthdate=eq{}&_count={}", day, record::kMostResources);
  const std::array<std::string_view, 1> forms = {form};
  const auto read = record::parse_query("Patient", forms,
                                        {.lenient = false, .now_ms = record::milliseconds_now(), .base = {}});
  if (!read.errors.empty())
    return tl::unexpected(record::Refusal{record::RefusalKind::malformed, read.errors});
  const auto scope = record::Permission{}.scope_of(read.query);
  if (!scope) return tl::unexpected(scope.error());
  if (auto begun = connection.begin_reading(); !begun) return record::refuse(begun.error());
  const auto page = record::search(connection, read.query, record.index_ids(), *scope);
  connection.rollback();
  if (!page) return record::refuse(page.error());
  std::vector<Json> patients;
  for (const auto& match : page->matches) {
    const auto whole =
        record::whole_text({match.type, match.id, match.version, match.updated_ms}, match.content);
    if (auto patient = fhir::parse_resource(whole)) patients.push_back(std::move(*patient));
  }
  return patients;
}

bool may_search(AppContext& context, const AppRequest& request, const http::Respond& respond) {
  const std::scoped_lock lock{context.limiter_mutex};
  if (context.finding.take(request.open->session.account.id, record::milliseconds_now() * 1000)) return true;
  respond(refused_for_now(static_cast<std::int64_t>(1e6 / kFindingLimit.per_second)));
  return false;
}

}  // namespace

void find_patient(AppContext& context, const SharedRequest& request, record::Connection& connection,
                  const http::Respond& respond) {
  Fields fields{request->body};
  const std::string family = folded(fields.text("family"));
  const std::string day = fields.text("birthDate");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (family.empty() || !is_date(day)) {
    return respond(refused(422, word::kInvalid,
                           "a patient is found by the whole family name and the birth date (1980-12-31)"));
  }
  if (!may_search(context, *request, respond)) return;
  const auto born = born_on(context.record, connection, day);
  if (!born) return respond_read(request, respond, tl::unexpected(born.error()));
  auto entry = entry_of(*request, record::AuditAct::search);
  entry.purpose = record::AuditPurpose::break_glass;
  entry.resource_type = "Patient";
  Json list = Json::array();
  for (const Json& patient : *born) {
    if (list.size() == kMostFound || !has_family_name(patient, family)) continue;
    entry.patients.push_back(patient.at("id"));
    list.push_back(person_document(patient));
  }
  context.record.note(std::move(entry));
  respond_read(request, respond, json_answer(200, {{"patients", std::move(list)}}));
}

}  // namespace reprise::server
