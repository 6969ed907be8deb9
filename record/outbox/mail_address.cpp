// SPDX-License-Identifier: Apache-2.0
#include "record/outbox/mail_address.h"

#include <algorithm>

namespace reprise::record {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Words with a dot between each two: none is empty.
template <class IsGood>
bool is_dotted(std::string_view text, std::size_t longest_word, IsGood is_good) {
  for (;;) {
    const std::string_view word = text.substr(0, text.find('.'));
    if (word.empty() || word.size() > longest_word || !is_good(word)) return false;
    if (word.size() == text.size()) return true;
    text.remove_prefix(word.size() + 1);
  }
}

}  // namespace

bool is_mail_address(std::string_view text) {
  constexpr std::size_t kLongest = 254;
  constexpr std::size_t kLongestLocal = 64;
  constexpr std::size_t kLongestLabel = 63;
  const std::size_t at = text.find('@');
  if (text.size() > kLongest || at == std::string_view::npos || at > kLongestLocal) return false;
  const auto is_atom = [](std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) {
      return is_letter_or_digit(c) ||
             std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
    });
  };
  const auto is_label = [](std::string_view word) {
    return word.front() != '-' && word.back() != '-' &&
           std::all_of(word.begin(), word.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
  };
  return is_dotted(text.substr(0, at), kLongestLocal, is_atom) &&
         is_dotted(text.substr(at + 1), kLongestLabel, is_label);
}

}  // namespace reprise::record
