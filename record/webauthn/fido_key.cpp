// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/fido_key.h"

#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <openssl/x509.h>

namespace reprise::record::webauthn {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using OpenSslKey = std::unique_ptr<EVP_PKEY, FreeKey>;

/// The functions of libfido2 for one kind of key.
template <class T, auto New, auto Free, auto FromPointer, auto ToOpenSsl, auto FromOpenSsl>
struct KeyKind {
  using Key = std::unique_ptr<T, FreeFido<T, Free>>;

  static OpenSslKey read(const unsigned char* bytes, std::size_t size) {
    const Key key{New()};
    if (!key || FromPointer(key.get(), bytes, size) != FIDO_OK) return {};
    return OpenSslKey{ToOpenSsl(key.get())};
  }
  static bool verify(const fido_assert_t* assertion, Algorithm algorithm, const EVP_PKEY* with) {
    const Key key{New()};
    return key && FromOpenSsl(key.get(), with) == FIDO_OK &&
           fido_assert_verify(assertion, 0, static_cast<int>(algorithm), key.get()) == FIDO_OK;
  }
};

using Es256 = KeyKind<es256_pk_t, es256_pk_new, es256_pk_free, es256_pk_from_ptr, es256_pk_to_EVP_PKEY,
                      es256_pk_from_EVP_PKEY>;
using Eddsa = KeyKind<eddsa_pk_t, eddsa_pk_new, eddsa_pk_free, eddsa_pk_from_ptr, eddsa_pk_to_EVP_PKEY,
                      eddsa_pk_from_EVP_PKEY>;
using Rs256 = KeyKind<rs256_pk_t, rs256_pk_new, rs256_pk_free, rs256_pk_from_ptr, rs256_pk_to_EVP_PKEY,
                      rs256_pk_from_EVP_PKEY>;

template <class Work>
auto with_kind(Algorithm algorithm, Work work) {
  switch (algorithm) {
    case Algorithm::eddsa: return work(Eddsa{});
    case Algorithm::rs256: return work(Rs256{});
    case Algorithm::es256: break;
  }
  return work(Es256{});
}

}  // namespace

std::optional<std::string> der_of_credential(Algorithm algorithm, const fido_cred_t* credential) {
  const unsigned char* bytes = fido_cred_pubkey_ptr(credential);
  if (bytes == nullptr) return {};
  const OpenSslKey key = with_kind(
      algorithm, [&](auto kind) { return decltype(kind)::read(bytes, fido_cred_pubkey_len(credential)); });
  unsigned char* der = nullptr;
  const int size = key ? i2d_PUBKEY(key.get(), &der) : 0;
  if (size <= 0) return {};
  std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return text;
}

bool verify_by(const PublicKey& key, const fido_assert_t* assertion) {
  const auto* der = reinterpret_cast<const unsigned char*>(key.der.data());
  const OpenSslKey read{d2i_PUBKEY(nullptr, &der, static_cast<long>(key.der.size()))};
  return read && with_kind(key.algorithm, [&](auto kind) {
           return decltype(kind)::verify(assertion, key.algorithm, read.get());
         });
}

}  // namespace reprise::record::webauthn
