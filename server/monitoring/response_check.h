#pragma once

#include "record/store/record.h"

namespace reprise::server {

/// Refuses a QuestionnaireResponse that contradicts the Questionnaire that it answers
/// (fhir/validation/check_answers.h): in the version that it names, from the history where that is not the
/// newest, whatever its status is. A questionnaire that the record does not have is not checked. Answers
/// about pain and warning signs are never refused: they get the tag
/// `urn:reprise:tag|contradicts-questionnaire`. Other resources pass. To be called before each change, within
/// its transaction.
[[nodiscard]] record::Outcome<record::IndexedResource> check_answers(record::Record& record,
                                                                     const record::WriteTransaction& session,
                                                                     record::IndexedResource prepared);

}  // namespace reprise::server
