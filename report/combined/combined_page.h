// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "report/charts/comparison.h"
#include "report/combined/combined_report.h"
#include "report/sections/page.h"

namespace reprise::report {

/// What every section of the combined report is given.
struct Combined {
  Html& html;
  const Words& words;
  const std::vector<CombinedSession>& sessions;
  const CombinedOptions& options;
  std::vector<SessionFigures> figures;
  std::vector<bool> joined;  // with the session before
  bool by_day = false;

  [[nodiscard]] const session::SessionDocument& first() const { return sessions.front().document; }
  [[nodiscard]] const session::SessionDocument& last() const { return sessions.back().document; }
  [[nodiscard]] bool one_exercise() const {
    return std::all_of(sessions.begin(), sessions.end(), [&](const CombinedSession& s) {
      return s.document.exercise.facts.id == first().exercise.facts.id &&
             s.document.exercise.definition.primary.measure == first().exercise.definition.primary.measure &&
             s.document.exercise.definition.kind == first().exercise.definition.kind;
    });
  }
};

/// The section with the charts over the sessions.
void combined_trends(const Combined& c, const Page& page);

}  // namespace reprise::report
