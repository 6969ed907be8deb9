// SPDX-License-Identifier: Apache-2.0
#include "server/consents/posture_photos.h"

#include "base/base64.h"
#include "care/plan/consent.h"
#include "record/store/erasure.h"
#include "tests/support/reaction_fixture.h"

namespace reprise::server {
namespace {

constexpr const char* kPicture = "6f1f0f0e-0000-4000-8000-000000000001";
constexpr const char* kOtherPicture = "6f1f0f0e-0000-4000-8000-000000000002";

class PosturePhotosTest : public ReactionFixture {
 protected:
  PosturePhotosTest() : ReactionFixture(guard_posture_photos) {}

  void consent(bool permits, care::ConsentKind kind = care::ConsentKind::posture_photo) {
    static int count = 0;
    care::GivenConsent given;
    const std::string number = std::to_string(100 + count++);
    given.id = "6f1f0f0e-0000-4000-8000-000000000" + number;
    given.patient = "a";
    given.kind = kind;
    given.permits = permits;
    given.when = "2026-03-02T10:0" + number.substr(1, 1) + ":" + number.substr(1) + "+01:00";
    given.language = "en";
    given.words = "Photos. The answer.";
    const auto answer = fhir(patient_, "POST", "", care::consent_bundle(given).value());
    ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  }
  static Json document(const char* picture, const char* patient = "a") {
    return {{"resourceType", "DocumentReference"},
            {"status", "current"},
            {"type", {{"coding", {{{"system", "urn:reprise:document"}, {"code", "posture-photo"}}}}}},
            {"subject", {{"reference", std::string("Patient/") + patient}}},
            {"content",
             {{{"attachment", {{"contentType", "image/jpeg"}, {"url", std::string("Binary/") + picture}}}}}}};
  }
  static Json picture(const char* id, const char* type = "image/jpeg", const std::string& metadata = "") {
    const std::string bytes =
        "\xff\xd8" + metadata + std::string("\xff\xda\x00\x08", 4) + std::string(32, 'p') + "\xff\xd9";
    return {{"resourceType", "Binary"},
            {"id", id},
            {"contentType", type},
            {"securityContext", {{"reference", "Patient/a"}}},
            {"data", to_base64(type == std::string("image/jpeg") ? bytes : std::string("pages"))}};
  }
  static Json entry(const char* method, const std::string& url, Json resource) {
    return {{"request", {{"method", method}, {"url", url}}}, {"resource", std::move(resource)}};
  }
  Answer keep(const Json& document_reference, const Json& binary) {
    const Json bundle = {{"resourceType", "Bundle"},
                         {"type", "transaction"},
                         {"entry",
                          {entry("POST", "DocumentReference", document_reference),
                           entry("PUT", "Binary/" + binary["id"].get<std::string>(), binary)}}};
    return fhir(clinician_, "POST", "", bundle);
  }
  std::vector<Json> documents() {
    std::vector<Json> all;
    for (const Json& one :
         fhir(clinician_, "GET", "/DocumentReference?subject=Patient/a").json.value("entry", Json::array()))
      all.push_back(one["resource"]);
    return all;
  }
  unsigned status_of(const std::string& target) { return fhir(clinician_, "GET", target).status; }
  /// Rows of the database that still hold the picture's bytes.
  std::int64_t rows_with_picture() {
    const auto connection = database_.open();
    const std::string like = "%" + picture(kPicture)["data"].get<std::string>() + "%";
    const std::array<record::Value, 1> values = {std::string_view{like}};
    std::int64_t rows = 0;
    for (const char* table : {"resource", "old_version"}) {
      EXPECT_TRUE(
          connection->query("SELECT count(*) FROM " + std::string{table} + " WHERE content LIKE $1", values,
                            [&](record::Row row) { return rows += std::get<std::int64_t>(row[0]), false; }));
    }
    return rows;
  }
};

TEST_P(PosturePhotosTest, RefusesAPhotoWithoutThePatientsConsentAndKeepsNothingOfIt) {
  EXPECT_EQ(keep(document(kPicture), picture(kPicture)).status, 403U);
  consent(true, care::ConsentKind::movement_recording);
  EXPECT_EQ(keep(document(kPicture), picture(kPicture)).status, 403U) << "another consent";
  consent(false);
  EXPECT_EQ(keep(document(kPicture), picture(kPicture)).status, 403U);
  EXPECT_TRUE(documents().empty());
  EXPECT_EQ(status_of(std::string("/Binary/") + kPicture), 404U);
  consent(true);
  const auto kept = keep(document(kPicture), picture(kPicture));
  EXPECT_EQ(kept.status, 200U) << kept.json.dump();
  EXPECT_EQ(documents().size(), 1U);
  EXPECT_EQ(fhir(patient_, "GET", std::string("/Binary/") + kPicture).status, 200U) << "the patient's own";
}

TEST_P(PosturePhotosTest, RefusesThePictureOfAnotherPatientOrOneThatIsThereAlready) {
  consent(true);
  Json foreign = picture(kPicture);
  foreign["securityContext"]["reference"] = "Patient/b";
  EXPECT_GE(keep(document(kPicture), foreign).status, 400U);
  EXPECT_EQ(keep(document(kPicture), picture(kOtherPicture)).status, 422U) << "not the one it names";
  EXPECT_EQ(keep(document(kPicture), picture(kPicture, "text/plain")).status, 422U);
  EXPECT_EQ(fhir(clinician_, "PUT", std::string("/Binary/") + kPicture, picture(kPicture)).status, 201U);
  EXPECT_EQ(fhir(clinician_, "POST", "/DocumentReference", document(kPicture)).status, 422U);
}

TEST_P(PosturePhotosTest, RefusesMetadataAndPicturesInTheDocument) {
  consent(true);
  const std::string exif = std::string("\xff\xe1\x00\x08", 4) + "Exif" + std::string(2, '\0');
  EXPECT_EQ(keep(document(kPicture), picture(kPicture, "image/jpeg", exif)).status, 422U);
  Json inside = document(kPicture);
  inside["content"][0]["attachment"]["data"] = picture(kPicture)["data"];
  EXPECT_EQ(keep(inside, picture(kPicture)).status, 422U);
  Json two = document(kOtherPicture);
  two["content"].push_back(document(kPicture)["content"][0]);
  EXPECT_EQ(keep(two, picture(kPicture)).status, 422U);
  ASSERT_EQ(keep(document(kPicture), picture(kPicture)).status, 200U);
  inside["id"] = documents()[0]["id"];
  const std::string at = "/DocumentReference/" + inside["id"].get<std::string>();
  EXPECT_EQ(fhir(clinician_, "PUT", at, inside).status, 422U) << "nor later";
}

TEST_P(PosturePhotosTest, NoStatusButErasedGoesWithoutConsent) {
  Json superseded = document(kPicture);
  superseded["status"] = "superseded";
  EXPECT_EQ(keep(superseded, picture(kPicture)).status, 403U);
  consent(true);
  ASSERT_EQ(keep(superseded, picture(kPicture)).status, 200U);
  consent(false);
  EXPECT_EQ(rows_with_picture(), 0);
}

TEST_P(PosturePhotosTest, APictureCannotBeReplacedOrPutBack) {
  consent(true);
  const std::string at = std::string("/Binary/") + kPicture;
  ASSERT_EQ(keep(document(kPicture), picture(kPicture)).status, 200U);
  Json another = picture(kPicture);
  another["data"] = picture(kPicture, "image/jpeg", std::string("\xff\xdb\x00\x03p", 5))["data"];
  EXPECT_EQ(fhir(clinician_, "PUT", at, another).status, 403U);
  another = picture(kPicture, "text/plain");
  another["securityContext"]["reference"] = "Patient/b";
  EXPECT_GE(fhir(clinician_, "PUT", at, another).status, 400U);
  EXPECT_EQ(fhir(clinician_, "DELETE", at).status, 403U);
  EXPECT_EQ(fhir(clinician_, "PUT", at, picture(kPicture)).status, 200U) << "sent again, it changes nothing";
  EXPECT_EQ(rows_with_picture(), 1);
  consent(false);
  EXPECT_EQ(fhir(clinician_, "PUT", at, picture(kPicture)).status, 403U) << "sent again after the withdrawal";
  EXPECT_EQ(rows_with_picture(), 0);
  consent(true);
  EXPECT_EQ(keep(document(kPicture), picture(kPicture)).status, 403U) << "with another document, after it";
}

TEST_P(PosturePhotosTest, AnIdThatWasUsedBeforeIsNoPicture) {
  consent(true);
  const std::string at = std::string("/Binary/") + kPicture;
  ASSERT_EQ(fhir(clinician_, "PUT", at, picture(kPicture, "text/plain")).status, 201U);
  ASSERT_LT(fhir(clinician_, "DELETE", at).status, 300U);
  EXPECT_EQ(keep(document(kPicture), picture(kPicture)).status, 422U);
}

TEST_P(PosturePhotosTest, AnotherPatientDoesNotSeeThem) {
  consent(true);
  ASSERT_EQ(keep(document(kPicture), picture(kPicture)).status, 200U);
  Browser stranger = person("bob", Role::patient, "b");
  EXPECT_GE(fhir(stranger, "GET", std::string("/Binary/") + kPicture).status, 400U);
  const std::string id = documents()[0]["id"].get<std::string>();
  EXPECT_GE(fhir(stranger, "GET", "/DocumentReference/" + id).status, 400U);
  Browser other = person("dr-b", Role::clinician, "dr-b");
  EXPECT_GE(fhir(other, "GET", std::string("/Binary/") + kPicture).status, 400U);
}

TEST_P(PosturePhotosTest, AClinicianCannotTakeAnAnswerOfThePatientAway) {
  consent(true);
  consent(false);
  const Json all = fhir(clinician_, "GET", "/Consent?patient=Patient/a&_sort=-date").json["entry"];
  ASSERT_EQ(all.size(), 2U);
  Json denial = all[0]["resource"];
  ASSERT_EQ(denial["provision"]["type"], "deny");
  const std::string at = "/Consent/" + denial["id"].get<std::string>();
  EXPECT_EQ(fhir(clinician_, "DELETE", at).status, 403U);
  denial["status"] = "entered-in-error";
  EXPECT_EQ(fhir(clinician_, "PUT", at, denial).status, 403U);
  EXPECT_EQ(keep(document(kPicture), picture(kPicture)).status, 403U);
}

TEST_P(PosturePhotosTest, AWithdrawnConsentErasesThePhotos) {
  consent(true);
  ASSERT_EQ(keep(document(kPicture), picture(kPicture)).status, 200U);
  ASSERT_EQ(rows_with_picture(), 1);
  consent(false, care::ConsentKind::movement_recording);
  EXPECT_EQ(rows_with_picture(), 1) << "another consent";
  consent(false);
  EXPECT_EQ(rows_with_picture(), 0);
  ASSERT_EQ(documents().size(), 1U);
  EXPECT_EQ(documents()[0]["status"], "entered-in-error");
  EXPECT_EQ(status_of(std::string("/Binary/") + kPicture), 404U);
  EXPECT_EQ(status_of(std::string("/Binary/") + kPicture + "/_history/1"), 404U);
  consent(true);
  EXPECT_EQ(status_of(std::string("/Binary/") + kPicture), 404U) << "an erased photo stays erased";
  const auto all = events();
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const record::AuditEntry& one) {
    return one.act == record::AuditAct::erase && one.resource_id == kPicture &&
           one.patients == std::vector<std::string>{"a"};
  }));
}

TEST_P(PosturePhotosTest, AnEraseByAClinicianIsFinal) {
  consent(true);
  ASSERT_EQ(keep(document(kPicture), picture(kPicture)).status, 200U);
  Json kept = documents()[0];
  const std::string at = "/DocumentReference/" + kept["id"].get<std::string>();
  kept["status"] = "entered-in-error";
  const auto erased = fhir(clinician_, "PUT", at, kept);
  EXPECT_EQ(erased.status, 200U) << erased.json.dump();
  EXPECT_EQ(rows_with_picture(), 0);
  EXPECT_EQ(status_of(std::string("/Binary/") + kPicture), 404U);
  kept["status"] = "current";
  EXPECT_EQ(fhir(clinician_, "PUT", at, kept).status, 422U);
}

TEST_P(PosturePhotosTest, TheRecordsErasureTakesThemAlong) {
  consent(true);
  ASSERT_EQ(keep(document(kPicture), picture(kPicture)).status, 200U);
  in_database([&](record::Connection& connection) -> Result<bool> {
    std::int64_t next_pk = 1'000'000;
    std::vector<record::AuditEntry> entries;
    std::vector<std::function<void()>> after;
    const record::WriteTransaction session{connection, 1'000'000, next_pk, entries, after};
    EXPECT_TRUE(record::erase_patient(session, record_->index_ids(), "a"));
    return true;
  });
  EXPECT_EQ(rows_with_picture(), 0);
  EXPECT_EQ(status_of(std::string("/Binary/") + kPicture), 404U);
}

TEST_P(PosturePhotosTest, OnlyThePatientAgrees) {
  Json given = {
      {"resourceType", "Consent"},
      {"status", "active"},
      {"scope",
       {{"coding",
         {{{"system", "http://terminology.hl7.org/CodeSystem/consentscope"}, {"code", "treatment"}}}}}},
      {"category", {{{"coding", {{{"system", "urn:reprise:consent"}, {"code", "posture-photo"}}}}}}},
      {"patient", {{"reference", "Patient/a"}}},
      {"dateTime", "2026-03-03T10:00:00Z"},
      {"performer", {{{"reference", "Patient/a"}}, {{"reference", "Practitioner/dr-a"}}}},
      {"policyRule", {{"text", "Said by telephone."}}},
      {"provision", {{"type", "permit"}}}};
  const auto refused = fhir(clinician_, "POST", "/Consent", given);
  EXPECT_EQ(refused.status, 403U);
  EXPECT_EQ(keep(document(kPicture), picture(kPicture)).status, 403U);
  given["provision"]["type"] = "deny";
  const auto denied = fhir(clinician_, "POST", "/Consent", given);
  EXPECT_EQ(denied.status, 201U) << denied.json.dump();
}

TEST_P(PosturePhotosTest, OtherDocumentsNeedNoSuchConsent) {
  Json recording = document(kPicture);
  recording["type"]["coding"][0]["code"] = "landmark-recording";
  EXPECT_EQ(keep(recording, picture(kPicture)).status, 200U);
}

INSTANTIATE_TEST_SUITE_P(On, PosturePhotosTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
