// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "fhir/fields/fields.h"

namespace reprise::fhir {

/// A Bundle that is done whole or not at all, however often it is sent: each resource is created only where
/// none has its identifier yet.
class Transaction {
 public:
  Transaction();
  /// `identifier_system`, `identifier`: of the resource, and of no other. `full_url`: by which others of this
  /// Bundle refer to it; may be empty.
  void create(Json resource, std::string_view identifier_system, const std::string& identifier,
              const std::string& full_url = {});
  /// Writes a resource under its own id, which is made once: for what has no identifiers. The record makes no
  /// version of what it has already.
  void put(Json resource);
  /// Creates a resource, also if the record has it already. `full_url` as in `create`.
  void add(Json resource, const std::string& full_url);
  /// Writes the next version of a resource, if the record has no newer one than that in its `meta`.
  void update(Json resource);
  /// Appends an entry as it is.
  void append(Json entry);
  [[nodiscard]] Json take() && { return std::move(bundle_); }

 private:
  Json bundle_;
};

/// What the Observations of a Bundle call its first resource. Not the set's own UUID: a server puts the new
/// resource's address wherever that text stands, also in an identifier.
inline constexpr const char* kFirstInBundle = "urn:uuid:00000000-0000-4000-8000-000000000001";

}  // namespace reprise::fhir
