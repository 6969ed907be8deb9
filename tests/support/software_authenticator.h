// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "record/webauthn/public_key.h"

// For tests only: an authenticator with real keys, which writes and signs as W3C Web Authentication Level 2
// (section 6) says, independently of libfido2.
namespace reprise::record::webauthn {

/// Flags of the authenticator's data.
inline constexpr unsigned kUserPresent = 0x01;
inline constexpr unsigned kUserVerified = 0x04;
inline constexpr unsigned kNewCredential = 0x40;
inline constexpr unsigned kByItsUser = kUserPresent | kUserVerified;

/// Authenticator's data without a credential.
struct AuthenticatorState {
  std::string site_id = "clinic.example";
  unsigned flags = kByItsUser;
  std::uint32_t counter = 0;
};
[[nodiscard]] std::string authenticator_data(const AuthenticatorState& state = {});

/// clientDataJSON as browsers write it.
[[nodiscard]] std::string client_data_text(std::string_view type, std::string_view challenge,
                                           std::string_view origin = "https://clinic.example",
                                           std::string_view more = ",\"crossOrigin\":false");

class SoftwareAuthenticator {
 public:
  explicit SoftwareAuthenticator(Algorithm algorithm = Algorithm::es256, std::string id = "credential-1");

  [[nodiscard]] const std::string& id() const { return id_; }
  /// Authenticator's data of the new credential.
  [[nodiscard]] std::string new_credential(AuthenticatorState state = {}) const;
  /// Signs the data and the hash of the client's data.
  [[nodiscard]] std::string sign(std::string_view data, std::string_view client_data) const;

 private:
  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  [[nodiscard]] std::string cose_key() const;

  Algorithm algorithm_;
  std::string id_;
  std::unique_ptr<EVP_PKEY, FreeKey> key_;
};

}  // namespace reprise::record::webauthn
