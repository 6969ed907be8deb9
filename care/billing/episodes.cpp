// SPDX-License-Identifier: Apache-2.0
#include "care/billing/episodes.h"

#include <algorithm>

namespace reprise::care::billing {

bool covers(const Episode& episode, Day day) {
  return episode.from <= day && (!episode.to || day <= *episode.to);
}

std::vector<Monitoring> monitored(std::vector<Episode> episodes) {
  std::stable_sort(episodes.begin(), episodes.end(),
                   [](const Episode& a, const Episode& b) { return a.from < b.from; });
  std::vector<Monitoring> all;
  for (Episode& episode : episodes) {
    if (all.empty() || (all.back().to && episode.from > *all.back().to)) {
      all.push_back({episode.from, episode.to, {}});
    } else {
      auto& to = all.back().to;
      to = to && episode.to ? std::optional{std::max(*to, *episode.to)} : std::nullopt;
    }
    all.back().episodes.push_back(std::move(episode));
  }
  return all;
}

std::vector<Window> windows_of(std::span<const Monitoring> all, int length, Day today) {
  std::vector<Window> windows;
  for (const Monitoring& one : all) {
    Day from = one.from;
    if (!windows.empty()) from = std::max(from, windows.back().to + days{1});
    const Day last = one.to ? std::min(*one.to, today) : today;
    for (; from <= last; from += days{length}) windows.push_back({from, from + days{length - 1}});
  }
  return windows;
}

}  // namespace reprise::care::billing
