// SPDX-License-Identifier: Apache-2.0
#include "record/access/signed_note_policy.h"

#include <algorithm>
#include <string>

namespace reprise::record {
namespace {

using NoteJson = fhir::Json;

std::string_view status_of_note(const NoteJson& note) {
  const auto found = note.find("status");
  return found != note.end() && found->is_string() ? std::string_view{found->get_ref<const std::string&>()}
                                                   : std::string_view{};
}

bool is_signed_note(const NoteJson& note) {
  const std::string_view status = status_of_note(note);
  return status == "final" || status == "amended";
}

bool refers_to(const NoteJson& reference, const std::string& whom) {
  const auto found = reference.is_object() ? reference.find("reference") : reference.end();
  return reference.is_object() && found != reference.end() && *found == whom;
}

const NoteJson& list_in_note(const NoteJson& note, const char* name) {
  static const NoteJson kNone = NoteJson::array();
  const auto found = note.find(name);
  return found != note.end() && found->is_array() ? *found : kNone;
}

bool is_written_by(const NoteJson& note, const std::string& whom) {
  const NoteJson& authors = list_in_note(note, "author");
  return std::any_of(authors.begin(), authors.end(),
                     [&](const NoteJson& author) { return refers_to(author, whom); });
}

bool has_signed(const NoteJson& attester, const std::string& whom) {
  if (!attester.is_object()) return false;
  const auto mode = attester.find("mode");
  const auto party = attester.find("party");
  return mode != attester.end() && *mode == "legal" && attester.contains("time") && party != attester.end() &&
         refers_to(*party, whom);
}

bool is_signed_by(const NoteJson& note, const std::string& whom) {
  const NoteJson& attesters = list_in_note(note, "attester");
  return std::any_of(attesters.begin(), attesters.end(),
                     [&](const NoteJson& attester) { return has_signed(attester, whom); });
}

// No one attests for another person.
bool is_signed_only_by(const NoteJson& note, const std::string& whom) {
  const NoteJson& attesters = list_in_note(note, "attester");
  return std::all_of(attesters.begin(), attesters.end(),
                     [&](const NoteJson& attester) { return has_signed(attester, whom); });
}

// Compares without regard to the order of fields.
bool differs_in_status_alone(const NoteJson& before, NoteJson after) {
  after["status"] = before.at("status");
  return nlohmann::json(after) == nlohmann::json(before);
}

std::optional<std::string_view> refuse_change_of_signed(const Principal& principal, const NoteJson& before,
                                                        const NoteJson* after) {
  if (after == nullptr) return "a signed note is not deleted; its status may become entered-in-error";
  if (!is_signed_note(before) || status_of_note(*after) != "entered-in-error" ||
      !differs_in_status_alone(before, *after)) {
    return "a signed note cannot be edited; add another note that appends to it. Only its status may change, "
           "to "
           "entered-in-error";
  }
  const std::string self = "Practitioner/" + principal.person;
  if (principal.role == Role::clinician && !is_written_by(before, self) && !is_signed_by(before, self)) {
    return "only the author or signer of a note may mark it entered-in-error";
  }
  return {};
}

// Applies to clinicians; programs may import notes that were signed elsewhere.
std::optional<std::string_view> refuse_foreign_signature(const Principal& principal, const NoteJson* before,
                                                         const NoteJson& after) {
  const std::string self = "Practitioner/" + principal.person;
  const NoteJson& authors = list_in_note(after, "author");
  const auto is_self = [&](const NoteJson& author) { return refers_to(author, self); };
  if (before == nullptr &&
      !(is_written_by(after, self) && std::all_of(authors.begin(), authors.end(), is_self)))
    return "a clinician writes notes in their own name only";
  if (before != nullptr && list_in_note(*before, "author") != list_in_note(after, "author")) {
    return "the author of a note cannot change";
  }
  if (is_signed_note(after) ? !is_signed_by(after, self) || !is_signed_only_by(after, self)
                            : !list_in_note(after, "attester").empty()) {
    return "the signer of a final note must be the signed-in clinician: one attester, legal, with a time";
  }
  return {};
}

}  // namespace

std::optional<std::string_view> refuse_signed_note_change(const Principal& principal, const NoteJson* before,
                                                          const NoteJson* after) {
  if (before != nullptr && (is_signed_note(*before) || status_of_note(*before) == "entered-in-error")) {
    return refuse_change_of_signed(principal, *before, after);
  }
  if (after == nullptr || principal.role != Role::clinician) return {};
  return refuse_foreign_signature(principal, before, *after);
}

}  // namespace reprise::record
