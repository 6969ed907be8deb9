// SPDX-License-Identifier: Apache-2.0
// What the games do to simulated players: prints the table of docs/guide/games.md.
//
//   build/release/bench/reprise_game_players

#include <cstdio>
#include <vector>

#include "tests/support/simulated_player.h"

namespace {

using namespace reprise;

struct KindOfPlayer {
  const char* name;
  SimulatedPlayer player;
  Seconds hold{0};
};

void print(const KindOfPlayer& kind) {
  constexpr int kPlayers = 300;
  engine::GameOptions options;
  options.repetitions = 10;
  options.pace.hold = kind.hold;
  double sum = 0;
  double low = 1;
  double high = 0;
  double asked = 0;
  double first = 0;
  int within = 0;
  for (int i = 0; i < kPlayers; ++i) {
    options.kind = i % 2 == 0 ? engine::GameKind::balloon : engine::GameKind::orchard;
    const PlayedSets sets = play_sets(kind.player, options, static_cast<unsigned>(i + 1));
    const double share = sets.success();
    sum += share;
    low = std::min(low, share);
    high = std::max(high, share);
    within += share >= 0.6 - 1e-9 && share <= 0.8 + 1e-9 ? 1 : 0;
    double third = 0;
    for (std::size_t t = 0; t < 10; ++t) third += sets.succeeded[t] ? 0.1 : 0;
    first += third;
    double mean = 0;
    for (std::size_t t = 10; t < sets.asked.size(); ++t) mean += sets.asked[t] / 20;
    asked += mean;
  }
  std::printf("| %s | %.2f | %.2f | %.0f %% | %.0f to %.0f %% | %.0f %% | %.0f %% |\n", kind.name,
              kind.player.reach, asked / kPlayers, 100 * sum / kPlayers, 100 * low, 100 * high,
              100.0 * within / kPlayers, 100 * first / kPlayers);
}

}  // namespace

int main() {
  std::puts("| Player | Reach | Requested | Success | Of single players | Within 60 to 80 % | First ten |");
  std::puts("|---|---|---|---|---|---|---|");
  std::vector<KindOfPlayer> kinds;
  for (const double reach : {0.2, 0.35, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0, 1.1, 1.3})
    kinds.push_back({"steady", {.reach = reach}});
  kinds.push_back({"very steady", {.reach = 0.75, .spread = 0.02}});
  kinds.push_back({"erratic", {.reach = 0.75, .spread = 0.15}});
  kinds.push_back({"goes only as far as asked", {.reach = 0.8, .only_as_asked = true}});
  kinds.push_back({"tires", {.reach = 0.85, .tires = 0.12}});
  kinds.push_back({"tires much", {.reach = 0.9, .tires = 0.25}});
  kinds.push_back({"learns", {.reach = 0.65, .learns = 0.2}});
  kinds.push_back({"often stops short", {.reach = 0.8, .stops_short = 0.15}});
  kinds.push_back({"trembles", {.reach = 0.8, .tremor = 0.02}});
  kinds.push_back({"slow", {.reach = 0.8, .slow = 2.5}});
  kinds.push_back({"very slow", {.reach = 0.8, .slow = 4}});
  kinds.push_back({"needs cues in a third", {.reach = 0.8, .needs_cues = 0.33}});
  kinds.push_back({"with a hold of 3 s", {.reach = 0.8}, Seconds{3}});
  kinds.push_back({"lets go of a third of the holds", {.reach = 0.8, .keeps = 0.67}, Seconds{3}});
  for (const KindOfPlayer& kind : kinds) print(kind);
}
