#pragma once

#include <span>
#include <string>
#include <string_view>

namespace reprise::record {

/// Whether a password is among the first that an attacker tries: what remains of it is short once frequent
/// words (also with digits for letters), rows of keys, alphabets, repeated characters, and digits and signs
/// at both ends are taken away. `site_words`: words that belong to this server, such as the clinic's name.
[[nodiscard]] bool is_common_password(std::string_view password,
                                      std::span<const std::string> site_words = {});

}  // namespace reprise::record
