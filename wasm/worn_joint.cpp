// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/orientation/live_joint.h"
#include "wasm/worn_sensors.h"

namespace reprise::wasm {
namespace {

using sensing::StreamQuantity;

/// Of an angle between two sensors; simulated ones stay within it (docs/reference/live-sensors.md). Unsourced
/// default: it was not tried on people.
constexpr Degrees kAngleDeviation{5};
/// A value this far beyond what a joint can do is none. Unsourced default
constexpr Degrees kBeyond{15};
/// Implausible for so long: not a slip of one moment. Unsourced default
constexpr Seconds kImplausibleAfter{1};
/// The coach needs no more, and half an hour of them fits into a phone.
constexpr double kMostMomentsHz = 50;

class WornJoint : public CountingSensors {
 public:
  WornJoint(engine::Measure measure, std::string proximal, std::string distal, double sign)
      : CountingSensors({std::move(proximal), std::move(distal)}), measure_(measure), sign_(sign) {}

  void calibrate() override {
    if (joint_) joint_->calibrate();
  }
  [[nodiscard]] std::size_t sensors() const override { return 2; }
  [[nodiscard]] engine::Measure measure() const override { return measure_; }
  [[nodiscard]] double deviation() const override { return Radians{kAngleDeviation}.value(); }

 protected:
  Result<void> check(const sensing::StreamDescription& description) override {
    const bool whole = !description.channels_of(StreamQuantity::acceleration).empty() &&
                       !description.channels_of(StreamQuantity::angular_velocity).empty();
    if (whole) return {};
    return fail(ErrorCode::unsupported, "connecting a sensor",
                "it does not send acceleration and angular velocity with three axes each",
                "connect an inertial sensor, or switch these channels on");
  }

  void begin(std::size_t sensor, bool restarted) override {
    const auto& description = device(sensor).stream->description();
    acceleration_[sensor] = description.channels_of(StreamQuantity::acceleration);
    angular_velocity_[sensor] = description.channels_of(StreamQuantity::angular_velocity);
    if (!pair_ || (!restarted && rate_ != description.rate && !other_connected(sensor))) {
      rate_ = description.rate;
      every_ = std::max(1, static_cast<int>(std::ceil(rate_.value() / kMostMomentsHz)));
      pair_.emplace(rate_);
      joint_.emplace(rate_);
      return;
    }
    pair_->restart(sensor);
  }

  void sample(std::size_t sensor, const Sample& from) override {
    engine::OrientationSample sample;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto& a = from.values[acceleration_[sensor][axis]];
      const auto& w = from.values[angular_velocity_[sensor][axis]];
      if (!a || !w) return;
      sample.acceleration_mps2.v[static_cast<int>(axis)] = *a;
      sample.angular_velocity_radps.v[static_cast<int>(axis)] = *w;
    }
    pair_->add(sensor, from.number, from.came, sample);
  }

  void look_on(Seconds now, WornState& state) override {
    if (!joint_) {
      state.step = name(engine::JointStep::pose);
      return;
    }
    for (const engine::PairedSample& pair : pair_->take(now)) add(joint_->step(pair), pair.time, state);
    const engine::LiveJointState& last = joint_->state();
    state.step = name(last.step);
    state.share = last.share;
    if (last.trouble) state.trouble = name(*last.trouble);
    if (last.wait_still) state.problem = WornProblem::hold_still;
    if (odd_since_ && now - *odd_since_ > kImplausibleAfter) state.problem = WornProblem::implausible;
  }

 private:
  void add(const engine::LiveJointState& now, Seconds time, WornState& state) {
    if (now.step != engine::JointStep::tracking) {
      odd_since_.reset();
      return;
    }
    std::optional<double> value;
    if (now.angle) value = sign_ * now.angle->value();
    const engine::MeasureInfo& about = engine::info(measure_);
    const double beyond = Radians{kBeyond}.value();
    const bool odd =
        value && (*value < about.plausible_min - beyond || *value > about.plausible_max + beyond);
    if (odd && !odd_since_) odd_since_ = time;
    if (!odd && value) odd_since_.reset();
    if (odd) value.reset();
    if (++count_ % every_ == 0) state.moments.push_back({time, value});
  }

  engine::Measure measure_;
  double sign_;
  Hertz rate_{0};
  int every_ = 1;
  int count_ = 0;
  std::array<std::vector<std::size_t>, 2> acceleration_, angular_velocity_;
  std::optional<engine::SensorPair> pair_;
  std::optional<engine::LiveJoint> joint_;
  std::optional<Seconds> odd_since_;
};

}  // namespace

std::unique_ptr<CountingSensors> worn_on_joint(engine::Measure measure, std::string proximal,
                                               std::string distal, double sign) {
  return std::make_unique<WornJoint>(measure, std::move(proximal), std::move(distal), sign);
}

}  // namespace reprise::wasm
