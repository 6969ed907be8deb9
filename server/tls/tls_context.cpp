// SPDX-License-Identifier: Apache-2.0
#include "server/tls/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <string_view>

namespace reprise::server::http {
namespace {

constexpr const char* kTlsStage = "TLS";

// For TLS 1.2; all ciphers of TLS 1.3 are of this kind.
constexpr const char* kCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

// OpenSSL would prompt at the terminal.
int no_password(char*, int, int, void*) {
  return -1;
}

// RFC 7301: a client that offers protocols must offer ours.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                    unsigned int in_size, void*) {
  for (const std::string_view ours : {"http/1.1", "http/1.0"}) {
    for (unsigned int at = 0; at < in_size && in[at] <= in_size - at - 1; at += 1U + in[at]) {
      const std::string_view offered{reinterpret_cast<const char*>(in + at + 1), in[at]};
      if (offered != ours) continue;
      *out = in + at + 1;
      *out_size = in[at];
      return SSL_TLSEXT_ERR_OK;
    }
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

tl::unexpected<Error> tls_failure(ErrorCode code, std::string cause, std::string remedy) {
  ERR_clear_error();
  return fail(code, kTlsStage, std::move(cause), std::move(remedy));
}

}  // namespace

Result<std::shared_ptr<SSL_CTX>> make_tls_context(const CertificateFiles& files) {
  const std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(context.get(), kCiphers) != 1) {
    return tls_failure(ErrorCode::unsupported, "this OpenSSL has no TLS 1.2 with modern ciphers",
                       "check the system's OpenSSL and its openssl.cnf");
  }
  SSL_CTX_set_options(context.get(),
                      SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);  // idle connections are many
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context.get(), no_password);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
    return tls_failure(ErrorCode::unreadable,
                       files.certificate.string() + " cannot be read as a PEM certificate",
                       "check the path, its permissions and that it begins with -----BEGIN CERTIFICATE-----");
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return tls_failure(
        ErrorCode::unreadable,
        files.key.string() + " cannot be read as the private key of " + files.certificate.string(),
        "check the path and its permissions; it must be PEM without a password, and made "
        "together with the certificate");
  }
  if (SSL_CTX_check_private_key(context.get()) != 1) {
    return tls_failure(ErrorCode::corrupt,
                       files.key.string() + " is not the key of " + files.certificate.string(),
                       "give the key that was made together with the certificate");
  }
  return context;
}

}  // namespace reprise::server::http
