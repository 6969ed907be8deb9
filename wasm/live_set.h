#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/exercise/coach.h"
#include "engine/exercise/set_watch.h"
#include "exercises/catalog.h"
#include "session/document.h"

namespace reprise {

/// The numbers of one frame as a browser hands them over: landmark by landmark, in the order of `Landmark`.
struct FrameNumbers {
  std::array<double, kLandmarkCount * 3> world_m{};   ///< x, y, z; camera axes, origin mid-hips
  std::array<double, kLandmarkCount> visibility{};    ///< 0 to 1
  std::array<double, kLandmarkCount * 3> image_px{};  ///< x, y, z
};

/// Which of the numbers hold something.
enum class Seen : std::uint8_t {
  nobody,     ///< no person in this frame
  world,      ///< meters and visibility
  and_image,  ///< picture positions as well
};

/// The pose in the numbers. Empty where nobody was seen, or where any number is not finite: a network that
/// answers nonsense has seen nothing. Visibility is cut to 0 to 1.
[[nodiscard]] std::optional<Pose> pose_from(const FrameNumbers& numbers, Seen seen);

/// What only the browser knows of a set, for its document.
struct SetFacts {
  Source source;  ///< duration and frame rate are taken from the frames
  std::vector<ModelUsed> models;
  int reacquired = 0;
  int most_people = 0;
  std::string language = "en";
};

/// A longer set is refused: its frames would fill a phone's memory. Unsourced default.
inline constexpr Seconds kLongestSet{1800};
/// Frames after which the same holds: half an hour at 60 Hz, about 0.2 GB.
inline constexpr std::size_t kMostSetFrames = 108'000;

/// One set as it is being done: the live coach, and the frames that the recorded pass needs at its end.
class LiveSet {
 public:
  /// `helper`: somebody stands by, so that more than one person is no problem.
  LiveSet(CatalogExercise exercise, CoachOptions options, bool helper = false);

  /// Where the next frame's numbers are put before `step`; what they hold stays until they are overwritten.
  [[nodiscard]] FrameNumbers& next_frame() { return next_; }
  /// From now on the set counts as simulated, whatever `session` is told.
  void mark_simulated() { simulated_ = true; }

  /// Shows the next frame to the coach; `people`: that the newest look at the whole picture saw. A frame
  /// whose time does not rise is ignored, as by the coach. Errors: invalid_argument, where the time is not
  /// finite; unsupported, where the set is too long (what was seen until then stays).
  [[nodiscard]] Result<std::vector<CoachEvent>> step(Seconds time, Seen seen, std::optional<int> people = {});
  /// Says that the set is over; a second time nothing happens.
  [[nodiscard]] std::vector<CoachEvent> finish();

  [[nodiscard]] const Coach& coach() const { return coach_; }
  /// What keeps the set from going on, after the last frame.
  [[nodiscard]] const SetState& state() const { return watch_.state(); }
  [[nodiscard]] const CatalogExercise& exercise() const { return exercise_; }

  /// Both passes over what was seen, as session.json. Errors: nothing_measured, without any frame; those of
  /// to_session_json.
  [[nodiscard]] Result<std::string> session(const SetFacts& facts) const;

  /// What was seen, as `pack_landmarks` writes it: points alone. Of a picture of that size.
  [[nodiscard]] std::string recording(int width_px, int height_px) const;

 private:
  CatalogExercise exercise_;
  CoachOptions options_;
  Coach coach_;
  SetWatch watch_;
  FrameNumbers next_;
  std::vector<PoseFrame> frames_;
  bool simulated_ = false;
  bool finished_ = false;
};

}  // namespace reprise
