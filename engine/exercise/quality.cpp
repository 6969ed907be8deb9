// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/quality.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::engine {
namespace {

constexpr double kTempoFullRatio = 1.5;
constexpr double kTempoNoneRatio = 3.0;
constexpr double kSparcFull = -1.6;
constexpr double kSparcNone = -3.5;
constexpr double kLeastMeasured = 0.5;

double falling(double x, double full_at, double none_at) {
  return std::clamp((none_at - x) / (none_at - full_at), 0.0, 1.0);
}

double range_share(const QualityInput& input) {
  if (input.ceiling && input.range_progress > *input.ceiling) return 0;
  const double goal = input.ceiling ? std::min(1.0, *input.ceiling) : 1.0;
  return goal > 0 ? std::clamp(input.range_progress / goal, 0.0, 1.0) : 0;
}

std::optional<double> tempo_share(const Tempo& wanted, const QualityInput& input) {
  double sum = 0;
  int judged = 0;
  const auto judge = [&](std::optional<Seconds> want, Seconds got) {
    if (!want || !(want->value() > 0)) return;
    ++judged;
    const double ratio = std::max(got.value(), 1e-3) / want->value();
    sum += falling(std::abs(std::log(ratio)), std::log(kTempoFullRatio), std::log(kTempoNoneRatio));
  };
  judge(wanted.out, input.out);
  judge(wanted.hold, input.hold);
  judge(wanted.back, input.back);
  if (judged == 0) return std::nullopt;
  return sum / judged;
}

std::optional<double> form_share(const ExerciseDefinition& definition, const QualityInput& input) {
  if (!input.faults) return std::nullopt;
  double lost = 0;
  for (const Fault& fault : *input.faults) {
    for (const FormRule& rule : definition.form) {
      if (rule.id == fault.rule) lost += rule.weight * fault.amount;
    }
  }
  return std::max(0.0, 1.0 - lost);
}

}  // namespace

std::string_view name(QualityPart::Of part) {
  static constexpr std::array<std::string_view, 4> kNames = {"range", "tempo", "smoothness", "form"};
  return kNames[static_cast<std::size_t>(part)];
}

Quality assess_quality(const ExerciseDefinition& definition, const QualityInput& input) {
  Quality quality;
  double got = 0;
  double possible = 0;
  double all = 0;
  const auto add = [&](QualityPart::Of of, double weight, std::optional<double> share) {
    if (!(weight > 0)) return;
    all += weight;
    QualityPart part{of, std::nullopt, weight};
    if (share) {
      part.points = *share * weight;
      got += *part.points;
      possible += weight;
    }
    quality.parts.push_back(part);
  };
  add(QualityPart::Of::range, definition.weights.range, range_share(input));
  add(QualityPart::Of::tempo, definition.weights.tempo, tempo_share(definition.tempo, input));
  std::optional<double> smooth;
  if (input.sparc) smooth = falling(-*input.sparc, -kSparcFull, -kSparcNone);
  add(QualityPart::Of::smoothness, definition.weights.smoothness, smooth);
  add(QualityPart::Of::form, definition.weights.form, form_share(definition, input));
  if (possible > 0 && possible >= kLeastMeasured * all) quality.score = 100.0 * got / possible;
  return quality;
}

}  // namespace reprise::engine
