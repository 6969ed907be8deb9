// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/exercise/raised_hand.h"

namespace reprise::engine {

/// A posture of the arms that a patient away from the screen holds to ask for something.
enum class Gesture : std::uint8_t {
  hand_up,         ///< RaisedHand
  arm_out,         ///< one arm straight out to the side at the height of the shoulder, the other one hangs
  wrists_crossed,  ///< the forearms cross in front of the chest, the hands above the elbows
};
inline constexpr std::size_t kGestureCount = 3;
inline constexpr std::array kGestures = {Gesture::hand_up, Gesture::arm_out, Gesture::wrists_crossed};
[[nodiscard]] std::string_view name(Gesture gesture);

/// The gestures of an exercise; empty: its own movement leaves none, and the buttons remain.
struct GestureChoice {
  std::optional<Gesture> hurts;
  std::optional<Gesture> pause;
  bool operator==(const GestureChoice&) const = default;
};

/// How strictly a posture is judged. The limits are unsourced defaults (docs/guide/set-up-check.md).
enum class GestureLimits : std::uint8_t {
  begin,  ///< the gesture begins
  keep,   ///< it goes on
  near,   ///< a movement that comes so near is not to be told from it
};

/// Whether the arms are in the posture, seen or estimated by the network; a wrist that is hidden gives none.
/// Not of `hand_up`, which RaisedHand judges.
[[nodiscard]] bool shows(Gesture gesture, const Pose& pose, GestureLimits limits);

inline constexpr Seconds kGestureFor = kHandUpFor;
inline constexpr Seconds kGestureGap = kHandUpGap;

/// One gesture, held. Causal. After it was given, the arms must leave the posture before it is given again.
class GestureWatch {
 public:
  explicit GestureWatch(Gesture gesture) : gesture_(gesture) {}

  /// Feeds one frame; ignores a frame whose time does not rise. After a second without a frame it starts
  /// anew.
  void step(const PoseFrame& frame);
  [[nodiscard]] Gesture gesture() const { return gesture_; }
  /// How long the posture has been held; 0: it is not.
  [[nodiscard]] Seconds held() const;
  /// Held for long enough; lasts until the arms leave the posture.
  [[nodiscard]] bool given() const { return given_; }

 private:
  [[nodiscard]] bool in_posture(const PoseFrame& frame);

  Gesture gesture_;
  RaisedHand hand_;
  std::optional<Seconds> last_frame_;
  std::optional<Seconds> since_;
  Seconds last_{0};  ///< in the posture
  bool given_ = false;
  bool spent_ = false;  ///< given before a gap, and not left since
};

/// The request by a gesture.
enum class Asked : std::uint8_t { hurts, pause };

struct GestureState {
  Asked asked = Asked::hurts;
  Seconds held{0};
  bool given = false;
};

/// Both gestures of an exercise. "It hurts" wins.
class Gestures {
 public:
  explicit Gestures(const GestureChoice& choice);
  void step(const PoseFrame& frame);
  /// The one that is held; empty: none.
  [[nodiscard]] std::optional<GestureState> now() const;

 private:
  std::optional<GestureWatch> hurts_;
  std::optional<GestureWatch> pause_;
};

}  // namespace reprise::engine
