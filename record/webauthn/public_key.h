// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace reprise::record::webauthn {

/// Algorithms of COSE (RFC 9053, RFC 8812).
enum class Algorithm : std::int16_t { es256 = -7, eddsa = -8, rs256 = -257 };

/// Those that we accept, the preferred first.
inline constexpr std::array kAlgorithms = {Algorithm::es256, Algorithm::eddsa, Algorithm::rs256};

struct PublicKey {
  Algorithm algorithm = Algorithm::es256;
  std::string der;  ///< SubjectPublicKeyInfo (RFC 5280), independent of any library
};

}  // namespace reprise::record::webauthn
