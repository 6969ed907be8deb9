// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests alone.

#include <random>

namespace reprise::engine::test {

/// Normal deviates that are the same with every standard library, which std::normal_distribution's are not: a
/// sum of twelve even numbers. None lies farther off than six deviations.
class NormalNoise {
 public:
  explicit NormalNoise(double mean = 0, double deviation = 1) : mean_(mean), deviation_(deviation) {}

  double operator()(std::mt19937& generator) const {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(generator()) * 0x1.0p-32;
    return mean_ + deviation_ * sum;
  }

 private:
  double mean_;
  double deviation_;
};

}  // namespace reprise::engine::test
