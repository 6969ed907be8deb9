// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "json/node.h"

// The parts of check_meaning (exercise_checks.h), a file each.
namespace reprise::exercises::checks {

using json::Node;
using json::ProblemList;

void check_numbers(const Node& exercise, ProblemList& report);  ///< range, tempo, gates, form, dosage
void check_safety(const Node& exercise, ProblemList& report);   ///< sides, falls, precautions
void check_movement(const Node& exercise, ProblemList& report);
void check_words(const Node& exercise, ProblemList& report);  ///< languages, cues, review, evidence

/// Says so where `name` is no measure, and suggests near ones.
void check_measure_name(const Node& name, ProblemList& report);
/// Says so where min or max lie outside [least, most] or are upside down. `unit`: "degrees" or "".
void check_limits(const Node& group, double least, double most, const std::string& unit, ProblemList& report);

}  // namespace reprise::exercises::checks
