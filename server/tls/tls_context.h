// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/types.h>

#include <memory>

#include "base/result.h"
#include "server/tls/certificate.h"

namespace reprise::server::http {

/// Creates the TLS context: TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only, HTTP/1.1 by
/// ALPN. Errors: a file cannot be read, is not PEM, or the two do not belong together.
[[nodiscard]] Result<std::shared_ptr<SSL_CTX>> make_tls_context(const CertificateFiles& files);

}  // namespace reprise::server::http
