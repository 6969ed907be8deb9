// SPDX-License-Identifier: Apache-2.0
#include "care/plan/education.h"

#include <gmock/gmock.h>

#include <set>

#include "base/base64.h"
#include "exercises/catalog_files.h"
#include "fhir/fields/fields.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kEducation = std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog/education";

constexpr std::array<const char*, 3> kLanguageOrder = {"en", "de", "es"};

TEST(Education, EveryTextOfTheCatalogIsCompleteInThreeLanguages) {
  const auto files = exercises::read_catalog(kEducation);
  ASSERT_TRUE(files) << to_string(files.error());
  ASSERT_THAT(*files, SizeIs(28));
  std::set<int> orders;
  for (const exercises::CatalogFile& file : *files) {
    const auto library = education_library(file);
    ASSERT_TRUE(library) << file.name << ": " << to_string(library.error());
    EXPECT_THAT(fhir::validate(*library), IsEmpty()) << file.name;
    EXPECT_EQ((*library)["url"], "urn:reprise:education:" + file.name.substr(0, file.name.size() - 5));
    EXPECT_EQ((*library)["subtitle"], "not clinically reviewed") << file.name;
    EXPECT_EQ((*library)["topic"][0]["coding"][0]["system"], "urn:reprise:education-theme") << file.name;
    EXPECT_TRUE(orders.insert((*library)["extension"][0]["valueInteger"].get<int>()).second) << file.name;
    const Json& content = (*library)["content"];
    ASSERT_THAT(content, SizeIs(3));
    std::set<std::size_t> lines;
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(content[i]["language"], kLanguageOrder[i]);
      const auto text = from_base64(json::text_of(content[i], "data"));
      ASSERT_TRUE(text);
      lines.insert(static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n')));
    }
    // Paragraphs and points correspond: none was left out of a translation.
    EXPECT_THAT(lines, SizeIs(1)) << file.name;
  }
}

TEST(Education, TheTextOnWarningSignsListsAllThatAreAskedFor) {
  const std::filesystem::path catalog = kEducation.parent_path();
  const Json text = Json::parse(exercises::read_catalog_file(kEducation / "warning-signs.json").value().text);
  const Json asked =
      Json::parse(exercises::read_catalog_file(catalog / "questionnaires/red_flags.json").value().text);
  const std::size_t signs = asked["item"].size();
  ASSERT_EQ(signs, 10U);
  for (const char* language : kLanguageOrder) {
    const std::string list = text["text"][language]["body"][1];
    EXPECT_EQ(static_cast<std::size_t>(std::count(list.begin(), list.end(), '\n')) + 1, signs) << language;
  }
}

TEST(Education, SaysWhatIsWrongWithAText) {
  const std::string clean = exercises::read_catalog_file(kEducation / "your-privacy.json").value().text;
  ASSERT_TRUE(education_library({"your-privacy.json", clean}));
  const auto refused = [&](const char* pointer, const Json& instead) {
    Json changed = Json::parse(clean);
    changed[Json::json_pointer(pointer)] = instead;
    const auto library = education_library({"your-privacy.json", changed.dump()});
    return library ? std::string{"taken"} : library.error().cause;
  };
  EXPECT_THAT(refused("/text/de/title", ""), HasSubstr("/text/de/title: found \"\""));
  EXPECT_THAT(refused("/text/es/body", Json::array()),
              HasSubstr("/text/es/body: found a list of 0; must have at least 1"));
  EXPECT_THAT(refused("/text/es/body", "one"), HasSubstr("/text/es/body"));
  EXPECT_THAT(refused("/text/es/body/0", 3), HasSubstr("/text/es/body/0: found 3; must be a text"));
  EXPECT_THAT(refused("/text/es/body", nullptr), HasSubstr("/text/es/body"));
  EXPECT_THAT(refused("/text/es", 3), HasSubstr("/text/es"));
  EXPECT_THAT(refused("/text/fr", Json::object()), HasSubstr("/text/fr: found a field that is not known"));
  EXPECT_THAT(refused("/text/en/picture", "a"), HasSubstr("/text/en/picture"));
  EXPECT_THAT(refused("/id", "Other"), HasSubstr("/id"));
  EXPECT_THAT(refused("/id", "other"), HasSubstr("/id"));
  EXPECT_THAT(refused("/review", ""), HasSubstr("/review"));
  EXPECT_THAT(refused("/theme", "other"), HasSubstr("/theme"));
  EXPECT_THAT(refused("/version", 0), HasSubstr("/version"));
  EXPECT_THAT(refused("/more", 0), HasSubstr("/more"));
  EXPECT_FALSE(education_library({"your-privacy.json", "[]"}));
}

}  // namespace
}  // namespace reprise::care
