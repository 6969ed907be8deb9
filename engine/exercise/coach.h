// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/exercise/coach_state.h"
#include "engine/exercise/definition.h"
#include "engine/exercise/form_monitor.h"
#include "engine/exercise/hold_detector.h"
#include "engine/exercise/raised_hand.h"
#include "engine/exercise/repetition_detector.h"
#include "engine/signal/one_euro.h"

namespace reprise::engine {

enum class Outcome : std::uint8_t {
  complete,
  partial,  ///< far short of the person's usual excursion
  open,     ///< the recording ended first
};

/// One repetition (or hold) of the live pass. Values of the primary signal are in rad or ratio.
struct Repetition {
  Outcome outcome = Outcome::complete;
  std::optional<Side> side;  ///< empty: both sides together
  Seconds start;
  Seconds extreme;
  Seconds end;
  Seconds at_extreme{0};  ///< time spent near the extreme; for a hold its duration
  double start_value = 0;
  double extreme_value = 0;
  double end_value = 0;
  std::vector<Fault> faults;
};

enum class CoachEventKind : std::uint8_t {
  repetition,      ///< counted; `count` is the new total
  partial,         ///< seen, not counted
  open,            ///< the recording ended inside it
  other_movement,  ///< a movement, but not this exercise; `detail` names the gate's measure
  hold_started,
  hold_second,  ///< `count` is the full seconds held
  hold_ended,   ///< `count` is the new total of holds
  cue,          ///< `detail` is the id of the form rule to speak about now
  ceiling,      ///< stop here: the prescribed ceiling is reached
  not_seen,     ///< a required landmark is out of the picture or hidden; `detail` names the measure
  seen_again,
  other_view,  ///< the exercise cannot be judged from this view; `detail` names the view
  fell_short,  ///< this exercise, but too small to count; `detail` names the measure
  too_quick,   ///< large enough, but too quick for this exercise
};

struct CoachEvent {
  Seconds time;
  CoachEventKind kind;
  int count = 0;
  std::optional<Side> side;
  std::string detail;
  // Of `fell_short` and `other_movement`, in the unit of the measure: the value reached and the one required.
  std::optional<double> value = {};
  std::optional<double> limit = {};
  // Of a counted repetition or hold: ids of the form rules that it kept, and of those that it broke, however
  // little. A rule that could not be judged is in neither.
  std::vector<std::string> kept = {};
  std::vector<std::string> broken = {};
};

struct CoachOptions {
  Prescribed side = {};                ///< for sided exercises; empty: either or both
  std::optional<double> ceiling = {};  ///< rad or ratio, from the programme; the catalog's applies as well
  Seconds cue_gap{3.0};                ///< least time between cues. Unsourced default
  Seconds cue_repeat{8.0};             ///< least time before the same cue again. Unsourced default
};

/// The live coach: frames in, events out, causal. Equal frames with equal times give equal events on every
/// platform. This pass alone decides counts and cues.
class Coach {
 public:
  explicit Coach(ExerciseDefinition definition, CoachOptions options = {});
  Coach(const Coach&) = delete;  // members refer to its own definition
  Coach& operator=(const Coach&) = delete;

  /// Feeds one frame; ignores a frame whose time does not rise. Returns at most one of cue, ceiling and
  /// not_seen.
  [[nodiscard]] std::vector<CoachEvent> step(const PoseFrame& frame);
  /// The same of measures that come from sensors, without a pose: no view, no raised hand, no hidden part.
  [[nodiscard]] std::vector<CoachEvent> step(Seconds time, const MeasureSet& measures);
  /// Ends the recording: an excursion under way becomes an open repetition, a hold ends.
  [[nodiscard]] std::vector<CoachEvent> finish();

  /// Returns the state after the last frame.
  [[nodiscard]] CoachState now() const;
  [[nodiscard]] const std::vector<Repetition>& repetitions() const { return repetitions_; }
  [[nodiscard]] int complete_count() const { return complete_; }
  [[nodiscard]] const ExerciseDefinition& definition() const { return definition_; }

 private:
  using Events = std::vector<CoachEvent>;
  void look(Seconds time, const MeasureSet& measures, const PoseFrame* frame, Events& events);
  void watch_visibility(Seconds time, bool seen, Events& events);
  [[nodiscard]] std::optional<BodyPart> hidden_part(const PoseFrame& frame) const;
  void watch_view(const PoseFrame& frame, Events& events);
  void watch_ceiling(Seconds time, double progress_now, const SignalValue& value, Events& events);
  void watch_lean(const MeasureSet& measures);
  void step_repetition(Seconds time, const MeasureSet& measures, std::optional<double> progress_now,
                       Events& events);
  void step_hold(Seconds time, const MeasureSet& measures, std::optional<double> progress_now,
                 Events& events);
  void remember_rest(Seconds time, double progress_now, const MeasureSet& measures);
  void count(Seconds time, Events& events);
  void add_form(CoachEvent& event) const;
  [[nodiscard]] double least_size() const;
  [[nodiscard]] bool is_a_try(const Excursion& excursion) const;
  void tell_short(Seconds time, Events& events);
  void settle();
  void cue(Seconds time, Events& events);
  [[nodiscard]] std::optional<Side> worked() const;
  [[nodiscard]] std::optional<Side> named(std::optional<Side> working) const;
  [[nodiscard]] Repetition described(const Excursion& excursion) const;
  [[nodiscard]] double usual_size() const;
  [[nodiscard]] double value_at(double progress) const;
  [[nodiscard]] std::optional<View> view() const;

  ExerciseDefinition definition_;
  CoachOptions options_;
  RepetitionDetector detector_;
  HoldDetector hold_{HoldOptions{}};
  FormMonitor watch_;
  OneEuroFilter smooth_;
  std::optional<Side> working_;  ///< prescribed
  std::optional<Seconds> last_time_;
  std::optional<double> progress_;  ///< of the last frame
  std::optional<Side> leans_to_;    ///< likewise
  RaisedHand hand_;

  std::vector<Repetition> repetitions_;
  std::vector<double> sizes_;  ///< excursions of complete repetitions, in progress
  int complete_ = 0;
  enum class Judged : std::uint8_t { not_yet, listed, refused } judged_ = Judged::not_yet;
  MeasureSet at_start_;  ///< of the excursion under way
  MeasureSet at_extreme_;
  struct Rest {
    Seconds time;
    double progress = 0;
    MeasureSet measures;
  };
  std::optional<Rest> rest_;  ///< the most restful moment of the last seconds before a hold

  std::optional<Seconds> unseen_since_;
  bool said_unseen_ = false;
  std::optional<BodyPart> unseen_part_;  ///< while `not_seen` holds
  double facing_x_ = 0;                  ///< sums of the facing direction's cosine and sine
  double facing_y_ = 0;
  int facing_frames_ = 0;
  std::optional<Seconds> facing_since_;
  bool said_view_ = false;
  bool at_ceiling_ = false;
  std::optional<Seconds> last_said_;
  std::vector<std::pair<std::string, Seconds>> cues_said_;
};

}  // namespace reprise::engine
