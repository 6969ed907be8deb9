// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <regex>
#include <set>

#include "base/nearest_names.h"
#include "exercises/checks/exercise_check_parts.h"

namespace reprise::exercises::checks {
namespace {

constexpr std::size_t kMostCueWords = 8;  // a cue is heard while moving. Unsourced default

bool blank(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
}

std::size_t words_in(const std::string& text) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n';
    if (!space && !inside) ++count;
    inside = !space;
  }
  return count;
}

// Returns every group of translations in the file.
std::vector<Node> translations_in(const Node& exercise) {
  std::vector<Node> all;
  const auto each = [&](const Node& list, std::initializer_list<const char*> fields) {
    for (const Node& item : list.items()) {
      for (const char* field : fields) {
        if (item[field].there()) all.push_back(item[field]);
      }
    }
  };
  each(exercise["phases"], {"text"});
  each(exercise["form"], {"name", "cue"});
  each(exercise["equipment"], {"use"});
  each(exercise["precautions"], {"explain"});
  for (const Node& item : exercise["camera"]["not_measured"].items()) all.push_back(item);
  if (exercise["sides"]["meaning"].there()) all.push_back(exercise["sides"]["meaning"]);
  return all;
}

void check_languages(const Node& exercise, ProblemList& report) {
  static const std::regex kLanguage("^[a-z]{2,3}(-[A-Z]{2})?$");
  const Node texts = exercise["text"];
  std::set<std::string> languages;
  for (const auto& [language, text] : texts.fields()) {
    languages.insert(language);
    if (language.size() > 6 || !std::regex_match(language, kLanguage)) {
      report.add(text.path(), "an unknown language", "must be a code such as en, de or pt-BR",
                 "Correct the code.");
    }
  }
  if (texts.there() && languages.count("en") == 0) {
    report.add(texts["en"], "must be there, because English replaces a missing language",
               "Add the English text.");
    return;
  }
  for (const Node& group : translations_in(exercise)) {
    const auto fields = group.fields();
    for (const auto& [language, text] : fields) {
      if (languages.count(language) == 0) {
        report.add(text.path(), "a language that /text does not have",
                   "must be one of the languages of /text", "Add it to /text, or remove it here.");
      }
      if (const auto words = text.text(); words && blank(*words)) {
        report.add(text, "must not be empty", "Write the text.");
      }
    }
    for (const std::string& language : languages) {
      if (!fields.empty() && !group[language.c_str()].there()) {
        report.add(group[language.c_str()], "must be there, because /text has this language",
                   "Add the translation.");
      }
    }
  }
}

void check_cues(const Node& exercise, ProblemList& report) {
  for (const Node& rule : exercise["form"].items()) {
    for (const auto& [language, cue] : rule["cue"].fields()) {
      const auto text = cue.text();
      if (text && words_in(*text) > kMostCueWords) {
        report.add(cue,
                   "must have at most " + std::to_string(kMostCueWords) + " words, and has " +
                       std::to_string(words_in(*text)),
                   "Say one thing to do, short and kind: a cue is heard while moving.");
      }
    }
  }
}

void check_phases(const Node& exercise, ProblemList& report) {
  static const std::vector<std::string> kOrder = {"out", "hold", "back"};
  const auto position = [](const Node& phase) {
    return std::find(kOrder.begin(), kOrder.end(), phase["part"].text().value_or("")) - kOrder.begin();
  };
  const auto phases = exercise["phases"].items();
  for (std::size_t i = 1; i < phases.size(); ++i) {
    if (position(phases[i]) < position(phases[i - 1])) {
      report.add(phases[i]["part"], "must not come after " + phases[i - 1]["part"].found(),
                 "Order the phases: out, hold, back.");
    }
  }
}

bool real_date(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (text.size() != 10 || std::sscanf(text.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return false;
  return std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month},
                                     std::chrono::day{day}}
      .ok();
}

void check_review(const Node& review, ProblemList& report) {
  const bool signed_off = review["status"].is("clinically_reviewed");
  for (const char* field : {"by", "profession", "date"}) {
    if (signed_off && !review[field].there()) {
      report.add(review[field], "must be there, because the status says clinically_reviewed",
                 "Add who signed, their profession and the day.");
    }
    if (review["status"].is("not_clinically_reviewed") && review[field].there()) {
      report.add(review[field], "must be left out, because the status says not_clinically_reviewed",
                 "Remove it, or change the status once it is signed.");
    }
  }
  const auto date = review["date"].text();
  if (date && !real_date(*date)) {
    report.add(review["date"], "must be a day of the calendar", "Write it as 2025-01-31.");
  }
}

// Sections with numbers; each must state its source.
constexpr std::array<const char*, 8> kSections = {"range",  "tempo",       "gates",       "form",
                                                  "dosage", "precautions", "progression", "movement"};

void check_evidence(const Node& exercise, ProblemList& report) {
  const std::vector<std::string> sections(kSections.begin(), kSections.end());
  std::set<std::string> accounted;
  for (const std::string& section : exercise["unsourced_defaults"].texts()) accounted.insert(section);
  for (const Node& source : exercise["evidence"].items()) {
    for (const Node& section : source["supports"].items()) {
      const auto name = section.text();
      if (!name) continue;
      if (std::find(sections.begin(), sections.end(), *name) == sections.end()) {
        const std::string near = did_you_mean(*name, sections);
        report.add(section, "must be a section of this file with numbers: " + any_of(sections),
                   near.empty() ? "Choose one of these." : near);
      }
      accounted.insert(*name);
    }
    if (!source["doi"].there() && !source["url"].there()) {
      report.add(source.path(), "a source without doi and url", "must have doi or url",
                 "Add where it can be read.");
    }
  }
  if (!exercise["unsourced_defaults"].there()) return;
  for (const std::string& section : sections) {
    const Node node = exercise[section.c_str()];
    const bool empty = !node.there() || (node.items().empty() && node.fields().empty());
    if (empty || accounted.count(section) > 0) continue;
    report.add(exercise["unsourced_defaults"].path(), "no \"" + section + "\"",
               "every section with numbers must stand here or in /evidence",
               "Add \"" + section + "\" here, or the source that was read to /evidence.");
  }
}

}  // namespace

void check_words(const Node& exercise, ProblemList& report) {
  check_languages(exercise, report);
  check_cues(exercise, report);
  check_phases(exercise, report);
  check_review(exercise["review"], report);
  check_evidence(exercise, report);
}

}  // namespace reprise::exercises::checks
