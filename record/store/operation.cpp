// SPDX-License-Identifier: Apache-2.0
#include "record/store/operation.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "fhir/model/resource.h"
#include "record/access/may_author.h"
#include "record/access/signed_note_policy.h"
#include "record/content/patch.h"
#include "record/content/simulated.h"
#include "record/search/parse_query.h"
#include "record/search/search.h"

namespace reprise::record {
namespace {

using fhir::IssueType;

/// Requires the id of the URL in the text of an update.
std::optional<Refusal> check_id(const Operation& operation, const fhir::Json& resource) {
  if (operation.verb != Verb::update || operation.id.empty()) return {};
  const auto id = resource.find("id");
  if (id != resource.end() && *id == operation.id) return {};
  return refuse(RefusalKind::malformed, IssueType::invariant,
                id == resource.end() ? "the resource has no id; an update needs the one of its address"
                                     : "the resource's id is not the one of the address",
                operation.type + ".id")
      .value();
}

std::string_view method_of(Verb verb) {
  switch (verb) {
    case Verb::create: return "POST";
    case Verb::update: return "PUT";
    case Verb::patch: return "PATCH";
    case Verb::remove: break;
  }
  return "DELETE";
}

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void erase_one(std::vector<std::string>& ids, const std::string& id) {
  ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
}

Need need_of(const std::optional<Stored>& current) {
  return current && current->content ? Need::update : Need::create;
}

/// The version without the record's own metadata; null for a deletion and where there is no version.
Outcome<std::shared_ptr<const fhir::Json>> content_of(const Stored* stored) {
  if (stored == nullptr || !stored->content) return std::shared_ptr<const fhir::Json>{};
  auto resource = resource_of(*stored);
  if (!resource) return refuse(resource.error());
  auto content = std::make_shared<fhir::Json>(**resource);
  for (const char* own : {"versionId", "lastUpdated"}) (*content)["meta"].erase(own);
  return content;
}

/// Refuses statements in another person's name, and changes of a signed note. `after`: null for a deletion.
std::optional<Refusal> check_author(const Context& context, std::string_view type, const Stored* before,
                                    const Stored* after) {
  const Principal* principal = context.permission.principal();
  const bool note = type == "Composition";
  if (principal == nullptr || (principal->role == Role::program && !note && type != "Flag")) return {};
  const auto was = content_of(before);
  if (!was) return was.error();
  const auto is = content_of(after);
  if (!is) return is.error();
  if (const auto why = note ? refuse_signed_note_change(*principal, was->get(), is->get()) : std::nullopt)
    return refuse(RefusalKind::invalid, IssueType::business_rule, std::string{*why}, "Composition").value();
  if (const auto why = refuse_foreign_author(*principal, was->get(), is->get()))
    return refuse(RefusalKind::forbidden, IssueType::forbidden, std::string{*why}, std::string{type}).value();
  return {};
}

/// The rights that imply knowledge of a resource's existence.
constexpr std::array<Need, 3> kKnowing = {Need::read, Need::update, Need::erase};

/// Returns whether the principal may know that this resource exists. `current`: its newest version. A
/// resource that the principal may not read behaves as absent in every request.
Outcome<bool> is_visible(Connection& connection, const Context& context,
                         const std::optional<Stored>& current) {
  if (!current || context.permission.unlimited()) return current.has_value();
  const auto compartments = current->content
                                ? compartments_of(connection, context.index_ids, *current)
                                : compartments_of_version(connection, context.index_ids, *current);
  if (!compartments) return refuse(compartments.error());
  for (const Need need : kKnowing) {
    const auto may = context.permission.may(connection, current->type, need, *compartments);
    if (!may) return refuse(may.error());
    if (*may) return true;
  }
  return false;
}

/// Returns the newest version, if the principal may know of it.
Outcome<std::optional<Stored>> find_visible(Connection& connection, const Context& context,
                                            std::string_view type, std::string_view id) {
  auto current = find_resource(connection, context.index_ids, type, id);
  if (!current) return refuse(current.error());
  const auto visible = is_visible(connection, context, *current);
  if (!visible) return tl::unexpected(visible.error());
  return *visible ? std::move(*current) : std::optional<Stored>{};
}

/// Refuses an operation on a resource in these compartments without the right to it.
std::optional<Refusal> check_may(Connection& connection, const Context& context, std::string_view type,
                                 Need need, const std::vector<std::string>& compartments) {
  const auto may = context.permission.may(connection, type, need, compartments);
  if (!may) return refuse(may.error()).value();
  return *may ? std::optional<Refusal>{} : std::optional{forbidden().value()};
}

/// Refuses an operation on the current resource without the right to it.
std::optional<Refusal> check_current(Connection& connection, const Context& context, const Stored& current,
                                     Need need) {
  if (context.permission.unlimited()) return {};
  const auto compartments = current.content ? compartments_of(connection, context.index_ids, current)
                                            : compartments_of_version(connection, context.index_ids, current);
  if (!compartments) return refuse(compartments.error()).value();
  return check_may(connection, context, current.type, need, *compartments);
}

/// Refuses a new resource without the right to create it. Must run before the write: afterwards a first care
/// team would no longer be the first. The existence of its patients is then no secret to the principal.
std::optional<Refusal> check_new(Connection& connection, const Context& context, IndexedResource& prepared) {
  auto compartments = compartments_in(prepared.rows, context.index_ids, prepared.type);
  for (Target& target : prepared.references) {
    target.is_known = target.type == "Patient" && contains(compartments, target.id);
  }
  if (prepared.type == "Patient") erase_one(compartments, prepared.id);
  return check_may(connection, context, prepared.type, Need::create, compartments);
}

/// Refuses an update that would create a resource, if its success or failure would reveal other resources. A
/// client's own id must be unguessable, or the client may see all resources of its type.
std::optional<Refusal> check_chosen_id(const Context& context, const IndexedResource& prepared,
                                       const Precondition& state, bool taken) {
  if (!context.permission.may(prepared.type, Need::create)) return forbidden().value();
  if (state.version)
    return refuse(RefusalKind::precondition, IssueType::conflict, "the resource does not exist").value();
  const bool sees_all = std::any_of(kKnowing.begin(), kKnowing.end(), [&](Need need) {
    return context.permission.may_all(prepared.type, need);
  });
  if (!taken && (is_uuid(lower_case(prepared.id)) || sees_all)) return {};
  return refuse(RefusalKind::forbidden, IssueType::forbidden,
                "there is nothing at this id that may be updated, and a new resource needs a UUID as its id",
                prepared.type + ".id")
      .value();
}

/// Drops the targets of the previous version from the check: they are not new, and the principal may no
/// longer see them.
void leave_out_known(std::vector<Target>& references, const Stored& before) {
  const auto resource = resource_of(before);
  if (!resource || !*resource) return;
  const auto old = references_in(**resource, before.type);
  const auto is_old = [&](const Target& target) {
    return std::any_of(old.begin(), old.end(), [&](const Target& known) {
      return known.type == target.type && known.id == target.id;
    });
  };
  references.erase(std::remove_if(references.begin(), references.end(), is_old), references.end());
}

/// Returns the current resource if an update equals it: nothing is written. A reader may resend it, as a
/// device does that lost the response.
Outcome<std::optional<ChangeResult>> resent(const WriteTransaction& session, const Context& context,
                                            const IndexedResource& prepared, const Precondition& state,
                                            const std::optional<Stored>& current) {
  if (state.version || state.absent || !current || current->content != prepared.content)
    return std::optional<ChangeResult>{};
  auto patients = compartments_of(session.connection, context.index_ids, *current);
  if (!patients) return refuse(patients.error());
  return ChangeResult{*current, false, true, std::move(*patients)};
}

/// Refuses an unauthorized change of `before` (nullopt: it does not exist) before the write.
std::optional<Refusal> check_before(const WriteTransaction& session, const Context& context,
                                    IndexedResource& prepared, const std::optional<Stored>& before,
                                    Need need) {
  if (!context.permission.may(prepared.type, need)) return forbidden().value();
  if (before) {
    if (auto refusal = check_current(session.connection, context, *before, need)) return refusal;
    if (before->content) leave_out_known(prepared.references, *before);
  }
  return need == Need::create ? check_new(session.connection, context, prepared) : std::nullopt;
}

Outcome<ChangeResult> write(const WriteTransaction& session, const Context& context, IndexedResource prepared,
                            Verb verb, const Precondition& state, std::vector<Target>& references) {
  if (context.before != nullptr && *context.before) {
    auto seen = (*context.before)(session, std::move(prepared));
    if (!seen) return tl::unexpected(std::move(seen.error()));
    prepared = std::move(*seen);
  }
  std::optional<Stored> before;
  Need need = Need::create;
  if (verb == Verb::update || !context.permission.unlimited()) {
    auto current = find_resource(session.connection, context.index_ids, prepared.type, prepared.id);
    if (!current) return refuse(current.error());
    const auto visible = is_visible(session.connection, context, *current);
    if (!visible) return tl::unexpected(visible.error());
    if (*visible) before = std::move(*current);
    if (before) before->keeps_parsed = true;
    if (verb == Verb::update && !before && !context.permission.unlimited()) {
      if (auto refusal = check_chosen_id(context, prepared, state, current->has_value()))
        return tl::unexpected(std::move(*refusal));
    }
  }
  if (verb == Verb::update) {
    auto again = resent(session, context, prepared, state, before);
    if (!again) return tl::unexpected(std::move(again.error()));
    if (*again) return std::move(**again);
  }
  if (!context.permission.unlimited()) {
    need = need_of(before);
    if (auto refusal = check_before(session, context, prepared, before, need))
      return tl::unexpected(std::move(*refusal));
  }
  references.insert(references.end(), prepared.references.begin(), prepared.references.end());
  auto written = put(session, context.index_ids, std::move(prepared), method_of(verb), state);
  if (!written) return tl::unexpected(std::move(written.error()));
  // Checks the written result too.
  if (need != Need::create) {
    if (auto refusal = check_may(session.connection, context, written->stored.type, need, written->patients))
      return tl::unexpected(std::move(*refusal));
  }
  if (auto refusal =
          check_author(context, written->stored.type, before ? &*before : nullptr, &written->stored))
    return tl::unexpected(std::move(*refusal));
  return ChangeResult{std::move(written->stored), written->created, false, std::move(written->patients),
                      before ? std::move(before) : std::move(written->before)};
}

/// Returns the patched resource. `current`: as far as the principal may know of it.
Outcome<IndexedResource> prepare_patched(Connection& connection, const Context& context,
                                         const Operation& operation, const std::optional<Stored>& current) {
  if (!context.permission.may(operation.type, Need::update)) return forbidden();
  if (!current) return refuse(RefusalKind::not_found, IssueType::not_found, "there is no such resource");
  // Checked first, because a patch can test the content.
  if (auto refusal = check_current(connection, context, *current, Need::update))
    return tl::unexpected(std::move(*refusal));
  if (!current->content) return refuse(RefusalKind::deleted, IssueType::deleted, "the resource is deleted");
  const std::string& id = current->id;
  auto text = patched(whole_text(*current), operation.body);
  if (!text) return tl::unexpected(text.error());
  auto resource = read_resource(*text, operation.type);
  if (!resource) return tl::unexpected(std::move(resource.error()));
  if (!resource->contains("id") || (*resource)["id"] != id) {
    return refuse(RefusalKind::invalid, IssueType::invariant, "a patch may not change the id",
                  operation.type + ".id");
  }
  if (context.simulated) {
    if (auto refusal = tag_as_simulated(*text, *resource)) return tl::unexpected(std::move(*refusal));
  }
  return prepare(*text, std::move(*resource), id, context.index_ids);
}

Outcome<ChangeResult> perform_patch(const WriteTransaction& session, const Context& context,
                                    const PreparedOperation& ready, const std::string& id,
                                    std::vector<Target>& references) {
  const Operation& operation = ready.operation;
  const auto current = find_visible(session.connection, context, operation.type, id);
  if (!current) return tl::unexpected(current.error());
  if (ready.patched_version &&
      (!*current || (*current)->version != *ready.patched_version || ready.prepared->id != id)) {
    return refuse(RefusalKind::moved, IssueType::conflict,
                  "another change of the resource was just made; try again");
  }
  auto prepared = ready.patched_version ? Outcome<IndexedResource>{*ready.prepared}
                                        : prepare_patched(session.connection, context, operation, *current);
  if (!prepared) return tl::unexpected(std::move(prepared.error()));
  return write(session, context, std::move(*prepared), Verb::patch, operation.state, references);
}

Outcome<ChangeResult> perform_remove(const WriteTransaction& session, const Context& context,
                                     const Operation& operation, const std::string& id) {
  if (!context.permission.unlimited()) {
    if (!context.permission.may(operation.type, Need::erase)) return forbidden();
    const auto current = find_visible(session.connection, context, operation.type, id);
    if (!current) return tl::unexpected(current.error());
    if (!*current && operation.state.version)
      return refuse(RefusalKind::precondition, IssueType::conflict, "the resource does not exist");
    if (!*current) return ChangeResult{};
    if (auto refusal = check_current(session.connection, context, **current, Need::erase))
      return tl::unexpected(std::move(*refusal));
    if (auto refusal = check_author(context, operation.type, &**current, nullptr))
      return tl::unexpected(std::move(*refusal));
  }
  auto removed = remove(session, context.index_ids, operation.type, id, operation.state);
  if (!removed) return tl::unexpected(std::move(removed.error()));
  if (!*removed) return ChangeResult{};
  return ChangeResult{std::move((*removed)->stored), false, false, std::move((*removed)->patients),
                      std::move((*removed)->before)};
}

Outcome<IndexedResource> prepared_for(const PreparedOperation& ready, const std::string& id,
                                      const Context& context) {
  if (ready.prepared) return *ready.prepared;
  const auto said = ready.resource.find("id");
  if (ready.operation.verb == Verb::update && said != ready.resource.end() && *said != id) {
    return refuse(RefusalKind::malformed, IssueType::invariant,
                  "the resource's id is not that of the one that was found", ready.operation.type + ".id");
  }
  return prepare(ready.operation.body, ready.resource, id, context.index_ids);
}

}  // namespace

Outcome<std::optional<Stored>> find_only(Connection& connection, const Context& context,
                                         std::string_view type, std::string_view condition) {
  const std::array<std::string_view, 1> forms = {condition};
  auto read = parse_query(type, forms, {.lenient = false, .now_ms = milliseconds_now(), .base = {}});
  if (!read.errors.empty()) return tl::unexpected(Refusal{RefusalKind::malformed, std::move(read.errors)});
  if (read.query.criteria.empty()) {
    return refuse(RefusalKind::malformed, IssueType::required,
                  "the condition says nothing by which a resource could be found");
  }
  read.query.count = 2;
  const auto scope = context.permission.scope_of(read.query);
  if (!scope) return tl::unexpected(scope.error());
  const auto page = search(connection, read.query, context.index_ids, *scope);
  if (!page) return refuse(page.error());
  if (page->matches.empty()) return std::optional<Stored>{};
  if (page->matches.size() > 1) {
    return refuse(RefusalKind::precondition, IssueType::multiple_matches,
                  "the condition fits several resources");
  }
  auto found = find_resource(connection, context.index_ids, type, page->matches.front().id);
  if (!found) return refuse(found.error());
  return std::move(*found);
}

std::optional<Refusal> check_references(Connection& connection, const Context& context,
                                        std::vector<Target> references, std::span<const ChangeResult> done) {
  if (!context.check_references) return {};
  const auto is_written = [&](const Target& target) {
    return std::any_of(done.begin(), done.end(), [&](const ChangeResult& one) {
      return one.stored && one.stored->content && one.stored->id == target.id &&
             one.stored->type == target.type;
    });
  };
  for (Target& target : references) target.is_known = target.is_known || is_written(target);
  return check_references(connection, context.index_ids, references, context.permission);
}

Outcome<PreparedOperation> make_ready(Operation operation, const Context& context) {
  PreparedOperation ready{std::move(operation), {}, {}, {}};
  const Operation& asked = ready.operation;
  if (asked.verb == Verb::patch || asked.verb == Verb::remove) return ready;
  auto resource = read_resource(asked.body, asked.type);
  if (!resource) return tl::unexpected(std::move(resource.error()));
  if (auto refusal = check_id(asked, *resource)) return tl::unexpected(std::move(*refusal));
  if (context.simulated) {
    if (auto refusal = tag_as_simulated(ready.operation.body, *resource))
      return tl::unexpected(std::move(*refusal));
  }
  const bool conditional_update = asked.verb == Verb::update && asked.id.empty();
  if (conditional_update) {
    ready.resource = std::move(*resource);
    return ready;
  }
  const std::string id = asked.id.empty() ? new_resource_id() : asked.id;
  auto prepared = prepare(asked.body, std::move(*resource), id, context.index_ids);
  if (!prepared) return tl::unexpected(std::move(prepared.error()));
  ready.prepared = std::move(*prepared);
  return ready;
}

Outcome<PreparedOperation> apply_patch(PreparedOperation ready, Connection& connection,
                                       const Context& context) {
  const Operation& operation = ready.operation;
  if (operation.verb != Verb::patch) return ready;
  Outcome<std::optional<Stored>> current = std::optional<Stored>{};
  if (operation.condition.empty()) {
    current = find_visible(connection, context, operation.type, operation.id);
  } else {
    current = find_only(connection, context, operation.type, operation.condition);
  }
  if (!current) return tl::unexpected(std::move(current.error()));
  if (!*current) return ready;
  auto prepared = prepare_patched(connection, context, operation, *current);
  if (!prepared) return tl::unexpected(std::move(prepared.error()));
  ready.prepared = std::move(*prepared);
  ready.patched_version = (*current)->version;
  return ready;
}

Outcome<ChangeResult> perform(const WriteTransaction& session, const Context& context,
                              const PreparedOperation& ready, std::vector<Target>& references) {
  const Operation& operation = ready.operation;
  std::string id = operation.id;
  if (!operation.condition.empty()) {
    auto found = find_only(session.connection, context, operation.type, operation.condition);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (*found) id = (*found)->id;
    if (*found && operation.verb == Verb::create) {
      auto patients = compartments_of(session.connection, context.index_ids, **found);
      if (!patients) return refuse(patients.error());
      return ChangeResult{std::move(**found), false, true, std::move(*patients)};
    }
    if (!*found && operation.verb == Verb::patch) {
      return refuse(RefusalKind::not_found, IssueType::not_found, "nothing fits the condition");
    }
    if (!*found && operation.verb == Verb::remove) return ChangeResult{};
  }
  if (operation.verb == Verb::patch) return perform_patch(session, context, ready, id, references);
  if (operation.verb == Verb::remove) return perform_remove(session, context, operation, id);
  if (id.empty()) {
    const auto said = ready.resource.find("id");
    id = ready.prepared                 ? ready.prepared->id
         : said != ready.resource.end() ? said->get<std::string>()
                                        : new_resource_id();
  }
  auto prepared = prepared_for(ready, id, context);
  if (!prepared) return tl::unexpected(std::move(prepared.error()));
  return write(session, context, std::move(*prepared), operation.verb, operation.state, references);
}

}  // namespace reprise::record
