// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "care/plan/programme.h"
#include "simulation/clinic/pathway.h"

namespace reprise::simulation {

/// How regularly a patient exercises.
enum class Habit : std::uint8_t { daily, usual, weekdays, twice_a_week, irregular };
[[nodiscard]] std::string_view name(Habit habit);
/// Returns the days a week that the programme prescribes.
[[nodiscard]] int days_a_week(Habit habit);

/// A simulated patient. Days count from 0, the simulation's first.
struct SimulatedPerson {
  int number = 0;  ///< from 1
  std::string id;  ///< UUID: that of the Patient
  std::string given;
  std::string family;  ///< says that it is simulated
  std::string gender;  ///< as FHIR has it
  int age = 0;
  double stature_m = 1.7;
  const Pathway* pathway = nullptr;
  engine::Side side = engine::Side::right;  ///< the one that is affected, where the condition has sides
  Habit habit = Habit::usual;
  int first_day = 0;          ///< of the programme
  int change_day = 0;         ///< of the second programme; after the last day: none
  int usual_minute = 0;       ///< of the day, at which they exercise
  bool films = true;          ///< in front of the camera; false: counts by hand
  bool lets_record = true;    ///< agrees that movement is kept
  bool chronic_pain = false;  ///< whose pain hardly falls
  care::PainLimits limits;    ///< that the clinician set
  Recovery pain;              ///< before exercising
  Recovery progress;          ///< of the first exercise
  Recovery form;              ///< 0 to 100
  Recovery effort;            ///< 0 to 10
  double pain_noise = 0.8;    ///< deviation from day to day, points
};

/// `days`: how long the simulation is, at least 1.
[[nodiscard]] SimulatedPerson draw_person(std::uint64_t seed, int number, int days);

}  // namespace reprise::simulation
