// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/html/html.h"
#include "report/html/words.h"
#include "report/sections/options.h"
#include "session/assessments/work_load.h"

namespace reprise::report {

/// What every section of the report of load at work is given.
struct WorkLoadPage {
  Html& html;
  const Words& words;
  const session::WorkLoadDocument& document;
  const ReportOptions& options;
};

// The sections, in the report's order.
void work_masthead(const WorkLoadPage& page);
void work_summary(const WorkLoadPage& page);
void work_warnings(const WorkLoadPage& page);
void work_over_time(const WorkLoadPage& page);
void work_shares(const WorkLoadPage& page);
void work_worst_moments(const WorkLoadPage& page);
void work_questions(const WorkLoadPage& page);
void work_trust(const WorkLoadPage& page);
void work_provenance(const WorkLoadPage& page);

/// "RULA: arms, neck, trunk and legs".
[[nodiscard]] std::string method_words(const WorkLoadPage& page);
/// "6" or "6 to 7".
[[nodiscard]] std::string score_words(const WorkLoadPage& page, const engine::ScoreRange& range);

}  // namespace reprise::report
