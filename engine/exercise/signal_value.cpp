// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/signal_value.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::engine {
namespace {

using Sides = std::array<std::optional<Sample>, 2>;

SignalValue of_side(const Sample& sample, Side side) {
  return {sample.value, sample.confidence, side};
}

// A hidden side is guessed by the network from the visible one. Weights that fall steeply with confidence let
// a clearly seen side speak almost alone, without the jump that a threshold would make.
double weight(const Sample& sample) {
  return std::pow(sample.confidence, 4);
}

SignalValue mean_of(const Sample& left, const Sample& right) {
  const double sum = weight(left) + weight(right);
  if (!(sum > 0)) return {(left.value + right.value) / 2, 0, std::nullopt};
  return {(left.value * weight(left) + right.value * weight(right)) / sum,
          (left.confidence * weight(left) + right.confidence * weight(right)) / sum, std::nullopt};
}

std::optional<SignalValue> only_one(const Sides& sides) {
  if (sides[0]) return of_side(*sides[0], Side::left);
  if (sides[1]) return of_side(*sides[1], Side::right);
  return std::nullopt;
}

}  // namespace

double progress(const ExerciseDefinition& definition, double value) {
  return (value - definition.rest) / (definition.target - definition.rest);
}

std::optional<double> binding_ceiling(const ExerciseDefinition& definition,
                                      std::optional<double> prescribed) {
  if (!definition.ceiling || !prescribed) return definition.ceiling ? definition.ceiling : prescribed;
  const bool own = progress(definition, *definition.ceiling) <= progress(definition, *prescribed);
  return own ? definition.ceiling : prescribed;
}

std::optional<Side> swap_named_and_working(const ExerciseDefinition& definition, std::optional<Side> side) {
  if (!side || !definition.named_by_resting_side) return side;
  return other(*side);
}

std::optional<SignalValue> primary_value(const ExerciseDefinition& definition, const MeasureSet& measures,
                                         std::optional<Side> working) {
  const Signal& signal = definition.primary;
  const Sides sides = {measures.at(signal.measure, Side::left), measures.at(signal.measure, Side::right)};
  if (!info(signal.measure).sided) {
    if (!sides[0]) return std::nullopt;
    return SignalValue{sides[0]->value, sides[0]->confidence, std::nullopt};
  }
  if (definition.sided && working) {
    const auto& sample = sides[static_cast<std::size_t>(*working)];
    if (!sample) return std::nullopt;
    return of_side(*sample, *working);
  }
  if (!sides[0] || !sides[1]) return only_one(sides);
  if (signal.combine == Combine::mean) return mean_of(*sides[0], *sides[1]);
  // How far each side has gone counts less where it is seen worse: a guessed arm must not win over a seen one
  // by noise.
  const double best = std::max(sides[0]->confidence, sides[1]->confidence);
  const auto reach = [&](const Sample& s) {
    return progress(definition, s.value) * (best > 0 ? s.confidence / best : 1.0);
  };
  const bool left_farther = reach(*sides[0]) >= reach(*sides[1]);
  const bool want_farther = signal.combine == Combine::larger || signal.combine == Combine::working;
  const Side chosen = left_farther == want_farther ? Side::left : Side::right;
  return of_side(*sides[static_cast<std::size_t>(chosen)], chosen);
}

std::optional<SignalValue> value_of(const Signal& signal, const MeasureSet& measures,
                                    std::optional<Side> working) {
  const Sides sides = {measures.at(signal.measure, Side::left), measures.at(signal.measure, Side::right)};
  if (!info(signal.measure).sided) {
    if (!sides[0]) return std::nullopt;
    return SignalValue{sides[0]->value, sides[0]->confidence, std::nullopt};
  }
  const bool by_side = signal.combine == Combine::working || signal.combine == Combine::resting;
  if (by_side && working) {
    const Side wanted = signal.combine == Combine::working ? *working : other(*working);
    const auto& sample = sides[static_cast<std::size_t>(wanted)];
    if (!sample) return std::nullopt;
    return of_side(*sample, wanted);
  }
  if (!sides[0] || !sides[1]) return only_one(sides);
  if (by_side || signal.combine == Combine::mean) return mean_of(*sides[0], *sides[1]);
  const bool left = (sides[0]->value >= sides[1]->value) == (signal.combine == Combine::larger);
  return left ? of_side(*sides[0], Side::left) : of_side(*sides[1], Side::right);
}

}  // namespace reprise::engine
