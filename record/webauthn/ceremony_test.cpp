// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/ceremony.h"

#include <gmock/gmock.h>

#include "tests/support/software_authenticator.h"

namespace reprise::record::webauthn {
namespace {

using ::testing::HasSubstr;

const Site kClinic{"https://clinic.example", "clinic.example"};

/// A passkey with keys of one algorithm, and a signature by it.
class PasskeyCeremony : public ::testing::TestWithParam<Algorithm> {
 protected:
  const SoftwareAuthenticator device_{GetParam()};
  const std::string client_text_ = client_data_text("webauthn.get", "abc");
  const PublicKey key_ = read_new_credential(device_.new_credential(), kClinic).value().key;

  [[nodiscard]] Assertion signed_with(const AuthenticatorState& state) const {
    const std::string data = authenticator_data(state);
    return {read_client_data(client_text_, Ceremony::get, kClinic).value(), data,
            device_.sign(data, client_text_)};
  }
  [[nodiscard]] std::string refusal(const Assertion& assertion, std::uint32_t last_counter = 0) const {
    const auto counter = verify_assertion(assertion, key_, last_counter, kClinic);
    return counter ? "none" : counter.error().cause;
  }
};

INSTANTIATE_TEST_SUITE_P(All, PasskeyCeremony, ::testing::ValuesIn(kAlgorithms), [](const auto& one) {
  return one.param == Algorithm::es256 ? "Es256" : one.param == Algorithm::eddsa ? "Eddsa" : "Rs256";
});

TEST_P(PasskeyCeremony, ANewPasskeyIsReadAndItsSignatureVerified) {
  const auto made = read_new_credential(device_.new_credential({.counter = 7}), kClinic);
  ASSERT_TRUE(made) << made.error().cause;
  EXPECT_EQ(made->id, device_.id());
  EXPECT_EQ(made->key.algorithm, GetParam());
  EXPECT_EQ(made->counter, 7U);
  const auto counter = verify_assertion(signed_with({.counter = 8}), made->key, made->counter, kClinic);
  ASSERT_TRUE(counter) << counter.error().cause;
  EXPECT_EQ(*counter, 8U);
}

TEST_P(PasskeyCeremony, ASignatureOfOtherDataIsRefused) {
  const Assertion good = signed_with({});
  EXPECT_EQ(refusal(good), "none");
  Assertion other = good;
  other.client_data =
      read_client_data(client_data_text("webauthn.get", "abd"), Ceremony::get, kClinic).value();
  EXPECT_THAT(refusal(other), HasSubstr("signature is wrong"));
  other = good;
  other.authenticator_data = authenticator_data({.counter = 1});
  EXPECT_THAT(refusal(other), HasSubstr("signature is wrong"));
  for (std::size_t i = 0; i < good.signature.size(); ++i) {
    other = good;
    other.signature[i] = static_cast<char>(other.signature[i] ^ 1);
    EXPECT_THAT(refusal(other), HasSubstr("signature is wrong")) << i;
  }
}

TEST_P(PasskeyCeremony, AnotherPasskeysSignatureIsRefused) {
  const SoftwareAuthenticator other{GetParam(), device_.id()};
  Assertion assertion = signed_with({});
  assertion.signature = other.sign(assertion.authenticator_data, client_text_);
  EXPECT_THAT(refusal(assertion), HasSubstr("signature is wrong"));
}

TEST_P(PasskeyCeremony, AnotherSiteIsRefused) {
  for (const char* site : {"evil.example", "example", "www.clinic.example"}) {
    EXPECT_THAT(refusal(signed_with({.site_id = site})), HasSubstr("another site")) << site;
    const auto made = read_new_credential(device_.new_credential({.site_id = site}), kClinic);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().cause, HasSubstr("another site"));
  }
}

TEST_P(PasskeyCeremony, AUserWhoWasNotVerifiedIsRefused) {
  for (const unsigned flags : {kUserPresent, kUserVerified, 0U}) {
    EXPECT_THAT(refusal(signed_with({.flags = flags})), HasSubstr("did not verify")) << flags;
    const auto made = read_new_credential(device_.new_credential({.flags = flags}), kClinic);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().cause, HasSubstr("did not verify"));
  }
}

TEST_P(PasskeyCeremony, ACounterGrowsOrStaysZero) {
  EXPECT_EQ(refusal(signed_with({.counter = 0}), 0), "none");
  EXPECT_EQ(refusal(signed_with({.counter = 6}), 5), "none");
  for (const std::uint32_t counter : {0U, 1U, 4U, 5U}) {
    EXPECT_THAT(refusal(signed_with({.counter = counter}), 5), HasSubstr("not grown")) << counter;
  }
}

TEST_P(PasskeyCeremony, TruncatedDataIsRefused) {
  const std::string whole = device_.new_credential();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(read_new_credential(whole.substr(0, size), kClinic)) << size;
  }
  Assertion assertion = signed_with({});
  const std::string data = assertion.authenticator_data;
  for (std::size_t size = 0; size < data.size(); ++size) {
    assertion.authenticator_data = data.substr(0, size);
    assertion.signature = device_.sign(assertion.authenticator_data, client_text_);
    EXPECT_NE(refusal(assertion), "none") << size;
  }
  assertion = signed_with({});
  assertion.signature.clear();
  EXPECT_NE(refusal(assertion), "none");
}

TEST_P(PasskeyCeremony, HugeDataIsRefused) {
  const SoftwareAuthenticator long_id{GetParam(), std::string(1023, 'x')};
  EXPECT_TRUE(read_new_credential(long_id.new_credential(), kClinic));
  const SoftwareAuthenticator longer{GetParam(), std::string(1024, 'x')};
  EXPECT_FALSE(read_new_credential(longer.new_credential(), kClinic));
  EXPECT_FALSE(read_new_credential(device_.new_credential() + std::string(kLongestInput, 'x'), kClinic));
  Assertion assertion = signed_with({});
  assertion.authenticator_data += std::string(kLongestInput, 'x');
  EXPECT_THAT(refusal(assertion), HasSubstr("size"));
}

TEST(PasskeyCredential, OfAnotherAlgorithmOrWithoutAKeyIsRefused) {
  const SoftwareAuthenticator device;
  std::string other = device.new_credential();
  const auto algorithm = other.find("\x03\x26\x20");
  ASSERT_NE(algorithm, std::string::npos);
  other[algorithm + 1] = '\x25';  // -6: direct encryption, no signature
  const auto made = read_new_credential(other, kClinic);
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().cause, HasSubstr("accepted algorithm"));
  const auto none = read_new_credential(authenticator_data(), kClinic);
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().cause, HasSubstr("no new passkey"));
}

TEST(PasskeyCredential, WithAPointThatIsNotOnTheCurveIsRefused) {
  std::string data = SoftwareAuthenticator{}.new_credential();
  data.back() = static_cast<char>(data.back() ^ 1);
  EXPECT_FALSE(read_new_credential(data, kClinic));
}

}  // namespace
}  // namespace reprise::record::webauthn
