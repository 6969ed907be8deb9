// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace reprise::simulation {

/// Random numbers of one purpose: the same from the same seed and path, whatever else is drawn.
class Chance {
 public:
  /// `path`: what it is for, such as the patient's number and the day.
  Chance(std::uint64_t seed, std::initializer_list<std::uint64_t> path);

  /// Even in [0, 1).
  [[nodiscard]] double uniform();
  [[nodiscard]] double between(double least, double most) { return least + (most - least) * uniform(); }
  /// Whole, even, both ends included.
  [[nodiscard]] int whole(int least, int most);
  /// About normal (engine/synthesis/random.h).
  [[nodiscard]] double normal(double mean, double deviation);
  [[nodiscard]] bool happens(double probability) { return uniform() < probability; }
  /// An index, by weights that are not all 0.
  [[nodiscard]] std::size_t weighted(const std::vector<double>& weights);
  /// Of version 4, in lower case.
  [[nodiscard]] std::string uuid();

 private:
  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
};

}  // namespace reprise::simulation
