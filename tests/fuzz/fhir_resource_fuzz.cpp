// SPDX-License-Identifier: Apache-2.0
// Hostile resources. A parsed resource keeps its meaning through serializing and parsing, and all issues make
// a valid OperationOutcome.
//
// An input that starts with '!' is a list of changes to a clean resource, three bytes each (which value, two
// bytes; what instead): random bytes alone hardly ever get past the parser.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "fhir/model/operation_outcome.h"
#include "fhir/model/resource.h"
#include "fhir/search/search_values.h"
#include "fhir/validation/check_answers.h"
#include "fhir/validation/links.h"
#include "fhir/validation/validate.h"

namespace {

using namespace reprise::fhir;

constexpr const char* kClean = R"json({
  "resourceType": "Bundle", "type": "collection", "timestamp": "2026-03-14T09:30:00Z",
  "entry": [{"fullUrl": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "resource": {
    "resourceType": "Observation", "id": "a", "meta": {"versionId": "1", "profile": ["http://example.org/p"]},
    "text": {"status": "generated", "div":
      "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p class='a'>b &amp; c <a href=\"#d\">e</a></p></div>"},
    "contained": [{"resourceType": "Patient", "id": "p", "name": [{"given": ["a", null],
      "_given": [null, {"extension": [{"url": "http://example.org/e", "valueCode": "masked"}]}]}],
      "birthDate": "1970-03", "photo": [{"contentType": "image/png", "data": "AAAA"}]}],
    "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "1-8"}]},
    "subject": {"reference": "#p"}, "performer": [{"reference": "Practitioner/1", "type": "Practitioner"}],
    "valueQuantity": {"value": 71.5, "unit": "deg", "system": "http://unitsofmeasure.org", "code": "deg"},
    "component": [{"code": {"text": "a"}, "valueInteger": 3}]}}]})json";

std::string changed(std::span<const std::uint8_t> changes) {
  static const Json kResource = parse_resource(kClean).value();
  static const std::array<Json, 16> kInstead = {nullptr,
                                                true,
                                                0,
                                                -1,
                                                0.5,
                                                "",
                                                "a",
                                                " ",
                                                "#p",
                                                "Group/1",
                                                "2026",
                                                "<div>a</div>",
                                                Json::array(),
                                                Json::array({nullptr}),
                                                Json::object(),
                                                Json::array({Json::object()})};
  std::vector<std::string> pointers;
  const Json flat = kResource.flatten();
  for (const auto& item : flat.items()) {
    // The value itself and every group that holds it.
    for (Json::json_pointer at(item.key()); !at.empty(); at = at.parent_pointer())
      pointers.push_back(at.to_string());
  }
  Json resource = kResource;
  for (std::size_t i = 0; i + 2 < changes.size() && i < 30; i += 3) {
    const Json::json_pointer at(pointers[(changes[i] * 256U + changes[i + 1]) % pointers.size()]);
    if (!resource.contains(at)) continue;
    Json& parent = resource[at.parent_pointer()];
    const Json value = resource[at];
    if (changes[i + 2] >= 0xF0 && parent.is_object()) {
      parent.erase(at.back());
    } else if (changes[i + 2] >= 0xE0 && parent.is_object()) {
      parent["_" + at.back()] = value;
    } else if (changes[i + 2] >= 0xD0) {
      resource[at] = Json::array({value, value});
    } else {
      resource[at] = kInstead[changes[i + 2] % kInstead.size()];
    }
  }
  return resource.dump();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const bool list_of_changes = size > 0 && data[0] == '!';
  const std::string text = list_of_changes ? changed({data + 1, size - 1})
                                           : std::string(reinterpret_cast<const char*>(data), size);
  const auto resource = parse_resource(text);
  if (!resource) {
    const std::vector<Issue> one = {to_issue(resource.error())};
    if (!validate(operation_outcome(one)).empty()) std::abort();
    return 0;
  }
  const auto again = parse_resource(resource->dump());
  if (!again || *again != *resource) std::abort();
  const auto issues = validate(*resource);
  if (!validate(operation_outcome(issues)).empty()) std::abort();
  // A link that becomes what it was changes nothing.
  Json linked = *resource;
  replace_links(linked, [](const Link& link) { return std::optional{std::string{link.text}}; });
  if (linked != *resource) std::abort();
  // One text as questionnaire and as its answers: both have items with linkIds.
  if (!validate(operation_outcome(check_answers(*resource, *resource))).empty()) std::abort();
  // No value of a resource, right or wrong, stops a search.
  const auto type = resource->is_object() ? resource->find("resourceType") : resource->end();
  if (type == resource->end() || !type->is_string()) return 0;
  for (const std::string_view of :
       {std::string_view{type->get_ref<const std::string&>()}, std::string_view{"Resource"}}) {
    for (const SearchParameter& parameter : search_parameters(of)) {
      if (search_values(parameter, *resource).size() > text.size()) std::abort();
    }
  }
  return 0;
}
