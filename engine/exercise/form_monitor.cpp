// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/form_monitor.h"

#include <algorithm>

namespace reprise::engine {
namespace {

// A rule needs to be seen at least this well. Unsourced default.
constexpr double kMinRuleConfidence = 0.3;

double median3(double a, double b, double c) {
  return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

}  // namespace

double outside(const Limits& limits, double value) {
  double out = 0;
  if (limits.min) out = std::max(out, *limits.min - value);
  if (limits.max) out = std::max(out, value - *limits.max);
  return out;
}

FormMonitor::FormMonitor(const ExerciseDefinition& definition)
    : definition_(definition), rules_(definition.form.size()), gates_(definition.gates.size()) {}

void FormMonitor::begin(const MeasureSet& at_start, std::optional<Side> working) {
  start_ = at_start;
  extreme_ = at_start;
  std::fill(rules_.begin(), rules_.end(), Seen{});
  std::fill(gates_.begin(), gates_.end(), Seen{});
  add(at_start, working, false);
}

void FormMonitor::see(Seen& seen, const std::optional<SignalValue>& now) {
  if (!now) return;
  seen.last = {seen.last[1], seen.last[2], now->value};
  if (!seen.last[0] || !seen.last[1]) return;
  const double value = median3(*seen.last[0], *seen.last[1], now->value);
  seen.least = std::min(seen.least.value_or(value), value);
  seen.most = std::max(seen.most.value_or(value), value);
  seen.confidence = std::max(seen.confidence, now->confidence);
}

void FormMonitor::add(const MeasureSet& measures, std::optional<Side> working, bool new_extreme) {
  if (new_extreme) extreme_ = measures;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    if (definition_.form[i].when == When::whole) {
      see(rules_[i], value_of(definition_.form[i].signal, measures, working));
    }
  }
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    if (definition_.gates[i].when == When::whole) {
      see(gates_[i], value_of(definition_.gates[i].signal, measures, working));
    }
  }
}

std::optional<SignalValue> FormMonitor::start_value(const Signal& signal, std::optional<Side> working) const {
  return value_of(signal, start_, working);
}

std::optional<SignalValue> FormMonitor::extreme_value(const Signal& signal,
                                                      std::optional<Side> working) const {
  return value_of(signal, extreme_, working);
}

std::optional<double> FormMonitor::worst_value(std::size_t i, std::optional<Side> working) const {
  const Gate& gate = definition_.gates[i];
  if (gate.when == When::whole) {
    if (!gates_[i].least || !gates_[i].most) return std::nullopt;
    const bool low = outside(gate.limits, *gates_[i].least) > outside(gate.limits, *gates_[i].most);
    return low ? gates_[i].least : gates_[i].most;
  }
  const auto value =
      gate.when == When::start ? start_value(gate.signal, working) : extreme_value(gate.signal, working);
  return value ? std::optional{value->value} : std::nullopt;
}

bool FormMonitor::broken(std::size_t i, std::optional<Side> working) const {
  const auto value = worst_value(i, working);
  return value && outside(definition_.gates[i].limits, *value) > 0;
}

std::optional<BrokenGate> FormMonitor::how_broken(std::optional<Side> working) const {
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    const auto value = worst_value(i, working);
    const Limits& limits = definition_.gates[i].limits;
    if (!value || !(outside(limits, *value) > 0)) continue;
    const bool above = limits.max && *value > *limits.max;
    return BrokenGate{&definition_.gates[i], *value, above ? *limits.max : *limits.min};
  }
  return std::nullopt;
}

const Gate* FormMonitor::broken_gate(std::optional<Side> working) const {
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    if (broken(i, working)) return &definition_.gates[i];
  }
  return nullptr;
}

const Gate* FormMonitor::gate_farther_on(std::optional<Side> working) const {
  const Gate* found = nullptr;
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    if (!broken(i, working)) continue;
    const Gate& gate = definition_.gates[i];
    if (gate.when != When::extreme) return nullptr;
    const auto from = start_value(gate.signal, working);
    const auto to = extreme_value(gate.signal, working);
    if (!from || !to || !(outside(gate.limits, to->value) < outside(gate.limits, from->value)))
      return nullptr;
    if (found == nullptr) found = &gate;
  }
  return found;
}

FormJudgment FormMonitor::judgment(std::optional<Side> working, std::optional<View> view) const {
  FormJudgment found;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const FormRule& rule = definition_.form[i];
    const bool visible_from_here =
        rule.views.empty() ||
        (view && std::find(rule.views.begin(), rule.views.end(), *view) != rule.views.end());
    if (!visible_from_here) continue;
    const auto start = start_value(rule.signal, working);
    if (rule.relative_to_start && !start) continue;
    const double base = rule.relative_to_start ? start->value : 0;

    std::optional<double> worst;
    double confidence = 0;
    const auto consider = [&](double value) {
      if (!worst || outside(rule.limits, value - base) > outside(rule.limits, *worst)) worst = value - base;
    };
    if (rule.when == When::whole) {
      if (rules_[i].least) consider(*rules_[i].least);
      if (rules_[i].most) consider(*rules_[i].most);
      confidence = rules_[i].confidence;
    } else if (const auto value =
                   value_of(rule.signal, rule.when == When::start ? start_ : extreme_, working)) {
      consider(value->value);
      confidence = value->confidence;
    }
    if (!worst || confidence < kMinRuleConfidence) continue;
    const double deviation = outside(rule.limits, *worst);
    if (deviation > 0) {
      found.faults.push_back({rule.id, *worst, std::min(1.0, deviation / rule.full_deviation), confidence});
    } else {
      found.kept.push_back(rule.id);
    }
  }
  return found;
}

std::vector<Fault> FormMonitor::faults(std::optional<Side> working, std::optional<View> view) const {
  return judgment(working, view).faults;
}

}  // namespace reprise::engine
