// SPDX-License-Identifier: Apache-2.0
// How well tests of function are measured from landmarks of drawn people, whose movements are known.
// Simulated: no person, no camera, no network. Prints tables; tests/revalidation/function_tests.mjs runs it.
//
//   reprise_function_test_errors CATALOG

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/synthesis/generate.h"
#include "exercises/catalog_files.h"
#include "session/exercise_facts.h"
#include "session/measurements/function_tests.h"
#include "session/passes.h"
#include "tests/support/simulated_jump.h"
#include "tests/support/simulated_timed_walk.h"

namespace reprise {
namespace {

using session::FunctionTest;
using session::MeasurementDocument;
using session::SignalMeasure;

/// The first value of a measure: that of the test, whose name is its part.
const session::MeasuredValue* value_of_test(const MeasurementDocument& d, SignalMeasure measure,
                                            std::optional<Side> side = std::nullopt) {
  const auto found = std::find_if(d.values.begin(), d.values.end(), [&](const auto& value) {
    return value.measure == measure && value.side == side;
  });
  return found == d.values.end() ? nullptr : &*found;
}

struct Errors {
  std::vector<double> all;

  void print(const char* what, double scale, const char* unit) const {
    double sum = 0;
    double squares = 0;
    std::vector<double> sizes;
    for (const double e : all) {
      sum += e;
      squares += e * e;
      sizes.push_back(std::abs(e));
    }
    std::sort(sizes.begin(), sizes.end());
    const auto n = static_cast<double>(all.size());
    std::printf("| %s | %zu | %.*f | %.*f | %.*f | %.*f | %s |\n", what, all.size(), scale > 1 ? 1 : 2,
                scale * sum / n, scale > 1 ? 1 : 2, scale * std::sqrt(squares / n), scale > 1 ? 1 : 2,
                scale * sizes[static_cast<std::size_t>(0.9 * (n - 1))], scale > 1 ? 1 : 2,
                scale * sizes.back(), unit);
  }
};

const exercises::CatalogExercise& exercise_named(const std::vector<exercises::CatalogExercise>& catalog,
                                                 std::string_view id) {
  const auto found = exercises::find(catalog, std::string{id});
  if (!found) std::exit(2);
  return **found;
}

Result<MeasurementDocument> measured(const exercises::CatalogExercise* exercise, FunctionTest test,
                                     const std::vector<engine::PoseFrame>& frames) {
  session::CameraTest camera;
  camera.frames = frames;
  if (exercise != nullptr) {
    session::PassInput pass;
    pass.definition = exercise->definition;
    pass.exercise = session::facts_of(*exercise);
    pass.further_measures = session::camera_measures(test);
    camera.session = session::run_passes(pass, frames);
  }
  return session::measure_function_test(camera, {.test = test});
}

engine::GeneratedMovement moved(const exercises::CatalogExercise& exercise,
                                const engine::GenerateOptions& options) {
  auto movement = engine::generate(exercise.movement.correct, options);
  if (!movement) std::exit(2);
  return std::move(*movement);
}

/// Bodies, tempos, views and noise that all exercises share.
template <class Use>
void for_each_patient(Use&& use) {
  std::uint64_t seed = 1;
  for (const double azimuth : {0.0, 45.0, 90.0}) {
    for (const double stature : {1.5, 1.9}) {
      for (const double pace : {0.5, 0.8, 1.2}) {
        for (const double noise_m : {0.005, 0.015}) {
          engine::GenerateOptions options{.repetitions = 5, .duration_scale = pace, .noise = Meters{noise_m}};
          options.before = Seconds{2};
          options.body.stature = Meters{stature};
          options.camera.azimuth = Degrees{azimuth};
          options.seed = seed++;
          use(options);
        }
      }
    }
  }
}

void chair(const exercises::CatalogExercise& exercise) {
  // Shares of the catalog's movement at which the body is upright, leaves that, and has sat down.
  constexpr double kUp = 0.45, kDown = 0.55, kSat = 0.82;
  Errors start, up, down, sat, total;
  int people = 0, missed = 0;
  for_each_patient([&](const engine::GenerateOptions& options) {
    ++people;
    const auto movement = moved(exercise, options);
    const auto d = measured(&exercise, FunctionTest::sit_to_stand_5, movement.frames);
    if (!d || d->tables.front().rows.size() != 5) {
      ++missed;
      return;
    }
    const auto at = [&](std::size_t i, double share) {
      const auto& truth = movement.repetitions[i];
      return truth.start.value() + share * (truth.end - truth.start).value();
    };
    for (std::size_t i = 0; i < 5; ++i) {
      const session::MeasuredEvent& row = d->tables.front().rows[i];
      start.all.push_back(row.start.value() - at(i, 0));
      up.all.push_back(row.start.value() + *row.values[1] - at(i, kUp));
      if (!row.values[2]) continue;
      sat.all.push_back(row.end.value() - at(i, kSat));
      down.all.push_back(row.end.value() - *row.values[2] - at(i, kDown));
    }
    const auto* time = value_of_test(*d, SignalMeasure::test_time);
    total.all.push_back(time->value - (at(4, kUp) - at(0, 0)));
  });
  std::printf("five times sit-to-stand: all five rises counted in %d of %d\n\n", people - missed, people);
  std::printf("| of | n | mean | RMS | nine of ten within | largest | |\n|---|---|---|---|---|---|---|\n");
  start.print("start of rising", 1, "s");
  up.print("full stand", 1, "s");
  down.print("start of sitting down", 1, "s");
  sat.print("seated", 1, "s");
  total.print("time to the fifth stand", 1, "s");
}

void timed_walk() {
  Errors start, up, turns, down, end, total;
  int people = 0, missed = 0;
  for (const double azimuth : {0.0, 45.0, 90.0}) {
    for (const double side : {1.0, -1.0}) {
      for (const double pace : {0.7, 1.0, 1.4}) {
        for (const double noise_m : {0.005, 0.015}) {
          const engine::SimulatedTimedWalk truth{.side = side,
                                                 .azimuth = Degrees{azimuth},
                                                 .noise_m = noise_m,
                                                 .seed = static_cast<unsigned>(++people),
                                                 .pace = pace};
          const auto d =
              measured(nullptr, FunctionTest::timed_up_and_go, engine::simulated_timed_walk(truth));
          if (!d) {
            ++missed;
            continue;
          }
          const auto& rows = d->tables.front().rows;
          start.all.push_back(rows[0].start.value() - truth.at(truth.start));
          up.all.push_back(rows[0].end.value() - truth.at(truth.up));
          turns.all.push_back(rows[2].start.value() - truth.at(truth.turn_start));
          turns.all.push_back(rows[2].end.value() - truth.at(truth.turn_end));
          turns.all.push_back(rows[4].start.value() - truth.at(truth.to_sit_start));
          turns.all.push_back(rows[4].end.value() - truth.at(truth.to_sit_end));
          down.all.push_back(rows[5].start.value() - truth.at(truth.down));
          end.all.push_back(rows[5].end.value() - truth.at(truth.end));
          total.all.push_back(value_of_test(*d, SignalMeasure::test_time)->value -
                              truth.at(truth.end - truth.start));
        }
      }
    }
  }
  std::printf("\nTimed Up and Go: measured %d of %d\n\n", people - missed, people);
  std::printf("| of | n | mean | RMS | nine of ten within | largest | |\n|---|---|---|---|---|---|---|\n");
  start.print("start of the test", 1, "s");
  up.print("risen", 1, "s");
  turns.print("start and end of turns", 1, "s");
  down.print("start of sitting", 1, "s");
  end.print("seated again", 1, "s");
  total.print("time of the test", 1, "s");
}

void stance(const exercises::CatalogExercise& exercise) {
  Errors time;
  int people = 0, missed = 0;
  for_each_patient([&](engine::GenerateOptions options) {
    if (options.camera.azimuth > Degrees{60}) return;  // not from the side
    options.repetitions = 1;
    ++people;
    const auto movement = moved(exercise, options);
    const auto d = measured(&exercise, FunctionTest::single_leg_stance, movement.frames);
    const auto* stood = d ? value_of_test(*d, SignalMeasure::stance_time, Side::left) : nullptr;
    if (stood == nullptr) {
      ++missed;
      return;
    }
    const auto& truth = movement.repetitions.front();
    time.all.push_back(stood->value - (truth.end - truth.start).value());
  });
  std::printf("\nsingle-leg stance: found in %d of %d\n\n", people - missed, people);
  std::printf("| of | n | mean | RMS | nine of ten within | largest | |\n|---|---|---|---|---|---|---|\n");
  time.print("time stood", 1, "s");
}

void jumps() {
  std::printf(
      "\njumps\n\n| pictures a second | n | mean | RMS | nine of ten within | largest | |\n"
      "|---|---|---|---|---|---|---|\n");
  int held = 0, all = 0, counted = 0, jumped = 0;
  for (const double rate : {30.0, 60.0, 120.0}) {
    Errors height;
    for (const double azimuth : {0.0, 45.0, 90.0}) {
      for (const double height_m : {0.08, 0.15, 0.25, 0.35, 0.45}) {
        for (const double noise_px : {0.6, 2.0}) {
          const engine::SimulatedJumps truth{
              .height_m = height_m, .rate_hz = rate, .azimuth = Degrees{azimuth}, .noise_px = noise_px};
          const auto d = measured(nullptr, FunctionTest::jump, engine::simulated_jumps(truth));
          jumped += 3;
          if (!d) continue;
          for (const session::MeasuredEvent& row : d->tables.front().rows) {
            ++counted;
            if (!row.values[1]) continue;
            height.all.push_back(*row.values[1] - height_m);
            const Seconds flight{*row.values[0]};
            // As the document's own ±, of one picture and 15 ms.
            const double e = std::hypot(1 / rate, 0.015);
            const double half = 9.80665 / 8 * e * (2 * flight.value() + e);
            ++all;
            held += std::abs(height.all.back()) <= half ? 1 : 0;
          }
        }
      }
    }
    height.print(std::to_string(static_cast<int>(rate)).c_str(), 100, "cm");
  }
  std::printf("\njumps counted: %d of %d; heights within their ±: %.0f %%\n", counted, jumped,
              100.0 * held / all);
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto catalog = reprise::exercises::load_catalog(argv[1]);
  if (!catalog) return 2;
  reprise::chair(reprise::exercise_named(*catalog, "sit_to_stand"));
  reprise::stance(reprise::exercise_named(*catalog, "single_leg_stance"));
  reprise::timed_walk();
  reprise::jumps();
}
