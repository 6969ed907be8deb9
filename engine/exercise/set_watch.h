// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/exercise/coach.h"

namespace reprise::engine {

/// A problem that keeps a set from continuing, the most urgent first. Each lasts while its cause lasts.
enum class SetProblem : std::uint8_t {
  no_person,
  several_people,
  hidden,          ///< a required landmark is covered or out of the picture
  other_position,  ///< a position that the exercise never takes
  other_exercise,  ///< recognized as another one, or the last movements were refused by a gate, or too quick
  no_repetition,   ///< no repetition has counted for long
};
inline constexpr std::size_t kSetProblemCount = 6;
[[nodiscard]] std::string_view name(SetProblem problem);

/// Unsourced defaults (docs/guide/set-up-check.md).
struct SetWatchLimits {
  struct Lasting {
    Seconds appears_after;
    Seconds goes_after;
  };
  Lasting no_person{Seconds{1}, Seconds{0.5}};
  Lasting several_people{Seconds{1.5}, Seconds{2}};  ///< the detector looks for others once a second
  Lasting hidden{Seconds{1}, Seconds{0.5}};
  Lasting other_position{Seconds{3}, Seconds{0.5}};
  int refused_in_a_row = 2;
  Seconds idle{10};             ///< without a repetition; at least `idle_repetitions` of the prescribed ones
  double idle_repetitions = 2;  ///< see `idle`
  Seconds say_every{6};         ///< a lasting problem is announced again
  Seconds pause_after{20};      ///< of uninterrupted problems
  Seconds forgotten_after{1};   ///< without a frame: starts anew, as after a pause
};

struct SetWatchOptions {
  Seconds repetition{0};  ///< duration of a prescribed repetition
  bool helper = false;    ///< a helper is present: several people are no problem
  SetWatchLimits limits = {};
};

struct SetState {
  std::optional<SetProblem> problem;
  std::optional<BodyPart> part;          ///< of `hidden`; empty if unknown
  std::optional<BodyPosition> position;  ///< of `other_position`: the required one
  Seconds lasted{0};                     ///< of uninterrupted problems
  bool say = false;                      ///< announce it in this frame, for the first time or again
  bool pause = false;                    ///< the set should pause
  bool demonstrate = false;              ///< show the movement, until a repetition counts
};

/// Monitors a set beside the coach for problems. Frame in, state out, causal; time is that of the
/// frames.
class SetWatch {
 public:
  SetWatch(const ExerciseDefinition& definition, SetWatchOptions options);

  /// Feeds one frame after `Coach::step`, with the coach's events and state. `people`: in the detector's
  /// newest result for the whole picture. `looks_like_other`: recognition says so (engine/recognition). A
  /// frame whose time does not rise changes nothing.
  const SetState& step(const PoseFrame& frame, std::optional<int> people, const CoachState& now,
                       const std::vector<CoachEvent>& events, bool looks_like_other = false);
  [[nodiscard]] const SetState& state() const { return state_; }

 private:
  /// A state that appears after its cause has lasted, and goes after the cause has been gone for a while.
  class Lasting {
   public:
    bool step(Seconds time, bool holds, const SetWatchLimits::Lasting& limits);

   private:
    std::optional<Seconds> first_;
    std::optional<Seconds> last_;
    bool on_ = false;
  };
  void hear(const std::vector<CoachEvent>& events);
  [[nodiscard]] std::optional<SetProblem> look(const PoseFrame& frame, std::optional<int> people,
                                               const CoachState& now, bool looks_like_other);

  SetWatchOptions options_;
  bool hold_;
  std::optional<BodyPosition> wanted_;
  BodyPositions allowed_;
  std::optional<Seconds> last_time_;
  Lasting no_person_;
  Lasting several_people_;
  Lasting hidden_;
  Lasting other_position_;
  int refused_ = 0;
  Seconds idle_{0};  ///< time in clear view without a counted repetition
  std::optional<Seconds> since_;
  std::optional<Seconds> said_;
  SetState state_;
};

}  // namespace reprise::engine
