// SPDX-License-Identifier: Apache-2.0
#include "care/safety/endurance_limits.h"

#include <algorithm>
#include <array>

namespace reprise::care {
namespace {

// In the order of EnduranceSign.
constexpr std::array<std::string_view, 5> kSignNames = {"heart-rate", "oxygen-saturation", "systolic",
                                                        "diastolic", "breathlessness"};

enum class Bound : std::uint8_t { most, least };

bool is_passed(const std::optional<double>& limit, const std::optional<double>& value, Bound bound) {
  if (!limit || !value) return false;
  return bound == Bound::most ? *value > *limit : *value < *limit;
}

}  // namespace

std::string_view name_of(EnduranceSign sign) {
  return kSignNames[static_cast<std::size_t>(sign)];
}

std::optional<EnduranceSign> endurance_sign_from_name(std::string_view name) {
  const auto* found = std::find(kSignNames.begin(), kSignNames.end(), name);
  if (found == kSignNames.end()) return std::nullopt;
  return static_cast<EnduranceSign>(found - kSignNames.begin());
}

EnduranceStart judge_start(const EnduranceLimits& limits, const EnduranceSigns& at_rest) {
  EnduranceStart start;
  const auto judge = [&](EnduranceSign sign, const std::optional<double>& limit,
                         const std::optional<double>& value, Bound bound) {
    if (limit && !value) start.missing.push_back(sign);
    if (is_passed(limit, value, bound)) start.passed.push_back(sign);
  };
  judge(EnduranceSign::heart_rate, limits.start_heart_rate, at_rest.heart_rate, Bound::most);
  judge(EnduranceSign::oxygen_saturation, limits.start_oxygen, at_rest.oxygen, Bound::least);
  judge(EnduranceSign::systolic, limits.start_systolic, at_rest.systolic, Bound::most);
  judge(EnduranceSign::diastolic, limits.start_diastolic, at_rest.diastolic, Bound::most);
  // Who is past a limit for stopping must not start either.
  for (const EnduranceSign sign : passed_limits(limits, at_rest)) {
    if (std::find(start.passed.begin(), start.passed.end(), sign) == start.passed.end())
      start.passed.push_back(sign);
  }
  return start;
}

std::vector<EnduranceSign> passed_limits(const EnduranceLimits& limits, const EnduranceSigns& now) {
  std::vector<EnduranceSign> passed;
  if (is_passed(limits.stop_heart_rate, now.heart_rate, Bound::most))
    passed.push_back(EnduranceSign::heart_rate);
  if (is_passed(limits.stop_oxygen, now.oxygen, Bound::least))
    passed.push_back(EnduranceSign::oxygen_saturation);
  if (limits.stop_breathlessness && now.breathlessness && *now.breathlessness >= *limits.stop_breathlessness)
    passed.push_back(EnduranceSign::breathlessness);
  return passed;
}

}  // namespace reprise::care
