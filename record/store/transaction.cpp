// SPDX-License-Identifier: Apache-2.0
#include "record/store/transaction.h"

#include <algorithm>
#include <map>
#include <set>

#include "fhir/model/lossless_json.h"
#include "fhir/model/primitive.h"
#include "fhir/model/reference.h"
#include "fhir/validation/links.h"
#include "record/store/bundle_references.h"

namespace reprise::record {
namespace {

using fhir::IssueType;

/// Frees the parsed form, and keeps none from now on: a transaction has thousands of versions.
void release_parsed(std::optional<Stored>& version) {
  if (!version) return;
  version->keeps_parsed = false;
  version->parsed.reset();
}

/// "Bundle.entry[1].resource.ofType(Patient).name" for "Patient.name".
std::string in_bundle(std::size_t entry, const std::string& expression) {
  const std::string place = "Bundle.entry[" + std::to_string(entry) + "]";
  if (expression.empty()) return place;
  const auto dot = std::min(expression.find('.'), expression.size());
  return place + ".resource.ofType(" + expression.substr(0, dot) + ")" + expression.substr(dot);
}

Refusal in_entry(std::size_t entry, Refusal refusal) {
  for (fhir::Issue& issue : refusal.issues) issue.expression = in_bundle(entry, issue.expression);
  return refusal;
}

std::string_view type_of_condition(std::string_view condition) {
  return condition.substr(0, condition.find('?'));
}

/// Returns the resource of an entry, as far as known before the write. `session`: null if no entry reads the
/// record.
Outcome<std::string> id_of(const Operation& operation, const WriteTransaction* session,
                           const Context& context) {
  if (!operation.id.empty()) return operation.id;
  if (!operation.condition.empty() && session != nullptr) {
    const auto found = find_only(session->connection, context, operation.type, operation.condition);
    if (!found) return tl::unexpected(found.error());
    if (*found) return (*found)->id;
    if (operation.verb == Verb::update) {
      const auto resource = fhir::Json::parse(operation.body, nullptr, false);
      const auto said = resource.is_object() ? resource.find("id") : resource.end();
      if (said != resource.end() && said->is_string() && fhir::is_id(said->get_ref<const std::string&>()))
        return said->get<std::string>();
    }
  }
  return operation.verb == Verb::create || operation.verb == Verb::update ? new_resource_id() : std::string{};
}

/// Prepares an operation under the id that the other entries use.
Outcome<PreparedOperation> ready_with_id(Operation operation, const std::string& id, const Context& context) {
  if (operation.verb == Verb::create) operation.id = id;
  auto ready = make_ready(std::move(operation), context);
  if (!ready || id.empty()) return ready;
  Operation& asked = ready->operation;
  if (!ready->resource.is_null()) {
    const auto said = ready->resource.find("id");
    if (said != ready->resource.end() && *said != id) {
      return refuse(RefusalKind::malformed, IssueType::invariant,
                    "the resource's id is not that of the one that was found", asked.type + ".id");
    }
    auto prepared = prepare(asked.body, std::move(ready->resource), id, context.index_ids);
    if (!prepared) return tl::unexpected(std::move(prepared.error()));
    ready->prepared = std::move(*prepared);
  }
  // Its condition is resolved. That of a creation is evaluated again, because it writes nothing on a match.
  if (asked.verb != Verb::create) {
    asked.id = id;
    asked.condition.clear();
  }
  return ready;
}

constexpr std::size_t kSteps = 3;

/// Orders deletions first, then creations, then the rest.
constexpr std::size_t step_of(Verb verb) {
  return verb == Verb::remove ? 0 : verb == Verb::create ? 1 : 2;
}

/// A transaction in preparation.
class Preparation {
 public:
  Preparation(std::vector<TransactionEntry> entries, const WriteTransaction* session, const Context& context)
      : entries_(std::move(entries)), session_(session), context_(context) {}

  Outcome<ReadyTransaction> make() {
    if (auto refusal = name_entries()) return tl::unexpected(std::move(*refusal));
    if (auto refusal = resolve_names()) return tl::unexpected(std::move(*refusal));
    if (!conditions_.empty()) {
      if (auto refusal = find_conditions()) return tl::unexpected(std::move(*refusal));
    }
    ReadyTransaction transaction;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      Operation& operation = entries_[i].operation;
      if (auto refusal = put_conditions(i)) return tl::unexpected(in_entry(i, std::move(*refusal)));
      auto ready = ready_with_id(std::move(operation), ids_[i], context_);
      if (!ready) return tl::unexpected(in_entry(i, std::move(ready.error())));
      transaction.operations.push_back(std::move(*ready));
    }
    transaction.ids = std::move(ids_);
    return transaction;
  }

 private:
  std::optional<Refusal> name_entries() {
    std::set<std::string> touched;
    std::map<std::string, std::string> same_condition;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Operation& operation = entries_[i].operation;
      auto id = id_of(operation, session_, context_);
      if (!id) return in_entry(i, std::move(id.error()));
      if (operation.verb == Verb::create && !operation.condition.empty()) {
        // The second of two equal creations finds the first.
        *id = same_condition.emplace(operation.type + "?" + operation.condition, *id).first->second;
      }
      const std::string name = operation.type + "/" + *id;
      if (!id->empty() && !touched.insert(name).second && operation.verb != Verb::create) {
        return in_entry(
            i, refuse(RefusalKind::malformed, IssueType::invariant, "another entry changes the same resource")
                   .value());
      }
      const bool created = operation.verb == Verb::create && operation.condition.empty();
      if (!entries_[i].full_url.empty() && !names_.add(entries_[i].full_url, name, created)) {
        return in_entry(
            i, refuse(RefusalKind::malformed, IssueType::invariant, "another entry has the same fullUrl")
                   .value());
      }
      ids_.push_back(std::move(*id));
    }
    return {};
  }

  std::optional<Refusal> rewrite(std::size_t i, const FindCondition& find) {
    Operation& operation = entries_[i].operation;
    if (operation.body.empty() || operation.verb == Verb::patch) return {};
    auto json = fhir::parse_lossless(operation.body);
    if (!json) return refuse(RefusalKind::malformed, IssueType::structure, json.error().cause).value();
    const auto changed = resolve_links(*json, entries_[i].full_url, names_, context_, find);
    if (!changed) return changed.error();
    if (*changed) operation.body = fhir::write_exactly(*json);
    return {};
  }

  /// Inserts the entries' full URLs and collects their conditions.
  std::optional<Refusal> resolve_names() {
    has_condition_.assign(entries_.size(), false);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      auto refusal = rewrite(i, [&](std::string_view condition) -> Outcome<std::string> {
        conditions_.emplace(condition, std::string{});
        has_condition_[i] = true;
        return std::string{condition};
      });
      if (refusal) return in_entry(i, std::move(*refusal));
    }
    return {};
  }

  std::optional<Refusal> put_conditions(std::size_t i) {
    if (!has_condition_[i]) return {};
    return rewrite(i, [&](std::string_view condition) -> Outcome<std::string> {
      const std::string& found = conditions_.find(condition)->second;
      if (!found.empty()) return found;
      return refuse(RefusalKind::precondition, IssueType::not_found,
                    "nothing fits the condition of a reference");
    });
  }

  /// Returns the types of conditions whose match the entries may change.
  [[nodiscard]] std::set<std::string_view> types_to_try() const {
    std::set<std::string_view> changed;
    for (const auto& entry : entries_) changed.insert(entry.operation.type);
    std::set<std::string_view> types;
    for (const auto& [condition, found] : conditions_) {
      // A chain depends on other types too.
      if (condition.find('.') != std::string::npos) return changed;
      const auto type = type_of_condition(condition);
      if (changed.count(type) != 0) types.insert(type);
    }
    return types;
  }

  std::optional<Refusal> find_conditions() {
    const auto types = types_to_try();
    if (types.empty()) return find_each();
    // Performed as a trial and undone, so that each resource is written once, with its final references.
    if (const auto set = session_->connection.set_savepoint(); !set) return refuse(set.error()).value();
    const std::int64_t next_pk = session_->next_pk;
    auto refusal = try_entries(types);
    if (!refusal) refusal = find_each();
    session_->next_pk = next_pk;
    const auto undone = session_->connection.undo_to_savepoint();
    if (!undone && !refusal) return refuse(undone.error()).value();
    return refusal;
  }

  std::optional<Refusal> find_each() {
    for (auto& [condition, target] : conditions_) {
      const auto type = type_of_condition(condition);
      const auto found = find_only(session_->connection, context_, type,
                                   std::string_view{condition}.substr(type.size() + 1));
      if (!found) return found.error();
      if (*found) target = (*found)->type + "/" + (*found)->id;
    }
    return {};
  }

  /// Authorization and validity are checked in the final run.
  std::optional<Refusal> try_entries(const std::set<std::string_view>& types) {
    const Context unlimited{context_.index_ids, false, {}, context_.since, context_.base};
    for (std::size_t step = 0; step < kSteps; ++step) {
      for (std::size_t i = 0; i < entries_.size(); ++i) {
        const Operation& asked = entries_[i].operation;
        if (step_of(asked.verb) != step || types.count(asked.type) == 0) continue;
        auto ready = ready_with_id(without_conditions(asked), ids_[i], unlimited);
        if (!ready) continue;
        std::vector<Target> references;
        auto done = perform(*session_, unlimited, *ready, references);
        if (!done &&
            (done.error().kind == RefusalKind::conflict || done.error().kind == RefusalKind::unavailable))
          return std::move(done.error());
      }
    }
    return {};
  }

  static Operation without_conditions(Operation operation) {
    if (operation.verb == Verb::patch || operation.body.empty()) return operation;
    auto json = fhir::parse_lossless(operation.body);
    if (!json) return operation;
    const bool changed = fhir::replace_links(*json, [](const fhir::Link& link) {
      const auto parsed = fhir::parse_reference(link.text);
      const bool conditional = link.kind == fhir::LinkKind::reference && parsed &&
                               parsed->form == fhir::ReferenceForm::conditional;
      return conditional ? std::optional<std::string>{"urn:uuid:00000000-0000-0000-0000-000000000000"}
                         : std::nullopt;
    });
    if (changed) operation.body = fhir::write_exactly(*json);
    return operation;
  }

  std::vector<TransactionEntry> entries_;
  const WriteTransaction* session_;
  const Context& context_;
  BundleNames names_;
  std::vector<std::string> ids_;
  std::map<std::string, std::string, std::less<>> conditions_;  // and their matches: "Patient/17"
  std::vector<bool> has_condition_;
};

}  // namespace

bool reads_record(const std::vector<TransactionEntry>& entries) {
  return std::any_of(entries.begin(), entries.end(), [](const TransactionEntry& entry) {
    const auto& body = entry.operation.body;
    return !entry.operation.condition.empty() || body.find("?") != std::string::npos;
  });
}

Outcome<ReadyTransaction> make_ready(std::vector<TransactionEntry> entries, const Context& context) {
  return Preparation{std::move(entries), nullptr, context}.make();
}

Outcome<ReadyTransaction> make_ready(std::vector<TransactionEntry> entries, const WriteTransaction& session,
                                     const Context& context) {
  return Preparation{std::move(entries), &session, context}.make();
}

Outcome<ReadyTransaction> apply_patches(ReadyTransaction transaction, Connection& connection,
                                        const Context& context) {
  for (std::size_t i = 0; i < transaction.operations.size(); ++i) {
    auto ready = apply_patch(std::move(transaction.operations[i]), connection, context);
    if (!ready) return tl::unexpected(in_entry(i, std::move(ready.error())));
    transaction.operations[i] = std::move(*ready);
  }
  return transaction;
}

Outcome<std::vector<ChangeResult>> perform(const WriteTransaction& session, const Context& context,
                                           const ReadyTransaction& transaction) {
  const auto& operations = transaction.operations;
  std::vector<ChangeResult> done(operations.size());
  std::vector<Target> references;
  for (std::size_t step = 0; step < kSteps; ++step) {
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (step_of(operations[i].operation.verb) != step) continue;
      std::vector<Target> own;
      auto one = perform(session, context, operations[i], own);
      if (!one) return tl::unexpected(in_entry(i, std::move(one.error())));
      if (one->stored && !transaction.ids[i].empty() && one->stored->id != transaction.ids[i]) {
        return tl::unexpected(in_entry(i, refuse(RefusalKind::precondition, IssueType::conflict,
                                                 "another entry changes what its condition finds")
                                              .value()));
      }
      done[i] = std::move(*one);
      release_parsed(done[i].stored);
      release_parsed(done[i].before);
      for (Target& target : own) {
        target.expression = in_bundle(i, target.expression);
        references.push_back(std::move(target));
      }
    }
  }
  if (auto refusal = check_references(session.connection, context, std::move(references), done))
    return tl::unexpected(std::move(*refusal));
  return done;
}

}  // namespace reprise::record
