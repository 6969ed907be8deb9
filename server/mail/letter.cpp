#include "server/mail/letter.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace reprise::server::mail {
namespace {

std::string to_base64(std::string_view bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // its NUL
  return text;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// As many whole characters from the front as fit.
std::string_view front_of(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::string subject_of(std::string_view subject) {
  constexpr std::size_t kShort = 60;
  // What looks like an encoded word would be taken for one.
  if (is_ascii(subject) && subject.size() <= kShort && subject.find("=?") == std::string_view::npos)
    return std::string{subject};
  constexpr std::size_t kBytesOfAWord = 42;  // with its frame 68 of the 75 characters that it may have
  std::string words;
  while (!subject.empty()) {
    const std::string_view some = front_of(subject, kBytesOfAWord);
    words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + to_base64(some) + "?=";
    subject.remove_prefix(some.size());
  }
  return words;
}

bool goes_as_it_is(std::string_view text) {
  constexpr std::size_t kLongestLine = 900;  // of 998
  std::size_t length = 0;
  for (const char c : text) {
    length = c == '\n' ? 0 : length + 1;
    if (length > kLongestLine) return false;
  }
  return is_ascii(text);
}

std::string body_of(std::string_view text, bool as_it_is) {
  std::string body;
  if (as_it_is) {
    for (const char c : text) {
      if (c == '\n') body += '\r';
      body += c;
    }
    if (text.empty() || text.back() != '\n') body += "\r\n";
    return body;
  }
  constexpr std::size_t kLine = 76;
  const std::string encoded = to_base64(text);
  for (std::size_t at = 0; at < encoded.size(); at += kLine) body += encoded.substr(at, kLine) + "\r\n";
  return body;
}

// Sun, 22 Nov 2026 01:02:03 +0000
std::string date_of(std::int64_t time_us) {
  const std::time_t seconds = time_us / 1'000'000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                     kDays.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                     kMonths.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900, parts.tm_hour,
                     parts.tm_min, parts.tm_sec);
}

}  // namespace

std::string letter_of(const record::Message& message, std::string_view from) {
  const bool as_it_is = goes_as_it_is(message.body);
  return fmt::format(
      "Date: {}\r\nFrom: <{}>\r\nTo: <{}>\r\nMessage-ID: <{}{}>\r\nSubject: {}\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n"
      "Auto-Submitted: auto-generated\r\n\r\n{}",
      date_of(message.queued_us), from, message.recipient, message.id, from.substr(from.find('@')),
      subject_of(message.subject), as_it_is ? "7bit" : "base64", body_of(message.body, as_it_is));
}

}  // namespace reprise::server::mail
