// SPDX-License-Identifier: Apache-2.0
#include "server/tls/local_certificate.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <string_view>

#include "server/tls/openssl_types.h"

namespace reprise::server::http {
namespace {

constexpr const char* kMakeStage = "local certificate";
constexpr auto kClockDifference = std::chrono::hours{24};  // of phones whose clock is late

tl::unexpected<Error> not_written(const std::filesystem::path& path, int error) {
  return fail(
      ErrorCode::unwritable, kMakeStage, path.string() + " cannot be written: " + std::strerror(error),
      "check that the folder exists, is not full, and that the user that runs the server may write it");
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return fsync(file) == 0;
}

// Writes the file atomically and with that mode from the start.
Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes, mode_t mode) {
  const std::string next = path.string() + ".new";
  unlink(next.c_str());  // of a start that was broken off
  const int file = open(next.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, mode);
  if (file < 0) return not_written(path, errno);
  const bool written = write_all(file, bytes);
  const int error = errno;
  close(file);
  if (!written || rename(next.c_str(), path.c_str()) != 0) {
    const int cause = written ? errno : error;
    unlink(next.c_str());
    return not_written(path, cause);
  }
  if (const int folder =
          open(std::filesystem::absolute(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      folder >= 0) {
    fsync(folder);
    close(folder);
  }
  return {};
}

bool is_there(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string{};
}

bool is_ip_address(const std::string& name) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, name.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1;
}

// RFC 1123, 2.1; underscores occur.
bool is_host_name(std::string_view name) {
  return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  });
}

bool add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION> extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// Bridges of containers and virtual machines: transient, and not reachable by phones.
bool is_inside_this_machine(std::string_view interface) {
  constexpr std::array<std::string_view, 5> kPrefixes = {"docker", "br-", "veth", "virbr", "podman"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return interface.substr(0, prefix.size()) == prefix; });
}

std::string alternative_names(std::span<const std::string> names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ",") + std::string{is_ip_address(name) ? "IP:" : "DNS:"} + name;
  }
  return text;
}

bool set_serial_number(X509* certificate) {
  BIGNUM* number = BN_new();
  // 159 random bits: positive in twenty bytes (RFC 5280, 4.1.2.2).
  const bool set = number != nullptr && BN_rand(number, 159, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
                   BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
  BN_free(number);
  return set;
}

bool set_subject(X509* certificate, const std::string& name) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  const auto add = [&](const char* field, const std::string& value) {
    return X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1, 0) == 1;
  };
  return add("O", kLocalOrganization) && add("CN", name.substr(0, 64)) &&
         X509_set_issuer_name(certificate, subject) == 1;
}

Owned<X509> sign_certificate(EVP_PKEY* key, std::span<const std::string> names,
                             std::chrono::sys_seconds now) {
  Owned<X509> made{X509_new()};
  if (!made || names.empty()) return {};
  const auto from = std::chrono::time_point_cast<std::chrono::seconds>(now - kClockDifference);
  const bool good =
      X509_set_version(made.get(), X509_VERSION_3) == 1 && set_serial_number(made.get()) &&
      ASN1_TIME_set(X509_getm_notBefore(made.get()), from.time_since_epoch().count()) != nullptr &&
      ASN1_TIME_set(X509_getm_notAfter(made.get()),
                    (from + kLocalCertificateLife).time_since_epoch().count()) != nullptr &&
      X509_set_pubkey(made.get(), key) == 1 && set_subject(made.get(), names.front()) &&
      add_extension(made.get(), NID_basic_constraints, "critical,CA:FALSE") &&
      add_extension(made.get(), NID_key_usage, "critical,digitalSignature") &&
      add_extension(made.get(), NID_ext_key_usage, "serverAuth") &&
      add_extension(made.get(), NID_subject_key_identifier, "hash") &&
      add_extension(made.get(), NID_subject_alt_name, alternative_names(names)) &&
      X509_sign(made.get(), key, EVP_sha256()) > 0;
  return good ? std::move(made) : Owned<X509>{};
}

tl::unexpected<Error> not_made() {
  ERR_clear_error();
  return fail(ErrorCode::unsupported, kMakeStage, "OpenSSL could not make an ECDSA P-256 certificate",
              "check the system's OpenSSL and its openssl.cnf, or give certificate and key files");
}

Result<Owned<EVP_PKEY>> make_key(const std::filesystem::path& path) {
  Owned<EVP_PKEY> key{EVP_EC_gen("P-256")};
  const Owned<BIO> memory{BIO_new(BIO_s_mem())};
  if (!key || !memory ||
      PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return not_made();
  }
  if (auto written = replace_file(path, text_of(memory.get()), S_IRUSR | S_IWUSR); !written) {
    return tl::unexpected(written.error());
  }
  return key;
}

Result<LocalCertificate> make_certificate(const CertificateFiles& files, std::span<const std::string> names,
                                          std::chrono::sys_seconds now) {
  Owned<EVP_PKEY> key;
  if (is_there(files.key)) {
    key = read_key(files.key);
    if (!key) {
      return fail(ErrorCode::unreadable, kMakeStage,
                  "the private key " + files.key.string() + " cannot be read",
                  "check its permissions; or move it away, and a new key and certificate are made");
    }
  } else {
    auto made = make_key(files.key);
    if (!made) return tl::unexpected(made.error());
    key = std::move(*made);
  }
  const Owned<X509> certificate = sign_certificate(key.get(), names, now);
  const Owned<BIO> memory{BIO_new(BIO_s_mem())};
  if (!certificate || !memory || PEM_write_bio_X509(memory.get(), certificate.get()) != 1) return not_made();
  constexpr mode_t kForAll = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
  if (auto written = replace_file(files.certificate, text_of(memory.get()), kForAll); !written) {
    return tl::unexpected(written.error());
  }
  auto read = read_certificate(files);
  if (!read) return tl::unexpected(read.error());
  return LocalCertificate{std::move(*read), true};
}

}  // namespace

std::vector<std::string> network_addresses() {
  std::vector<std::string> addresses;
  ifaddrs* all = nullptr;
  if (getifaddrs(&all) != 0) return addresses;
  for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    if ((one->ifa_flags & IFF_UP) == 0 || (one->ifa_flags & IFF_LOOPBACK) != 0) continue;
    if (is_inside_this_machine(one->ifa_name)) continue;
    std::array<char, INET_ADDRSTRLEN> text{};
    const auto* address = reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
    if (inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size()) != nullptr) {
      addresses.emplace_back(text.data());
    }
  }
  freeifaddrs(all);
  return addresses;
}

std::vector<std::string> local_names() {
  std::vector<std::string> names = {"localhost"};
  const auto add = [&](std::string name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  };
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) == 0 && is_host_name(host.data())) {
    const std::string name = host.data();
    add(name);
    if (name.find('.') == std::string::npos && name != "localhost") add(name + ".local");
  }
  add("127.0.0.1");
  add("::1");
  for (std::string& address : network_addresses()) add(std::move(address));
  return names;
}

Result<LocalCertificate> ensure_local_certificate(const CertificateFiles& files,
                                                  std::span<const std::string> names,
                                                  std::chrono::sys_seconds now) {
  std::vector<std::string> usable;
  std::copy_if(names.begin(), names.end(), std::back_inserter(usable),
               [](const std::string& name) { return is_ip_address(name) || is_host_name(name); });
  if (!is_there(files.certificate)) return make_certificate(files, usable, now);
  if (!is_there(files.key)) {
    return fail(
        ErrorCode::not_found, kMakeStage,
        "the certificate " + files.certificate.string() + " is there, but not its key " + files.key.string(),
        "put the key back; or move the certificate away, and a new pair is made");
  }
  auto found = read_certificate(files);
  if (!found) return tl::unexpected(found.error());
  const bool ends_soon = now >= found->until - kLocalCertificateRenewal || now < found->from;
  const bool lacks_name = std::any_of(usable.begin(), usable.end(), [&](const std::string& name) {
    return std::find(found->names.begin(), found->names.end(), name) == found->names.end();
  });
  if (found->is_local && (ends_soon || lacks_name)) return make_certificate(files, usable, now);
  if (auto checked = check_dates(*found, now); !checked) return tl::unexpected(checked.error());
  return LocalCertificate{std::move(*found), false};
}

}  // namespace reprise::server::http
