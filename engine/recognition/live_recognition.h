// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include "engine/recognition/recognizer.h"

namespace reprise::engine {

/// Unsourced defaults.
struct LiveRecognitionLimits {
  Seconds window{8};       ///< the last frames, which a look takes in
  Seconds enough{3};       ///< of frames with a person in the window, before anything is said
  Seconds every{0.5};      ///< between two looks
  int looks_in_a_row = 5;  ///< that say the same, until another movement is believed
};

struct LiveRecognitionState {
  Recognition recognition;             ///< of the last look; nothing ranked before the first
  std::optional<OtherMovement> other;  ///< the movement is not the one that was named
  std::size_t repetitions = 0;         ///< in the window, counted without knowing the exercise
  bool looked = false;                 ///< a new look in this step
};

/// Recognition while the set runs: frame in, state out, causal. A movement is judged at most `every` *
/// `looks_in_a_row` after it fills half of the window. The recognizer must outlive it.
class LiveRecognition {
 public:
  /// `exercise`: the one that was named.
  LiveRecognition(const Recognizer& recognizer, std::string exercise, LiveRecognitionLimits limits = {});

  /// Feeds one frame. A frame whose time does not rise changes nothing.
  const LiveRecognitionState& step(const PoseFrame& frame);
  [[nodiscard]] const LiveRecognitionState& state() const { return state_; }

 private:
  const Recognizer& recognizer_;
  std::string exercise_;
  LiveRecognitionLimits limits_;
  std::deque<PoseFrame> frames_;
  std::optional<Seconds> looked_at_;
  int others_in_a_row_ = 0;
  LiveRecognitionState state_;
};

}  // namespace reprise::engine
