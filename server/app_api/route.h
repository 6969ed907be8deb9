// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "server/app_api/app_context.h"

namespace reprise::server {

/// How far a user must be signed in, and with which role. A manager is a clinician or an administrator.
enum class Requires : std::uint8_t {
  nothing,
  second_factor,
  enrolment,
  full,
  clinician,
  manager,
  administrator
};

/// Whether the user must have proven the password or a code recently.
enum class Proof : std::uint8_t { any, recent };

/// Answers a request. Responds exactly once.
using Handler =
    std::function<void(AppContext&, const SharedRequest&, record::Connection&, const http::Respond&)>;

/// An endpoint of the app API.
struct Route {
  std::string_view method;
  std::string_view path;  ///< below /auth: "/accounts/*" (server/http/routing.h)
  Requires needs;
  Handler handler;
  Proof proof = Proof::any;
};

}  // namespace reprise::server
