// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace reprise::server::http {

/// A certificate (PEM, with the chain behind it) and its private key (PEM, without a password).
struct CertificateFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

/// The parsed data of a certificate.
struct Certificate {
  std::vector<std::string> names;  ///< host names and IP addresses that it is valid for
  std::chrono::sys_seconds from;
  std::chrono::sys_seconds until;
  std::string fingerprint;  ///< SHA-256, "AB:CD:…", as browsers show it
  bool is_local = false;    ///< made by make_local_certificate, not by an authority
};

/// Reads a pair and validates it: readable PEM files that belong together, the key neither open to all nor
/// writable by its group.
[[nodiscard]] Result<Certificate> read_certificate(const CertificateFiles& files);

/// Returns whether it is valid at that time.
[[nodiscard]] Result<void> check_dates(const Certificate& certificate, std::chrono::sys_seconds now);

}  // namespace reprise::server::http
