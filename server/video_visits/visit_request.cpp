#include "server/video_visits/visit_request.h"

#include <array>
#include <limits>

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
  VisitCall::What what;
};

constexpr std::array kVisitRoutes = {
    VisitRoute{"GET", "/visits/*", VisitCall::What::show},
    VisitRoute{"POST", "/visits/*/seat", VisitCall::What::come_in},
    VisitRoute{"POST", "/visits/*/exchange", VisitCall::What::exchange},
    VisitRoute{"POST", "/visits/*/leave", VisitCall::What::leave},
};

/// "17" of "/visits/17/exchange".
std::string_view appointment_in(std::string_view target) {
  target.remove_prefix(std::string_view{kVisitsPath}.size() + 1);
  return target.substr(0, target.find_first_of("/?"));
}

tl::expected<Json, http::Response> visit_body(const http::Request& request) {
  const std::string* type = http::find_field(request.fields, "content-type");
  // No form of another site can send this type without being asked first.
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

tl::expected<VisitCall, http::Response> read_exchange(const Json& body, VisitCall call) {
  const auto connected = json::truth_of(body, "connected");
  const auto after = json::whole_of(body, "after", 0, std::numeric_limits<int>::max());
  if (!connected || !after) return wrong("connected (true or false) or after (a whole number) is missing");
  call.connected = *connected;
  call.after = *after;
  call.to = json::text_of(body, "to");
  if (!call.to.empty() && !fhir::is_uuid(call.to)) return wrong("to must be a UUID in small letters");
  const Json& messages = json::list_of(body, "messages");
  if (messages.size() > kMostVisitMessagesAtOnce) return wrong("there are more than 32 messages");
  for (const Json& message : messages) {
    if (!message.is_string()) return wrong("messages must be texts");
    call.messages.push_back(message.get<std::string>());
    const std::string& text = call.messages.back();
    if (text.empty() || text.size() > kLongestVisitMessage || text.find('\0') != std::string::npos)
      return wrong("a message is empty, has a zero byte or more than 16 KiB");
  }
  return call;
}

}  // namespace

tl::expected<VisitCall, http::Response> read_visit_call(const http::Request& request) {
  const auto found = http::find_route(kVisitRoutes, request.method, request.target);
  const bool known = found.route != nullptr || found.is_for_other_method;
  if (!known || !fhir::is_id(appointment_in(request.target)))
    return tl::unexpected(server::refused(404, word::kNotFound, "there is nothing at this address"));
  if (found.route == nullptr)
    return tl::unexpected(server::refused(405, word::kInvalid, "this address is not for that method"));
  VisitCall call;
  call.what = found.route->what;
  call.appointment = appointment_in(request.target);
  if (call.what == VisitCall::What::show) return call;
  const auto body = visit_body(request);
  if (!body) return tl::unexpected(body.error());
  call.window = json::text_of(*body, "window");
  if (!fhir::is_uuid(call.window)) return wrong("window must be a UUID in small letters");
  if (call.what == VisitCall::What::exchange) return read_exchange(*body, std::move(call));
  return call;
}

}  // namespace reprise::server
