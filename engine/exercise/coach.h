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

namespace reprise {

enum class Outcome : std::uint8_t {
  complete,
  partial,  ///< far short of what this person does otherwise
  open,     ///< the recording ended before it was over
};

/// One repetition (or hold) as the live pass saw it. Values of the primary signal are in rad or ratio.
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
  not_seen,     ///< what the exercise needs is out of the picture or hidden; `detail` names the measure
  seen_again,
  other_view,  ///< filmed from a side that this exercise is not judged from; `detail` names the view
  fell_short,  ///< this exercise, and not far enough to count; `detail` names the measure that shows it
  too_quick,   ///< there and back as far as in this exercise, and over too soon to be it
};

struct CoachEvent {
  Seconds time;
  CoachEventKind kind;
  int count = 0;
  std::optional<Side> side;
  std::string detail;
  // Of `fell_short`, in the unit of the measure: how far it went, and how far it must go at least.
  std::optional<double> value = {};
  std::optional<double> limit = {};
};

struct CoachOptions {
  Prescribed side = {};                ///< for sided exercises; empty: either or both
  std::optional<double> ceiling = {};  ///< rad or ratio, from the programme; the catalog's applies as well
  Seconds cue_gap{3.0};                ///< no two cues closer than this. Unsourced default
  Seconds cue_repeat{8.0};             ///< the same cue not sooner than this. Unsourced default
};

/// The live coach: frame in, events out, causal. The same frames with the same times give the same events
/// everywhere; this pass alone decides counts and cues.
class Coach {
 public:
  explicit Coach(ExerciseDefinition definition, CoachOptions options = {});
  Coach(const Coach&) = delete;  // parts of it refer to its own definition
  Coach& operator=(const Coach&) = delete;

  /// Feeds one frame. Frames whose time does not rise are ignored. At most one of cue, ceiling and not_seen a
  /// call.
  [[nodiscard]] std::vector<CoachEvent> step(const PoseFrame& frame);
  /// Says that the recording is over: what is under way becomes an open repetition, a hold ends.
  [[nodiscard]] std::vector<CoachEvent> finish();

  /// How things stand after the last frame.
  [[nodiscard]] CoachState now() const;
  [[nodiscard]] const std::vector<Repetition>& repetitions() const { return repetitions_; }
  [[nodiscard]] int complete_count() const { return complete_; }
  [[nodiscard]] const ExerciseDefinition& definition() const { return definition_; }

 private:
  using Events = std::vector<CoachEvent>;
  void watch_visibility(Seconds time, bool seen, Events& events);
  [[nodiscard]] std::optional<BodyPart> hidden_part(const PoseFrame& frame) const;
  void watch_view(const PoseFrame& frame, Events& events);
  void watch_ceiling(Seconds time, double progress_now, const SignalValue& value, Events& events);
  void step_repetition(Seconds time, const MeasureSet& measures, std::optional<double> progress_now,
                       Events& events);
  void step_hold(Seconds time, const MeasureSet& measures, std::optional<double> progress_now,
                 Events& events);
  void remember_rest(Seconds time, double progress_now, const MeasureSet& measures);
  void count(Seconds time, Events& events);
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
  RaisedHand hand_;

  std::vector<Repetition> repetitions_;
  std::vector<double> sizes_;  ///< excursions of complete repetitions, in progress
  int complete_ = 0;
  enum class Judged : std::uint8_t { not_yet, listed, refused } judged_ = Judged::not_yet;
  MeasureSet at_start_;  ///< of what is under way
  MeasureSet at_extreme_;
  struct Rest {
    Seconds time;
    double progress = 0;
    MeasureSet measures;
  };
  std::optional<Rest> rest_;  ///< the quietest of the last moments before a hold

  std::optional<Seconds> unseen_since_;
  bool said_unseen_ = false;
  std::optional<BodyPart> unseen_part_;  ///< while it is said
  double facing_x_ = 0;                  ///< sums of the facing direction's cosine and sine
  double facing_y_ = 0;
  int facing_frames_ = 0;
  std::optional<Seconds> facing_since_;
  bool said_view_ = false;
  bool at_ceiling_ = false;
  std::optional<Seconds> last_said_;
  std::vector<std::pair<std::string, Seconds>> cues_said_;
};

}  // namespace reprise
