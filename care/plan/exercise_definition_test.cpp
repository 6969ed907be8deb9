// SPDX-License-Identifier: Apache-2.0
#include "care/plan/exercise_definition.h"

#include <gmock/gmock.h>

#include "base/base64.h"
#include "fhir/fields/fields.h"
#include "fhir/validation/validate.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;

TEST(ExerciseDefinition, EveryShippedFileGoesIntoTheRecordAndBack) {
  const auto files = exercises::read_catalog(shipped_folder());
  ASSERT_TRUE(files);
  ASSERT_GT(files->size(), 40U);
  for (const exercises::CatalogFile& file : *files) {
    const auto resource = activity_definition(file);
    ASSERT_TRUE(resource) << to_string(resource.error());
    EXPECT_TRUE(fhir::validate(*resource).empty()) << file.name;
    const auto read = read_activity_definition(*resource);
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->json, file.text);
    EXPECT_EQ(canonical_of(read->exercise), std::string{json::text_of(*resource, "url")} + "|" +
                                                std::string{json::text_of(*resource, "version")});
    EXPECT_EQ(json::text_of(*resource, "subtitle"), "not clinically reviewed");
  }
}

TEST(ExerciseDefinition, RefusesWhatItIsNot) {
  const auto file = exercises::read_catalog_file(shipped_folder() / "squat.json");
  ASSERT_TRUE(file);
  const auto resource = activity_definition(*file);
  ASSERT_TRUE(resource);
  const auto refused_because = [&](auto change) {
    Json changed = *resource;
    change(changed);
    const auto read = read_activity_definition(changed);
    return read ? "it was read" : read.error().cause;
  };
  Json& (*document)(Json&) = [](Json& json) -> Json& { return json["relatedArtifact"][0]["document"]; };
  EXPECT_THAT(refused_because([](Json& json) { json.erase("relatedArtifact"); }),
              HasSubstr("no file is attached"));
  EXPECT_THAT(refused_because([&](Json& json) { document(json)["data"] = "?"; }), HasSubstr("not base64"));
  EXPECT_THAT(refused_because([&](Json& json) { document(json)["data"] = to_base64("{}"); }),
              HasSubstr("is no exercise"));
  EXPECT_THAT(refused_because([](Json& json) { json["version"] = "2"; }), HasSubstr("url and version"));
  EXPECT_THAT(refused_because([](Json& json) { json["url"] = "urn:reprise:exercise:lunge"; }),
              HasSubstr("url and version"));
  EXPECT_THAT(
      refused_because([](Json& json) { json["relatedArtifact"].push_back(json["relatedArtifact"][0]); }),
      HasSubstr("several"));
  EXPECT_FALSE(activity_definition({"a.json", "[]"}));
}

}  // namespace
}  // namespace reprise::care
