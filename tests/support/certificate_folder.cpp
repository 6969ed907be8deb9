// SPDX-License-Identifier: Apache-2.0
#include "tests/support/certificate_folder.h"

#include <openssl/pem.h>
#include <stdlib.h>

#include <cstdio>
#include <stdexcept>

#include "server/tls/openssl_types.h"

namespace reprise::server::http {

CertificateFolder::CertificateFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "reprise_certificate_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path = name;
  files = {path / "certificate.pem", path / "key.pem"};
}

CertificateFolder::~CertificateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

void write_foreign_certificate(const CertificateFiles& files, std::chrono::sys_seconds now) {
  const Owned<X509> x509 = read_x509(files.certificate);
  const Owned<EVP_PKEY> key = read_key(files.key);
  if (!x509 || !key) throw std::runtime_error("no pair to change");
  X509_NAME* subject = X509_get_subject_name(x509.get());
  X509_NAME_ENTRY_free(X509_NAME_delete_entry(subject, 0));
  X509_set_issuer_name(x509.get(), subject);
  ASN1_TIME_set(X509_getm_notBefore(x509.get()), now.time_since_epoch().count());
  ASN1_TIME_set(X509_getm_notAfter(x509.get()), (now + std::chrono::hours{24}).time_since_epoch().count());
  std::FILE* file = std::fopen(files.certificate.c_str(), "w");
  if (X509_sign(x509.get(), key.get(), EVP_sha256()) <= 0 || PEM_write_X509(file, x509.get()) != 1) {
    throw std::runtime_error("cannot sign");
  }
  std::fclose(file);
}

}  // namespace reprise::server::http
