// SPDX-License-Identifier: Apache-2.0
#include "server/consents/posture_photos.h"

#include <algorithm>
#include <set>

#include "base/base64.h"
#include "care/outcome/kept_jpeg.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"
#include "record/access/principal.h"
#include "record/store/erasure.h"
#include "server/consents/find_consent.h"
#include "server/reactions/stored_json.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

using fhir::Json;
using Refused = std::optional<record::Refusal>;
using WrittenChanges = std::span<const record::ChangeResult>;

constexpr const char* kDocumentReference = "DocumentReference";
constexpr const char* kBinary = "Binary";
constexpr std::string_view kErased = "entered-in-error";

/// A photo as its DocumentReference names it.
struct Photo {
  std::string patient;
  std::string binary;     ///< id; empty: none in this record
  bool erased = false;    ///< by its status
  bool is_plain = false;  ///< one picture, outside the DocumentReference
};

Refused no_photo(record::RefusalKind kind, const char* reason) {
  const auto type =
      kind == record::RefusalKind::forbidden ? fhir::IssueType::forbidden : fhir::IssueType::business_rule;
  return record::Refusal{kind, {{fhir::Severity::error, type, reason, kDocumentReference}}};
}

std::optional<Photo> photo_in(const Json* document) {
  if (document == nullptr ||
      !fhir::has_coding(json::field(*document, "type"), fhir::kDocument, fhir::kPosturePhotoCode))
    return {};
  Photo photo{std::string{fhir::id_in(json::field(*document, "subject"), "Patient")}, {}};
  photo.erased = json::text_of(*document, "status") == kErased;
  constexpr std::string_view kPrefix = "Binary/";
  const Json& contents = json::list_of(*document, "content");
  bool has_data = false;
  for (const Json& content : contents) {
    const Json* attachment = json::field(content, "attachment");
    if (attachment == nullptr) continue;
    has_data = has_data || json::field(*attachment, "data") != nullptr;
    const std::string_view url = json::text_of(*attachment, "url");
    if (url.substr(0, kPrefix.size()) == kPrefix) photo.binary = url.substr(kPrefix.size());
  }
  photo.is_plain = contents.size() == 1 && !has_data;
  return photo;
}

/// Returns a photo that counts: one that is not erased.
std::optional<Photo> kept_photo_in(const Json* document) {
  auto photo = photo_in(document);
  return photo && !photo->erased ? photo : std::nullopt;
}

/// Whether this transaction creates the picture: a JPEG of the same patient, without metadata. Its id is new:
/// earlier versions about another patient would outlast an erasure.
bool is_created(const Photo& photo, WrittenChanges changes) {
  return std::any_of(changes.begin(), changes.end(), [&](const record::ChangeResult& change) {
    if (!change.created || !change.stored || change.stored->version != 1 || change.stored->type != kBinary ||
        change.stored->id != photo.binary)
      return false;
    const auto binary = json_in(change.stored);
    if (!binary || json::text_of(*binary, "contentType") != "image/jpeg" ||
        fhir::id_in(json::field(*binary, "securityContext"), "Patient") != photo.patient)
      return false;
    const auto bytes = from_base64(json::text_of(*binary, "data"));
    return bytes && care::check_kept_jpeg(*bytes).has_value();
  });
}

Refused check_new(record::Record& record, const record::WriteTransaction& session, const Photo& photo,
                  WrittenChanges changes) {
  const auto consent =
      find_consent(record, session.connection, photo.patient, care::ConsentKind::posture_photo);
  if (!consent) return consent.error();
  if (*consent != true)
    return no_photo(record::RefusalKind::forbidden,
                    "the patient has not agreed to keeping photos of posture");
  if (!is_created(photo, changes))
    return no_photo(record::RefusalKind::invalid,
                    "a photo of a posture must name a JPEG of the same patient, at most 2 MiB and without "
                    "metadata, that the same transaction creates");
  return {};
}

Refused erase_picture(record::Record& record, const record::WriteTransaction& session, const Photo& photo) {
  if (photo.binary.empty()) return {};
  const auto done = record::erase_content(session, record.index_ids(), photo.patient, kBinary, photo.binary);
  if (!done) return record::refuse(done.error()).value();
  auto entry = system_audit_entry(record::AuditAct::erase);
  entry.resource_type = kBinary;
  entry.resource_id = photo.binary;
  entry.patients = {photo.patient};
  session.entries.push_back(std::move(entry));
  return {};
}

/// A photo before and after a change: refused, or its earlier picture erased.
Refused guard_document(record::Record& record, const record::WriteTransaction& session,
                       const record::ChangeResult& change, WrittenChanges changes) {
  const auto earlier = json_in(change.before);
  const auto later = json_in(change.stored);
  const auto before = kept_photo_in(earlier.get());
  const auto after = kept_photo_in(later.get());
  if (after && !after->is_plain)
    return no_photo(record::RefusalKind::invalid,
                    "a photo of a posture has one content: the address of its Binary, without data");
  const bool same = before && after && before->binary == after->binary && before->patient == after->patient;
  if (same) return {};
  if (after) {
    if (auto refusal = check_new(record, session, *after, changes)) return refusal;
  }
  return before ? erase_picture(record, session, *before) : Refused{};
}

/// Returns all of the patient's photos, erased ones too, as DocumentReferences.
auto documents_of(record::Record& record, const record::WriteTransaction& session,
                  const std::string& patient) {
  return find_all(record, session.connection,
                  record::QueryBuilder(kDocumentReference)
                      .reference("subject", "Patient", patient)
                      .token("type", fhir::kDocument, fhir::kPosturePhotoCode));
}

/// A picture of a photo: it cannot be replaced or deleted behind its DocumentReference, nor come back after
/// it was erased, as when a page sends again what the patient has taken back meanwhile.
Refused guard_picture(record::Record& record, const record::WriteTransaction& session,
                      const record::ChangeResult& change) {
  const auto earlier = json_in(change.before);
  const auto later = json_in(change.stored);
  std::set<std::string> patients;
  for (const Json* binary : {earlier.get(), later.get()}) {
    if (binary != nullptr)
      patients.insert(std::string{fhir::id_in(json::field(*binary, "securityContext"), "Patient")});
  }
  patients.erase("");
  for (const std::string& patient : patients) {
    const auto found = documents_of(record, session, patient);
    if (!found) return found.error();
    for (const Json& document : *found) {
      const auto photo = photo_in(&document);
      if (!photo || photo->binary != change.stored->id) continue;
      if (photo->erased ? later != nullptr : earlier != nullptr)
        return no_photo(
            record::RefusalKind::forbidden,
            "the picture of a photo of posture cannot be replaced, deleted or put back: erase the "
            "photo by its DocumentReference");
    }
  }
  return {};
}

Refused withdraw_all(record::Record& record, const record::WriteTransaction& session,
                     const std::string& patient) {
  const auto found = documents_of(record, session, patient);
  if (!found) return found.error();
  for (Json document : *found) {
    const auto photo = kept_photo_in(&document);
    if (!photo) continue;
    document["status"] = kErased;
    const std::string id{json::text_of(document, "id")};
    const auto done = write_as_system(
        record, session, {{{}, {record::Verb::update, kDocumentReference, id, {}, {}, document.dump()}}});
    if (!done) return done.error();
    if (auto refusal = erase_picture(record, session, *photo)) return refusal;
  }
  return {};
}

/// Adds the patient of a Consent to photos.
void add_patient(const Json* consent, std::set<std::string>& patients) {
  if (consent == nullptr) return;
  for (const Json& category : json::list_of(*consent, "category")) {
    if (fhir::has_coding(&category, fhir::kConsentCategory,
                         care::consent_code(care::ConsentKind::posture_photo)))
      patients.insert(std::string{fhir::id_in(json::field(*consent, "patient"), "Patient")});
  }
}

/// Whether a clinician gives a permission, or takes the patient's denial away, so that an older permission
/// would hold again. Only the patient's own account agrees.
bool is_given_by_clinician(const record::WriteTransaction& session, const Json* before, const Json* after) {
  if (session.principal == nullptr || session.principal->role != record::Role::clinician) return false;
  const auto is_about_photos = [](const Json* consent) {
    std::set<std::string> patients;
    add_patient(consent, patients);
    return !patients.empty();
  };
  const auto denies = [](const Json* consent) {
    const Json* provision = json::field(*consent, "provision");
    return provision != nullptr && json::text_of(*provision, "type") == "deny";
  };
  return (is_about_photos(before) && denies(before)) || (is_about_photos(after) && !denies(after));
}

}  // namespace

std::optional<record::Refusal> guard_posture_photos(record::Record& record,
                                                    const record::WriteTransaction& session,
                                                    std::span<const record::ChangeResult> changes) {
  std::set<std::string> patients;
  for (const record::ChangeResult& change : changes) {
    if (!change.stored || change.found) continue;
    if (change.stored->type == "Consent") {
      const auto earlier = json_in(change.before);
      const auto later = json_in(change.stored);
      if (is_given_by_clinician(session, earlier.get(), later.get()))
        return no_photo(record::RefusalKind::forbidden, "only the patient agrees to photos of posture");
      add_patient(earlier.get(), patients);
      add_patient(later.get(), patients);
    }
    if (change.stored->type == kBinary) {
      if (auto refusal = guard_picture(record, session, change)) return refusal;
    }
    if (change.stored->type != kDocumentReference) continue;
    if (auto refusal = guard_document(record, session, change, changes)) return refusal;
  }
  for (const std::string& patient : patients) {
    const auto consent = find_consent(record, session.connection, patient, care::ConsentKind::posture_photo);
    if (!consent) return consent.error();
    if (*consent == true) continue;
    if (auto refusal = withdraw_all(record, session, patient)) return refusal;
  }
  return {};
}

}  // namespace reprise::server
