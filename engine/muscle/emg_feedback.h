// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "base/units.h"
#include "engine/muscle/emg_envelope.h"
#include "engine/muscle/emg_filter.h"

namespace reprise::engine {

enum class EmgTarget : std::uint8_t { below, inside, above };

struct EmgFeedbackOptions {
  double reference = 0;  ///< required: reference_amplitude of this muscle, in the unit of the samples
  double target_low = 0.2, target_high = 0.4;  ///< share of the reference, prescribed
  double hysteresis =
      0.02;  ///< share of the reference past an edge before the state changes. Unsourced default
  Hertz envelope_cutoff{3};  ///< slower than for analysis, so that a display is steady. Unsourced default
  EmgFilterOptions filter;
};

struct EmgFeedbackState {
  double share = 0;  ///< envelope over reference: 0.3 is 30 % of the reference contraction
  EmgTarget target = EmgTarget::below;
  bool settled = false;      ///< false in the first second, while the filters settle
  bool signal_lost = false;  ///< no finite sample, or no change, for 0.2 s: electrode off
};

/// Live feedback of a muscle's activity against a prescribed band: raw samples in, state out. The causal
/// filters delay it by about a quarter of a second at the default cut-off.
class EmgFeedback {
 public:
  /// Errors: as EmgFilter::create; invalid_argument (reference, target or hysteresis out of range).
  [[nodiscard]] static Result<EmgFeedback> create(Hertz rate, const EmgFeedbackOptions& options);

  /// One raw sample. A missing one is given as nullopt and keeps the state.
  EmgFeedbackState step(std::optional<double> sample);

 private:
  EmgFeedback(Hertz rate, const EmgFeedbackOptions& options, EmgFilter filter, EnvelopeFollower follower);
  void update_target();

  EmgFeedbackOptions options_;
  EmgFilter filter_;
  EnvelopeFollower follower_;
  EmgFeedbackState state_;
  std::optional<double> last_sample_;
  int unchanged_ = 0;
  int seen_ = 0;
  int lost_after_ = 0;
  int settled_after_ = 0;
};

}  // namespace reprise::engine
