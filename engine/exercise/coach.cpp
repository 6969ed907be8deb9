// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/coach.h"

#include <algorithm>
#include <cmath>

#include "engine/exercise/required_landmarks.h"

namespace reprise::engine {
namespace {

// One frame (`Coach::step`):
//
// 1. Skip a frame whose time does not rise.
// 2. Measure the pose, and take the primary measure of the working side.
// 3. Report `not_seen` once the measure is missing for kUnseenFor, and `seen_again` (watch_visibility).
// 4. Average the facing direction. Report a wrong view once, after kFacingFor (watch_view).
// 5. Scale the measure to progress, 0 at rest and 1 at the target, and smooth it.
// 6. Report the ceiling when it is reached, and again only after release (watch_ceiling).
// 7. Find the hidden body part and the raised hand.
// 8. Feed the detector of holds (step_hold) or of repetitions (step_repetition).
//
// Judgment of one excursion or hold (`judged_`). The detectors' own states are in repetition_detector.cpp.
//
//   State      Condition                                                Next state
//   any        an excursion starts                                      not_yet
//   not_yet    it returns, or ends without it; a gate is broken         refused: other_movement
//   not_yet    it returns, or ends without it                           listed: complete or partial
//   listed     it ends: the repetition gets its final times             not_yet
//   not_yet    the recording ends; large enough, and no gate is broken  (an open repetition)
//   any        a hold starts                                            listed
//   any        a hold starts, and a gate is broken                         refused: other_movement
//
// A refused hold reports nothing more.

// All of these are unsourced defaults; docs/accuracy.md measures their effect on counting.
constexpr double kPartialShare = 0.5;        // of the person's usual excursion
constexpr double kLeanFrom = 4 * kPi / 180;  // of the trunk to a side: less is upright
constexpr std::size_t kUsualOf = 5;          // the median of so many repetitions is usual
constexpr double kCutStartShare = 0.7;       // a cut excursion that began farther out than this is partial
constexpr double kBothSidesShare = 0.6;      // if the lesser side moves this share of the other, both work
constexpr double kCueAmount = 0.25;          // the smallest fault worth a cue
constexpr double kCeilingRelease = 0.05;     // progress: the ceiling is armed again this far below it
constexpr double kAsRestful = 0.02;          // progress: postures this close are equally restful
constexpr double kShortFrom = 0.6;           // of the smallest countable excursion: below it, no attempt
constexpr double kShortBelow = 0.9;          // progress: a refused movement beyond this is another exercise
constexpr Seconds kRestForgottenAfter{5.0};  // an older rest posture is no baseline
constexpr Seconds kUnseenFor{1.0};
constexpr Seconds kFacingFor{2.0};
constexpr double kAngleNoise = 5 * kPi / 180;  // rad: a smaller turn is the network's jitter
constexpr double kRatioNoise = 0.03;
constexpr double kRangeInNoises = 15;  // a range of fewer noises (75 degrees) is small

/// Returns the noise of the primary measure, in progress.
double noise_of(const ExerciseDefinition& definition) {
  const bool angle = is_angle(definition.primary.measure);
  return (angle ? kAngleNoise : kRatioNoise) / std::abs(definition.target - definition.rest);
}

DetectorOptions detector_options(const ExerciseDefinition& definition) {
  DetectorOptions options;
  options.min_size = definition.min_excursion / std::abs(definition.target - definition.rest);
  options.noise = noise_of(definition);
  options.shortest = definition.shortest;
  options.longest = definition.longest;
  return options;
}

OneEuroFilter progress_filter(const ExerciseDefinition& definition) {
  // Progress 1 is the whole range: the cut-off is 2 Hz at rest and about 6 Hz at one range a second, so that
  // a turn shows at once. In a small range jitter is a large progress, which would open the filter.
  const double small_range = std::min(1.0, 1.0 / (kRangeInNoises * noise_of(definition)));
  return *OneEuroFilter::create(
      {.min_cutoff = Hertz{2}, .beta = 4 * small_range, .derivative_cutoff = Hertz{1.5}});
}

}  // namespace

Coach::Coach(ExerciseDefinition definition, CoachOptions options)
    : definition_(std::move(definition)),
      options_(options),
      detector_(detector_options(definition_)),
      watch_(definition_),
      smooth_(progress_filter(definition_)),
      working_(swap_named_and_working(definition_, options.side)) {}

std::vector<CoachEvent> Coach::step(const PoseFrame& frame) {
  Events events;
  if (last_time_ && !(frame.time > *last_time_)) return events;
  look(frame.time, frame.pose ? MeasureSet{*frame.pose} : MeasureSet{}, &frame, events);
  return events;
}

std::vector<CoachEvent> Coach::step(Seconds time, const MeasureSet& measures) {
  Events events;
  if (last_time_ && !(time > *last_time_)) return events;
  look(time, measures, nullptr, events);
  return events;
}

void Coach::look(Seconds time, const MeasureSet& measures, const PoseFrame* frame, Events& events) {
  last_time_ = time;
  const auto value = primary_value(definition_, measures, working_);
  watch_visibility(time, value.has_value(), events);
  if (frame != nullptr) watch_view(*frame, events);
  std::optional<double> progress_now;
  if (value) {
    progress_now = smooth_.step(time, progress(definition_, value->value));
    if (progress_now) watch_ceiling(time, *progress_now, *value, events);
  }
  progress_ = progress_now;
  watch_lean(measures);
  if (frame != nullptr) {
    if (said_unseen_) unseen_part_ = hidden_part(*frame);
    if (definition_.hands_up == HandsUp::never) hand_.step(*frame);
  }
  if (definition_.kind == Kind::hold) {
    step_hold(time, measures, progress_now, events);
  } else {
    step_repetition(time, measures, progress_now, events);
  }
}

void Coach::watch_lean(const MeasureSet& measures) {
  leans_to_.reset();
  if (definition_.primary.measure != Measure::trunk_inclination) return;
  const auto& lean = measures.at(Measure::trunk_lateral_flexion, Side::left);
  if (lean && std::abs(lean->value) > kLeanFrom) leans_to_ = lean->value > 0 ? Side::right : Side::left;
}

void Coach::watch_visibility(Seconds time, bool seen, Events& events) {
  if (seen) {
    if (said_unseen_) events.push_back({time, CoachEventKind::seen_again, 0, std::nullopt, {}});
    if (unseen_since_ && time - *unseen_since_ > kUnseenFor) smooth_.reset();
    unseen_since_.reset();
    said_unseen_ = false;
    return;
  }
  if (!unseen_since_) unseen_since_ = time;
  if (said_unseen_ || time - *unseen_since_ < kUnseenFor) return;
  said_unseen_ = true;
  last_said_ = time;
  events.push_back({time, CoachEventKind::not_seen, 0, options_.side,
                    std::string{info(definition_.primary.measure).name}});
}

std::optional<BodyPart> Coach::hidden_part(const PoseFrame& frame) const {
  if (!frame.pose) return std::nullopt;
  const auto point = hidden_landmark(definition_, *frame.pose, working_, kMinVisibility);
  if (!point) return std::nullopt;
  return part_of(*point);
}

void Coach::watch_view(const PoseFrame& frame, Events& events) {
  if (!frame.pose) return;
  const auto azimuth = facing_azimuth(*frame.pose);
  if (!azimuth) return;
  facing_x_ += std::cos(azimuth->value());
  facing_y_ += std::sin(azimuth->value());
  ++facing_frames_;
  if (!facing_since_) facing_since_ = frame.time;
  if (said_view_ || definition_.views.empty() || frame.time - *facing_since_ < kFacingFor) return;
  const View seen_from = classify(Radians{std::atan2(facing_y_, facing_x_)});
  if (std::find(definition_.views.begin(), definition_.views.end(), seen_from) != definition_.views.end())
    return;
  said_view_ = true;
  events.push_back({frame.time, CoachEventKind::other_view, 0, std::nullopt, std::string{name(seen_from)}});
}

std::optional<View> Coach::view() const {
  if (facing_frames_ == 0) return std::nullopt;
  return classify(Radians{std::atan2(facing_y_, facing_x_)});
}

void Coach::watch_ceiling(Seconds time, double progress_now, const SignalValue& value, Events& events) {
  const auto limit = binding_ceiling(definition_, options_.ceiling);
  if (!limit) return;
  const double ceiling = progress(definition_, *limit);
  if (progress_now < ceiling - kCeilingRelease) at_ceiling_ = false;
  if (at_ceiling_ || progress_now < ceiling) return;
  at_ceiling_ = true;
  last_said_ = time;  // a cue must not interrupt it
  events.push_back({time, CoachEventKind::ceiling, 0, named(value.side), {}});
}

void Coach::step_repetition(Seconds time, const MeasureSet& measures, std::optional<double> progress_now,
                            Events& events) {
  const DetectorEvent event = detector_.step(time, progress_now);
  if (event == DetectorEvent::started) {
    judged_ = Judged::not_yet;
    at_start_ = measures;
    at_extreme_ = measures;
    watch_.begin(measures, working_);
    return;
  }
  if (detector_.under_way() && progress_now) {
    if (detector_.at_new_extreme()) at_extreme_ = measures;
    watch_.add(measures, worked(), detector_.at_new_extreme());
  }
  // A refused movement is another exercise; this exercise's cues would be wrong.
  if (event == DetectorEvent::turned && watch_.broken_gate(worked()) == nullptr) cue(time, events);
  if (event == DetectorEvent::too_small) tell_short(time, events);
  if (event == DetectorEvent::too_quick && is_a_try(detector_.excursion()))
    events.push_back({time, CoachEventKind::too_quick, complete_, named(worked()), {}});
  if (event == DetectorEvent::returned) count(time, events);
  if (event == DetectorEvent::ended) {
    if (judged_ == Judged::not_yet) count(time, events);
    settle();
  }
}

void Coach::count(Seconds time, Events& events) {
  const auto side = worked();
  if (const auto broken = watch_.how_broken(side)) {
    judged_ = Judged::refused;
    events.push_back({time, CoachEventKind::other_movement, 0, named(side),
                      std::string{info(broken->gate->signal.measure).name}, broken->value, broken->limit});
    tell_short(time, events);
    return;
  }
  const Excursion excursion = detector_.excursion();
  Repetition repetition = described(excursion);
  const bool barely_seen = excursion.cut_start && excursion.from > kCutStartShare * excursion.peak;
  const bool partial = barely_seen || excursion.size() < kPartialShare * usual_size();
  repetition.outcome = partial ? Outcome::partial : Outcome::complete;
  if (!partial) {
    ++complete_;
    sizes_.push_back(excursion.size());
    detector_.expect(excursion);
  }
  repetitions_.push_back(std::move(repetition));
  judged_ = Judged::listed;
  events.push_back(
      {time, partial ? CoachEventKind::partial : CoachEventKind::repetition, complete_, named(side), {}});
  if (!partial) add_form(events.back());
  cue(time, events);
}

void Coach::add_form(CoachEvent& event) const {
  FormJudgment form = watch_.judgment(worked(), view());
  event.kept = std::move(form.kept);
  for (Fault& fault : form.faults) event.broken.push_back(std::move(fault.rule));
}

double Coach::least_size() const {
  return definition_.min_excursion / std::abs(definition_.target - definition_.rest);
}

// Checks whether the excursion is an attempt at the exercise, not a change of stance.
bool Coach::is_a_try(const Excursion& excursion) const {
  return !excursion.cut_start && excursion.size() >= kShortFrom * least_size();
}

void Coach::tell_short(Seconds time, Events& events) {
  const auto side = worked();
  const Excursion excursion = detector_.excursion();
  CoachEvent event{time, CoachEventKind::fell_short, complete_, named(side), {}};
  if (const Gate* gate = watch_.gate_farther_on(side); gate != nullptr && excursion.peak < kShortBelow) {
    const auto value = watch_.extreme_value(gate->signal, side);
    event.detail = info(gate->signal.measure).name;
    event.value = value->value;
    event.limit =
        value->value > gate->limits.max.value_or(value->value) ? gate->limits.max : gate->limits.min;
  } else if (watch_.broken_gate(side) == nullptr) {
    if (!is_a_try(excursion)) return;
    event.detail = info(definition_.primary.measure).name;
    event.value = value_at(excursion.peak);
    event.limit = value_at(excursion.from + least_size());
  } else {
    return;
  }
  last_said_ = time;
  events.push_back(std::move(event));
}

void Coach::settle() {
  if (judged_ != Judged::listed) return;
  const Outcome outcome = repetitions_.back().outcome;
  repetitions_.back() = described(detector_.excursion());
  repetitions_.back().outcome = outcome;
  judged_ = Judged::not_yet;
}

void Coach::step_hold(Seconds time, const MeasureSet& measures, std::optional<double> progress_now,
                      Events& events) {
  const auto event = hold_.step(time, progress_now);
  // Rules about a change compare with the posture before the hold, not with the hold itself.
  if (progress_now && !hold_.holding()) remember_rest(time, *progress_now, measures);
  if (event == HoldDetector::Event::started) {
    at_start_ = at_extreme_ = measures;
    watch_.begin(rest_ ? rest_->measures : measures, worked());
    watch_.add(measures, worked(), true);
    const auto broken = watch_.how_broken(worked());
    judged_ = broken ? Judged::refused : Judged::listed;
    CoachEvent begun{time, CoachEventKind::hold_started, 0, named(worked()), {}};
    if (broken) {
      begun.kind = CoachEventKind::other_movement;
      begun.detail = info(broken->gate->signal.measure).name;
      begun.value = broken->value;
      begun.limit = broken->limit;
    }
    events.push_back(std::move(begun));
  }
  if (judged_ == Judged::refused) return;
  if (hold_.holding()) watch_.add(measures, worked(), false);
  if (event == HoldDetector::Event::second) {
    events.push_back({time, CoachEventKind::hold_second, hold_.full_seconds(), named(worked()), {}});
    cue(time, events);
  }
  if (event != HoldDetector::Event::ended) return;
  Repetition repetition;
  repetition.side = named(worked());
  repetition.start = repetition.extreme = hold_.hold().start;
  repetition.end = hold_.hold().end;
  repetition.at_extreme = hold_.hold().duration();
  const auto value = primary_value(definition_, at_start_, working_);
  if (value) repetition.start_value = repetition.extreme_value = repetition.end_value = value->value;
  const bool long_enough = !definition_.tempo.hold || repetition.at_extreme >= *definition_.tempo.hold;
  repetition.outcome = long_enough ? Outcome::complete : Outcome::partial;
  repetition.faults = watch_.faults(worked(), view());
  if (long_enough) ++complete_;
  repetitions_.push_back(repetition);
  events.push_back({time, CoachEventKind::hold_ended, complete_, repetition.side, {}});
  if (long_enough) add_form(events.back());
}

void Coach::remember_rest(Seconds time, double progress_now, const MeasureSet& measures) {
  const bool forgotten = rest_ && time - rest_->time > kRestForgottenAfter;
  if (!rest_ || forgotten || progress_now <= rest_->progress + kAsRestful)
    rest_ = Rest{time, progress_now, measures};
}

std::vector<CoachEvent> Coach::finish() {
  Events events;
  if (!last_time_) return events;
  if (definition_.kind == Kind::hold) {
    // One moment past the longest gap ends a hold that the recording cut off.
    step_hold(*last_time_ + Seconds{10}, MeasureSet{}, std::nullopt, events);
    return events;
  }
  if (!detector_.under_way()) return events;
  const Excursion excursion = detector_.excursion();
  if (judged_ == Judged::listed) {
    settle();
  } else if (judged_ == Judged::not_yet &&
             excursion.size() * std::abs(definition_.target - definition_.rest) >=
                 definition_.min_excursion &&
             watch_.broken_gate(worked()) == nullptr) {
    repetitions_.push_back(described(excursion));
    repetitions_.back().outcome = Outcome::open;
    events.push_back({*last_time_, CoachEventKind::open, complete_, named(worked()), {}});
  }
  return events;
}

void Coach::cue(Seconds time, Events& events) {
  if (last_said_ && time - *last_said_ < options_.cue_gap) return;
  const std::vector<Fault> faults = watch_.faults(worked(), view());
  const Fault* worst = nullptr;
  double worst_weight = 0;
  for (const Fault& fault : faults) {
    const auto said = std::find_if(cues_said_.begin(), cues_said_.end(),
                                   [&](const auto& entry) { return entry.first == fault.rule; });
    if (said != cues_said_.end() && time - said->second < options_.cue_repeat) continue;
    const auto rule = std::find_if(definition_.form.begin(), definition_.form.end(),
                                   [&](const FormRule& r) { return r.id == fault.rule; });
    const double weight = rule->weight * fault.amount;
    if (fault.amount < kCueAmount || weight <= worst_weight) continue;
    worst = &fault;
    worst_weight = weight;
  }
  if (worst == nullptr) return;
  last_said_ = time;
  const auto said = std::find_if(cues_said_.begin(), cues_said_.end(),
                                 [&](const auto& entry) { return entry.first == worst->rule; });
  if (said == cues_said_.end()) {
    cues_said_.emplace_back(worst->rule, time);
  } else {
    said->second = time;
  }
  events.push_back({time, CoachEventKind::cue, complete_, named(worked()), worst->rule});
}

std::optional<Side> Coach::worked() const {
  if (!definition_.sided) return std::nullopt;
  if (working_) return working_;
  const Measure m = definition_.side_from.value_or(definition_.primary.measure);
  const auto& left = at_extreme_.at(m, Side::left);
  const auto& right = at_extreme_.at(m, Side::right);
  if (!left || !right)
    return left ? std::optional{Side::left} : right ? std::optional{Side::right} : std::nullopt;
  if (definition_.side_from) return left->value >= right->value ? Side::left : Side::right;
  const double l = progress(definition_, left->value);
  const double r = progress(definition_, right->value);
  if (std::min(l, r) >= kBothSidesShare * std::max(l, r)) return std::nullopt;
  return l > r ? Side::left : Side::right;
}

std::optional<Side> Coach::named(std::optional<Side> working) const {
  return swap_named_and_working(definition_, working);
}

double Coach::value_at(double progress) const {
  return definition_.rest + progress * (definition_.target - definition_.rest);
}

Repetition Coach::described(const Excursion& excursion) const {
  Repetition r;
  r.side = named(worked());
  r.start = excursion.start;
  r.extreme = excursion.extreme;
  r.end = excursion.end;
  r.at_extreme = excursion.at_extreme;
  r.start_value = value_at(excursion.from);
  r.extreme_value = value_at(excursion.peak);
  r.end_value = value_at(excursion.to);
  r.faults = watch_.faults(worked(), view());
  return r;
}

double Coach::usual_size() const {
  if (sizes_.empty()) return 0;
  const std::size_t n = std::min(sizes_.size(), kUsualOf);
  std::vector<double> last(sizes_.end() - static_cast<std::ptrdiff_t>(n), sizes_.end());
  std::nth_element(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(n / 2), last.end());
  return last[n / 2];
}

}  // namespace reprise::engine
