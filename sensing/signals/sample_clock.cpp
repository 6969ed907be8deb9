// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/sample_clock.h"

#include <algorithm>
#include <cmath>

#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

constexpr std::size_t kPersistentRows = 5;

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::vector<double> steps_of(const std::vector<double>& times, std::size_t from, std::size_t to) {
  std::vector<double> steps;
  steps.reserve(to - from);
  for (std::size_t i = from + 1; i < to; ++i) {
    const double step = times[i] - times[i - 1];
    if (step > 0) steps.push_back(step);
  }
  return steps;
}

/// Spreads runs of equal times evenly up to the next time, where three rows in ten repeat their time.
void spread_coarse(std::vector<double>& times, std::vector<SignalFinding>& findings) {
  std::size_t repeated = 0;
  for (std::size_t i = 1; i < times.size(); ++i) repeated += times[i] == times[i - 1] ? 1 : 0;
  if (10 * repeated < 3 * times.size()) return;
  const auto steps = steps_of(times, 0, times.size());
  if (steps.empty()) return;
  const double tick = median_of(steps);
  for (std::size_t i = 0; i < times.size();) {
    std::size_t end = i + 1;
    while (end < times.size() && times[end] == times[i]) ++end;
    const double next = end < times.size() && times[end] > times[i] ? times[end] : times[i] + tick;
    const double width = std::min(next - times[i], tick) / static_cast<double>(end - i);
    const double first = times[i];
    for (std::size_t k = i; k < end; ++k) times[k] = first + width * static_cast<double>(k - i);
    i = end;
  }
  findings.push_back({"coarse_times",
                      "Several samples share each time (one every " + brief_number(tick) +
                          " s); they were spread evenly between the times.",
                      "Export times with more digits."});
}

/// Straight line of times over sample numbers, with an offset of its own for each stretch between gaps.
struct RateFit {
  double xx = 0, xy = 0;  // of all stretches, about their means
  double longest = 0;     // samples of the longest stretch
  double square_deviations = 0;
  double samples = 0;

  [[nodiscard]] double step() const { return xy / xx; }
};

/// Numbers the samples by following the clock with a gain of 0.2 (unsourced), so that jitter of less than
/// half a step neither adds nor drops one, and single missing samples are counted.
RateFit fit_rate(const SampleClock& clock, double step_s) {
  RateFit fit;
  double n = 0, x = 0, y = 0, xx = 0, xy = 0, number = 0, expected = 0, begin = 0;
  const auto close_stretch = [&] {
    if (n < 2) return;
    fit.xx += xx - x * x / n;
    fit.xy += xy - x * y / n;
    fit.longest = std::max(fit.longest, number);
  };
  for (std::size_t i = 0; i < clock.times_s.size(); ++i) {
    const double t = clock.times_s[i];
    const double steps = i > 0 ? std::max(1.0, std::round((t - expected) / step_s)) : 0;
    if (i == 0 || steps > 10) {
      close_stretch();
      n = x = y = xx = xy = number = 0;
      expected = begin = t;
    } else {
      number += steps;
      const double ahead = t - (expected + steps * step_s);
      expected += steps * step_s + 0.2 * ahead;
      fit.square_deviations += ahead * ahead;
      ++fit.samples;
    }
    const double since = t - begin;
    ++n, x += number, y += since, xx += number * number, xy += number * since;
  }
  close_stretch();
  return fit;
}

}  // namespace

std::string brief_number(double value) {
  std::string text;
  append_fixed(text, value, 3);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

SampleClock clean_clock(std::vector<double> times, std::vector<SignalFinding>& findings) {
  SampleClock clock;
  const std::size_t all = times.size();
  std::vector<std::size_t> rows;
  rows.reserve(all);
  for (std::size_t i = 0; i < all; ++i) {
    if (std::isfinite(times[i])) times[rows.size()] = times[i], rows.push_back(i);
  }
  times.resize(rows.size());
  if (times.size() < all) {
    findings.push_back(
        {"times_missing", std::to_string(all - times.size()) + " rows have no time and were left out.", ""});
  }
  spread_coarse(times, findings);
  const auto steps = steps_of(times, 0, times.size());
  const double usual = steps.empty() ? 0 : median_of(steps);
  double offset = 0, largest_back = 0, first_back = 0;
  std::size_t doubled = 0, disordered = 0, backs = 0;
  clock.times_s.reserve(times.size());
  clock.rows.reserve(times.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    double t = times[i] + offset;
    if (!clock.times_s.empty() && t <= clock.times_s.back()) {
      const double last = clock.times_s.back();
      const std::size_t ahead = std::min(times.size(), i + 1 + kPersistentRows);
      const bool persistent = t < last && i + 1 < times.size() &&
                              std::all_of(times.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                          times.begin() + static_cast<std::ptrdiff_t>(ahead),
                                          [&](double next) { return next + offset < last; });
      if (!persistent) {
        (t == last ? doubled : disordered) += 1;
        continue;
      }
      if (backs++ == 0) first_back = last;
      largest_back = std::max(largest_back, last - t);
      offset += last + usual - t;
      t = last + usual;
    }
    clock.times_s.push_back(t);
    clock.rows.push_back(rows[i]);
  }
  if (doubled > 0) {
    findings.push_back({"doubled_times",
                        std::to_string(doubled) + " rows repeat the time before; the first one counts.", ""});
  }
  if (disordered > 0) {
    findings.push_back({"times_out_of_order",
                        std::to_string(disordered) + " rows lie before the row above and were left out.",
                        ""});
  }
  if (backs > 0) {
    findings.push_back({"clock_set_back",
                        "The clock went back " + std::to_string(backs) + " times, by " +
                            brief_number(largest_back) + " s at most, first at " + brief_number(first_back) +
                            " s; the samples after it follow without a gap.",
                        "Check that the device's clock was not changed during the recording."});
  }
  return clock;
}

double median_step(const SampleClock& clock) {
  return median_of(steps_of(clock.times_s, 0, clock.times_s.size()));
}

double rate_of(const SampleClock& clock, double usual_step) {
  RateFit fit = fit_rate(clock, usual_step);
  if (fit.xx > 0 && fit.step() > 0.5 * usual_step) fit = fit_rate(clock, fit.step());
  const double step = fit.xx > 0 && fit.step() > 0.5 * usual_step ? fit.step() : usual_step;
  const double rate = 1 / step;
  // Whole rates, and whole numbers of seconds between samples.
  const double round_rate = rate >= 1 ? std::round(rate) : 1 / std::round(step);
  const double shift_samples = std::abs(rate / round_rate - 1) * fit.longest;
  const double jitter = std::sqrt(fit.square_deviations / std::max(1.0, fit.samples)) / step;
  const bool jitters = jitter > kOnGridSamples / 2 && std::abs(rate / round_rate - 1) < 0.01;
  return shift_samples < kOnGridSamples || jitters ? round_rate : rate;
}

}  // namespace reprise::sensing
