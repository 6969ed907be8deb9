// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "exercises/catalog.h"
#include "record/store/record.h"

namespace reprise::server {

/// The catalog content that a server adds to its record.
struct CatalogContent {
  std::vector<exercises::CatalogFile> exercises;
  std::vector<exercises::CatalogFile> questionnaires;  ///< in FHIR's form
  std::vector<exercises::CatalogFile> education;       ///< texts for patients
  std::vector<exercises::CatalogFile> rules;           ///< alert rules
  std::vector<exercises::CatalogFile> protocols;       ///< templates of programmes
  std::vector<exercises::CatalogFile> contraindications;
};

/// Adds missing ActivityDefinitions, Questionnaires, Libraries and PlanDefinitions to the record, by URL and
/// version. Existing ones stay, also if users edited them. `on_progress`: receives messages about unusable
/// files and the number of additions. Errors: those of the record.
[[nodiscard]] Result<void> seed_catalog(record::Record& record, const CatalogContent& catalog,
                                        const std::function<void(std::string_view)>& on_progress);

}  // namespace reprise::server
