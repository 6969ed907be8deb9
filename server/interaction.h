#pragma once

#include <array>
#include <string_view>

namespace reprise::server {

/// What a request asks for, as FHIR names it (http.html); for metrics and logs, which tell no more of a
/// request than that.
enum class Interaction {
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

inline constexpr std::array kInteractions = {
    Interaction::read,  Interaction::vread,       Interaction::create,       Interaction::update,
    Interaction::patch, Interaction::remove,      Interaction::search,       Interaction::history,
    Interaction::batch, Interaction::transaction, Interaction::capabilities, Interaction::sign_in,
    Interaction::visit, Interaction::page,        Interaction::operation,    Interaction::other};

[[nodiscard]] std::string_view to_string(Interaction interaction);

/// The method where it is one of HTTP's usual ones, else "other": a client can write anything there.
[[nodiscard]] std::string_view known_method(std::string_view method);

}  // namespace reprise::server
