// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/client_data.h"

#include <openssl/evp.h>

#include "json/strict_json.h"

namespace reprise::record::webauthn {
namespace {

tl::unexpected<Error> refuse_client_data(const char* cause) {
  return fail(ErrorCode::invalid_argument, "reading a passkey's client data", cause,
              "start again on this page");
}

bool is_text(const nlohmann::json& json, const char* field, std::string_view text) {
  const auto found = json.find(field);
  return found != json.end() && found->is_string() && found->get_ref<const std::string&>() == text;
}

}  // namespace

Result<ClientData> read_client_data(std::string_view text, Ceremony ceremony, const Site& site) {
  std::vector<json::Problem> problems;
  const auto json = json::parse_strict(text, {}, problems, {.max_bytes = kLongestInput, .max_depth = 4});
  if (!problems.empty() || !json.is_object())
    return refuse_client_data("it is not a JSON object of the expected size");
  if (!is_text(json, "type", ceremony == Ceremony::create ? "webauthn.create" : "webauthn.get"))
    return refuse_client_data("it is of another ceremony");
  if (!is_text(json, "origin", site.origin)) return refuse_client_data("it is of another origin");
  const auto crossed = json.find("crossOrigin");
  if ((crossed != json.end() && *crossed != false) || json.contains("topOrigin"))
    return refuse_client_data("it is of a frame in a page of another site");
  const auto challenge = json.find("challenge");
  if (challenge == json.end() || !challenge->is_string()) return refuse_client_data("it has no challenge");
  ClientData data{.challenge = challenge->get<std::string>()};
  if (EVP_Digest(text.data(), text.size(), data.hash.data(), nullptr, EVP_sha256(), nullptr) != 1)
    return refuse_client_data("it cannot be hashed");
  return data;
}

}  // namespace reprise::record::webauthn
