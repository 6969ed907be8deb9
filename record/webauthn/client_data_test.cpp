// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/client_data.h"

#include <gmock/gmock.h>

#include "tests/support/software_authenticator.h"

namespace reprise::record::webauthn {
namespace {

using ::testing::HasSubstr;

const Site kSite{"https://clinic.example", "clinic.example"};

std::string cause(const std::string& text, Ceremony ceremony = Ceremony::get) {
  const auto read = read_client_data(text, ceremony, kSite);
  return read ? "none" : read.error().cause;
}

TEST(PasskeyClientData, HasItsChallengeAndTheHashThatIsSigned) {
  const std::string text = client_data_text("webauthn.get", "abc", kSite.origin,
                                            ",\"crossOrigin\":false,\"other_keys_can_be_added_here\":\"…\"");
  const auto read = read_client_data(text, Ceremony::get, kSite);
  ASSERT_TRUE(read) << read.error().cause;
  EXPECT_EQ(read->challenge, "abc");
  EXPECT_TRUE(
      read_client_data(client_data_text("webauthn.get", "abc", kSite.origin, ""), Ceremony::get, kSite))
      << "crossOrigin may be missing";
  // SHA-256 of another text differs: the hash is of the text as it came, not as it was understood.
  EXPECT_NE(read->hash, read_client_data(" " + text, Ceremony::get, kSite)->hash);
}

TEST(PasskeyClientData, OfAnotherCeremonyIsRefused) {
  EXPECT_THAT(cause(client_data_text("webauthn.create", "abc")), HasSubstr("another ceremony"));
  EXPECT_THAT(cause(client_data_text("webauthn.get", "abc"), Ceremony::create),
              HasSubstr("another ceremony"));
  EXPECT_THAT(cause("{}"), HasSubstr("another ceremony"));
}

TEST(PasskeyClientData, OfAnotherOriginIsRefused) {
  for (const char* origin : {"https://clinic.example.evil.example", "http://clinic.example", "null",
                             "https://clinic.example:8443", "https://www.clinic.example", ""}) {
    EXPECT_THAT(cause(client_data_text("webauthn.get", "abc", origin)), HasSubstr("another origin"))
        << origin;
  }
}

TEST(PasskeyClientData, OfAFrameOfAnotherSiteIsRefused) {
  for (const char* more :
       {",\"crossOrigin\":true", ",\"crossOrigin\":\"false\"", ",\"crossOrigin\":null",
        ",\"topOrigin\":\"https://other.example\"", ",\"crossOrigin\":false,\"topOrigin\":null"}) {
    EXPECT_THAT(cause(client_data_text("webauthn.get", "abc", kSite.origin, more)), HasSubstr("frame"))
        << more;
  }
}

TEST(PasskeyClientData, ThatIsNoSmallJsonObjectIsRefused) {
  const std::string good = client_data_text("webauthn.get", "abc");
  for (const std::string& text :
       {std::string{}, std::string{"[]"}, std::string{"null"}, good.substr(0, good.size() - 1), good + "x",
        "{\"type\":\"webauthn.create\"," + good.substr(1), "{\"a\":\"\xff\"," + good.substr(1),
        "{\"a\":[[[[[[[[]]]]]]]]," + good.substr(1),
        "{\"a\":\"" + std::string(kLongestInput, 'x') + "\"," + good.substr(1)}) {
    EXPECT_THAT(cause(text), HasSubstr("JSON object")) << text.substr(0, 60);
  }
  EXPECT_THAT(cause("{\"type\":\"webauthn.get\",\"origin\":\"https://clinic.example\",\"challenge\":1}"),
              HasSubstr("no challenge"));
}

}  // namespace
}  // namespace reprise::record::webauthn
