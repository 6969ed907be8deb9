// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/pose/image.h"
#include "engine/pose/landmarks.h"
#include "engine/scene/picture_motion.h"
#include "engine/scene/time_range.h"

namespace reprise::engine {

/// What the pictures of a recording show of how it was filmed. A mirrored picture cannot be told from others:
/// left and right are then exchanged without notice.
struct SceneFindings {
  std::vector<Seconds> cuts;            ///< first moments of another scene
  std::vector<TimeRange> camera_moves;  ///< the background moved through the picture
  std::vector<TimeRange> frozen;        ///< the picture stood still, within a recording that moves
  bool still = false;                   ///< no picture differs from the first: a photo, a frozen camera
  bool dark = false;
  bool blurred = false;
};

/// Follows the pictures of one recording. Keeps thumbnails of two pictures, never a picture.
class SceneMonitor {
 public:
  /// Takes the next picture. `person`: where the followed person is, which is left out of the camera's
  /// motion; empty where none is seen. Preconditions: `is_valid(image)`; `time` rises.
  void add(const ImageView& image, Seconds time, const std::optional<PictureRegion>& person);

  [[nodiscard]] SceneFindings findings() const;

 private:
  void look_for_cut(const Thumbnail& picture, Seconds time);
  void look_for_standstill(const Thumbnail& picture, Seconds time);
  void follow_camera(const Thumbnail& picture, Seconds time, const std::optional<PictureRegion>& person);
  void anchor(const Thumbnail& picture, const std::optional<PictureRegion>& person);

  struct CameraPlace {
    Seconds time;
    double x = 0;  ///< shift of the background since the scene began, as a share of the longer side
    double y = 0;
  };

  std::optional<Thumbnail> first_;
  std::optional<Thumbnail> last_;
  std::optional<Thumbnail> anchor_;
  std::optional<PictureRegion> anchor_person_;
  Shift shift_;  ///< of the last picture against the anchor
  double anchor_x_ = 0;
  double anchor_y_ = 0;
  std::vector<std::vector<CameraPlace>> places_;  ///< by scene between cuts
  std::vector<Seconds> cuts_;
  std::vector<TimeRange> standstills_;
  Seconds last_time_{0};
  Seconds first_time_{0};
  double most_changed_ = 0;  ///< against the first picture
  double last_alike_ = 1;    ///< correlation of the last two pictures
  std::vector<double> brightness_;
  std::vector<double> sharpness_;
};

/// Returns the part of the picture around the landmarks, with a margin; empty without picture positions.
[[nodiscard]] std::optional<PictureRegion> region_of(const Pose& pose, int width_px, int height_px);

}  // namespace reprise::engine
