// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "server/tls/certificate.h"

namespace reprise::server::http {

/// A folder of its own for a certificate and a key; gone afterwards.
struct CertificateFolder {
  CertificateFolder();
  ~CertificateFolder();
  CertificateFolder(const CertificateFolder&) = delete;
  CertificateFolder& operator=(const CertificateFolder&) = delete;

  std::filesystem::path path;
  CertificateFiles files;
};

inline const std::vector<std::string> kSomeNames = {"localhost", "clinic.local", "127.0.0.1", "::1"};

/// Replaces the certificate by one for the same key that is not ours, valid for a day from `now`.
void write_foreign_certificate(const CertificateFiles& files, std::chrono::sys_seconds now);

}  // namespace reprise::server::http
