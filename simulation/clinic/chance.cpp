// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/chance.h"

#include <numeric>

#include "engine/synthesis/random.h"

namespace reprise::simulation {
namespace {

constexpr double kWords = 9007199254740992.0;  // 2^53: what a random number has in it

}  // namespace

Chance::Chance(std::uint64_t seed, std::initializer_list<std::uint64_t> path) : seed_(seed) {
  for (const std::uint64_t step : path)
    seed_ = static_cast<std::uint64_t>(engine::detail::CounterRandom{seed_}.uniform(step) * kWords);
}

double Chance::uniform() {
  return engine::detail::CounterRandom{seed_}.uniform(counter_++);
}

int Chance::whole(int least, int most) {
  return least + static_cast<int>(uniform() * (most - least + 1));
}

double Chance::normal(double mean, double deviation) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += uniform();
  return mean + deviation * sum;
}

std::size_t Chance::weighted(const std::vector<double>& weights) {
  double left = uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0) continue;
    last = i;
    if ((left -= weights[i]) < 0) return i;
  }
  return last;
}

std::string Chance::uuid() {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text = "00000000-0000-4000-8000-000000000000";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '0') text[i] = kDigits[whole(0, 15)];
    if (i == 19) text[i] = kDigits[whole(8, 11)];
  }
  return text;
}

}  // namespace reprise::simulation
