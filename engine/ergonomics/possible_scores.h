// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace reprise::engine {

/// From the lowest to the highest of what a score can be.
struct ScoreRange {
  int least = 0;
  int most = 0;

  [[nodiscard]] bool holds(int score) const { return least <= score && score <= most; }
  friend bool operator==(const ScoreRange&, const ScoreRange&) = default;
};

/// The scores that a part of the body can have, as far as the camera and the answers tell: one where all is
/// known. Each from 0 to 31.
class PossibleScores {
 public:
  constexpr PossibleScores() = default;
  explicit constexpr PossibleScores(int score) { add(score); }

  constexpr void add(int score) { bits_ |= std::uint32_t{1} << static_cast<unsigned>(score); }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr bool holds(int score) const {
    return (bits_ >> static_cast<unsigned>(score) & 1U) != 0;
  }
  /// This and the next two: 0 where there is none.
  [[nodiscard]] constexpr int least() const {
    int score = 0;
    while (score < kMost && !holds(score)) ++score;
    return empty() ? 0 : score;
  }
  [[nodiscard]] constexpr int most() const {
    int score = kMost;
    while (score > 0 && !holds(score)) --score;
    return score;
  }
  [[nodiscard]] constexpr ScoreRange range() const { return {least(), most()}; }

  /// Calls `act(score)` with each, from the lowest on.
  template <class Act>
  constexpr void each(Act&& act) const {
    for (int score = 0; score <= kMost; ++score) {
      if (holds(score)) act(score);
    }
  }
  friend constexpr bool operator==(const PossibleScores&, const PossibleScores&) = default;

 private:
  static constexpr int kMost = 31;
  std::uint32_t bits_ = 0;
};

/// Every sum of one of each.
[[nodiscard]] constexpr PossibleScores operator+(const PossibleScores& a, const PossibleScores& b) {
  PossibleScores sums;
  a.each([&](int x) { b.each([&](int y) { sums.add(x + y); }); });
  return sums;
}
/// The scores of either.
[[nodiscard]] constexpr PossibleScores operator|(PossibleScores a, const PossibleScores& b) {
  b.each([&](int score) { a.add(score); });
  return a;
}

}  // namespace reprise::engine
