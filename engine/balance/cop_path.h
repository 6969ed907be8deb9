// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// A point of the center of pressure in the plane of the floor, meters. Anterior (toward the toes) and the
/// person's right are positive; only limits of stability depend on these signs.
struct CopPoint {
  double ap_m = 0;
  double ml_m = 0;
};

/// A recording of the center of pressure at an even rate; a sample without enough load is missing.
struct CopSeries {
  Hertz rate{100};
  std::vector<std::optional<CopPoint>> points;
};

/// One unbroken stretch of the center of pressure, at an even rate.
struct CopPath {
  Hertz rate{100};
  std::vector<double> ap_m;
  std::vector<double> ml_m;
};

/// The same, without owning the samples.
struct CopView {
  Hertz rate{100};
  std::span<const double> ap_m;
  std::span<const double> ml_m;

  CopView() = default;
  CopView(Hertz sample_rate, std::span<const double> ap, std::span<const double> ml)
      : rate(sample_rate), ap_m(ap), ml_m(ml) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  CopView(const CopPath& path) : rate(path.rate), ap_m(path.ap_m), ml_m(path.ml_m) {}

  [[nodiscard]] std::size_t size() const { return ap_m.size(); }
  [[nodiscard]] Seconds duration() const { return period(rate) * static_cast<double>(size()); }
};

/// Below this vertical force a plate or an insole counts as unloaded. 25 N as pyCGM2's gait plates
/// (detectGaitConsecutiveForcePlates, `threshold`).
inline constexpr double kUnloadedN = 25;

/// The center of pressure of a force plate: ap = -M_ml / F, ml = M_ap / F, with the moments about the plate's
/// surface. Checked against the columns of the Santos & Duarte 2016 recordings, whose x is
/// anterior-posterior. `vertical_force_n` is positive under load. Empty if the force is below `unloaded_n` or
/// a value is not finite: without load the center of pressure is undefined, not 0.
[[nodiscard]] std::optional<CopPoint> cop_of_plate(double vertical_force_n, double moment_about_ap_nm,
                                                   double moment_about_ml_nm, double unloaded_n = kUnloadedN);

struct CopPathOptions {
  Seconds max_gap{0.1};  ///< shorter gaps are filled by a straight line. Unsourced default
};

/// The longest unbroken stretch of a recording, after short gaps are filled. `kept` of the result: its share
/// of the recording's samples, 0 to 1. A point that is not finite counts as missing.
/// Errors: invalid_argument (rate, max_gap), nothing_measured (no point at all).
struct LongestPath {
  CopPath path;
  std::size_t first_sample = 0;
  double kept = 0;
};
[[nodiscard]] Result<LongestPath> longest_path(const CopSeries& series, const CopPathOptions& options = {});

namespace detail {

struct CopLimits {
  Seconds shortest{5};
  Hertz slowest_rate{10};
  Meters widest{0.5};
};

/// Refuses a path that no standing person makes: axes of different lengths, a sample that is not finite, a
/// rate below the limit, too short, wider than a base of support (centimeters or millimeters given as
/// meters), or without any movement (a sensor that is stuck).
[[nodiscard]] Result<void> check_cop(const CopView& path, const CopLimits& limits, std::string_view stage);

/// Means of blocks of samples, so that the result has at most `highest` samples a second; the rate with it.
struct Thinned {
  Hertz rate{100};
  std::vector<double> samples;
};
[[nodiscard]] Thinned thin(std::span<const double> samples, Hertz rate, Hertz highest);

}  // namespace detail
}  // namespace reprise::engine
