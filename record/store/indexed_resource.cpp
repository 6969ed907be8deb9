// SPDX-License-Identifier: Apache-2.0
#include "record/store/indexed_resource.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <chrono>

#include "fhir/model/definitions.h"
#include "fhir/model/element_path.h"
#include "fhir/model/operation_outcome.h"
#include "fhir/model/reference.h"
#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"
#include "record/content/content.h"
#include "record/content/media_content.h"

namespace reprise::record {
namespace {

void collect_references(const fhir::Json& value, const fhir::ElementPath& place, std::vector<Target>& found) {
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i)
      collect_references(value[i], {place.parent, place.name, i}, found);
    return;
  }
  if (!value.is_object()) return;
  for (const auto& [name, field] : value.items()) {
    if (name != "reference" || !field.is_string()) {
      if (field.is_structured()) collect_references(field, {&place, name, {}}, found);
      continue;
    }
    const auto& text = field.get_ref<const std::string&>();
    const auto reference = fhir::parse_reference(text);
    if (text.rfind("urn:", 0) == 0) found.push_back({{}, {}, fhir::expression(place)});
    if (reference && reference->form == fhir::ReferenceForm::relative) {
      found.push_back({std::string{reference->type}, std::string{reference->id}, fhir::expression(place)});
    }
  }
}

}  // namespace

Outcome<fhir::Json> read_resource(std::string_view text, std::string_view type) {
  auto resource = fhir::parse_resource(text);
  if (!resource) {
    const RefusalKind kind =
        resource.error().code == ErrorCode::unsupported ? RefusalKind::too_large : RefusalKind::malformed;
    return tl::unexpected(Refusal{kind, {fhir::to_issue(resource.error())}});
  }
  const auto named = resource->is_object() ? resource->find("resourceType") : resource->end();
  if (resource->is_object() && named != resource->end() && named->is_string() &&
      named->get_ref<const std::string&>() != type &&
      fhir::find_resource(named->get_ref<const std::string&>())) {
    return refuse(RefusalKind::malformed, fhir::IssueType::invariant,
                  "the resource is not of the type of the address", "resourceType");
  }
  if (auto issues = fhir::validate(*resource); !issues.empty()) {
    return tl::unexpected(Refusal{RefusalKind::invalid, std::move(issues)});
  }
  if (auto issues = media_issues(*resource, type); !issues.empty()) {
    return tl::unexpected(Refusal{RefusalKind::invalid, std::move(issues)});
  }
  return std::move(*resource);
}

Outcome<IndexedResource> prepare(std::string_view text, fhir::Json resource, std::string_view id,
                                 const IndexIds& index_ids) {
  auto kept = content_text(text);
  if (!kept) return tl::unexpected(Refusal{RefusalKind::malformed, {fhir::to_issue(kept.error())}});
  resource["id"] = std::string{id};
  const auto type = resource["resourceType"].get<std::string>();
  return IndexedResource{type, std::string{id}, std::move(*kept), index_rows(resource, index_ids),
                         references_in(resource, type)};
}

std::vector<Target> references_in(const fhir::Json& resource, std::string_view type) {
  std::vector<Target> found;
  collect_references(resource, {nullptr, type, {}}, found);
  return found;
}

std::string new_resource_id() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  std::array<std::uint64_t, 2> bits{};
  ::randombytes_buf(bits.data(), sizeof(bits));
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", (ms >> 16U) & 0xFFFFFFFFU, ms & 0xFFFFU,
                     bits[0] & 0xFFFU, 0x8000U | ((bits[0] >> 16U) & 0x3FFFU), bits[1] & 0xFFFFFFFFFFFFU);
}

}  // namespace reprise::record
