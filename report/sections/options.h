// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reprise::report {

struct ReportOptions {
  std::string language = "en";
  /// Shown as given, e.g. "12 March 2025"; empty: no date. The program that calls knows the day.
  std::string date = {};
};

}  // namespace reprise::report
