// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/assess/assess_tests.h"
#include "cli/commands.h"
#include "cli/summary.h"
#include "engine/ergonomics/lifting_equation.h"

namespace reprise::cli {
namespace {

constexpr double kCmPerMeter = 100;

struct NioshArguments {
  double weight_kg = 0;
  double horizontal_cm = 0;
  double vertical_cm = 0;
  double to_vertical_cm = 0;
  std::optional<double> asymmetry_deg;
  std::optional<double> to_horizontal_cm;
  std::optional<double> to_asymmetry_deg;
  double lifts_per_minute = 0;
  double hours = 0;
  std::string coupling;
  bool json = false;
};

std::optional<Radians> angle_of(const std::optional<double>& deg) {
  return deg ? std::optional<Radians>{Degrees{*deg}} : std::nullopt;
}

engine::LiftingTask task_of(const NioshArguments& a) {
  engine::LiftingTask task;
  task.load_kg = a.weight_kg;
  task.origin = {Meters{a.horizontal_cm / kCmPerMeter}, Meters{a.vertical_cm / kCmPerMeter},
                 angle_of(a.asymmetry_deg)};
  task.control_at_destination = a.to_horizontal_cm.has_value();
  task.destination = {Meters{a.to_horizontal_cm.value_or(0) / kCmPerMeter},
                      Meters{a.to_vertical_cm / kCmPerMeter}, angle_of(a.to_asymmetry_deg)};
  task.lifts_per_minute = a.lifts_per_minute;
  task.hours = a.hours;
  task.coupling = engine::lift_coupling_from_name(a.coupling);
  return task;
}

std::string number_text(const engine::NumberRange& range, int decimals) {
  const std::string least = fmt::format("{:.{}f}", range.least, decimals);
  const std::string most = fmt::format("{:.{}f}", range.most, decimals);
  return least == most ? least : least + " to " + most;
}

// With as many decimals as tell an index just above 1 from 1.
std::string index_text(const engine::NumberRange& index) {
  int decimals = 2;
  const auto reads_as_one = [&](double value) {
    return value > 1 && fmt::format("{:.{}f}", value, decimals) == fmt::format("{:.{}f}", 1.0, decimals);
  };
  while (decimals < 6 && (reads_as_one(index.least) || reads_as_one(index.most))) ++decimals;
  return number_text(index, decimals);
}

void print_end(const char* where, const engine::LiftMultipliers& m) {
  fmt::print(
      "  {:<12} 23 kg x {:.2f} horizontal x {:.2f} vertical x {:.2f} distance x {} asymmetry x {:.2f} "
      "frequency x {} coupling = {} kg\n",
      where, m.horizontal, m.vertical, m.distance, number_text(m.asymmetry, 2), m.frequency,
      number_text(m.coupling, 2), number_text(m.limit_kg, 1));
}

void print_inputs(const NioshArguments& a) {
  const auto or_open = [](const std::optional<double>& value, const char* unit) {
    return value ? fmt::format("{:g}{}", *value, unit) : std::string{"not given"};
  };
  fmt::print("  {:<12} {:g} kg, hands {:g} cm ahead and {:g} cm up, asymmetry {}\n", "from", a.weight_kg,
             a.horizontal_cm, a.vertical_cm, or_open(a.asymmetry_deg, "°"));
  fmt::print("  {:<12} hands {:g} cm up{}\n", "to", a.to_vertical_cm,
             a.to_horizontal_cm ? fmt::format(" and {:g} cm ahead, asymmetry {}, put down with control",
                                              *a.to_horizontal_cm, or_open(a.to_asymmetry_deg, "°"))
                                : ", put down without control");
  fmt::print("  {:<12} {:g} a minute for {:g} h between recoveries, coupling {}\n", "lifts",
             a.lifts_per_minute, a.hours, a.coupling.empty() ? "not given" : a.coupling);
}

void print_lift(const engine::LiftingResult& result, const NioshArguments& a) {
  fmt::print("NIOSH lifting equation\n");
  print_inputs(a);
  print_end("origin", result.origin);
  if (result.destination) print_end("destination", *result.destination);
  fmt::print("  {:<12} {} kg recommended at most\n", "limit", number_text(result.limit_kg, 1));
  if (result.index) {
    fmt::print("  {:<12} {}: {}\n", "lifting index", index_text(*result.index),
               result.index->most <= 1   ? "within the recommended limit"
               : result.index->least > 1 ? "above the recommended limit"
                                         : "above the limit or not, depending on the missing inputs");
  } else {
    fmt::print("  {:<12} none: the equation has no weight for such a lift\n", "lifting index");
  }
  for (const std::string& note : result.notes) fmt::print("  ! {}\n", note);
  fmt::print(
      "  Holds for smooth lifts with two hands on firm ground, not for seated, one-handed or shared ones.\n"
      "  Not a medical device; a clinician decides.\n");
}

nlohmann::ordered_json range_json(const engine::NumberRange& range) {
  return {{"least", range.least}, {"most", range.most}};
}

nlohmann::ordered_json end_json(const engine::LiftMultipliers& m) {
  return {{"horizontal", m.horizontal},
          {"vertical", m.vertical},
          {"distance", m.distance},
          {"asymmetry", range_json(m.asymmetry)},
          {"frequency", m.frequency},
          {"coupling", range_json(m.coupling)},
          {"limit_kg", range_json(m.limit_kg)}};
}

nlohmann::ordered_json lift_json(const engine::LiftingResult& result, const NioshArguments& a) {
  using Json = nlohmann::ordered_json;
  const auto or_null = [](const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
  };
  Json j = {{"schema", "reprise.lifting/1"}};
  j["inputs"] = {{"weight_kg", a.weight_kg},
                 {"horizontal_cm", a.horizontal_cm},
                 {"vertical_cm", a.vertical_cm},
                 {"asymmetry_deg", or_null(a.asymmetry_deg)},
                 {"to_vertical_cm", a.to_vertical_cm},
                 {"to_horizontal_cm", or_null(a.to_horizontal_cm)},
                 {"to_asymmetry_deg", or_null(a.to_asymmetry_deg)},
                 {"lifts_per_minute", a.lifts_per_minute},
                 {"hours", a.hours},
                 {"coupling", a.coupling.empty() ? Json(nullptr) : Json(a.coupling)}};
  j["load_constant_kg"] = engine::kLiftLoadConstantKg;
  j["origin"] = end_json(result.origin);
  j["destination"] = result.destination ? end_json(*result.destination) : Json(nullptr);
  j["limit_kg"] = range_json(result.limit_kg);
  j["lifting_index"] = result.index ? range_json(*result.index) : Json(nullptr);
  j["notes"] = result.notes;
  return j;
}

ExitCode run_niosh(const NioshArguments& a) {
  const auto result = engine::lifting_limit(task_of(a));
  if (!result) {
    if (a.json) fmt::print("{}\n", error_json(result.error(), {}).dump(2));
    return report_error(result.error());
  }
  if (a.json) {
    fmt::print("{}\n", lift_json(*result, a).dump(2));
  } else {
    print_lift(*result, a);
  }
  return ExitCode::success;
}

}  // namespace

void add_niosh(CLI::App& command, ExitCode& code) {
  auto a = std::make_shared<NioshArguments>();
  command.add_option("--weight-kg", a->weight_kg, "The load")->required()->check(CLI::Range(0.0, 500.0));
  command.add_option("--horizontal-cm", a->horizontal_cm, "Hands ahead of the ankles, where the lift begins")
      ->required()
      ->check(CLI::Range(0.0, 300.0));
  command.add_option("--vertical-cm", a->vertical_cm, "Hands above the floor, where the lift begins")
      ->required()
      ->check(CLI::Range(0.0, 300.0));
  command.add_option("--to-vertical-cm", a->to_vertical_cm, "Hands above the floor, where the lift ends")
      ->required()
      ->check(CLI::Range(0.0, 300.0));
  command.add_option("--lifts-per-minute", a->lifts_per_minute, "How often, the mean of 15 minutes")
      ->required()
      ->check(CLI::Range(0.0, 60.0));
  command
      .add_option(
          "--hours", a->hours,
          "The longest lifting without enough recovery after it, hours. Enough is light work as long as "
          "the lifting, after up to 1 h, and 0.3 times as long, after up to 2 h")
      ->required()
      ->check(CLI::Range(0.0, 24.0));
  command
      .add_option("--asymmetry", a->asymmetry_deg,
                  "The load beside the body's middle, degrees; default: a range")
      ->check(CLI::Range(0.0, 180.0));
  command.add_option("--coupling", a->coupling, "How well the hands hold it; default: a range")
      ->check(CLI::IsMember({"good", "fair", "poor"}));
  CLI::Option* to = command
                        .add_option("--to-horizontal-cm", a->to_horizontal_cm,
                                    "Hands ahead of the ankles where the lift ends, if the load is put down "
                                    "with control")
                        ->check(CLI::Range(0.0, 300.0));
  command.add_option("--to-asymmetry", a->to_asymmetry_deg, "The same of the angle")
      ->check(CLI::Range(0.0, 180.0))
      ->needs(to);
  command.add_flag("--json", a->json, "Print inputs, multipliers and result as JSON");
  command.footer(
      "Example:\n"
      "  reprise assess niosh --weight-kg 12 --horizontal-cm 35 --vertical-cm 20 --to-vertical-cm 90 "
      "--lifts-per-minute 2 --hours 1 --coupling fair --asymmetry 30");
  command.callback([a, &code] { code = run_niosh(*a); });
}

}  // namespace reprise::cli
