#include "record/store/permission.h"

#include "record/index/index_rows.h"

namespace reprise::record {
namespace {

using Ids = std::vector<std::string>;

}  // namespace

bool Permission::may(std::string_view type, Need need) const {
  return !limits_ || access_scope(limits_->asker, type, need) != AccessScope::none;
}

bool Permission::may_all(std::string_view type, Need need) const {
  if (!limits_) return true;
  const AccessScope reach = access_scope(limits_->asker, type, need);
  return reach == AccessScope::all || (reach == AccessScope::patients && limits_->allowed.everybody);
}

Result<bool> Permission::may(Connection& connection, std::string_view type, Need need,
                             std::span<const std::string> compartments) const {
  if (!limits_ || record::may(limits_->asker, limits_->allowed, type, need, compartments)) return true;
  if (compartments.size() != 1 || !may_register(limits_->asker, type, need)) return false;
  return has_no_care_team(connection, compartments.front());
}

Outcome<std::optional<Ids>> Permission::patients_for(std::string_view type, Need need) const {
  if (!limits_) return std::optional<Ids>{};
  switch (access_scope(limits_->asker, type, need)) {
    case AccessScope::none: return forbidden();
    case AccessScope::all: return std::optional<Ids>{};
    case AccessScope::patients: break;
  }
  return limits_->allowed.everybody ? std::optional<Ids>{} : std::optional{limits_->allowed.patients};
}

Outcome<Scope> Permission::scope_of(const SearchQuery& query) const {
  if (!limits_) return Scope{};
  Ids types = {query.type};
  for (const Criterion& criterion : query.criteria) types.push_back(criterion.type);
  for (const Include& include : query.includes) {
    types.push_back(include.source_type);
    if (!include.target_type.empty()) types.push_back(include.target_type);
    if (include.target_type.empty() && !limits_->allowed.everybody) {
      // Each type that it might lead to would have to be asked for.
      return refuse(
          Why::forbidden, fhir::IssueType::forbidden,
          "_include and _revinclude must name the type that they lead to (Observation:subject:Patient)");
    }
  }
  auto reach = search_access(limits_->asker, limits_->allowed, types);
  if (!reach.closed_types.empty()) return forbidden();
  return Scope{reach.everything, std::move(reach.patients), std::move(reach.open_types)};
}

Ids Permission::only_in_emergency(std::span<const std::string> patients) const {
  return limits_ ? record::only_in_emergency(limits_->allowed, patients) : Ids{};
}

Result<Ids> compartments_of_version(Connection& connection, const IndexIds& index_ids,
                                    const Stored& version) {
  const Stored* told = &version;
  Result<std::optional<Stored>> before = std::optional<Stored>{};
  if (!version.kept) {
    before = find_version(connection, index_ids, version.type, version.id, version.version - 1);
    if (!before) return tl::unexpected(before.error());
    if (!*before || !(*before)->kept) return Ids{};
    told = &**before;
  }
  const auto resource = resource_of(*told);
  if (!resource) return tl::unexpected(resource.error());
  return compartments_in(index_rows(**resource, index_ids), index_ids, told->type);
}

tl::unexpected<Refusal> forbidden() {
  return refuse(Why::forbidden, fhir::IssueType::forbidden, "whoever asks may not do that");
}

}  // namespace reprise::record
