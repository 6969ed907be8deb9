#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/exercise/raised_hand.h"
#include "engine/exercise/required_landmarks.h"
#include "engine/exercise/signal_value.h"

namespace reprise {

/// What keeps a person from being coached where they are, in the order in which to mend it.
enum class SetupObstacle : std::uint8_t {
  several_people,
  nobody,
  too_dark,
  other_position,  ///< placed otherwise than the exercise begins; `position` is the usual one for it
  too_near,        ///< the picture is too small for what the exercise needs
  too_far,
  cut_off,     ///< `part` is, or will be on the way, out of the picture
  hidden,      ///< `part` is in the picture, and cannot be seen
  other_view,  ///< seen from elsewhere than the exercise is judged from; `view` is the best one for it
};
inline constexpr std::size_t kObstacleCount = 9;
[[nodiscard]] std::string_view name(SetupObstacle obstacle);

struct Finding {
  SetupObstacle obstacle = SetupObstacle::nobody;
  std::optional<BodyPart> part = {};
  std::optional<Side> side = {};  ///< of the part, the person's; empty: both, or it has none
  std::optional<View> view = {};
  std::optional<BodyPosition> position = {};
  bool operator==(const Finding&) const = default;
};

/// What the camera's side knows of a picture.
struct PictureFacts {
  int width_px = 0;  ///< 0, as the height: not known, so that places in it are not judged
  int height_px = 0;
  std::optional<int> people;    ///< that the last look at the whole picture saw
  std::optional<double> light;  ///< mean brightness, 0 black to 1 white
};

/// Unsourced defaults, all of them (docs/set-up-check.md). Of a pair, the first lets an obstacle appear and
/// the second lets it go, so that nothing flickers at the limit.
struct ReadinessLimits {
  struct Pair {
    double appears;
    double goes;
  };
  Pair light{0.12, 0.16};         ///< mean brightness
  Pair far{0.35, 0.40};           ///< body height as a share of the picture's height, at least
  Pair far_of_small{0.50, 0.55};  ///< the same, where face or hand tell
  Pair edge{0.0, 0.015};  ///< distance of a point from the edge, share of the shorter side of the picture
  Pair visibility{0.35, 0.45};         ///< of a landmark; the coach's own limit is 0.3
  double view_margin = 5 * kPi / 180;  ///< rad: so far past the limit of a view before it is another one
  Seconds view_time{0.5};              ///< over which the view is averaged
  Seconds appears_after{0.3};          ///< once all was good; before, at once
  Seconds goes_after{0.5};
  Seconds others_go_after{2.0};  ///< several people: others are looked for once a second
  Seconds forgotten_after{1.0};  ///< without a frame: begins anew
};

struct ReadinessState {
  std::vector<Finding> findings;  ///< in the order in which to mend them; empty: good
  Seconds good_for{0};
  std::optional<View> view;  ///< seen from there; empty: nobody, or lying on one side
  /// The view tells that the person is placed as the exercise begins, or nothing is asked of it. Where it
  /// does not tell and nothing is found, the person is to be asked.
  bool position_sure = false;
  std::optional<Side> raised_hand;  ///< empty where the exercise begins with a raised hand (HandsUp::at_rest)
  std::optional<double> distance_share;  ///< height of the whole body over the picture's; empty: not known
};

/// Before a set: is the person well in view for this exercise, and placed as it begins? Frame in, state out,
/// causal. What is needed follows from the exercise's measures (required_landmarks).
class Readiness {
 public:
  /// `side`: prescribed, in the exercise's own words.
  explicit Readiness(ExerciseDefinition definition, Prescribed side = {}, ReadinessLimits limits = {});

  /// Feeds one frame; one whose time does not rise changes nothing.
  const ReadinessState& step(const PoseFrame& frame, const PictureFacts& picture);

 private:
  struct Watched {
    Finding finding;
    Seconds first;
    Seconds last;
    bool shown = false;
  };
  [[nodiscard]] bool shown(SetupObstacle obstacle) const;
  [[nodiscard]] double limit(SetupObstacle obstacle, const ReadinessLimits::Pair& pair) const;
  void look(const PoseFrame& frame, const PictureFacts& picture);
  void look_at_size(const Pose& pose, const PictureFacts& picture);
  void look_at_edges(const Pose& pose, const PictureFacts& picture);
  void look_at_position(const Pose& pose, Seconds time);
  void look_at_view(const Pose& pose, Seconds time);
  void found(Finding finding);
  void settle(Seconds time);

  ExerciseDefinition definition_;
  ReadinessLimits limits_;
  std::optional<Side> working_;
  PerLandmark<bool> needed_;
  bool from_feet_;  ///< Reach counts from the ankles
  RaisedHand hand_;
  std::optional<Seconds> last_time_;
  std::optional<Seconds> good_since_;
  std::vector<Finding> raw_;  ///< of this frame alone
  std::vector<Watched> watched_;
  std::optional<Seconds> unsure_;  ///< when the position was last not certainly right
  std::optional<Seconds> facing_time_;
  double facing_x_ = 0;  ///< running mean of the facing direction's cosine and sine
  double facing_y_ = 0;
  ReadinessState state_;
};

}  // namespace reprise
