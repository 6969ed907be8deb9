// SPDX-License-Identifier: Apache-2.0
#include "wasm/worn_load.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/inertial.h"
#include "session/measurements/load.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::wasm {
namespace {

using sensing::StreamQuantity;

constexpr const char* kConnectingLoad = "connecting a load sensor";
/// The end of a channel's range, in counts (docs/reference/live-sensors.md).
constexpr double kRangeCounts = 32767;
/// A step needs no more, and an hour of both feet fits into a phone.
constexpr double kMostLoadHz = 200;
/// Lost samples of a foot are bridged so far. Unsourced default
constexpr Seconds kBridgedLoad{0.1};
/// Longer holes are all the same. Unsourced default
constexpr Seconds kLongestHole{1};

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

Result<void> WornLoad::check(const sensing::StreamDescription& description) {
  const auto channels = description.channels_of(StreamQuantity::force);
  if (channels.empty()) {
    return fail(ErrorCode::unsupported, kConnectingLoad, "it sends no force",
                "connect an insole with load sensors");
  }
  const double weight_n = order_.body_mass_kg * engine::kGravityMps2;
  if (description.channels[channels.front()].scale * kRangeCounts < weight_n) {
    return fail(ErrorCode::unsupported, kConnectingLoad, "its range ends below the body's weight",
                "set a larger scale");
  }
  if (description.rate.value() > kMostLoadHz) {
    return fail(ErrorCode::unsupported, kConnectingLoad, "it sends more samples than a walk keeps",
                "set it to 200 samples a second or less");
  }
  if (walk_) {
    const double rate = walk_->options().rate.value();
    if (std::abs(description.rate.value() - rate) <= 0.01 * rate) return {};
    return fail(ErrorCode::unsupported, kConnectingLoad, "it sends at another rate than the one before",
                "set both sensors to the same number of samples a second");
  }
  engine::LoadWalkOptions options;
  options.body_weight_n = weight_n;
  options.limit_share = order_.limit_share;
  options.affected = order_.affected;
  options.rate = description.rate;
  auto walk = engine::LoadWalk::create(options);
  if (!walk) return tl::unexpected(walk.error());
  walk_.emplace(std::move(*walk));
  walk_->pause(paused_);
  return {};
}

void WornLoad::begin(std::size_t sensor, bool /*restarted*/) {
  // Another sensor, or one that was switched off, may have another zero.
  walk_->calibrate();
  feet_[sensor] = {};
  feet_[sensor].channel = device(sensor).stream->description().channels_of(StreamQuantity::force).front();
}

void WornLoad::sample(std::size_t sensor, std::uint64_t number, Values values, Seconds came) {
  FootStream& foot = feet_[sensor];
  std::optional<double> force_n = values[foot.channel];
  // The end of the range is beyond the body's weight: more than any limit, and never nothing.
  if (!force_n && device(sensor).saturated == came)
    force_n = device(sensor).stream->description().channels[foot.channel].scale * kRangeCounts;
  if (foot.started && number > foot.next) bridge(sensor, number, force_n);
  foot.started = true;
  foot.next = number + 1;
  foot.last_n = force_n;
  walk_->step(side_of(sensor), force_n);
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
}

Result<session::MeasurementDocument> WornLoad::document(const std::string& started_at, bool simulated) const {
  const auto forces = walk_ ? walk_->forces() : engine::LoadWalkForces{};
  if (forces.left_n.empty()) {
    return fail(ErrorCode::nothing_measured, "measuring a walk", "the sensors were not ready",
                "set them to zero and check them first");
  }
  const Hertz rate = walk_->options().rate;
  session::MeasurementInput input;
  input.source.kind = simulated ? session::SignalSourceKind::simulated : session::SignalSourceKind::sensors;
  input.source.recorded_at = started_at;
  input.source.duration = static_cast<double>(forces.left_n.size()) * period(rate);
  for (const auto* foot : {&forces.left_n, &forces.right_n}) {
    const auto measured =
        std::count_if(foot->begin(), foot->end(), [](const auto& n) { return n.has_value(); });
    input.sensors.push_back({foot == &forces.left_n ? "left_foot" : "right_foot", "force", rate,
                             static_cast<double>(measured) * period(rate)});
  }
  session::FeetLoad feet{rate, {forces.left_n}, {forces.right_n}};
  auto document = session::measure_load(input, std::move(feet),
                                        {order_.body_mass_kg, order_.limit_share, order_.affected});
  if (!document) return document;
  const auto& contacts = document->tables.front().rows;
  const auto steps = std::count_if(contacts.begin(), contacts.end(),
                                   [&](const auto& row) { return row.side == order_.affected; });
  add_value(*document, session::SignalMeasure::steps, static_cast<double>(steps),
            {.side = order_.affected, .primary = true});
  return document;
}

}  // namespace reprise::wasm
