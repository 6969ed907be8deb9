// SPDX-License-Identifier: Apache-2.0
#include "care/plan/consent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/base64.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

GivenConsent a_permission() {
  return {"0b8e2a60-7c1f-4f6e-8d7a-000000000001",
          "robin",
          ConsentKind::movement_recording,
          true,
          "2026-03-02T10:00:00+01:00",
          "de",
          "Darf die Praxis das sehen?\nJa",
          false};
}

Json consent_in(const GivenConsent& given) {
  return consent_bundle(given).value()["entry"][0]["resource"];
}

std::optional<bool> answered(const std::vector<Json>& consents) {
  std::vector<std::string> texts;
  for (const Json& consent : consents) texts.push_back(consent.dump());
  return consented(fhir::AnswerIndex::of(texts).value(), "robin", ConsentKind::movement_recording);
}

Json at(const std::string& when, bool permits) {
  GivenConsent given = a_permission();
  given.when = when;
  given.permits = permits;
  static int count = 0;
  Json consent = consent_in(given);
  consent["id"] = "c" + std::to_string(++count);
  return consent;
}

TEST(Consent, KeepsTheWordsThatWereAgreedTo) {
  const auto bundle = consent_bundle(a_permission());
  ASSERT_TRUE(bundle);
  const Json& entry = (*bundle)["entry"][0];
  EXPECT_EQ(entry["request"]["ifNoneExist"],
            "identifier=urn:ietf:rfc:3986%7Curn:uuid:0b8e2a60-7c1f-4f6e-8d7a-000000000001");
  const Json& consent = entry["resource"];
  EXPECT_TRUE(fhir::validate(consent).empty());
  EXPECT_EQ(from_base64(consent["sourceAttachment"]["data"].get<std::string>()), a_permission().words);
  EXPECT_EQ(consent["sourceAttachment"]["language"], "de");
  // Access to the record is controlled by Consents of another scope.
  EXPECT_EQ(consent["scope"]["coding"][0]["code"], "treatment");
}

TEST(Consent, RefusesWhatCannotBe) {
  const auto refused = [](auto change) {
    GivenConsent given = a_permission();
    change(given);
    const auto bundle = consent_bundle(given);
    return !bundle && bundle.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused([](GivenConsent& given) { given.id = "1"; }));
  EXPECT_TRUE(refused([](GivenConsent& given) { given.patient = "a b"; }));
  EXPECT_TRUE(refused([](GivenConsent& given) { given.when = "2026-03-02"; }));
  EXPECT_TRUE(refused([](GivenConsent& given) { given.language = "deutsch"; }));
  EXPECT_TRUE(refused([](GivenConsent& given) { given.words = " \n"; }));
  EXPECT_TRUE(refused([](GivenConsent& given) { given.words.assign(20'001, 'a'); }));
}

TEST(Consent, TheNewestAnswerCounts) {
  EXPECT_EQ(answered({}), std::nullopt);
  EXPECT_EQ(answered({at("2026-03-02T10:00:00Z", true)}), true);
  EXPECT_EQ(answered({at("2026-03-02T10:00:00Z", true), at("2026-03-03T10:00:00Z", false)}), false);
  EXPECT_EQ(answered({at("2026-03-03T10:00:00Z", false), at("2026-03-02T10:00:00Z", true)}), false);
  EXPECT_EQ(answered({at("2026-03-03T10:00:00Z", true), at("2026-03-02T10:00:00Z", false)}), true);
  // The same moment in two zones.
  EXPECT_EQ(answered({at("2026-03-02T10:00:00Z", true), at("2026-03-02T11:00:00+01:00", false)}), false);
}

TEST(Consent, OneKindSaysNothingOfAnother) {
  Json recording = at("2026-03-02T10:00:00Z", true);
  const auto about_photos = [&](const std::vector<Json>& consents) {
    std::vector<std::string> texts;
    for (const Json& consent : consents) texts.push_back(consent.dump());
    return consented(fhir::AnswerIndex::of(texts).value(), "robin", ConsentKind::posture_photo);
  };
  EXPECT_EQ(about_photos({recording}), std::nullopt);
  GivenConsent photos = a_permission();
  photos.kind = ConsentKind::posture_photo;
  Json consent = consent_in(photos);
  consent["id"] = "photos";
  EXPECT_EQ(consent["category"][0]["coding"][0]["code"], "posture-photo");
  EXPECT_EQ(about_photos({recording, consent}), true);
}

TEST(Consent, OneWithoutAMomentIsTheOldest) {
  Json undated = at("2026-03-02T10:00:00Z", false);
  undated.erase("dateTime");
  EXPECT_EQ(answered({undated}), false);
  EXPECT_EQ(answered({at("2020-01-01T10:00:00Z", true), undated}), true);
}

}  // namespace
}  // namespace reprise::care
