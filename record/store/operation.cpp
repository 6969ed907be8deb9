#include "record/store/operation.h"

#include <array>

#include "fhir/resource.h"
#include "record/access/authorship.h"
#include "record/access/note_lock.h"
#include "record/search/read_query.h"
#include "record/search/search.h"
#include "record/store/patch.h"
#include "record/store/simulated.h"

namespace reprise::record {
namespace {

using fhir::IssueType;

/// The text for an update has to say the id of its address.
std::optional<Refusal> check_id(const Operation& operation, const fhir::Json& resource) {
  if (operation.verb != Verb::update || operation.id.empty()) return {};
  const auto id = resource.find("id");
  if (id != resource.end() && *id == operation.id) return {};
  return refuse(Why::malformed, IssueType::invariant,
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

Need need_of(const std::optional<Stored>& current) {
  return current && current->kept ? Need::update : Need::create;
}

/// Refuses what is said in somebody else's name, as it is or as it is to be.
std::optional<Refusal> check_author(const Context& context, const Stored& stored, Need need) {
  const Asker* asker = context.permission.asker();
  if (asker == nullptr || need == Need::erase || !stored.kept) return {};
  // What clinicians ask for bears their name; others may go on with it.
  const bool asks = asker->role == Role::clinician && stored.type == "Task" && need == Need::create;
  if (asker->role != Role::patient && !asks) return {};
  const auto resource = fhir::parse_resource(whole_text(stored));
  if (!resource) return refuse(resource.error()).value();
  if (is_in_own_name(*asker, *resource)) return {};
  return refuse(Why::forbidden, IssueType::forbidden,
                asks ? "a clinician asks in the own name only" : "a patient writes in the own name only",
                stored.type)
      .value();
}

/// Without what the record says itself of each version.
Outcome<std::optional<fhir::Json>> said_in(const std::optional<Stored>& stored) {
  if (!stored || !stored->kept) return std::optional<fhir::Json>{};
  auto resource = fhir::parse_resource(whole_text(*stored));
  if (!resource) return refuse(resource.error());
  for (const char* own : {"versionId", "lastUpdated"}) (*resource)["meta"].erase(own);
  return std::optional{std::move(*resource)};
}

/// Refuses to change a note that was signed, or to sign in somebody else's name. `after`: nothing: a
/// deletion.
std::optional<Refusal> check_note(const Context& context, std::string_view type,
                                  const std::optional<Stored>& before, const std::optional<Stored>& after) {
  const Asker* asker = context.permission.asker();
  if (asker == nullptr || type != "Composition") return {};
  const auto was = said_in(before);
  if (!was) return was.error();
  const auto is = said_in(after);
  if (!is) return is.error();
  const auto why = why_note_stays(*asker, *was ? &**was : nullptr, *is ? &**is : nullptr);
  if (!why) return {};
  return refuse(Why::invalid, IssueType::business_rule, std::string{*why}, "Composition").value();
}

/// Refuses what the asker may not do with the resource as it is.
std::optional<Refusal> check_current(Connection& connection, const Context& context, std::string_view type,
                                     const std::optional<Stored>& current, Need need) {
  if (context.permission.unlimited()) return {};
  if (!context.permission.may(type, need)) return forbidden().value();
  if (!current) return {};
  const auto compartments = compartments_of_version(connection, context.numbers, *current);
  if (!compartments) return refuse(compartments.error()).value();
  const auto may = context.permission.may(connection, type, need, *compartments);
  if (!may) return refuse(may.error()).value();
  return *may ? check_author(context, *current, need) : std::optional{forbidden().value()};
}

/// Refuses a new resource that the asker may not make. Before it is written: somebody's first care team would
/// not be the first any more.
std::optional<Refusal> check_new(Connection& connection, const Context& context, const Prepared& prepared,
                                 Need need) {
  if (need != Need::create) return {};
  const auto may = context.permission.may(connection, prepared.type, need,
                                          compartments_in(prepared.rows, context.numbers, prepared.type));
  if (!may) return refuse(may.error()).value();
  return *may ? std::optional<Refusal>{} : std::optional{forbidden().value()};
}

/// The resource as it is, where an update says just that: nothing is written then, and who may read it may
/// say it again, as a device does that lost the answer.
Outcome<std::optional<Done>> said_again(const WriteSession& session, const Context& context,
                                        const Prepared& prepared, const Condition& state) {
  if (state.version || state.absent) return std::optional<Done>{};
  auto current = find_resource(session.connection, context.numbers, prepared.type, prepared.id);
  if (!current) return refuse(current.error());
  if (!*current || (*current)->kept != prepared.kept) return std::optional<Done>{};
  if (auto refusal = check_current(session.connection, context, prepared.type, *current, Need::read)) {
    return tl::unexpected(std::move(*refusal));
  }
  auto patients = compartments_of(session.connection, context.numbers, **current);
  if (!patients) return refuse(patients.error());
  return Done{std::move(**current), false, true, std::move(*patients)};
}

Outcome<Done> write(const WriteSession& session, const Context& context, Prepared prepared, Verb verb,
                    const Condition& state, std::vector<Target>& references) {
  if (context.before != nullptr && *context.before) {
    auto seen = (*context.before)(session, std::move(prepared));
    if (!seen) return tl::unexpected(std::move(seen.error()));
    prepared = std::move(*seen);
  }
  if (verb == Verb::update) {
    auto again = said_again(session, context, prepared, state);
    if (!again) return tl::unexpected(std::move(again.error()));
    if (*again) return std::move(**again);
  }
  references.insert(references.end(), prepared.references.begin(), prepared.references.end());
  Need need = Need::create;
  std::optional<Stored> before;
  if (!context.permission.unlimited()) {
    auto current = find_resource(session.connection, context.numbers, prepared.type, prepared.id);
    if (!current) return refuse(current.error());
    before = std::move(*current);
    need = need_of(before);
    if (auto refusal = check_current(session.connection, context, prepared.type, before, need)) {
      return tl::unexpected(std::move(*refusal));
    }
    if (auto refusal = check_new(session.connection, context, prepared, need)) {
      return tl::unexpected(std::move(*refusal));
    }
  }
  auto written = put(session, context.numbers, std::move(prepared), method_of(verb), state);
  if (!written) return tl::unexpected(std::move(written.error()));
  // And what may not be made of it.
  auto refusal = need == Need::create ? check_author(context, written->stored, need)
                                      : check_current(session.connection, context, written->stored.type,
                                                      written->stored, need);
  if (refusal) return tl::unexpected(std::move(*refusal));
  if (auto locked = check_note(context, written->stored.type, before, written->stored)) {
    return tl::unexpected(std::move(*locked));
  }
  return Done{std::move(written->stored), written->created, false, std::move(written->patients)};
}

/// The resource after the patch.
Outcome<Prepared> prepare_patched(Connection& connection, const Context& context, const Operation& operation,
                                  const std::optional<Stored>& current) {
  if (!current) return refuse(Why::not_found, IssueType::not_found, "there is no such resource");
  // Before anything is told of its content, as by a patch that tests it.
  if (auto refusal = check_current(connection, context, operation.type, current, Need::update)) {
    return tl::unexpected(std::move(*refusal));
  }
  if (!current->kept) return refuse(Why::deleted, IssueType::deleted, "the resource is deleted");
  const std::string& id = current->id;
  auto text = patched(whole_text(*current), operation.body);
  if (!text) return tl::unexpected(text.error());
  auto resource = read_resource(*text, operation.type);
  if (!resource) return tl::unexpected(std::move(resource.error()));
  if (!resource->contains("id") || (*resource)["id"] != id) {
    return refuse(Why::invalid, IssueType::invariant, "a patch may not change the id",
                  operation.type + ".id");
  }
  if (context.simulated) {
    if (auto refusal = tag_as_simulated(*text, *resource)) return tl::unexpected(std::move(*refusal));
  }
  return prepare(*text, std::move(*resource), id, context.numbers);
}

Outcome<Done> perform_patch(const WriteSession& session, const Context& context, const ReadyOperation& ready,
                            const std::string& id, std::vector<Target>& references) {
  const Operation& operation = ready.operation;
  const auto current = find_resource(session.connection, context.numbers, operation.type, id);
  if (!current) return refuse(current.error());
  if (ready.patched_version &&
      (!*current || (*current)->version != *ready.patched_version || ready.prepared->id != id)) {
    return refuse(Why::moved, IssueType::conflict, "somebody else changed the resource just now; try again");
  }
  auto prepared = ready.patched_version ? Outcome<Prepared>{*ready.prepared}
                                        : prepare_patched(session.connection, context, operation, *current);
  if (!prepared) return tl::unexpected(std::move(prepared.error()));
  return write(session, context, std::move(*prepared), Verb::patch, operation.state, references);
}

Outcome<Done> perform_remove(const WriteSession& session, const Context& context, const Operation& operation,
                             const std::string& id) {
  if (!context.permission.unlimited()) {
    const auto current = find_resource(session.connection, context.numbers, operation.type, id);
    if (!current) return refuse(current.error());
    if (auto refusal = check_current(session.connection, context, operation.type, *current, Need::erase)) {
      return tl::unexpected(std::move(*refusal));
    }
    if (auto refusal = check_note(context, operation.type, *current, {})) {
      return tl::unexpected(std::move(*refusal));
    }
  }
  auto removed = remove(session, context.numbers, operation.type, id, operation.state);
  if (!removed) return tl::unexpected(std::move(removed.error()));
  if (!*removed) return Done{};
  return Done{std::move((*removed)->stored), false, false, std::move((*removed)->patients)};
}

Outcome<Prepared> prepared_for(const ReadyOperation& ready, const std::string& id, const Context& context) {
  if (ready.prepared) return *ready.prepared;
  const auto said = ready.resource.find("id");
  if (ready.operation.verb == Verb::update && said != ready.resource.end() && *said != id) {
    return refuse(Why::malformed, IssueType::invariant,
                  "the resource's id is not that of the one that was found", ready.operation.type + ".id");
  }
  return prepare(ready.operation.body, ready.resource, id, context.numbers);
}

}  // namespace

Outcome<std::optional<Stored>> find_only(Connection& connection, const Context& context,
                                         std::string_view type, std::string_view condition) {
  const std::array<std::string_view, 1> forms = {condition};
  auto read = read_query(type, forms, {.lenient = false, .now_ms = milliseconds_now(), .base = {}});
  if (!read.errors.empty()) return tl::unexpected(Refusal{Why::malformed, std::move(read.errors)});
  if (read.query.criteria.empty()) {
    return refuse(Why::malformed, IssueType::required,
                  "the condition says nothing by which a resource could be found");
  }
  read.query.count = 2;
  const auto scope = context.permission.scope_of(read.query);
  if (!scope) return tl::unexpected(scope.error());
  const auto page = search(connection, read.query, context.numbers, *scope);
  if (!page) return refuse(page.error());
  if (page->matches.empty()) return std::optional<Stored>{};
  if (page->matches.size() > 1) {
    return refuse(Why::precondition, IssueType::multiple_matches, "the condition fits several resources");
  }
  auto found = find_resource(connection, context.numbers, type, page->matches.front().id);
  if (!found) return refuse(found.error());
  return std::move(*found);
}

Outcome<ReadyOperation> make_ready(Operation operation, const Context& context) {
  ReadyOperation ready{std::move(operation), {}, {}, {}};
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
  auto prepared = prepare(asked.body, std::move(*resource), id, context.numbers);
  if (!prepared) return tl::unexpected(std::move(prepared.error()));
  ready.prepared = std::move(*prepared);
  return ready;
}

Outcome<ReadyOperation> apply_patch(ReadyOperation ready, Connection& connection, const Context& context) {
  const Operation& operation = ready.operation;
  if (operation.verb != Verb::patch) return ready;
  Outcome<std::optional<Stored>> current = std::optional<Stored>{};
  if (operation.condition.empty()) {
    auto found = find_resource(connection, context.numbers, operation.type, operation.id);
    if (!found) return refuse(found.error());
    current = std::move(*found);
  } else {
    current = find_only(connection, context, operation.type, operation.condition);
    if (!current) return tl::unexpected(std::move(current.error()));
  }
  if (!*current) return ready;
  auto prepared = prepare_patched(connection, context, operation, *current);
  if (!prepared) return tl::unexpected(std::move(prepared.error()));
  ready.prepared = std::move(*prepared);
  ready.patched_version = (*current)->version;
  return ready;
}

Outcome<Done> perform(const WriteSession& session, const Context& context, const ReadyOperation& ready,
                      std::vector<Target>& references) {
  const Operation& operation = ready.operation;
  std::string id = operation.id;
  if (!operation.condition.empty()) {
    auto found = find_only(session.connection, context, operation.type, operation.condition);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (*found) id = (*found)->id;
    if (*found && operation.verb == Verb::create) {
      auto patients = compartments_of(session.connection, context.numbers, **found);
      if (!patients) return refuse(patients.error());
      return Done{std::move(**found), false, true, std::move(*patients)};
    }
    if (!*found && operation.verb == Verb::patch) {
      return refuse(Why::not_found, IssueType::not_found, "nothing fits the condition");
    }
    if (!*found && operation.verb == Verb::remove) return Done{};
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
