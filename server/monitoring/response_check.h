// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/store/record.h"

namespace reprise::server {

/// Refuses a QuestionnaireResponse that contradicts its Questionnaire (fhir/validation/check_answers.h), in
/// the named version and in any status. An unknown questionnaire is not checked. Answers about pain and
/// warning signs are never refused: they get the tag `urn:reprise:tag|contradicts-questionnaire`. Must be
/// called before each change, within its transaction; other resources pass.
[[nodiscard]] record::Outcome<record::IndexedResource> check_answers(record::Record& record,
                                                                     const record::WriteTransaction& session,
                                                                     record::IndexedResource prepared);

}  // namespace reprise::server
