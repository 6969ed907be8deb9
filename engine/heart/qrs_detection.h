// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/heart/qrs_detector.h"
#include "engine/heart/rr_intervals.h"
#include "engine/signal/resample.h"

namespace reprise::engine {

struct QrsDetection {
  std::vector<EcgBeat> beats;         ///< in order of time; empty if the lead shows no heart
  std::vector<SampleRange> unusable;  ///< flat, saturated or noise only, in order; no beat lies inside
};

/// Detects the R peaks of one recorded lead, `ecg_mv` in mV at an even rate of 100 to 2000 Hz, at least two
/// seconds, either polarity. The same detector as the live one (QrsDetector gives method and source), which
/// here also knows the future: a beat at the beginning of an unusable stretch is dropped, and where the
/// amplifier's range is not given, a stretch at the signal's own extreme, 2 mV or more off its median, counts
/// as saturated (unsourced default). Errors: invalid_argument (rate, options, a sample that is not finite),
/// nothing_measured (shorter than two seconds).
[[nodiscard]] Result<QrsDetection> detect_qrs(std::span<const double> ecg_mv, Hertz rate,
                                              const QrsOptions& options = {});

/// Returns the classified intervals between the beats (`rr_from_beats`); one that spans an unusable stretch
/// is a gap. Errors: invalid_argument.
[[nodiscard]] Result<std::vector<RrInterval>> rr_from_ecg(const QrsDetection& detection, Hertz rate,
                                                          const RrOptions& options = {});

/// The times of the beats in seconds since the first sample.
[[nodiscard]] std::vector<double> beat_times_s(std::span<const EcgBeat> beats, Hertz rate);

}  // namespace reprise::engine
