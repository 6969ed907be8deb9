// SPDX-License-Identifier: Apache-2.0
#include "server/tls/certificate.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <string_view>

#include "server/tls/openssl_types.h"

namespace reprise::server::http {
namespace {

constexpr const char* kReadStage = "certificate";

int give_no_password(char*, int, int, void*) {
  return -1;
}  // OpenSSL would ask at the terminal

std::chrono::sys_seconds moment(const ASN1_TIME* time) {
  std::tm utc{};
  ASN1_TIME_to_tm(time, &utc);
  return std::chrono::sys_seconds{std::chrono::seconds{timegm(&utc)}};
}

std::string day_text(std::chrono::sys_seconds when) {
  const std::time_t time = when.time_since_epoch().count();
  std::tm utc{};
  gmtime_r(&time, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &utc);
  return text.data();
}

std::string name_text(const GENERAL_NAME& name) {
  if (name.type == GEN_DNS) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(name.d.dNSName)),
            static_cast<std::size_t>(ASN1_STRING_length(name.d.dNSName))};
  }
  if (name.type != GEN_IPADD) return {};
  const int length = ASN1_STRING_length(name.d.iPAddress);
  if (length != 4 && length != 16) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(length == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(name.d.iPAddress), text.data(),
            text.size());
  return text.data();
}

std::vector<std::string> names_of(const X509& certificate) {
  const Owned<GENERAL_NAMES> all{
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr))};
  std::vector<std::string> names;
  for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
    if (std::string name = name_text(*sk_GENERAL_NAME_value(all.get(), i)); !name.empty()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

std::string fingerprint_of(const X509& certificate) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  X509_digest(&certificate, EVP_sha256(), digest.data(), &size);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += kDigits[digest[i] >> 4U];
    text += kDigits[digest[i] & 15U];
  }
  return text;
}

bool is_made_here(const X509& certificate) {
  std::array<char, 64> organization{};
  X509_NAME_get_text_by_NID(X509_get_subject_name(&certificate), NID_organizationName, organization.data(),
                            static_cast<int>(organization.size()));
  return std::string_view{organization.data()} == kLocalOrganization &&
         X509_NAME_cmp(X509_get_subject_name(&certificate), X509_get_issuer_name(&certificate)) == 0;
}

Result<void> check_key_file(const std::filesystem::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    return fail(ErrorCode::unreadable, kReadStage,
                "the private key " + path.string() + " cannot be opened: " + std::strerror(errno),
                "check the path, and that the user that runs the server may read it");
  }
  if ((status.st_mode & (S_IRWXO | S_IWGRP)) != 0) {
    return fail(
        ErrorCode::unreadable, kReadStage,
        "the private key " + path.string() + " can be read or changed by other users of this machine",
        "run `chmod 600 " + path.string() + "`; if others may have read it, make a new key and certificate");
  }
  return {};
}

}  // namespace

Owned<X509> read_x509(const std::filesystem::path& path) {
  const Owned<BIO> file{BIO_new_file(path.c_str(), "r")};
  Owned<X509> read{file ? PEM_read_bio_X509(file.get(), nullptr, give_no_password, nullptr) : nullptr};
  ERR_clear_error();
  return read;
}

Owned<EVP_PKEY> read_key(const std::filesystem::path& path) {
  const Owned<BIO> file{BIO_new_file(path.c_str(), "r")};
  Owned<EVP_PKEY> read{file ? PEM_read_bio_PrivateKey(file.get(), nullptr, give_no_password, nullptr)
                            : nullptr};
  ERR_clear_error();
  return read;
}

Result<Certificate> read_certificate(const CertificateFiles& files) {
  const Owned<X509> x509 = read_x509(files.certificate);
  if (!x509) {
    return fail(ErrorCode::unreadable, kReadStage,
                "the certificate " + files.certificate.string() + " cannot be opened, or is not PEM",
                "check the path and its permissions; it must begin with -----BEGIN CERTIFICATE-----");
  }
  if (auto checked = check_key_file(files.key); !checked) return tl::unexpected(checked.error());
  const Owned<EVP_PKEY> key = read_key(files.key);
  if (!key) {
    return fail(
        ErrorCode::unreadable, kReadStage,
        "the private key " + files.key.string() + " cannot be read, is not PEM, or has a password",
        "check that the user that runs the server may read it; remove a password with `openssl pkey`");
  }
  const bool matches = X509_check_private_key(x509.get(), key.get()) == 1;
  ERR_clear_error();
  if (!matches) {
    return fail(ErrorCode::corrupt, kReadStage,
                files.key.string() + " is not the key of " + files.certificate.string(),
                "give the key that was made together with the certificate");
  }
  return Certificate{names_of(*x509), moment(X509_get0_notBefore(x509.get())),
                     moment(X509_get0_notAfter(x509.get())), fingerprint_of(*x509), is_made_here(*x509)};
}

Result<void> check_dates(const Certificate& certificate, std::chrono::sys_seconds now) {
  if (now >= certificate.from && now < certificate.until) return {};
  return fail(ErrorCode::invalid_argument, kReadStage,
              "the certificate is valid from " + day_text(certificate.from) + " until " +
                  day_text(certificate.until) + " only",
              "check this machine's clock, or renew the certificate");
}

}  // namespace reprise::server::http
