// SPDX-License-Identifier: Apache-2.0
#include "session/replay.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "engine/exercise/signal_value.h"
#include "engine/inverse_kinematics/body_fit.h"
#include "engine/skeleton/skeleton.h"
#include "engine/synthesis/generate.h"
#include "session/misfit.h"
#include "session/recorded_pass.h"

namespace reprise::session {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

constexpr const char* kStage = "replaying a repetition";
constexpr Seconds kAround{0.3};      // fitted on both sides, because smoothing is worst at the ends
constexpr Seconds kLeastStep{0.03};  // between two figures
// Of the frames between `from` and `to`: with fewer the movement has gaps. Unsourced default.
constexpr double kSeenShare = 0.9;

Matrix3d about(const Vector3d& axis, double angle) {
  return Eigen::AngleAxisd(angle, axis).toRotationMatrix();
}

/// From the camera's axes (y down, z away from it) to axes with y up.
Matrix3d upright(const Matrix3d& turned) {
  return Vector3d(1, -1, -1).asDiagonal() * turned;
}

/// The turn about the vertical that brings `turned` nearest to `wanted`: of all angles the one with the
/// largest trace of wantedᵀ R turned, which is a cos + b sin + c.
Matrix3d facing(const Matrix3d& turned, const Matrix3d& wanted) {
  const Matrix3d m = turned * wanted.transpose();
  return about(Vector3d::UnitY(), std::atan2(m(2, 0) - m(0, 2), m(0, 0) + m(2, 2)));
}

engine::Stance stance_of(const engine::MovementDefinition& movement) {
  engine::Stance stance = movement.stance;
  stance.stance_width.reset();  // the feet are as far apart as they were
  stance.flight = 0;
  return stance;
}

Error nothing(const char* cause) {
  return {ErrorCode::nothing_measured, kStage, cause, "stand so that the camera sees all of you"};
}

Result<engine::FittedBody> fitted(std::span<const engine::PoseFrame> frames, const Source& source,
                                  const ReplayOptions& options) {
  std::vector<engine::PoseFrame> around;
  int inside = 0;
  int seen = 0;
  for (const engine::PoseFrame& frame : frames) {
    if (frame.time < options.from - kAround || frame.time > options.to + kAround) continue;
    around.push_back(frame);
    if (frame.time < options.from || frame.time > options.to) continue;
    ++inside;
    if (frame.pose) ++seen;
  }
  if (inside < 2 || seen < kSeenShare * inside)
    return tl::unexpected(nothing("the person is not seen throughout"));
  return engine::fit_body(
      around, {.frame = {.pinhole = usual_pinhole(source)}, .network_landmarks = options.network_landmarks});
}

Result<void> check_part(const exercises::CatalogExercise& exercise, const ReplayOptions& options) {
  if (engine::binding_ceiling(exercise.definition, options.ceiling))
    return fail(ErrorCode::unsupported, kStage, "a limit is set for this movement",
                "repetitions are not compared where a limit is set");
  const Seconds length = options.to - options.from;
  if (!(length > Seconds{0}) || length > kLongestReplay)
    return fail(ErrorCode::unsupported, kStage, "a part of this length is not drawn",
                "ask for one repetition");
  return {};
}

}  // namespace

Result<std::vector<ReplayFigure>> replay(const exercises::CatalogExercise& exercise,
                                         std::span<const engine::PoseFrame> frames, const Source& source,
                                         const ReplayOptions& options) {
  if (auto allowed = check_part(exercise, options); !allowed) return tl::unexpected(allowed.error());
  const auto body = fitted(frames, source, options);
  if (!body) return tl::unexpected(body.error());
  if (misfit_warning(*body)) return tl::unexpected(nothing("the fitted body does not follow the points"));

  const engine::MovementDefinition& drawn = exercise.movement.correct;
  const bool mirror = options.side == engine::Side::left;
  const engine::MovementDefinition movement = mirror ? engine::mirrored(drawn) : drawn;
  const auto start = engine::figure_at(movement, 0);
  if (!start) return tl::unexpected(start.error());
  const engine::Stance stance = stance_of(movement);
  const Matrix3d standing =
      engine::lies_on(stance.support) ? about(Vector3d::UnitZ(), -kPi / 2) : Matrix3d{Matrix3d::Identity()};

  std::vector<ReplayFigure> figures;
  std::optional<Matrix3d> turn;
  Seconds begun{0};
  Seconds last{0};
  for (std::size_t i = 0; i < body->frames.size(); ++i) {
    const Seconds time = body->frames[i].time;
    if (time < options.from || time > options.to || !body->states[i]) continue;
    if (turn && time - last < kLeastStep) continue;
    const Matrix3d pelvis = upright(body->states[i]->pelvis);
    if (!turn) {
      turn = facing(pelvis, start->turned.front());
      begun = time;
    }
    last = time;
    engine::Posture posture = body->states[i]->posture;
    engine::read_pelvis(standing * *turn * pelvis, posture);
    figures.push_back({time - begun, engine::draw_body({}, posture, stance)});
  }
  if (figures.size() < 2) return tl::unexpected(nothing("the body could not be followed"));
  return figures;
}

}  // namespace reprise::session
