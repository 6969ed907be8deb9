// SPDX-License-Identifier: Apache-2.0
#include "server/http/byte_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace reprise::server::http {
namespace {

using ::testing::IsNull;
using ::testing::Pair;

constexpr std::string_view kContent = "0123456789";
constexpr std::string_view kEntityTag = "\"a\"";

std::pair<unsigned, std::string> answered(const std::string& range, const std::string& method = "GET",
                                          std::vector<Field> more = {}) {
  more.push_back({"range", range});
  auto response = answer_ranges({method, "/film", std::move(more), {}, {}, true}, kContent, kEntityTag, {});
  const std::string* part = find_field(response.fields, "content-range");
  return {response.status, response.body + (part != nullptr ? " " + *part : "")};
}

// The forms of RFC 9110, section 14.1.2.
TEST(ByteRange, SendsTheAskedPart) {
  EXPECT_THAT(answered("bytes=0-1"), Pair(206U, "01 bytes 0-1/10"));
  EXPECT_THAT(answered("bytes=4-"), Pair(206U, "456789 bytes 4-9/10"));
  EXPECT_THAT(answered("bytes=-3"), Pair(206U, "789 bytes 7-9/10"));
  EXPECT_THAT(answered("Bytes=9-9"), Pair(206U, "9 bytes 9-9/10"));
}

TEST(ByteRange, EndsWithTheContent) {
  EXPECT_THAT(answered("bytes=8-99"), Pair(206U, "89 bytes 8-9/10"));
  EXPECT_THAT(answered("bytes=0-18446744073709551615"), Pair(206U, "0123456789 bytes 0-9/10"));
  EXPECT_THAT(answered("bytes=5-99999999999999999999999"), Pair(206U, "56789 bytes 5-9/10"));
  EXPECT_THAT(answered("bytes=-99"), Pair(206U, "0123456789 bytes 0-9/10"));
}

TEST(ByteRange, RefusesAPartBeyondTheEnd) {
  EXPECT_THAT(answered("bytes=10-"), Pair(416U, " bytes */10"));
  EXPECT_THAT(answered("bytes=99999999999999999999999-"), Pair(416U, " bytes */10"));
  EXPECT_THAT(answered("bytes=-0"), Pair(416U, " bytes */10"));
  EXPECT_EQ(parse_byte_range("bytes=-5", 0)->size, 0U);
}

TEST(ByteRange, SendsAllForWhatItDoesNotServeInParts) {
  for (const char* range : {"bytes=0-1,4-5", "seconds=0-1", "bytes=5-4", "bytes=", "bytes=-", "bytes=a-b",
                            "bytes=0x1-2", "bytes=+1-2", "bytes=--1", "0-1", ""})
    EXPECT_THAT(answered(range), Pair(200U, "0123456789")) << range;
  EXPECT_THAT(answered("bytes=0-1", "HEAD"), Pair(200U, "0123456789")) << "a range is for GET alone";
}

TEST(ByteRange, SendsAPartOnlyOfTheKnownContent) {
  EXPECT_THAT(answered("bytes=0-1", "GET", {{"if-range", "\"a\""}}), Pair(206U, "01 bytes 0-1/10"));
  EXPECT_THAT(answered("bytes=0-1", "GET", {{"if-range", "\"b\""}}), Pair(200U, "0123456789"));
  EXPECT_THAT(answered("bytes=0-1", "GET", {{"if-range", "Wed, 21 Oct 2026 07:28:00 GMT"}}),
              Pair(200U, "0123456789"));
}

TEST(ByteRange, SendsNothingAgain) {
  EXPECT_THAT(answered("bytes=0-1", "GET", {{"if-none-match", "\"b\", \"a\""}}), Pair(304U, ""));
  EXPECT_THAT(answered("bytes=0-1", "GET", {{"if-none-match", "\"b\""}}), Pair(206U, "01 bytes 0-1/10"));
}

TEST(ByteRange, KeepsTheFieldsOfTheContent) {
  const auto response = answer_ranges({"GET", "/film", {{"range", "bytes=0-1"}}, {}, {}, true}, kContent,
                                      kEntityTag, {{"content-type", "video/mp4"}});
  EXPECT_EQ(*find_field(response.fields, "content-type"), "video/mp4");
  EXPECT_EQ(*find_field(response.fields, "etag"), kEntityTag);
  EXPECT_EQ(*find_field(response.fields, "accept-ranges"), "bytes");
  const auto beyond = answer_ranges({"GET", "/film", {{"range", "bytes=10-"}}, {}, {}, true}, kContent,
                                    kEntityTag, {{"content-type", "video/mp4"}});
  EXPECT_THAT(find_field(beyond.fields, "content-type"), IsNull());
}

}  // namespace
}  // namespace reprise::server::http
