// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace reprise::cli {

/// A progress bar on standard error: done, frames (or what `unit` says) a second, time left. Draws nothing
/// where standard error is no terminal, so that logs and pipes stay clean.
class ProgressBar {
 public:
  /// `total` is empty where it is not known beforehand.
  ProgressBar(std::string label, std::optional<int> total, std::string unit = "frames");
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();

  void update(int done);
  /// Clears the bar, so that the next output starts on a clean line.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  std::optional<int> total_;
  std::string unit_;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point began_;
  Clock::time_point last_drawn_;
};

/// "12 s", "3 min 05 s".
[[nodiscard]] std::string duration_text(double seconds);

/// The bar's text, without cursor movement: "squat.mp4 [#####-----]  50 %  61 frames/s  2 s left".
[[nodiscard]] std::string progress_text(const std::string& label, int done, std::optional<int> total,
                                        double elapsed_s, const std::string& unit = "frames");

}  // namespace reprise::cli
