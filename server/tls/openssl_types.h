// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to this module: owning types of OpenSSL's objects, and readers of files.

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <memory>

namespace reprise::server::http {

struct OpensslFree {
  void operator()(BIO* it) const { BIO_free_all(it); }
  void operator()(EVP_PKEY* it) const { EVP_PKEY_free(it); }
  void operator()(X509* it) const { X509_free(it); }
  void operator()(X509_EXTENSION* it) const { X509_EXTENSION_free(it); }
  void operator()(GENERAL_NAMES* it) const { GENERAL_NAMES_free(it); }
};

template <class T>
using Owned = std::unique_ptr<T, OpensslFree>;

/// Return null if the file cannot be read or has another content. A key with a password counts as unreadable.
[[nodiscard]] Owned<X509> read_x509(const std::filesystem::path& path);
[[nodiscard]] Owned<EVP_PKEY> read_key(const std::filesystem::path& path);

/// The organization in certificates of our own.
inline constexpr const char* kLocalOrganization = "Reprise local certificate";

}  // namespace reprise::server::http
