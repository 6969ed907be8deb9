// SPDX-License-Identifier: Apache-2.0
#include "engine/repetitions/movement_signals.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::engine {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;
using L = Landmark;

constexpr Index kFewestSeen = 8;
// Unsourced defaults. Of the extent of all points along an axis, and of the noise's standard deviation.
constexpr double kLeastRange = 0.02;
constexpr double kAboveNoise = 3;
constexpr std::array kBody = {L::nose,        L::left_shoulder, L::right_shoulder, L::left_elbow,
                              L::right_elbow, L::left_wrist,    L::right_wrist,    L::left_hip,
                              L::right_hip,   L::left_knee,     L::right_knee,     L::left_ankle,
                              L::right_ankle};
constexpr auto kPoints = static_cast<Index>(kBody.size());

struct Corner {
  L from, at, to;
};
constexpr std::array<Corner, 8> kCorners = {{{L::left_shoulder, L::left_elbow, L::left_wrist},
                                             {L::right_shoulder, L::right_elbow, L::right_wrist},
                                             {L::left_elbow, L::left_shoulder, L::left_hip},
                                             {L::right_elbow, L::right_shoulder, L::right_hip},
                                             {L::left_shoulder, L::left_hip, L::left_knee},
                                             {L::right_shoulder, L::right_hip, L::right_knee},
                                             {L::left_hip, L::left_knee, L::left_ankle},
                                             {L::right_hip, L::right_knee, L::right_ankle}}};

/// A row a frame: x, y, z of each of `kBody`, from 0 to 1 along each axis of the frame. Lost frames are
/// interpolated.
std::optional<MatrixXd> scaled_points(std::span<const PointFrame> frames) {
  const auto n = static_cast<Index>(frames.size());
  MatrixXd points(n, 3 * kPoints);
  std::vector<Index> seen;
  for (Index i = 0; i < n; ++i) {
    const PointFrame& frame = frames[static_cast<std::size_t>(i)];
    if (!frame || !std::all_of(frame->begin(), frame->end(), [](const Vector3d& p) { return p.allFinite(); }))
      continue;
    Vector3d least = (*frame)[0];
    Vector3d most = least;
    for (const Vector3d& p : *frame) {
      least = least.cwiseMin(p);
      most = most.cwiseMax(p);
    }
    const Vector3d extent = (most - least).cwiseMax(1e-9);
    for (Index k = 0; k < kPoints; ++k) {
      const Vector3d p = ((*frame)[kBody[static_cast<std::size_t>(k)]] - least).cwiseQuotient(extent);
      points.row(i).segment<3>(3 * k) = p.transpose();
    }
    if (!points.row(i).allFinite()) continue;
    seen.push_back(i);
  }
  if (static_cast<Index>(seen.size()) < kFewestSeen) return std::nullopt;
  for (Index i = 0; i < seen.front(); ++i) points.row(i) = points.row(seen.front());
  for (Index i = seen.back() + 1; i < n; ++i) points.row(i) = points.row(seen.back());
  for (std::size_t s = 0; s + 1 < seen.size(); ++s) {
    const Index a = seen[s];
    const Index b = seen[s + 1];
    for (Index i = a + 1; i < b; ++i) {
      const double share = static_cast<double>(i - a) / static_cast<double>(b - a);
      points.row(i) = (1 - share) * points.row(a) + share * points.row(b);
    }
  }
  return points;
}

/// The median of five frames, then a Gaussian.
void smooth(MatrixXd& points, double deviation) {
  const Index n = points.rows();
  const auto inside = [n](Index i) { return std::clamp<Index>(i, 0, n - 1); };
  const auto reach = static_cast<Index>(std::ceil(3 * deviation));
  VectorXd kernel(2 * reach + 1);
  for (Index k = -reach; k <= reach; ++k)
    kernel[k + reach] = std::exp(-0.5 * std::pow(static_cast<double>(k) / deviation, 2));
  kernel /= kernel.sum();
  VectorXd clean(n);
  for (Index c = 0; c < points.cols(); ++c) {
    for (Index i = 0; i < n; ++i) {
      std::array<double, 5> near{};
      for (Index k = 0; k < 5; ++k) near[static_cast<std::size_t>(k)] = points(inside(i + k - 2), c);
      std::nth_element(near.begin(), near.begin() + 2, near.end());
      clean[i] = near[2];
    }
    for (Index i = 0; i < n; ++i) {
      double sum = 0;
      for (Index k = -reach; k <= reach; ++k) sum += kernel[k + reach] * clean[inside(i + k)];
      points(i, c) = sum;
    }
  }
}

/// Whether no point moves clearly more than the frame-to-frame noise that smoothing took out.
bool is_still(const MatrixXd& raw, const MatrixXd& smoothed) {
  const auto range_of = [](VectorXd values) {
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values[static_cast<Index>(0.98 * last)] - values[static_cast<Index>(0.02 * last)];
  };
  for (Index k = 0; k < kPoints; ++k) {
    for (const Index c : {3 * k, 3 * k + 1}) {
      const double range = range_of(smoothed.col(c));
      const double noise =
          std::sqrt((raw.col(c) - smoothed.col(c)).squaredNorm() / static_cast<double>(raw.rows()));
      if (range > kLeastRange && range > kAboveNoise * noise) return false;
    }
  }
  return true;
}

/// Columns: the first principal components of the rows.
MatrixXd principal_components(const MatrixXd& rows, Index count) {
  const MatrixXd centered = rows.rowwise() - rows.colwise().mean();
  const MatrixXd covariance = centered.transpose() * centered;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solved(covariance);
  return centered * solved.eigenvectors().rightCols(count).rowwise().reverse();
}

Index column_of(L landmark) {
  return 3 * static_cast<Index>(std::find(kBody.begin(), kBody.end(), landmark) - kBody.begin());
}

MatrixXd angles_of(const MatrixXd& points) {
  MatrixXd angles(points.rows(), static_cast<Index>(kCorners.size()));
  for (std::size_t c = 0; c < kCorners.size(); ++c) {
    for (Index i = 0; i < points.rows(); ++i) {
      const auto at = [&](L landmark) {
        return Eigen::Vector2d(points(i, column_of(landmark)), points(i, column_of(landmark) + 1));
      };
      const Eigen::Vector2d u = at(kCorners[c].from) - at(kCorners[c].at);
      const Eigen::Vector2d v = at(kCorners[c].to) - at(kCorners[c].at);
      angles(i, static_cast<Index>(c)) = std::atan2(std::abs(u.x() * v.y() - u.y() * v.x()), u.dot(v));
    }
  }
  return angles;
}

}  // namespace

std::optional<MovementSignals> movement_signals(std::span<const PointFrame> frames, double smoothing_frames) {
  auto scaled = scaled_points(frames);
  if (!scaled) return std::nullopt;
  MatrixXd& points = *scaled;
  const MatrixXd raw = points;
  smooth(points, smoothing_frames);
  if (is_still(raw, points)) return std::nullopt;

  MatrixXd heights(points.rows(), kPoints);
  MatrixXd flat(points.rows(), 2 * kPoints);
  for (Index k = 0; k < kPoints; ++k) {
    heights.col(k) = points.col(3 * k + 1);
    flat.middleCols(2 * k, 2) = points.middleCols(3 * k, 2);
  }
  const MatrixXd angles = angles_of(points);
  const auto middle = [&](L left, Index axis) {
    return VectorXd{0.5 *
                    (points.col(column_of(left) + axis) + points.col(column_of(mirrored(left)) + axis))};
  };
  MovementSignals out;
  const auto add = [&](const VectorXd& signal) { out.signals.push_back(signal); };
  const auto add_components = [&](const MatrixXd& rows, Index count) {
    const MatrixXd components = principal_components(rows, count);
    for (Index c = 0; c < count; ++c) add(components.col(c));
  };
  add_components(heights, 2);
  add_components(points, 2);
  add_components(flat, 2);
  add_components(angles, 1);
  add(middle(L::left_wrist, 1) - middle(L::left_shoulder, 1));
  add(points.col(column_of(L::nose) + 1) - middle(L::left_wrist, 1));
  add(middle(L::left_hip, 1));
  add(middle(L::left_knee, 1) - middle(L::left_hip, 1));
  add(middle(L::left_shoulder, 1) - middle(L::left_hip, 1));
  add(middle(L::left_elbow, 1) - middle(L::left_shoulder, 1));
  add(middle(L::left_knee, 0) - middle(L::left_hip, 0));
  add(points.col(column_of(L::left_ankle)) - points.col(column_of(L::right_ankle)));

  constexpr double kRadians = 0.3;  // of an angle, worth as much as the whole extent
  MatrixXd whole(points.rows(), points.cols() + angles.cols());
  whole << points, kRadians * angles;
  out.posture = principal_components(whole, 10);
  return out;
}

}  // namespace reprise::engine
