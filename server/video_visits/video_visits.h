// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "record/store/record.h"
#include "server/http/server.h"
#include "server/video_visits/signaling_room.h"
#include "server/video_visits/turn_credentials.h"

namespace reprise::server {

constexpr const char* kVisitsPath = "/visits";

/// The signaling API of video visits: JSON below /visits (docs/clinician/video-visits.md). Video and audio
/// never pass here. Thread-safe; its functions return at once.
class VideoVisits {
 public:
  /// `warn`: callback for errors that keep an ended call from the record.
  VideoVisits(record::Record& record, TurnServer relay, std::function<void(const Error&)> warn);

  /// Answers a request below /visits.
  void handle(http::Request request, http::Respond respond);

  /// Records calls whose participants vanished, and deletes empty rooms.
  void run_maintenance();

 private:
  record::Record& record_;
  TurnServer relay_;
  std::function<void(const Error&)> warn_;
};

}  // namespace reprise::server
