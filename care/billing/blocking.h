// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "care/billing/billing_summary.h"

namespace reprise::care::billing {

/// Marks claimed lines, and blocks each line that a rule excludes, with all reasons.
void block_lines(std::vector<Line>& lines, const Facts& facts, std::span<const RuleSet> rules,
                 const Viewpoint& view);

}  // namespace reprise::care::billing
