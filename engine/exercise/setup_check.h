// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/exercise/raised_hand.h"
#include "engine/exercise/required_landmarks.h"
#include "engine/exercise/signal_value.h"

namespace reprise::engine {

/// An obstacle to coaching a person here, in the order of mending.
enum class SetupObstacle : std::uint8_t {
  several_people,
  no_person,
  too_dark,
  other_position,  ///< not the starting position; `position` is the usual one
  too_near,        ///< the exercise needs more room in the picture
  too_far,
  cut_off,     ///< `part` is out of the picture, or will be during the movement
  hidden,      ///< `part` is in the picture, but cannot be seen
  other_view,  ///< the exercise cannot be judged from this view; `view` is the best one
};
inline constexpr std::size_t kObstacleCount = 9;
[[nodiscard]] std::string_view name(SetupObstacle obstacle);

struct Finding {
  SetupObstacle obstacle = SetupObstacle::no_person;
  std::optional<BodyPart> part = {};
  std::optional<Side> side = {};  ///< of the part, the person's; empty if both, or if it has no side
  std::optional<View> view = {};
  std::optional<BodyPosition> position = {};
  bool operator==(const Finding&) const = default;
};

/// Facts about a picture that the camera's side provides.
struct PictureFacts {
  int width_px = 0;  ///< width or height 0: unknown; positions in the picture are not judged
  int height_px = 0;
  std::optional<int> people;    ///< in the detector's last result for the whole picture
  std::optional<double> light;  ///< mean brightness, 0 black to 1 white
};

/// Unsourced defaults (docs/guide/set-up-check.md). Of a pair, the first value shows an obstacle and the
/// second clears it: hysteresis against flicker.
struct ReadinessLimits {
  struct Pair {
    double appears;
    double goes;
  };
  Pair light{0.12, 0.16};         ///< mean brightness
  Pair far{0.35, 0.40};           ///< least body height as a share of the picture's height
  Pair far_of_small{0.50, 0.55};  ///< the same if the exercise is judged by face or hand
  Pair edge{0.0, 0.015};  ///< distance of a point from the edge, share of the shorter side of the picture
  Pair visibility{0.35, 0.45};         ///< of a landmark; the coach's own limit is 0.3
  double view_margin = 5 * kPi / 180;  ///< rad: how far past a view's limit the next view begins
  Seconds view_time{0.5};              ///< over which the view is averaged
  Seconds appears_after{0.3};          ///< once everything was good; before that, at once
  Seconds goes_after{0.5};
  Seconds others_go_after{2.0};  ///< of `several_people`: the detector looks for others once a second
  Seconds forgotten_after{1.0};  ///< without a frame: starts anew
};

struct ReadinessState {
  std::vector<Finding> findings;  ///< in the order of mending; empty: good
  Seconds good_for{0};
  std::optional<View> view;            ///< the view; empty if no person is seen, or lying on one side
  std::optional<Radians> facing = {};  ///< as facing_azimuth, averaged; empty where `view` is
                                       /// The view proves the starting position, or none is required. If
                                       /// false without a finding, ask the person.
  bool position_sure = false;
  std::optional<Side> raised_hand;  ///< empty if the exercise begins with a raised hand (HandsUp::at_rest)
  std::optional<double> distance_share;  ///< body height over picture height; empty if unknown
};

/// Checks before a set that the person is in clear view and in the starting position. Frame in, state out,
/// causal. The exercise's measures decide which landmarks are required (required_landmarks).
class Readiness {
 public:
  /// `side`: prescribed, in the exercise's own words.
  explicit Readiness(ExerciseDefinition definition, Prescribed side = {}, ReadinessLimits limits = {});

  /// Feeds one frame; a frame whose time does not rise changes nothing.
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

}  // namespace reprise::engine
