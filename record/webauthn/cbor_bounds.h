// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace reprise::record::webauthn {

/// Checks that bytes are whole items of CBOR (RFC 8949) in the form of CTAP2: no open lengths, no length or
/// count beyond the bytes that follow, little nesting. libcbor reserves memory for a count before it reads
/// on: 9 bytes would cost gigabytes.
[[nodiscard]] bool is_bounded_cbor(std::string_view bytes);

}  // namespace reprise::record::webauthn
