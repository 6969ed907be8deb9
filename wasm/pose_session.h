// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/pose/pose_tracker.h"

namespace reprise::wasm {

/// Which network a pose session waits for.
enum class Wanted : std::uint8_t { nothing, detector, landmarks };

/// Pictures wider or higher than this are refused: they would take a phone's memory.
inline constexpr int kMostPictureSidePx = 4096;

/// Errors: invalid_argument, where a side is not 1 to kMostPictureSidePx.
[[nodiscard]] Result<void> check_picture_size(int width_px, int height_px);

/// How bright a picture is: the mean luma (ITU-R BT.601, of the values as they are stored) of at most 64 x 64
/// pixels spread over it, 0 to 1. Precondition: a valid image.
[[nodiscard]] double light_of(const engine::ImageView& image);

/// The memory that a browser writes a picture into.
class RgbaPicture {
 public:
  /// For a picture of this size: RGBA, rows from the top, without gaps. Errors: those of check_picture_size;
  /// the picture is as before then.
  [[nodiscard]] Result<std::span<std::uint8_t>> resize(int width_px, int height_px);
  /// Not valid (engine::is_valid) before the first `resize`.
  [[nodiscard]] const engine::ImageView& view() const { return view_; }

 private:
  std::vector<std::uint8_t> pixels_;
  engine::ImageView view_;  ///< of `pixels_`
};

/// Pictures from a browser → one followed person, with networks that run elsewhere and answer later. It owns
/// the memory that pictures and networks' outputs are written into.
class PoseSession {
 public:
  explicit PoseSession(const engine::PoseTrackerOptions& options = {});

  /// Where a picture of this size is written before `begin`: RGBA, rows from the top, without gaps. A picture
  /// under way is dropped. Errors: those of check_picture_size.
  [[nodiscard]] Result<std::span<std::uint8_t>> picture(int width_px, int height_px);

  /// Looks at the picture. Errors: those of PoseTracker::begin.
  [[nodiscard]] Result<Wanted> begin(Seconds time) { return begin(picture_.view(), time); }
  /// The same with a picture that someone else owns, and keeps until the last `answer`.
  [[nodiscard]] Result<Wanted> begin(const engine::ImageView& image, Seconds time);
  /// What the wanted network reads; valid until `answer`.
  [[nodiscard]] std::span<const float> input() const { return input_; }
  /// Where its outputs are written before `answer`, at their full size from the start.
  [[nodiscard]] engine::DetectorOutput& detector_output() { return detector_output_; }
  [[nodiscard]] engine::LandmarkOutput& landmark_output() { return landmark_output_; }
  /// Goes on with what the network said. Errors: invalid_argument, where none was wanted; those of
  /// PoseTracker::answer (the picture is dropped then).
  [[nodiscard]] Result<Wanted> answer();

  /// What the last finished picture showed.
  [[nodiscard]] const engine::TrackedFrame& seen() const { return seen_; }
  /// Whether it may be another person than before.
  [[nodiscard]] bool reacquired() const { return seen_.reacquired; }
  /// `light_of` the last picture that was begun.
  [[nodiscard]] double light() const { return light_; }

 private:
  [[nodiscard]] Result<Wanted> take(Result<engine::TrackerStep> step);

  engine::PoseTracker tracker_;
  RgbaPicture picture_;
  engine::ImageView looked_at_;
  engine::DetectorOutput detector_output_;
  engine::LandmarkOutput landmark_output_;
  std::span<const float> input_;
  Wanted wanted_ = Wanted::nothing;
  engine::TrackedFrame seen_;
  double light_ = 0;
};

}  // namespace reprise::wasm
