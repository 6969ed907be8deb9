// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "engine/orientation/joint_angle.h"
#include "engine/orientation/sensor_pair.h"

namespace reprise::engine {

/// Unsourced defaults.
struct LiveJointOptions {
  Seconds pose{2};            ///< both sensors still for so long: the upright pose
  Seconds least_movement{3};  ///< the limb's swings take at least so long
  Seconds after{1};           ///< still for so long again: the swings are over
  Seconds longest{30};        ///< of swings; longer, it begins anew
  /// Acceleration at rest for so long, and angular velocity not: that is in another unit, or broken.
  Seconds odd_rest{5};
  Degrees most_movement{150};      ///< more than a limb swings: the angular velocity is in another unit
  double max_gravity_error = 0.1;  ///< share: gravity in the pose is further off in another unit
  Seconds settle{0.5};  ///< after a hole both sensors must be still for so long, before there is an angle
};

enum class JointStep : std::uint8_t {
  pose,      ///< waits for the upright pose, held still
  movement,  ///< waits for the whole limb to swing forward and back, and to be still again
  tracking,
};
[[nodiscard]] std::string_view name(JointStep step);

enum class JointTrouble : std::uint8_t {
  too_little,    ///< the limb hardly swung, or not in one plane
  gravity_off,   ///< acceleration at rest is not gravity: another unit, or a broken sensor
  velocity_off,  ///< the limb turned further than one can: another unit
  took_too_long,
};
[[nodiscard]] std::string_view name(JointTrouble trouble);

struct LiveJointState {
  JointStep step = JointStep::pose;
  double share = 0;                     ///< of the pose, or of the stillness after the movement: 0 to 1
  std::optional<JointTrouble> trouble;  ///< of the attempt before; until the pose is held anew
  std::optional<Radians> angle;         ///< as JointAngle gives it
  bool wait_still = false;              ///< tracking: samples are missing, or were: to be held still
};

/// A joint's angle between two sensors, live, with the calibration before it: sample pairs in, state out.
class LiveJoint {
 public:
  explicit LiveJoint(Hertz rate, const LiveJointOptions& options = {});

  const LiveJointState& step(const PairedSample& pair);
  [[nodiscard]] const LiveJointState& state() const { return state_; }
  /// Begins the calibration anew, as when a sensor was put elsewhere.
  void calibrate();

 private:
  struct Kept {
    InertialSamples first, second;
    void add(const OrientationSample& a, const OrientationSample& b);
    void clear();
  };
  [[nodiscard]] bool rests_oddly(const PairedSample& pair, bool still);
  void hold_pose(const PairedSample& pair, bool still);
  void swing(const PairedSample& pair, bool still);
  void track(const PairedSample& pair, bool still);
  void fail_with(JointTrouble trouble);
  [[nodiscard]] JointAngleOptions angle_options() const;

  Hertz rate_;
  LiveJointOptions options_;
  RestMonitor first_rest_, second_rest_;
  RestMonitor first_by_gravity_, second_by_gravity_;  ///< whatever the gyroscopes say
  double odd_s_ = 0;
  Kept pose_, movement_;
  double still_s_ = 0;
  bool moved_ = false;
  std::optional<JointCalibration> calibration_;
  std::optional<JointAngle> angle_;
  std::optional<Seconds> last_;
  LiveJointState state_;
};

}  // namespace reprise::engine
