#pragma once

#include <functional>
#include <string>
#include <vector>

#include "record/store/change.h"
#include "record/store/permission.h"

namespace reprise::record {

/// Sees each resource before it is written, in the same transaction; may refuse or change it.
using BeforeWriting = std::function<Outcome<IndexedResource>(const WriteTransaction&, IndexedResource)>;

/// What every operation knows of the record and of whoever asks.
struct Context {
  const IndexIds& index_ids;
  bool check_references = true;  ///< whether what a resource refers to must be in the record
  Permission permission = {};    ///< of whoever asks
  std::string since = {};        ///< when the record was opened, as FHIR writes times
  std::string base = {};         ///< the API's address as whoever asks knows it; may be empty
  bool simulated = false;        ///< a demonstration: everything that is written is tagged as simulated
  const BeforeWriting* before = nullptr;  ///< outlives the operation; null: nothing
};

enum class Verb { create, update, patch, remove };

/// A change of one resource, as a request or an entry of a transaction asks for it.
struct Operation {
  Verb verb = Verb::create;
  std::string type;
  std::string id;         ///< empty: a new one, or the one that fits `condition`
  std::string condition;  ///< a search's query: only if none fits (create), or which one (the others)
  Precondition state;
  std::string body;  ///< a resource, or a JSON Patch
};

/// An operation as far as it can be done without the database.
struct PreparedOperation {
  Operation operation;
  fhir::Json resource;  ///< what is written, without its final id; null for a patch and a deletion
  std::optional<IndexedResource> prepared;      ///< where its id is known already
  std::optional<std::int64_t> patched_version;  ///< of a patch: what `prepared` was made of
};

/// How an operation ended.
struct ChangeResult {
  std::optional<Stored> stored;  ///< nothing: there was nothing to delete
  bool created = false;
  bool found = false;  ///< wrote nothing: a conditional create found one, or an update said what is there
  std::vector<std::string> patients = {};  ///< whose data that is
  std::optional<Stored> before = {};  ///< the version before; nullopt: there was none, or nothing was written
};

/// Reads and checks what is to be written.
[[nodiscard]] Outcome<PreparedOperation> make_ready(Operation operation, const Context& context);

/// Applies a JSON Patch to the resource as `connection` shows it, so that `perform` has only to compare its
/// version. Changes nothing of other operations, and where there is nothing to apply it to: `perform` says
/// so. Refuses what `perform` would.
[[nodiscard]] Outcome<PreparedOperation> apply_patch(PreparedOperation ready, Connection& connection,
                                                     const Context& context);

/// Does it. Refuses: moved, where the resource has another version than the one that a patch was applied to;
/// and what is wrong with the change. May be repeated. `references`: collects what is referred to, to be
/// checked when all of a transaction is written.
[[nodiscard]] Outcome<ChangeResult> perform(const WriteTransaction& session, const Context& context,
                                            const PreparedOperation& ready, std::vector<Target>& references);

/// Refuses where something that is referred to is not in the record, or is nothing that the asker may know
/// of: the two are told alike. `done`: all that was written together.
[[nodiscard]] std::optional<Refusal> check_references(Connection& connection, const Context& context,
                                                      std::vector<Target> references,
                                                      std::span<const ChangeResult> done);

/// The one resource of the type that fits a search's query; nothing where none does. Refuses: precondition
/// (several), malformed.
[[nodiscard]] Outcome<std::optional<Stored>> find_only(Connection& connection, const Context& context,
                                                       std::string_view type, std::string_view condition);

}  // namespace reprise::record
