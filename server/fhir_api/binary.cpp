// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/binary.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "fhir/model/json.h"
#include "fhir/validation/value_checks.h"
#include "record/content/media_content.h"
#include "server/fhir_api/payload/media_type.h"

namespace reprise::server {
namespace {

constexpr const char* kAnyBytes = "application/octet-stream";

/// A header field holds one line of visible characters.
std::string type_for_header(std::string type) {
  const bool plain = !type.empty() && type.find('/') != std::string::npos &&
                     std::all_of(type.begin(), type.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return plain ? type : kAnyBytes;
}

bool accepts(std::string_view accept, std::string_view type) {
  const auto ranges = media_ranges(accept);
  const std::string of = media_type(type);
  const std::string group = of.substr(0, of.find('/')) + "/*";
  return ranges.empty() || std::any_of(ranges.begin(), ranges.end(), [&](std::string_view range) {
           const std::string one = media_type(range);
           return one == of || one == group || one == "*/*";
         });
}

/// The browser's use of the response (Sec-Fetch-Dest); unknown for other clients.
bool is_for_a_reader(std::string_view destination) {
  constexpr std::array<std::string_view, 6> kHarmless = {"", "audio", "document", "empty", "image", "video"};
  return std::find(kHarmless.begin(), kHarmless.end(), destination) != kHarmless.end();
}

http::Response not_acceptable(std::string why) {
  return answer(
      record::Refusal{record::RefusalKind::not_acceptable,
                      {{fhir::Severity::error, fhir::IssueType::not_supported, std::move(why), ""}}});
}

}  // namespace

std::string binary_text(std::string_view content_type, std::string_view security_context, std::string_view id,
                        std::string_view bytes) {
  Json binary = {{"resourceType", "Binary"}};
  if (!id.empty()) binary["id"] = std::string{id};
  binary["contentType"] = std::string{content_type};
  if (!security_context.empty()) binary["securityContext"] = {{"reference", std::string{security_context}}};
  if (!bytes.empty()) binary["data"] = to_base64(bytes);
  return binary.dump(-1, ' ', false, Json::error_handler_t::replace);
}

http::Response answer_native(const ApiRequest& request, const record::Stored& stored) {
  const Json binary = Json::parse(whole_text(stored), nullptr, false);
  const std::string type = type_for_header(std::string{fhir::text_in(binary, "contentType")});
  if (!accepts(request.accept, type)) {
    return not_acceptable(
        "this Binary is of another media type than those of Accept; application/fhir+json is possible");
  }
  if (!is_for_a_reader(request.fetch_destination))
    return not_acceptable("a Binary is no part of a page; ask for application/fhir+json");
  auto response = answer(stored);
  response.body = from_base64(fhir::text_in(binary, "data")).value_or("");
  for (auto& field : response.fields) {
    if (field.name == "content-type") field.value = type;
  }
  response.fields.push_back({"vary", "accept"});
  response.fields.push_back({"x-content-type-options", "nosniff"});
  response.fields.push_back({"content-disposition", "attachment"});
  response.fields.push_back({"content-security-policy", "default-src 'none'; sandbox"});
  const auto named = binary.find("securityContext");
  const std::string context{named != binary.end() ? fhir::text_in(*named, "reference") : ""};
  const bool plain = std::all_of(context.begin(), context.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!context.empty() && plain) response.fields.push_back({"x-security-context", context});
  return response;
}

}  // namespace reprise::server
