// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/own_photo.h"

#include "base/base64.h"
#include "care/outcome/kept_jpeg.h"
#include "fhir/fields/fields.h"
#include "server/reactions/stored_json.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

using fhir::Json;
using record::WriteTransaction;

/// It travels with each reading of the Practitioner. As base64 it fits into a request to the app's API.
constexpr std::size_t kMostPhotoBytes = 12'000;
constexpr const char* kPractitioner = "Practitioner";

bool is_photo(std::string_view base64) {
  const auto bytes = from_base64(base64);
  return bytes && bytes->size() <= kMostPhotoBytes && care::check_kept_jpeg(*bytes).has_value();
}

/// `photo`: empty to remove it.
record::Outcome<http::Response> store(AppContext& context, const AppRequest& request,
                                      const WriteTransaction& session, const std::string& photo) {
  const std::string& person = request.open->session.account.person;
  auto& record = context.record;
  const auto found = record::find_resource(session.connection, record.index_ids(), kPractitioner, person);
  if (!found) return record::refuse(found.error());
  const auto before = json_in(*found);
  if (!before) return refused(404, word::kNotFound, "the record has no Practitioner of this account");
  Json practitioner = *before;
  practitioner.erase("photo");
  if (!photo.empty()) practitioner["photo"] = {{{"contentType", "image/jpeg"}, {"data", photo}}};
  const auto done = write_as_system(
      record, session, {{{}, {record::Verb::update, kPractitioner, person, {}, {}, practitioner.dump()}}});
  if (!done) return tl::unexpected(done.error());
  session.entries.push_back(with_reason(entry_of(request, record::AuditAct::account_change), "photo"));
  return no_content();
}

void put_photo(AppContext& context, const SharedRequest& request, record::Connection& /*connection*/,
               const http::Respond& respond) {
  const std::string photo{json::text_of(request->body, "jpeg")};  // longer than a field of a form
  if (!is_photo(photo))
    return respond_read(request, respond,
                        refused(422, word::kInvalid,
                                "a photo is a JPEG of at most 12000 bytes without metadata; draw it anew, "
                                "with 256 pixels a side"));
  write(context, request, respond, [request, photo, &context](const WriteTransaction& session) {
    return store(context, *request, session, photo);
  });
}

void remove_photo(AppContext& context, const SharedRequest& request, record::Connection& /*connection*/,
                  const http::Respond& respond) {
  write(context, request, respond, [request, &context](const WriteTransaction& session) {
    return store(context, *request, session, "");
  });
}

}  // namespace

std::vector<Route> own_photo_routes() {
  return {{"PUT", "/photo", Requires::clinician, put_photo},
          {"DELETE", "/photo", Requires::clinician, remove_photo}};
}

}  // namespace reprise::server
