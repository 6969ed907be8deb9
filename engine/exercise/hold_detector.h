#pragma once

#include <cstdint>
#include <optional>

#include "base/units.h"

namespace reprise {

struct HoldOptions {
  double leave = 0.6;        ///< progress: below this the hold is over; it begins at 1
  Seconds shortest{1.0};     ///< shorter is a touch, not a hold. Unsourced default
  Seconds longest_gap{0.5};  ///< unseen or below for no longer than this, it goes on
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
  /// Feeds one sample; times rise; an empty progress is a moment not seen. `second`: one more full second is
  /// held.
  Event step(Seconds time, std::optional<double> progress);
  /// The hold under way, or the last one ended.
  [[nodiscard]] const Hold& hold() const { return hold_; }
  /// At the target, and not over: what is under way may still become a hold.
  [[nodiscard]] bool at_target() const { return holding_; }
  /// Long enough to be one, and not over.
  [[nodiscard]] bool holding() const { return holding_ && started_; }
  [[nodiscard]] int full_seconds() const { return seconds_; }

 private:
  HoldOptions options_;
  bool holding_ = false;
  bool started_ = false;  ///< the shortest duration is reached, so it was announced
  int seconds_ = 0;
  Hold hold_;
};

}  // namespace reprise
