// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/pose/zero_phase.h"
#include "session/measurements/visit_limb.h"
#include "session/measurements/visit_movements.h"
#include "session/measurements/visit_people.h"
#include "session/measurements/visit_whole_body.h"

namespace reprise::session {
namespace {

constexpr const char* kVisitStage = "measuring during a visit";
constexpr Seconds kWindowAround{1.0};  // of a movement, so that its rest is seen
// Straightening starts where bending ends: from one recording of both, the way back of the one cannot be told
// from the other.
constexpr std::string_view kNotInVisits = "elbow_extension";

Result<std::vector<VisitTest>> tests_of(std::span<const exercises::RangeTest> tests,
                                        const std::vector<exercises::CatalogExercise>& catalog) {
  std::vector<VisitTest> all;
  for (const exercises::RangeTest& test : tests) {
    if (!test.camera || test.id == kNotInVisits) continue;
    const auto exercise = exercises::find(catalog, test.camera->exercise);
    if (!exercise) return tl::unexpected(exercise.error());
    all.push_back({&test, *exercise});
  }
  return all;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& one : names) text += (text.empty() ? "" : ", ") + one;
  return text;
}

class VisitReader {
 public:
  VisitReader(const FilmedVisit& visit, std::vector<VisitTest> tests)
      : visit_(visit), tests_(std::move(tests)), smooth_(engine::smooth_zero_phase(visit.patient)) {}

  VisitFindings read() {
    for (const RecognizedMovement& movement : recognize_movements(tests_, smooth_)) {
      if (auto doubt = doubt_of(visit_, smooth_, movement.start, movement.end)) {
        if (movement.test) doubt->test = movement.test->test->id;
        doubt->side = movement.side;
        findings_.left_out.push_back(std::move(*doubt));
      } else if (is_of_whole_body(movement, visit_, smooth_)) {
        findings_.left_out.push_back({movement.start,
                                      movement.end,
                                      "whole_body",
                                      "A movement of the whole body: not a measurement of one joint.",
                                      "Move one joint, with hips, knees and feet at rest.",
                                      {},
                                      {}});
      } else if (!movement.test) {
        findings_.left_out.push_back(
            {movement.start,
             movement.end,
             "not_recognized",
             "A movement fits no single test; it moved " + list_of(movement.seen) + ".",
             "Move one joint at a time, with the others at rest.",
             {},
             {}});
      } else {
        measure(movement);
      }
    }
    return std::move(findings_);
  }

 private:
  [[nodiscard]] std::vector<engine::PoseFrame> window(const RecognizedMovement& m) const {
    std::vector<engine::PoseFrame> frames;
    for (const engine::PoseFrame& frame : visit_.patient) {
      if (frame.time >= m.start - kWindowAround && frame.time <= m.end + kWindowAround)
        frames.push_back(frame);
    }
    return frames;
  }

  void leave_out(const RecognizedMovement& m, std::string code, std::string why, std::string remedy) {
    const std::string side = m.side ? ", " + std::string{engine::name(*m.side)} : "";
    findings_.left_out.push_back({m.start, m.end, std::move(code),
                                  english(m.test->test->name) + side + ": " + std::move(why),
                                  std::move(remedy), m.test->test->id, m.side});
  }

  /// The trial that covers most of a movement; its ± also holds what the limb's far end was seen off the
  /// picture.
  [[nodiscard]] std::optional<RangeTrial> trial_of(const RangeTrials& trials,
                                                   const RecognizedMovement& m) const {
    std::optional<RangeTrial> best;
    double longest = 0;
    for (const RangeTrial& trial : trials.trials) {
      const double both = (std::min(trial.end, m.end) - std::max(trial.start, m.start)).value();
      if (trial.side != m.side || both <= longest) continue;
      best = trial;
      longest = both;
    }
    if (best && best->uncertainty)
      best->uncertainty = std::hypot(*best->uncertainty, sight_of(m, *best).off_picture.value());
    return best;
  }

  [[nodiscard]] LimbSight sight_of(const RecognizedMovement& m, const RangeTrial& trial) const {
    return sight_of_limb(visit_.patient, m.test->test->camera->measure, m.side,
                         std::min(m.start, trial.start), trial.extreme, std::max(m.end, trial.end));
  }

  [[nodiscard]] bool is_hidden(const RecognizedMovement& m, const RangeTrial& trial) const {
    return sight_of(m, trial).hidden ||
           is_unsteady(visit_.patient, m.test->test->camera->measure, m.side, std::min(m.start, trial.start),
                       std::max(m.end, trial.end));
  }

  /// By the code of the range-of-motion test, on the pictures of this movement alone.
  void measure(const RecognizedMovement& m) {
    FilmedRange filmed;
    filmed.source = visit_.source;
    filmed.models = visit_.models;
    filmed.shoulders_by_picture = false;  // flexion errs more by it during a visit (docs/accuracy.md)
    filmed.side = m.side;
    std::vector<Warning> warnings;
    const auto trials = filmed_trials(*m.test->test, m.test->exercise, filmed, window(m), warnings);
    const auto best = trials ? trial_of(*trials, m) : std::nullopt;
    if (!best) {
      leave_out(m, "not_measured", "the movement was seen, but its angle could not be measured.",
                "Repeat it slowly, with the limb in full view.");
    } else if (best->note == "partial") {
      leave_out(m, best->note, "the movement did not begin and end at rest.",
                "Begin and end each movement at rest.");
    } else if (!best->note.empty()) {
      leave_out(m, best->note,
                "turned by " +
                    std::to_string(std::lround(to_degrees(best->view_error.value_or(Radians{0})).value())) +
                    "° from the recommended view; not measured.",
                m.test->test->camera->view == engine::View::front
                    ? "Face the camera."
                    : "Turn the tested side exactly towards the camera.");
    } else if (is_hidden(m, *best)) {
      leave_out(m, "limb_hidden", "the limb was not seen steadily; hands or arms may have hidden it.",
                "Hold the limb where the camera sees past the hands, or use a goniometer.");
    } else if (is_lost_in_uncertainty(*m.test->test, *best)) {
      leave_out(m, "too_uncertain", "the movement was seen, but its angle is too uncertain.",
                "Repeat it with the limb in full view.");
    } else {
      propose(m, *trials, *best);
    }
  }

  /// Where the ± is as large as the way from rest, there may have been no movement. Without a ± it cannot be
  /// told.
  static bool is_lost_in_uncertainty(const exercises::RangeTest& test, const RangeTrial& trial) {
    const double way = trial.angle.value() - test.camera->sign * test.camera->rest.value();
    return !trial.uncertainty || *trial.uncertainty >= std::abs(way);
  }

  void propose(const RecognizedMovement& m, const RangeTrials& trials, const RangeTrial& trial) {
    const Manner manner = manner_of(visit_, m.test->test->camera->measure, m.side, trial.start, trial.end);
    for (VisitProposal& known : findings_.proposals) {
      if (known.measured.test.id != m.test->test->id || known.side != m.side || known.manner != manner)
        continue;
      known.measured.trials.push_back(trial);
      return;
    }
    RangeTrials measured{trials.test, trials.method, manner == Manner::passive, {trial}, {}};
    findings_.proposals.push_back({std::move(measured), m.side, manner});
  }

  const FilmedVisit& visit_;
  std::vector<VisitTest> tests_;
  std::vector<engine::PoseFrame> smooth_;
  VisitFindings findings_;
};

/// What to know of an accepted proposal.
void add_warnings(const RangeTrials& accepted, std::vector<Warning>& warnings) {
  const std::string name = english(accepted.test.name);
  std::set<std::string> compensations;
  for (const RangeTrial& trial : accepted.trials)
    compensations.insert(trial.compensations.begin(), trial.compensations.end());
  for (const std::string& one : compensations) {
    warnings.push_back({"compensation", name + ": " + one + ".",
                        "Repeat without it, or hold the part; the angle holds what it added."});
  }
  if (accepted.passive) {
    warnings.push_back({"passive_by_camera",
                        name + ": passive movements by camera were compared with a truth on rendered people "
                               "only; hands at a limb may hide it.",
                        "Check the angle with a goniometer."});
  }
}

bool same_times(std::span<const engine::PoseFrame> a, std::span<const engine::PoseFrame> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.time == y.time; });
}

}  // namespace

std::string_view name(Manner manner) {
  if (manner == Manner::active) return "active";
  return manner == Manner::passive ? "passive" : "unknown";
}

void note_others(const engine::TrackedFrame& patient, const engine::PoseFrame* helper,
                 std::vector<engine::TimeRange>& others) {
  constexpr Seconds kBetweenLooks{1.5};  // the tracker's check_interval, and some
  // Only where the detector looked: between its looks the number is not new.
  const bool several = patient.detected && patient.people_seen > 1;
  if (several || (helper != nullptr && helper->pose))
    engine::extend(others, patient.frame.time, kBetweenLooks);
}

Result<VisitFindings> find_movements(const FilmedVisit& visit, std::span<const exercises::RangeTest> tests,
                                     const std::vector<exercises::CatalogExercise>& catalog) {
  const bool seen = std::any_of(visit.patient.begin(), visit.patient.end(),
                                [](const auto& f) { return f.pose.has_value(); });
  if (!seen) {
    return fail(ErrorCode::nothing_measured, kVisitStage, "no picture shows a person",
                "place the camera so that the whole patient is in the picture");
  }
  if (!visit.helper.empty() && !same_times(visit.patient, visit.helper)) {
    return fail(ErrorCode::invalid_argument, kVisitStage, "the two people have other times",
                "give the landmarks of one recording");
  }
  auto known = tests_of(tests, catalog);
  if (!known) return tl::unexpected(known.error());
  return VisitReader{visit, std::move(*known)}.read();
}

Result<MeasurementDocument> accept_proposals(const MeasurementInput& input, const VisitFindings& findings,
                                             std::span<const AcceptedProposal> accepted,
                                             const RangePerson& person) {
  std::vector<RangeTrials> tests;
  std::set<std::size_t> seen;
  MeasurementInput noted = input;
  for (const AcceptedProposal& one : accepted) {
    const auto wrong = [&](const char* cause, const char* remedy) {
      return fail(ErrorCode::invalid_argument, kVisitStage,
                  "proposal " + std::to_string(one.number + 1) + " " + cause, remedy);
    };
    if (one.number >= findings.proposals.size()) return wrong("does not exist", "choose one of the list");
    if (!seen.insert(one.number).second) return wrong("was accepted twice", "accept each once");
    const VisitProposal& proposal = findings.proposals[one.number];
    const Manner manner = one.manner.value_or(proposal.manner);
    if (manner == Manner::unknown)
      return wrong("was seen, but not who moved the limb", "say active or passive");
    RangeTrials trials = proposal.measured;
    trials.passive = manner == Manner::passive;
    add_warnings(trials, noted.warnings);
    const auto same = std::find_if(tests.begin(), tests.end(), [&](const RangeTrials& t) {
      return t.test.id == trials.test.id && t.passive == trials.passive;
    });
    if (same == tests.end()) {
      tests.push_back(std::move(trials));
    } else {
      same->trials.insert(same->trials.end(), trials.trials.begin(), trials.trials.end());
    }
  }
  if (tests.empty())
    return fail(ErrorCode::nothing_measured, kVisitStage, "no proposal was accepted",
                "accept at least one, or measure again");
  return measure_range_of_motion(noted, tests, person);
}

}  // namespace reprise::session
