// SPDX-License-Identifier: Apache-2.0
#include "wasm/worn_load.h"

#include <algorithm>
#include <cmath>

#include "session/measurements/load.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::wasm {
namespace {

using sensing::StreamQuantity;

constexpr const char* kConnectingLoad = "connecting a load sensor";
/// A step needs no more, and an hour of both feet fits into a phone.
constexpr double kMostLoadHz = 200;
/// Lost samples of a foot are bridged so far. Unsourced default
constexpr Seconds kBridgedLoad{0.1};
/// Longer holes are all the same. Unsourced default
constexpr Seconds kLongestHole{1};
/// A warning comes with its packet: one of more time warns too late. Unsourced default
constexpr Seconds kLongestPacket{0.15};
/// A force beyond a sensor's range is taken as no more, in body weights. Unsourced default
constexpr double kBeyondWeights = 5;

double end_n(const sensing::StreamChannel& channel) {
  return channel.scale * sensing::kStreamEndCounts;
}

engine::Side side_of(std::size_t sensor) {
  return sensor == 0 ? engine::Side::left : engine::Side::right;
}

}  // namespace

WornLoad::WornLoad(const LoadWalkOrder& order) : WornSensors({"left_foot", "right_foot"}), order_(order) {}

void WornLoad::calibrate() {
  if (walk_) walk_->calibrate();
}

void WornLoad::pause(bool paused) {
  paused_ = paused;
  if (walk_) walk_->pause(paused);
}

const engine::LoadWalkState* WornLoad::now() const {
  return walk_ ? &walk_->state() : nullptr;
}

int WornLoad::take_loudest() {
  return walk_ ? walk_->take_loudest() : 0;
}

bool WornLoad::uses(std::size_t sensor, std::size_t channel) const {
  return channel == feet_[sensor].channel;
}

Result<void> WornLoad::check(const sensing::StreamDescription& description) {
  const auto channels = description.channels_of(StreamQuantity::force);
  if (channels.empty()) {
    return fail(ErrorCode::unsupported, kConnectingLoad, "it sends no force",
                "connect an insole with load sensors");
  }
  if (description.place.empty()) {
    return fail(ErrorCode::unsupported, kConnectingLoad, "it does not say under which foot it is",
                "set the sensor's place to left_foot or right_foot");
  }
  if (end_n(description.channels[channels.front()]) < order_.weight_n()) {
    return fail(ErrorCode::unsupported, kConnectingLoad, "its range ends below the body's weight",
                "set a larger scale");
  }
  if (description.rate.value() > kMostLoadHz) {
    return fail(ErrorCode::unsupported, kConnectingLoad, "it sends more samples than a walk keeps",
                "set it to 200 samples a second or less");
  }
  if (walk_ && std::abs(description.rate / walk_->options().rate - 1) <= 0.01) return {};
  if (walk_ && !walk_->forces_n().empty()) {
    return fail(ErrorCode::unsupported, kConnectingLoad, "it sends at another rate than during this walk",
                "set both sensors to the same number of samples a second as before, or begin a new walk");
  }
  const auto walk = walk_at(description.rate);
  return walk ? Result<void>{} : tl::unexpected(walk.error());
}

Result<engine::LoadWalk> WornLoad::walk_at(Hertz rate) const {
  engine::LoadWalkOptions options;
  options.body_weight_n = order_.weight_n();
  options.limit_share = order_.limit_share;
  options.affected = order_.affected;
  options.rate = rate;
  return engine::LoadWalk::create(options);
}

void WornLoad::begin(std::size_t sensor, bool /*restarted*/) {
  const sensing::StreamDescription& description = device(sensor).stream->description();
  if (!walk_ || (walk_->forces_n().empty() && walk_->options().rate != description.rate)) {
    walk_.emplace(*walk_at(description.rate));  // as checked
    walk_->pause(paused_);
  }
  // Another sensor, or one that was switched off, may have another zero.
  walk_->calibrate();
  feet_[sensor] = {};
  feet_[sensor].channel = description.channels_of(StreamQuantity::force).front();
}

void WornLoad::sample(std::size_t sensor, const Sample& sample) {
  FootStream& foot = feet_[sensor];
  const std::optional<double> force_n = sample.values[foot.channel];
  if (foot.started && sample.number > foot.next) bridge(sensor, sample.number, force_n);
  foot.started = true;
  foot.next = sample.number + 1;
  foot.last_n = force_n;
  // The upper end of the range is beyond the body's weight: above any limit. The lower one tells nothing.
  const bool beyond = sample.ends[foot.channel] > 0;
  const double most_n = std::min(end_n(device(sensor).stream->description().channels[foot.channel]),
                                 kBeyondWeights * order_.weight_n());
  walk_->step(side_of(sensor), beyond ? std::optional{most_n} : force_n, beyond);
}

void WornLoad::bridge(std::size_t sensor, std::uint64_t number, std::optional<double> next_n) {
  const FootStream& foot = feet_[sensor];
  const double rate = walk_->options().rate.value();
  const auto hole = static_cast<double>(number - foot.next);
  const bool bridged = hole <= kBridgedLoad.value() * rate && foot.last_n && next_n;
  const int missing = static_cast<int>(std::min(hole, kLongestHole.value() * rate));
  for (int i = 1; i <= missing; ++i) {
    walk_->step(side_of(sensor),
                bridged ? std::optional{std::lerp(*foot.last_n, *next_n, i / (hole + 1))} : std::nullopt);
  }
}

void WornLoad::look_on(Seconds /*now*/, WornState& state) {
  state.step = engine::name(walk_ ? walk_->state().step : engine::LoadWalkStep::lift);
  if (!walk_) return;
  const engine::LoadWalkState& walk = walk_->state();
  state.share = walk.done;
  if (walk.trouble) state.trouble = engine::name(*walk.trouble);
  if (walk.unfelt) {
    state.problem = WornProblem::unfelt;
    state.sensor = order_.affected == engine::Side::left ? 0 : 1;
  }
  if (walk.zero_off) {
    state.problem = WornProblem::zero_off;
    state.sensor.reset();
  }
  for (std::size_t i = 0; i < sensors(); ++i) {
    if (device(i).packet <= kLongestPacket) continue;
    state.problem = WornProblem::delayed;
    state.sensor = i;
  }
}

Result<session::MeasurementDocument> WornLoad::document(const std::string& started_at, bool simulated) const {
  if (!walk_ || walk_->forces_n().empty()) {
    return fail(ErrorCode::nothing_measured, "measuring a walk", "the sensors were not ready",
                "set them to zero and check them first");
  }
  const auto& forces_n = walk_->forces_n();
  const Hertz rate = walk_->options().rate;
  const auto measured = std::count_if(forces_n.begin(), forces_n.end(), [](const auto& n) { return !!n; });
  const engine::Side side = order_.affected;
  session::MeasurementInput input;
  input.source.kind = simulated ? session::SignalSourceKind::simulated : session::SignalSourceKind::sensors;
  input.source.recorded_at = started_at;
  input.source.duration = static_cast<double>(forces_n.size()) * period(rate);
  input.sensors.push_back({std::string{engine::name(side)} + "_foot", "force", rate,
                           static_cast<double>(measured) * period(rate)});
  session::FeetLoad feet{rate, {}, {}};
  (side == engine::Side::left ? feet.left : feet.right).force_n = forces_n;
  auto document =
      session::measure_load(input, std::move(feet), {order_.body_mass_kg, order_.limit_share, side});
  if (document) add_counts(*document);
  return document;
}

void WornLoad::add_counts(session::MeasurementDocument& document) const {
  using enum session::SignalMeasure;
  const engine::LoadWalkState& walk = walk_->state();
  // As the patient saw them: a contact that a pause cuts is no step.
  std::erase_if(document.values, [&](const session::MeasuredValue& value) {
    return value.measure == contacts_above_limit || (walk.beyond && value.measure == largest_load);
  });
  const session::ValueOf of{.side = order_.affected, .primary = true};
  add_value(document, steps, static_cast<double>(walk.steps), of);
  add_value(document, contacts_above_limit, static_cast<double>(walk.steps_above), of);
  if (walk.beyond) {
    document.not_measured.emplace_back("the largest load: it was beyond the range of the sensor");
  }
}

}  // namespace reprise::wasm
