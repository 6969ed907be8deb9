// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/html/html.h"
#include "report/html/words.h"
#include "report/sections/options.h"

namespace reprise::report {

/// What every section of the report is given.
struct Page {
  Html& html;
  const Words& words;
  const session::SessionDocument& document;
  const ReportOptions& options;
};

// The sections, in the report's order.
void masthead(const Page& page);
void summary_section(const Page& page);
void warnings_section(const Page& page);
void chart_section(const Page& page);
void figures_section(const Page& page);
void repetitions_section(const Page& page);
void quality_section(const Page& page);
void measures_section(const Page& page);
void trust_section(const Page& page);
void provenance_section(const Page& page);

// What several sections say.

/// "left", "right", "both" for sided things without a side, empty for things without sides.
[[nodiscard]] std::string side_words(const Page& page, std::optional<engine::Side> side, bool sided);
[[nodiscard]] bool is_hold(const Page& page);
[[nodiscard]] bool has_sides(const engine::ExerciseDefinition& definition);
[[nodiscard]] std::string view_words(const Page& page, engine::View view);
[[nodiscard]] std::string outcome_words(const Page& page, engine::Outcome outcome);
/// A form rule in the catalog's words, else its identifier.
[[nodiscard]] std::string rule_words(const Page& page, std::string_view rule);
/// "Knee flexion" and "Knee flexion, left".
[[nodiscard]] std::string measure_words(const Page& page, engine::Measure measure);
[[nodiscard]] std::string measure_words(const Page& page, engine::Measure measure,
                                        std::optional<engine::Side> side);
/// "degrees", "leg lengths", "times the distance of the ankles".
[[nodiscard]] std::string unit_words(const Page& page, engine::Measure measure);
/// "a, b and c".
[[nodiscard]] std::string listed(const Page& page, const std::vector<std::string>& items);
/// The text, or "not measured" where it is empty.
[[nodiscard]] std::string or_not_measured(const Page& page, const std::string& text);
/// A value in a cell or tile: the text, or a muted "not measured".
void value_or_not_measured(Html& html, const Words& words, const std::string& text);
/// Opens `<section><h2>`; the caller closes it.
void open_section(Html& html, const Words& words, const char* id, const char* heading_key);
inline void open_section(const Page& page, const char* id, const char* heading_key) {
  open_section(page.html, page.words, id, heading_key);
}

/// An entry of a list of explanations: `heading` is a key, `text` as a reader sees it.
void explained(Html& html, const Words& words, const char* heading, const std::string& text);
/// An entry of a list of origins; none for an empty text.
void origin(Html& html, const Words& words, const char* key, const std::string& text,
            const char* style = "fact");

/// Each warning with its remedy.
void warning_list(Html& html, const std::vector<session::Warning>& warnings);

/// Whether any of the recording was filmed from where the exercise can be judged, or it could not be told.
[[nodiscard]] bool view_fits(const session::SessionDocument& document);
/// Whether a form rule is judged from a view of the document.
[[nodiscard]] bool judged_from_here(const session::SessionDocument& document, const engine::FormRule& rule);
/// Whether the ceiling, where there is one, comes before the target.
[[nodiscard]] bool ceiling_before_target(const session::SessionDocument& document);
/// Whether the repetition went past the ceiling that held.
[[nodiscard]] bool past_ceiling(const session::SessionDocument& document,
                                const session::RecordedRepetition& repetition);
/// Numbers, from 1, of the repetitions that satisfy the condition.
template <class Condition>
[[nodiscard]] std::vector<std::string> numbers_where(const session::SessionDocument& document,
                                                     Condition&& condition) {
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < document.exercise.repetitions.size(); ++i) {
    if (condition(document.exercise.repetitions[i])) numbers.push_back(std::to_string(i + 1));
  }
  return numbers;
}

}  // namespace reprise::report
