// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/muscle/live_muscle.h"
#include "wasm/worn_sensors.h"

namespace reprise::wasm {
namespace {

/// Of a share of the reference. Unsourced default
constexpr double kShareDeviation = 0.06;
constexpr Hertz kMuscleMoments{25};

class WornMuscle : public CountingSensors {
 public:
  explicit WornMuscle(engine::Side side) : CountingSensors({std::string{engine::name(side)}}) {}

  void calibrate() override {
    if (muscle_) muscle_->calibrate();
  }
  [[nodiscard]] std::size_t sensors() const override { return 1; }
  [[nodiscard]] engine::Measure measure() const override { return engine::Measure::muscle_activity; }
  [[nodiscard]] double deviation() const override { return kShareDeviation; }

 protected:
  Result<void> check(const sensing::StreamDescription& description) override {
    if (description.channels_of(sensing::StreamQuantity::emg).empty()) {
      return fail(ErrorCode::unsupported, "connecting a sensor", "it sends no EMG",
                  "connect a sensor with electrodes");
    }
    auto muscle = engine::LiveMuscle::create(description.rate);
    if (!muscle) return tl::unexpected(muscle.error());
    if (!muscle_ || rate_ != description.rate) muscle_.emplace(std::move(*muscle));
    rate_ = description.rate;
    return {};
  }

  void begin(std::size_t sensor, bool /*restarted*/) override {
    channel_ = device(sensor).stream->description().channels_of(sensing::StreamQuantity::emg).front();
    started_ = false;
  }

  [[nodiscard]] bool uses(std::size_t /*sensor*/, std::size_t channel) const override {
    return channel == channel_;
  }

  void sample(std::size_t /*sensor*/, const Sample& from) override {
    const std::uint64_t number = from.number;
    const Seconds came = from.came;
    // One sensor: the time at which the first packet came, and its own count from there on, never ahead of
    // us.
    if (!started_) {
      started_ = true;
      first_ = number;
      began_ = came;
      next_ = number;
    }
    const double since_s = static_cast<double>(number - first_) / rate_.value();
    if (came.value() < began_.value() + since_s) began_ = Seconds{came.value() - since_s};
    for (; next_ < number && number - next_ < kMostFilled; ++next_) muscle_->step(std::nullopt);
    next_ = number + 1;
    // It came, but without a number: the reference must not leave out its largest ones.
    muscle_->step(from.values[channel_].value_or(std::numeric_limits<double>::infinity()));
    const auto every = static_cast<std::uint64_t>(std::max(1.0, std::round(rate_ / kMuscleMoments)));
    const engine::LiveMuscleState& now = muscle_->state();
    if (now.step != engine::MuscleStep::tracking || number % every != 0) return;
    const Seconds time = std::max(Seconds{began_.value() + since_s}, last_ + Seconds{1e-3});
    last_ = time;
    moments_.push_back({time, now.share});
  }

  void look_on(Seconds /*now*/, WornState& state) override {
    state.step = engine::name(muscle_ ? muscle_->state().step : engine::MuscleStep::relax);
    if (!muscle_) return;
    state.share = muscle_->state().done;
    if (muscle_->state().trouble) state.trouble = engine::name(*muscle_->state().trouble);
    if (muscle_->state().detached) {
      state.problem = WornProblem::detached;
      state.sensor = 0;
    }
    state.moments.swap(moments_);
    moments_.clear();
  }

 private:
  static constexpr std::uint64_t kMostFilled = 100'000;
  Hertz rate_{0};
  std::size_t channel_ = 0;
  bool started_ = false;
  std::uint64_t first_ = 0;
  std::uint64_t next_ = 0;
  Seconds began_{0};
  Seconds last_{-1e300};
  std::optional<engine::LiveMuscle> muscle_;
  std::vector<session::SensorMoment> moments_;
};

}  // namespace

std::unique_ptr<CountingSensors> worn_on_muscle(engine::Side side) {
  return std::make_unique<WornMuscle>(side);
}

}  // namespace reprise::wasm
