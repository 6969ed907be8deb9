// SPDX-License-Identifier: Apache-2.0
#include "base/base64.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace reprise {
namespace {

TEST(Base64, IsAsRfc4648HasIt) {
  // Section 10.
  const std::vector<std::pair<std::string, std::string>> known = {{"", ""},
                                                                  {"f", "Zg=="},
                                                                  {"fo", "Zm8="},
                                                                  {"foo", "Zm9v"},
                                                                  {"foob", "Zm9vYg=="},
                                                                  {"fooba", "Zm9vYmE="},
                                                                  {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : known) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  EXPECT_EQ(from_base64(to_base64(std::string{"\x00\xff\x80\n", 4})), (std::string{"\x00\xff\x80\n", 4}));
  EXPECT_EQ(from_base64("Zm9v\r\n Zg=="), "foof");
  for (const char* wrong :
       {"Z", "Zg=", "Zg===", "=Zg=", "Z===", "Zg==Zg==", "Zm9*", "Zm-_", "Zh==", "Zm9="}) {
    EXPECT_FALSE(from_base64(wrong)) << wrong;
  }
}

TEST(Base64, UrlFormHasOtherLettersAndNoPadding) {
  const std::string bytes{"\xfb\xff\xfe\x01", 4};
  EXPECT_EQ(to_base64url(bytes), "-__-AQ");
  EXPECT_EQ(from_base64url("-__-AQ"), bytes);
  EXPECT_EQ(from_base64url(""), "");
  for (const char* wrong : {"-__-AQ==", "+//+AQ", "-__-A", "-__-AR", "-__- AQ", "-__-\nAQ", "Z"})
    EXPECT_FALSE(from_base64url(wrong)) << wrong;
}

}  // namespace
}  // namespace reprise
