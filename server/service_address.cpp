// SPDX-License-Identifier: Apache-2.0
#include "server/service_address.h"

#include <chrono>

namespace reprise::server {

Result<ServiceTls> prepare_tls(const Settings& settings) {
  if (!settings.listen.tls) return ServiceTls{};
  const bool own = settings.listen.certificate.empty();
  const http::CertificateFiles files =
      own ? http::CertificateFiles{settings.record.folder / "certificate.pem",
                                   settings.record.folder / "certificate.key"}
          : http::CertificateFiles{settings.listen.certificate, settings.listen.key};
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (!own) {
    const auto read = http::read_certificate(files);
    if (!read) return tl::unexpected(read.error());
    if (const auto valid = http::check_dates(*read, now); !valid) return tl::unexpected(valid.error());
    return ServiceTls{files, read->fingerprint, read->names};
  }
  const auto made = http::ensure_local_certificate(files, http::local_names(), now);
  if (!made) return tl::unexpected(made.error());
  return ServiceTls{files, made->certificate.fingerprint, made->certificate.names, true, made->made};
}

std::vector<std::string> service_addresses(const Settings::Listen& listen, std::uint16_t port) {
  const std::string scheme = listen.tls ? "https://" : "http://";
  const std::string behind = ":" + std::to_string(port);
  std::vector<std::string> addresses = {scheme + "localhost" + behind};
  if (!listen.public_url.empty()) {
    addresses.push_back(listen.public_url);
  } else if (!http::is_loopback(listen.address)) {
    for (const auto& address : http::network_addresses()) addresses.push_back(scheme + address + behind);
  }
  return addresses;
}

}  // namespace reprise::server
