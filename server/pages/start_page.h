#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise::server {

/// What pages of this server may load and do: what is on it, nothing from elsewhere, no scripts.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

struct StartPage {
  std::string base_path;               ///< of the FHIR API
  std::vector<std::string> addresses;  ///< the first is for this machine
  std::string
      fingerprint;  ///< SHA-256 of the certificate; empty: plain HTTP, or not a certificate of our own
  bool sign_in = true;
  std::optional<std::pair<int, int>> filling =
      {};  ///< of how many simulated patients the history is complete
};

/// The page at "/": what this server is, how to reach it, and what to do next.
[[nodiscard]] std::string start_page(const StartPage& page);

/// What a browser is shown at an address where there is nothing.
[[nodiscard]] std::string_view missing_page();

/// Their style sheet, at "/start.css".
[[nodiscard]] std::string_view start_style();

}  // namespace reprise::server
