// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/audit_search.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "record/audit/audit_event.h"
#include "record/audit/subjects.h"
#include "record/search/parse_criterion.h"
#include "record/search/query_string.h"

namespace reprise::server {
namespace {

using record::AuditAgent;
using record::AuditEntry;
using record::Criterion;
using record::DateValue;
using record::Modifier;
using record::Prefix;
using record::ReferenceValue;
using record::SearchValue;
using record::TokenValue;

constexpr std::array<std::string_view, 9> kParameters = {"_id",     "action",  "agent",   "date", "entity",
                                                         "outcome", "patient", "subtype", "type"};

// Names as in a search; other modifiers are not supported.
bool is_understood(std::string_view name) {
  constexpr std::array<std::string_view, 7> kOthers = {
      "_count", "_format", "_pretty", "action:not", "outcome:not", "patient:Patient", "agent:identifier"};
  const auto has = [&](const auto& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return has(kParameters) || has(kOthers);
}

void pass_over(std::string_view name, bool lenient, record::ReadQuery& read) {
  const auto severity = lenient ? fhir::Severity::information : fhir::Severity::error;
  (lenient ? read.warnings : read.errors)
      .push_back({severity, fhir::IssueType::not_supported,
                  record::shown_name(name) + ": is nothing that the audit log is searched by" +
                      (lenient ? "; it is passed over" : ""),
                  ""});
}

void read_cursor(std::string_view text, AuditSearch& search) {
  std::uint64_t before = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), before);
  if (problem != std::errc{} || end != text.data() + text.size() || before == 0) {
    search.read.errors.push_back({fhir::Severity::error, fhir::IssueType::value,
                                  "_cursor: is not from a page of this search; begin again without it", ""});
    return;
  }
  search.query.before = before;
}

bool is_reference_to(const ReferenceValue& value, std::string_view type, std::string_view id) {
  return !id.empty() && value.id == id && (value.type.empty() || value.type == type);
}

std::string_view person_type(const AuditEntry& entry) {
  if (entry.agent == AuditAgent::patient) return "Patient";
  if (entry.agent == AuditAgent::carer) return "RelatedPerson";
  return entry.agent == AuditAgent::clinician ? "Practitioner" : "";
}

bool is_agent(const ReferenceValue& value, const AuditEntry& entry) {
  const std::string_view type = person_type(entry);
  return !type.empty() && is_reference_to(value, type, entry.person);
}

bool is_entity(const ReferenceValue& value, const AuditEntry& entry) {
  return is_reference_to(value, entry.resource_type, entry.resource_id) ||
         std::any_of(entry.patients.begin(), entry.patients.end(),
                     [&](const std::string& patient) { return is_reference_to(value, "Patient", patient); });
}

bool is_patient(const ReferenceValue& value, const AuditEntry& entry) {
  const ReferenceValue patient{"Patient", value.id, {}};
  return (value.type.empty() || value.type == "Patient") &&
         (is_entity(patient, entry) || is_agent(patient, entry));
}

bool is_code(const TokenValue& value, std::string_view system, std::string_view code) {
  const bool right_system = !value.system || value.system->empty() || *value.system == system;
  return right_system && (value.code.empty() || value.code == code);
}

bool is_at(const DateValue& value, std::int64_t time_us) {
  const std::int64_t time_ms = time_us / 1000;
  const bool inside = value.start_ms <= time_ms && time_ms < value.end_ms;
  switch (value.prefix) {
    case Prefix::eq:
    case Prefix::ap: return inside;
    case Prefix::ne: return !inside;
    case Prefix::gt:
    case Prefix::sa: return time_ms >= value.end_ms;
    case Prefix::ge: return time_ms >= value.start_ms;
    case Prefix::lt:
    case Prefix::eb: return time_ms < value.start_ms;
    case Prefix::le: return time_ms < value.end_ms;
  }
  return false;
}

bool is_one(const Criterion& criterion, const SearchValue& value, const AuditEntry& entry) {
  const std::string_view code = criterion.parameter->code;
  if (code == "date") return is_at(std::get<DateValue>(value[0]), entry.time_us);
  if (const auto* token = std::get_if<TokenValue>(value.data())) {
    if (code == "_id") return token->code == std::to_string(entry.sequence);
    if (code == "agent") return is_code(*token, "", entry.account) && !entry.account.empty();
    if (code == "outcome")
      return is_code(*token, "http://hl7.org/fhir/audit-event-outcome", code_of(entry.outcome));
    const record::AuditCodes codes = record::codes_of(entry.act);
    if (code == "type") return is_code(*token, codes.type_system, codes.type);
    if (code == "subtype")
      return !codes.subtype.empty() && is_code(*token, codes.subtype_system, codes.subtype);
    return is_code(*token, "http://hl7.org/fhir/audit-event-action", std::string(1, action_of(entry.act)));
  }
  const auto& reference = std::get<ReferenceValue>(value[0]);
  if (code == "agent") return is_agent(reference, entry);
  return code == "patient" ? is_patient(reference, entry) : is_entity(reference, entry);
}

bool is_purpose(std::string_view text) {
  using record::AuditPurpose;
  const auto codes = {AuditPurpose::treatment, AuditPurpose::patient_request, AuditPurpose::administration,
                      AuditPurpose::break_glass};
  return std::any_of(codes.begin(), codes.end(),
                     [&](AuditPurpose purpose) { return text == code_of(purpose); });
}

// Narrows the times of the query by one value.
void bound_time(const DateValue& value, record::AuditQuery& query) {
  const auto from = [&](std::int64_t ms) {
    query.from_us = std::max(query.from_us.value_or(ms * 1000), ms * 1000);
  };
  const auto until = [&](std::int64_t ms) {
    query.until_us = std::min(query.until_us.value_or(ms * 1000), ms * 1000);
  };
  switch (value.prefix) {
    case Prefix::eq:
    case Prefix::ap:
      from(value.start_ms);
      until(value.end_ms);
      break;
    case Prefix::gt:
    case Prefix::sa: from(value.end_ms); break;
    case Prefix::ge: from(value.start_ms); break;
    case Prefix::lt:
    case Prefix::eb: until(value.start_ms); break;
    case Prefix::le: until(value.end_ms); break;
    case Prefix::ne: break;
  }
}

Result<void> add_accounts(const std::string& person, record::Connection& connection,
                          std::vector<std::string>& subjects) {
  const std::array<record::Value, 1> whose = {std::string_view{person}};
  return connection.query("SELECT id FROM account WHERE person = $1", whose, [&](record::Row row) {
    subjects.push_back(record::account_subject(std::string{std::get<std::string_view>(row[0])}));
    return true;
  });
}

}  // namespace

std::span<const std::string_view> audit_search_parameters() {
  return kParameters;
}

AuditSearch read_audit_search(const ApiRequest& request, std::int64_t now_ms) {
  AuditSearch search;
  record::ReadQuery refused;  // parameters not supported here
  std::string form;
  for (const std::string& text : {request.asked.query, request.form}) {
    const auto fields = record::parse_query_string(text);
    if (!fields) {
      form = text;  // said below
      break;
    }
    std::vector<std::pair<std::string, std::string>> understood;
    for (const auto& field : *fields) {
      if (field.first == record::kCursorParameter) {
        read_cursor(field.second, search);
      } else if (field.first == kAuditPurpose && is_purpose(field.second)) {
        search.purposes.push_back(field.second);
      } else if (is_understood(field.first)) {
        understood.push_back(field);
      } else {
        pass_over(field.first, request.lenient, refused);
      }
    }
    if (!form.empty() && !understood.empty()) form += '&';
    form += record::write_query_string(understood);
  }
  const std::array<std::string_view, 1> forms = {form};
  refused.errors.insert(refused.errors.end(), search.read.errors.begin(), search.read.errors.end());
  search.read = record::parse_query(record::kLogType, forms,
                                    {.lenient = request.lenient, .now_ms = now_ms, .base = request.base});
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(search.read.errors, refused.errors);
  append(search.read.warnings, refused.warnings);
  if (search.read.query.count == 0) {
    search.read.errors.push_back({fhir::Severity::error, fhir::IssueType::not_supported,
                                  "_count: the audit log is not counted; ask for one at least", ""});
  }
  for (const Criterion& criterion : search.read.query.criteria) {
    if (criterion.alternatives.empty()) continue;
    if (criterion.parameter->code == "date" && criterion.alternatives.size() == 1)
      bound_time(std::get<DateValue>(criterion.alternatives[0][0]), search.query);
    if (criterion.parameter->code != "_id" || search.by_id) continue;
    search.by_id = true;
    for (const SearchValue& value : criterion.alternatives)
      search.ids.push_back(std::get<TokenValue>(value[0]).code);
  }
  return search;
}

Result<void> add_subjects(AuditSearch& search, record::Connection& connection) {
  for (const Criterion& criterion : search.read.query.criteria) {
    std::vector<std::string> subjects;
    bool found_so = !criterion.alternatives.empty();
    for (const SearchValue& value : criterion.alternatives) {
      const auto* reference = std::get_if<ReferenceValue>(value.data());
      const auto* token = std::get_if<TokenValue>(value.data());
      const std::string_view code = criterion.parameter->code;
      if (code == "agent" && token != nullptr && !token->code.empty()) {
        subjects.push_back(record::account_subject(token->code));
      } else if (code == "agent" && reference != nullptr) {
        const std::size_t before = subjects.size();
        if (auto added = add_accounts(reference->id, connection, subjects); !added) return added;
        if (subjects.size() == before) found_so = false;  // the account may have been erased
      } else if (code == "patient" && reference != nullptr) {
        subjects.push_back(record::patient_subject(reference->id));
        if (auto added = add_accounts(reference->id, connection, subjects); !added) return added;
      } else if (code == "entity" && reference != nullptr && reference->type == "Patient") {
        subjects.push_back(record::patient_subject(reference->id));
      } else {
        found_so = false;
      }
    }
    if (found_so) search.query.subjects.push_back(std::move(subjects));
  }
  return {};
}

bool matches(const AuditSearch& search, const AuditEntry& entry) {
  const record::SearchQuery& query = search.read.query;
  const auto is_other = [&](const std::string& purpose) { return purpose != code_of(entry.purpose); };
  if (std::any_of(search.purposes.begin(), search.purposes.end(), is_other)) return false;
  return std::all_of(query.criteria.begin(), query.criteria.end(), [&](const Criterion& criterion) {
    const bool one = std::any_of(criterion.alternatives.begin(), criterion.alternatives.end(),
                                 [&](const SearchValue& value) { return is_one(criterion, value, entry); });
    return one != (criterion.modifier == Modifier::negated);
  });
}

bool is_narrowed(const AuditSearch& search) {
  return !search.read.query.criteria.empty() || !search.purposes.empty();
}

std::string query_text(const AuditSearch& search) {
  std::string text = record::query_text(search.read.query);
  for (const std::string& purpose : search.purposes)
    text += (text.empty() ? "" : "&") + std::string{kAuditPurpose} + "=" + purpose;
  return text;
}

}  // namespace reprise::server
