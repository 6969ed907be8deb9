// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise::server {

/// The content security policy of this server's pages: its own content, nothing from elsewhere, no scripts.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

struct StartPage {
  std::string base_path;               ///< of the FHIR API
  std::vector<std::string> addresses;  ///< the first is for this machine
  std::string
      fingerprint;  ///< SHA-256 of the certificate; empty: plain HTTP, or not a certificate of our own
  bool sign_in = true;
  std::optional<std::pair<int, int>> filling = {};  ///< number of simulated patients with a complete history
};

/// Returns the page at "/": the server's purpose, its addresses, and next steps.
[[nodiscard]] std::string start_page(const StartPage& page);

/// Returns the page for unknown addresses.
[[nodiscard]] std::string_view missing_page();

/// Returns their style sheet, at "/start.css".
[[nodiscard]] std::string_view start_style();

}  // namespace reprise::server
