// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/marker_fit.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "engine/multibody/undetermined_coordinates.h"

namespace reprise::engine {
namespace {

using Eigen::Index;
using Eigen::Vector3d;

constexpr const char* kFittingMarkers = "fitting the model to markers";
/// Turns of one step (rad): farther, the slopes no longer hold. Unsourced default.
constexpr double kLongestTurn = 0.7;
/// A step that lowers the goal by less than this part of it is the last: where two axes nearly coincide (a
/// shoulder at its pole) coordinates would creep on for hundreds. Unsourced default.
constexpr double kLeastGain = 1e-10;

}  // namespace

MarkerFit::MarkerFit(const MultibodyModel& model, MarkerFitOptions options)
    : options_(std::move(options)), kinematics_(model) {
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    if (model.coordinates[c].is_free()) free_.push_back(c);
  }
  const auto rows = static_cast<Index>(3 * options_.markers.size() + options_.coordinates.size());
  slopes_.resize(rows, static_cast<Index>(model.coordinates.size()));
  residuals_.resize(rows);
}

Result<MarkerFit> MarkerFit::create(const MultibodyModel& model, MarkerFitOptions options) {
  const auto refuse = [](std::string cause) {
    return fail(ErrorCode::invalid_argument, kFittingMarkers, std::move(cause), "correct the tasks");
  };
  if (options.markers.empty()) return refuse("no marker is given");
  const auto good = [](double weight) { return std::isfinite(weight) && weight >= 0; };
  for (const MarkerTarget& target : options.markers) {
    if (target.marker >= model.markers.size() || !good(target.weight))
      return refuse("a marker does not exist, or its weight is negative");
  }
  for (const CoordinateTarget& target : options.coordinates) {
    if (target.coordinate >= model.coordinates.size() || !good(target.weight))
      return refuse("a coordinate does not exist, or its weight is negative");
  }
  return MarkerFit{model, std::move(options)};
}

/// Sets the coordinates that are not solved for.
void MarkerFit::settle(std::vector<double>& q, Seconds time) const {
  const auto& coordinates = kinematics_.model().coordinates;
  for (std::size_t c = 0; c < q.size(); ++c) {
    const MultibodyCoordinate& coordinate = coordinates[c];
    if (coordinate.prescribed && !coordinate.locked) q[c] = coordinate.prescribed->at(time.value()).value;
  }
  for (std::size_t c = 0; c < q.size(); ++c) {
    if (const auto& coupling = coordinates[c].coupling)
      q[c] = coupling->function.at(q[coupling->independent]).value;
  }
}

/// From the second point to the first, in the ground.
Vector3d MarkerFit::distance(const PointCoupling& coupling) const {
  return kinematics_.body(coupling.first_body).in_ground * coupling.first_m -
         kinematics_.body(coupling.second_body).in_ground * coupling.second_m;
}

/// The goal, and how far coupled points are apart: their distance counts fully, because a shorter one is
/// always worth more than what it costs in markers' distances below a meter.
double MarkerFit::merit(const Frame& frame, const std::vector<double>& q) {
  kinematics_.place(q);
  const MultibodyModel& model = kinematics_.model();
  double value = 0;
  for (std::size_t i = 0; i < options_.markers.size(); ++i) {
    if (!frame.observed[i]) continue;
    const ModelMarker& marker = model.markers[options_.markers[i].marker];
    const Vector3d error = kinematics_.body(marker.body).in_ground * marker.position_m - *frame.observed[i];
    value += options_.markers[i].weight * error.squaredNorm() / frame.total_weight / 2;
  }
  for (std::size_t i = 0; i < options_.coordinates.size(); ++i) {
    if (i >= frame.wanted.size() || !frame.wanted[i]) continue;
    value += options_.coordinates[i].weight *
             std::pow(q[options_.coordinates[i].coordinate] - *frame.wanted[i], 2) / 2;
  }
  for (const PointCoupling& coupling : model.couplings) value += distance(coupling).norm();
  return value;
}

/// Takes back by the shortest step what a step along the slopes left between coupled points, so that their
/// curved way does not make steps short (the second-order correction of R. Fletcher, 1982).
void MarkerFit::bring_together(std::vector<double>& q, Seconds time) {
  const auto& couplings = kinematics_.model().couplings;
  if (couplings.empty()) return;
  kinematics_.place(q);
  Eigen::VectorXd apart(problem_.constraint_errors.size());
  for (std::size_t i = 0; i < couplings.size(); ++i)
    apart.segment<3>(static_cast<Index>(3 * i)) = distance(couplings[i]);
  const Eigen::MatrixXd& slopes = problem_.constraint_slopes;
  Eigen::MatrixXd square = slopes * slopes.transpose();
  square.diagonal().array() += 1e-12;
  const Eigen::VectorXd step = -slopes.transpose() * square.llt().solve(apart);
  for (std::size_t i = 0; i < free_.size(); ++i) {
    const MultibodyCoordinate& c = kinematics_.model().coordinates[free_[i]];
    q[free_[i]] += step[static_cast<Index>(i)];
    if (c.clamped) q[free_[i]] = std::clamp(q[free_[i]], c.min, c.max);
  }
  settle(q, time);
}

/// The quadratic around the coordinates that were placed last.
void MarkerFit::linearize(const Frame& frame, const std::vector<double>& q) {
  const MultibodyModel& model = kinematics_.model();
  slopes_.setZero();
  residuals_.setZero();
  for (std::size_t i = 0; i < options_.markers.size(); ++i) {
    if (!frame.observed[i]) continue;
    const ModelMarker& marker = model.markers[options_.markers[i].marker];
    const Vector3d point = kinematics_.body(marker.body).in_ground * marker.position_m;
    const double factor = std::sqrt(options_.markers[i].weight / frame.total_weight);
    const auto row = static_cast<Index>(3 * i);
    residuals_.segment<3>(row) = factor * (point - *frame.observed[i]);
    kinematics_.add_point_slopes(marker.body, point, factor, slopes_.middleRows(row, 3));
  }
  for (std::size_t i = 0; i < options_.coordinates.size(); ++i) {
    if (i >= frame.wanted.size() || !frame.wanted[i]) continue;
    const std::size_t c = options_.coordinates[i].coordinate;
    const auto row = static_cast<Index>(3 * options_.markers.size() + i);
    const double factor = std::sqrt(options_.coordinates[i].weight);
    residuals_[row] = factor * (q[c] - *frame.wanted[i]);
    slopes_(row, static_cast<Index>(c)) = factor;
  }
  Eigen::MatrixXd together =
      Eigen::MatrixXd::Zero(static_cast<Index>(3 * model.couplings.size()), slopes_.cols());
  problem_.constraint_errors.resize(together.rows());
  for (std::size_t i = 0; i < model.couplings.size(); ++i) {
    const PointCoupling& coupling = model.couplings[i];
    const Vector3d first = kinematics_.body(coupling.first_body).in_ground * coupling.first_m;
    const Vector3d second = kinematics_.body(coupling.second_body).in_ground * coupling.second_m;
    const auto row = static_cast<Index>(3 * i);
    problem_.constraint_errors.segment<3>(row) = first - second;
    kinematics_.add_point_slopes(coupling.first_body, first, 1, together.middleRows(row, 3));
    kinematics_.add_point_slopes(coupling.second_body, second, -1, together.middleRows(row, 3));
  }
  const auto n = static_cast<Index>(free_.size());
  const Eigen::MatrixXd open = free_slopes(model, q, free_, slopes_);
  problem_.constraint_slopes = free_slopes(model, q, free_, together);
  problem_.lower.setConstant(n, -std::numeric_limits<double>::infinity());
  problem_.upper.setConstant(n, std::numeric_limits<double>::infinity());
  for (Index i = 0; i < n; ++i) {
    const std::size_t c = free_[static_cast<std::size_t>(i)];
    if (!model.coordinates[c].clamped) continue;
    problem_.lower[i] = std::min(model.coordinates[c].min - q[c], 0.0);
    problem_.upper[i] = std::max(model.coordinates[c].max - q[c], 0.0);
  }
  problem_.normal.setZero(n, n);
  problem_.normal.selfadjointView<Eigen::Lower>().rankUpdate(open.transpose());
  problem_.normal.triangularView<Eigen::StrictlyUpper>() = problem_.normal.transpose();
  problem_.gradient = open.transpose() * residuals_;
}

/// Takes the longest step that lowers the merit; false: there is none.
bool MarkerFit::improve(const Frame& frame, std::vector<double>& q, double& value, double& damping,
                        double& longest) {
  linearize(frame, q);
  constexpr int kTries = 12;
  std::vector<double> next = q;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    Eigen::VectorXd step = bounded_step(problem_, damping, multipliers_);
    double turn = 0;
    for (std::size_t i = 0; i < free_.size(); ++i) {
      if (kinematics_.model().coordinates[free_[i]].rotational)
        turn = std::max(turn, std::abs(step[static_cast<Index>(i)]));
    }
    if (turn > kLongestTurn) step *= kLongestTurn / turn;
    longest = step.size() == 0 ? 0 : step.cwiseAbs().maxCoeff();
    for (std::size_t i = 0; i < free_.size(); ++i) next[free_[i]] = q[free_[i]] + step[static_cast<Index>(i)];
    settle(next, frame.time);
    bring_together(next, frame.time);
    const double there = merit(frame, next);
    // Near the end, rounding decides which of two equal merits is the lower one.
    if (std::isfinite(there) && there <= value * (1 + 1e-12) + 1e-18) {
      q = next;
      value = there;
      damping = std::max(damping / 10, 1e-12);
      return true;
    }
    if (longest < options_.tolerance) break;
    damping = std::max(damping * 10, 1e-6);
  }
  value = merit(frame, q);
  return false;
}

MarkerFitFrame MarkerFit::descend(const Frame& frame, std::vector<double> q, double& value) {
  MarkerFitFrame out;
  settle(q, frame.time);
  value = merit(frame, q);
  double damping = 1e-6;
  double longest = 0;
  while (out.iterations < options_.max_iterations && !out.converged) {
    ++out.iterations;
    const double before = value;
    const bool better = improve(frame, q, value, damping, longest);
    out.converged = !better || longest < options_.tolerance || before - value < kLeastGain * value;
  }
  out.coordinates = std::move(q);
  return out;
}

void MarkerFit::describe(const Frame& frame, MarkerFitFrame& out) const {
  double sum = 0;
  std::size_t seen = 0;
  for (std::size_t i = 0; i < options_.markers.size(); ++i) {
    const ModelMarker& marker = kinematics_.model().markers[options_.markers[i].marker];
    out.fitted_m.push_back(kinematics_.body(marker.body).in_ground * marker.position_m);
    auto& error = out.errors_m.emplace_back();
    if (!frame.observed[i]) continue;
    error = (out.fitted_m.back() - *frame.observed[i]).norm();
    sum += *error * *error;
    ++seen;
    if (*error < out.worst_error_m) continue;
    out.worst_error_m = *error;
    out.worst_target = i;
  }
  out.rms_error_m = std::sqrt(sum / static_cast<double>(std::max<std::size_t>(seen, 1)));
  const auto& couplings = kinematics_.model().couplings;
  for (std::size_t i = 0; i < couplings.size(); ++i) {
    const double apart = distance(couplings[i]).norm();
    if (apart < out.apart_m) continue;
    out.apart_m = apart;
    out.worst_coupling = i;
  }
  out.converged = out.converged && out.apart_m <= kPointsApartM;
}

/// Only where other markers are seen than in the frame before: it takes as long as a few steps.
void MarkerFit::note_undetermined(const Frame& frame, MarkerFitFrame& out) {
  std::vector<bool> seen;
  for (const auto& position : frame.observed) seen.push_back(position.has_value());
  const auto undetermined = [&](bool all_seen) {
    Determining by;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if ((all_seen || seen[i]) && options_.markers[i].weight > 0)
        by.markers.push_back(options_.markers[i].marker);
    }
    for (std::size_t i = 0; i < std::min(options_.coordinates.size(), frame.wanted.size()); ++i) {
      if (frame.wanted[i] && options_.coordinates[i].weight > 0)
        by.coordinates.push_back(options_.coordinates[i].coordinate);
    }
    return undetermined_coordinates(kinematics_, out.coordinates, free_, by);
  };
  if (!last_) never_determined_ = undetermined(true);
  if (seen != last_seen_) {
    const auto all = undetermined(false);
    last_loose_.clear();
    std::set_difference(all.begin(), all.end(), never_determined_.begin(), never_determined_.end(),
                        std::back_inserter(last_loose_));
    last_seen_ = std::move(seen);
  }
  out.undetermined = last_loose_;
}

Result<MarkerFitFrame> MarkerFit::solve(Seconds time, std::span<const std::optional<Vector3d>> observed,
                                        std::span<const std::optional<double>> wanted) {
  const auto refuse = [](ErrorCode code, const char* cause, const char* remedy) {
    return fail(code, kFittingMarkers, cause, remedy);
  };
  if (observed.size() != options_.markers.size() || wanted.size() > options_.coordinates.size())
    return refuse(ErrorCode::invalid_argument, "the number of positions is not that of the markers",
                  "give one for each");
  Frame frame{time, observed, wanted, 0};
  for (std::size_t i = 0; i < observed.size(); ++i) {
    if (!observed[i]) continue;
    if (!observed[i]->allFinite())
      return refuse(ErrorCode::invalid_argument, "a position is not finite", "leave the marker out");
    frame.total_weight += options_.markers[i].weight;
  }
  if (!(frame.total_weight > 0))
    return refuse(ErrorCode::nothing_measured, "no marker with a weight was seen",
                  "check the names and weights of the markers");
  double value = 0;
  MarkerFitFrame best;
  if (last_) {
    best = descend(frame, *last_, value);
    ++frames_since_retry_;
    if (const Doubt doubt = doubt_of(best, value); doubt != Doubt::none) retry(frame, doubt, best, value);
  } else {
    double least = std::numeric_limits<double>::infinity();
    for (const auto& start : starts(time)) {
      multipliers_.resize(0);
      MarkerFitFrame candidate = descend(frame, start, value);
      // An equal pose by other angles is no better one.
      if (!(value < 0.9 * least)) continue;
      least = value;
      best = std::move(candidate);
    }
    value = least;
    if (best.coordinates.empty())
      return refuse(ErrorCode::invalid_argument, "the model's markers lie nowhere", "correct the model");
  }
  note_undetermined(frame, best);
  kinematics_.place(best.coordinates);
  describe(frame, best);
  last_ = best.coordinates;
  last_value_ = value;
  return best;
}

}  // namespace reprise::engine
