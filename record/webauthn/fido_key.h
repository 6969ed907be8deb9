// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fido.h>

#include <memory>
#include <optional>
#include <string>

#include "record/webauthn/public_key.h"

// Keys of libfido2 from and to SubjectPublicKeyInfo.
namespace reprise::record::webauthn {

template <class T, void (*Free)(T**)>
struct FreeFido {
  void operator()(T* one) const { Free(&one); }
};

/// Returns the key of a credential as SubjectPublicKeyInfo; nullopt if it is no such key.
[[nodiscard]] std::optional<std::string> der_of_credential(Algorithm algorithm,
                                                           const fido_cred_t* credential);

/// Returns whether the first statement is signed by the key, and fulfils all conditions set for it.
[[nodiscard]] bool verify_by(const PublicKey& key, const fido_assert_t* assertion);

}  // namespace reprise::record::webauthn
