#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"
#include "record/content/refusal.h"
#include "record/index/index_ids.h"
#include "record/index/index_rows.h"

namespace reprise::record {

/// A resource of this record that another one refers to.
struct Target {
  std::string type;  ///< empty: a urn, which names an entry of a transaction until it has its id
  std::string id;
  std::string expression;  ///< where it says so, as FHIRPath
  bool is_known = false;   ///< whoever writes knows of it: only that it is there is to be checked
};

/// A resource that may be written: read, checked, and taken apart, without a look at the database.
struct IndexedResource {
  std::string type;
  std::string id;
  std::string kept;
  IndexRows rows;
  std::vector<Target> references;  ///< to resources of this record ("Patient/17"), and by urn
};

/// The resource's JSON text: read and checked by R4's definitions. `type`: what it has to be.
[[nodiscard]] Outcome<fhir::Json> read_resource(std::string_view text, std::string_view type);

/// Takes apart a resource that `read_resource` gave for this text, under the id that it gets.
[[nodiscard]] Outcome<IndexedResource> prepare(std::string_view text, fhir::Json resource,
                                               std::string_view id, const IndexIds& index_ids);

/// The resources of this record that it refers to.
[[nodiscard]] std::vector<Target> references_in(const fhir::Json& resource, std::string_view type);

/// An id that no resource has: 128 bits, in order of time (RFC 9562, version 7).
[[nodiscard]] std::string new_resource_id();

/// Whether it is a UUID, which nobody guesses: 32 hexadecimal digits in five groups.
[[nodiscard]] bool is_uuid(std::string_view text);

/// Whether a resource may have it: at most 64 letters, digits, '-' and '.'.
[[nodiscard]] bool is_id(std::string_view text);

}  // namespace reprise::record
