// SPDX-License-Identifier: Apache-2.0
#include "pipeline/monitor/live_measures.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/gait/lower_back_gait.h"
#include "engine/heart/rr_intervals.h"
#include "sensing/files/signal_unit.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::pipeline {
namespace {

using sensing::SensorMessage;
using sensing::SignalQuantity;

// Unsourced defaults.
constexpr std::size_t kLeastIntervals = 3;  // before a heart rate is shown
constexpr Seconds kCadenceWindow{15};
constexpr Seconds kCadencePause{5};
constexpr Hertz kLowestCadenceRate{20};    // as find_walking_bouts
constexpr Hertz kHighestCadenceRate{256};  // more would keep many samples for nothing

/// The factor to an SI unit; empty: another kind of unit, or none is said.
std::optional<double> factor_to(std::string_view si, const sensing::LiveChannel& channel) {
  const auto unit = sensing::si_unit(channel.unit);
  return unit && unit->unit == si ? std::optional{unit->factor} : std::nullopt;
}

void push_interval(engine::RecentMedian& intervals_s, double seconds) {
  const engine::RrOptions plausible;
  if (seconds >= plausible.shortest.value() && seconds <= plausible.longest.value())
    intervals_s.push(seconds);
}

std::optional<double> rate_of(const engine::RecentMedian& intervals_s) {
  if (intervals_s.size() < kLeastIntervals) return std::nullopt;
  return 60 / intervals_s.value();
}

/// The cadence of the bout of walking that still goes on at the end; empty: none does.
std::optional<double> current_cadence(const engine::InertialSamples& samples) {
  const auto gait = engine::analyze_lower_back_gait(samples);
  if (!gait) return std::nullopt;
  const engine::LowerBackBout& last = gait->bouts.back();
  const double since_s =
      static_cast<double>(samples.acceleration_mps2.size() - last.samples.end) / samples.rate.value();
  if (since_s > engine::WalkingBoutOptions{}.max_pause.value()) return std::nullopt;
  return last.cadence_per_min;
}

}  // namespace

Result<LiveMeasures> LiveMeasures::create(const SensorMessage& message) {
  LiveMeasures made;
  made.channels_ = message.channels;
  made.rate_ = message.rate.value_or(Hertz{1});
  // The same meanings as those of the recording, read from its file.
  sensing::SignalRecording recording;
  recording.groups.push_back({"", made.rate_, Seconds{0}, {}});
  for (const sensing::LiveChannel& channel : message.channels) {
    recording.groups[0].channels.push_back({channel.name, channel.unit, {}, channel.meaning, {}, {}});
  }
  auto meanings = sensing::channel_meanings(recording);
  if (!meanings) return tl::unexpected(meanings.error());
  made.meanings_ = std::move(meanings->front());
  made.reset();
  return made;
}

void LiveMeasures::reset() {
  hearts_.clear();
  muscles_.clear();
  movements_.clear();
  reported_.clear();
  remarks_.clear();
  for (std::size_t c = 0; c < channels_.size(); ++c) add_channel(c, meanings_[c]);
  add_movement(meanings_);
}

void LiveMeasures::add_channel(std::size_t index, const sensing::ChannelMeaning& meaning) {
  const sensing::LiveChannel& channel = channels_[index];
  const auto remark = [&](const std::string& text) { remarks_.push_back(channel.name + ": " + text); };
  constexpr double kMvPerV = 1e3;
  constexpr double kUvPerV = 1e6;
  switch (meaning.quantity) {
    case SignalQuantity::ecg:
    case SignalQuantity::emg: {
      const auto to_v = factor_to("V", channel);
      if (!to_v) return remark("no unit of voltage is said; not measured live");
      if (meaning.quantity == SignalQuantity::ecg) {
        auto detector = engine::QrsDetector::create(rate_);
        if (!detector) return remark("heartbeats need 100 to 2000 samples a second");
        hearts_.push_back({index, *to_v * kMvPerV, std::move(*detector), std::nullopt, {}, 0});
      } else {
        engine::EmgFeedbackOptions options;
        options.reference = 1;  // the share is then the envelope itself
        auto feedback = engine::EmgFeedback::create(rate_, options);
        if (!feedback) return remark("an envelope needs at least 500 samples a second");
        muscles_.push_back({index, *to_v * kUvPerV, std::move(*feedback), {}});
      }
      return;
    }
    case SignalQuantity::rr_interval:
      reported_.push_back({index, meaning.quantity, factor_to("s", channel).value_or(0)});
      if (reported_.back().factor > 0) return;
      reported_.pop_back();
      return remark("no unit of time is said; not measured live");
    case SignalQuantity::heart_rate:
    case SignalQuantity::cadence: {
      const auto per_second = factor_to("/s", channel);
      reported_.push_back({index, meaning.quantity, per_second ? *per_second * 60 : 1});
      return;
    }
    default: return;
  }
}

void LiveMeasures::add_movement(const std::vector<sensing::ChannelMeaning>& meanings) {
  struct Axes {
    std::optional<std::size_t> acceleration[3], angular_velocity[3];
  };
  std::map<std::string, Axes> places;
  for (std::size_t c = 0; c < meanings.size(); ++c) {
    const auto axis = sensing::axis_index(meanings[c].axis);
    if (!axis) continue;
    if (meanings[c].quantity == SignalQuantity::acceleration)
      places[meanings[c].place].acceleration[*axis] = c;
    if (meanings[c].quantity == SignalQuantity::angular_velocity)
      places[meanings[c].place].angular_velocity[*axis] = c;
  }
  for (const auto& [place, axes] : places) {
    if (!axes.acceleration[0] || !axes.acceleration[1] || !axes.acceleration[2]) continue;
    const auto to_mps2 = factor_to("m/s2", channels_[*axes.acceleration[0]]);
    if (!to_mps2) {
      remarks_.push_back(channels_[*axes.acceleration[0]].name +
                         ": no unit of acceleration is said; not measured live");
      continue;
    }
    Movement movement{{}, *to_mps2, {}, 1, engine::RestMonitor{rate_}};
    for (std::size_t i = 0; i < 3; ++i) movement.acceleration[i] = *axes.acceleration[i];
    const bool gyroscope = axes.angular_velocity[0] && axes.angular_velocity[1] && axes.angular_velocity[2];
    if (gyroscope) {
      std::copy_n(axes.angular_velocity, 3, movement.angular_velocity);
      movement.to_radps = factor_to("rad/s", channels_[*axes.angular_velocity[0]]).value_or(1);
    }
    movement.at_lower_back = (place == "lower_back" || place == "pocket") && rate_ >= kLowestCadenceRate &&
                             rate_ <= kHighestCadenceRate;
    movement.recent.rate = rate_;
    movements_.push_back(std::move(movement));
  }
}

void LiveMeasures::step(Heart& heart, std::optional<double> sample, Hertz rate) {
  ++heart.count;
  const auto beat = heart.detector.step(sample ? *sample * heart.to_mv : std::nan(""));
  if (heart.detector.contact_lost()) heart.intervals_s.clear();
  if (!beat) return;
  if (heart.last_beat && !beat->after_lost_contact)
    push_interval(heart.intervals_s, (beat->position - *heart.last_beat) / rate.value());
  heart.last_beat = beat->position;
}

void LiveMeasures::step(Reported& reported, std::optional<double> sample) {
  if (!sample) return;
  const double value = *sample * reported.factor;
  if (reported.quantity == SignalQuantity::rr_interval) {
    push_interval(reported.intervals_s, value);
    reported.value = rate_of(reported.intervals_s);
  } else {
    reported.value = value;
  }
}

void LiveMeasures::step(Movement& movement, const SensorMessage& message, std::size_t sample) const {
  Vec3<Sensor> acceleration, angular_velocity;
  for (int i = 0; i < 3; ++i) {
    const auto& a = message.samples[movement.acceleration[i]][sample];
    if (!a) return;
    acceleration.v[i] = *a * movement.to_mps2;
    if (!movement.angular_velocity[i]) continue;
    const auto& w = message.samples[*movement.angular_velocity[i]][sample];
    if (!w) return;
    angular_velocity.v[i] = *w * movement.to_radps;
  }
  movement.rest.step(acceleration, angular_velocity);
  if (!movement.at_lower_back) return;
  auto& recent = movement.recent.acceleration_mps2;
  recent.push_back(acceleration);
  const auto samples_in = [&](Seconds time) {
    return static_cast<std::size_t>(time.value() * rate_.value());
  };
  if (++movement.since_cadence < samples_in(kCadencePause)) return;
  movement.since_cadence = 0;
  const std::size_t window = samples_in(kCadenceWindow);
  if (recent.size() > window)
    recent.erase(recent.begin(), recent.end() - static_cast<std::ptrdiff_t>(window));
  movement.cadence_per_min = current_cadence(movement.recent);
}

void LiveMeasures::take(const SensorMessage& message, const sensing::SequenceStep& step_taken) {
  if (step_taken.lost > 0) reset();
  for (std::size_t i = step_taken.skip; i < step_taken.skip + step_taken.take; ++i) {
    for (Heart& heart : hearts_) step(heart, message.samples[heart.channel][i], rate_);
    for (Muscle& muscle : muscles_) {
      const auto& sample = message.samples[muscle.channel][i];
      muscle.state = muscle.feedback.step(sample ? std::optional{*sample * muscle.to_uv} : std::nullopt);
    }
    for (Movement& movement : movements_) step(movement, message, i);
    for (Reported& reported : reported_) step(reported, message.samples[reported.channel][i]);
  }
}

LiveValues LiveMeasures::values() const {
  LiveValues values;
  values.remarks = remarks_;
  for (const Heart& heart : hearts_) {
    const std::string& name = channels_[heart.channel].name;
    if (heart.detector.contact_lost()) {
      values.remarks.push_back(name + ": electrode off");
      continue;
    }
    if (heart.detector.noisy_since()) values.remarks.push_back(name + ": noise hides the heartbeats");
    const double since_s = (static_cast<double>(heart.count) - heart.last_beat.value_or(0)) / rate_.value();
    if (since_s < engine::QrsDetector::max_delay().value())
      values.heart_rate_per_min = rate_of(heart.intervals_s);
  }
  for (const Muscle& muscle : muscles_) {
    const std::string& name = channels_[muscle.channel].name;
    if (muscle.state.signal_lost) {
      values.remarks.push_back(name + ": electrode off");
    } else if (muscle.state.settled) {
      values.emg.push_back({name, muscle.state.share});
    }
  }
  for (const Movement& movement : movements_) {
    values.at_rest = values.at_rest.value_or(true) && movement.rest.at_rest();
    if (movement.cadence_per_min) values.cadence_per_min = movement.cadence_per_min;
  }
  for (const Reported& reported : reported_) {
    if (!reported.value) continue;
    auto& target =
        reported.quantity == SignalQuantity::cadence ? values.cadence_per_min : values.heart_rate_per_min;
    if (!target) target = reported.value;
  }
  return values;
}

}  // namespace reprise::pipeline
