// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/units.h"

namespace reprise::engine {

struct HoldOptions {
  double leave = 0.6;        ///< progress: a hold begins at 1 and ends below this
  Seconds shortest{1.0};     ///< shorter is a touch. Unsourced default
  Seconds longest_gap{0.5};  ///< a hold survives a gap of this length; a pause longer than it ends the hold
};

/// A hold: how long a progress signal stayed at its target.
struct Hold {
  Seconds start;
  Seconds end;
  [[nodiscard]] Seconds duration() const { return end - start; }
};

/// Finds holds, causally.
class HoldDetector {
 public:
  explicit HoldDetector(HoldOptions options) : options_(options) {}

  enum class Event : std::uint8_t { none, started, second, ended };
  /// Feeds one sample; times must rise. Empty progress: not seen. `second`: one more full second is held.
  Event step(Seconds time, std::optional<double> progress);
  /// Returns the hold under way, or the last one.
  [[nodiscard]] const Hold& hold() const { return hold_; }
  /// True at the target, even while too short to be a hold.
  [[nodiscard]] bool at_target() const { return holding_; }
  /// True while a hold lasts, from the shortest duration on.
  [[nodiscard]] bool holding() const { return holding_ && started_; }
  [[nodiscard]] int full_seconds() const { return seconds_; }

 private:
  HoldOptions options_;
  bool holding_ = false;
  bool started_ = false;  ///< the shortest duration is reached, so it was announced
  int seconds_ = 0;
  Hold hold_;
};

}  // namespace reprise::engine
