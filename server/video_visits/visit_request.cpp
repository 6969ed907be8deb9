// SPDX-License-Identifier: Apache-2.0
#include "server/video_visits/visit_request.h"

#include <array>
#include <limits>

#include "base/text.h"
#include "fhir/fields/fields.h"
#include "server/app_api/app_request.h"
#include "server/http/routing.h"
#include "server/video_visits/signaling_room.h"
#include "server/video_visits/video_visits.h"

namespace reprise::server {
namespace {

constexpr std::size_t kLongestVisitBody = 128 * 1024;
constexpr std::size_t kMostVisitMessagesAtOnce = 32;

tl::unexpected<http::Response> wrong(const char* sentence) {
  return tl::unexpected(server::refused(400, word::kInvalid, sentence));
}

struct VisitRoute {
  std::string_view method;
  std::string_view path;
  VisitRequest::Action action;
};

constexpr std::array kVisitRoutes = {
    VisitRoute{"GET", "/visits/*", VisitRequest::Action::show},
    VisitRoute{"POST", "/visits/*/seat", VisitRequest::Action::come_in},
    VisitRoute{"POST", "/visits/*/exchange", VisitRequest::Action::exchange},
    VisitRoute{"POST", "/visits/*/leave", VisitRequest::Action::leave},
};

/// Returns "17" of "/visits/17/exchange".
std::string_view appointment_in(std::string_view target) {
  target.remove_prefix(std::string_view{kVisitsPath}.size() + 1);
  return target.substr(0, target.find_first_of("/?"));
}

tl::expected<Json, http::Response> visit_body(const http::Request& request) {
  const std::string* type = http::find_field(request.fields, "content-type");
  // A form of another site cannot send this type without a preflight request.
  if (type == nullptr || type->substr(0, type->find(';')) != "application/json")
    return tl::unexpected(
        server::refused(415, word::kInvalid, "the body of this request must be application/json"));
  if (request.body.size() > kLongestVisitBody)
    return tl::unexpected(
        server::refused(413, word::kInvalid, "the body of this request is at most 128 KiB"));
  auto body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return wrong("the body must be a JSON object");
  return body;
}

tl::expected<VisitRequest, http::Response> read_exchange(const Json& body, VisitRequest visit_request) {
  const auto connected = json::truth_of(body, "connected");
  const auto after = json::whole_of(body, "after", 0, std::numeric_limits<int>::max());
  if (!connected || !after) return wrong("connected (true or false) or after (a whole number) is missing");
  visit_request.connected = *connected;
  visit_request.after = *after;
  visit_request.to = json::text_of(body, "to");
  if (!visit_request.to.empty() && !is_uuid(visit_request.to))
    return wrong("to must be a UUID in small letters");
  const Json& messages = json::list_of(body, "messages");
  if (messages.size() > kMostVisitMessagesAtOnce) return wrong("there are more than 32 messages");
  for (const Json& message : messages) {
    if (!message.is_string()) return wrong("messages must be texts");
    visit_request.messages.push_back(message.get<std::string>());
    const std::string& text = visit_request.messages.back();
    if (text.empty() || text.size() > kLongestVisitMessage || text.find('\0') != std::string::npos)
      return wrong("a message is empty, has a zero byte or more than 16 KiB");
  }
  return visit_request;
}

}  // namespace

tl::expected<VisitRequest, http::Response> parse_visit_request(const http::Request& request) {
  const auto found = http::find_route(kVisitRoutes, request.method, request.target);
  const bool known = found.route != nullptr || found.is_for_other_method;
  if (!known || !fhir::is_id(appointment_in(request.target)))
    return tl::unexpected(server::refused(404, word::kNotFound, "there is nothing at this address"));
  if (found.route == nullptr)
    return tl::unexpected(server::refused(405, word::kInvalid, "this address is not for that method"));
  VisitRequest visit_request;
  visit_request.action = found.route->action;
  visit_request.appointment = appointment_in(request.target);
  if (visit_request.action == VisitRequest::Action::show) return visit_request;
  const auto body = visit_body(request);
  if (!body) return tl::unexpected(body.error());
  visit_request.window = json::text_of(*body, "window");
  if (!is_uuid(visit_request.window)) return wrong("window must be a UUID in small letters");
  if (visit_request.action == VisitRequest::Action::exchange)
    return read_exchange(*body, std::move(visit_request));
  return visit_request;
}

}  // namespace reprise::server
