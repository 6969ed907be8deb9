// SPDX-License-Identifier: Apache-2.0
#include "server/mail/transfer.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>

#include "tests/support/listening_socket.h"

namespace reprise::server::mail {
namespace {

using ::testing::HasSubstr;

// Accepts one mail without TLS, and keeps what comes after DATA.
class OneMailServer {
 public:
  OneMailServer() : thread_([this] { serve(); }) {}
  ~OneMailServer() {
    if (thread_.joinable()) thread_.join();
  }
  OneMailServer(const OneMailServer&) = delete;
  OneMailServer& operator=(const OneMailServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return socket_.port(); }
  // With the dots that SMTP doubles at the start of a line.
  [[nodiscard]] std::string mail() {
    thread_.join();
    return mail_;
  }

 private:
  void serve() {
    const int client = socket_.accept();
    const auto say = [&](std::string_view line) {
      EXPECT_EQ(::send(client, line.data(), line.size(), MSG_NOSIGNAL), static_cast<ssize_t>(line.size()));
    };
    const auto receive_until = [&](std::string_view end) {
      std::string text;
      std::array<char, 4096> some{};
      while (!text.ends_with(end)) {
        const ssize_t size = ::recv(client, some.data(), some.size(), 0);
        if (size <= 0) break;
        text.append(some.data(), static_cast<std::size_t>(size));
      }
      return text;
    };
    say("220 test\r\n");
    for (std::string line = receive_until("\r\n"); !line.empty(); line = receive_until("\r\n")) {
      const bool data = line.rfind("DATA", 0) == 0;
      say(data ? "354 go on\r\n" : "250 yes\r\n");
      if (!data) continue;
      mail_ = receive_until("\r\n.\r\n");
      say("250 taken\r\n");
    }
    ::close(client);
  }

  ListeningSocket socket_;
  std::string mail_;
  std::thread thread_;
};

std::string received(std::string body, std::string html = {}) {
  OneMailServer server;
  const record::Message message{.id = "0123",
                                .recipient = "a@example.org",
                                .subject = "Grüße",
                                .body = std::move(body),
                                .html = std::move(html),
                                .queued_us = 1'792'000'000'123'456};
  const std::atomic<bool> stop{false};
  MailServer settings;
  settings.host = "127.0.0.1";
  settings.port = server.port();
  settings.security = Security::none;
  settings.from = "record@clinic.example.org";
  const record::Try tried = send_mail(settings, message, stop);
  EXPECT_EQ(tried.end, record::Try::End::sent) << tried.why;
  return server.mail();
}

// The only part's text, quoted-printable (RFC 2045, 6.7) or as it is.
std::string text_in(const std::string& mail) {
  const std::size_t boundary_begin = mail.find("boundary=") + 9;
  const std::string boundary =
      "\r\n--" + mail.substr(boundary_begin, mail.find('\r', boundary_begin) - boundary_begin);
  const std::size_t part = mail.find(boundary);
  const std::size_t begin = mail.find("\r\n\r\n", part) + 4;
  const std::string encoded = mail.substr(begin, mail.find(boundary, begin) - begin);
  EXPECT_THAT(mail.substr(part, begin - part), HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
  if (mail.find("Content-Transfer-Encoding: 7bit\r\n") != std::string::npos) return encoded;
  EXPECT_THAT(mail, HasSubstr("Content-Transfer-Encoding: quoted-printable\r\n"));
  std::string text;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] != '=') {
      text += encoded[i];
      continue;
    }
    const std::string digits = encoded.substr(i + 1, 2);
    if (digits != "\r\n") text += static_cast<char>(std::stoi(digits, nullptr, 16));
    i += 2;
  }
  return text;
}

TEST(SendMail, SendsTheHeaderAndOnePart) {
  const std::string mail = received("First\nlast");
  const std::size_t end = mail.find("\r\n\r\n");
  const std::string header = "\r\n" + mail.substr(0, end + 2);
  for (const char* field :
       {"Date: Wed, 14 Oct 2026 17:46:40 +0000", "From: <record@clinic.example.org>", "To: <a@example.org>",
        "Message-ID: <0123@clinic.example.org>",
        "Subject: =?UTF-8?B?R3LDvMOfZQ==?=", "Auto-Submitted: auto-generated", "Mime-Version: 1.0"}) {
    EXPECT_THAT(header, HasSubstr("\r\n" + std::string{field} + "\r\n"));
  }
  EXPECT_THAT(mail.substr(end + 4),
              ::testing::MatchesRegex("--[-0-9a-f]+\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                      "Content-Transfer-Encoding: 7bit\r\n\r\nFirst\r\nlast\r\n\r\n"
                                      "--[-0-9a-f]+--\r\n.\r\n"));
}

TEST(SendMail, SendsAPageAsTheBetterAlternative) {
  const std::string mail = received("Text", "<p>Text</p>");
  EXPECT_THAT(mail.substr(mail.find("\r\n\r\n") + 4),
              ::testing::MatchesRegex("--[-0-9a-f]+\r\nContent-Type: multipart/alternative;[ \r\n]+"
                                      "boundary=[-0-9a-f]+\r\n\r\n"
                                      "--[-0-9a-f]+\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                      "Content-Transfer-Encoding: 7bit\r\n\r\nText\r\n\r\n"
                                      "--[-0-9a-f]+\r\nContent-Type: text/html; charset=utf-8\r\n"
                                      "Content-Transfer-Encoding: 7bit\r\n\r\n<p>Text</p>\r\n\r\n"
                                      "--[-0-9a-f]+--\r\n\r\n--[-0-9a-f]+--\r\n.\r\n"));
}

TEST(SendMail, DeliversEveryTextInShortLinesOfAscii) {
  for (const std::string& text :
       {std::string{"Einladung für Åse = 1\r\nhttps://x/y#z=w&a=b\r\n"}, std::string(901, 'x') + "\r\n",
        std::string(70'000, 'x') + "\r\n", std::string{"ä\r\n\r\n\r\nö \r\n"}}) {
    std::string body = text;
    body.erase(std::remove(body.begin(), body.end(), '\r'), body.end());
    const std::string mail = received(body);
    EXPECT_EQ(text_in(mail), text);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < mail.size(); ++i) {
      EXPECT_LT(static_cast<unsigned char>(mail[i]), 0x80);
      if (mail[i] != '\n') continue;
      EXPECT_EQ(mail[i - 1], '\r');
      EXPECT_LE(i + 1 - begin, 1000U) << "RFC 5321, 4.5.3.1.6";
      begin = i + 1;
    }
  }
}

TEST(SendMail, DoublesADotAtTheStartOfALine) {
  EXPECT_EQ(text_in(received("First\n.\nlast\n")), "First\r\n..\r\nlast\r\n");
}

}  // namespace
}  // namespace reprise::server::mail
