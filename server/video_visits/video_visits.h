#pragma once

#include <functional>
#include <string>

#include "record/store/record.h"
#include "server/http/server.h"
#include "server/video_visits/signaling_room.h"
#include "server/video_visits/turn_credentials.h"

namespace reprise::server {

constexpr const char* kVisitsPath = "/visits";

/// How the two of a video visit find each other: JSON below /visits (docs/video-visits.md). Pictures and
/// sound never come here. Its functions may be called from any thread, and return at once.
class VideoVisits {
 public:
  /// `warn`: is told what keeps the end of a visit from the record.
  VideoVisits(record::Record& record, VisitRelay relay, std::function<void(const Error&)> warn);

  /// Answers a request below /visits.
  void handle(http::Request request, http::Respond respond);

  /// Writes down what ended without anybody saying so, and clears rooms where nobody is.
  void run_maintenance();

 private:
  record::Record& record_;
  VisitRelay relay_;
  std::function<void(const Error&)> warn_;
};

}  // namespace reprise::server
