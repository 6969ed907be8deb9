#include "server/visits/visit_call.h"

#include <limits>

#include "fhir/fields/fields.h"
#include "server/sign_in/call.h"
#include "server/visits/visit_room.h"
#include "server/visits/visits.h"

namespace reprise::server {
namespace {

constexpr std::size_t kLongestVisitBody = 128 * 1024;
constexpr std::size_t kMostVisitMessagesAtOnce = 32;

tl::unexpected<http::Response> wrong(const char* sentence) {
  return tl::unexpected(server::refused(400, word::kInvalid, sentence));
}

// "/visits/17/exchange" is {"17", "exchange"}.
std::pair<std::string_view, std::string_view> visit_address(std::string_view target) {
  target = target.substr(0, target.find('?'));
  target.remove_prefix(std::string_view{kVisitsPath}.size());
  if (!target.empty()) target.remove_prefix(1);
  const auto slash = target.find('/');
  if (slash == std::string_view::npos) return {target, {}};
  return {target.substr(0, slash), target.substr(slash + 1)};
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
  const auto [appointment, rest] = visit_address(request.target);
  const bool known = rest.empty() || rest == "seat" || rest == "exchange" || rest == "leave";
  if (!known || !fhir::is_id(appointment))
    return tl::unexpected(server::refused(404, word::kNotFound, "there is nothing at this address"));
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (rest.empty() ? !reads : request.method != "POST")
    return tl::unexpected(server::refused(405, word::kInvalid, "this address is not for that method"));
  VisitCall call;
  call.appointment = appointment;
  if (reads) return call;
  const auto body = visit_body(request);
  if (!body) return tl::unexpected(body.error());
  call.window = json::text_of(*body, "window");
  if (!fhir::is_uuid(call.window)) return wrong("window must be a UUID in small letters");
  call.what = rest == "seat"       ? VisitCall::What::come_in
              : rest == "exchange" ? VisitCall::What::exchange
                                   : VisitCall::What::leave;
  if (call.what == VisitCall::What::exchange) return read_exchange(*body, std::move(call));
  return call;
}

}  // namespace reprise::server
