#pragma once

#include <array>
#include <string_view>

namespace reprise::server::http {

/// What a request asks for, in FHIR's words (http.html). Metrics and logs tell no more of a request.
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
  visit,      ///< the two of a video visit find each other
  page,       ///< of the start page, and what it needs
  operation,  ///< health, metrics
  other,      ///< not known, or refused before it was
};

inline constexpr std::array kRequestKinds = {
    RequestKind::read,  RequestKind::vread,       RequestKind::create,       RequestKind::update,
    RequestKind::patch, RequestKind::remove,      RequestKind::search,       RequestKind::history,
    RequestKind::batch, RequestKind::transaction, RequestKind::capabilities, RequestKind::sign_in,
    RequestKind::visit, RequestKind::page,        RequestKind::operation,    RequestKind::other};

[[nodiscard]] std::string_view to_string(RequestKind kind);

/// The method where it is one of HTTP's usual ones, else "other": a client can write anything there.
[[nodiscard]] std::string_view known_method(std::string_view method);

}  // namespace reprise::server::http
