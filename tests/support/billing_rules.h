// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "care/billing/rules.h"

// What the tests of this module share: the rules that are shipped.
namespace reprise::care::billing {

inline std::string file_of(const std::string& name) {
  std::ifstream in(std::string{REPRISE_SOURCE_DIR} + "/" + name);
  return (std::ostringstream{} << in.rdbuf()).str();
}

inline const std::vector<std::string>& shipped_files() {
  static const std::vector<std::string> kFiles = {file_of("catalog/billing/us_rtm_2025.json"),
                                                  file_of("catalog/billing/us_rtm_2026.json")};
  return kFiles;
}

inline const std::vector<RuleSet>& shipped_rules() {
  static const std::vector<RuleSet> kRules = read_rule_sets(shipped_files()).value();
  return kRules;
}

/// Those of 2026 for every day, so that a test may choose any year.
inline const std::vector<RuleSet>& rules_of_any_year() {
  static const std::vector<RuleSet> kRules = [] {
    std::vector<RuleSet> rules = {shipped_rules().back()};
    rules[0].from = *day_in("1900-01-01");
    rules[0].to = *day_in("2199-12-31");
    return rules;
  }();
  return kRules;
}

}  // namespace reprise::care::billing
