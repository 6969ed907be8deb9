// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace reprise::sensing {

/// Which samples of a message are new and next: `take` of them after the first `skip`. Before them `lost`
/// samples are missing for ever, because the sensor no longer keeps them.
struct SequenceStep {
  std::uint64_t lost = 0;
  std::size_t skip = 0;
  std::size_t take = 0;
};

/// Puts the samples of one stream in order: takes each exactly once, whatever is repeated, overlaps or is
/// missing in between. Samples after a gap are not kept but left to be sent again from the gap on (as
/// go-back-N), so that memory stays constant and a sender that is too fast waits.
class SampleSequence {
 public:
  SampleSequence() = default;
  /// Goes on with a stream whose samples below `next` are there.
  explicit SampleSequence(std::uint64_t next) : next_(next) {}

  /// A message of `count` samples from `first` on; the sender keeps samples from `oldest` on.
  /// Precondition: `oldest` <= `first`.
  SequenceStep accept(std::uint64_t first, std::size_t count, std::uint64_t oldest);

  /// The number of the next sample; empty before the first message.
  [[nodiscard]] std::optional<std::uint64_t> next() const { return next_; }
  [[nodiscard]] std::uint64_t taken() const { return taken_; }
  [[nodiscard]] std::uint64_t repeated() const { return repeated_; }  ///< samples that came before, left out
  [[nodiscard]] std::uint64_t ahead() const { return ahead_; }        ///< after a gap, left to be sent again
  [[nodiscard]] std::uint64_t lost() const { return lost_; }

 private:
  std::optional<std::uint64_t> next_;
  std::uint64_t taken_ = 0, repeated_ = 0, ahead_ = 0, lost_ = 0;
};

}  // namespace reprise::sensing
