// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/exercise/coach.h"
#include "engine/exercise/gestures.h"
#include "engine/exercise/set_watch.h"
#include "exercises/catalog.h"
#include "session/document.h"
#include "session/replay.h"

namespace reprise::wasm {

/// The numbers of one frame from the browser, landmark by landmark, in the order of `Landmark`.
struct FrameNumbers {
  std::array<double, engine::kLandmarkCount * 3> world_m{};   ///< x, y, z; camera axes, origin mid-hips
  std::array<double, engine::kLandmarkCount> visibility{};    ///< 0 to 1
  std::array<double, engine::kLandmarkCount * 3> image_px{};  ///< x, y, z
};

/// Which of the numbers are valid.
enum class Seen : std::uint8_t {
  no_person,  ///< no person in this frame
  world,      ///< meters and visibility
  and_image,  ///< picture positions as well
};

/// Builds the pose from the numbers. Empty if no person was seen, or if any number is not finite: then the
/// network's output is invalid. Clamps visibility to 0 to 1.
[[nodiscard]] std::optional<engine::Pose> pose_from(const FrameNumbers& numbers, Seen seen);

/// The reverse: what `pose_from` makes the pose of.
[[nodiscard]] FrameNumbers frame_numbers(const engine::Pose& pose);

/// Facts about a set that only the browser knows, for its document.
struct SetFacts {
  session::Source source;  ///< duration and frame rate are taken from the frames
  std::vector<session::ModelUsed> models;
  int reacquired = 0;
  int most_people = 0;
  std::string language = "en";
};

/// A longer set is refused, because its frames would fill a phone's memory. Unsourced default.
inline constexpr Seconds kLongestSet{1800};
/// The same limit in frames: half an hour at 60 Hz, about 0.2 GB.
inline constexpr std::size_t kMostSetFrames = 108'000;

/// One set in progress: the live coach, and the frames that the recorded pass needs at the end.
class LiveSet {
 public:
  /// `helper`: a helper is present, so several people are no problem.
  LiveSet(exercises::CatalogExercise exercise, engine::CoachOptions options, bool helper = false);

  /// Returns the buffer for the next frame's numbers, to fill before `step`; it keeps its content.
  [[nodiscard]] FrameNumbers& next_frame() { return next_; }
  /// Marks the set as simulated, whatever `session` receives.
  void mark_simulated() { simulated_ = true; }

  /// Feeds the next frame to the coach. `people`: in the detector's newest result for the whole picture.
  /// `looks_like_other`: the newest of recognition (engine/recognition). Ignores a frame whose time does not
  /// rise, as the coach does. Errors: invalid_argument (the time is not finite); unsupported (the set is too
  /// long; earlier frames stay).
  [[nodiscard]] Result<std::vector<engine::CoachEvent>> step(Seconds time, Seen seen,
                                                             std::optional<int> people = {},
                                                             bool looks_like_other = false);
  /// Feeds a frame of a pause, which belongs to no set: only the gestures look at it. The frames after it are
  /// not of the set, either, until the arms have left the gesture that ended the pause. Errors:
  /// invalid_argument (the time is not finite).
  [[nodiscard]] Result<void> step_paused(Seconds time, Seen seen);
  /// Ends the set; a second call does nothing.
  [[nodiscard]] std::vector<engine::CoachEvent> finish();

  [[nodiscard]] const engine::Coach& coach() const { return coach_; }
  /// Returns the state of the set's problems after the last frame.
  [[nodiscard]] const engine::SetState& state() const { return watch_.state(); }
  /// The gesture that is held, after the last frame or the last one of a pause.
  [[nodiscard]] std::optional<engine::GestureState> gesture() const { return gestures_.now(); }
  [[nodiscard]] const exercises::CatalogExercise& exercise() const { return exercise_; }
  /// All frames so far.
  [[nodiscard]] std::span<const engine::PoseFrame> frames() const { return frames_; }
  [[nodiscard]] bool is_simulated() const { return simulated_; }

  /// Runs both passes. Errors: nothing_measured (no frame).
  [[nodiscard]] Result<session::SessionDocument> document(const SetFacts& facts) const;
  /// Returns the same as session.json. Errors: those of `document` and of to_session_json.
  [[nodiscard]] Result<std::string> session(const SetFacts& facts) const;

  /// Draws a part of the set. Errors: those of session/replay.h.
  [[nodiscard]] Result<std::vector<session::ReplayFigure>> replay(const SetFacts& facts, Seconds from,
                                                                  Seconds to) const;

  /// Packs the frames as `pack_landmarks` does: points only. Of a picture of that size.
  [[nodiscard]] std::string recording(int width_px, int height_px) const;

 private:
  [[nodiscard]] bool is_resuming(Seconds time);
  [[nodiscard]] bool keeps_quiet() const;

  exercises::CatalogExercise exercise_;
  engine::CoachOptions options_;
  engine::Coach coach_;
  engine::SetWatch watch_;
  engine::Gestures gestures_;
  /// The pause ended; frames wait for the arms. `left`: when they were seen in the gesture last.
  struct Resuming {
    Seconds from;
    Seconds left;
  };
  std::optional<Resuming> resuming_;
  bool was_paused_ = false;
  FrameNumbers next_;
  std::vector<engine::PoseFrame> frames_;
  bool simulated_ = false;
  bool finished_ = false;
};

}  // namespace reprise::wasm
