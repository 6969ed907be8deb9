// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/units.h"

namespace reprise::sensing {

/// Turns a file's timestamps into times that start at 0 and rise strictly, changing none that already do so.
/// Uneven steps (variable frame rate) stay as they are. Repaired, and counted, are timestamps that are
/// missing (one usual step later than the last), that repeat or step back by less than a second (half a usual
/// step later), and jumps back or by more than a minute ahead, as where recordings were joined or the clock
/// was set (one usual step later, and all that follow are shifted likewise). The limits are unsourced
/// defaults.
class TimestampRepair {
 public:
  /// `usual_step`: the time between two frames where the file does not say it. Precondition: positive.
  explicit TimestampRepair(Seconds usual_step) : usual_step_s_(usual_step.value()) {}

  /// `file_time`: seconds on the file's own clock, from any origin; empty where the frame has none.
  [[nodiscard]] Seconds next(std::optional<Seconds> file_time);

  [[nodiscard]] std::int64_t repaired() const { return repaired_; }

 private:
  double usual_step_s_;
  std::optional<double> last_s_;
  std::optional<double> origin_s_;  // the file's time at our 0
  std::int64_t repaired_ = 0;
};

}  // namespace reprise::sensing
