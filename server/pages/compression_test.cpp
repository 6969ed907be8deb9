// SPDX-License-Identifier: Apache-2.0
#include "server/pages/compression.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>

#include <cstdint>

namespace reprise::server {
namespace {

std::string unpacked(const std::string& bytes, std::size_t most) {
  std::string text(most, '\0');
  std::size_t size = most;
  EXPECT_EQ(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                    reinterpret_cast<std::uint8_t*>(text.data())),
            BROTLI_DECODER_RESULT_SUCCESS);
  text.resize(size);
  return text;
}

http::Response answer(std::string type, std::string body) {
  return {200, {{"content-type", std::move(type)}}, std::move(body)};
}

std::string resource() {
  std::string text = R"({"resourceType":"Bundle","entry":[)";
  for (int i = 0; i < 200; ++i)
    text += R"({"resource":{"resourceType":"Patient","id":")" + std::to_string(i) + "\"}},";
  return text + "{}]}";
}

TEST(Compression, ReadsWhatEncodingsABrowserTakes) {
  for (const char* yes : {"br", "gzip, br", "gzip,br;q=0.5", " BR ; q=1 , gzip", "br;q=0.001"}) {
    EXPECT_TRUE(takes_brotli(yes)) << yes;
  }
  for (const char* no : {"", "gzip", "br;q=0", "br; q=0.000", "brotli", "xbr, gzip", ",,;", "*;q=0", ";br"}) {
    EXPECT_FALSE(takes_brotli(no)) << no;
  }
}

TEST(Compression, MakesALargeResourceSmallAndLosesNothing) {
  auto response = answer("application/fhir+json;charset=utf-8", resource());
  compress_resource(response);
  EXPECT_LT(response.body.size(), resource().size() / 5);
  ASSERT_NE(http::find_field(response.fields, "content-encoding"), nullptr);
  EXPECT_EQ(*http::find_field(response.fields, "content-encoding"), "br");
  EXPECT_EQ(unpacked(response.body, resource().size()), resource());
}

TEST(Compression, SkipsSmallBodiesAndOtherTypes) {
  for (const auto& as_it_is : {answer("application/fhir+json", R"({"resourceType":"Patient"})"),
                               answer("application/json", resource()), http::Response{200, {}, resource()}}) {
    auto response = as_it_is;
    compress_resource(response);
    EXPECT_EQ(response.body, as_it_is.body);
    EXPECT_EQ(http::find_field(response.fields, "content-encoding"), nullptr);
  }
}

TEST(Compression, LeavesAloneWhatWouldBecomeNoSmaller) {
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 5000; ++i) {
    state = state * 1664525U + 1013904223U;
    noise += static_cast<char>(state >> 24U);
  }
  auto response = answer("application/fhir+json", noise);
  compress_resource(response);
  EXPECT_EQ(response.body, noise);
}

}  // namespace
}  // namespace reprise::server
