#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/frames.h"
#include "base/result.h"
#include "base/units.h"
#include "engine/movement/dof.h"
#include "engine/pose/landmarks.h"

namespace reprise {

/// Lengths as fractions of stature. Those marked W are Drillis & Contini's, as Winter (Biomechanics and Motor
/// Control of Human Movement, 2009) gives them; read second-hand, in published code that tabulates Winter's
/// figure. The others are unsourced defaults, chosen so that the landmarks lie where a camera sees them.
struct Proportions {
  double shank = 0.246;           ///< W: knee height 0.285 less ankle height 0.039
  double thigh = 0.245;           ///< W: hip height 0.530 less knee height 0.285
  double ankle_height = 0.039;    ///< W
  double heel_behind = 0.035;     ///< heel behind the ankle
  double toe_ahead = 0.110;       ///< tip of the big toe ahead of the ankle (W: the foot is 0.152 long)
  double half_hips = 0.055;       ///< hip joint from the midline
  double trunk = 0.288;           ///< W: shoulder height 0.818 less hip height 0.530
  double half_shoulders = 0.129;  ///< W: shoulder joint from the midline
  double upper_arm = 0.186;       ///< W
  double forearm = 0.146;         ///< W
  double knuckles = 0.050;        ///< wrist to the knuckles of index and little finger (W: the hand is 0.108)
  double half_palm = 0.018;       ///< these knuckles from the middle of the palm
  double thumb = 0.030;           ///< wrist to the thumb, along the hand and as far to its side
  double eye_height = 0.118;      ///< W: eyes 0.936 less shoulders 0.818
};

struct BodyShape {
  Metres stature{1.70};  ///< unsourced default
  Proportions proportions = {};
};

/// What carries the body: it decides how high the pelvis is and what stays put.
enum class Support : std::uint8_t {
  standing,  ///< on both feet: the lower one touches the floor, the middle of the ankles stays put
  left_leg,  ///< the left foot touches the floor and stays put, whatever the right one does
  right_leg,
  seated,        ///< the hips stay at seat height
  supine,        ///< on the back, head to -x, face up
  long_sitting,  ///< the pelvis upright on the floor
};

/// What a foot keeps to, beyond the given angles.
enum class FootRule : std::uint8_t {
  free,         ///< the angles alone
  flat,         ///< sole level and toes forward: ankle and subtalar angles follow
  heel_slides,  ///< the heel rests on the floor: hip flexion follows
};

/// The ties between the body and the floor. A foot that does not carry the body is never below the floor: its
/// hip flexes as far as needed.
struct Stance {
  Support support = Support::standing;
  /// Empty: flat for a foot that the support stands on, free otherwise.
  std::optional<FootRule> left_foot = std::nullopt;
  std::optional<FootRule> right_foot = std::nullopt;
  /// Standing on two flat feet: ankles this far apart, as a fraction of stature; hip abduction follows, so
  /// that feet stay put while the knees bend, and internal rotation brings the knees together. Empty: the
  /// angles alone.
  std::optional<double> stance_width = std::nullopt;
  /// Height of the hip joints above the floor when seated. Empty: knee height.
  std::optional<Metres> seat_height = std::nullopt;
};

/// Left and right exchanged.
[[nodiscard]] Stance mirrored(const Stance& stance);

/// A body in one posture.
struct BodyFigure {
  PerLandmark<Vec3<World>> landmarks;  ///< metres; the floor is y = 0
  Posture posture;  ///< the angles as drawn: those that follow from the stance have been filled in
};

/// Draws the body: segments of constant length, joints as points, the trunk as one piece that turns on the
/// pelvis at the middle of the hips (so that the line from mid-hips to mid-shoulders shows the trunk's angles
/// exactly). Rotation orders: pelvis in the room turn - list - tilt; all other joints flexion, then sideways,
/// then about the long axis (ISB's order); shoulder as described in dof.h.
/// Where a stance cannot be met (ankles wider apart than the leg is long), the nearest posture is drawn.
[[nodiscard]] BodyFigure draw_body(const BodyShape& shape, const Posture& posture, const Stance& stance);

/// Refuses a stature outside 0.4 to 2.6 m and proportions that are not positive.
[[nodiscard]] Result<void> check(const BodyShape& shape);

}  // namespace reprise
