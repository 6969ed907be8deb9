// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "base/units.h"
#include "engine/pose/landmark_decode.h"

namespace reprise::engine {

/// One Euro filter (Casiez, Roussel, Vogel 2012, doi:10.1145/2207676.2208639): slow values are smoothed
/// strongly, fast ones hardly.
struct LandmarkFilterOptions {
  Hertz min_cutoff{0.05};
  double beta = 80;  ///< cut-off gained per unit of speed (scaled values per second)
  Hertz derivative_cutoff{1.0};
};

/// MediaPipe's settings for the whole-body model (PoseLandmarkFiltering in the graph of npm `@mediapipe/pose`
/// 0.5.1675469404).
struct LandmarkSmoothingOptions {
  LandmarkFilterOptions image{Hertz{0.05}, 80, Hertz{1.0}};
  LandmarkFilterOptions region{Hertz{0.01}, 10,
                               Hertz{1.0}};  ///< center and circle: the next region stands still
  LandmarkFilterOptions world{Hertz{0.1}, 40, Hertz{1.0}};
  double visibility_weight = 0.1;  ///< of the newest visibility against the smoothed ones before, 0 to 1
};

/// Smooths one person's landmarks from picture to picture; causal.
///
/// Where it differs from a plain One Euro filter, it follows MediaPipe: speeds are divided by the body's size
/// in the picture (the diameter of the circle around it, unsmoothed), world landmarks are not scaled; the
/// previous value of the derivative is the raw one; the sampling rate is that between the two timestamps at
/// hand. Where it differs from MediaPipe: time zero is a time like any other (MediaPipe passes that sample
/// by), and values are kept in double precision.
class LandmarkSmoother {
 public:
  explicit LandmarkSmoother(const LandmarkSmoothingOptions& options = {}) : options_(options) {}

  /// The smoothed reading. The first one after construction or `reset` comes back as it is. Precondition:
  /// `time` is later than that of the call before.
  [[nodiscard]] LandmarkReading smooth(const LandmarkReading& reading, Seconds time);

  /// Forgets the past, as when the person was lost.
  void reset() { last_.reset(); }

 private:
  struct Channel {
    double raw = 0;
    double value = 0;
    double derivative = 0;
  };
  struct Point {
    std::array<Channel, 3> axes;
  };
  struct State {
    Seconds time;
    PerLandmark<Point> image;
    PerLandmark<Point> world;
    Point center;
    Point circle;
    PerLandmark<double> visibility;
  };
  struct Step;

  static void start(Point& point, double x, double y, double z);
  [[nodiscard]] State started(const LandmarkReading& reading, Seconds time) const;

  LandmarkSmoothingOptions options_;
  std::optional<State> last_;
};

}  // namespace reprise::engine
