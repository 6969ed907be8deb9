// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "record/store/change.h"
#include "record/store/permission.h"

namespace reprise::record {

/// Hook before each write, in the same transaction; may refuse or change the resource.
using BeforeWriting = std::function<Outcome<IndexedResource>(const WriteTransaction&, IndexedResource)>;

/// The record and the principal of an operation.
struct Context {
  const IndexIds& index_ids;
  bool check_references = true;           ///< whether referenced resources must exist in the record
  Permission permission = {};             ///< of the principal
  std::string since = {};                 ///< when the record was opened, as a FHIR instant
  std::string base = {};                  ///< the API's base URL for the client; may be empty
  bool simulated = false;                 ///< a demonstration: every written resource is tagged as simulated
  const BeforeWriting* before = nullptr;  ///< outlives the operation; may be null
};

enum class Verb { create, update, patch, remove };

/// A change of one resource, from a request or an entry of a transaction.
struct Operation {
  Verb verb = Verb::create;
  std::string type;
  std::string id;         ///< empty: a new one, or the one that matches `condition`
  std::string condition;  ///< a search's query: create only if none matches; otherwise the resource to change
  Precondition state;
  std::string body;  ///< a resource, or a JSON Patch
};

/// An operation prepared without the database.
struct PreparedOperation {
  Operation operation;
  fhir::Json resource;  ///< the resource to write, without its final id; null for a patch and a deletion
  std::optional<IndexedResource> prepared;      ///< set if its id is known already
  std::optional<std::int64_t> patched_version;  ///< of a patch: the version that `prepared` is based on
};

/// The result of an operation.
struct ChangeResult {
  std::optional<Stored> stored;  ///< nullopt if there was nothing to delete
  bool created = false;
  bool found = false;  ///< no write: a conditional create found one, or an update equals the current version
  std::vector<std::string> patients = {};  ///< the patients concerned
  std::optional<Stored> before = {};  ///< the previous version; nullopt if there was none, or nothing was
                                      ///< written
};

/// Parses and validates an operation.
[[nodiscard]] Outcome<PreparedOperation> make_ready(Operation operation, const Context& context);

/// Applies a JSON Patch to the resource as `connection` sees it, so that `perform` only compares its version.
/// Does nothing for other operations, or if there is no resource: `perform` reports that. Refuses like
/// `perform`.
[[nodiscard]] Outcome<PreparedOperation> apply_patch(PreparedOperation ready, Connection& connection,
                                                     const Context& context);

/// Performs the operation; may be repeated. `references`: collects references, to be checked once the whole
/// transaction is written. Refuses: moved (the resource has another version than the patch's base), and
/// invalid changes.
[[nodiscard]] Outcome<ChangeResult> perform(const WriteTransaction& session, const Context& context,
                                            const PreparedOperation& ready, std::vector<Target>& references);

/// Checks collected references. Refuses if a target does not exist or must not be known to the principal; the
/// two are indistinguishable. `done`: all results of the transaction.
[[nodiscard]] std::optional<Refusal> check_references(Connection& connection, const Context& context,
                                                      std::vector<Target> references,
                                                      std::span<const ChangeResult> done);

/// Returns the resource of the type that matches a search's query; nullopt if none does. Refuses:
/// precondition (several), malformed.
[[nodiscard]] Outcome<std::optional<Stored>> find_only(Connection& connection, const Context& context,
                                                       std::string_view type, std::string_view condition);

}  // namespace reprise::record
