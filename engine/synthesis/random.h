// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace reprise::engine::detail {

/// Random numbers as a function of a seed and a counter, so that any of them can be had on its own and all
/// platforms agree bit for bit.
class CounterRandom {
 public:
  explicit CounterRandom(std::uint64_t seed) : seed_(seed) {}

  /// Even in [0, 1), with 53 random bits.
  [[nodiscard]] double uniform(std::uint64_t counter) const {
    return static_cast<double>(mix(mix(seed_) ^ counter) >> 11) * 0x1.0p-53;
  }

  /// Normal with mean 0 and deviation 1, to a good approximation: the sum of twelve even numbers, which needs
  /// no function that differs between libraries. It never exceeds 6.
  [[nodiscard]] double normal(std::uint64_t counter) const {
    double sum = -6;
    for (std::uint64_t i = 0; i < 12; ++i) sum += uniform(counter * 12 + i);
    return sum;
  }

 private:
  /// The finaliser of SplitMix64 (Steele, Lea & Flood 2014).
  static std::uint64_t mix(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }
  std::uint64_t seed_;
};

}  // namespace reprise::engine::detail
