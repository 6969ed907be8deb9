// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/timestamps.h"

namespace reprise::sensing {
namespace {

constexpr double kShortestStepS = 0.0005;  // two frames nearer than this are one instant written twice
constexpr double kLargestStepBackS = 1;
constexpr double kLongestGapS = 60;

}  // namespace

Seconds TimestampRepair::next(std::optional<Seconds> file_time) {
  if (!last_s_) {
    if (file_time) {
      origin_s_ = file_time->value();
    } else {
      ++repaired_;
    }
    last_s_ = 0;
    return Seconds{0};
  }
  double time_s = *last_s_ + usual_step_s_;
  if (!file_time) {
    ++repaired_;
  } else {
    // The first frames had no timestamps: the clock begins here.
    if (!origin_s_) origin_s_ = file_time->value() - time_s;
    const double by_file_s = file_time->value() - *origin_s_;
    const double step_s = by_file_s - *last_s_;
    if (step_s >= kShortestStepS && step_s <= kLongestGapS) {
      time_s = by_file_s;
    } else if (step_s < kShortestStepS && step_s > -kLargestStepBackS) {
      time_s = *last_s_ + usual_step_s_ / 2;
      ++repaired_;
    } else {
      origin_s_ = file_time->value() - time_s;
      ++repaired_;
    }
  }
  last_s_ = time_s;
  return Seconds{time_s};
}

}  // namespace reprise::sensing
