#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/exercise/coach.h"

namespace reprise {

/// What keeps a set from going on, the most urgent first. Each is a state: it stays as long as it holds.
enum class SetProblem : std::uint8_t {
  nobody,
  several_people,
  hidden,          ///< what the exercise needs is covered or out of the picture
  other_position,  ///< neither where the exercise begins nor on its way
  other_exercise,  ///< the last movements were refused by a gate, or over too soon
  no_repetition,   ///< nothing has counted for long
};
inline constexpr std::size_t kSetProblemCount = 6;
[[nodiscard]] std::string_view name(SetProblem problem);

/// Unsourced defaults, all of them (docs/set-up-check.md).
struct SetWatchLimits {
  struct Lasting {
    Seconds appears_after;
    Seconds goes_after;
  };
  Lasting nobody{Seconds{1}, Seconds{0.5}};
  Lasting several_people{Seconds{1.5}, Seconds{2}};  ///< others are looked for once a second
  Lasting hidden{Seconds{1}, Seconds{0.5}};
  Lasting other_position{Seconds{3}, Seconds{0.5}};
  int refused_in_a_row = 2;
  Seconds idle{10};             ///< without a repetition; at least `idle_repetitions` of the prescribed ones
  double idle_repetitions = 2;  ///< see `idle`
  Seconds say_every{6};         ///< a problem that stays is said again
  Seconds pause_after{20};      ///< of problems without a break
  Seconds forgotten_after{1};   ///< without a frame: begins anew, as after a pause
};

struct SetWatchOptions {
  Seconds repetition{0};  ///< how long a prescribed repetition takes
  bool helper = false;    ///< somebody stands by: more than one person is no problem
  SetWatchLimits limits = {};
};

struct SetState {
  std::optional<SetProblem> problem;
  std::optional<BodyPart> part;          ///< of `hidden`; empty: not known
  std::optional<BodyPosition> position;  ///< of `other_position`: the wanted one
  Seconds lasted{0};                     ///< of problems without a break
  bool say = false;                      ///< in this frame: it is to be said, for the first time or again
  bool pause = false;                    ///< the set should pause
  bool demonstrate = false;              ///< the movement should be shown: until a repetition counts
};

/// Watches a set beside the coach for what keeps it from going on. Frame in, state out, causal; time is that
/// of the frames.
class SetWatch {
 public:
  SetWatch(const ExerciseDefinition& definition, SetWatchOptions options);

  /// After each `Coach::step` with its frame, what it said and how it stands. `people`: that the newest look
  /// at the whole picture saw. A frame whose time does not rise changes nothing.
  const SetState& step(const PoseFrame& frame, std::optional<int> people, const CoachState& now,
                       const std::vector<CoachEvent>& events);
  [[nodiscard]] const SetState& state() const { return state_; }

 private:
  /// A condition that must last before it counts, and be gone for a while before it does not.
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
                                               const CoachState& now);

  SetWatchOptions options_;
  bool hold_;
  std::optional<BodyPosition> wanted_;
  BodyPositions allowed_;
  std::optional<Seconds> last_time_;
  Lasting nobody_;
  Lasting several_people_;
  Lasting hidden_;
  Lasting other_position_;
  int refused_ = 0;
  Seconds idle_{0};  ///< well seen without a repetition that counts
  std::optional<Seconds> since_;
  std::optional<Seconds> said_;
  SetState state_;
};

}  // namespace reprise
