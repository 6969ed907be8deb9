// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/own_photo.h"

#include "base/base64.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

std::string photo_of(std::size_t bytes, const std::string& metadata = "") {
  return to_base64("\xff\xd8" + metadata + std::string("\xff\xda\x00\x08", 4) + std::string(bytes, 'p') +
                   "\xff\xd9");
}

class OwnPhotoTest : public AppTest {
 protected:
  OwnPhotoTest() {
    serve_also(own_photo_routes(), quick_options());
    fill();
    clinician_ = person("dr-a", Role::clinician, "dr-a");
    patient_ = person("ann", Role::patient, "a");
  }
  Json photos(const char* practitioner = "dr-a") {
    const auto read = ask(patient_, "GET", std::string("/fhir/Practitioner/") + practitioner);
    EXPECT_EQ(read.status, 200U);
    return read.json.value("photo", Json::array());
  }

  Browser clinician_;
  Browser patient_;
};

TEST_P(OwnPhotoTest, APatientSeesTheCliniciansPhotoUntilItIsRemoved) {
  EXPECT_TRUE(photos().empty());
  ASSERT_EQ(ask(clinician_, "PUT", "/auth/photo", {{"jpeg", photo_of(100)}}).status, 204U);
  ASSERT_EQ(ask(clinician_, "PUT", "/auth/photo", {{"jpeg", photo_of(11'900)}}).status, 204U);
  ASSERT_EQ(photos().size(), 1U) << "the newest alone";
  EXPECT_EQ(photos()[0]["data"], photo_of(11'900));
  EXPECT_EQ(photos()[0]["contentType"], "image/jpeg");
  EXPECT_TRUE(photos("dr-b").empty()) << "of others it changes nothing";
  ASSERT_EQ(ask(clinician_, "DELETE", "/auth/photo").status, 204U);
  EXPECT_TRUE(photos().empty());
}

TEST_P(OwnPhotoTest, RefusesMetadataOtherFilesAndLargeOnes) {
  const std::string exif = std::string("\xff\xe1\x00\x08", 4) + "Exif" + std::string(2, '\0');
  EXPECT_EQ(ask(clinician_, "PUT", "/auth/photo", {{"jpeg", photo_of(100, exif)}}).status, 422U);
  EXPECT_EQ(ask(clinician_, "PUT", "/auth/photo", {{"jpeg", photo_of(12'000)}}).status, 422U);
  EXPECT_EQ(ask(clinician_, "PUT", "/auth/photo", {{"jpeg", to_base64("\x89PNG\r\n\x1A\n")}}).status, 422U);
  EXPECT_EQ(ask(clinician_, "PUT", "/auth/photo", {{"jpeg", "!"}}).status, 422U);
  EXPECT_EQ(ask(clinician_, "PUT", "/auth/photo", Json::object()).status, 422U);
  EXPECT_TRUE(photos().empty());
}

TEST_P(OwnPhotoTest, IsTheCliniciansAlone) {
  EXPECT_EQ(ask(patient_, "PUT", "/auth/photo", {{"jpeg", photo_of(100)}}).word(), "not-allowed");
  EXPECT_EQ(ask(patient_, "DELETE", "/auth/photo").word(), "not-allowed");
  Browser stranger;
  EXPECT_EQ(ask(stranger, "PUT", "/auth/photo", {{"jpeg", photo_of(100)}}).status, 401U);
}

INSTANTIATE_TEST_SUITE_P(On, OwnPhotoTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
