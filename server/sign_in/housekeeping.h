#pragma once

#include "record/database/connection.h"
#include "record/store/refusal.h"
#include "server/sign_in/long_task.h"

namespace reprise::server {

/// What the server tells administrators about itself and does for them; the service gives it. Nothing of it
/// is clinical content. What is empty cannot be had.
struct Housekeeping {
  using Look = std::function<record::Outcome<fhir::Json>(record::Connection&)>;
  Look state = {};                            ///< how the server is: backups, log, mail, certificate, disk
  Look erasure_requests = {};                 ///< {requests: [{patient, since}]}
  std::function<fhir::Json()> settings = {};  ///< {settings: […]}
  LongTask::Work verify = {};                 ///< the audit log
  LongTask::Work back_up = {};
};

}  // namespace reprise::server
