// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "fhir/fields/fields.h"
#include "session/measurements/function_references.h"
#include "session/measurements/signal_measure.h"

// Repeated results of what a person can do: tests of function, and scores of questionnaires.
namespace reprise::care {

struct ScorePoint {
  std::int64_t time_ms = 0;
  std::string at;                     ///< a FHIR dateTime, as the record has it
  double value = 0;                   ///< as it is displayed, rounded
  std::optional<double> uncertainty;  ///< half width; empty: not known
};

enum class ScoreVerdict : std::uint8_t { better, worse, same, unknown };

/// From the first result to the latest.
struct ScoreChange {
  ScoreVerdict verdict = ScoreVerdict::unknown;
  double by = 0;                ///< latest less first, of the displayed values
  std::optional<double> least;  ///< what `by` must exceed; empty: no source gives it, the verdict is unknown
  std::string source;           ///< of docs/sources.md
};

/// One test, one side, one way of measuring: that of the latest result.
struct FunctionScore {
  session::FunctionTest test = session::FunctionTest::timed_up_and_go;
  session::SignalMeasure measure = session::SignalMeasure::test_time;
  std::string side;                   ///< "left", "right" or empty
  std::vector<ScorePoint> points;     ///< the oldest first, at least one
  bool otherwise = false;             ///< there are results of another way of measuring, which are left out
  std::optional<ScoreChange> change;  ///< empty: one result
};

/// Its better direction is not known.
struct QuestionnaireScore {
  std::string code;
  std::string name;  ///< in the record's words
  std::vector<ScorePoint> points;
};

struct FunctionScores {
  std::vector<FunctionScore> tests;  ///< in the order of FunctionTest, left before right
  std::vector<QuestionnaireScore> questionnaires;
};

/// Reads them from Observations; leaves out what does not count, has another unit or no time. A six-minute
/// walk counts only if it was walked to its end.
[[nodiscard]] FunctionScores function_scores(std::span<const fhir::Json* const> observations);

/// A change counts only if it exceeds both the detectable change of a source and the uncertainty of the
/// difference. `first`, `latest`: of the displayed unit.
[[nodiscard]] ScoreChange score_change(session::FunctionTest test, session::SignalMeasure measure,
                                       const ScorePoint& first, const ScorePoint& latest);

/// The same for a page: `answers` of the record as JSON (Reprise.functionScores of reprise.d.mts). Errors:
/// those of fhir::AnswerIndex.
[[nodiscard]] Result<std::string> function_scores_text(std::span<const std::string> answers);

}  // namespace reprise::care
