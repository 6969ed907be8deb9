// SPDX-License-Identifier: Apache-2.0
#include "base/nearest_names.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace reprise {
namespace {

constexpr std::size_t kLongest = 64;

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kLongest)) {
    out += c == ' ' || c == '-' ? '_' : lower_case(c);
  }
  return out;
}

// Insertions, deletions, substitutions and swaps of neighbors that turn one into the other.
std::size_t slips(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = std::exchange(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view wanted, std::span<const std::string> known,
                                       std::size_t most) {
  const std::string want = folded(wanted);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& name : known) {
    const std::string have = folded(name);
    const std::size_t distance = slips(want, have);
    // A third of the letters may be wrong: more, and everything is near everything.
    const std::size_t allowed = std::max<std::size_t>(1, std::max(want.size(), have.size()) / 3);
    const bool inside =
        want.size() >= 3 && (have.find(want) != std::string::npos || want.find(have) != std::string::npos);
    if (distance <= allowed || inside) found.emplace_back(distance, name);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(most, found.size()); ++i) names.push_back(found[i].second);
  return names;
}

std::string any_of(std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

std::string did_you_mean(std::string_view wanted, std::span<const std::string> known) {
  const auto near = nearest_names(wanted, known);
  return near.empty() ? std::string{} : "Did you mean " + any_of(near) + "?";
}

}  // namespace reprise
