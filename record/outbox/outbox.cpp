// SPDX-License-Identifier: Apache-2.0
#include "record/outbox/outbox.h"

#include <sodium.h>

#include <array>

#include "base/plain_text.h"
#include "record/outbox/mail_address.h"

namespace reprise::record {
namespace {

constexpr std::size_t kLongestSubject = 500;
constexpr std::size_t kLongestText = 100'000;

tl::unexpected<Error> cannot_be(const char* cause) {
  return fail(ErrorCode::invalid_argument, "queueing a mail", cause, "correct it");
}

bool is_lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!is_one_line(text.substr(0, end))) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

Result<void> check(const Mail& mail) {
  if (!is_mail_address(mail.to)) return cannot_be("the address is not of the form name@example.org");
  if (mail.subject.empty() || mail.subject.size() > kLongestSubject || !is_one_line(mail.subject))
    return cannot_be("the subject is not one line of UTF-8 with 500 bytes at most");
  if (mail.text.empty() || std::max(mail.text.size(), mail.html.size()) > kLongestText)
    return cannot_be("the text is empty, or it or its page longer than 100,000 bytes");
  if (!is_lines(mail.text) || !is_lines(mail.html))
    return cannot_be("the text or its page is not UTF-8, or has control characters");
  return {};
}

std::string new_id() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 2 * bytes.size() + 1> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

Result<void> queue(Connection& connection, std::string_view kind, std::string_view recipient,
                   std::string_view subject, std::string_view body, std::string_view html,
                   std::int64_t now_us) {
  const std::string id = new_id();
  const std::array<Value, 9> values = {
      std::string_view{id}, kind, recipient, subject, body, html, now_us, now_us, std::int64_t{0}};
  return connection.insert("outbox", "id, kind, recipient, subject, body, html, queued_us, due_us, tries",
                           values.size(), values);
}

}  // namespace

Result<void> queue_mail(Connection& connection, const Mail& mail, std::int64_t now_us) {
  if (auto checked = check(mail); !checked) return checked;
  return queue(connection, "mail", mail.to, mail.subject, mail.text, mail.html, now_us);
}

Result<void> queue_post(Connection& connection, std::string_view url, std::string_view text,
                        std::int64_t now_us) {
  return queue(connection, "post", url, "", text, "", now_us);
}

Result<void> queue_push(Connection& connection, std::string_view subscription, std::string_view text,
                        std::int64_t now_us) {
  return queue(connection, "push", subscription, "", text, "", now_us);
}

Result<QueueState> queue_state(Connection& connection) {
  QueueState waiting;
  const auto read = connection.query(
      "SELECT count(*), coalesce(sum(CASE WHEN tries > 0 THEN 1 ELSE 0 END), 0), coalesce(min(queued_us), 0) "
      "FROM outbox",
      {}, [&](Row row) {
        waiting = {std::get<std::int64_t>(row[0]), std::get<std::int64_t>(row[1]),
                   std::get<std::int64_t>(row[2])};
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return waiting;
}

}  // namespace reprise::record
