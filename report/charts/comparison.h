// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "report/html/words.h"
#include "session/document.h"

namespace reprise::report {

/// A figure with half the width within which it should lie.
struct Uncertain {
  double value = 0;
  double uncertainty = 0;
};

/// What one session adds to a trend.
struct SessionFigures {
  /// Mean of how far the complete repetitions went, rad or ratio. Its uncertainty is that of one repetition:
  /// what a camera gets wrong, it gets wrong in all of them alike.
  std::optional<Uncertain> reached;
  std::optional<double> quality;                ///< mean of the complete ones
  std::optional<Seconds> held;                  ///< mean, for holds
  std::optional<Uncertain> difference_percent;  ///< of the larger side; positive: left is larger
};

[[nodiscard]] SessionFigures figures_of(const session::SessionDocument& document);

/// The larger uncertainty of the two sides over the complete repetitions.
[[nodiscard]] double side_uncertainty(const session::SessionDocument& document, engine::Measure measure);

/// Something that sessions were not made alike in: which value which of them have, counted from 0.
struct Difference {
  std::string aspect;
  std::vector<std::pair<std::string, std::vector<std::size_t>>> values;
};

/// Everything that breaks the comparison of these sessions, in words; empty where they were made alike.
[[nodiscard]] std::vector<Difference> differences(const Words& words,
                                                  std::span<const session::SessionDocument* const> sessions);

/// Whether nothing of that kind lies between the two.
[[nodiscard]] bool comparable(const session::SessionDocument& a, const session::SessionDocument& b);

}  // namespace reprise::report
