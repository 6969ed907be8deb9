// SPDX-License-Identifier: Apache-2.0
#include "server/mail/mime_message.h"

#include <gmock/gmock.h>

#include "base/base64.h"

namespace reprise::server::mail {
namespace {

using ::testing::ElementsAre;

record::Message message_of(std::string subject) {
  return {.id = "0123",
          .recipient = "a@example.org",
          .subject = std::move(subject),
          .body = "x",
          .queued_us = 1'792'000'000'123'456};
}

// The subject as a reader sees it, its encoded words decoded.
std::string subject_in(const std::string& field) {
  const std::string words = field.substr(std::string_view{"Subject: "}.size());
  std::string text;
  for (std::size_t at = 0; at < words.size();) {
    EXPECT_EQ(words.substr(at, 10), "=?UTF-8?B?");
    const std::size_t end = words.find("?=", at + 10);
    EXPECT_LE(end + 2 - at, 75U) << "RFC 2047, 2";
    text += from_base64(words.substr(at + 10, end - at - 10)).value_or("no base64");
    at = end + 2 + (words.substr(end + 2, 3) == "\r\n " ? 3 : 0);
  }
  return text;
}

TEST(HeaderFields, AreThoseThatMailNeeds) {
  EXPECT_THAT(header_fields(message_of("Hello"), "record@clinic.example.org"),
              ElementsAre("Date: Wed, 14 Oct 2026 17:46:40 +0000", "From: <record@clinic.example.org>",
                          "To: <a@example.org>", "Message-ID: <0123@clinic.example.org>", "Subject: Hello",
                          "Auto-Submitted: auto-generated"));
}

TEST(HeaderFields, EncodeASubjectThatIsNotShortAscii) {
  for (const std::string& subject :
       {std::string{"Grüße aus der Praxis"}, std::string(300, 'x'), std::string{"=?UTF-8?Q?x?="},
        std::string{"Ω≈ç√∫˜µ≤≥÷åß∂ƒ©˙∆˚¬…æ😀😀😀😀😀😀😀😀😀😀😀😀"}}) {
    EXPECT_EQ(subject_in(header_fields(message_of(subject), "r@c").at(4)), subject);
  }
}

TEST(TextPart, GoesAsItIsInShortLinesOfAscii) {
  EXPECT_EQ(text_part("First\n.\nlast").text, "First\r\n.\r\nlast\r\n");
  EXPECT_STREQ(text_part(std::string(900, 'x') + "\n" + std::string(900, 'y')).encoder, "7bit");
  for (const std::string& text : {std::string(901, 'x'), std::string{"ä"}}) {
    EXPECT_STREQ(text_part(text).encoder, "quoted-printable");
  }
}

}  // namespace
}  // namespace reprise::server::mail
