// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"
#include "record/content/refusal.h"
#include "record/index/index_ids.h"
#include "record/index/index_rows.h"

namespace reprise::record {

/// The target of a reference to a resource of this record.
struct Target {
  std::string type;  ///< empty for a urn, which names an entry of a transaction until it has its id
  std::string id;
  std::string expression;  ///< location of the reference, as FHIRPath
  bool is_known = false;   ///< the principal knows of it: only its existence is checked
};

/// A resource that is ready to be written: parsed, validated and indexed, without the database.
struct IndexedResource {
  std::string type;
  std::string id;
  std::string content;
  IndexRows rows;
  std::vector<Target> references;  ///< to resources of this record ("Patient/17"), and by urn
};

/// Parses and validates a resource by R4's definitions. `type`: the required type.
[[nodiscard]] Outcome<fhir::Json> read_resource(std::string_view text, std::string_view type);

/// Indexes a resource that `read_resource` returned for this text, under its id.
[[nodiscard]] Outcome<IndexedResource> prepare(std::string_view text, fhir::Json resource,
                                               std::string_view id, const IndexIds& index_ids);

/// Returns the references of a resource to this record.
[[nodiscard]] std::vector<Target> references_in(const fhir::Json& resource, std::string_view type);

/// Returns a new id: 128 bits, in order of time (RFC 9562, version 7).
[[nodiscard]] std::string new_resource_id();

}  // namespace reprise::record
