// SPDX-License-Identifier: Apache-2.0
// Bindings for showing an exercise: its file read, its numbers, its movement as a figure and as a drawing,
// its pace. As in bindings.cpp: nothing throws, and the loader checks the arguments. In both modules.

#include <emscripten/bind.h>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/game/game.h"
#include "engine/pose/bones.h"
#include "exercises/catalog.h"
#include "exercises/figure_drawing.h"
#include "exercises/game_eligibility.h"
#include "exercises/pace.h"
#include "exercises/prescription.h"
#include "exercises/sensor_eligibility.h"
#include "exercises/standing_leg.h"
#include "exercises/within_ceiling.h"
#include "wasm/exercise_values.h"
#include "wasm/js_boundary.h"
#include "wasm/sensor_set.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::float64_array;
using js_boundary::guarded;
using js_boundary::text;

val to_val(const std::vector<json::Problem>& problems) {
  val list = val::array();
  for (std::size_t i = 0; i < problems.size(); ++i) {
    val one = val::object();
    one.set("path", problems[i].path);
    one.set("found", problems[i].found);
    one.set("limit", problems[i].limit);
    one.set("remedy", problems[i].remedy);
    one.set("text", to_string(problems[i]));
    list.set(i, one);
  }
  return list;
}

val read_exercise_text(const std::string& file_name, const std::string& json) {
  return guarded([&] {
    std::vector<json::Problem> problems;
    auto exercise = exercises::parse_exercise({file_name, json}, problems);
    val out = val::object();
    if (exercise) {
      out.set("exercise", std::make_shared<exercises::CatalogExercise>(std::move(*exercise)));
      return out;
    }
    out = error_object(to_string(ErrorCode::corrupt), "reading an exercise", to_string(problems),
                       "Correct the file; docs/reference/catalog.md explains every field.");
    out["error"].set("problems", to_val(problems));
    return out;
  });
}

/// `ceiling`: degrees or ratio. The exercise, shown within it.
val shown_within(const exercises::CatalogExercise& exercise, double ceiling) {
  return guarded([&] {
    const double limit = engine::from_degrees(exercise.definition.primary.measure, ceiling);
    val out = val::object();
    out.set("exercise", std::make_shared<exercises::CatalogExercise>(within_ceiling(exercise, limit)));
    return out;
  });
}

/// The exercise with a muscle as what counts. `share` above 0.
val muscle_exercise(const exercises::CatalogExercise& exercise, double share, double hold_s) {
  return guarded([&] {
    if (exercise.definition.ceiling) {
      return error_object("unsupported", "aiming at a muscle",
                          "the exercise has a ceiling, which no one would watch", "use the camera");
    }
    val out = val::object();
    out.set("exercise",
            std::make_shared<exercises::CatalogExercise>(with_muscle(exercise, {share, Seconds{hold_s}})));
    return out;
  });
}

val names(const std::vector<engine::View>& views) {
  val list = val::array();
  for (std::size_t i = 0; i < views.size(); ++i) list.set(i, text(engine::name(views[i])));
  return list;
}

val names_of(const exercises::EligibleGames& games) {
  val out = val::array();
  int n = 0;
  const auto add = [&](engine::GameKind kind) { out.set(n++, text(engine::name(kind))); };
  if (games.lifting) {
    add(engine::GameKind::balloon);
    add(engine::GameKind::orchard);
  }
  if (games.leaning) add(engine::GameKind::river);
  if (games.reaching) add(engine::GameKind::lanterns);
  return out;
}

/// Applies `of` to each side that can be prescribed.
template <class Of>
val by_side(Of&& of) {
  val out = val::object();
  for (const engine::Side side : {engine::Side::left, engine::Side::right})
    out.set(std::string{engine::name(side)}, name_or_null(of(side)));
  return out;
}

val exercise_facts(const exercises::CatalogExercise& exercise, bool with_ceiling, double ceiling) {
  return guarded([&] {
    const engine::ExerciseDefinition& definition = exercise.definition;
    exercises::Prescription prescription;
    if (with_ceiling) prescription.ceiling = ceiling;
    const auto options = exercises::coach_options(definition, prescription);
    if (!options) return error_object(options.error());
    const auto pace = exercises::pace_of(exercise);
    if (!pace) return error_object(pace.error());
    const engine::Measure measure = definition.primary.measure;
    const auto binding = engine::binding_ceiling(definition, options->ceiling);
    constexpr std::array<const char*, 3> kBalances = {"none", "standing", "single_leg"};
    val out = val::object();
    out.set("kind", text(definition.kind == engine::Kind::hold ? "hold" : "repetitions"));
    out.set("measure", text(engine::info(measure).name));
    out.set("unit", text(engine::is_angle(measure) ? "degree" : "ratio"));
    out.set("rest", engine::in_degrees(measure, definition.rest));
    out.set("target", engine::in_degrees(measure, definition.target));
    out.set("ceiling", binding ? val(engine::in_degrees(measure, *binding)) : val::null());
    out.set("views", names(definition.views));
    out.set("sided", definition.sided);
    val tempo = val::object();
    tempo.set("out_s", or_null(definition.tempo.out));
    tempo.set("hold_s", or_null(definition.tempo.hold));
    tempo.set("back_s", or_null(definition.tempo.back));
    out.set("tempo", tempo);
    val wanted = val::object();
    wanted.set("out_s", pace->out.value());
    wanted.set("hold_s", pace->hold.value());
    wanted.set("back_s", pace->back.value());
    out.set("pace", wanted);
    out.set("repetition_s", exercises::duration(*pace).value());
    out.set("balance", text(kBalances[static_cast<std::size_t>(exercise.falls.balance)]));
    out.set("support_within_reach", exercise.falls.support_within_reach);
    out.set("starts_by_itself", exercise.falls.starts_by_itself);
    out.set("helper_or_release", exercise.falls.high_risk_needs_helper_or_release);
    const auto places = exercises::sensor_places(exercise);
    val sensors = val::null();
    if (places) {
      sensors = val::array();
      sensors.set(0, text(places->proximal));
      sensors.set(1, text(places->distal));
    }
    out.set("sensors", sensors);
    const exercises::EligibleGames eligible = exercises::eligible_games(exercise);
    out.set("game_eligible", eligible.lifting);
    out.set("games", names_of(eligible));
    constexpr std::array<const char*, 3> kFarther = {"farther", "lower", "higher"};
    out.set("farther", text(kFarther[static_cast<std::size_t>(definition.farther)]));
    out.set("position",
            definition.positions.empty() ? val::null() : text(engine::name(definition.positions.front())));
    out.set("working_side",
            by_side([&](engine::Side side) { return engine::swap_named_and_working(definition, side); }));
    out.set("standing_leg",
            by_side([&](engine::Side side) { return exercises::standing_leg(exercise, side); }));
    out.set("hand_starts", definition.hands_up != engine::HandsUp::at_rest);
    out.set("hand_stops", definition.hands_up == engine::HandsUp::never);
    val gestures = val::object();
    gestures.set("hurts", name_or_null(definition.gestures.hurts));
    gestures.set("pause", name_or_null(definition.gestures.pause));
    out.set("gestures", gestures);
    return out;
  });
}

/// What carries the body, as the exercise's file says it.
const char* support_of(engine::Support support) {
  using engine::Support;
  switch (support) {
    case Support::seated: return "seated";
    case Support::supine: return "lying";
    case Support::long_sitting: return "long_sitting";
    case Support::hands: return "hands";
    case Support::shoulders: return "shoulders";
    default: return "feet";
  }
}

struct FigureOptions {
  bool mirror = false;
  double stature_m = 0;
  std::string fault;
  double fault_share = 1;  ///< of the angles that the fault adds
};

val figure(const exercises::CatalogExercise& exercise, double share, const FigureOptions& asked) {
  return guarded([&] {
    const auto performed = performance_of(exercise, asked.fault);
    if (!performed) return error_object(performed.error());
    engine::MovementDefinition movement = performed->movement;
    // The offsets' other side is that of the keyframes.
    std::vector<engine::DofValue> offsets = performed->offsets;
    for (engine::DofValue& offset : offsets) offset.angle = offset.angle * asked.fault_share;
    if (asked.mirror) {
      engine::MovementDefinition both = movement;
      both.base = offsets;
      offsets = engine::mirrored(both).base;
      movement = engine::mirrored(movement);
    }
    const auto drawn = engine::figure_at(movement, share, {Meters{asked.stature_m}, {}}, offsets);
    if (!drawn) return error_object(drawn.error());
    std::vector<double> numbers;
    for (const auto& point : drawn->landmarks) {
      numbers.insert(numbers.end(), {point.v.x(), point.v.y(), point.v.z()});
    }
    val out = val::object();
    out.set("landmarks_m", float64_array(numbers));
    std::vector<double> axes;
    for (const auto& turned : drawn->turned) axes.insert(axes.end(), turned.data(), turned.data() + 9);
    out.set("segments", float64_array(axes));
    out.set("support", support_of(movement.stance.support));
    return out;
  });
}

val bone_of(const engine::Bone& bone, const char* side) {
  val out = val::object();
  out.set("from", static_cast<int>(bone.from));
  out.set("to", static_cast<int>(bone.to));
  out.set("side", side == nullptr ? val::null() : val(side));
  out.set("fine", bone.fine);
  return out;
}

/// The trunk, then the left and the right side.
val bones() {
  val list = val::array();
  const auto add = [&](const engine::Bone& bone, const char* side) {
    list.call<void>("push", bone_of(bone, side));
  };
  for (const engine::Bone& bone : engine::kTrunkBones) add(bone, nullptr);
  for (const engine::Bone& bone : engine::kLeftBones) add(bone, "left");
  for (const engine::Bone& bone : engine::kLeftBones)
    add({engine::mirrored(bone.from), engine::mirrored(bone.to), bone.fine}, "right");
  return list;
}

/// `view`: a name, or empty for the exercise's best one.
val set_stage(const exercises::CatalogExercise& exercise, const std::string& view, bool mirror) {
  return guarded([&] {
    auto stage = exercises::stage_of(exercise, {engine::view_from_name(view), mirror});
    if (!stage) return error_object(stage.error());
    val out = val::object();
    out.set("stage", std::make_shared<exercises::DrawingStage>(std::move(*stage)));
    return out;
  });
}

val drawing(const exercises::DrawingStage& stage, double share) {
  return guarded([&] {
    const auto drawn = exercises::draw_figure(stage, share);
    if (!drawn) return error_object(drawn.error());
    val points = val::global("Float64Array").new_(2 * engine::kLandmarkCount);
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      points.set(2 * l, drawn->points[l].x);
      points.set(2 * l + 1, drawn->points[l].y);
    }
    val out = val::object();
    out.set("points", points);
    out.set("floor", drawn->floor_y);
    out.set("nearer", name_or_null(drawn->nearer));
    return out;
  });
}

val pace(const exercises::CatalogExercise& exercise, double time_s) {
  return guarded([&] {
    const auto wanted = exercises::pace_of(exercise);
    if (!wanted) return error_object(wanted.error());
    const exercises::PaceMoment moment = exercises::moment_at(*wanted, Seconds{time_s});
    val out = val::object();
    out.set("share", moment.share);
    out.set("part", text(part_word(moment.part)));
    out.set("repetition", moment.repetition);
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_exercise) {
  using emscripten::class_;
  using emscripten::function;

  class_<exercises::CatalogExercise>("Exercise")
      .smart_ptr<std::shared_ptr<exercises::CatalogExercise>>("ExercisePointer");
  emscripten::value_object<FigureOptions>("FigureOptions")
      .field("mirror", &FigureOptions::mirror)
      .field("stature_m", &FigureOptions::stature_m)
      .field("fault", &FigureOptions::fault)
      .field("fault_share", &FigureOptions::fault_share);
  class_<exercises::DrawingStage>("DrawingStage")
      .smart_ptr<std::shared_ptr<exercises::DrawingStage>>("DrawingStagePointer")
      .function("drawing", &drawing);
  function("read_exercise", &read_exercise_text);
  function("shown_within", &shown_within);
  function("muscle_exercise", &muscle_exercise);
  function("exercise_facts", &exercise_facts);
  function("bones", &bones);
  function("figure", &figure);
  function("set_stage", &set_stage);
  function("pace", &pace);
}

}  // namespace reprise::wasm
