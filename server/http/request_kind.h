// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace reprise::server::http {

/// The kind of a request, in FHIR's words (http.html). Metrics and logs hold no more of a request.
enum class RequestKind {
  read,
  vread,
  create,
  update,
  patch,
  remove,
  search,
  history,
  batch,
  transaction,
  capabilities,
  sign_in,    ///< accounts, sessions, invitations
  visit,      ///< signaling of video visits
  film,       ///< a clinic's own films of exercises
  page,       ///< the start page and its files
  operation,  ///< health, metrics
  other,      ///< unknown, or refused early
};

inline constexpr std::array kRequestKinds = {
    RequestKind::read,  RequestKind::vread,       RequestKind::create,       RequestKind::update,
    RequestKind::patch, RequestKind::remove,      RequestKind::search,       RequestKind::history,
    RequestKind::batch, RequestKind::transaction, RequestKind::capabilities, RequestKind::sign_in,
    RequestKind::visit, RequestKind::film,        RequestKind::page,         RequestKind::operation,
    RequestKind::other};

[[nodiscard]] std::string_view to_string(RequestKind kind);

/// Returns the method if it is a usual one of HTTP, else "other", because a client can send anything.
[[nodiscard]] std::string_view known_method(std::string_view method);

}  // namespace reprise::server::http
