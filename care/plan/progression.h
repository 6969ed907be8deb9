// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/plan/programme.h"
#include "fhir/fields/answer_index.h"
#include "fhir/fields/days.h"

// Proposes a harder or easier dosage from the last days of an exercise. A clinician decides. The numbers are
// unsourced defaults; docs/clinician/programme-builder.md lists them.
namespace reprise::care {

/// The version of these rules, named in decisions about a proposal.
inline constexpr int kIntensityRules = 1;

/// One day of an exercise under its present prescription.
struct DoneDay {
  fhir::Day day = 0;
  int counted = 0;   ///< repetitions or holds, of all sets
  double share = 0;  ///< of the daily prescription
  bool stopped_for_pain = false;
  std::optional<int> pain;        ///< the worst during and after exercise on that day, 0 to 10
  std::optional<int> pain_rise;   ///< over the pain before exercise
  std::optional<double> effort;   ///< the highest of that day, 0 to 10
  std::optional<double> quality;  ///< mean, 0 to 100
  std::vector<std::string> evidence;
};

enum class ProgressionChange : std::uint8_t { raise, lower };

enum class IntensityReason : std::uint8_t {
  all_done,  ///< the whole dose on each day
  pain_low,
  effort_low,
  stopped_for_pain,
  pain_high,  ///< over the programme's limits
  little_done,
  effort_high,
};

struct IntensityProposal {
  std::string request;  ///< id of the ServiceRequest
  ProgressionChange change = ProgressionChange::raise;
  std::vector<IntensityReason> reasons;
  std::vector<DoneDay> days;  ///< the evidence, the oldest first
  exercises::Dosage dosage;   ///< proposed
  std::vector<std::string>
      instead;  ///< ids of harder or easier exercises, if the dosage cannot change further
};

/// Returns the days of an exercise, the oldest first. Skips days before its present prescription
/// (`authoredOn` of its ServiceRequest) and future ones. `record`: ServiceRequests, Procedures, Observations.
[[nodiscard]] std::vector<DoneDay> done_days(const PrescribedExercise& prescribed,
                                             const fhir::AnswerIndex& record, fhir::Day today);

/// Proposes a change; empty if the dosage may stay as it is, or too little is known.
[[nodiscard]] std::optional<IntensityProposal> propose_intensity(const PrescribedExercise& prescribed,
                                                                 const PainLimits& limits,
                                                                 std::span<const DoneDay> days,
                                                                 fhir::Day today);

}  // namespace reprise::care
