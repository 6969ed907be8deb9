#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "exercises/catalog.h"
#include "record/store/record.h"

namespace reprise::server {

/// What a server brings along for its record.
struct CatalogContent {
  std::vector<CatalogFile> exercises;
  std::vector<CatalogFile> questionnaires;  ///< as FHIR has them
  std::vector<CatalogFile> education;       ///< texts for patients
  std::vector<CatalogFile> rules;           ///< what makes a patient need attention
  std::vector<CatalogFile> protocols;       ///< templates of programmes
  std::vector<CatalogFile> contraindications;
};

/// Adds ActivityDefinitions, Questionnaires, Libraries and PlanDefinitions that the record lacks, by URL and
/// version. What is there stays as it is, whoever changed it. `tell`: is told of files that cannot be used,
/// and how many were added. Errors: those of the record.
[[nodiscard]] Result<void> seed_catalog(record::Record& record, const CatalogContent& knowledge,
                                        const std::function<void(std::string_view)>& tell);

}  // namespace reprise::server
