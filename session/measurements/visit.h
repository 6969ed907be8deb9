// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/pose/pose_tracker.h"
#include "engine/scene/time_range.h"
#include "session/measurements/range_of_motion.h"

namespace reprise::session {

// Measuring while a clinician treats: a camera watches, and each movement of the patient's joints becomes a
// proposal. Nothing is a result before a clinician accepts it (docs/reference/visit.md).

/// Who moved the limb.
enum class Manner : std::uint8_t {
  active,
  passive,  ///< another person's hand was at the limb
  unknown,  ///< cannot be told: the clinician says it
};
[[nodiscard]] std::string_view name(Manner manner);

/// Movements of one test, side and manner.
struct VisitProposal {
  RangeTrials measured;  ///< its trials count, each with its times
  std::optional<Side> side;
  Manner manner = Manner::unknown;
};

/// A movement that was seen but is not proposed.
struct Unproposed {
  Seconds start{0};
  Seconds end{0};
  std::string code;    ///< stable: "not_recognized", "out_of_plane", "person_unsure", "limb_hidden", …
  std::string text;    ///< plain words
  std::string remedy;  ///< what to change; may be empty
  std::string test;    ///< id; empty: not recognized
  std::optional<Side> side;
};

struct VisitFindings {
  std::vector<VisitProposal> proposals;  ///< by their first trial
  std::vector<Unproposed> left_out;      ///< by their start
};

/// A visit as a camera saw it.
struct FilmedVisit {
  Source source;
  std::vector<ModelUsed> models;
  std::span<const engine::PoseFrame> patient;
  /// The other person, with the same times; empty: no other person was followed.
  std::span<const engine::PoseFrame> helper;
  std::vector<engine::TimeRange> others;  ///< when the detector saw more than one person
  bool looked_for_others = false;         ///< a detector looked; else none in `others` says nothing
  std::vector<Seconds> reacquired;        ///< when another person may have been taken for the patient
};

/// Notes in `others` when more than one person was in a picture: by the detector where it looked, and by
/// `helper` (as engine::TwoPeople says who one is). Call it for each picture, in order. `helper`: null where
/// none is looked for.
void note_others(const engine::TrackedFrame& patient, const engine::PoseFrame* helper,
                 std::vector<engine::TimeRange>& others);

/// Finds the movements. `tests`: all of the catalog; `catalog`: its exercises. Errors: nothing_measured (no
/// person), invalid_argument (`helper` has other times), those of finding a test's exercise.
[[nodiscard]] Result<VisitFindings> find_movements(const FilmedVisit& visit,
                                                   std::span<const exercises::RangeTest> tests,
                                                   const std::vector<exercises::CatalogExercise>& catalog);

/// What a clinician decided about a proposal.
struct AcceptedProposal {
  std::size_t number = 0;        ///< of VisitFindings::proposals
  std::optional<Manner> manner;  ///< as the clinician says; empty: as proposed
};

/// The measurement of the accepted proposals alone. Errors: invalid_argument (none, no such number, one
/// twice, active or passive is still unknown), those of measure_range_of_motion.
[[nodiscard]] Result<MeasurementDocument> accept_proposals(const MeasurementInput& input,
                                                           const VisitFindings& findings,
                                                           std::span<const AcceptedProposal> accepted,
                                                           const RangePerson& person);

}  // namespace reprise::session
