// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace reprise::simulation {

/// From a beginning to where it stays, exponentially.
struct Recovery {
  double start = 0;
  double plateau = 0;
  double days = 1;  ///< after these, about two thirds of the way is done

  [[nodiscard]] double at(double day) const;
};

/// What simulated patients of one condition have in common. All numbers are unsourced defaults
/// (docs/guide/simulated-clinic.md).
struct Pathway {
  std::string_view id;
  std::string_view name;     ///< "Knee osteoarthritis"
  std::string_view icd10;    ///< of ICD-10-CM
  std::string_view display;  ///< of that code
  bool sided = true;         ///< of one side of the body
  int youngest = 18;
  int oldest = 80;
  double women = 0.5;                   ///< share
  Recovery pain;                        ///< before exercising, 0 to 10
  Recovery progress;                    ///< of the first exercise, from rest (0) to its target (1)
  std::vector<std::string_view> early;  ///< exercises of the first programme; the first is followed
  std::vector<std::string_view> late;   ///< of the second; begins with the same
  std::optional<double> ceiling;        ///< of the first exercise in the first programme, degrees
  std::string_view warning;             ///< the question about a warning sign that is likeliest answered yes
  std::string_view aim;                 ///< of the programme, in plain words
  bool unsteady = false;                ///< standing balance is at risk
};

[[nodiscard]] std::span<const Pathway> pathways();

/// Returns the goal agreed for the first exercise: a share of the way to its target.
[[nodiscard]] double goal_progress(const Pathway& pathway);

}  // namespace reprise::simulation
