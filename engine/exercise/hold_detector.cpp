// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/hold_detector.h"

namespace reprise::engine {

HoldDetector::Event HoldDetector::step(Seconds time, std::optional<double> progress) {
  if (!holding_) {
    if (progress && *progress >= 1.0) {
      holding_ = true;
      started_ = false;
      seconds_ = 0;
      hold_ = {time, time};
    }
    return Event::none;
  }
  const bool unseen = time - hold_.end > options_.longest_gap;
  if (progress && *progress >= options_.leave && !unseen) {
    hold_.end = time;
    if (!started_) {
      started_ = hold_.duration() >= options_.shortest;
      if (started_) seconds_ = static_cast<int>(hold_.duration().value());
      return started_ ? Event::started : Event::none;
    }
    if (hold_.duration().value() < seconds_ + 1) return Event::none;
    seconds_ = static_cast<int>(hold_.duration().value());
    return Event::second;
  }
  if (!unseen) return Event::none;
  holding_ = false;
  return started_ ? Event::ended : Event::none;
}

}  // namespace reprise::engine
