// SPDX-License-Identifier: Apache-2.0
#include "record/content/patch.h"

#include "fhir/model/lossless_json.h"
#include "fhir/model/resource.h"

namespace reprise::record {
namespace {

using fhir::IssueType;

constexpr std::size_t kMostOperations = 1000;
// Limit of the bytes that the "copy" operations of one patch may add: copies of copies grow without input.
constexpr std::size_t kMostCopiedBytes = 1024UL * 1024;
constexpr std::size_t kBytesOfValue = 50;  // permits about 20,000 copied values

/// Estimates the memory of a value for the limit. Stops beyond `most`.
std::size_t size_of(const Json& json, std::size_t most) {
  std::size_t size = kBytesOfValue;
  if (json.is_string()) size += json.get_ref<const std::string&>().size();
  if (json.is_structured()) {
    for (const Json& one : json) {
      if (size > most) break;
      size += size_of(one, most);
    }
  }
  return size;
}

/// Returns the bytes that an operation copies; 0 if it is not a valid copy, which applying it reports.
std::size_t copied_bytes(const Json& operation, const Json& resource, std::size_t most) {
  const auto op = operation.is_object() ? operation.find("op") : operation.end();
  if (op == operation.end() || *op != "copy") return 0;
  const auto from = operation.find("from");
  if (from == operation.end() || !from->is_string()) return 0;
  const Json::json_pointer place{from->get<std::string>()};
  return resource.contains(place) ? size_of(resource.at(place), most) : 0;
}

Outcome<Json> read_patch(std::string_view text) {
  const auto strict = fhir::parse_resource(text);
  auto patch = strict ? fhir::parse_lossless(text) : strict;
  if (!patch) return refuse(RefusalKind::malformed, IssueType::structure, "the patch is not JSON");
  if (!patch->is_array())
    return refuse(RefusalKind::malformed, IssueType::structure, "a JSON Patch is a list of operations");
  if (patch->size() > kMostOperations) {
    return refuse(RefusalKind::too_large, IssueType::too_long,
                  "the patch has more than " + std::to_string(kMostOperations) + " operations");
  }
  return std::move(*patch);
}

}  // namespace

Outcome<std::string> patched(std::string_view resource, std::string_view text) {
  const auto patch = read_patch(text);
  if (!patch) return tl::unexpected(patch.error());
  auto json = fhir::parse_lossless(resource);
  if (!json) return refuse(json.error());
  std::size_t copied = 0;
  for (std::size_t i = 0; i < patch->size(); ++i) {
    // One at a time, so that the issue names the operation, and copies are stopped before they fill the
    // memory.
    try {
      copied += copied_bytes((*patch)[i], *json, kMostCopiedBytes);
      if (copied > kMostCopiedBytes) {
        return refuse(RefusalKind::too_large, IssueType::too_costly, "the patch copies too much");
      }
      json->patch_inplace(Json::array({(*patch)[i]}));
    } catch (const Json::exception&) {
      return refuse(
          RefusalKind::invalid, IssueType::value,
          "operation " + std::to_string(i) + " of the patch does not fit the resource, or its test fails");
    }
  }
  return fhir::write_exactly(*json);
}

}  // namespace reprise::record
