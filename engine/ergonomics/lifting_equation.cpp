// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/lifting_equation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "engine/ergonomics/lifting_tables.h"

namespace reprise::engine {
namespace {

constexpr double kCmPerMeter = 100;
constexpr std::array<std::string_view, 3> kLiftCouplings = {"good", "fair", "poor"};
// Limits of the publication, metric.
constexpr double kNearestCm = 25;
constexpr double kFarthestCm = 63;
constexpr double kHighestCm = 175;
constexpr double kBestHeightCm = 75;
constexpr double kMostAsymmetryDeg = 135;
constexpr double kLongestHours = 8;

double cm(Meters length) {
  return length.value() * kCmPerMeter;
}

double horizontal_multiplier(double horizontal_cm) {
  return horizontal_cm > kFarthestCm ? 0 : kNearestCm / std::max(kNearestCm, horizontal_cm);
}

double vertical_multiplier(double vertical_cm) {
  return vertical_cm > kHighestCm ? 0 : 1 - 0.003 * std::abs(vertical_cm - kBestHeightCm);
}

double distance_multiplier(double distance_cm) {
  if (distance_cm > kHighestCm) return 0;
  return distance_cm <= kNearestCm ? 1 : 0.82 + 4.5 / distance_cm;
}

double asymmetry_multiplier(double asymmetry_deg) {
  return asymmetry_deg > kMostAsymmetryDeg ? 0 : 1 - 0.0032 * asymmetry_deg;
}

std::size_t height_column(double vertical_cm) {
  return vertical_cm < kBestHeightCm ? 0 : 1;
}

double frequency_multiplier(double lifts_per_minute, double hours, double vertical_cm) {
  const std::size_t duration = hours <= 1 ? 0 : hours <= 2 ? 1 : 2;
  const std::size_t height = height_column(vertical_cm);
  const auto at = [&](std::size_t line) { return kLiftFrequency[line].multiplier[duration][height]; };
  if (lifts_per_minute <= kLiftFrequency.front().lifts_per_minute) return at(0);
  for (std::size_t line = 1; line < kLiftFrequency.size(); ++line) {
    const double above = kLiftFrequency[line].lifts_per_minute;
    if (lifts_per_minute > above) continue;
    if (at(line) == 0) return 0;
    const double below = kLiftFrequency[line - 1].lifts_per_minute;
    return at(line - 1) + (at(line) - at(line - 1)) * (lifts_per_minute - below) / (above - below);
  }
  return 0;
}

NumberRange coupling_multiplier(const std::optional<LiftCoupling>& coupling, double vertical_cm) {
  const auto at = [&](std::size_t row) { return kLiftCoupling[row][height_column(vertical_cm)]; };
  if (coupling) return {at(static_cast<std::size_t>(*coupling)), at(static_cast<std::size_t>(*coupling))};
  return {at(2), at(0)};
}

LiftMultipliers multipliers_at(const LiftEnd& end, const LiftingTask& task) {
  const double vertical_cm = cm(end.vertical);
  LiftMultipliers m;
  m.horizontal = horizontal_multiplier(cm(end.horizontal));
  m.vertical = vertical_multiplier(vertical_cm);
  m.distance = distance_multiplier(std::abs(cm(task.destination.vertical) - cm(task.origin.vertical)));
  const double asymmetry_deg = end.asymmetry ? to_degrees(*end.asymmetry).value() : 0;
  m.asymmetry.most = asymmetry_multiplier(asymmetry_deg);
  m.asymmetry.least = end.asymmetry ? m.asymmetry.most : asymmetry_multiplier(kMostAsymmetryDeg);
  // The table's height is that of the origin, at either end.
  m.frequency = frequency_multiplier(task.lifts_per_minute, task.hours, cm(task.origin.vertical));
  m.coupling = coupling_multiplier(task.coupling, vertical_cm);
  const double known = kLiftLoadConstantKg * m.horizontal * m.vertical * m.distance * m.frequency;
  m.limit_kg = {known * m.asymmetry.least * m.coupling.least, known * m.asymmetry.most * m.coupling.most};
  return m;
}

std::string number_words(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", value);
  return text.data();
}

// Of one end of the lift: what lies beyond the limits of its place.
void note_end(const LiftEnd& end, const std::string& where, std::vector<std::string>& notes) {
  const double horizontal_cm = cm(end.horizontal);
  if (horizontal_cm < kNearestCm)
    notes.push_back("the hands are " + number_words(horizontal_cm) + " cm ahead " + where +
                    ": 25 cm is taken");
  if (horizontal_cm > kFarthestCm)
    notes.push_back("the hands are " + number_words(horizontal_cm) + " cm ahead " + where +
                    ", farther than 63 cm: the limit is 0");
  if (cm(end.vertical) > kHighestCm)
    notes.push_back("the hands are " + number_words(cm(end.vertical)) + " cm up " + where +
                    ", higher than 175 cm: the limit is 0");
  const double asymmetry_deg = end.asymmetry ? to_degrees(*end.asymmetry).value() : 0;
  if (asymmetry_deg > kMostAsymmetryDeg)
    notes.push_back("the asymmetry is " + number_words(asymmetry_deg) + " degrees " + where +
                    ", more than 135: the limit is 0");
}

std::vector<std::string> notes_of(const LiftingTask& task, const LiftingResult& result) {
  std::vector<std::string> notes;
  note_end(task.origin, "at the origin", notes);
  if (task.control_at_destination) {
    note_end(task.destination, "at the destination", notes);
  } else if (cm(task.destination.vertical) > kHighestCm) {
    notes.push_back("the lift ends " + number_words(cm(task.destination.vertical)) +
                    " cm up, higher than 175 cm, where the equation has no limit");
  }
  const double distance_cm = std::abs(cm(task.destination.vertical) - cm(task.origin.vertical));
  if (distance_cm > kHighestCm)
    notes.push_back("the lift is " + number_words(distance_cm) +
                    " cm long, more than 175 cm: the limit is 0");
  if (result.origin.frequency == 0)
    notes.push_back(number_words(task.lifts_per_minute) + " lifts a minute for " + number_words(task.hours) +
                    " h are beyond the table: the limit is 0");
  return notes;
}

Result<void> check_number(const char* what, double value, bool may_be_zero) {
  if (std::isfinite(value) && (may_be_zero ? value >= 0 : value > 0)) return {};
  return fail(ErrorCode::invalid_argument, "reading the lift",
              std::string{what} + " is " + number_words(value) +
                  (may_be_zero ? ", and must be 0 or more" : ", and must be above 0"),
              "measure it again, and give it in the unit of the option");
}

Result<void> check_end(const LiftEnd& end, bool height_alone) {
  if (auto right = check_number("the height of the hands", end.vertical.value(), true); !right) return right;
  if (height_alone) return {};
  if (auto right = check_number("the horizontal distance", end.horizontal.value(), true); !right)
    return right;
  return check_number("the asymmetry", end.asymmetry ? end.asymmetry->value() : 0, true);
}

Result<void> check_task(const LiftingTask& task) {
  if (auto right = check_number("the load", task.load_kg, false); !right) return right;
  if (auto right = check_end(task.origin, false); !right) return right;
  if (auto right = check_end(task.destination, !task.control_at_destination); !right) return right;
  if (auto right = check_number("the number of lifts a minute", task.lifts_per_minute, true); !right)
    return right;
  if (auto right = check_number("the duration", task.hours, false); !right) return right;
  if (task.hours <= kLongestHours) return {};
  return fail(ErrorCode::unsupported, "reading the lift",
              "the lifting lasts longer than 8 hours, for which the equation has no limit",
              "shorten the work, or assess it by other means");
}

}  // namespace

std::string_view name(LiftCoupling coupling) {
  return kLiftCouplings[static_cast<std::size_t>(coupling)];
}

std::optional<LiftCoupling> lift_coupling_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kLiftCouplings.size(); ++i) {
    if (kLiftCouplings[i] == name) return static_cast<LiftCoupling>(i);
  }
  return std::nullopt;
}

Result<LiftingResult> lifting_limit(const LiftingTask& task) {
  if (auto right = check_task(task); !right) return tl::unexpected(right.error());
  LiftingResult result;
  result.origin = multipliers_at(task.origin, task);
  result.limit_kg = result.origin.limit_kg;
  if (task.control_at_destination) {
    result.destination = multipliers_at(task.destination, task);
    result.limit_kg.least = std::min(result.limit_kg.least, result.destination->limit_kg.least);
    result.limit_kg.most = std::min(result.limit_kg.most, result.destination->limit_kg.most);
  }
  if (result.limit_kg.least > 0)
    result.index = NumberRange{task.load_kg / result.limit_kg.most, task.load_kg / result.limit_kg.least};
  result.notes = notes_of(task, result);
  return result;
}

}  // namespace reprise::engine
