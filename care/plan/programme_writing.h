// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "care/plan/programme_draft.h"

// Writes a programme. A part of a resource is written anew only where the draft says something else than the
// record: what others wrote and this module does not know stays as it is.
namespace reprise::care {

/// The writer, the patient, and when.
struct DraftAuthor {
  std::string patient;       ///< id
  std::string practitioner;  ///< id
  std::string now;           ///< a FHIR dateTime
  bool simulated = false;    ///< the patient is no person
};

/// Writes what a ServiceRequest prescribes into `request`. `before`: the same as read from it; null if it is
/// new.
void write_prescription(const DraftItem& item, const DraftItem* before, const DraftExercise& exercise,
                        Json& request);

/// Builds the transaction that makes the record's programme that of the draft. It changes nothing that
/// another writer has changed meanwhile. Items without their exercise's file stay as they are. `plan_id`: a
/// UUID, made once for this sending, of a new CarePlan. `also`: entries that go along, as they are.
[[nodiscard]] Json programme_transaction(const RecordedProgramme& recorded, const ProgrammeDraft& draft,
                                         const DraftExercises& exercises, const DraftAuthor& author,
                                         const std::string& plan_id, const Json& also);

/// Builds a Bundle of the programme as it would be in the record, with the draft's keys as ids.
[[nodiscard]] Json programme_preview(const RecordedProgramme& recorded, const ProgrammeDraft& draft,
                                     const DraftExercises& exercises, const DraftAuthor& author);

}  // namespace reprise::care
