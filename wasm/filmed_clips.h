// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/assessments/work_load.h"
#include "wasm/live_set.h"

namespace reprise::wasm {

/// Clips of one person that are looked at picture by picture, for a test that is measured when they end.
class FilmedClips {
 public:
  /// Returns the buffer for the next frame's numbers, to fill before `step`; it keeps its content.
  [[nodiscard]] FrameNumbers& next_frame() { return next_; }

  /// Adds the next frame to the clip that is on. Ignores a frame whose time does not rise. Errors:
  /// invalid_argument (the time is not finite); unsupported (all clips together are too long).
  [[nodiscard]] Result<void> step(Seconds time, Seen seen);
  /// Ends the clip that is on; the next frame begins another. One without frames is left out.
  void end_clip(const SetFacts& facts);
  /// Forgets the frames of the clip that is on.
  void drop_clip() { frames_.clear(); }
  /// Of complete clips.
  [[nodiscard]] std::size_t size() const { return clips_.size(); }

  /// Measures a test of function in the last clip. `request`: a FunctionTestRequest as text (reprise.d.mts).
  /// `exercise`: the one that the test counts; null where it counts none. Returns a MeasuredResult. Errors:
  /// invalid_argument with the field, those of session::measure_filmed_test.
  [[nodiscard]] Result<std::string> function_test(std::string_view request,
                                                  const exercises::CatalogExercise* exercise) const;
  /// Measures gait in all clips. `request`: a CameraGaitRequest as text. Returns a MeasuredResult. Errors:
  /// the same, those of session::measure_filmed_gait.
  [[nodiscard]] Result<std::string> gait(std::string_view request) const;
  /// Scores load at work in the last clip, whose body is fitted by the first request: later ones may have
  /// other answers, another arm or method. `request`: a WorkLoadRequest as text. Returns a WorkLoadResult.
  /// Errors: the same, those of session::fit_work and session::parse_work_answers.
  [[nodiscard]] Result<std::string> work_load(std::string_view request);

 private:
  struct Clip {
    std::vector<engine::PoseFrame> frames;
    SetFacts facts;
  };

  FrameNumbers next_;
  std::vector<engine::PoseFrame> frames_;  ///< of the clip that is on
  std::vector<Clip> clips_;
  std::optional<session::FittedWork> fitted_;  ///< of the last clip
};

/// The id of the exercise that a test of function counts; empty: none. Error: invalid_argument (no such
/// test).
[[nodiscard]] Result<std::string> exercise_of_test(std::string_view test);

}  // namespace reprise::wasm
