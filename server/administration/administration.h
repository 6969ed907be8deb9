// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "record/content/refusal.h"
#include "server/app_api/long_task.h"
#include "server/app_api/route.h"

namespace reprise::server {

/// The functions of the server for administrators. They return no clinical content. An empty function is not
/// offered by this server.
struct AdministrationServices {
  using JsonReader = std::function<record::Outcome<fhir::Json>(record::Connection&)>;
  JsonReader state = {};                      ///< the server's state: backups, log, mail, certificate, disk
  JsonReader erasure_requests = {};           ///< {requests: [{patient, since}]}
  std::function<fhir::Json()> settings = {};  ///< {settings: […]}
  LongTask::Work verify = {};                 ///< the audit log
  LongTask::Work back_up = {};
};

/// The endpoints of administrators, and the long tasks behind them.
class Administration {
 public:
  explicit Administration(AdministrationServices services) : services_(std::move(services)) {}

  /// The endpoints. They refer to this object.
  [[nodiscard]] std::vector<Route> routes();

  /// Ends the long tasks.
  void end();

 private:
  AdministrationServices services_;
  LongTask verification_;
  LongTask backup_;
};

/// The endpoints of erasing a patient; a list of the requests to erase is one of `Administration`.
[[nodiscard]] std::vector<Route> erasure_routes();

}  // namespace reprise::server
