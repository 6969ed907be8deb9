// SPDX-License-Identifier: Apache-2.0
#include "server/push/p256.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "server/push/openssl_bytes.h"

namespace reprise::server::push {
namespace {

constexpr const char* kKeyStage = "a key of Web Push";
constexpr const char* kGroup = "P-256";

struct Free {
  void operator()(BIGNUM* it) const { BN_clear_free(it); }
  void operator()(EC_GROUP* it) const { EC_GROUP_free(it); }
  void operator()(EC_POINT* it) const { EC_POINT_free(it); }
  void operator()(ECDSA_SIG* it) const { ECDSA_SIG_free(it); }
  void operator()(EVP_PKEY* it) const { EVP_PKEY_free(it); }
  void operator()(EVP_PKEY_CTX* it) const { EVP_PKEY_CTX_free(it); }
  void operator()(EVP_MD_CTX* it) const { EVP_MD_CTX_free(it); }
  void operator()(OSSL_PARAM_BLD* it) const { OSSL_PARAM_BLD_free(it); }
  void operator()(OSSL_PARAM* it) const { OSSL_PARAM_free(it); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

tl::unexpected<Error> no_key(const char* cause) {
  return fail(ErrorCode::invalid_argument, kKeyStage, cause,
              "use a key as a browser or this server makes it");
}

/// `scalar` null: the public key alone. Null if the point is not on the curve.
Owned<EVP_PKEY> key_of(std::string_view point, const BIGNUM* scalar) {
  const Owned<OSSL_PARAM_BLD> build{OSSL_PARAM_BLD_new()};
  if (!build || OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, kGroup, 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
    return {};
  if (scalar != nullptr && OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar) != 1)
    return {};
  const Owned<OSSL_PARAM> parameters{OSSL_PARAM_BLD_to_param(build.get())};
  const Owned<EVP_PKEY_CTX> context{EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, scalar != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                        parameters.get()) != 1)
    return {};
  return Owned<EVP_PKEY>{made};
}

Owned<EVP_PKEY> public_key_of(std::string_view point) {
  if (point.size() != kPointBytes || point.front() != '\x04') return {};
  return key_of(point, nullptr);
}

std::string public_point_of(const EC_GROUP* group, const BIGNUM* scalar) {
  const Owned<EC_POINT> point{EC_POINT_new(group)};
  std::string bytes(kPointBytes, '\0');
  if (!point || EC_POINT_mul(group, point.get(), scalar, nullptr, nullptr, nullptr) != 1 ||
      EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(bytes), bytes.size(),
                         nullptr) != bytes.size())
    return {};
  return bytes;
}

}  // namespace

void P256Key::FreeKey::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

P256Key::P256Key(Handle key, std::string public_point)
    : key_(std::move(key)), public_point_(std::move(public_point)) {}

Result<P256Key> P256Key::from_scalar(std::string_view scalar) {
  if (scalar.size() != kScalarBytes) return no_key("a private key has another length than 32 bytes");
  const Owned<EC_GROUP> group{EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
  const Owned<BIGNUM> number{BN_secure_new()};
  if (!group || !number ||
      BN_bin2bn(bytes_of(scalar), static_cast<int>(scalar.size()), number.get()) == nullptr)
    return no_key("OpenSSL has no P-256");
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  if (BN_is_zero(number.get()) == 1 || BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) >= 0)
    return no_key("a private key is zero, or not below the order of P-256");
  std::string point = public_point_of(group.get(), number.get());
  auto key = point.empty() ? Owned<EVP_PKEY>{} : key_of(point, number.get());
  if (!key) return no_key("OpenSSL does not take the private key");
  return P256Key{Handle{key.release()}, std::move(point)};
}

Result<P256Key> P256Key::generate() {
  std::string scalar(kScalarBytes, '\0');
  for (;;) {
    if (RAND_priv_bytes(bytes_of(scalar), static_cast<int>(scalar.size())) != 1)
      return fail(ErrorCode::unavailable, kKeyStage, "OpenSSL has no random bytes", "restart the server");
    // One in 4 billion is above the order.
    if (auto key = from_scalar(scalar)) return key;
  }
}

Result<P256Key> P256Key::derive(std::string_view seed) {
  if (seed.size() != kScalarBytes) return no_key("a seed has another length than 32 bytes");
  for (char counter = 0;; ++counter) {
    const std::string text = "reprise web push " + std::string{counter} + std::string{seed};
    std::string scalar(kScalarBytes, '\0');
    SHA256(bytes_of(text), text.size(), bytes_of(scalar));
    auto key = from_scalar(scalar);
    if (key || counter == 100) return key;
  }
}

Result<std::string> P256Key::agree(std::string_view point) const {
  const auto peer = public_key_of(point);
  if (!peer) return no_key("the other side's key is no point of P-256");
  const Owned<EVP_PKEY_CTX> context{EVP_PKEY_CTX_new(key_.get(), nullptr)};
  std::string secret(kScalarBytes, '\0');
  std::size_t size = secret.size();
  if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer(context.get(), peer.get()) != 1 ||
      EVP_PKEY_derive(context.get(), bytes_of(secret), &size) != 1 || size != secret.size())
    return no_key("the other side's key is no point of P-256");
  return secret;
}

Result<std::string> P256Key::sign(std::string_view text) const {
  const Owned<EVP_MD_CTX> context{EVP_MD_CTX_new()};
  std::string der(80, '\0');
  std::size_t size = der.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), bytes_of(der), &size, bytes_of(text), text.size()) != 1)
    return no_key("OpenSSL cannot sign with the key");
  const unsigned char* begin = bytes_of(der);
  const Owned<ECDSA_SIG> signature{d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(size))};
  std::string both(2 * kScalarBytes, '\0');
  constexpr int kHalf = static_cast<int>(kScalarBytes);
  if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes_of(both), kHalf) != kHalf ||
      BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes_of(both) + kHalf, kHalf) != kHalf)
    return no_key("OpenSSL cannot sign with the key");
  return both;
}

bool is_p256_point(std::string_view bytes) {
  return public_key_of(bytes) != nullptr;
}

}  // namespace reprise::server::push
