// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "base/network_address.h"
#include "record/accounts/account_name.h"
#include "record/accounts/attempts.h"
#include "record/accounts/password.h"
#include "record/accounts/secret.h"
#include "record/accounts/token_scope.h"
#include "record/accounts/totp.h"

namespace reprise::record {
namespace {

constexpr PasswordCost kCheap{1, 8192};

TEST(Password, MustBeLongAndUnlikeTheName) {
  EXPECT_FALSE(problem_in_password("correct horse", "anna"));
  EXPECT_FALSE(problem_in_password("zwölf Zeichen", "anna"));
  EXPECT_FALSE(problem_in_password(std::string(490, 'a') + "correct horse", ""));
  EXPECT_TRUE(problem_in_password("elevenchars", "anna"));
  EXPECT_TRUE(problem_in_password("äöüäöüäöüäö", "anna")) << "eleven characters, though 22 bytes";
  EXPECT_TRUE(problem_in_password("aaaabbbbccccdddd", "anna"));
  EXPECT_TRUE(problem_in_password("anna.schmidt", "anna.schmidt"));
  EXPECT_TRUE(problem_in_password("Anna.Schmidt1234", "anna.schmidt"));
  EXPECT_TRUE(problem_in_password("with\ncontrol characters", "anna"));
  EXPECT_TRUE(problem_in_password(std::string(509, 'a') + "bcde", "anna"));
}

// Security finding F11
TEST(Password, IsNoneThatIsTriedFirst) {
  for (const char* common :
       {"password1234", "123456789012",    "qwertyuiop12",       "passwordpassword", "iloveyou1234",
        "reprise12345", "administrator1",  "P4$$w0rd!2026",      "Summer2026!!!",    "Welcome to1!",
        "1qaz2wsx3edc", "qwertz987654",    "Contrase\u00F1a123", "Fussball-2024",    "abcdefghijkl",
        "zyxwvutsrqpo", "letmein letmein", "aaaabbbb1c2d3e",     "Physiotherapie1",  "000000admin000000"}) {
    EXPECT_TRUE(problem_in_password(common, "anna")) << common;
  }
  for (const char* good :
       {"a red bicycle at noon", "correct horse", "welcome to the jungle", "zwölf Zeichen", "jV8#kq2Lw9!x",
        "my patient dog eats", "\u5929\u5730\u7384\u9EC4\u5B87\u5B99\u6D2A\u8352\u65E5\u6708\u76C8\u6603"}) {
    EXPECT_EQ(problem_in_password(good, "anna"), std::nullopt) << good;
  }
  const std::array<std::string, 2> site = {"Rosengarten", "praxis"};
  EXPECT_FALSE(problem_in_password("rosengarten12", "anna"));
  EXPECT_TRUE(problem_in_password("Rosengarten12", "anna", site));
}

// Security finding F26
TEST(AccountName, LooksLikeNoOther) {
  for (const char* good :
       {"anna", "dr. m\u00FCller", "jos\u00E9@example.org", "\u0410\u043D\u043D\u0430 \u0411",
        "\u0393\u03B9\u03CE\u03C1\u03B3\u03BF\u03C2", "\u4E2D\u6751 \u3042\u304D", "\u05D3\u05E0\u05D4",
        "\u0645\u0631\u064A\u0645", "pat 7"}) {
    EXPECT_EQ(problem_in_account_name(good), std::nullopt) << good;
  }
  for (const char* bad : {"", " a", "a ", "a\nb", "\x7F", "adm\u0456nistrator", "\u202Eanna", "an\u200Bna",
                          "anna\u0301", "\u0430\u0441\u0435", "\u039F\u03A1", "\uFF41nna", "a\xFF",
                          "\xED\xA0\x80", "\u00A0", "\U0001D41Anna", "a\u2028b", "\U000E0041", "\u0645a"}) {
    EXPECT_TRUE(problem_in_account_name(bad)) << bad;
  }
  EXPECT_TRUE(problem_in_account_name(std::string(129, 'a')));
}

TEST(Password, MatchesItsHashOnly) {
  const std::string hash = hash_password("correct horse", kCheap).value();
  EXPECT_EQ(hash.rfind("$argon2id$v=19$", 0), 0U);
  EXPECT_NE(hash, hash_password("correct horse", kCheap).value()) << "each has a salt of its own";
  EXPECT_TRUE(check_password(hash, "correct horse", kCheap).right);
  EXPECT_FALSE(check_password(hash, "correct horse", kCheap).rehash);
  for (const char* wrong : {"", "correct hors", "correct horse ", "Correct horse"}) {
    EXPECT_FALSE(check_password(hash, wrong, kCheap).right);
  }
  EXPECT_FALSE(check_password({}, "correct horse", kCheap).right);
  EXPECT_FALSE(check_password("", "", kCheap).right);
  EXPECT_FALSE(check_password(std::string(1000, 'a'), "a", kCheap).right);
  EXPECT_FALSE(check_password(hash, std::string(100'000, 'a'), kCheap).right);
}

TEST(Password, IsStoredAnewWhenItShouldCostMore) {
  const std::string hash = hash_password("correct horse", kCheap).value();
  EXPECT_TRUE(check_password(hash, "correct horse", {2, 8192}).rehash);
  EXPECT_FALSE(check_password(hash, "wrong", {2, 8192}).rehash);
}

// RFC 6238, appendix B, SHA-1: codes of 8 digits; apps show the last 6.
TEST(Totp, HasTheCodesOfRfc6238) {
  TotpSecret secret{};
  const std::string_view ascii = "12345678901234567890";
  std::copy(ascii.begin(), ascii.end(), secret.begin());
  const std::array<std::pair<std::int64_t, const char*>, 6> vectors = {{{59, "94287082"},
                                                                        {1111111109, "07081804"},
                                                                        {1111111111, "14050471"},
                                                                        {1234567890, "89005924"},
                                                                        {2000000000, "69279037"},
                                                                        {20000000000, "65353130"}}};
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(totp_code(secret, totp_step_at(seconds * 1'000'000)), std::string{code}.substr(2)) << seconds;
  }
}

TEST(Totp, TakesACodeOnceAndOnlyAroundItsTime) {
  const TotpSecret secret = new_totp_secret();
  constexpr std::int64_t kMoment = 1'700'000'000'000'000;
  const std::int64_t step = totp_step_at(kMoment);
  for (const std::int64_t offset : {-1, 0, 1}) {
    EXPECT_EQ(match_totp(secret, totp_code(secret, step + offset), kMoment, {}), step + offset);
  }
  EXPECT_EQ(match_totp(secret, totp_code(secret, step), kMoment, step - 1), step);
  EXPECT_FALSE(match_totp(secret, totp_code(secret, step), kMoment, step)) << "used";
  EXPECT_FALSE(match_totp(secret, totp_code(secret, step - 1), kMoment, step)) << "older than one used";
  EXPECT_FALSE(match_totp(secret, totp_code(secret, step - 1), kMoment + 31'000'000, {})) << "too old";
  for (const char* wrong : {"", "00000", "0000000", "abcdef"})
    EXPECT_FALSE(match_totp(secret, wrong, kMoment, {}));
}

// RFC 4648, section 10.
TEST(Totp, WritesSecretsInBase32) {
  const auto encoded = [](std::string_view text) {
    return to_base32({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  };
  EXPECT_EQ(encoded("f"), "MY");
  EXPECT_EQ(encoded("fooba"), "MZXW6YTB");
  EXPECT_EQ(encoded("foobar"), "MZXW6YTBOI");
  const TotpSecret secret = new_totp_secret();
  EXPECT_EQ(parse_totp_secret(to_base32(secret)), secret);
  EXPECT_FALSE(parse_totp_secret("MZXW6YTB"));
  EXPECT_FALSE(parse_totp_secret(std::string(32, '1')));
  EXPECT_EQ(totp_uri({}, "Praxis Süd", "a&b@c"),
            "otpauth://totp/Praxis%20S%C3%BCd:a%26b%40c?secret=" + std::string(32, 'A') +
                "&issuer=Praxis%20S%C3%BCd&algorithm=SHA1&digits=6&period=30");
}

TEST(Secret, IsRandomAndHasOneText) {
  const Secret secret = new_secret();
  EXPECT_EQ(secret.text.size(), 43U);
  EXPECT_EQ(hash_of_secret(secret.text), secret.hash);
  EXPECT_NE(new_secret().text, secret.text);
  EXPECT_NE(secret.hash, secret.text);
  for (const std::string& other : {std::string{}, secret.text.substr(1), secret.text + "A", secret.text + "=",
                                   std::string(42, 'A') + "B",  // bits beyond the last byte
                                   std::string(42, 'A') + "+", std::string(42, 'A') + " "}) {
    EXPECT_FALSE(hash_of_secret(other)) << other;
  }
  EXPECT_TRUE(hash_of_secret(std::string(43, 'A')));
  EXPECT_TRUE(same_secret("ab", "ab"));
  EXPECT_FALSE(same_secret("ab", "ac"));
  EXPECT_FALSE(same_secret("ab", "abc"));
}

// Expected values from Python's hmac and base64 modules.
TEST(Secret, BindsACsrfTokenToItsSession) {
  EXPECT_EQ(csrf_token(std::string(43, 'A')), "LVyhYYxLWcUEdT_EdiufRuep_mq0AsoGTGr8GbE4xo0");
  const Secret session = new_secret();
  EXPECT_TRUE(is_csrf_token(session.text, csrf_token(session.text)));
  EXPECT_FALSE(is_csrf_token(new_secret().text, csrf_token(session.text)));
  EXPECT_FALSE(is_csrf_token(session.text, ""));
}

// Security finding F23
TEST(RecoveryCode, Has120BitsAndOldOnesStillCount) {
  const auto codes = new_recovery_codes();
  EXPECT_EQ(codes[0].text.size(), 29U) << "24 letters of 5 bits, in groups of 4";
  EXPECT_TRUE(hash_of_recovery_code("abcd-efgh-jkmn-pqrs")) << "of an earlier version";
  EXPECT_FALSE(hash_of_recovery_code("abcd-efgh-jkmn-pqrs-tuvw"));
}

TEST(RecoveryCode, IsRecognizedHoweverItIsTyped) {
  const auto codes = new_recovery_codes();
  ASSERT_EQ(codes.size(), kRecoveryCodes);
  std::set<std::string> different;
  for (const Secret& code : codes) different.insert(code.hash);
  EXPECT_EQ(different.size(), codes.size());
  std::string typed = codes[0].text;
  EXPECT_EQ(hash_of_recovery_code(typed), codes[0].hash);
  for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
  EXPECT_EQ(hash_of_recovery_code(typed), codes[0].hash);
  EXPECT_FALSE(hash_of_recovery_code(typed.substr(1)));
  EXPECT_FALSE(hash_of_recovery_code(std::string(5000, 'a')));
  EXPECT_FALSE(hash_of_recovery_code("abcd-efgh-jkmn-pqr!"));
}

TEST(Scope, IsReadAndWritten) {
  const std::string text = "patient/Observation.rs user/*.cruds system/AuditEvent.s";
  const auto scopes = parse_scopes(text);
  ASSERT_TRUE(scopes) << to_string(scopes.error());
  ASSERT_EQ(scopes->size(), 3U);
  EXPECT_EQ((*scopes)[0], (TokenScope{ScopeContext::patient, "Observation", {Need::read, Need::search}}));
  EXPECT_EQ(to_string(*scopes), text);
}

TEST(Scope, ThatIsNotUnderstoodIsRefused) {
  for (const char* wrong :
       {"", " ", "patient/Observation.rs ", " patient/Observation.rs", "patient/Observation",
        "patient/Observation.", "patient/Observation.sr", "patient/Observation.rr", "patient/Observation.rx",
        "patient/Observations.rs", "patient/.rs", "Patient/Observation.rs",
        "patient/Observation.rs  user/*.r", "patient/Observation.rs\nuser/*.r"}) {
    EXPECT_FALSE(parse_scopes(wrong)) << wrong;
  }
  for (const char* other : {"patient/Observation.rs?category=laboratory", "openid", "launch/patient",
                            "user/*.read", "patient/Observation.*", "offline_access"}) {
    ASSERT_FALSE(parse_scopes(other));
    EXPECT_EQ(parse_scopes(other).error().code, ErrorCode::unsupported) << other;
  }
  std::string many;
  for (int i = 0; i < 201; ++i) many += i == 0 ? "user/*.r" : " user/*.r";
  EXPECT_FALSE(parse_scopes(many));
}

TEST(Scope, PermitsOnlyTheNamedTypes) {
  const auto scopes = parse_scopes("patient/Observation.rs user/*.r").value();
  EXPECT_TRUE(permits(scopes, ScopeContext::patient, "Observation", Need::read));
  EXPECT_TRUE(permits(scopes, ScopeContext::patient, "Observation", Need::search));
  EXPECT_FALSE(permits(scopes, ScopeContext::patient, "Observation", Need::create));
  EXPECT_FALSE(permits(scopes, ScopeContext::patient, "Condition", Need::read));
  EXPECT_TRUE(permits(scopes, ScopeContext::user, "Condition", Need::read));
  EXPECT_FALSE(permits(scopes, ScopeContext::user, "Condition", Need::erase));
  EXPECT_FALSE(permits(scopes, ScopeContext::system, "Observation", Need::read));
}

TEST(Attempts, DoubleTheWaitUpToALimit) {
  const AttemptLimits limits{.free = 3, .first_wait_us = 10, .longest_wait_us = 35, .forget_us = 1000};
  Attempts attempts;
  std::int64_t now = 10'000;
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 7; ++i) {
    attempts = after_failure(attempts, now, limits);
    waits.push_back(next_attempt_us(attempts, limits) - now);
    now += 100;
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 0, 10, 20, 35, 35, 35}));
  attempts = after_failure(attempts, now + 1000, limits);
  EXPECT_EQ(attempts.failures, 1) << "forgotten";
  EXPECT_EQ(next_attempt_us({.failures = 1'000'000'000, .last_us = 0}, limits), 35);
}

TEST(Addresses, OfOneHouseholdAreOneGroup) {
  EXPECT_EQ(address_group("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(address_group("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(address_group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(address_group("2001:DB8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(address_group("unknown"), "unknown");
}

TEST(AddressLimiter, LetsABurstThroughAndThenARate) {
  AddressLimiter limiter({.burst = 3, .per_second = 2, .most_groups = 10});
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take("192.0.2.1", 0));
  EXPECT_FALSE(limiter.take("192.0.2.1", 499'999));
  EXPECT_TRUE(limiter.take("192.0.2.2", 0)) << "another address";
  EXPECT_TRUE(limiter.take("192.0.2.1", 500'000));
  EXPECT_FALSE(limiter.take("192.0.2.1", 0)) << "a clock that goes back gives nothing";
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(limiter.take("192.0.2.1", 1'000'000'000)) << "no more than the burst";
  EXPECT_FALSE(limiter.take("192.0.2.1", 1'000'000'000));
}

// Security finding F20
TEST(AddressLimiter, FillsUpAgainAfterAClockThatWasAhead) {
  AddressLimiter limiter({.burst = 1, .per_second = 1, .most_groups = 10});
  EXPECT_TRUE(limiter.take("192.0.2.1", 1'000'000'000'000));
  EXPECT_FALSE(limiter.take("192.0.2.1", 0));
  EXPECT_TRUE(limiter.take("192.0.2.1", 1'000'000));
}

TEST(AddressLimiter, RemembersOnlySoMany) {
  AddressLimiter limiter({.burst = 1, .per_second = 1e-9, .most_groups = 10});
  EXPECT_TRUE(limiter.take("first", 0));
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(limiter.take(std::to_string(i), 0));
  EXPECT_FALSE(limiter.take("first", 0)) << "still remembered, and now the last used";
  for (int i = 10; i < 1000; ++i) {
    EXPECT_TRUE(limiter.take(std::to_string(i), 0));
    EXPECT_FALSE(limiter.take("first", 0));
  }
  EXPECT_EQ(limiter.remembered(), 10U);
}

}  // namespace
}  // namespace reprise::record
