// SPDX-License-Identifier: Apache-2.0
#include "care/billing/worked_time.h"

#include <algorithm>
#include <map>

#include "base/time.h"

namespace reprise::care::billing {
namespace {

std::int64_t union_of(std::vector<Interval> stretches) {
  std::sort(stretches.begin(), stretches.end(),
            [](const Interval& a, const Interval& b) { return a.start_ms < b.start_ms; });
  std::int64_t total = 0;
  std::int64_t counted_to = 0;
  bool any = false;
  for (const Interval& one : stretches) {
    const std::int64_t start = any ? std::max(one.start_ms, counted_to) : one.start_ms;
    if (one.end_ms > start) total += one.end_ms - start;
    counted_to = any ? std::max(counted_to, one.end_ms) : one.end_ms;
    any = true;
  }
  return total;
}

}  // namespace

int CountedTime::minutes() const {
  constexpr std::int64_t kMinute = in_ms(std::chrono::minutes{1});
  return static_cast<int>(total_ms / kMinute);
}

CountedTime count_time(std::span<const WorkedTime> times, std::span<const Interval> within, bool once) {
  CountedTime counted;
  std::map<std::string, std::vector<Interval>> by_person;
  for (const WorkedTime& time : times) {
    bool any = false;
    for (const Interval& limits : within) {
      const Interval part{std::max(time.start_ms, limits.start_ms), std::min(time.end_ms, limits.end_ms)};
      if (part.start_ms >= part.end_ms) continue;
      by_person[once ? std::string{} : time.who].push_back(part);
      any = true;
    }
    if (any) counted.evidence.push_back(time.evidence);
  }
  for (auto& [who, stretches] : by_person) counted.total_ms += union_of(std::move(stretches));
  std::sort(counted.evidence.begin(), counted.evidence.end());
  counted.evidence.erase(std::unique(counted.evidence.begin(), counted.evidence.end()),
                         counted.evidence.end());
  return counted;
}

}  // namespace reprise::care::billing
