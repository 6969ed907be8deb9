// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

struct OneEuroOptions {
  Hertz min_cutoff{1};         ///< cut-off at rest: lower is calmer, and later
  double beta = 0;             ///< how much the cut-off rises with speed, Hz per (unit of the samples / s)
  Hertz derivative_cutoff{1};  ///< cut-off for the speed itself
};

/// The One Euro filter: a first-order low-pass whose cut-off rises with speed, so that rest is calm and fast
/// movement prompt (Casiez, Roussel & Vogel, CHI 2012, doi 10.1145/2207676.2208639; equations and defaults
/// as in the authors' published code: the speed is taken against the last filtered value). Causal; times may
/// be uneven.
class OneEuroFilter {
 public:
  /// Errors: invalid_argument (a cut-off that is not positive, a negative beta).
  [[nodiscard]] static Result<OneEuroFilter> create(const OneEuroOptions& options);

  /// The filtered value. The first sample passes unchanged. Empty, and nothing is changed, when the sample is
  /// not finite or its time is not later than the last.
  std::optional<double> step(Seconds time, double sample);
  /// Forgets everything, as after the person was out of view.
  void reset() { last_time_.reset(); }
  /// The smoothed speed, unit of the samples per second; 0 before the second sample.
  [[nodiscard]] double speed() const { return speed_; }

 private:
  explicit OneEuroFilter(const OneEuroOptions& options) : options_(options) {}
  OneEuroOptions options_;
  std::optional<Seconds> last_time_;
  double value_ = 0;
  double speed_ = 0;
};

}  // namespace reprise::engine
