// SPDX-License-Identifier: Apache-2.0
#include "exercises/exercise_reader.h"

#include <array>
#include <utility>

#include "exercises/movement_extent.h"

namespace reprise::exercises {
namespace {

// The enumerator whose position in `names` is the text's.
template <class Enum, std::size_t N>
Enum one_of(const nlohmann::json& value, const std::array<std::string_view, N>& names) {
  const auto& text = value.get_ref<const std::string&>();
  std::size_t i = 0;
  while (i + 1 < N && names[i] != text) ++i;
  return static_cast<Enum>(i);
}

constexpr std::array<std::string_view, 5> kCombine = {"mean", "larger", "smaller", "working", "resting"};
constexpr std::array<std::string_view, 3> kWhen = {"start", "extreme", "whole"};
constexpr std::array<std::string_view, 2> kKind = {"repetitions", "hold"};
constexpr std::array<std::string_view, 3> kPart = {"out", "hold", "back"};
constexpr std::array<std::string_view, 3> kJudges = {"full", "partial", "timer"};
constexpr std::array<std::string_view, 3> kWeightBearing = {"none", "partial", "full"};
constexpr std::array<std::string_view, 3> kBalance = {"none", "standing", "single_leg"};
constexpr std::array<std::string_view, 8> kSupport = {"standing", "left_leg",     "right_leg", "seated",
                                                      "supine",   "long_sitting", "hands",     "shoulders"};
constexpr std::array<std::string_view, 3> kFootRule = {"free", "flat", "heel_slides"};
constexpr std::array<std::string_view, 3> kEffect = {"avoid", "limit", "ask"};

std::string text(const nlohmann::json& group, const char* field) {
  return group.value(field, std::string{});
}

std::vector<std::string> texts(const nlohmann::json& group, const char* field) {
  return group.value(field, std::vector<std::string>{});
}

Translations translations(const nlohmann::json& group, const char* field) {
  return group.value(field, Translations{});
}

engine::Measure measure_of(const nlohmann::json& group, const char* field = "measure") {
  return *engine::measure_from_name(group.at(field).get_ref<const std::string&>());
}

double in_unit(double value, engine::Measure measure) {
  return engine::from_degrees(measure, value);
}

std::optional<double> number(const nlohmann::json& group, const char* field) {
  if (!group.contains(field)) return std::nullopt;
  return group.at(field).get<double>();
}

std::optional<double> number(const nlohmann::json& group, const char* field, engine::Measure measure) {
  const auto value = number(group, field);
  if (!value) return std::nullopt;
  return in_unit(*value, measure);
}

std::optional<Seconds> seconds(const nlohmann::json& group, const char* field) {
  const auto value = number(group, field);
  if (!value) return std::nullopt;
  return Seconds{*value};
}

engine::Signal signal_of(const nlohmann::json& group) {
  engine::Signal signal{measure_of(group), engine::Combine::mean};
  if (group.contains("combine")) signal.combine = one_of<engine::Combine>(group.at("combine"), kCombine);
  return signal;
}

engine::Limits limits_of(const nlohmann::json& group, engine::Measure measure) {
  return {number(group, "min", measure), number(group, "max", measure)};
}

std::vector<engine::View> views_of(const nlohmann::json& group) {
  std::vector<engine::View> views;
  for (const std::string& view : texts(group, "views")) views.push_back(*engine::view_from_name(view));
  return views;
}

void read_range(const nlohmann::json& document, engine::ExerciseDefinition& into) {
  const nlohmann::json& range = document.at("range");
  const engine::Measure measure = into.primary.measure;
  into.rest = *number(range, "rest", measure);
  into.target = *number(range, "target", measure);
  into.min_excursion = *number(range, "min_excursion", measure);
  into.ceiling = number(range, "ceiling", measure);
}

void read_tempo(const nlohmann::json& document, engine::ExerciseDefinition& into) {
  if (!document.contains("tempo")) return;
  const nlohmann::json& tempo = document.at("tempo");
  into.tempo = {seconds(tempo, "out_s"), seconds(tempo, "hold_s"), seconds(tempo, "back_s")};
  into.shortest = seconds(tempo, "shortest_s").value_or(into.shortest);
  into.longest = seconds(tempo, "longest_s").value_or(into.longest);
}

void read_rules(const nlohmann::json& document, CatalogExercise& into) {
  for (const nlohmann::json& gate : document.at("gates")) {
    const engine::Signal signal = signal_of(gate);
    into.definition.gates.push_back(
        {signal, one_of<engine::When>(gate.at("when"), kWhen), limits_of(gate, signal.measure)});
    into.gates.push_back({text(gate, "id"), text(gate, "why")});
  }
  for (const nlohmann::json& rule : document.at("form")) {
    engine::FormRule form;
    form.id = text(rule, "id");
    form.signal = signal_of(rule);
    form.when = one_of<engine::When>(rule.at("when"), kWhen);
    form.limits = limits_of(rule, form.signal.measure);
    form.full_deviation = *number(rule, "full_deviation", form.signal.measure);
    form.weight = *number(rule, "weight");
    form.views = views_of(rule);
    form.relative_to_start = rule.value("relative_to_start", false);
    into.form.push_back({form.id, translations(rule, "name"), translations(rule, "cue")});
    into.definition.form.push_back(std::move(form));
  }
}

engine::ExerciseDefinition read_definition(const nlohmann::json& document) {
  engine::ExerciseDefinition into;
  into.id = text(document, "id");
  into.kind = one_of<engine::Kind>(document.at("kind"), kKind);
  into.primary = signal_of(document.at("primary"));
  const nlohmann::json& sides = document.at("sides");
  into.sided = sides.at("sided").get<bool>();
  into.named_by_resting_side = text(sides, "prescribed") == "resting";
  if (sides.contains("working_side_by")) into.side_from = measure_of(sides, "working_side_by");
  into.views = views_of(document);
  read_range(document, into);
  read_tempo(document, into);
  if (document.contains("quality_weights")) {
    const nlohmann::json& weights = document.at("quality_weights");
    into.weights = {*number(weights, "range"), *number(weights, "tempo"), *number(weights, "smoothness"),
                    *number(weights, "form")};
  }
  return into;
}

Sides read_sides(const nlohmann::json& sides) {
  Sides into;
  for (const std::string& choice : texts(sides, "choices")) {
    (choice == "left" ? into.left : choice == "right" ? into.right : into.both) = true;
  }
  into.meaning = translations(sides, "meaning");
  return into;
}

Precaution read_precaution(const nlohmann::json& one) {
  Precaution into;
  const nlohmann::json& condition = one.at("condition");
  into.condition = {text(condition, "system"), text(condition, "code"), text(condition, "display")};
  into.phase = text(one, "phase");
  if (one.contains("weeks")) {
    into.from_week = number(one.at("weeks"), "from");
    into.to_week = number(one.at("weeks"), "to");
  }
  into.joint = text(one, "joint");
  into.movement = text(one, "movement");
  into.effect = one_of<Effect>(one.at("effect"), kEffect);
  if (one.contains("limit")) {
    into.limited = measure_of(one.at("limit"));
    into.limits = limits_of(one.at("limit"), *into.limited);
  }
  if (one.contains("weight_bearing")) {
    into.weight_bearing = one_of<WeightBearing>(one.at("weight_bearing"), kWeightBearing);
  }
  into.explain = translations(one, "explain");
  return into;
}

std::vector<engine::DofValue> read_angles(const nlohmann::json& degrees) {
  std::vector<engine::DofValue> angles;
  for (const auto& angle : degrees.items()) {
    angles.push_back({*engine::dof_from_name(angle.key()), Degrees{angle.value().get<double>()}});
  }
  return angles;
}

std::optional<engine::FootRule> foot_rule(const nlohmann::json& movement, const char* field) {
  if (!movement.contains(field)) return std::nullopt;
  return one_of<engine::FootRule>(movement.at(field), kFootRule);
}

engine::MovementDefinition read_one_movement(const nlohmann::json& movement) {
  engine::MovementDefinition into;
  into.stance.support = one_of<engine::Support>(movement.at("support"), kSupport);
  into.stance.left_foot = foot_rule(movement, "left_foot");
  into.stance.right_foot = foot_rule(movement, "right_foot");
  into.stance.stance_width = number(movement, "stance_width");
  if (const auto height = number(movement, "seat_height_m")) into.stance.seat_height = Meters{*height};
  into.stance.support_height = number(movement, "support_height").value_or(0);
  into.duration = *seconds(movement, "duration_s");
  if (movement.contains("base")) into.base = read_angles(movement.at("base"));
  for (const nlohmann::json& keyframe : movement.at("keyframes")) {
    into.keyframes.push_back({keyframe.at("at").get<double>(), read_angles(keyframe.at("degrees")),
                              number(keyframe, "flight").value_or(0)});
  }
  return into;
}

CatalogMovement read_movement(const nlohmann::json& movement) {
  CatalogMovement into{read_one_movement(movement), {}};
  for (const nlohmann::json& fault : movement.at("faults")) {
    CatalogFault one;
    one.produces = text(fault, "produces");
    if (fault.contains("add")) one.add = read_angles(fault.at("add"));
    if (fault.contains("instead")) one.instead = read_one_movement(fault.at("instead"));
    into.faults.push_back(std::move(one));
  }
  return into;
}

void read_texts(const nlohmann::json& document, CatalogExercise& into) {
  for (const auto& item : document.at("text").items()) {
    const nlohmann::json& one = item.value();
    into.text[item.key()] = {text(one, "name"),   text(one, "goal"), text(one, "set_up"),
                             texts(one, "steps"), text(one, "stop"), texts(one, "also")};
  }
  for (const nlohmann::json& phase : document.at("phases")) {
    into.phases.push_back(
        {text(phase, "id"), one_of<RepetitionPart>(phase.at("part"), kPart), translations(phase, "text")});
  }
  if (document.contains("equipment")) {
    for (const nlohmann::json& item : document.at("equipment")) {
      into.equipment.push_back(
          {text(item, "item"), item.at("required").get<bool>(), translations(item, "use")});
    }
  }
  for (const nlohmann::json& item : document.at("camera").at("not_measured")) {
    into.not_measured.push_back(item.get<Translations>());
  }
}

void read_safety(const nlohmann::json& document, CatalogExercise& into) {
  into.weight_bearing = one_of<WeightBearing>(document.at("load").at("weight_bearing"), kWeightBearing);
  const nlohmann::json& falls = document.at("falls");
  into.falls = {one_of<Balance>(falls.at("balance"), kBalance), falls.at("support_within_reach").get<bool>(),
                falls.at("starts_by_itself").get<bool>(), falls.contains("high_risk_needs")};
  for (const nlohmann::json& one : document.at("precautions"))
    into.precautions.push_back(read_precaution(one));
}

void read_sources(const nlohmann::json& document, CatalogExercise& into) {
  for (const nlohmann::json& one : document.at("evidence")) {
    into.evidence.push_back(
        {texts(one, "supports"), text(one, "source"), text(one, "doi"), text(one, "url"), text(one, "says")});
  }
  into.unsourced_defaults = texts(document, "unsourced_defaults");
  const nlohmann::json& review = document.at("review");
  into.review = {text(review, "status") == "clinically_reviewed", text(review, "by"),
                 text(review, "profession"), text(review, "date")};
}

}  // namespace

CatalogExercise read_exercise(const nlohmann::json& document) {
  CatalogExercise into;
  into.definition = read_definition(document);
  into.version = document.at("version").get<int>();
  into.regions = texts(document, "regions");
  into.positions = texts(document, "positions");
  into.sides = read_sides(document.at("sides"));
  into.judges = one_of<Judges>(document.at("camera").at("judges"), kJudges);
  read_rules(document, into);
  read_texts(document, into);
  read_safety(document, into);
  into.easier = texts(document.at("progression"), "easier");
  into.harder = texts(document.at("progression"), "harder");
  const nlohmann::json& dosage = document.at("dosage");
  into.dosage = {dosage.at("sets").get<int>(), dosage.at("repetitions").get<int>(), seconds(dosage, "hold_s"),
                 Seconds{*number(dosage, "rest_s")}, dosage.at("days_per_week").get<int>()};
  into.movement = read_movement(document.at("movement"));
  for (const std::string& position : into.positions) {
    if (const auto known = engine::body_position_from_name(position))
      into.definition.positions.push_back(*known);
  }
  derive_from_movement(into.movement.correct, into.definition);
  read_sources(document, into);
  return into;
}

}  // namespace reprise::exercises
