// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/webauthn/site.h"

namespace reprise::record::webauthn {

/// Making a passkey, or signing in by one.
enum class Ceremony : std::uint8_t { create, get };

/// Inputs of a browser are at most so long. Unsourced default: several times what browsers send.
inline constexpr std::size_t kLongestInput = 2048;

/// What a browser says about a ceremony, checked. Only `read_client_data` makes it.
struct ClientData {
  std::string challenge;                ///< base64url; the caller checks that it is one of its own
  std::array<std::uint8_t, 32> hash{};  ///< SHA-256 of the text, which the authenticator signs
};

/// Reads clientDataJSON (W3C Web Authentication Level 2, section 5.8.1): of this ceremony, on a page of this
/// origin that is in no frame of another site. Errors: invalid_argument, without any of the input.
[[nodiscard]] Result<ClientData> read_client_data(std::string_view text, Ceremony ceremony, const Site& site);

}  // namespace reprise::record::webauthn
