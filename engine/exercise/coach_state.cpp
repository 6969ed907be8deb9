// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/coach.h"

namespace reprise::engine {

CoachState Coach::now() const {
  CoachState now;
  now.progress = progress_;
  if (progress_) now.value = value_at(*progress_);
  now.at_ceiling = at_ceiling_ && progress_;
  if (said_unseen_) {
    now.unseen = definition_.primary.measure;
    now.unseen_part = unseen_part_;
  }
  now.view = view();
  now.raised_hand = hand_.now();

  bool under_way = false;
  if (definition_.kind == Kind::hold) {
    under_way = hold_.at_target() && !(hold_.holding() && judged_ == Judged::refused);
    if (under_way) {
      now.part = MovementPart::extreme;
      now.held = now.repetition = hold_.hold().duration();
    }
  } else if (detector_.under_way() && last_time_) {
    under_way = true;
    const Excursion excursion = detector_.excursion();
    now.part = detector_.part();
    now.repetition = *last_time_ - excursion.start;
    if (now.part == MovementPart::extreme) now.held = excursion.at_extreme;
  }
  now.side = options_.side ? options_.side : under_way ? named(worked()) : std::nullopt;
  now.leans_to = leans_to_;
  return now;
}

}  // namespace reprise::engine
