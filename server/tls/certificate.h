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

/// What a certificate says.
struct Certificate {
  std::vector<std::string> names;  ///< host names and IP addresses that it is for, as it lists them
  std::chrono::sys_seconds from;
  std::chrono::sys_seconds until;
  std::string fingerprint;  ///< SHA-256, "AB:CD:…", as browsers show it
  bool is_local = false;    ///< made by make_local_certificate, not by an authority
};

/// Reads a pair and checks that a server can use it: both readable, PEM, belonging together, and the key
/// neither open to everyone nor writable by its group.
[[nodiscard]] Result<Certificate> read_certificate(const CertificateFiles& files);

/// Whether it is valid at that moment.
[[nodiscard]] Result<void> check_dates(const Certificate& certificate, std::chrono::sys_seconds now);

}  // namespace reprise::server::http
