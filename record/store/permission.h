// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/access/authorization.h"
#include "record/content/refusal.h"
#include "record/search/query.h"
#include "record/search/scope.h"
#include "record/store/resources.h"

namespace reprise::record {

/// The permission of a request's principal on the record.
class Permission {
 public:
  /// Unrestricted, for a record without sign-in.
  Permission() = default;
  Permission(Principal principal, AccessiblePatients allowed)
      : limits_(Limits{std::move(principal), std::move(allowed)}) {}

  [[nodiscard]] bool unlimited() const { return !limits_; }
  /// Returns the principal; null for a record without sign-in.
  [[nodiscard]] const Principal* principal() const { return limits_ ? &limits_->principal : nullptr; }

  /// Returns whether the principal may access resources of this type at all.
  [[nodiscard]] bool may(std::string_view type, Need need) const;
  /// Returns whether the principal may access all resources of this type, for any patient.
  [[nodiscard]] bool may_all(std::string_view type, Need need) const;
  /// Returns whether the principal may access a resource in these patients' compartments.
  [[nodiscard]] Result<bool> may(Connection& connection, std::string_view type, Need need,
                                 std::span<const std::string> compartments) const;
  /// Returns the ids of the patients whose resources of this type are accessible, sorted; nullopt:
  /// unrestricted. Refuses if the type is not accessible at all.
  [[nodiscard]] Outcome<std::optional<std::vector<std::string>>> patients_for(std::string_view type,
                                                                              Need need) const;
  /// Returns the scope of a search. Refuses a search of an inaccessible type.
  [[nodiscard]] Outcome<Scope> scope_of(const SearchQuery& query) const;
  /// Returns those of the patients that are accessible only through emergency access.
  [[nodiscard]] std::vector<std::string> only_in_emergency(std::span<const std::string> patients) const;

 private:
  struct Limits {
    Principal principal;
    AccessiblePatients allowed;
  };
  std::optional<Limits> limits_;
};

/// Returns the patients in whose compartments a version is, by its own text; for a deletion, by that of the
/// previous version.
[[nodiscard]] Result<std::vector<std::string>> compartments_of_version(Connection& connection,
                                                                       const IndexIds& index_ids,
                                                                       const Stored& version);

[[nodiscard]] tl::unexpected<Refusal> forbidden();

}  // namespace reprise::record
