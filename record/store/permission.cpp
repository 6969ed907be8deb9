// SPDX-License-Identifier: Apache-2.0
#include "record/store/permission.h"

#include "record/index/index_rows.h"

namespace reprise::record {
namespace {

using Ids = std::vector<std::string>;

}  // namespace

bool Permission::may(std::string_view type, Need need) const {
  return !limits_ || access_scope(limits_->principal, type, need) != AccessScope::none;
}

bool Permission::may_all(std::string_view type, Need need) const {
  if (!limits_) return true;
  const AccessScope scope = access_scope(limits_->principal, type, need);
  return scope == AccessScope::all || (scope == AccessScope::patients && limits_->allowed.unrestricted);
}

Result<bool> Permission::may(Connection& connection, std::string_view type, Need need,
                             std::span<const std::string> compartments) const {
  if (!limits_ || record::may(limits_->principal, limits_->allowed, type, need, compartments)) return true;
  if (compartments.size() != 1 || !may_register(limits_->principal, type, need)) return false;
  return has_no_care_team(connection, compartments.front());
}

Outcome<std::optional<Ids>> Permission::patients_for(std::string_view type, Need need) const {
  if (!limits_) return std::optional<Ids>{};
  switch (access_scope(limits_->principal, type, need)) {
    case AccessScope::none: return forbidden();
    case AccessScope::all: return std::optional<Ids>{};
    case AccessScope::patients: break;
  }
  return limits_->allowed.unrestricted ? std::optional<Ids>{} : std::optional{limits_->allowed.patients};
}

Outcome<Scope> Permission::scope_of(const SearchQuery& query) const {
  if (!limits_) return Scope{};
  Ids types = {query.type};
  for (const Criterion& criterion : query.criteria) types.push_back(criterion.type);
  for (const Include& include : query.includes) {
    types.push_back(include.source_type);
    if (!include.target_type.empty()) types.push_back(include.target_type);
    if (include.target_type.empty() && !limits_->allowed.unrestricted) {
      // Access to every type that it might lead to would have to be checked.
      return refuse(
          RefusalKind::forbidden, fhir::IssueType::forbidden,
          "_include and _revinclude must name the type that they lead to (Observation:subject:Patient)");
    }
  }
  auto scope = search_access(limits_->principal, limits_->allowed, types);
  if (!scope.closed_types.empty()) return forbidden();
  return Scope{scope.everything, std::move(scope.patients), std::move(scope.open_types)};
}

Ids Permission::only_in_emergency(std::span<const std::string> patients) const {
  return limits_ ? record::only_in_emergency(limits_->allowed, patients) : Ids{};
}

Result<Ids> compartments_of_version(Connection& connection, const IndexIds& index_ids,
                                    const Stored& version) {
  const Stored* told = &version;
  Result<std::optional<Stored>> before = std::optional<Stored>{};
  if (!version.content) {
    before = find_version(connection, index_ids, version.type, version.id, version.version - 1);
    if (!before) return tl::unexpected(before.error());
    if (!*before || !(*before)->content) return Ids{};
    told = &**before;
  }
  const auto resource = resource_of(*told);
  if (!resource) return tl::unexpected(resource.error());
  return compartments_in(index_rows(**resource, index_ids), index_ids, told->type);
}

tl::unexpected<Refusal> forbidden() {
  return refuse(RefusalKind::forbidden, fhir::IssueType::forbidden,
                "the principal is not authorized for this");
}

}  // namespace reprise::record
