// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/base64.h"
#include "json/fields.h"
#include "server/push/message_encryption.h"
#include "server/push/vapid.h"

namespace reprise::server::push {
namespace {

using ::testing::StartsWith;

std::string bytes(std::string_view base64url) {
  const auto decoded = from_base64url(base64url);
  EXPECT_TRUE(decoded) << base64url;
  return decoded.value_or("");
}

// The example of RFC 8291, section 5 and Appendix A.
constexpr std::string_view kSender = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
constexpr std::string_view kSenderPoint =
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
constexpr std::string_view kReceiver = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
constexpr std::string_view kReceiverPoint =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr std::string_view kAuth = "BTBZMqHH6r4Tts7J_aSIgg";
constexpr std::string_view kSalt = "DGv6ra1nlYgDCS1FRnbzlw";

TEST(PushEncryption, IsThatOfTheStandardsExample) {
  const auto sender = P256Key::from_scalar(bytes(kSender));
  ASSERT_TRUE(sender) << to_string(sender.error());
  EXPECT_EQ(to_base64url(sender->public_point()), kSenderPoint);
  const auto made =
      encrypt_message_with({bytes(kReceiverPoint), bytes(kAuth)}, "When I grow up, I want to be a watermelon",
                           *sender, bytes(kSalt), 0);
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(to_base64url(*made),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
            "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-f"
            "N");
}

TEST(PushEncryption, NoTwoMessagesAreAlike) {
  const RecipientKeys to{bytes(kReceiverPoint), bytes(kAuth)};
  const auto one = encrypt_message(to, "exercises");
  const auto other = encrypt_message(to, "exercises");
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->size(), 86U + kShortestText + 1U + 16U);
  EXPECT_EQ(encrypt_message(to, "pause")->size(), one->size()) << "the length does not tell them apart";
  EXPECT_NE(one->substr(0, 16), other->substr(0, 16));
  EXPECT_NE(one->substr(21, 65), other->substr(21, 65)) << "each has a key of its own";
}

TEST(PushEncryption, RefusesMalformedKeysAndLongTexts) {
  const std::string point = bytes(kReceiverPoint);
  const std::string auth = bytes(kAuth);
  std::string off_curve = point;
  off_curve.back() = static_cast<char>(off_curve.back() ^ 1);
  std::string compressed = point.substr(0, 33);
  compressed.front() = '\x02';
  for (const RecipientKeys& bad :
       std::vector<RecipientKeys>{{"", auth},
                                  {point.substr(1), auth},
                                  {off_curve, auth},
                                  {compressed, auth},
                                  {std::string(1, '\x04') + std::string(64, '\0'), auth},
                                  {std::string(1, '\0'), auth},
                                  {point, ""},
                                  {point, auth + "x"}}) {
    const auto made = encrypt_message(bad, "exercises");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
  }
  EXPECT_TRUE(encrypt_message({point, auth}, std::string(kLongestText, 'x')));
  EXPECT_FALSE(encrypt_message({point, auth}, std::string(kLongestText + 1, 'x')));
}

TEST(P256Key, BothSidesAgreeOnASecret) {
  const auto sender = P256Key::from_scalar(bytes(kSender));
  const auto receiver = P256Key::from_scalar(bytes(kReceiver));
  ASSERT_TRUE(sender && receiver);
  EXPECT_EQ(sender->agree(receiver->public_point()).value(), receiver->agree(sender->public_point()).value());
  EXPECT_EQ(to_base64url(sender->agree(bytes(kReceiverPoint)).value()),
            "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
}

TEST(P256Key, RefusesNumbersOutsideTheOrder) {
  EXPECT_FALSE(P256Key::from_scalar(std::string(32, '\0')));
  EXPECT_FALSE(P256Key::from_scalar(std::string(32, '\xFF')));
  EXPECT_FALSE(P256Key::from_scalar(std::string(31, '\1')));
  EXPECT_FALSE(P256Key::derive("short"));
}

TEST(P256Key, IsDerivedAlwaysTheSame) {
  const auto one = P256Key::derive(std::string(32, 'a'));
  const auto same = P256Key::derive(std::string(32, 'a'));
  const auto other = P256Key::derive(std::string(32, 'b'));
  ASSERT_TRUE(one && same && other);
  EXPECT_EQ(one->public_point(), same->public_point());
  EXPECT_NE(one->public_point(), other->public_point());
}

TEST(Vapid, NamesServiceTimeAndContactUnderASignature) {
  const auto key = P256Key::derive(std::string(32, 'a'));
  ASSERT_TRUE(key);
  const auto made = vapid_authorization(*key, "https://push.example", "clinic@example.org", 1'800'000'000);
  ASSERT_TRUE(made);
  ASSERT_THAT(*made, StartsWith("vapid t="));
  const std::string token = made->substr(8, made->find(", k=") - 8);
  EXPECT_EQ(bytes(made->substr(made->find(", k=") + 4)), key->public_point());
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  EXPECT_EQ(bytes(token.substr(0, first)), R"({"typ":"JWT","alg":"ES256"})");
  const Json claims = Json::parse(bytes(token.substr(first + 1, second - first - 1)));
  EXPECT_EQ(claims["aud"], "https://push.example");
  EXPECT_EQ(claims["sub"], "mailto:clinic@example.org");
  EXPECT_LE(claims["exp"].get<std::int64_t>(), 1'800'000'000 + 24 * 3600);
  EXPECT_GT(claims["exp"].get<std::int64_t>(), 1'800'000'000);
  EXPECT_EQ(bytes(token.substr(second + 1)).size(), 64U);
}

}  // namespace
}  // namespace reprise::server::push
