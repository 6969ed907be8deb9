// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/tls/certificate.h"

namespace reprise::server::http {

inline constexpr std::chrono::days kLocalCertificateLife{397};    // browsers accept no longer ones
inline constexpr std::chrono::days kLocalCertificateRenewal{30};  // before its end

/// Returns this machine's IPv4 addresses in its network. IPv6 addresses are left out: they change daily, and
/// users would have to accept a new certificate each time.
[[nodiscard]] std::vector<std::string> network_addresses();

/// Returns the names of this machine: localhost, its host name (also with .local), 127.0.0.1, ::1 and
/// network_addresses().
[[nodiscard]] std::vector<std::string> local_names();

struct LocalCertificate {
  Certificate certificate;
  bool made = false;  ///< newly generated: clients that trusted the previous one must check the new
                      ///< fingerprint
};

/// Returns the server's own certificate (ECDSA P-256, self-signed). Creates it if missing, and again shortly
/// before it ends or if it lacks one of `names`; the key stays. An authority's certificate is only read and
/// checked. The key is never readable by other users; files are replaced atomically. Errors: those of
/// read_certificate; a certificate without its key; an unwritable folder.
[[nodiscard]] Result<LocalCertificate> ensure_local_certificate(const CertificateFiles& files,
                                                                std::span<const std::string> names,
                                                                std::chrono::sys_seconds now);

}  // namespace reprise::server::http
