// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/payload/resource_part.h"

#include "fhir/model/lossless_json.h"
#include "fhir/validation/summary_elements.h"

namespace reprise::server {

std::string part_of(std::string text, const record::SearchQuery& query) {
  if (query.elements.empty() && query.summary == record::Summary::none) return text;
  const auto whole = fhir::parse_lossless(text);
  if (!whole) return text;
  switch (query.summary) {
    case record::Summary::summary: return fhir::write_exactly(fhir::summary_of(*whole));
    case record::Summary::text: return fhir::write_exactly(fhir::text_of_resource(*whole));
    case record::Summary::data: return fhir::write_exactly(fhir::without_text(*whole));
    default: return fhir::write_exactly(fhir::with_elements(*whole, query.elements));
  }
}

}  // namespace reprise::server
