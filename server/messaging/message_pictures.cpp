// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/message_pictures.h"

#include <algorithm>

#include "base/base64.h"
#include "care/outcome/kept_film.h"
#include "care/outcome/kept_jpeg.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"
#include "server/reactions/stored_json.h"

namespace reprise::server {
namespace {

using fhir::Json;
using WrittenChanges = std::span<const record::ChangeResult>;

constexpr std::string_view kMessagePicture = "message-picture";  // of fhir::kTag
constexpr std::string_view kMessageVideo = "message-video";      // of fhir::kTag
constexpr std::string_view kBinaryPrefix = "Binary/";
constexpr std::size_t kMostPictures = 3;
constexpr std::size_t kMostVideos = 1;
constexpr std::size_t kMostVideoBytes = 3U << 20U;

std::optional<record::Refusal> no_picture(record::RefusalKind kind, fhir::IssueType type, const char* reason,
                                          const char* place) {
  return record::Refusal{kind, {{fhir::Severity::error, type, reason, place}}};
}

bool has_tag(const Json& binary, std::string_view tag_of_ours) {
  const Json* meta = json::field(binary, "meta");
  if (meta == nullptr) return false;
  const Json& tags = json::list_of(*meta, "tag");
  return std::any_of(tags.begin(), tags.end(), [&](const Json& tag) {
    return json::text_of(tag, "system") == fhir::kTag && json::text_of(tag, "code") == tag_of_ours;
  });
}

bool is_sendable_picture(const Json& binary, std::string_view type, std::string_view bytes) {
  return has_tag(binary, kMessagePicture) && type == "image/jpeg" && care::check_kept_jpeg(bytes).has_value();
}

bool is_sendable_video(const Json& binary, std::string_view type, std::string_view bytes) {
  if (!has_tag(binary, kMessageVideo)) return false;
  const auto container = care::check_kept_film(bytes, kMostVideoBytes);
  return container && care::media_type_of(*container) == type;
}

/// Whether it is a picture or a video, of `type`, that a message of this patient may have.
bool is_sendable(const Json& binary, std::string_view type, std::string_view patient) {
  if (json::text_of(binary, "contentType") != type ||
      fhir::id_in(json::field(binary, "securityContext"), "Patient") != patient)
    return false;
  const auto bytes = from_base64(json::text_of(binary, "data"));
  return bytes && (is_sendable_picture(binary, type, *bytes) || is_sendable_video(binary, type, *bytes));
}

/// Whether this transaction creates the Binary that an attachment names, and it may be sent.
bool is_sent_along(const Json& attachment, std::string_view patient, WrittenChanges changes) {
  const std::string_view url = json::text_of(attachment, "url");
  if (json::field(attachment, "data") != nullptr || url.substr(0, kBinaryPrefix.size()) != kBinaryPrefix)
    return false;
  const std::string_view id = url.substr(kBinaryPrefix.size());
  return std::any_of(changes.begin(), changes.end(), [&](const record::ChangeResult& change) {
    if (!change.created || !change.stored || change.stored->version != 1 || change.stored->type != "Binary" ||
        change.stored->id != id)
      return false;
    const auto binary = json_in(change.stored);
    return binary && is_sendable(*binary, json::text_of(attachment, "contentType"), patient);
  });
}

std::vector<const Json*> attachments_in(const Json& communication) {
  std::vector<const Json*> found;
  for (const Json& part : json::list_of(communication, "payload")) {
    if (const Json* attachment = json::field(part, "contentAttachment")) found.push_back(attachment);
  }
  return found;
}

bool is_video(const Json* attachment) {
  return json::text_of(*attachment, "contentType").substr(0, 6) == "video/";
}

bool has_same_payload(const Json* before, const Json& after) {
  return before != nullptr && json::list_of(*before, "payload") == json::list_of(after, "payload");
}

std::optional<record::Refusal> guard_message(const record::ChangeResult& change, WrittenChanges changes) {
  const auto after = json_in(change.stored);
  if (!after) return {};
  const Json* sender = json::field(*after, "sender");
  const bool of_carer = !fhir::id_in(sender, "RelatedPerson").empty();
  const std::string_view patient = fhir::id_in(of_carer ? json::field(*after, "subject") : sender, "Patient");
  const auto attachments = attachments_in(*after);
  if ((patient.empty() && !of_carer) || attachments.empty()) return {};
  const auto before = json_in(change.before);
  if (has_same_payload(before.get(), *after)) return {};  // its status changed
  constexpr const char* kPlace = "Communication.payload";
  const auto videos =
      static_cast<std::size_t>(std::count_if(attachments.begin(), attachments.end(), is_video));
  if (attachments.size() - videos > kMostPictures || videos > kMostVideos)
    return no_picture(record::RefusalKind::invalid, fhir::IssueType::business_rule,
                      "a patient's message has at most 3 pictures and 1 video; send another message", kPlace);
  const bool all_created = std::all_of(attachments.begin(), attachments.end(), [&](const Json* attachment) {
    return is_sent_along(*attachment, patient, changes);
  });
  if (all_created) return {};
  return no_picture(
      record::RefusalKind::invalid, fhir::IssueType::business_rule,
      "an attachment of a patient's message must name a Binary of the same patient with the tag "
      "message-picture or message-video, created by the same transaction: a JPEG of at most 2 MiB, or an MP4 "
      "or WebM of at most 3 MiB, of the type that the attachment says, without metadata, which may say "
      "where it was taken; encode it anew",
      kPlace);
}

std::optional<record::Refusal> guard_picture(const record::ChangeResult& change) {
  const auto before = json_in(change.before);
  if (!before || !(has_tag(*before, kMessagePicture) || has_tag(*before, kMessageVideo))) return {};
  return no_picture(
      record::RefusalKind::forbidden, fhir::IssueType::forbidden,
      "the picture or video of a message stays as it was sent; it cannot be replaced or deleted", "Binary");
}

}  // namespace

std::optional<record::Refusal> guard_message_pictures(record::Record& /*record*/,
                                                      const record::WriteTransaction& /*session*/,
                                                      std::span<const record::ChangeResult> changes) {
  for (const record::ChangeResult& change : changes) {
    if (!change.stored || change.found) continue;
    std::optional<record::Refusal> refusal;
    if (change.stored->type == "Binary") refusal = guard_picture(change);
    if (change.stored->type == "Communication") refusal = guard_message(change, changes);
    if (refusal) return refusal;
  }
  return {};
}

}  // namespace reprise::server
