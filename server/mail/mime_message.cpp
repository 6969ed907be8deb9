// SPDX-License-Identifier: Apache-2.0
#include "server/mail/mime_message.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/base64.h"

namespace reprise::server::mail {
namespace {

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

}  // namespace

std::vector<std::string> header_fields(const record::Message& message, std::string_view from) {
  const std::chrono::sys_time<std::chrono::microseconds> queued{std::chrono::microseconds{message.queued_us}};
  return {fmt::format("Date: {:%a, %d %b %Y %T} +0000", std::chrono::floor<std::chrono::seconds>(queued)),
          fmt::format("From: <{}>", from),
          fmt::format("To: <{}>", message.recipient),
          fmt::format("Message-ID: <{}{}>", message.id, from.substr(from.find('@'))),
          fmt::format("Subject: {}", subject_of(message.subject)),
          "Auto-Submitted: auto-generated"};
}

TextPart text_part(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\n') lines += '\r';
    lines += c;
  }
  if (text.empty() || text.back() != '\n') lines += "\r\n";
  return {std::move(lines), goes_as_it_is(text) ? "7bit" : "quoted-printable"};
}

}  // namespace reprise::server::mail
