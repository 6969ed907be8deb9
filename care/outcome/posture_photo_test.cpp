// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/posture_photo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/base64.h"
#include "care/outcome/measurement_observations.h"
#include "fhir/validation/validate.h"
#include "session/measurements/posture.h"

namespace reprise::care {
namespace {

using fhir::Json;
using session::SignalMeasure;
using ::testing::HasSubstr;

constexpr const char* kPhoto = "00000000-0000-4000-8000-00000000000b";

session::MeasurementDocument measured_back() {
  session::MeasurementDocument d;
  d.kind = session::MeasurementKind::posture;
  d.engine_version = "0.1.0";
  d.method = "Posture, standing, in photos: back.";
  d.sensors = {{"camera", "photo", Hertz{1}, Seconds{0}}};
  d.values = {{SignalMeasure::shoulder_level, std::nullopt, "back", 0.05, 0.01, std::nullopt, 0, true}};
  d.tables = {{std::string{session::kPointsTable},
               {SignalMeasure::point_x, SignalMeasure::point_y},
               {{Seconds{0}, Seconds{0}, std::nullopt, "back_c7", "", {500, 200}}}}};
  return d;
}

// A JPEG whose picture nothing here reads.
const std::string kJpeg = std::string("\xff\xd8\xff\xe0\x00\x10JFIF\x00", 11) +
                          std::string("\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xda\x00\x08", 13) +
                          std::string(64, '\x2a') + "\xff\xd9";

MeasurementContext with_photo(const std::function<void(PosturePhoto&)>& change = [](PosturePhoto&) {}) {
  MeasurementContext context{"00000000-0000-4000-8000-00000000000a",
                             "p1",
                             "2026-03-14T10:00:00+01:00",
                             "2026-03-14T10:00:00+01:00",
                             std::nullopt,
                             false};
  context.practitioner = "dr";
  context.photo = PosturePhoto{
      kPhoto, to_base64(kJpeg), engine::PostureView::back, true, 0.8, Radians{Degrees{1.5}}, false};
  change(*context.photo);
  return context;
}

const Json* find_entry(const Json& bundle, const char* type) {
  for (const Json& entry : bundle["entry"]) {
    if (entry["resource"]["resourceType"] == type) return &entry["resource"];
  }
  return nullptr;
}

TEST(KeptPosturePhoto, TravelsWithItsValues) {
  const auto bundle = measurement_bundle(measured_back(), with_photo());
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), testing::IsEmpty());
  EXPECT_NE(find_entry(*bundle, "Observation"), nullptr);
  const Json* document = find_entry(*bundle, "DocumentReference");
  const Json* binary = find_entry(*bundle, "Binary");
  ASSERT_NE(document, nullptr);
  ASSERT_NE(binary, nullptr);
  EXPECT_EQ((*document)["type"]["coding"][0]["code"], "posture-photo");
  EXPECT_EQ((*document)["content"][0]["attachment"]["url"], std::string("Binary/") + kPhoto);
  EXPECT_EQ((*document)["content"][0]["attachment"]["contentType"], "image/jpeg");
  EXPECT_EQ((*document)["author"][0]["reference"], "Practitioner/dr");
  EXPECT_EQ((*document)["identifier"][1]["value"], "urn:uuid:00000000-0000-4000-8000-00000000000a");
  const Json& parts = (*document)["extension"][0]["extension"];
  EXPECT_EQ(parts[0]["valueCode"], "back");
  EXPECT_EQ(parts[1]["valueBoolean"], true);
  EXPECT_EQ(parts[2]["valueDecimal"], 0.8);
  EXPECT_NEAR(parts[4]["valueQuantity"]["value"].get<double>(), 1.5, 1e-9);
  EXPECT_EQ((*binary)["securityContext"]["reference"], "Patient/p1");
  EXPECT_EQ(from_base64((*binary)["data"].get<std::string>()), kJpeg);
}

TEST(KeptPosturePhoto, IsAbsentUnlessGiven) {
  MeasurementContext context = with_photo();
  context.photo.reset();
  const auto bundle = measurement_bundle(measured_back(), context);
  ASSERT_TRUE(bundle);
  EXPECT_EQ(find_entry(*bundle, "Binary"), nullptr);
  EXPECT_EQ(find_entry(*bundle, "DocumentReference"), nullptr);
}

TEST(KeptPosturePhoto, RefusesWhatIsNoPhotoOfThisPosture) {
  const auto cause = [](const std::function<void(PosturePhoto&)>& change) {
    const auto bundle = measurement_bundle(measured_back(), with_photo(change));
    return bundle ? std::string{"accepted"} : bundle.error().cause;
  };
  EXPECT_EQ(cause([](PosturePhoto&) {}), "accepted");
  EXPECT_THAT(cause([](PosturePhoto& p) { p.id = "1"; }), HasSubstr("UUID"));
  EXPECT_THAT(cause([](PosturePhoto& p) { p.base64 = "!"; }), HasSubstr("no JPEG"));
  EXPECT_THAT(cause([](PosturePhoto& p) { p.base64 = to_base64("\x89PNG"); }), HasSubstr("no JPEG"));
  EXPECT_THAT(cause([](PosturePhoto& p) {
                p.base64 =
                    to_base64(std::string("\xff\xd8\xff\xe1\x00\x10"
                                          "Exif\x00\x00",
                                          12));
              }),
              HasSubstr("Exif"));
  EXPECT_THAT(cause([](PosturePhoto& p) { p.base64 = to_base64(kJpeg + std::string(2U << 20U, 'x')); }),
              HasSubstr("2 MiB"));
  EXPECT_THAT(cause([](PosturePhoto& p) { p.scale = 0; }), HasSubstr("scale"));
  EXPECT_THAT(cause([](PosturePhoto& p) { p.scale = 1.2; }), HasSubstr("scale"));
  EXPECT_THAT(cause([](PosturePhoto& p) { p.roll = Radians{Degrees{40}}; }), HasSubstr("roll"));
  EXPECT_THAT(cause([](PosturePhoto& p) { p.view = engine::PostureView::front; }), HasSubstr("view"));
}

}  // namespace
}  // namespace reprise::care
