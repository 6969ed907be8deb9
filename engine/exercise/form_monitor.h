// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/exercise/signal_value.h"

namespace reprise::engine {

/// A form rule that a repetition broke.
struct Fault {
  std::string rule;   ///< FormRule::id
  double value = 0;   ///< the worst value, rad or ratio (a change if the rule is relative)
  double amount = 0;  ///< above 0 to 1: share of the rule's full deviation
  double confidence = 0;
};

/// A gate that a movement broke, with how far it went and the limit that it passed, in rad or ratio.
struct BrokenGate {
  const Gate* gate = nullptr;
  double value = 0;
  double limit = 0;
};

/// The form rules that could be judged.
struct FormJudgment {
  std::vector<Fault> faults;      ///< broken
  std::vector<std::string> kept;  ///< ids
};

/// Tracks the signals that form rules and gates use, through one repetition. The live and the recorded pass
/// share it, so that a fault means the same in both.
class FormMonitor {
 public:
  /// Keeps a reference: the definition must outlive the monitor.
  explicit FormMonitor(const ExerciseDefinition& definition);

  /// Begins a repetition with the measures at the moment that it left rest.
  void begin(const MeasureSet& at_start, std::optional<Side> working);
  /// Adds a moment. `working`: the best guess so far of the working side. `new_extreme`: the farthest so far.
  void add(const MeasureSet& measures, std::optional<Side> working, bool new_extreme);

  /// Returns the first broken gate: the movement is another exercise. An unmeasured gate counts as kept. Null
  /// if none is broken.
  [[nodiscard]] const Gate* broken_gate(std::optional<Side> working) const;
  /// Returns the same gate with the value that broke it.
  [[nodiscard]] std::optional<BrokenGate> how_broken(std::optional<Side> working) const;
  /// Returns a broken gate if going farther would mend every broken one; null otherwise. Such a gate was
  /// broken at the start, and less so on the way.
  [[nodiscard]] const Gate* gate_farther_on(std::optional<Side> working) const;
  /// Returns the value of a gate's signal at the extreme.
  [[nodiscard]] std::optional<SignalValue> extreme_value(const Signal& signal,
                                                         std::optional<Side> working) const;
  /// Judges the rules that can be judged from `view`. Empty view: skips rules bound to views.
  [[nodiscard]] FormJudgment judgment(std::optional<Side> working, std::optional<View> view) const;
  /// Returns the broken ones alone.
  [[nodiscard]] std::vector<Fault> faults(std::optional<Side> working, std::optional<View> view) const;

 private:
  struct Seen {  ///< range over the repetition of medians of three, against single-frame glitches
    std::array<std::optional<double>, 3> last{};
    std::optional<double> least;
    std::optional<double> most;
    double confidence = 0;
  };
  static void see(Seen& seen, const std::optional<SignalValue>& now);
  [[nodiscard]] std::optional<SignalValue> start_value(const Signal& signal,
                                                       std::optional<Side> working) const;
  /// Returns the value of a gate that is farthest outside its limits; empty where it is not measured.
  [[nodiscard]] std::optional<double> worst_value(std::size_t gate, std::optional<Side> working) const;
  [[nodiscard]] bool broken(std::size_t gate, std::optional<Side> working) const;

  const ExerciseDefinition& definition_;
  MeasureSet start_;
  MeasureSet extreme_;
  std::vector<Seen> rules_;  ///< one for each form rule
  std::vector<Seen> gates_;
};

/// Returns how far a value lies outside its limits: 0 inside, positive outside.
[[nodiscard]] double outside(const Limits& limits, double value);

}  // namespace reprise::engine
