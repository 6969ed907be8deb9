// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/segment_lengths.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using Eigen::Vector3d;
using L = Landmark;
using Lengths = std::array<double, kLengthCount>;

constexpr const char* kStage = "measuring the body's segments";
constexpr double kSeen = 0.5;  // visibility from which a landmark takes part. Unsourced default

struct Between {
  Landmark a, b;  // of the left side
};
/// The distance that shows each length, in the order of Proportions; half widths are halved below.
constexpr std::array<Between, kLengthCount> kShownBy = {{{L::left_knee, L::left_ankle},
                                                         {L::left_hip, L::left_knee},
                                                         {L::left_ankle, L::left_heel},
                                                         {L::left_ankle, L::left_heel},
                                                         {L::left_ankle, L::left_foot_index},
                                                         {L::left_hip, L::right_hip},
                                                         {L::left_shoulder, L::left_hip},
                                                         {L::left_shoulder, L::right_shoulder},
                                                         {L::left_shoulder, L::left_elbow},
                                                         {L::left_elbow, L::left_wrist},
                                                         {L::left_wrist, L::left_index},
                                                         {L::left_index, L::left_pinky},
                                                         {L::left_wrist, L::left_thumb},
                                                         {L::left_ear, L::left_shoulder}}};

/// The lengths that the first guess takes from distances; the others follow from the stature.
constexpr std::array<std::pair<std::size_t, double>, 7> kMeasuredFirst = {
    {{0, 1}, {1, 1}, {5, 0.5}, {6, 1}, {7, 0.5}, {8, 1}, {9, 1}}};

bool is_seen(const Pose& pose, Landmark l) {
  return pose.visibility[l] >= kSeen;
}

std::optional<double> distance_m(const Pose& pose, const Between& between, std::size_t length) {
  if (length == 6) {  // trunk: between the middles
    if (!is_seen(pose, L::left_shoulder) || !is_seen(pose, L::right_shoulder) ||
        !is_seen(pose, L::left_hip) || !is_seen(pose, L::right_hip))
      return std::nullopt;
    const auto& p = pose.world_m;
    return 0.5 *
           (p[L::left_shoulder].v + p[L::right_shoulder].v - p[L::left_hip].v - p[L::right_hip].v).norm();
  }
  if (!is_seen(pose, between.a) || !is_seen(pose, between.b)) return std::nullopt;
  return (pose.world_m[between.a] - pose.world_m[between.b]).norm();
}

Lengths usual_lengths(Meters stature) {
  return lengths_m({stature, {}});
}

std::vector<const Pose*> chosen_poses(std::span<const PoseFrame> frames, std::size_t wanted) {
  std::vector<const Pose*> all;
  for (const PoseFrame& frame : frames) {
    if (frame.pose) all.push_back(&*frame.pose);
  }
  if (all.size() <= wanted) return all;
  std::vector<const Pose*> chosen;
  for (std::size_t i = 0; i < wanted; ++i) chosen.push_back(all[i * all.size() / wanted]);
  return chosen;
}

MeasuredShape first_guess(const std::vector<const Pose*>& poses) {
  Lengths lengths{};
  std::array<bool, kLengthCount> seen{};
  for (std::size_t j = 0; j < kLengthCount; ++j) {
    std::vector<double> found;
    for (const Pose* pose : poses) {
      for (const bool right : {false, true}) {
        const Between& left = kShownBy[j];
        const Between between = right ? Between{mirrored(left.a), mirrored(left.b)} : left;
        if (const auto d = distance_m(*pose, between, j)) found.push_back(*d);
      }
    }
    seen[j] = !found.empty();
    if (seen[j]) lengths[j] = median(found);
  }
  Lengths guess = lengths;
  for (const auto& [j, share] : kMeasuredFirst) guess[j] *= share;
  std::array<bool, kLengthCount> measured{};
  for (const auto& [j, share] : kMeasuredFirst) measured[j] = seen[j];
  const Meters stature = usual_stature(guess, measured);
  const Lengths usual = usual_lengths(stature);
  for (std::size_t j = 0; j < kLengthCount; ++j) {
    if (!measured[j]) guess[j] = usual[j];
  }
  return {shape_from_lengths(guess, stature), seen};
}

/// One linear least-squares step: the best lengths for all postures.
class LengthEquations {
 public:
  void add(const PosedBody& body, const BodyState& state, const Pose& pose, double outlier_m) {
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      const auto l = static_cast<Landmark>(i);
      if (!is_seen(pose, l)) continue;
      const Vector3d wanted = pose.world_m[i].v - state.mid_hips.v;
      const double off = (wanted - body.point_m[i]).norm() / outlier_m;
      const double weight = fit_weight(l) * pose.visibility[i] / (1 + off * off);
      const LengthColumns columns = length_columns(body, l);
      h_ += weight * columns.transpose() * columns;
      g_ += weight * columns.transpose() * wanted;
    }
  }

  /// `usual` decides the lengths that the landmarks leave open.
  [[nodiscard]] Lengths solve(const Lengths& usual) const {
    constexpr double kPull = 0.05;  // landmarks' worth. Unsourced default
    constexpr double kShortest = 0.3;
    Matrix h = h_;
    Vector g = g_;
    for (std::size_t j = 0; j < kLengthCount; ++j) {
      const auto i = static_cast<Eigen::Index>(j);
      h(i, i) += kPull;
      g[i] += kPull * usual[j];
    }
    const Vector solved = h.ldlt().solve(g);
    Lengths lengths{};
    for (std::size_t j = 0; j < kLengthCount; ++j)
      lengths[j] = std::max(solved[static_cast<Eigen::Index>(j)], kShortest * usual[j]);
    return lengths;
  }

 private:
  using Matrix = Eigen::Matrix<double, static_cast<int>(kLengthCount), static_cast<int>(kLengthCount)>;
  using Vector = Eigen::Matrix<double, static_cast<int>(kLengthCount), 1>;
  Matrix h_ = Matrix::Zero();
  Vector g_ = Vector::Zero();
};

std::string centimeters(double meters) {
  return std::to_string(static_cast<int>(std::lround(100 * meters))) + " cm";
}

/// Generous: no person's thigh is twice as long as the shank. Unsourced default.
constexpr double kLargestRatio = 2.0;

Result<void> check_body(const MeasuredShape& measured) {
  const auto refuse = [](const std::string& cause) {
    return fail(ErrorCode::unsupported, kStage, cause,
                "check that the landmarks are those of one person, in meters, and named as they should be");
  };
  const double stature = measured.shape.stature.value();
  if (!(stature >= 0.4 && stature <= 2.6))
    return refuse("the segments are those of a body of " + centimeters(stature));
  const Lengths lengths = lengths_m(measured.shape);
  const Lengths usual = usual_lengths(measured.shape.stature);
  constexpr std::array<std::pair<std::size_t, const char*>, 5> kNamed = {
      {{0, "shank"}, {1, "thigh"}, {6, "trunk"}, {8, "upper arm"}, {9, "forearm"}}};
  for (const auto& [j, name] : kNamed) {
    if (!measured.seen[j]) continue;
    const double ratio = lengths[j] / usual[j];
    if (ratio > kLargestRatio || ratio < 1 / kLargestRatio) {
      return refuse(std::string("a ") + name + " of " + centimeters(lengths[j]) + " on a body of " +
                    centimeters(stature));
    }
  }
  return {};
}

}  // namespace

Meters usual_stature(const Lengths& lengths, const std::array<bool, kLengthCount>& seen) {
  const Lengths share = usual_lengths(Meters{1});
  std::vector<double> statures_m;
  for (const auto& [j, unused] : kMeasuredFirst) {
    if (seen[j]) statures_m.push_back(lengths[j] / share[j]);
  }
  return statures_m.empty() ? BodyShape{}.stature : Meters{median(statures_m)};
}

Result<MeasuredShape> measure_segments(std::span<const PoseFrame> frames,
                                       const SegmentLengthOptions& options) {
  const std::vector<const Pose*> poses = chosen_poses(frames, options.frames);
  MeasuredShape measured = first_guess(poses);
  if (!measured.seen[0] && !measured.seen[1] && !measured.seen[6] && !measured.seen[8]) {
    return fail(ErrorCode::nothing_measured, kStage, "no frame shows legs, trunk or arms",
                "film the whole body in good light");
  }
  if (auto ok = check_body(measured); !ok) return tl::unexpected(ok.error());
  const double outlier_m = options.fit.outlier * options.fit.across.value();
  for (int round = 0; round < options.rounds; ++round) {
    LengthEquations equations;
    for (const Pose* pose : poses) {
      const FrameFit fit = fit_frame(measured.shape, *pose, std::nullopt, options.fit);
      equations.add(pose_body(measured.shape, fit.state.pelvis, fit.state.posture), fit.state, *pose,
                    outlier_m);
    }
    const Lengths lengths = equations.solve(usual_lengths(measured.shape.stature));
    measured.shape = shape_from_lengths(lengths, usual_stature(lengths, measured.seen));
  }
  if (auto ok = check_body(measured); !ok) return tl::unexpected(ok.error());
  return measured;
}

}  // namespace reprise::engine
