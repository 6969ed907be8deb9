// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise::record::webauthn {

/// The site for which passkeys are made: "relying party" in WebAuthn.
struct Site {
  std::string origin;  ///< as browsers write it: "https://clinic.example", "http://localhost:8080"
  std::string id;      ///< its domain name
};

/// Returns the site of an address. nullopt: browsers make no passkeys there, because it is not a domain name
/// over https, or `localhost`.
[[nodiscard]] std::optional<Site> site_of(std::string_view address);

}  // namespace reprise::record::webauthn
