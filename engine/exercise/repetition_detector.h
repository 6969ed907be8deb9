// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "base/units.h"

namespace reprise::engine {

/// One movement away from rest and back, in progress units: 0 is rest, 1 the target of the exercise.
struct Excursion {
  Seconds start;           ///< it leaves rest
  Seconds extreme;         ///< farthest from rest
  Seconds end;             ///< back at rest, or the last moment seen
  double from = 0;         ///< progress at the start
  double peak = 0;         ///< progress at the extreme
  double to = 0;           ///< progress at the end
  Seconds at_extreme{0};   ///< time within a tenth of the excursion below the peak
  bool cut_start = false;  ///< the recording began during it
  /// Returns its height: above the lower end if both were seen, else above the end that was seen.
  [[nodiscard]] double size() const { return peak - (cut_start ? to : from); }
  [[nodiscard]] double returned() const { return size() > 0 ? (peak - to) / size() : 0; }
};

struct DetectorOptions {
  double min_size = 0.3;   ///< progress: smaller excursions are not reported
  double noise = 0.05;     ///< progress: a smaller turn is ignored
  Seconds shortest{0.35};  ///< quicker counts only as `expect` says. Unsourced default
  Seconds longest{30};
  Seconds longest_gap{1.0};  ///< unseen for longer: the excursion is abandoned
};

/// The effect of the last sample.
enum class DetectorEvent : std::uint8_t {
  none,
  started,    ///< it left rest
  turned,     ///< it passed the extreme
  returned,   ///< far enough back to count
  ended,      ///< it reached rest, or the next one begins
  too_small,  ///< returned, but too small
  too_quick,  ///< returned, but too quick
  abandoned,  ///< unseen or unfinished for too long, or a glitch
};

/// The part of a movement at this moment, without knowledge of the future.
enum class MovementPart : std::uint8_t {
  rest,
  out,
  extreme,  ///< still, at the farthest point so far
  back,
};

/// Finds excursions in one progress signal, causally. A turn is accepted when the signal has come back by a
/// share of its excursion, so the thresholds follow the person's own range instead of fixed angles. (A
/// zig-zag with adaptive reversal; docs/accuracy.md, "Counting", measures it.)
class RepetitionDetector {
 public:
  explicit RepetitionDetector(DetectorOptions options) : options_(options) {}

  /// Feeds one sample; times must rise. Empty progress: not seen. Returns at most one event.
  DetectorEvent step(Seconds time, std::optional<double> progress);
  /// Tells of an excursion that counted. After two, one that is quicker than `shortest`, but about as large
  /// as the last and its way out at most three tenths quicker, is this person's tempo and not too quick.
  void expect(const Excursion& counted);
  /// Returns the excursion of `returned`, `ended`, `too_small` or `too_quick`, or the one under way.
  [[nodiscard]] Excursion excursion() const;
  [[nodiscard]] bool under_way() const { return phase_ != Phase::rest; }
  [[nodiscard]] MovementPart part() const;
  /// True if the last sample was the farthest so far of the excursion under way.
  [[nodiscard]] bool at_new_extreme() const { return new_extreme_; }

 private:
  enum class Phase : std::uint8_t { rest, out, back, settling };
  struct Point {
    Seconds time;
    double value = 0;
  };

  DetectorEvent at_rest(Point p);
  DetectorEvent going_out(Point p);
  DetectorEvent coming_back(Point p);
  DetectorEvent settling(Point p);
  DetectorEvent end_at(Point end, Point now);
  void begin(Point p);
  void extend_peak(Point p);
  void rest_from(Point p);
  [[nodiscard]] double size() const;
  [[nodiscard]] double turn() const;
  [[nodiscard]] bool too_quick(Seconds took) const;

  DetectorOptions options_;
  Phase phase_ = Phase::rest;
  bool begun_seeing_ = false;  ///< false until the first sample, and after a long gap
  bool new_extreme_ = false;
  Seconds seen_since_{0};
  Seconds last_seen_{0};
  std::deque<Point> recent_;  ///< the last moments at rest, to find the start
  std::vector<Point> near_peak_;
  Point left_;
  Point peak_;
  Point low_;      ///< lowest since the peak
  Point advance_;  ///< the last sample clearly farther than the ones before
  bool cut_start_ = false;
  int moments_ = 0;  ///< seen since it left rest
  Excursion usual_;  ///< the last that counted, of `counted_`
  int counted_ = 0;
  Seconds settling_since_{0};
  std::optional<Excursion> ended_;
};

}  // namespace reprise::engine
