// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace reprise::record {

/// Returns whether an attacker would try this password early. Removes frequent words (also with digits for
/// letters), keyboard rows, alphabets, repeated characters, and digits and signs at both ends. The password
/// is common if the rest is short. `site_words`: words that belong to this server, such as the clinic's name.
[[nodiscard]] bool is_common_password(std::string_view password,
                                      std::span<const std::string> site_words = {});

}  // namespace reprise::record
