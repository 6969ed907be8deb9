// SPDX-License-Identifier: Apache-2.0
// The exercises that we ship, in every language that the app speaks; and which of them a reader gets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "exercises/catalog_files.h"
#include "session/exercise_facts.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::session {
namespace {

using testing::HasSubstr;
using testing::Not;

/// One text of one file, in each of its languages.
struct Spoken {
  std::string place;  ///< "squat.json /form/0/cue"
  std::map<std::string, std::string> by_language;
};

/// Texts by language wherever they stand in the file, so that none is overlooked; lists and groups of them
/// are taken apart.
void collect_spoken(const nlohmann::json& value, const std::string& place, std::vector<Spoken>& all) {
  if (value.is_object() && value.contains("en")) {
    std::map<std::string, Spoken> parts;
    for (const auto& [language, text] : value.items()) {
      nlohmann::json translated = text;
      // Other names are each language's own: "Squat" is looked for in German, too.
      if (translated.is_object()) translated.erase("also");
      const nlohmann::json flat = translated.flatten();
      for (const auto& [path, part] : flat.items()) {
        Spoken& spoken = parts[path];
        spoken.place = place + path;
        spoken.by_language[language] = part.get<std::string>();
      }
    }
    for (auto& [path, spoken] : parts) all.push_back(std::move(spoken));
    return;
  }
  if (!value.is_structured()) return;
  for (const auto& [key, part] : value.items()) collect_spoken(part, place + "/" + key, all);
}

const std::vector<Spoken>& shipped_texts() {
  static const std::vector<Spoken> kTexts = [] {
    std::vector<Spoken> all;
    const auto files = exercises::read_catalog(shipped_folder());
    EXPECT_TRUE(files) << to_string(files.error());
    for (const exercises::CatalogFile& file : *files)
      collect_spoken(nlohmann::json::parse(file.text), file.name + " ", all);
    EXPECT_GT(all.size(), 2000U);  // 121 exercises, each with a name, steps, cues, precautions
    return all;
  }();
  return kTexts;
}

TEST(CatalogLanguages, EveryTextIsInEnglishGermanAndSpanish) {
  for (const Spoken& text : shipped_texts()) {
    std::set<std::string> languages;
    for (const auto& [language, words] : text.by_language) languages.insert(language);
    EXPECT_EQ(languages, (std::set<std::string>{"de", "en", "es"})) << text.place;
  }
}

TEST(CatalogLanguages, EveryExerciseHasOtherNamesInEachLanguage) {
  for (const exercises::CatalogExercise& exercise : shipped()) {
    for (const auto& [language, text] : exercise.text) {
      EXPECT_FALSE(text.also.empty()) << exercise.definition.id << ' ' << language;
      for (const std::string& other : text.also) EXPECT_NE(other, text.name) << exercise.definition.id;
    }
  }
}

TEST(CatalogLanguages, NoTextIsLeftInEnglish) {
  const std::set<std::string> same_in_german = {"Sit-up"};
  for (const Spoken& text : shipped_texts()) {
    const std::string& english = text.by_language.at("en");
    for (const auto& [language, words] : text.by_language) {
      if (language == "en" || (language == "de" && same_in_german.count(english) > 0)) continue;
      EXPECT_NE(words, english) << text.place << '/' << language;
    }
  }
}

TEST(CatalogLanguages, TheSameEnglishIsSaidTheSameWay) {
  std::map<std::string, const Spoken*> first;
  for (const Spoken& text : shipped_texts()) {
    const Spoken& known = *first.emplace(text.by_language.at("en"), &text).first->second;
    EXPECT_EQ(text.by_language, known.by_language) << text.place << " and " << known.place;
  }
}

// The programme names the affected side; a text that named one would be wrong for half of the patients.
// ("right" is not looked for: in English it also means exactly.)
TEST(CatalogLanguages, NoTextNamesASide) {
  for (const Spoken& text : shipped_texts()) {
    for (const auto& [language, words] : text.by_language) {
      std::string plain = " " + words;
      std::transform(plain.begin(), plain.end(), plain.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      for (const char* side : {" left", " link", " recht", "izquierd", "derech"}) {
        EXPECT_THAT(plain, Not(HasSubstr(side))) << text.place << '/' << language;
      }
    }
  }
}

TEST(CatalogLanguages, ReadersGetTheirsElseItsMainOneElseEnglish) {
  const exercises::CatalogExercise& squat = **exercises::find(shipped(), "squat");
  EXPECT_EQ(exercises::text_in(squat, "de").name, "Kniebeuge");
  EXPECT_EQ(exercises::text_in(squat, "de-AT").name, "Kniebeuge");
  EXPECT_EQ(exercises::text_in(squat, "es-419").name, "Sentadilla");
  for (const char* other : {"fr", "fr-CA", "d", "deu", "-de", ""}) {
    EXPECT_EQ(exercises::text_in(squat, other).name, "Squat") << other;
    EXPECT_EQ(exercises::in_language(squat.form[0].cue, other), "Push your knees out.") << other;
  }
  const exercises::Translations brazilian = {{"en", "Rest."}, {"pt", "Descanse."}, {"pt-BR", "Descansa."}};
  EXPECT_EQ(exercises::in_language(brazilian, "pt-BR"), "Descansa.");
  EXPECT_EQ(exercises::in_language(brazilian, "pt-PT"), "Descanse.");
}

TEST(CatalogLanguages, TheDocumentOfASessionSpeaksTheChosenOne) {
  const exercises::CatalogExercise& squat = **exercises::find(shipped(), "squat");
  const ExerciseFacts german = facts_of(squat, "de");
  EXPECT_EQ(german.name, "Kniebeuge");
  ASSERT_EQ(german.rule_words.size(), squat.form.size());
  EXPECT_EQ(german.rule_words[0].second, squat.form[0].name.at("de"));
  ASSERT_EQ(german.not_measured.size(), squat.not_measured.size());
  EXPECT_EQ(german.not_measured[0], squat.not_measured[0].at("de"));
  EXPECT_EQ(facts_of(squat, "fr").name, facts_of(squat).name);
}

}  // namespace
}  // namespace reprise::session
