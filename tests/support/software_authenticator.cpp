// SPDX-License-Identifier: Apache-2.0
#include "tests/support/software_authenticator.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <cstdlib>

namespace reprise::record::webauthn {
namespace {

using namespace std::string_literals;

void must(bool holds) {
  if (!holds) std::abort();
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string sha256(std::string_view text) {
  std::string hash(32, '\0');
  must(EVP_Digest(text.data(), text.size(), bytes_of(hash), nullptr, EVP_sha256(), nullptr) == 1);
  return hash;
}

std::string big_endian(std::uint32_t number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>((number >> (8 * i)) & 0xFF);
  return text;
}

EVP_PKEY* new_key(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::eddsa: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case Algorithm::rs256: return EVP_RSA_gen(2048);
    case Algorithm::es256: break;
  }
  return EVP_EC_gen("P-256");
}

}  // namespace

std::string authenticator_data(const AuthenticatorState& state) {
  return sha256(state.site_id) + static_cast<char>(state.flags) + big_endian(state.counter, 4);
}

std::string client_data_text(std::string_view type, std::string_view challenge, std::string_view origin,
                             std::string_view more) {
  std::string text = "{\"type\":\"";
  text.append(type).append("\",\"challenge\":\"").append(challenge).append("\",\"origin\":\"").append(origin);
  return text.append("\"").append(more).append("}");
}

SoftwareAuthenticator::SoftwareAuthenticator(Algorithm algorithm, std::string id)
    : algorithm_(algorithm), id_(std::move(id)), key_(new_key(algorithm)) {
  must(key_ != nullptr);
}

// COSE keys (RFC 9052, section 7) in CBOR: kind, algorithm, curve, coordinates; of RSA modulus and exponent.
std::string SoftwareAuthenticator::cose_key() const {
  if (algorithm_ == Algorithm::rs256) {
    BIGNUM* modulus = nullptr;
    must(EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_RSA_N, &modulus) == 1);
    std::string n(256, '\0');
    must(BN_bn2binpad(modulus, bytes_of(n), 256) == 256);
    BN_free(modulus);
    return "\xA4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00"s + n + "\x21\x43\x01\x00\x01"s;
  }
  if (algorithm_ == Algorithm::eddsa) {
    std::string x(32, '\0');
    std::size_t size = x.size();
    must(EVP_PKEY_get_raw_public_key(key_.get(), bytes_of(x), &size) == 1 && size == 32);
    return "\xA4\x01\x01\x03\x27\x20\x06\x21\x58\x20"s + x;
  }
  std::string point(65, '\0');
  std::size_t size = 0;
  must(EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes_of(point), point.size(),
                                       &size) == 1);
  must(size == 65 && point[0] == '\x04');
  return "\xA5\x01\x02\x03\x26\x20\x01\x21\x58\x20"s + point.substr(1, 32) + "\x22\x58\x20"s +
         point.substr(33);
}

std::string SoftwareAuthenticator::new_credential(AuthenticatorState state) const {
  state.flags |= kNewCredential;
  const std::string maker(16, '\0');
  return authenticator_data(state) + maker + big_endian(static_cast<std::uint32_t>(id_.size()), 2) + id_ +
         cose_key();
}

std::string SoftwareAuthenticator::sign(std::string_view data, std::string_view client_data) const {
  const std::string signed_text = std::string{data} + sha256(client_data);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  const EVP_MD* digest = algorithm_ == Algorithm::eddsa ? nullptr : EVP_sha256();
  must(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1);
  std::size_t size = 0;
  const auto* text = bytes_of(std::string_view{signed_text});
  must(EVP_DigestSign(context.get(), nullptr, &size, text, signed_text.size()) == 1);
  std::string signature(size, '\0');
  must(EVP_DigestSign(context.get(), bytes_of(signature), &size, text, signed_text.size()) == 1);
  signature.resize(size);
  return signature;
}

}  // namespace reprise::record::webauthn
