// SPDX-License-Identifier: Apache-2.0
#include "server/consents/find_consent.h"

#include "fhir/fields/answer_index.h"
#include "fhir/profiles/vocabulary.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {

record::Outcome<std::optional<bool>> find_consent(const record::Record& record,
                                                  record::Connection& connection, const std::string& patient,
                                                  care::ConsentKind kind) {
  const auto found =
      find_all(record, connection,
               record::QueryBuilder("Consent")
                   .code("status", "active")
                   .reference("patient", "Patient", patient)
                   .token("category", fhir::kConsentCategory, std::string{care::consent_code(kind)}));
  if (!found) return tl::unexpected(found.error());
  std::vector<std::string> texts;
  for (const fhir::Json& one : *found) texts.push_back(one.dump());
  const auto index = fhir::AnswerIndex::of(texts);
  if (!index) return record::refuse(index.error());
  return care::consented(*index, patient, kind);
}

}  // namespace reprise::server
