#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/tls/certificate.h"

namespace reprise::server::http {

inline constexpr std::chrono::days kLocalCertificateLife{397};    // browsers take no longer ones
inline constexpr std::chrono::days kLocalCertificateRenewal{30};  // so long before its end

/// The IPv4 addresses by which others in its network reach this machine. Not those of IPv6: they change from
/// day to day, and each change would be a new certificate that people must accept again.
[[nodiscard]] std::vector<std::string> network_addresses();

/// What this machine is called: localhost, its host name (with .local, too), 127.0.0.1, ::1 and
/// network_addresses().
[[nodiscard]] std::vector<std::string> local_names();

struct LocalCertificate {
  Certificate certificate;
  bool made = false;  ///< now: whoever trusted the one before must look at the new fingerprint
};

/// The certificate that a server presents where it is given none (ECDSA P-256, signed by itself). Makes it
/// where there is none, and again shortly before it ends or when one of `names` is not in it; the key stays.
/// One that an authority made is only read and checked. The key is never readable by other users; files are
/// replaced as a whole. Errors: those of read_certificate; a certificate without its key; a folder that
/// cannot be written.
[[nodiscard]] Result<LocalCertificate> ensure_local_certificate(const CertificateFiles& files,
                                                                std::span<const std::string> names,
                                                                std::chrono::sys_seconds now);

}  // namespace reprise::server::http
