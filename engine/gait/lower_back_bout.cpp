// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/lower_back_bout.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/level_frame.h"

namespace reprise::engine::detail {

Result<BoutSignals> bout_signals(const InertialView& samples, SampleRange bout) {
  constexpr const char* kStage = "foot contacts from the lower back";
  if (bout.begin >= bout.end || bout.end > samples.size()) {
    return fail(ErrorCode::invalid_argument, kStage, "the bout is not within the recording",
                "take the bouts that were found in the same recording");
  }
  const double rate = samples.rate.value();
  const auto margin = static_cast<std::size_t>(std::isfinite(rate) ? std::clamp(2 * rate, 0.0, 1e6) : 0);
  BoutSignals signals;
  signals.offset = bout.begin - std::min(bout.begin, margin);
  const std::size_t end = std::min(bout.end + margin, samples.size());
  signals.samples = part_of(samples, signals.offset, end);
  signals.inside = {bout.begin - signals.offset, bout.end - signals.offset};
  const auto one_second = static_cast<std::size_t>(std::isfinite(rate) ? std::clamp(rate, 1.0, 1e6) : 1);
  if (auto ok = check_inertial(signals.samples, Hertz{20}, one_second, kStage); !ok) {
    return tl::unexpected(ok.error());
  }
  GravityOptions gravity;
  gravity.cutoff = Hertz{0.4};
  gravity.order = 2;
  gravity.use_gyroscope = false;
  auto up = gravity_directions(signals.samples, gravity);
  if (!up) return tl::unexpected(up.error());
  signals.up = std::move(*up);
  signals.vertical_mps2 = vertical_acceleration(signals.samples.acceleration_mps2, signals.up);
  signals.swing = limb_swing(signals.samples, signals.up, signals.inside);
  return signals;
}

}  // namespace reprise::engine::detail
