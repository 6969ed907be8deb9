// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/person.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "simulation/clinic/chance.h"

namespace reprise::simulation {
namespace {

constexpr std::array<std::string_view, 24> kWomen = {
    "Ada", "Beatriz", "Clara", "Dilek", "Elena", "Fatima", "Greta", "Hana", "Ines", "Judith", "Katya", "Lena",
    "Mai", "Nadia",   "Olga",  "Paula", "Rosa",  "Sofia",  "Tilda", "Uma",  "Vera", "Wanda",  "Yara",  "Zoe"};
constexpr std::array<std::string_view, 24> kMen = {"Anton", "Bruno",  "Carlos", "David",   "Emil",   "Felix",
                                                   "Georg", "Hassan", "Ivan",   "Jonas",   "Karim",  "Luis",
                                                   "Mateo", "Nikola", "Omar",   "Pedro",   "Rafael", "Samuel",
                                                   "Tomas", "Ulrich", "Victor", "Wilhelm", "Yusuf",  "Zoran"};
constexpr std::array<std::string_view, 20> kTrees = {
    "Alder", "Ash",     "Aspen", "Beech",  "Birch",  "Cedar", "Cherry", "Elm",    "Fir",   "Hazel",
    "Holly", "Juniper", "Larch", "Laurel", "Linden", "Maple", "Oak",    "Poplar", "Rowan", "Willow"};
constexpr std::array<std::string_view, 5> kHabitNames = {"daily", "usual", "weekdays", "twice-a-week",
                                                         "irregular"};
constexpr std::array<int, 5> kDaysAWeek = {7, 6, 5, 2, 5};

void draw_identity(Chance& chance, SimulatedPerson& person) {
  const Pathway& pathway = *person.pathway;
  const bool woman = chance.happens(pathway.women);
  const auto& names = woman ? kWomen : kMen;
  person.gender = woman ? "female" : "male";
  if (chance.happens(0.02)) person.gender = "other";
  person.given = names[static_cast<std::size_t>(chance.whole(0, static_cast<int>(names.size()) - 1))];
  person.family =
      "Simulated-" +
      std::string{kTrees[static_cast<std::size_t>(chance.whole(0, static_cast<int>(kTrees.size()) - 1))]};
  person.stature_m = std::clamp(chance.normal(woman ? 1.64 : 1.77, 0.07), 1.48, 1.95);
  person.age = chance.whole(pathway.youngest, pathway.oldest);
  person.side = chance.happens(0.5) ? engine::Side::left : engine::Side::right;
}

void draw_habits(Chance& chance, int days, SimulatedPerson& person) {
  person.habit = static_cast<Habit>(chance.weighted({0.2, 0.3, 0.2, 0.12, 0.18}));
  // Half have been there from the beginning; the others came one by one.
  person.first_day = chance.happens(0.5) ? chance.whole(0, days / 12) : chance.whole(0, days * 7 / 10);
  const bool changes = chance.happens(0.7);
  const int change = person.first_day + chance.whole(24, 50);
  person.change_day = changes && change < days ? change : days;
  constexpr std::array<int, 5> kMinutes = {7 * 60 + 30, 10 * 60, 12 * 60 + 45, 17 * 60 + 15, 19 * 60 + 40};
  person.usual_minute = kMinutes[chance.weighted({0.25, 0.25, 0.1, 0.2, 0.2})];
  person.films = chance.happens(0.92);
  person.lets_record = chance.happens(0.88);
}

void draw_course(Chance& chance, SimulatedPerson& person) {
  const Pathway& pathway = *person.pathway;
  person.pain = {std::clamp(chance.normal(pathway.pain.start, 1), 1.0, 8.0),
                 std::clamp(chance.normal(pathway.pain.plateau, 0.6), 0.2, 5.0),
                 pathway.pain.days * chance.between(0.7, 1.5)};
  person.chronic_pain = chance.happens(0.1);
  if (person.chronic_pain) {
    person.pain.start = chance.between(5.5, 7);
    person.pain.plateau = chance.between(4.8, 6.2);
  }
  person.pain.plateau = std::min(person.pain.plateau, person.pain.start);
  person.pain_noise = chance.between(0.6, 1.0);
  // The clinician leaves those room who begin above the usual limit.
  const int room = static_cast<int>(std::ceil(person.pain.start + 1.5));
  person.limits.stop = std::clamp(std::max(5, room), 5, 9);
  person.limits.rise = person.limits.stop > 6 ? 3 : 2;
  person.progress = {std::clamp(chance.normal(pathway.progress.start, 0.07), 0.35, 0.9),
                     std::max(0.6, chance.normal(pathway.progress.plateau, 0.06)),
                     pathway.progress.days * chance.between(0.7, 1.5)};
  person.form = {std::clamp(chance.normal(50, 2.5), 44.0, 56.0),
                 std::clamp(chance.normal(56, 1.5), 52.0, 59.0), chance.between(20, 50)};
  person.effort = {std::clamp(chance.normal(6, 1), 3.0, 8.5), std::clamp(chance.normal(4, 1), 2.0, 7.0),
                   chance.between(25, 60)};
}

}  // namespace

std::string_view name(Habit habit) {
  return kHabitNames[static_cast<std::size_t>(habit)];
}

int days_a_week(Habit habit) {
  return kDaysAWeek[static_cast<std::size_t>(habit)];
}

SimulatedPerson draw_person(std::uint64_t seed, int number, int days) {
  const auto all = pathways();
  SimulatedPerson person;
  person.number = number;
  // One after the other, so that even a small clinic has different ones.
  person.pathway = &all[static_cast<std::size_t>(number - 1) % all.size()];
  Chance chance{seed, {static_cast<std::uint64_t>(number), 1}};
  person.id = chance.uuid();
  draw_identity(chance, person);
  draw_habits(chance, days, person);
  draw_course(chance, person);
  return person;
}

}  // namespace reprise::simulation
