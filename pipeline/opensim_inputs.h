// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sensing/opensim/model_file.h"
#include "sensing/opensim/tool_setup.h"

namespace reprise::pipeline {

// What inverse kinematics and dynamics of OpenSim's models have in common.

/// Reads a model that moves. Errors: those of `read_osim`, unsupported (it has no coordinate).
[[nodiscard]] Result<sensing::OpenSimModel> read_moving_model(const std::filesystem::path& path,
                                                              const char* stage);

/// "a, b, c".
[[nodiscard]] std::string joined(const std::vector<std::string>& names);

/// Whether a time lies in a range. Times in files are rounded: a thousandth of a step is let pass.
[[nodiscard]] bool is_within(double time_s, const sensing::TimeRange& range, double step_s);

/// The mean step between times; 0 if there are fewer than two.
[[nodiscard]] double mean_step(double first_s, double last_s, std::size_t count);

/// Rows or frames for a message: "3 of 73 frames (0.55 to 0.6 s)".
class FrameSpan {
 public:
  void add(double time_s);
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::string text(std::size_t of) const;

 private:
  std::size_t count_ = 0;
  double first_s_ = 0, last_s_ = 0;
};

using NamedSpan = std::pair<std::string, FrameSpan>;

/// "a, b in 3 of 73 frames (0.55 to 0.6 s); c in ...": those with the same span together, the longest first,
/// at most eight spans.
[[nodiscard]] std::string spans_text(const std::vector<NamedSpan>& spans, std::size_t of);

}  // namespace reprise::pipeline
