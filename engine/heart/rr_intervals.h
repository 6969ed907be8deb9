// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

enum class RrKind : std::uint8_t {
  normal,    ///< between two beats of sinus rhythm, as far as intervals can tell
  ectopic,   ///< before or after a beat that came early or late
  artefact,  ///< a beat was missed, invented or misplaced by the sensor
  gap,       ///< no beats were recorded
};

struct RrInterval {
  Seconds end;  ///< time of the later beat
  Seconds duration;
  RrKind kind = RrKind::normal;
};

struct RrOptions {
  Seconds shortest{0.25};  ///< below: artefact (240 beats a minute). Unsourced default
  Seconds longest{3};      ///< above: a gap (20 beats a minute). Unsourced default
  /// A strap's intervals that arrive this much later than they add up to follow a gap. Unsourced default,
  /// above the delay of packets.
  Seconds longest_delay{2.5};
  /// No change below this share of the median around is ectopic or an artefact. Unsourced default, tuned on
  /// two recordings of a day.
  double least_change = 0.15;
};

enum class BeatLabel : std::uint8_t { normal, ectopic, not_a_beat };

/// Returns the intervals between beats, each classified by itself and its neighbors as in `classify_rr`.
/// `beat_times_s` in seconds, rising strictly. Fewer than two beats: empty. Errors: invalid_argument.
[[nodiscard]] Result<std::vector<RrInterval>> rr_from_beats(std::span<const double> beat_times_s,
                                                            const RrOptions& options = {});

/// The same where a person or an ECG program has labeled each beat: an interval is normal if both of its
/// beats are, artefact beside a label that is not a beat, ectopic otherwise; no rule looks at its duration
/// except the one for gaps. `labels`: one for each beat. Errors: invalid_argument.
[[nodiscard]] Result<std::vector<RrInterval>> rr_from_labeled_beats(std::span<const double> beat_times_s,
                                                                    std::span<const BeatLabel> labels,
                                                                    const RrOptions& options = {});

/// The same from a chest strap's list of intervals, seconds, above 0. `received_s`: when each arrived, never
/// falling (packets bring several at once); empty: they follow each other without a break. The first beat is
/// at 0 or, with `received_s`, at the first arrival less the first interval. Errors: invalid_argument.
[[nodiscard]] Result<std::vector<RrInterval>> rr_from_strap(std::span<const double> rr_s,
                                                            std::span<const double> received_s = {},
                                                            const RrOptions& options = {});

/// Sets the kind of each interval, except of gaps, after Lipponen & Tarvainen 2019
/// (doi 10.1080/03091902.2019.1640306; steps and constants as in NeuroKit2, signal_fixpeaks.py): an interval
/// or a change of it is compared with 5.2 quartile deviations of 91 around. Deviations: both intervals of an
/// ectopic beat are ectopic, both of an invented beat artefacts; gaps part the series; the quartile deviation
/// has a floor (`least_change`), because a steady heart read at 125 Hz has none; a long run beyond the
/// median's threshold counts although its changes are small.
void classify_rr(std::span<RrInterval> intervals, const RrOptions& options = {});

/// The share of time, 0 to 1, in normal intervals. 0 if there are none.
[[nodiscard]] double usable_share(std::span<const RrInterval> intervals);

/// One interval for heart rate variability.
struct NnInterval {
  Seconds end;
  Seconds duration;
  bool corrected = false;    ///< not measured: put in place of ectopic intervals or artefacts
  bool after_break = false;  ///< does not follow the interval before it; the first one too
};

struct NnOptions {
  Seconds longest_correction{
      4};  ///< longer runs without a normal interval break the series. Unsourced default
  double largest_deviation = 0.25;  ///< of corrected intervals, of the normal ones around. Unsourced default
};

/// Returns the normal intervals in order, each run of others between two of them replaced by as many equal
/// intervals as fit into its time best, so that times stay true: an ectopic beat is moved to the middle, a
/// missed beat put in, an invented one taken out. Where that does not fit, and at gaps, the series breaks: no
/// beat is invented. Method: our own.
[[nodiscard]] std::vector<NnInterval> nn_intervals(std::span<const RrInterval> intervals,
                                                   const NnOptions& options = {});

}  // namespace reprise::engine
