// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/set_watch.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::engine {
namespace {

constexpr std::array<std::string_view, kSetProblemCount> kProblemNames = {
    "nobody", "several_people", "hidden", "other_position", "other_exercise", "no_repetition"};

}  // namespace

std::string_view name(SetProblem problem) {
  return kProblemNames[static_cast<std::size_t>(problem)];
}

bool SetWatch::Lasting::step(Seconds time, bool holds, const SetWatchLimits::Lasting& limits) {
  if (holds) {
    if (!first_) first_ = time;
    last_ = time;
    on_ = on_ || time - *first_ >= limits.appears_after;
  } else if (!last_ || time - *last_ >= limits.goes_after) {
    *this = {};
  }
  return on_;
}

SetWatch::SetWatch(const ExerciseDefinition& definition, SetWatchOptions options)
    : options_(options), hold_(definition.kind == Kind::hold), allowed_(definition.positions_on_the_way) {
  if (!definition.positions.empty()) wanted_ = definition.positions.front();
}

const SetState& SetWatch::step(const PoseFrame& frame, std::optional<int> people, const CoachState& now,
                               const std::vector<CoachEvent>& events, bool looks_like_other) {
  const Seconds time = frame.time;
  state_.say = false;
  if (!std::isfinite(time.value()) || (last_time_ && !(time > *last_time_))) return state_;
  const bool anew = !last_time_ || time - *last_time_ > options_.limits.forgotten_after;
  if (anew) {
    no_person_ = several_people_ = hidden_ = other_position_ = {};
    refused_ = 0;
    idle_ = Seconds{0};
    since_.reset();
    said_.reset();
  }
  const Seconds passed = anew ? Seconds{0} : time - *last_time_;
  last_time_ = time;
  hear(events);
  const auto before = state_.problem;
  state_.problem = look(frame, people, now, looks_like_other);
  const bool cannot_judge = state_.problem && *state_.problem < SetProblem::other_exercise;
  if (!hold_ && !cannot_judge) idle_ = idle_ + passed;
  if (state_.problem && *state_.problem >= SetProblem::other_exercise) state_.demonstrate = true;

  state_.part = state_.problem == SetProblem::hidden ? now.unseen_part : std::nullopt;
  state_.position = state_.problem == SetProblem::other_position ? wanted_ : std::nullopt;
  if (!state_.problem) {
    since_.reset();
    said_.reset();
  } else {
    if (!since_) since_ = time;
    state_.say = !said_ || state_.problem != before || time - *said_ >= options_.limits.say_every;
    if (state_.say) said_ = time;
  }
  state_.lasted = since_ ? time - *since_ : Seconds{0};
  // Recognition may err, and who is counted is not to be stopped by it.
  const bool recognized_only =
      state_.problem == SetProblem::other_exercise && refused_ < options_.limits.refused_in_a_row;
  state_.pause = since_ && !recognized_only && state_.lasted >= options_.limits.pause_after;
  return state_;
}

void SetWatch::hear(const std::vector<CoachEvent>& events) {
  for (const CoachEvent& event : events) {
    switch (event.kind) {
      case CoachEventKind::other_movement:
      case CoachEventKind::too_quick: ++refused_; break;
      case CoachEventKind::fell_short:
      case CoachEventKind::partial: refused_ = 0; break;  // this exercise, but too small
      case CoachEventKind::repetition:
      case CoachEventKind::hold_started:
        refused_ = 0;
        idle_ = Seconds{0};
        other_position_ = {};  // a counted movement proves the right position
        state_.demonstrate = false;
        break;
      default: break;
    }
  }
}

std::optional<SetProblem> SetWatch::look(const PoseFrame& frame, std::optional<int> people,
                                         const CoachState& now, bool looks_like_other) {
  const SetWatchLimits& limits = options_.limits;
  const Seconds time = frame.time;
  const bool out_of_place =
      frame.pose && !allowed_.empty() && !possible_positions(*frame.pose).any_of(allowed_);
  const bool others =
      several_people_.step(time, people.value_or(1) > 1 && !options_.helper, limits.several_people);
  const bool no_person = no_person_.step(time, !frame.pose, limits.no_person);
  const bool hidden = hidden_.step(time, frame.pose && !now.value, limits.hidden);
  const bool other_position = other_position_.step(time, out_of_place, limits.other_position);
  // With two people in view, a followed person who comes and goes is one problem, not two in turn.
  if (others) return SetProblem::several_people;
  if (no_person) return SetProblem::no_person;
  if (other_position) return SetProblem::other_position;
  if (hidden) return SetProblem::hidden;
  if (looks_like_other || refused_ >= limits.refused_in_a_row) return SetProblem::other_exercise;
  const Seconds idle = std::max(limits.idle, limits.idle_repetitions * options_.repetition);
  if (!hold_ && idle_ >= idle) return SetProblem::no_repetition;
  return std::nullopt;
}

}  // namespace reprise::engine
