// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <vector>

#include "engine/game/game.h"

// People who play, for tests and for the figures in docs/guide/games.md: simple models with known abilities.
// None of them was fitted to real people.

namespace reprise {

struct SimulatedPlayer {
  double reach = 0.8;          ///< how far they come on average when they do what they can, of the target
  double spread = 0.06;        ///< standard deviation of that from movement to movement
  bool only_as_asked = false;  ///< goes a little past the requested reach and no farther
  double tires = 0;            ///< loses so much of the reach by the end of each set, and half of it stays
  double learns = 0;           ///< gains so much until the end of all sets
  double stops_short = 0;      ///< share of movements that are given up at a third
  double needs_cues = 0;       ///< share of movements in which the coach speaks about form
  double slow = 1;             ///< times the exercise's tempo
  double tremor = 0.005;       ///< standard deviation of each sample, progress
  double keeps = 1;            ///< share of the movements with a hold in which it is held long enough
};

/// A movement of the knee from 0 to 100 degrees, as a stand-in for any that counts repetitions.
inline engine::ExerciseDefinition played_exercise() {
  engine::ExerciseDefinition d;
  d.id = "knee_bend";
  d.primary = {engine::Measure::knee_flexion, engine::Combine::mean};
  d.rest = 0;
  d.target = 100 * kPi / 180;
  d.min_excursion = 25 * kPi / 180;
  return d;
}

/// Plays one set: movement after movement, until `repetitions` are counted, by the coach's own detector.
class PlayedSet {
 public:
  PlayedSet(const SimulatedPlayer& player, const engine::GameOptions& options, unsigned seed,
            const engine::ExerciseDefinition& definition = played_exercise())
      : player_(player), options_(options), game(definition, options), chance_(seed) {
    engine::DetectorOptions detector;
    const double range = std::abs(definition.target - definition.rest);
    detector.min_size = definition.min_excursion / range;
    detector.noise = (5 * kPi / 180) / range;
    detector_.emplace(detector);
  }

  /// `set` from 0 of `sets`. Gives up after so many movements that nothing is asked any more.
  void play(int set, int sets) {
    const int of = options_.repetitions;
    rest(1.5);
    for (int tried = 0; count_ < of && tried < 4 * of; ++tried) {
      const double in_set = static_cast<double>(count_) / of;
      const double in_all = (set + in_set) / sets;
      const double tired = player_.tires * (in_set + 0.5 * set);
      move(player_.reach - tired + player_.learns * in_all);
    }
  }

  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] int partial() const { return partial_; }

 private:
  const SimulatedPlayer player_;
  const engine::GameOptions options_;

 public:
  engine::Game game;            ///< as it stands
  std::vector<bool> succeeded;  ///< of each task
  std::vector<double> asked;    ///< height of each task
  double highest_asked = 0;     ///< in any look
  int most_tasks = 0;

 private:
  double normal() { return std::normal_distribution<double>{}(chance_); }
  bool happens(double share) { return std::bernoulli_distribution{share}(chance_); }

  void move(double able) {
    double peak = able + player_.spread * normal();
    if (player_.only_as_asked)
      peak = std::min(peak, game.state().task.height + 0.02 + 0.04 * std::abs(normal()));
    if (happens(player_.stops_short)) peak = able / 3;
    peak = std::max(peak, 0.0);
    cue_ = happens(player_.needs_cues);
    const double slow = player_.slow * (1 + 0.1 * std::abs(normal()));
    const double out = options_.pace.out.value() * slow;
    const double back = options_.pace.back.value() * slow;
    double hold = options_.pace.hold.value() * 1.1 + 0.2;
    if (!happens(player_.keeps)) hold *= 0.3;
    for (double t = 0; t < out; t += kStep) sample(peak * 0.5 * (1 - std::cos(kPi * t / out)));
    for (double t = 0; t < hold; t += kStep) sample(peak);
    for (double t = 0; t < back; t += kStep) sample(peak * 0.5 * (1 + std::cos(kPi * t / back)));
    rest(0.8);
  }

  void rest(double seconds) {
    for (double t = 0; t < seconds; t += kStep) sample(0);
  }

  void sample(double progress) {
    time_ += Seconds{kStep};
    const double seen = progress + player_.tremor * normal();
    engine::GameLook look;
    look.time = time_;
    look.progress = seen;
    const engine::DetectorEvent event = detector_->step(time_, seen);
    const bool ended = event == engine::DetectorEvent::ended && !counted_;
    if (event == engine::DetectorEvent::started) counted_ = false;
    if (event == engine::DetectorEvent::returned || ended) {
      counted_ = true;
      const double size = detector_->excursion().size();
      if (size < 0.5 * usual()) {
        ++partial_;
        look.ended_partial = true;
      } else {
        ++count_;
        sizes_.push_back(size);
        look.form_cue = cue_;
      }
    }
    look.part = detector_->part();
    look.count = count_;
    const int before = game.state().done;
    const int won = game.state().succeeded;
    const double height = game.state().task.height;
    const engine::GameState& state = game.step(look);
    highest_asked = std::max(highest_asked, state.task.height);
    most_tasks = std::max(most_tasks, state.done);
    if (state.done == before) return;
    succeeded.push_back(state.succeeded > won);
    asked.push_back(height);
  }

  /// As the coach's: the median of the last five.
  [[nodiscard]] double usual() const {
    if (sizes_.empty()) return 0;
    std::vector<double> last(
        sizes_.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(5, sizes_.size())), sizes_.end());
    std::sort(last.begin(), last.end());
    return last[last.size() / 2];
  }

  static constexpr double kStep = 1.0 / 15;

  std::mt19937 chance_;
  std::optional<engine::RepetitionDetector> detector_;
  Seconds time_{0};
  int count_ = 0;
  int partial_ = 0;
  bool counted_ = true;
  bool cue_ = false;
  std::vector<double> sizes_;
};

/// What became of some sets, one after the other, the level carried from each to the next.
struct PlayedSets {
  std::vector<bool> succeeded;  ///< of each task of all sets
  std::vector<double> asked;
  double level = 0;  ///< at the end
  int repetitions = 0;
  int most_tasks = 0;  ///< in a set
  double highest_asked = 0;

  /// Of the tasks after the first third.
  [[nodiscard]] double success() const {
    const std::size_t from = succeeded.size() / 3;
    const auto won = std::count(succeeded.begin() + static_cast<std::ptrdiff_t>(from), succeeded.end(), true);
    return succeeded.size() > from ? static_cast<double>(won) / static_cast<double>(succeeded.size() - from)
                                   : 0;
  }
};

[[nodiscard]] inline PlayedSets play_sets(const SimulatedPlayer& player, engine::GameOptions options,
                                          unsigned seed, int sets = 3,
                                          const engine::ExerciseDefinition& definition = played_exercise()) {
  PlayedSets all;
  for (int set = 0; set < sets; ++set) {
    PlayedSet played(player, options, seed * 1000 + static_cast<unsigned>(set), definition);
    played.play(set, sets);
    all.succeeded.insert(all.succeeded.end(), played.succeeded.begin(), played.succeeded.end());
    all.asked.insert(all.asked.end(), played.asked.begin(), played.asked.end());
    all.repetitions += played.count();
    all.most_tasks = std::max(all.most_tasks, played.most_tasks);
    all.highest_asked = std::max(all.highest_asked, played.highest_asked);
    options.kept_level = all.level = played.game.carried();
    options.effort.reset();
  }
  return all;
}

}  // namespace reprise
