// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "server/app_api/route.h"

namespace reprise::server {

constexpr const char* kAppApiPath = "/auth";

/// The JSON API of the apps below /auth: signing in, accounts, administration (docs/operations/access.md).
/// Thread-safe; its functions return at once.
class AppApi {
 public:
  AppApi(record::Record& record, AppApiOptions options, std::vector<Route> routes);
  ~AppApi();
  AppApi(const AppApi&) = delete;
  AppApi& operator=(const AppApi&) = delete;

  /// Answers a request below /auth.
  void handle(http::Request request, http::Respond respond);

  /// Stops comparing passwords. Must be called before the record is destroyed, because the record still runs
  /// queued handlers; destroy this object after the record.
  void end();

 private:
  std::unique_ptr<AppContext> context_;
  std::vector<Route> routes_;
};

}  // namespace reprise::server
