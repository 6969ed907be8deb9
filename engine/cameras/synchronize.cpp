// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/synchronize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr const char* kStage = "synchronizing the cameras";
constexpr double kStepS = 0.02;      // of the grid on which lags are tried
constexpr Seconds kSpeedOver{0.06};  // half of the time over which a speed is taken
constexpr double kSeen = 0.4;        // visibility. Unsourced default
/// From the side a network takes one leg for the other: the higher and the lower of two sides are always the
/// same.
constexpr std::array kPairs = {L::left_shoulder, L::left_elbow, L::left_wrist, L::left_knee, L::left_ankle};
constexpr std::size_t kChannels = 2 * kPairs.size() + 2;  // and the nose, and the hips themselves
constexpr std::size_t kMostRows = 3000;  // compared at a lag; of longer recordings every second, third, …
constexpr float kMostSpeed = 6;          // trunk lengths a second; more is a landmark that jumped

/// Speeds upwards on a regular grid, in trunk lengths a second; NaN where a landmark was not seen.
struct Speeds {
  double from_s = 0;
  std::vector<std::array<float, kChannels>> at;
};

double middle_y(const PerLandmark<ImagePoint>& p, L a, L b) {
  return 0.5 * (p[a].y_px + p[b].y_px);
}

double trunk_px(const Pose& pose) {
  const auto& p = *pose.image;
  const double x = 0.5 * (p[L::left_shoulder].x_px + p[L::right_shoulder].x_px - p[L::left_hip].x_px -
                          p[L::right_hip].x_px);
  return std::hypot(
      x, middle_y(p, L::left_shoulder, L::right_shoulder) - middle_y(p, L::left_hip, L::right_hip));
}

/// Height above the mid-hips; of the last channel that of the mid-hips themselves.
std::optional<double> height_px(const Pose& pose, std::size_t channel) {
  const auto& p = *pose.image;
  const double hips = middle_y(p, L::left_hip, L::right_hip);
  if (channel + 1 == kChannels) return -hips;
  if (channel + 2 == kChannels)
    return pose.visibility[L::nose] >= kSeen ? std::optional{hips - p[L::nose].y_px} : std::nullopt;
  const L left = kPairs[channel / 2];
  const L right = mirrored(left);
  if (!(std::min(pose.visibility[left], pose.visibility[right]) >= kSeen)) return std::nullopt;
  const bool higher = channel % 2 == 0;
  return hips - (higher ? std::min(p[left].y_px, p[right].y_px) : std::max(p[left].y_px, p[right].y_px));
}

std::optional<double> height_at(std::span<const PoseFrame> frames, Seconds time, std::size_t channel) {
  const auto at = frames_around(frames, time);
  if (!at) return std::nullopt;
  const auto a = height_px(*frames[at->before].pose, channel);
  if (!(at->share > 0)) return a;
  const auto b = height_px(*frames[at->before + 1].pose, channel);
  if (!a || !b) return std::nullopt;
  return *a * (1 - at->share) + *b * at->share;
}

/// Mean trunk length of the second around each frame: a person who walks towards the camera grows.
std::vector<double> trunk_lengths(std::span<const PoseFrame> frames) {
  constexpr Seconds kHalf{0.5};
  std::vector<double> out(frames.size(), 0);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    std::vector<double> near;
    for (std::size_t k = i; k < frames.size() && frames[k].time - frames[i].time <= kHalf; ++k)
      if (frames[k].pose) near.push_back(trunk_px(*frames[k].pose));
    for (std::size_t k = i; k-- > 0 && frames[i].time - frames[k].time <= kHalf;)
      if (frames[k].pose) near.push_back(trunk_px(*frames[k].pose));
    if (!near.empty()) out[i] = median(near);
  }
  return out;
}

Speeds speeds_of(std::span<const PoseFrame> frames) {
  Speeds out;
  if (frames.empty()) return out;
  const std::vector<double> trunks = trunk_lengths(frames);
  out.from_s = std::ceil(frames.front().time.value() / kStepS) * kStepS;
  const double to_s = frames.back().time.value();
  std::size_t near = 0;
  for (std::size_t i = 0; out.from_s + static_cast<double>(i) * kStepS <= to_s; ++i) {
    const Seconds t{out.from_s + static_cast<double>(i) * kStepS};
    while (near + 1 < frames.size() && frames[near + 1].time <= t) ++near;
    auto& row = out.at.emplace_back();
    for (std::size_t c = 0; c < kChannels; ++c) {
      const auto before = height_at(frames, t - kSpeedOver, c);
      const auto after = height_at(frames, t + kSpeedOver, c);
      row[c] = std::nanf("");
      if (!before || !after || !(trunks[near] > 1)) continue;
      const auto speed = static_cast<float>((*after - *before) / (2 * kSpeedOver.value()) / trunks[near]);
      row[c] = std::clamp(speed, -kMostSpeed, kMostSpeed);
    }
  }
  return out;
}

double mean_speed(const Speeds& speeds) {
  double squares = 0;
  double count = 0;
  for (const auto& row : speeds.at) {
    for (const float v : row) {
      if (std::isnan(v)) continue;
      squares += static_cast<double>(v) * v;
      ++count;
    }
  }
  return count > 0 ? std::sqrt(squares / count) : 0;
}

/// nullopt: not enough in common.
std::optional<double> correlation_at(const Speeds& a, const Speeds& b, std::ptrdiff_t shift,
                                     std::size_t least) {
  double ab = 0;
  double aa = 0;
  double bb = 0;
  std::size_t common = 0;
  const std::size_t stride = 1 + a.at.size() / kMostRows;
  for (std::size_t i = 0; i < a.at.size(); i += stride) {
    const std::ptrdiff_t k = static_cast<std::ptrdiff_t>(i) + shift;
    if (k < 0 || k >= static_cast<std::ptrdiff_t>(b.at.size())) continue;
    bool any = false;
    for (std::size_t c = 0; c < kChannels; ++c) {
      const double x = static_cast<double>(a.at[i][c]);
      const double y = static_cast<double>(b.at[static_cast<std::size_t>(k)][c]);
      if (std::isnan(x) || std::isnan(y)) continue;
      any = true;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    common += any ? stride : 0;
  }
  if (common < least || !(aa > 0) || !(bb > 0)) return std::nullopt;
  return ab / std::sqrt(aa * bb);
}

/// Between the grid's steps, by the parabola through a maximum and its neighbors.
double vertex(double before, double at, double after) {
  const double bend = before - 2 * at + after;
  return bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
}

tl::unexpected<Error> no_one_moves(const char* which) {
  return fail(ErrorCode::nothing_measured, kStage,
              std::string{"no one moves enough in the "} + which +
                  " recording to tell which of its moments belong together with the other's",
              "raise both arms and lower them quickly at the beginning, in view of all cameras");
}

std::vector<Lag> maxima(const std::vector<std::optional<double>>& at, const Speeds& a, const Speeds& b,
                        std::ptrdiff_t first) {
  std::vector<Lag> found;
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (!at[i]) continue;
    const double before = i > 0 && at[i - 1] ? *at[i - 1] : -1;
    const double after = i + 1 < at.size() && at[i + 1] ? *at[i + 1] : -1;
    if (*at[i] < before || *at[i] < after) continue;
    const double steps = static_cast<double>(first + static_cast<std::ptrdiff_t>(i)) +
                         (before > -1 && after > -1 ? vertex(before, *at[i], after) : 0);
    found.push_back({Seconds{b.from_s - a.from_s + steps * kStepS}, *at[i]});
  }
  std::sort(found.begin(), found.end(),
            [](const Lag& x, const Lag& y) { return x.correlation > y.correlation; });
  return found;
}

}  // namespace

std::optional<BetweenFrames> frames_around(std::span<const PoseFrame> frames, Seconds time,
                                           Seconds longest_gap) {
  const auto after = std::upper_bound(frames.begin(), frames.end(), time,
                                      [](Seconds t, const PoseFrame& frame) { return t < frame.time; });
  if (after == frames.begin()) return std::nullopt;
  const auto before = after - 1;
  const auto index = static_cast<std::size_t>(before - frames.begin());
  if (!before->pose) return std::nullopt;
  if (time == before->time) return BetweenFrames{index, 0};
  if (after == frames.end() || !after->pose || after->time - before->time > longest_gap) return std::nullopt;
  return BetweenFrames{index, (time - before->time) / (after->time - before->time)};
}

Result<std::vector<Lag>> matching_lags(std::span<const PoseFrame> first, std::span<const PoseFrame> second,
                                       const SynchronizeOptions& options) {
  constexpr std::size_t kMostMaxima = 20;
  constexpr double kLeastShare = 0.6;  // of the highest. Unsourced default
  for (const auto frames : {first, second}) {
    if (!frames.empty() && frames.back().time - frames.front().time > kLongestToSynchronize) {
      return fail(ErrorCode::unsupported, kStage, "a recording is longer than two hours",
                  "cut both to the movement, or give the lag by --lags");
    }
  }
  const Speeds a = speeds_of(first);
  const Speeds b = speeds_of(second);
  if (mean_speed(a) < options.least_speed) return no_one_moves("first");
  if (mean_speed(b) < options.least_speed) return no_one_moves("other");
  const auto least = static_cast<std::size_t>(options.least_overlap.value() / kStepS);
  const auto from = -static_cast<std::ptrdiff_t>(a.at.size());
  std::vector<std::optional<double>> at;
  for (std::ptrdiff_t shift = from; shift <= static_cast<std::ptrdiff_t>(b.at.size()); ++shift)
    at.push_back(correlation_at(a, b, shift, least));
  std::vector<Lag> found = maxima(at, a, b, from);
  if (found.empty()) {
    return fail(ErrorCode::nothing_measured, kStage,
                "the recordings have less than " +
                    std::to_string(options.least_overlap.value()).substr(0, 3) +
                    " s in common in which both show the person",
                "start all cameras before the movement and stop them after it");
  }
  if (found.front().correlation < options.least_correlation) {
    return fail(ErrorCode::nothing_measured, kStage,
                "the movements of the recordings do not agree at any lag (correlation " +
                    std::to_string(found.front().correlation).substr(0, 4) + ", at least " +
                    std::to_string(options.least_correlation).substr(0, 4) + ")",
                "check that all videos show the same movement of the same person; raise both arms and lower "
                "them quickly at the beginning");
  }
  const double worst = kLeastShare * found.front().correlation;
  std::erase_if(found, [&](const Lag& lag) { return lag.correlation < worst; });
  if (found.size() > kMostMaxima) found.resize(kMostMaxima);
  return found;
}

Seconds least_disagreement(const std::function<double(Seconds)>& disagreement, Seconds around,
                           Seconds reach) {
  constexpr int kSteps = 8;  // on either side
  constexpr double kGolden = 0.6180339887498949;
  const double step = reach.value() / kSteps;
  double best = around.value();
  double least = disagreement(around);
  for (int i = -kSteps; i <= kSteps; ++i) {
    const double at = around.value() + i * step;
    const double value = disagreement(Seconds{at});
    if (value < least) {
      least = value;
      best = at;
    }
  }
  double low = best - step;
  double high = best + step;
  double left = high - kGolden * (high - low);
  double right = low + kGolden * (high - low);
  double at_left = disagreement(Seconds{left});
  double at_right = disagreement(Seconds{right});
  while (high - low > 1e-4) {
    if (at_left < at_right) {
      high = right;
      right = left;
      at_right = at_left;
      left = high - kGolden * (high - low);
      at_left = disagreement(Seconds{left});
    } else {
      low = left;
      left = right;
      at_left = at_right;
      right = low + kGolden * (high - low);
      at_right = disagreement(Seconds{right});
    }
  }
  return Seconds{0.5 * (low + high)};
}

}  // namespace reprise::engine
