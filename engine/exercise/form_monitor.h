#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/exercise/signal_value.h"

namespace reprise {

/// A form rule that a repetition broke.
struct Fault {
  std::string rule;   ///< FormRule::id
  double value = 0;   ///< the worst value seen, rad or ratio (a change where the rule is relative)
  double amount = 0;  ///< above 0 to 1: share of the rule's full deviation
  double confidence = 0;
};

/// Watches one repetition, moment by moment, for what its rules and gates ask. The live pass and the recorded
/// pass both use it, so that a fault means the same in both.
class FormMonitor {
 public:
  /// Keeps a reference: the definition must outlive the watch.
  explicit FormMonitor(const ExerciseDefinition& definition);

  /// Begins a repetition with what was measured as it left rest.
  void begin(const MeasureSet& at_start, std::optional<Side> working);
  /// Each further moment; `working` is the best guess so far of the side that works. `new_extreme`: the
  /// farthest so far.
  void add(const MeasureSet& measures, std::optional<Side> working, bool new_extreme);

  /// The first gate that is broken: what was watched is another movement. A gate that could not be measured
  /// holds.
  [[nodiscard]] const Gate* broken_gate(std::optional<Side> working) const;
  /// A broken gate, where going farther mends every one that is broken; else none. Such a gate was broken
  /// before the movement began, and became less so on the way.
  [[nodiscard]] const Gate* gate_farther_on(std::optional<Side> working) const;
  /// At the extreme, what a gate looks at there.
  [[nodiscard]] std::optional<SignalValue> extreme_value(const Signal& signal,
                                                         std::optional<Side> working) const;
  /// All broken rules that can be judged from `view` (empty: view unknown, rules bound to views are skipped).
  [[nodiscard]] std::vector<Fault> faults(std::optional<Side> working, std::optional<View> view) const;

 private:
  struct Seen {  ///< range of a signal over the repetition, medians of three against single-frame glitches
    std::array<std::optional<double>, 3> last{};
    std::optional<double> least;
    std::optional<double> most;
    double confidence = 0;
  };
  static void see(Seen& seen, const std::optional<SignalValue>& now);
  [[nodiscard]] std::optional<SignalValue> start_value(const Signal& signal,
                                                       std::optional<Side> working) const;
  [[nodiscard]] bool broken(std::size_t gate, std::optional<Side> working) const;

  const ExerciseDefinition& definition_;
  MeasureSet start_;
  MeasureSet extreme_;
  std::vector<Seen> rules_;  ///< one for each form rule
  std::vector<Seen> gates_;
};

/// How far a value lies outside its limits: 0 inside, positive outside.
[[nodiscard]] double outside(const Limits& limits, double value);

}  // namespace reprise
