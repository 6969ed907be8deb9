#pragma once

#include "engine/exercise/setup_check.h"
#include "wasm/live_set.h"

namespace reprise {

/// The set-up check as a page drives it: numbers of a frame in, what to mend out.
class LiveReadiness {
 public:
  LiveReadiness(ExerciseDefinition definition, Prescribed side) : readiness_(std::move(definition), side) {}

  /// As LiveSet::next_frame.
  [[nodiscard]] FrameNumbers& next_frame() { return next_; }
  const ReadinessState& step(Seconds time, Seen seen, const PictureFacts& picture) {
    return readiness_.step({time, pose_from(next_, seen)}, picture);
  }

 private:
  Readiness readiness_;
  FrameNumbers next_;
};

}  // namespace reprise
