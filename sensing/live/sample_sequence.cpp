// SPDX-License-Identifier: Apache-2.0
#include "sensing/live/sample_sequence.h"

#include <algorithm>

namespace reprise::sensing {

SequenceStep SampleSequence::accept(std::uint64_t first, std::size_t count, std::uint64_t oldest) {
  SequenceStep step;
  if (!next_) next_ = oldest;
  if (oldest > *next_) {
    step.lost = oldest - *next_;
    lost_ += step.lost;
    next_ = oldest;
  }
  if (first > *next_) {
    ahead_ += count;
    return step;
  }
  step.skip = static_cast<std::size_t>(std::min<std::uint64_t>(*next_ - first, count));
  step.take = count - step.skip;
  repeated_ += step.skip;
  taken_ += step.take;
  *next_ += step.take;
  return step;
}

}  // namespace reprise::sensing
