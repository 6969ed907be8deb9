// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests and tests/revalidation alone: SIMULATED measures of SIMULATED people, no recording of anyone.

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "engine/change/change_detector.h"
#include "engine/signal/test_noise.h"

namespace reprise::engine::test {

/// How one measure of a simulated person goes. Every number is the simulation's assumption; docs/accuracy.md
/// says which have a source.
struct SimulatedMeasure {
  double mean = 0;            ///< of all people
  double between_people = 0;  ///< standard deviation of people's levels
  /// Standard deviation of a person's days: weekdays, and a first-order autoregressive rest.
  double day_to_day = 1;
  double spread_of_people = 0;  ///< of the logarithm of both deviations between people
  double within_day = 0;        ///< standard deviation of one value of a day
  int values_a_day = 1;
  double correlation = 0.3;  ///< of neighboring days
  double weekdays = 0;       ///< standard deviation of weekdays, in units of that of the rest
  double missing = 0.1;      ///< share of days without values
  double wild = 0.02;        ///< share of values that are 4 to 8 deviations off
  bool folded = false;       ///< the amount without its sign, as asymmetries are stored
};

struct SimulatedChange {
  double at = 1e9;     ///< day from which it holds
  double size = 0;     ///< of the step
  double per_day = 0;  ///< and of a drift
  double until = 1e9;  ///< day from which it is gone
};

class SimulatedPerson {
 public:
  SimulatedPerson(const SimulatedMeasure& measure, std::uint32_t seed) : measure_(measure), random_(seed) {
    level_ = measure.mean + measure.between_people * normal_(random_);
    const double factor = std::exp(measure.spread_of_people * normal_(random_));
    day_deviation_ = measure.day_to_day * factor / std::hypot(1, measure.weekdays);
    value_deviation_ = measure.within_day * factor;
    for (double& weekday : weekdays_) weekday = measure.weekdays * day_deviation_ * normal_(random_);
  }

  /// The values of `days` days in order, in the waking hours.
  [[nodiscard]] std::vector<DatedValue> course(int days, const SimulatedChange& change = {}) {
    std::vector<DatedValue> values;
    double state = normal_(random_);
    for (int day = 0; day < days; ++day) {
      const double kept = measure_.correlation;
      state = kept * state + std::sqrt(1 - kept * kept) * normal_(random_);
      if (even() < measure_.missing) continue;
      const double changed =
          day < change.at || day >= change.until ? 0 : change.size + change.per_day * (day - change.at);
      const double of_day = level_ + (level_ < 0 && measure_.folded ? -changed : changed) +
                            day_deviation_ * state + weekdays_[day % 7];
      for (int i = 0; i < measure_.values_a_day; ++i) {
        double value = of_day + value_deviation_ * normal_(random_);
        if (even() < measure_.wild) value += wildness();
        const double time = day + 0.3 + 0.6 * (i + even()) / measure_.values_a_day;
        values.push_back({time, measure_.folded ? std::abs(value) : value, {}});
      }
    }
    return values;
  }

 private:
  double even() { return static_cast<double>(random_()) * 0x1.0p-32; }
  double wildness() {
    const double sign = even() < 0.5 ? -1 : 1;
    return sign * (4 + 4 * even()) * std::hypot(day_deviation_, value_deviation_);
  }

  SimulatedMeasure measure_;
  std::mt19937 random_;
  NormalNoise normal_;
  double level_ = 0;
  double day_deviation_ = 0;
  double value_deviation_ = 0;
  double weekdays_[7] = {};
};

/// Asymmetry of step time in percent. Between tests of a short walk the standard error is 5.1 (people after
/// stroke, PMC7506931 table 3), split into a day's own 2 (unsourced) and the rest, which several walks a day
/// average out; weekdays, correlation, missing and wild values are unsourced.
[[nodiscard]] inline SimulatedMeasure simulated_asymmetry(int walks_a_day) {
  SimulatedMeasure measure;
  measure.mean = 8.8;
  measure.between_people = 9.2;
  measure.day_to_day = 2;
  measure.spread_of_people = 0.4;
  measure.within_day = std::sqrt(5.1 * 5.1 - 2.0 * 2.0);
  measure.values_a_day = walks_a_day;
  measure.weekdays = 0.5;
  measure.folded = true;
  return measure;
}

/// Heart rate, one value a day. Standard deviations between days that have a source (docs/sources.md): 2.0
/// and 6.7 a minute, the ends of what repeated submaximal tests showed, and 3.4 at rest (6 % of 56, with 3 %
/// between people, partly by the chance of ten days). The rest is unsourced.
[[nodiscard]] inline SimulatedMeasure simulated_heart_rate(double deviation) {
  SimulatedMeasure measure;
  measure.mean = 80;
  measure.between_people = 10;
  measure.day_to_day = deviation;
  measure.spread_of_people = 0.4;
  measure.weekdays = 0.5;
  return measure;
}

}  // namespace reprise::engine::test
