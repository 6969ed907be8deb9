// SPDX-License-Identifier: Apache-2.0
#include "server/http/response_text.h"

#include <gtest/gtest.h>

#include <string>

namespace reprise::server::http {
namespace {

TEST(ResponseText, WritesStatusFieldsAndLength) {
  const Response response{201, {{"ETag", "W/\"1\""}, {"X-Two", "a\tb"}}, "body"};
  EXPECT_EQ(head_text(response, {.date = "now"}),
            "HTTP/1.1 201 Created\r\nDate: now\r\nETag: W/\"1\"\r\nX-Two: a\tb\r\nContent-Length: 4\r\n\r\n");
}

TEST(ResponseText, StatesWhetherTheConnectionStays) {
  EXPECT_NE(head_text({}, {.close = true, .http_1_0 = true, .date = ""}).find("\r\nConnection: close\r\n"),
            std::string::npos);
  EXPECT_NE(head_text({}, {.http_1_0 = true, .date = ""}).find("\r\nConnection: keep-alive\r\n"),
            std::string::npos);
}

TEST(ResponseText, OmitsTheBodyWhereHttpRequires) {
  const Response plain{200, {}, "body"};
  EXPECT_TRUE(sends_body(plain, {}));
  EXPECT_FALSE(sends_body(plain, {.head = true, .date = ""}));
  EXPECT_NE(head_text(plain, {.head = true, .date = ""}).find("Content-Length: 4"), std::string::npos);
  for (const unsigned status : {204U, 304U}) {
    const Response empty{status, {}, "body"};
    EXPECT_FALSE(sends_body(empty, {}));
    EXPECT_EQ(head_text(empty, {.date = ""}).find("Content-Length"), std::string::npos);
  }
}

TEST(ResponseText, SendsNothingThatCouldBeReadAsMoreThanOneField) {
  using namespace std::string_literals;
  EXPECT_TRUE(is_sendable({200, {{"Location", "/fhir/Patient/1"}, {"X", "caf\xc3\xa9"}}, ""}));
  for (const std::string& value : {"a\r\nSet-Cookie: b=c"s, "a\nb"s, "a\rb"s, "a\0b"s, "\x7f"s}) {
    EXPECT_FALSE(is_sendable({200, {{"Location", value}}, ""})) << value;
  }
  for (const std::string& name : {""s, "A b"s, "A:"s, "A\r\nB"s, "caf\xc3\xa9"s}) {
    EXPECT_FALSE(is_sendable({200, {{name, "a"}}, ""})) << name;
  }
  for (const std::string& name : {"Content-Length"s, "transfer-encoding"s, "CONNECTION"s, "Date"s}) {
    EXPECT_FALSE(is_sendable({200, {{name, "1"}}, ""})) << name;
  }
  for (const unsigned status : {0U, 100U, 101U, 199U, 600U, 1000U})
    EXPECT_FALSE(is_sendable({status, {}, ""}));
}

TEST(ResponseText, WritesDatesAsTheStandardDoes) {
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110, 5.6.7
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

}  // namespace
}  // namespace reprise::server::http
