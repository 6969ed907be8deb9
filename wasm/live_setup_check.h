// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/exercise/setup_check.h"
#include "wasm/live_set.h"

namespace reprise::wasm {

/// The set-up check as a page drives it: numbers of a frame in, what to mend out.
class LiveReadiness {
 public:
  LiveReadiness(engine::ExerciseDefinition definition, engine::Prescribed side)
      : readiness_(std::move(definition), side) {}

  /// As LiveSet::next_frame.
  [[nodiscard]] FrameNumbers& next_frame() { return next_; }
  const engine::ReadinessState& step(Seconds time, Seen seen, const engine::PictureFacts& picture) {
    return readiness_.step({time, pose_from(next_, seen)}, picture);
  }

 private:
  engine::Readiness readiness_;
  FrameNumbers next_;
};

}  // namespace reprise::wasm
