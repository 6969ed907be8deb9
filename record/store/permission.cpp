#include "record/store/permission.h"

#include "fhir/model/resource.h"
#include "record/search/index_rows.h"

namespace reprise::record {
namespace {

using Ids = std::vector<std::string>;

}  // namespace

bool Permission::may(std::string_view type, Need need) const {
  return !limits_ || reach_of(limits_->asker, type, need) != Reach::none;
}

bool Permission::may_all(std::string_view type, Need need) const {
  if (!limits_) return true;
  const Reach reach = reach_of(limits_->asker, type, need);
  return reach == Reach::all || (reach == Reach::patients && limits_->allowed.everybody);
}

Result<bool> Permission::may(Connection& connection, std::string_view type, Need need,
                             std::span<const std::string> compartments) const {
  if (!limits_ || record::may(limits_->asker, limits_->allowed, type, need, compartments)) return true;
  if (compartments.size() != 1 || !may_for_unassigned(limits_->asker, type, need)) return false;
  return is_unassigned(connection, compartments.front());
}

Outcome<std::optional<Ids>> Permission::patients_for(std::string_view type, Need need) const {
  if (!limits_) return std::optional<Ids>{};
  switch (reach_of(limits_->asker, type, need)) {
    case Reach::none: return forbidden();
    case Reach::all: return std::optional<Ids>{};
    case Reach::patients: break;
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
  auto reach = search_reach(limits_->asker, limits_->allowed, types);
  if (!reach.closed_types.empty()) return forbidden();
  return Scope{reach.everything, std::move(reach.patients), std::move(reach.open_types)};
}

Ids Permission::only_in_emergency(std::span<const std::string> patients) const {
  return limits_ ? record::only_in_emergency(limits_->allowed, patients) : Ids{};
}

Result<Ids> compartments_of_version(Connection& connection, const Numbers& numbers, const Stored& version) {
  const Stored* told = &version;
  Result<std::optional<Stored>> before = std::optional<Stored>{};
  if (!version.kept) {
    before = find_version(connection, numbers, version.type, version.id, version.version - 1);
    if (!before) return tl::unexpected(before.error());
    if (!*before || !(*before)->kept) return Ids{};
    told = &**before;
  }
  const auto resource = fhir::parse_resource(whole_text(*told));
  if (!resource) return tl::unexpected(resource.error());
  return compartments_in(index_rows(*resource, numbers), numbers, told->type);
}

tl::unexpected<Refusal> forbidden() {
  return refuse(Why::forbidden, fhir::IssueType::forbidden, "whoever asks may not do that");
}

}  // namespace reprise::record
