// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace reprise {

/// The network address that a limit counts by: "192.0.2.1" as it is; of an IPv6 address its first 64 bits, of
/// which a household has all; an IPv4 address inside an IPv6 one as IPv4. Texts that are no addresses stay.
[[nodiscard]] std::string address_group(std::string_view address);

}  // namespace reprise
