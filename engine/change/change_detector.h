// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/change/change_noise.h"

// One measure of one person over time: what changed against the person's own baseline, since when, how
// surely.
namespace reprise::engine {

/// Written with each line, so that a reader knows which version of the method found it.
inline constexpr int kChangeMethodVersion = 2;

struct DatedValue {
  double time = 0;                    ///< days of the person's clock since any origin, or another unit
  double value = 0;                   ///< any unit
  std::optional<double> uncertainty;  ///< half width that holds nine of ten, same unit, not negative
};

enum class ChangeShape : std::uint8_t {
  step,   ///< at a new level since
  drift,  ///< still moving in the direction of the change
  spike,  ///< a single group far off; only where asked for
};

struct DetectedChange {
  ChangeShape shape = ChangeShape::step;
  double before = 0;  ///< baseline: median of the groups before
  int before_count = 0;
  double after = 0;  ///< median of the groups since
  int after_count = 0;
  double size = 0;        ///< after minus before: positive is a rise
  double half_width = 0;  ///< of `size`, holds nine of ten if the noise is as before
  double since = 0;       ///< time of the first group at the new level
  /// Nine of ten changes began after the first and not after the second time, as far as the profile of the
  /// likelihood tells.
  double since_earliest = 0, since_latest = 0;
  double confidence = 0;        ///< 0 to 1, see ChangeOptions::least_confidence
  double said = 0;              ///< time of the value that made it sure
  std::optional<double> ended;  ///< time of the first group back at the baseline
};

struct ChangeOptions {
  /// Values within one whole multiple of this time are one group, and their trimmed mean counts: those of a
  /// day are alike. The first thousand values of a group count. 0: each value is its own, e.g. the strides of
  /// a recording.
  double group = 1;
  ChangeNoiseOptions noise;
  int least_baseline = 10;  ///< groups before anything is said. Unsourced default
  /// Groups that the baseline of a level learns from; later ones do not move it, so that a slow drift is not
  /// learned away. Unsourced default
  int most_baseline = 60;
  int window = 21;  ///< groups: a change is said within them or never. Unsourced default
  /// The latest groups do not tell how the person varies, because they may have changed. Unsourced default
  int guard = 7;
  /// A line's confidence is one minus the chance that so large a difference comes from noise alone (Student's
  /// t, times `window` - 1, the most beginnings that are tried, also where fewer are). Chosen on simulated
  /// weeks. Unsourced default
  double least_confidence = 0.7;
  double least_size = 0;            ///< smaller changes are not said; unit of the value
  double least_deviations = 1;      ///< nor those below so many of the person's deviations. Unsourced default
  bool spikes = false;              ///< also single groups far off
  double spike_confidence = 0.999;  ///< of a spike; it is the only one tried. Unsourced default
};

/// Finds changes of one measure in its values, given one by one. It compares the last groups with all those
/// before them for every possible beginning (the generalized likelihood ratio of a change in the mean within
/// a window, Siegmund & Venkatraman 1995, whose abstract was read), with values pulled in to four deviations,
/// the pattern of the weekdays removed and the variance of neighbors that are alike. A single wild value is
/// no change, unless spikes are asked for. After a change the new level is the baseline; a later change that
/// leads back, to less than half the size from the level before, ends it and all said after it, however long
/// ago that was; so do the groups since, once there are five and their median is that near. All groups of the
/// level before are then the baseline again. Memory is bounded: `most_baseline` and `window` groups of a
/// thousand values, as much of the levels before the last ten changes that have not ended, and the last
/// thousand changes (unsourced defaults).
class ChangeDetector {
 public:
  explicit ChangeDetector(const ChangeOptions& options = {});

  /// Takes the next value. Returns a change that it made sure; null: none. Errors: invalid_argument (a value,
  /// time or uncertainty that is not finite, or a value above 1e100 or a time above 1e9 either way; a
  /// negative uncertainty; a time before the last group, or where each value is its own, before the last
  /// value).
  [[nodiscard]] Result<std::optional<DetectedChange>> add(const DatedValue& value);

  /// The changes that were said, the oldest first, with their ends.
  [[nodiscard]] const std::vector<DetectedChange>& changes() const { return changes_; }
  /// Whether there are enough groups to say anything.
  [[nodiscard]] bool has_baseline() const;

 private:
  struct Beginning;
  struct OpenChange {
    std::size_t index = 0;           // in changes_
    std::vector<ValueGroup> before;  // the groups of the level that it left
  };
  [[nodiscard]] std::int64_t index_of(double time) const;
  [[nodiscard]] bool is_late(double time) const;
  [[nodiscard]] bool take(const DatedValue& value);
  [[nodiscard]] std::size_t most_groups() const;
  void forget();
  void learn();
  [[nodiscard]] std::vector<Beginning> try_beginnings() const;
  [[nodiscard]] std::optional<Beginning> sure_beginning() const;
  [[nodiscard]] bool is_large(const Beginning& beginning) const;
  [[nodiscard]] std::optional<DetectedChange> spike();
  [[nodiscard]] DetectedChange described(const Beginning& beginning) const;
  [[nodiscard]] std::optional<DetectedChange> say(const DetectedChange& change);
  [[nodiscard]] bool has_faded();
  void end_from(std::size_t open, double since);
  void remember(const DetectedChange& change);
  [[nodiscard]] double pulled_in(const ValueGroup& group) const;
  [[nodiscard]] int least_before() const;

  ChangeOptions options_;
  std::vector<ValueGroup> groups_;  // of the current level, the oldest first
  ChangeNoise noise_;
  std::vector<DetectedChange> changes_;
  std::vector<OpenChange> open_;  // the oldest first: those that a return ends
  bool later_level_ = false;      // after a change: how the person varies is known
  std::int64_t last_spike_ = 0;
  bool spiked_ = false;
  std::int64_t count_ = 0;  // of groups so far, for those that are each their own
};

}  // namespace reprise::engine
