// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_match.h"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/cameras/synchronize.h"

namespace reprise::engine {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

// Unsourced defaults.
constexpr double kLongestGapS = 0.15;  // between pictures, in which the board moves evenly
constexpr double kLagStepS = 0.04;
constexpr std::size_t kMostLookedAt = 300;
constexpr Eigen::Index kLeastCommon = 10;
constexpr double kLeastMoved = 0.03;  // meters
constexpr double kMostGapMeters = 0.05;
constexpr double kMostGapShare = 0.35;  // of the way
constexpr std::size_t kMostLags = 6;    // looked at more finely

/// Index of the board before a time, and the share of the way to the next.
template <class Timed>
std::optional<std::pair<std::size_t, double>> around(const std::vector<Timed>& all, Seconds time) {
  const auto after = std::lower_bound(all.begin(), all.end(), time,
                                      [](const Timed& one, Seconds at) { return one.time < at; });
  if (after == all.end()) return std::nullopt;
  const auto k = static_cast<std::size_t>(after - all.begin());
  if (after->time == time && k + 1 < all.size()) return std::pair{k, 0.0};
  if (k == 0) return std::nullopt;
  const double length_s = (all[k].time - all[k - 1].time).value();
  if (!(length_s > 0) || length_s > kLongestGapS) return std::nullopt;
  return std::pair{k - 1, (time - all[k - 1].time).value() / length_s};
}

double gap_share(const std::optional<BoardMatch>& match) {
  return match ? match->gap_m / match->moved_m : 1;
}

}  // namespace

std::vector<PlacedBoard> way_of_board(const BoardTrack& track, const CameraModel& lens, const BoardSize& size,
                                      double square_m) {
  std::vector<PlacedBoard> out;
  const double across = square_m * (size.columns - 1);
  const double down = square_m * (size.rows - 1);
  for (const TimedBoard& board : track.boards) {
    const auto pose = pose_of_board(lens, size, square_m, board.corners_px);
    if (!pose) continue;
    PlacedBoard placed{board.time, {}};
    placed.corners_m << pose->in_camera({0, 0, 0}), pose->in_camera({across, 0, 0}),
        pose->in_camera({0, down, 0});
    out.push_back(placed);
  }
  return out;
}

std::optional<BoardMatch> match_at(const std::vector<PlacedBoard>& first,
                                   const std::vector<PlacedBoard>& second, Seconds lag) {
  const std::size_t stride = 1 + first.size() / kMostLookedAt;
  Eigen::Matrix3Xd here(3, 3 * static_cast<Eigen::Index>(first.size() / stride + 1));
  Eigen::Matrix3Xd there = here;
  Eigen::Index common = 0;
  for (std::size_t i = 0; i < first.size(); i += stride) {
    const auto at = around(second, first[i].time + lag);
    if (!at) continue;
    here.middleCols<3>(3 * common) = first[i].corners_m;
    there.middleCols<3>(3 * common) =
        (1 - at->second) * second[at->first].corners_m + at->second * second[at->first + 1].corners_m;
    ++common;
  }
  if (common < kLeastCommon) return std::nullopt;
  here.conservativeResize(3, 3 * common);
  there.conservativeResize(3, 3 * common);
  const Eigen::Matrix4d between = Eigen::umeyama(here, there, false);
  BoardMatch out;
  out.pose.rotation = between.topLeftCorner<3, 3>();
  out.pose.translation_m = between.topRightCorner<3, 1>();
  double gap = 0;
  double moved = 0;
  Matrix3d mean = Matrix3d::Zero();
  for (Eigen::Index i = 0; i < common; ++i) mean += here.middleCols<3>(3 * i) / static_cast<double>(common);
  for (Eigen::Index i = 0; i < common; ++i) {
    const Matrix3d moved_there =
        (out.pose.rotation * here.middleCols<3>(3 * i)).colwise() + out.pose.translation_m;
    gap += (moved_there - there.middleCols<3>(3 * i)).squaredNorm();
    moved += (here.middleCols<3>(3 * i) - mean).squaredNorm();
  }
  out.gap_m = std::sqrt(gap / (3 * static_cast<double>(common)));
  out.moved_m = std::sqrt(moved / (3 * static_cast<double>(common)));
  if (!(out.moved_m > kLeastMoved)) return std::nullopt;
  return out;
}

std::optional<Seconds> lag_by_board(const std::vector<PlacedBoard>& first,
                                    const std::vector<PlacedBoard>& second) {
  if (first.empty() || second.empty()) return std::nullopt;
  const double earliest = (second.front().time - first.back().time).value();
  const double latest = (second.back().time - first.front().time).value();
  std::vector<std::pair<double, Seconds>> tried;
  for (double lag = earliest; lag <= latest; lag += kLagStepS) {
    const auto match = match_at(first, second, Seconds{lag});
    if (match) tried.emplace_back(gap_share(match), Seconds{lag});
  }
  if (tried.empty()) return std::nullopt;
  std::sort(tried.begin(), tried.end());
  tried.resize(std::min(tried.size(), kMostLags));
  std::pair<double, Seconds> best = tried.front();
  for (const auto& [share, lag] : tried) {
    const Seconds fine = least_disagreement(
        [&](Seconds at) { return gap_share(match_at(first, second, at)); }, lag, Seconds{1.5 * kLagStepS});
    const double there = gap_share(match_at(first, second, fine));
    if (there < best.first) best = {there, fine};
  }
  return best.second;
}

bool moved_alike(const BoardMatch& match) {
  return match.gap_m <= kMostGapMeters && match.gap_m <= kMostGapShare * match.moved_m;
}

std::optional<std::vector<Eigen::Vector2d>> corners_at(const BoardTrack& track, Seconds time) {
  const auto at = around(track.boards, time);
  if (!at) return std::nullopt;
  std::vector<Eigen::Vector2d> out = track.boards[at->first].corners_px;
  const auto& next = track.boards[at->first + 1].corners_px;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += at->second * (next[i] - out[i]);
  return out;
}

}  // namespace reprise::engine
