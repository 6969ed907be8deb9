// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fhir/model/issue.h"
#include "fhir/model/json.h"
#include "json/reader.h"
#include "server/authentication/authenticate.h"
#include "server/http/message.h"

namespace reprise::server {

/// A request to the pages of accounts, read.
struct AppRequest {
  std::string method;
  std::vector<std::string> path;  ///< below /auth: {"accounts", "4f…", "invitation"}
  std::vector<std::pair<std::string, std::string>> query;
  fhir::Json body = fhir::Json::object();
  std::optional<OpenSession> open;  ///< the session that it shows
  record::SignInPlace place;        ///< where it comes from
  std::string origin;               ///< the server's configured origin, independent of the request: for mails
  std::string asked_origin;         ///< the origin this client used: for links shown to this client only
  std::string local_origin;         ///< the origin this client used if it is "localhost"; otherwise empty
  std::string shown_secret;         ///< the session's secret that it shows, if open or not; may be empty
  bool secure = false;              ///< it came over TLS
  std::string request_id;
};

using SharedRequest = std::shared_ptr<const AppRequest>;

/// The words by which a page tells cases apart (OperationOutcome.issue.details.coding.code).
namespace word {
constexpr std::string_view kWrongCredentials = "wrong-credentials";
constexpr std::string_view kWrongCode = "wrong-code";
constexpr std::string_view kWait = "wait";
constexpr std::string_view kWeakPassword = "weak-password";
constexpr std::string_view kNameTaken = "name-taken";
constexpr std::string_view kPersonTaken = "person-taken";
constexpr std::string_view kInvalid = "invalid";
constexpr std::string_view kEnded = "ended";
constexpr std::string_view kNoSession = "no-session";
constexpr std::string_view kCsrf = "csrf";
constexpr std::string_view kProof = "proof";
constexpr std::string_view kNotAllowed = "not-allowed";
constexpr std::string_view kNotFound = "not-found";
constexpr std::string_view kBusy = "busy";
}  // namespace word

/// Reads everything but the session. An error is the answer: the address, the type or the form of the body.
[[nodiscard]] tl::expected<AppRequest, http::Response> parse_app_request(const http::Request& request,
                                                                         std::string_view public_url,
                                                                         std::string_view network_url);

[[nodiscard]] http::Response json_answer(unsigned status, const fhir::Json& json);
[[nodiscard]] http::Response no_content();

/// An OperationOutcome with a word for programs. The sentence is for developers; it holds nothing of the
/// request.
[[nodiscard]] http::Response refused(unsigned status, std::string_view word, std::string sentence);
/// 429, with the seconds in Retry-After.
[[nodiscard]] http::Response refused_for_now(std::int64_t wait_us);

/// Takes fields out of a body, each by its kind; `problem` tells the first that is missing, of another kind,
/// or unknown.
class Fields {
 public:
  explicit Fields(const fhir::Json& body)
      : body_(json::Document::Parsed{body}, "reading the request"),
        reader_(body_.root()),
        unknown_(body.size()) {}

  [[nodiscard]] std::string text(const char* name);           ///< it must be there
  [[nodiscard]] std::string text_or_empty(const char* name);  ///< it may be missing
  [[nodiscard]] std::optional<std::string> optional_text(const char* name);
  [[nodiscard]] std::optional<bool> flag(const char* name);
  [[nodiscard]] std::optional<std::int64_t> number(const char* name);
  [[nodiscard]] std::vector<std::string> texts(const char* name);  ///< it must be there

  /// To be asked when all fields were taken.
  [[nodiscard]] std::optional<http::Response> problem() const;

 private:
  /// Whether the field is there.
  bool take(const char* name);

  json::Document body_;
  json::Reader reader_;
  std::size_t unknown_;  // fields that were not taken
};

}  // namespace reprise::server
