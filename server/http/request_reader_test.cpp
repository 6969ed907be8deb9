// SPDX-License-Identifier: Apache-2.0
#include "server/http/request_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace reprise::server::http {
namespace {

using State = RequestReader::State;

// Acts as a connection: keeps unread bytes and passes them again with the next ones.
struct Stream {
  explicit Stream(const Limits& limits = {}) : reader(limits) {}
  State feed(std::string_view bytes) {
    waiting += bytes;
    while (!waiting.empty() && (reader.state() == State::head || reader.state() == State::body)) {
      const std::size_t done = reader.read(waiting);
      waiting.erase(0, done);
      if (done == 0) break;
    }
    return reader.state();
  }
  RequestReader reader;
  std::string waiting;
};

unsigned status_of(std::string_view bytes, const Limits& limits = {}) {
  Stream stream(limits);
  return stream.feed(bytes) == State::refused ? stream.reader.refusal().status : 0;
}

TEST(RequestReader, ReadsMethodTargetFieldsAndBody) {
  Stream stream;
  ASSERT_EQ(
      stream.feed(
          "POST /a/b?c=%20d HTTP/1.1\r\nHost: h\r\nX-One:  two words \r\nContent-Length: 4\r\n\r\nbody"),
      State::complete);
  EXPECT_TRUE(stream.reader.keep_alive());
  const Request request = stream.reader.take_request();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/a/b?c=%20d");
  ASSERT_NE(find_field(request.fields, "x-one"), nullptr);
  EXPECT_EQ(*find_field(request.fields, "x-one"), "two words");
  EXPECT_EQ(request.fields[1].name, "x-one");
  EXPECT_EQ(request.body, "body");
}

// Security finding F31
TEST(RequestReader, RefusesAFieldThatGoesOnInTheNextLine) {
  for (const char* fold : {"\r\n ", "\r\n\t"}) {
    const std::string bytes =
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:" + std::string{fold} + "chunked\r\n\r\n0\r\n\r\n";
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
      Stream stream;
      stream.feed(bytes.substr(0, cut));
      EXPECT_EQ(stream.feed(bytes.substr(cut)), State::refused) << cut;
      EXPECT_EQ(stream.reader.refusal().status, 400U);
    }
  }
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n\r\n a"), 0U) << "in a body";
}

TEST(RequestReader, ReadsTheSameHoweverTheBytesAreCut) {
  const std::string bytes =
      "\r\nPUT /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nbody\r\n0\r\nTrailer: "
      "t\r\n\r\n"
      "PUT /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    Stream stream;
    std::vector<std::string> bodies;
    for (const std::string& part : {bytes.substr(0, cut), bytes.substr(cut)}) {
      for (State state = stream.feed(part); state == State::complete; state = stream.feed("")) {
        const Request request = stream.reader.take_request();
        EXPECT_EQ(find_field(request.fields, "trailer"), nullptr);
        bodies.push_back(request.target + request.body);
      }
      ASSERT_NE(stream.reader.state(), State::refused) << cut;
    }
    EXPECT_THAT(bodies, testing::ElementsAre("/abody", "/babc")) << cut;
  }
}

TEST(RequestReader, ReadsByteByByte) {
  Stream stream;
  const std::string bytes = "GET /a HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n";
  for (const char& c : bytes) {
    ASSERT_NE(stream.reader.state(), State::complete);
    ASSERT_NE(stream.feed({&c, 1}), State::refused);
  }
  ASSERT_EQ(stream.reader.state(), State::complete);
  EXPECT_EQ(stream.reader.take_request().fields.size(), 2U);
}

TEST(RequestReader, ReadsChunksByteByByte) {
  Stream stream;
  const std::string bytes =
      "PUT /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
  for (const char& c : bytes) {
    ASSERT_NE(stream.reader.state(), State::complete);
    ASSERT_NE(stream.feed({&c, 1}), State::refused);
  }
  ASSERT_EQ(stream.reader.state(), State::complete);
  EXPECT_EQ(stream.reader.take_request().body, "ab");
}

TEST(RequestReader, TakesThePathOutOfAnAbsoluteTarget) {
  for (const auto& [target, expected] : std::vector<std::pair<std::string, std::string>>{
           {"http://h/a?b", "/a?b"}, {"https://h", "/"}, {"HTTP://h?q", "/?q"}, {"*", "*"}}) {
    Stream stream;
    ASSERT_EQ(stream.feed("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n"), State::complete) << target;
    EXPECT_EQ(stream.reader.take_request().target, expected);
  }
}

TEST(RequestReader, RefusesWhatTwoReadersCouldCutDifferently) {
  const std::string begin = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const char* fields : {
           "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
           "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
           "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde",
           "Content-Length: 5, 5\r\n\r\nabcde",
           "Content-Length: +5\r\n\r\nabcde",
           "Content-Length: -5\r\n\r\nabcde",
           "Content-Length: 0x5\r\n\r\nabcde",
           "Content-Length: \r\n\r\nabcde",
           "Content-Length: 5 5\r\n\r\nabcde",
           "Content-Length: 18446744073709551617\r\n\r\na",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nabcde",
           "Content-Length : 5\r\n\r\nabcde",
           "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
           " Content-Length: 5\r\n\r\nabcde",
           "A: b\nContent-Length: 5\r\n\r\nabcde",
           "A: b\rContent-Length: 5\r\n\r\nabcde",
           "A: b\n\r\n",
           "Transfer-Encoding: chunked\r\n\r\n5\nabcde\r\n0\r\n\r\n",
           "Transfer-Encoding: chunked\r\n\r\n-1\r\nabcde\r\n0\r\n\r\n",
           "Transfer-Encoding: chunked\r\n\r\n0x5\r\nabcde\r\n0\r\n\r\n",
           "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdefg\r\n0\r\n\r\n",
           "Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\nabcde\r\n0\r\n\r\n",
       }) {
    EXPECT_EQ(status_of(begin + fields), 400U) << fields;
  }
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400U);
  for (const char* encoding : {"gzip, chunked", "chunked, gzip", "identity", "xchunked", "chunked,"}) {
    EXPECT_EQ(status_of(begin + "Transfer-Encoding: " + encoding + "\r\n\r\n0\r\n\r\n"), 501U) << encoding;
  }
}

TEST(RequestReader, RefusesBadRequestLinesAndFields) {
  for (const char* bytes : {
           "GET\r\n\r\n",
           "GET / \r\nHost: h\r\n\r\n",
           "GET /\r\nHost: h\r\n\r\n",
           "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
           "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
           "GET / http/1.1\r\nHost: h\r\n\r\n",
           "G(T / HTTP/1.1\r\nHost: h\r\n\r\n",
           " GET / HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET a HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET /a\tb HTTP/1.1\r\nHost: h\r\n\r\n",
           "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\n: empty\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nA(b): c\r\n\r\n",
           "\x16\x03\x01\x02\x01\x01",
           "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
       }) {
    EXPECT_EQ(status_of(bytes), 400U) << bytes;
  }
  using namespace std::string_view_literals;
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: h\r\nA: b\0c\r\n\r\n"sv), 400U);
  EXPECT_EQ(status_of("GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n"sv), 400U);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: h\r\nExpect: tea\r\n\r\n"), 417U);
}

TEST(RequestReader, RefusesTooLongRequestsAtOnceAndInDrips) {
  Limits limits;
  limits.header_bytes = 1000;
  limits.target_bytes = 100;
  limits.body_bytes = 10;
  const std::string begin = "POST / HTTP/1.1\r\nHost: h\r\n";
  const std::vector<std::pair<std::string, unsigned>> cases = {
      {"GET /" + std::string(200, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
      {"GET /" + std::string(2000, 'a'), 414},
      {begin + "A: " + std::string(2000, 'a'), 431},
      {begin + "A: " + std::string(970, 'a') + "\r\n\r\n", 431},
      {begin +
           [] {
             std::string many;
             for (int i = 0; i < 300; ++i) many += "A: b\r\n";
             return many;
           }(),
       431},
      {begin + "Content-Length: 11\r\n\r\n", 413},
      {begin + "Content-Length: 100000000\r\n\r\n", 413},
      {begin + "Transfer-Encoding: chunked\r\n\r\nb\r\nabcdefghijk", 413},
      {begin + "Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n", 413},
  };
  for (const auto& [bytes, status] : cases) {
    EXPECT_EQ(status_of(bytes, limits), status) << bytes;
    Stream dripping(limits);
    for (const char& c : bytes) {
      if (dripping.feed({&c, 1}) == State::refused) break;
      ASSERT_LE(dripping.waiting.size(), 1000U);
    }
    ASSERT_EQ(dripping.reader.state(), State::refused) << bytes;
    EXPECT_EQ(dripping.reader.refusal().status, status) << bytes;
  }
  // As long as may be.
  const std::string longest = begin + "A: " + std::string(1000 - begin.size() - 7, 'a') + "\r\n\r\n";
  ASSERT_EQ(longest.size(), 1000U);
  EXPECT_EQ(status_of(longest, limits), 0U);
  EXPECT_EQ(status_of(begin + "Content-Length: 10\r\n\r\n0123456789", limits), 0U);
}

TEST(RequestReader, RefusesMoreThanAHundredFields) {
  std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 99; ++i) bytes += "A: b\r\n";
  EXPECT_EQ(status_of(bytes + "\r\n"), 0U);
  EXPECT_EQ(status_of(bytes + "A: b\r\n\r\n"), 431U);
}

TEST(RequestReader, KnowsWhenTheClientWaitsForContinue) {
  Stream stream;
  EXPECT_FALSE(stream.reader.awaits_continue());
  const std::string head = "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
  ASSERT_EQ(stream.feed(head), State::body);
  EXPECT_TRUE(stream.reader.awaits_continue());
  ASSERT_EQ(stream.feed("ab"), State::complete);
  // A client that did not wait.
  static_cast<void>(stream.reader.take_request());
  ASSERT_EQ(stream.feed(head + "a"), State::body);
  EXPECT_FALSE(stream.reader.awaits_continue());
}

TEST(RequestReader, KnowsWhetherTheConnectionStays) {
  const auto stays = [](const std::string& version, const std::string& fields) {
    Stream stream;
    EXPECT_EQ(stream.feed("GET / HTTP/" + version + "\r\nHost: h\r\n" + fields + "\r\n"), State::complete);
    return stream.reader.keep_alive();
  };
  EXPECT_TRUE(stays("1.1", ""));
  EXPECT_FALSE(stays("1.1", "Connection: close\r\n"));
  EXPECT_FALSE(stays("1.1", "Connection: te, Close\r\n"));
  EXPECT_FALSE(stays("1.0", ""));
  EXPECT_TRUE(stays("1.0", "Connection: keep-alive\r\n"));
}

}  // namespace
}  // namespace reprise::server::http
