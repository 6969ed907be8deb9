// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "translations/texts.h"

namespace reprise::report {

/// The report's texts, translations/LANGUAGE/report.json.
class Words : public translations::Texts {
 public:
  explicit Words(std::string_view tag) : Texts("report", tag) {}
};

}  // namespace reprise::report
