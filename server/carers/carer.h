// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fhir/model/json.h"
#include "record/accounts/account.h"
#include "server/reactions/reaction.h"

// A carer in the record: a RelatedPerson, and the patient's Consent that gives leave to help
// (docs/reference/fhir.md, "A carer"). The account decides access; these say who it is, and since when.
namespace reprise::server {

/// The leave that a patient gives.
struct CarerLeave {
  std::string patient;
  std::string name;  ///< of the carer, as the patient writes it
  std::string
      relationship;      ///< "spouse", "parent", "child", "sibling", "family", "friend", "neighbor", "other"
  std::string language;  ///< of the text, such as "de"
  std::string words;     ///< the whole text shown, and the answer
};

/// Returns the problem of a leave; nullopt if it is valid.
[[nodiscard]] std::optional<std::string> problem_in_leave(const CarerLeave& leave);

/// Builds the RelatedPerson. `when`: an instant.
[[nodiscard]] fhir::Json related_person(const CarerLeave& leave, bool simulated, const std::string& when);

/// Builds the Consent, of scope `patient-privacy`. It admits no clinician. `carer`: the RelatedPerson's id.
[[nodiscard]] fhir::Json carer_consent(const CarerLeave& leave, bool simulated, const std::string& when,
                                       const std::string& carer);

/// Returns the relationship's key, as in `CarerLeave`; "other" if the RelatedPerson has none of these.
[[nodiscard]] std::string_view relationship_of(const fhir::Json& related_person);

/// Ends a leave in the transaction: the account with its sessions, the RelatedPerson and the Consents. Does
/// nothing where it has ended. `by`: the account that ends it, for the audit log.
[[nodiscard]] std::optional<record::Refusal> end_carer(record::Record& record,
                                                       const record::WriteTransaction& session,
                                                       const record::Account& carer,
                                                       const record::AuditEntry& by);

/// Ends the leave of each carer whose RelatedPerson or Consent was ended or deleted by FHIR.
[[nodiscard]] std::optional<record::Refusal> follow_ended_carers(
    record::Record& record, const record::WriteTransaction& session,
    std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
