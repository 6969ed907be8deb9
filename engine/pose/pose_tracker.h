// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/pose/detection.h"
#include "engine/pose/heatmap_refinement.h"
#include "engine/pose/image.h"
#include "engine/pose/landmark_decode.h"
#include "engine/pose/landmark_smoothing.h"
#include "engine/pose/landmarks.h"
#include "engine/pose/networks.h"
#include "engine/pose/person_tracking.h"

namespace reprise::engine {

/// How the followed person is chosen if several people are in the picture at the start.
enum class PersonOrder : std::uint8_t {
  largest_first,  ///< by the size of the body in the picture, weighted by the detector's score
  central_first,  ///< by the distance of the hips from the picture's middle
};

struct PoseTrackerOptions {
  /// 1: the first in `order`, 2: the second, ... Tracking starts once this many people are seen at once.
  int person = 1;
  PersonOrder order = PersonOrder::largest_first;
  DetectionOptions detection = {};
  HeatmapRefinementOptions refinement = {};
  double min_presence = 0.5;  ///< 0 to 1; below, the landmark network saw no person
  /// Empty: the network's raw landmarks. The region of interest is smoothed all the same.
  std::optional<LandmarkSmoothingOptions> smoothing = LandmarkSmoothingOptions{};
  ContinuityOptions continuity = {};
  /// While one person is followed, the detector looks for others this often. Empty: never.
  std::optional<Seconds> check_interval = Seconds{1.0};
  /// The same interval while others are about.
  Seconds busy_check_interval{0.2};
  /// Others count as being about for this long after they were last seen.
  Seconds others_memory{10.0};
  /// After a loss, with others about, only a person where the lost one can be is accepted for this long. Then
  /// a person elsewhere is accepted, too, if not seen beside the lost one.
  Seconds hold{2.0};
  /// After a loss of this length any person is accepted.
  Seconds patience{10.0};
};

/// One instant of a followed person.
struct TrackedFrame {
  PoseFrame frame;        ///< `frame.pose` is empty if the followed person was not seen
  int people_seen = 0;    ///< by the newest run of the detector, in this picture or an earlier one
  bool detected = false;  ///< the detector ran in this picture, so that `people_seen` is fresh
  /// The first picture after a loss that may show another person: the loss was long, or the place or size
  /// does not fit. Show that to the user.
  bool reacquired = false;
  std::optional<Pose> unsmoothed;  ///< as the network saw the person of `frame`
};

/// The tracker's next request. `input` stays valid until the answer.
struct DetectorRequest {
  std::span<const float> input;  ///< for PoseNetworks::detect
};
struct LandmarkRequest {
  std::span<const float> input;  ///< for PoseNetworks::find_landmarks
};
using TrackerStep = std::variant<DetectorRequest, LandmarkRequest, TrackedFrame>;

/// Follows one person from picture to picture, and never swaps to another.
///
/// With one person the result is that of MediaPipe's whole-body pose (npm `@mediapipe/pose` 0.5.1675469404,
/// inference on the CPU). The detector finds the person; then each picture's region comes from the previous
/// landmarks. A picture without the person is reported empty, and the detector searches from the next one on.
/// With several people MediaPipe may swap. This tracker compares each reading with the followed person's
/// motion and size, and asks the detector when in doubt and from time to time. It returns to the right person
/// or reports the loss.
///
/// The tracker calls no network itself, so that networks may answer later (in a browser):
///
///     auto step = tracker.begin(image, time);
///     while (step && !std::holds_alternative<TrackedFrame>(*step)) {
///       ... run the network that it asks for, then step = tracker.answer(output, image);
///     }
///
/// Each recording needs a new tracker. `track` below runs this loop with networks that answer at once. The
/// tracker stores no picture, and about 0.9 MB for the networks' inputs.
class PoseTracker {
 public:
  explicit PoseTracker(const PoseTrackerOptions& options = {});

  /// Starts a picture, and drops an unfinished one. Errors: invalid_argument if the picture or the
  /// options are unusable, or `time` is not later than the last finished picture's; the tracker is
  /// unchanged.
  [[nodiscard]] Result<TrackerStep> begin(const ImageView& image, Seconds time);

  /// Continues with a network's output; `image` is the picture given to `begin`. Errors: corrupt if the
  /// output cannot be that network's (the picture is dropped). Precondition: the last step requested this
  /// network.
  [[nodiscard]] Result<TrackerStep> answer(const DetectorOutput& output, const ImageView& image);
  [[nodiscard]] Result<TrackerStep> answer(const LandmarkOutput& output, const ImageView& image);

 private:
  // Why the detector or the landmark network is running.
  enum class Phase : std::uint8_t {
    idle,
    search,   // detector: no person is followed
    found,    // landmarks in the detector's region
    follow,   // landmarks in the last picture's region
    compare,  // detector: is the reading still the followed person?
  };

  TrackerStep ask_detector(const ImageView& image, Phase phase);
  TrackerStep ask_landmarks(const ImageView& image, const RegionOfInterest& region, Phase phase);
  TrackerStep search_result(const std::vector<Detection2d>& people, const ImageView& image);
  TrackerStep compare_result(const std::vector<Detection2d>& people, const ImageView& image);
  TrackerStep accept(const LandmarkReading& reading);
  TrackerStep lose();
  TrackerStep finish(std::optional<Pose> pose);

  void note_people(const std::vector<Detection2d>& people, std::optional<std::size_t> followed,
                   const LandmarkReading* reading = nullptr);
  void follow_motion(const LandmarkReading& reading);
  [[nodiscard]] std::optional<std::size_t> choose(const std::vector<Detection2d>& people,
                                                  const ImageView& image) const;
  [[nodiscard]] std::optional<std::size_t> choose_at_start(const std::vector<Detection2d>& people,
                                                           const ImageView& image) const;
  [[nodiscard]] bool others_about() const;
  [[nodiscard]] const PersonTrack* overlapping_other() const;
  [[nodiscard]] bool check_is_due(const LandmarkReading& reading) const;

  PoseTrackerOptions options_;
  LandmarkSmoother smoother_;
  std::vector<float> input_;

  // State between pictures.
  std::optional<Seconds> last_time_;
  std::optional<RegionOfInterest> next_region_;
  std::optional<PersonTrack> followed_;  // also while lost
  bool lost_ = false;
  std::vector<PersonTrack> others_;
  std::optional<Seconds> last_check_;
  std::optional<Seconds> overlap_began_;
  int people_seen_ = 0;

  // State within a picture.
  Phase phase_ = Phase::idle;
  Seconds time_;
  RegionOfInterest region_;
  std::optional<Detection2d> chosen_;
  std::optional<LandmarkReading> reading_;
  bool detected_ = false;
};

/// Processes one picture with networks that answer at once. Errors: those of the tracker and of the networks.
[[nodiscard]] Result<TrackedFrame> track(PoseTracker& tracker, PoseNetworks& networks, const ImageView& image,
                                         Seconds time);

}  // namespace reprise::engine
