// SPDX-License-Identifier: Apache-2.0
// A method's letter and an address on the first line, a body behind it; the body also as an Appointment.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "server/video_visits/signaling_room.h"
#include "server/video_visits/video_visits.h"
#include "server/video_visits/visit_request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise::server;
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  const auto first = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.size(), first.size() + 1));
  const auto appointment = reprise::fhir::Json::parse(rest, nullptr, false);
  if (const auto visit = visit_in(appointment)) {
    if (visit->patient.empty() || visit->practitioners.empty() || visit->end_ms < visit->start_ms)
      __builtin_trap();
  }
  const auto target = first.empty() ? first : first.substr(1);
  if (target.rfind(kVisitsPath, 0) != 0) return 0;  // others do not come here
  http::Request request{first[0] == 'P' ? "POST" : "GET",
                        std::string{target},
                        {{"content-type", "application/json"}},
                        std::string{rest},
                        "127.0.0.1",
                        false};
  const auto request_read = parse_visit_request(request);
  if (!request_read) return request_read.error().status >= 400 ? 0 : (__builtin_trap(), 1);
  if ((request_read->action == VisitRequest::Action::show) != request_read->window.empty() ||
      request_read->after < 0)
    __builtin_trap();
  for (const auto& message : request_read->messages) {
    if (message.empty() || message.size() > kLongestVisitMessage) __builtin_trap();
  }
  return 0;
}
