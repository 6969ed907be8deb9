#include "record/store/transaction.h"

#include <algorithm>
#include <map>
#include <set>

#include "fhir/exact_json.h"
#include "fhir/reference.h"

namespace reprise::record {
namespace {

using fhir::IssueType;
using fhir::Json;

/// What the entries call each other → "Patient/17".
using Names = std::map<std::string, std::string, std::less<>>;

Refusal in_entry(std::size_t entry, Refusal refusal) {
  for (fhir::Issue& issue : refusal.issues) {
    const std::string place = "Bundle.entry[" + std::to_string(entry) + "]";
    issue.expression =
        issue.expression.empty() ? place : place + ".resource.ofType(" + issue.expression + ")";
    const auto dot = issue.expression.find('.', place.size() + 17);
    // "Patient.name" becomes "ofType(Patient).name".
    if (issue.expression.back() == ')' && dot != std::string::npos) {
      issue.expression.pop_back();
      issue.expression.insert(dot, ")");
    }
  }
  return refusal;
}

class Rewriting {
 public:
  Rewriting(const Names& names, Connection& connection, const Context& context)
      : names_(names), connection_(connection), context_(context) {}

  /// Whether something was changed.
  Outcome<bool> rewrite(Json& value) {
    bool changed = false;
    if (!value.is_structured()) return changed;
    for (auto one = value.begin(); one != value.end(); ++one) {
      const bool names_resource = value.is_object() && one.key() == "reference";
      auto done = one->is_string() ? rewrite_text(*one, names_resource) : rewrite(*one);
      if (!done) return done;
      changed = changed || *done;
    }
    return changed;
  }

 private:
  Outcome<bool> rewrite_text(Json& value, bool names_resource) {
    const auto& text = value.get_ref<const std::string&>();
    const auto named = names_.find(text);
    // A UUID means the same wherever it stands; another full URL only where something is referred to.
    if (named != names_.end() && (names_resource || text.rfind("urn:", 0) == 0)) {
      value = named->second;
      return true;
    }
    const auto reference = names_resource ? fhir::parse_reference(text) : std::nullopt;
    if (!reference || reference->form != fhir::ReferenceForm::conditional) return false;
    const auto query = text.find('?');
    const auto found = find_only(connection_, context_, text.substr(0, query), text.substr(query + 1));
    if (!found) return tl::unexpected(found.error());
    if (!*found) {
      return refuse(Why::precondition, IssueType::not_found, "nothing fits the condition of a reference");
    }
    value = (*found)->type + "/" + (*found)->id;
    return true;
  }

  const Names& names_;
  Connection& connection_;
  const Context& context_;
};

/// Which resource each entry is about, as far as that can be known before it is written.
Outcome<std::string> id_of(const Operation& operation, Connection& connection, const Context& context) {
  if (!operation.id.empty()) return operation.id;
  if (!operation.condition.empty()) {
    const auto found = find_only(connection, context, operation.type, operation.condition);
    if (!found) return tl::unexpected(found.error());
    if (*found) return (*found)->id;
  }
  return operation.verb == Verb::create || operation.verb == Verb::update ? new_resource_id() : std::string{};
}

std::optional<Refusal> put_names(Operation& operation, const Names& names, Connection& connection,
                                 const Context& context) {
  if (operation.body.empty() || operation.verb == Verb::patch) return {};
  auto json = fhir::read_exactly(operation.body);
  if (!json) return refuse(Why::malformed, IssueType::structure, json.error().cause).value();
  const auto changed = Rewriting{names, connection, context}.rewrite(*json);
  if (!changed) return changed.error();
  if (*changed) operation.body = fhir::write_exactly(*json);
  return {};
}

Outcome<ReadyOperation> ready_with_id(Operation operation, const std::string& id, const Context& context) {
  auto ready = make_ready(std::move(operation), context);
  // The id that the other entries have been told.
  if (ready && ready->prepared && ready->prepared->id != id && !id.empty()) {
    auto resource = read_resource(ready->operation.body, ready->operation.type);
    if (!resource) return tl::unexpected(std::move(resource.error()));
    auto prepared = prepare(ready->operation.body, std::move(*resource), id, context.numbers);
    if (!prepared) return tl::unexpected(std::move(prepared.error()));
    ready->prepared = std::move(*prepared);
  }
  return ready;
}

}  // namespace

bool looks_into_record(const std::vector<TransactionEntry>& entries) {
  return std::any_of(entries.begin(), entries.end(), [](const TransactionEntry& entry) {
    const auto& body = entry.operation.body;
    return !entry.operation.condition.empty() || body.find("?") != std::string::npos;
  });
}

Outcome<ReadyTransaction> make_ready(std::vector<TransactionEntry> entries, Connection& connection,
                                     const Context& context) {
  Names names;
  std::vector<std::string> ids;
  std::set<std::string> touched;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Operation& operation = entries[i].operation;
    auto id = id_of(operation, connection, context);
    if (!id) return tl::unexpected(in_entry(i, std::move(id.error())));
    const std::string name = operation.type + "/" + *id;
    if (!id->empty() && !touched.insert(name).second && operation.verb != Verb::create) {
      return tl::unexpected(in_entry(
          i,
          refuse(Why::malformed, IssueType::invariant, "another entry changes the same resource").value()));
    }
    if (!entries[i].full_url.empty() && !names.emplace(entries[i].full_url, name).second) {
      return tl::unexpected(in_entry(
          i, refuse(Why::malformed, IssueType::invariant, "another entry has the same fullUrl").value()));
    }
    ids.push_back(std::move(*id));
  }
  ReadyTransaction transaction;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Operation& operation = entries[i].operation;
    if (auto refusal = put_names(operation, names, connection, context)) {
      return tl::unexpected(in_entry(i, std::move(*refusal)));
    }
    auto ready = ready_with_id(std::move(operation), ids[i], context);
    if (!ready) return tl::unexpected(in_entry(i, std::move(ready.error())));
    transaction.operations.push_back(std::move(*ready));
  }
  return transaction;
}

Outcome<std::vector<Done>> perform(const WriteSession& session, const Context& context,
                                   const ReadyTransaction& transaction) {
  const auto& operations = transaction.operations;
  std::vector<Done> done(operations.size());
  std::vector<Target> references;
  for (const auto& verbs :
       {std::set{Verb::remove}, std::set{Verb::create}, std::set{Verb::update, Verb::patch}}) {
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (verbs.count(operations[i].operation.verb) == 0) continue;
      std::vector<Target> own;
      auto one = perform(session, context, operations[i], own);
      if (!one) return tl::unexpected(in_entry(i, std::move(one.error())));
      done[i] = std::move(*one);
      for (Target& target : own) {
        target.expression = "Bundle.entry[" + std::to_string(i) + "].resource";
        references.push_back(std::move(target));
      }
    }
  }
  if (context.check_references) {
    if (auto refusal = check_references(session.connection, context.numbers, references)) {
      return tl::unexpected(std::move(*refusal));
    }
  }
  return done;
}

}  // namespace reprise::record
