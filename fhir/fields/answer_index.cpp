// SPDX-License-Identifier: Apache-2.0
#include "fhir/fields/answer_index.h"

#include "fhir/model/resource.h"

namespace reprise::fhir {
namespace {

constexpr const char* kIndexStage = "reading what the record answered";

std::string_view version_of(const Json& resource) {
  const Json* meta = json::field(resource, "meta");
  return meta == nullptr ? std::string_view{} : json::text_of(*meta, "versionId");
}

}  // namespace

Result<AnswerIndex> AnswerIndex::of(std::span<const std::string> answers) {
  AnswerIndex index;
  for (const std::string& answer : answers) {
    auto parsed = fhir::parse_resource(answer);
    if (!parsed) return tl::unexpected(parsed.error());
    if (auto added = index.add(std::move(*parsed)); !added) return tl::unexpected(added.error());
  }
  return index;
}

Result<void> AnswerIndex::add(Json&& resource) {
  const std::string type{json::text_of(resource, "resourceType")};
  if (type == "Bundle") {
    const auto entries = resource.find("entry");
    if (entries == resource.end() || !entries->is_array()) return {};
    for (Json& entry : *entries) {
      // A batch's answer holds searches as Bundles.
      if (json::field(entry, "resource") == nullptr) continue;
      if (auto added = add(std::move(entry["resource"])); !added) return added;
    }
    return {};
  }
  const std::string id{json::text_of(resource, "id")};
  if (type.empty() || id.empty()) return {};
  auto& of_type = resources_[type];
  const auto found = of_type.find(id);
  if (found == of_type.end()) {
    of_type.emplace(id, std::move(resource));
  } else if (version_of(found->second) != version_of(resource)) {
    return fail(ErrorCode::conflict, kIndexStage, "a " + type + " was changed between two answers",
                "ask the record again");
  }
  return {};
}

const Json* AnswerIndex::find(std::string_view type, std::string_view id) const {
  const auto of_type = resources_.find(type);
  if (of_type == resources_.end()) return nullptr;
  const auto found = of_type->second.find(id);
  return found == of_type->second.end() ? nullptr : &found->second;
}

std::vector<const Json*> AnswerIndex::all(std::string_view type) const {
  std::vector<const Json*> found;
  const auto of_type = resources_.find(type);
  if (of_type == resources_.end()) return found;
  for (const auto& [id, resource] : of_type->second) found.push_back(&resource);
  return found;
}

}  // namespace reprise::fhir
