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

/// What whoever sent a request may do with the record.
class Permission {
 public:
  /// Everything: where nobody signs in.
  Permission() = default;
  Permission(Principal asker, AccessiblePatients allowed)
      : limits_(Limits{std::move(asker), std::move(allowed)}) {}

  [[nodiscard]] bool unlimited() const { return !limits_; }
  /// Null: nobody in particular.
  [[nodiscard]] const Principal* asker() const { return limits_ ? &limits_->asker : nullptr; }

  /// Whether resources of this type may be used so at all.
  [[nodiscard]] bool may(std::string_view type, Need need) const;
  /// Whether all resources of this type may be used so, whomever they are about.
  [[nodiscard]] bool may_all(std::string_view type, Need need) const;
  /// Whether this one may be, by the patients in whose compartments it is.
  [[nodiscard]] Result<bool> may(Connection& connection, std::string_view type, Need need,
                                 std::span<const std::string> compartments) const;
  /// Of which patients resources of this type may be used so: their ids, sorted; nothing: of everybody, and
  /// what is of nobody. Refuses where the type may not be used so at all.
  [[nodiscard]] Outcome<std::optional<std::vector<std::string>>> patients_for(std::string_view type,
                                                                              Need need) const;
  /// What a search may show. Refuses one that touches a type that the asker must not search.
  [[nodiscard]] Outcome<Scope> scope_of(const SearchQuery& query) const;
  /// Those of these patients whose data may be used only because the glass was broken.
  [[nodiscard]] std::vector<std::string> only_in_emergency(std::span<const std::string> patients) const;

 private:
  struct Limits {
    Principal asker;
    AccessiblePatients allowed;
  };
  std::optional<Limits> limits_;
};

/// The patients in whose compartments a version is, by its own text; of a deletion, by that of the version
/// before.
[[nodiscard]] Result<std::vector<std::string>> compartments_of_version(Connection& connection,
                                                                       const IndexIds& index_ids,
                                                                       const Stored& version);

[[nodiscard]] tl::unexpected<Refusal> forbidden();

}  // namespace reprise::record
