// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "engine/recognition/live_recognition.h"
#include "wasm/live_set.h"

namespace reprise::wasm {

/// Recognition beside a set as a page drives it: numbers of a frame in, what the movement looks like out.
class RecognizedSet {
 public:
  /// `exercise`: the one that the set is of.
  RecognizedSet(std::shared_ptr<const engine::Recognizer> recognizer, std::string exercise)
      : recognizer_(std::move(recognizer)), recognition_(*recognizer_, std::move(exercise)) {}

  /// As LiveSet::next_frame.
  [[nodiscard]] FrameNumbers& next_frame() { return next_; }
  const engine::LiveRecognitionState& step(Seconds time, Seen seen) {
    return recognition_.step({time, pose_from(next_, seen)});
  }

 private:
  std::shared_ptr<const engine::Recognizer> recognizer_;
  engine::LiveRecognition recognition_;
  FrameNumbers next_;
};

}  // namespace reprise::wasm
