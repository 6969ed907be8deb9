// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace reprise::cli {
namespace {

constexpr int kBarWidth = 24;
constexpr std::chrono::milliseconds kRedrawEvery{100};

}  // namespace

std::string duration_text(double seconds) {
  const int whole = static_cast<int>(std::lround(std::max(0.0, seconds)));
  if (whole < 60) return fmt::format("{} s", whole);
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

std::string progress_text(const std::string& label, int done, std::optional<int> total, double elapsed_s,
                          const std::string& unit) {
  const double speed = elapsed_s > 0 ? done / elapsed_s : 0;
  if (!total || *total <= 0) return fmt::format("{}  {} {}  {:.0f} {}/s", label, done, unit, speed, unit);
  const double share = std::clamp(static_cast<double>(done) / *total, 0.0, 1.0);
  const int filled = static_cast<int>(share * kBarWidth);
  const double left_s = speed > 0 ? std::max(0, *total - done) / speed : 0;
  return fmt::format("{} [{}{}] {:3.0f} %  {:.0f} {}/s  {} left", label,
                     std::string(static_cast<std::size_t>(filled), '#'),
                     std::string(static_cast<std::size_t>(kBarWidth - filled), '-'), 100 * share, speed, unit,
                     duration_text(left_s));
}

ProgressBar::ProgressBar(std::string label, std::optional<int> total, std::string unit)
    : label_(std::move(label)),
      total_(total),
      unit_(std::move(unit)),
      terminal_(isatty(STDERR_FILENO) == 1),
      began_(Clock::now()) {}

ProgressBar::~ProgressBar() {
  clear();
}

void ProgressBar::update(int done) {
  if (!terminal_) return;
  const auto now = Clock::now();
  if (drawn_ && now - last_drawn_ < kRedrawEvery) return;
  last_drawn_ = now;
  drawn_ = true;
  const double elapsed_s = std::chrono::duration<double>(now - began_).count();
  fmt::print(stderr, "\r\x1b[2K{}", progress_text(label_, done, total_, elapsed_s, unit_));
  std::fflush(stderr);
}

void ProgressBar::clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[2K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace reprise::cli
