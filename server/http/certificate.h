#pragma once

#include <filesystem>

namespace reprise::server::http {

/// A certificate (PEM, with the chain behind it) and its private key (PEM, without a password).
struct CertificateFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

}  // namespace reprise::server::http
