#include "server/mail/letter.h"

#include <gmock/gmock.h>
#include <sodium.h>

namespace reprise::server::mail {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

record::Message message_of(std::string subject, std::string body) {
  return {.id = "0123",
          .recipient = "a@example.org",
          .subject = std::move(subject),
          .body = std::move(body),
          .queued_us = 1'792'000'000'123'456};
}

std::string decoded(const std::string& base64) {
  std::string bytes(base64.size(), '\0');
  std::size_t size = 0;
  EXPECT_EQ(sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), base64.data(),
                              base64.size(), "\r\n", &size, nullptr, sodium_base64_VARIANT_ORIGINAL),
            0);
  bytes.resize(size);
  return bytes;
}

// The header field as a reader sees it, its encoded words decoded.
std::string subject_in(const std::string& letter) {
  const std::size_t begin = letter.find("Subject: ") + 9;
  std::string rest = letter.substr(begin, letter.find("\r\nMIME", begin) - begin);
  std::string text;
  for (std::size_t at = 0; at < rest.size();) {
    EXPECT_EQ(rest.substr(at, 10), "=?UTF-8?B?");
    const std::size_t end = rest.find("?=", at + 10);
    EXPECT_LE(end + 2 - at, 75U) << "RFC 2047, 2";
    text += decoded(rest.substr(at + 10, end - at - 10));
    at = end + 2 + (rest.substr(end + 2, 3) == "\r\n " ? 3 : 0);
  }
  return text;
}

TEST(Letter, HasTheFieldsThatMailNeeds) {
  EXPECT_EQ(
      letter_of(message_of("Hello", "First\n.\nlast"), "record@clinic.example.org"),
      "Date: Wed, 14 Oct 2026 17:46:40 +0000\r\nFrom: <record@clinic.example.org>\r\nTo: <a@example.org>\r\n"
      "Message-ID: <0123@clinic.example.org>\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n"
      "Auto-Submitted: auto-generated\r\n\r\nFirst\r\n.\r\nlast\r\n");
}

TEST(Letter, EncodesWhatIsNotShortAscii) {
  for (const std::string& subject :
       {std::string{"Grüße aus der Praxis"}, std::string(300, 'x'), std::string{"=?UTF-8?Q?x?="},
        std::string{"Ω≈ç√∫˜µ≤≥÷åß∂ƒ©˙∆˚¬…æ😀😀😀😀😀😀😀😀😀😀😀😀"}}) {
    const std::string letter = letter_of(message_of(subject, "x"), "r@c");
    EXPECT_EQ(subject_in(letter), subject);
  }
  for (const std::string& body :
       {std::string{"Einladung für Åse\nhttps://x/y#z\n"}, std::string(5000, 'x')}) {
    const std::string letter = letter_of(message_of("s", body), "r@c");
    EXPECT_THAT(letter, HasSubstr("Content-Transfer-Encoding: base64\r\n"));
    EXPECT_EQ(decoded(letter.substr(letter.find("\r\n\r\n") + 4)), body);
  }
}

TEST(Letter, HasNoLineThatIsTooLongOrEndedOtherwise) {
  for (const std::string& text : {std::string(901, 'x'), std::string(900, 'x') + "\n" + std::string(900, 'y'),
                                  std::string(70'000, 'x'), std::string{"ä\n\n\nö"}}) {
    const std::string letter = letter_of(message_of(text.substr(0, 450), text), "r@c");
    EXPECT_THAT(letter, EndsWith("\r\n"));
    std::size_t begin = 0;
    for (std::size_t i = 0; i < letter.size(); ++i) {
      EXPECT_LT(static_cast<unsigned char>(letter[i]), 0x80);
      EXPECT_TRUE(letter[i] != '\r' || letter[i + 1] == '\n');
      if (letter[i] != '\n') continue;
      EXPECT_EQ(letter[i - 1], '\r');
      EXPECT_LE(i + 1 - begin, 1000U);
      begin = i + 1;
    }
  }
}

}  // namespace
}  // namespace reprise::server::mail
