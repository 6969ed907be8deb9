// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/settings/settings.h"
#include "server/tls/local_certificate.h"

namespace reprise::server {

/// The certificate of the service; without `files`, it speaks plain HTTP.
struct ServiceTls {
  std::optional<http::CertificateFiles> files;
  std::string fingerprint;
  std::vector<std::string> names;
  bool own = false;   ///< made by this server
  bool made = false;  ///< now
};

/// Reads the certificate that the settings name, or makes or renews the server's own. Errors: those of
/// read_certificate, check_dates and ensure_local_certificate.
[[nodiscard]] Result<ServiceTls> prepare_tls(const Settings& settings);

/// Returns the addresses of the service, the best first.
[[nodiscard]] std::vector<std::string> service_addresses(const Settings::Listen& listen, std::uint16_t port);

}  // namespace reprise::server
