// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/cbor_bounds.h"

#include <gtest/gtest.h>

#include <string>

namespace reprise::record::webauthn {
namespace {

using namespace std::string_literals;

TEST(CborBounds, AcceptsWhatAuthenticatorsWrite) {
  EXPECT_TRUE(is_bounded_cbor(""));
  EXPECT_TRUE(is_bounded_cbor("\xA1\x6B"s + "credProtect" + "\x02"s));
  EXPECT_TRUE(is_bounded_cbor("\xA2\x01\x82\x20\xF5\x02\x58\x02xy\xA0"s)) << "two items, one after the other";
}

TEST(CborBounds, RefusesCountsBeyondTheBytesThatFollow) {
  for (const std::string& bytes :
       {"\x9B\x00\x00\x00\x00\x40\x00\x00\x00"s, "\xBB\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s,
        "\x9A\x47\x65\x38\xAB\x01"s, "\x5B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s, "\x82\x01"s, "\xA1\x01"s,
        "\x42x"s, "\x19\x01"s}) {
    EXPECT_FALSE(is_bounded_cbor(bytes));
  }
}

TEST(CborBounds, RefusesOpenLengthsTagsAndDeepNesting) {
  for (const std::string& bytes : {"\x9F\xFF"s, "\xBF\xFF"s, "\x5F\xFF"s, "\xC0\x01"s, "\x1C"s, "\xFF"s,
                                   "\x81\x81\x81\x81\x01"s, std::string(2000, '\x81')}) {
    EXPECT_FALSE(is_bounded_cbor(bytes));
  }
  EXPECT_TRUE(is_bounded_cbor("\x81\x81\x81\x01"s));
}

}  // namespace
}  // namespace reprise::record::webauthn
