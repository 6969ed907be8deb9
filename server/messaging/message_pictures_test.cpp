// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/message_pictures.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/base64.h"
#include "tests/support/reaction_fixture.h"

namespace reprise::server {
namespace {

constexpr const char* kSentPicture = "6f1f0f0e-0000-4000-8000-000000000001";
constexpr const char* kSentMessage = "6f1f0f0e-0000-4000-8000-00000000000a";

// Exif of a phone: a big-endian TIFF whose one entry (0x8825) is a GPS directory with 48° 12' N.
const std::string kGps = std::string(
    "\xff\xe1\x00\x52"
    "Exif\0\0"
    "MM\0*\0\0\0\x08"
    "\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0"
    "\0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0"
    "\0\0\0\x30\0\0\0\x01\0\0\0\x0c\0\0\0\x01",
    84);
const std::string kXmp =
    std::string("\xff\xe1\x00\x2a", 4) + "http://ns.adobe.com/xap/1.0/" + std::string(12, 'x');

std::string jpeg(const std::string& metadata = "", const std::string& after = "") {
  return "\xff\xd8" + metadata + std::string("\xff\xda\x00\x08", 4) + std::string(32, 'p') + "\xff\xd9" +
         after;
}

/// A film as Debian's Chromium records it.
std::string film(const char* name) {
  const auto file = std::filesystem::path(REPRISE_SOURCE_DIR) / "tests/fuzz/corpus/kept_film" / name;
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class MessagePicturesTest : public ReactionFixture {
 protected:
  MessagePicturesTest() : ReactionFixture(guard_message_pictures) {}

  static Json picture(const std::string& bytes, const char* type = "image/jpeg") {
    return {{"resourceType", "Binary"},
            {"id", kSentPicture},
            {"meta", {{"tag", {{{"system", "urn:reprise:tag"}, {"code", "message-picture"}}}}}},
            {"contentType", type},
            {"securityContext", {{"reference", "Patient/a"}}},
            {"data", to_base64(bytes)}};
  }
  static Json message(std::size_t pictures = 1, const char* sender = "Patient/a") {
    Json made = {
        {"resourceType", "Communication"},
        {"identifier",
         {{{"system", "urn:ietf:rfc:3986"}, {"value", std::string("urn:uuid:") + kSentMessage}}}},
        {"status", "completed"},
        {"category", {{{"coding", {{{"system", "urn:reprise:communication"}, {"code", "message"}}}}}}},
        {"subject", {{"reference", "Patient/a"}}},
        {"sender", {{"reference", sender}}},
        {"payload", {{{"contentString", "Look at this (simulated)."}}}}};
    const Json attachment = {{"contentType", "image/jpeg"}, {"url", std::string("Binary/") + kSentPicture}};
    for (std::size_t i = 0; i < pictures; ++i) made["payload"].push_back({{"contentAttachment", attachment}});
    return made;
  }
  static Json video(const std::string& bytes, const char* type = "video/mp4") {
    Json made = picture(bytes, type);
    made["meta"]["tag"][0]["code"] = "message-video";
    return made;
  }
  static Json message_with_video(const char* type = "video/mp4") {
    Json made = message();
    made["payload"][1]["contentAttachment"]["contentType"] = type;
    return made;
  }
  static Json bundle(const Json& communication, const Json& binary) {
    const std::string known = std::string("identifier=urn:ietf:rfc:3986|urn:uuid:") + kSentMessage;
    const Json post = {{"method", "POST"}, {"url", "Communication"}, {"ifNoneExist", known}};
    const Json put = {{"method", "PUT"}, {"url", std::string("Binary/") + kSentPicture}};
    return {{"resourceType", "Bundle"},
            {"type", "transaction"},
            {"entry",
             {{{"request", post}, {"resource", communication}}, {{"request", put}, {"resource", binary}}}}};
  }
  Answer send(const Json& communication, const Json& binary) {
    return fhir(patient_, "POST", "", bundle(communication, binary));
  }
  static std::string address() { return std::string("/Binary/") + kSentPicture; }
};

TEST_P(MessagePicturesTest, KeepsAPictureThatThePatientAndTheClinicSeeAndNoOneElse) {
  const auto sent = send(message(), picture(jpeg()));
  ASSERT_EQ(sent.status, 200U) << sent.json.dump();
  EXPECT_EQ(send(message(), picture(jpeg())).status, 200U) << "sent again, it changes nothing";
  for (Browser* reader : {&patient_, &clinician_}) EXPECT_EQ(fhir(*reader, "GET", address()).status, 200U);
  Browser stranger = person("bob", Role::patient, "b");
  EXPECT_GE(fhir(stranger, "GET", address()).status, 400U);
  Browser other = person("dr-b", Role::clinician, "dr-b");
  EXPECT_GE(fhir(other, "GET", address()).status, 400U);
}

TEST_P(MessagePicturesTest, RefusesAPictureWithItsPlaceAndKeepsNothingOfIt) {
  ASSERT_EQ(kGps.size(), 84U);
  EXPECT_EQ(send(message(), picture(jpeg(kGps))).status, 422U) << "Exif";
  EXPECT_EQ(send(message(), picture(jpeg(kXmp))).status, 422U) << "XMP";
  EXPECT_EQ(send(message(), picture(jpeg("", "a video"))).status, 422U) << "after its end";
  EXPECT_EQ(send(message(), picture("\x89PNG\r\n\x1A\n", "image/png")).status, 422U);
  EXPECT_EQ(send(message(), picture("RIFF....WEBPVP8 ", "image/webp")).status, 422U);
  EXPECT_EQ(
      send(message(), picture(jpeg(std::string("\xff\xdb\x00\x02", 4)) + std::string(2U << 20U, 'x'))).status,
      422U)
      << "too large";
  EXPECT_EQ(fhir(clinician_, "GET", address()).status, 404U);
  EXPECT_EQ(
      fhir(clinician_, "GET", "/Communication?subject=Patient/a").json.value("entry", Json::array()).size(),
      0U);
}

TEST_P(MessagePicturesTest, RefusesWhatIsNoPictureOfThisMessage) {
  Json inside = message();
  inside["payload"][1]["contentAttachment"]["data"] = to_base64(jpeg(kGps));
  EXPECT_EQ(send(inside, picture(jpeg())).status, 422U) << "in the message itself";
  Json elsewhere = message();
  elsewhere["payload"][1]["contentAttachment"]["url"] = "https://example.org/picture.jpg";
  EXPECT_EQ(send(elsewhere, picture(jpeg())).status, 422U);
  Json untagged = picture(jpeg());
  untagged.erase("meta");
  EXPECT_EQ(send(message(), untagged).status, 422U);
  EXPECT_EQ(send(message(4), picture(jpeg())).status, 422U) << "too many";
  ASSERT_EQ(fhir(patient_, "PUT", address(), picture(jpeg())).status, 201U);
  EXPECT_EQ(send(message(), picture(jpeg())).status, 422U) << "it was there before";
}

TEST_P(MessagePicturesTest, KeepsAVideoThatThePatientAndTheClinicSeeAndNoOneElse) {
  const std::string mp4 = film("chromium_h264.mp4");
  const auto sent = send(message_with_video(), video(mp4));
  ASSERT_EQ(sent.status, 200U) << sent.json.dump();
  EXPECT_EQ(send(message_with_video(), video(mp4)).status, 200U) << "sent again, it changes nothing";
  for (Browser* reader : {&patient_, &clinician_}) {
    const auto read = fhir(*reader, "GET", address() + "?_format=json");
    EXPECT_EQ(read.status, 200U);
    EXPECT_EQ(read.json.value("data", ""), to_base64(mp4));
  }
  Browser stranger = person("bob", Role::patient, "b");
  EXPECT_GE(fhir(stranger, "GET", address()).status, 400U);
  Browser other = person("dr-b", Role::clinician, "dr-b");
  EXPECT_GE(fhir(other, "GET", address()).status, 400U);
  EXPECT_EQ(fhir(clinician_, "PUT", address(), video(film("chromium_vp9.mp4"))).status, 403U)
      << "stays as sent";
  EXPECT_EQ(fhir(patient_, "DELETE", address()).status, 403U);
}

TEST_P(MessagePicturesTest, RefusesAVideoWithItsPlaceOrOfAnotherType) {
  const std::string mp4 = film("chromium_h264.mp4");
  const std::string webm = film("chromium_vp8.webm");
  const std::string place = std::string("\0\0\0\x22udta\0\0\0\x1a\xa9xyz", 16) + "+48.2085+016.3731/";
  EXPECT_EQ(send(message_with_video(), video(mp4 + place)).status, 422U) << "user data";
  EXPECT_EQ(send(message_with_video(), video(mp4.substr(0, 1500))).status, 422U) << "cut off";
  EXPECT_EQ(send(message_with_video(), video(webm)).status, 422U) << "WebM as MP4";
  EXPECT_EQ(send(message_with_video("video/webm"), video(mp4)).status, 422U);
  EXPECT_EQ(send(message_with_video(), picture(mp4, "video/mp4")).status, 422U) << "with a picture's tag";
  EXPECT_EQ(send(message(), video(mp4)).status, 422U) << "the attachment says JPEG";
  const std::string empty = std::string("\0\x38\0\x08skip", 8) + std::string(0x380000, '\0');
  EXPECT_GE(send(message_with_video(), video(mp4 + empty)).status, 413U) << "too large";
  Json two = message_with_video();
  two["payload"].push_back(two["payload"][1]);
  EXPECT_EQ(send(two, video(mp4)).status, 422U);
  EXPECT_EQ(fhir(clinician_, "GET", address()).status, 404U) << "nothing of it is kept";
  EXPECT_EQ(send(message_with_video("video/webm"), video(webm, "video/webm")).status, 200U);
}

TEST_P(MessagePicturesTest, APictureStaysAsItWasSent) {
  ASSERT_EQ(send(message(), picture(jpeg())).status, 200U);
  EXPECT_EQ(fhir(clinician_, "PUT", address(), picture(jpeg(std::string("\xff\xdb\x00\x02", 4)))).status,
            403U);
  EXPECT_EQ(fhir(clinician_, "DELETE", address()).status, 403U);
  EXPECT_EQ(fhir(patient_, "DELETE", address()).status, 403U);
}

TEST_P(MessagePicturesTest, AClinicianMayMarkTheMessageAsWrongAndSendOtherFiles) {
  ASSERT_EQ(send(message(), picture(jpeg())).status, 200U);
  Json wrong = fhir(clinician_, "GET", "/Communication?subject=Patient/a").json["entry"][0]["resource"];
  wrong["status"] = "entered-in-error";
  const std::string at = "/Communication/" + wrong["id"].get<std::string>();
  EXPECT_EQ(fhir(clinician_, "PUT", at, wrong).status, 200U);
  EXPECT_EQ(fhir(clinician_, "POST", "/Communication", message(1, "Practitioner/dr-a")).status, 201U);
}

TEST_P(MessagePicturesTest, ACarersPicturesAreGuardedAsThePatients) {
  put("RelatedPerson", "carla", {{"active", true}, {"patient", {{"reference", "Patient/a"}}}});
  accept(in_database([](record::Connection& connection) {
    const record::NewAccount carer = {"carla", Role::carer, "carla", "", "a"};
    return record::create_account(connection, carer, now());
  }));
  Browser carla;
  ASSERT_EQ(enter_password(carla, "carla").status, 200U);
  const Json sent = message(1, "RelatedPerson/carla");
  EXPECT_EQ(fhir(carla, "POST", "", bundle(sent, picture(jpeg(kGps)))).status, 422U);
  const auto taken = fhir(carla, "POST", "", bundle(sent, picture(jpeg())));
  EXPECT_EQ(taken.status, 200U) << taken.json.dump();
  EXPECT_EQ(fhir(clinician_, "GET", address()).status, 200U);
}

INSTANTIATE_TEST_SUITE_P(On, MessagePicturesTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
