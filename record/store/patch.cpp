#include "record/store/patch.h"

#include "fhir/exact_json.h"
#include "fhir/resource.h"

namespace reprise::record {
namespace {

using fhir::IssueType;
using fhir::Json;

constexpr std::size_t kMostOperations = 1000;
constexpr std::size_t kMostValues = 1'000'000;

std::size_t count_values(const Json& json) {
  std::size_t count = 1;
  if (json.is_structured()) {
    for (const Json& one : json) count += count_values(one);
  }
  return count;
}

Outcome<Json> read_patch(std::string_view text) {
  const auto strict = fhir::parse_resource(text);
  auto patch = strict ? fhir::read_exactly(text) : strict;
  if (!patch) return refuse(Why::malformed, IssueType::structure, "the patch is not JSON");
  if (!patch->is_array())
    return refuse(Why::malformed, IssueType::structure, "a JSON Patch is a list of operations");
  if (patch->size() > kMostOperations) {
    return refuse(Why::too_large, IssueType::too_long,
                  "the patch has more than " + std::to_string(kMostOperations) + " operations");
  }
  return std::move(*patch);
}

}  // namespace

Outcome<std::string> patched(std::string_view resource, std::string_view text) {
  const auto patch = read_patch(text);
  if (!patch) return tl::unexpected(patch.error());
  auto json = fhir::read_exactly(resource);
  if (!json) return refuse(json.error());
  for (std::size_t i = 0; i < patch->size(); ++i) {
    // One at a time: the issue says which, and copies of copies are stopped before they fill the memory.
    try {
      json->patch_inplace(Json::array({(*patch)[i]}));
    } catch (const Json::exception&) {
      return refuse(
          Why::invalid, IssueType::value,
          "operation " + std::to_string(i) + " of the patch does not fit the resource, or its test fails");
    }
    const bool copies = (*patch)[i].value("op", std::string{}) == "copy";
    if (copies && count_values(*json) > kMostValues) {
      return refuse(Why::too_large, IssueType::too_long, "the patch makes the resource too large");
    }
  }
  return fhir::write_exactly(*json);
}

}  // namespace reprise::record
