// What reprise.mjs calls. Nothing is thrown across this border: what fails returns {error}, and the loader
// throws it. Arguments come checked from the loader; reprise.d.mts documents them.

#include <emscripten/bind.h>

#include <memory>

#include "engine/movement/generate.h"
#include "session/catalogue.h"
#include "session/passes.h"
#include "session/prescription.h"
#include "session/session_json_names.h"
#include "wasm/border.h"
#include "wasm/live_set.h"

namespace reprise {
namespace {

using border::error_object;
using border::guarded;
using border::text;
using emscripten::val;

val to_val(const std::vector<CoachEvent>& events) {
  val list = val::array();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const CoachEvent& event = events[i];
    val one = val::object();
    one.set("time_s", event.time.value());
    one.set("kind", text(session_json::word(event.kind)));
    one.set("count", event.count);
    one.set("side", event.side ? text(name(*event.side)) : val::null());
    one.set("detail", event.detail.empty() ? val::null() : val(event.detail));
    list.set(i, one);
  }
  return list;
}

val to_val(const std::vector<Problem>& problems) {
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

/// A copy that JavaScript owns.
val float64_array(const std::vector<double>& numbers) {
  return val::global("Float64Array").new_(emscripten::typed_memory_view(numbers.size(), numbers.data()));
}

val read_exercise_text(const std::string& file_name, const std::string& json) {
  return guarded([&] {
    std::vector<Problem> problems;
    auto exercise = parse_exercise({file_name, json}, problems);
    val out = val::object();
    if (exercise) {
      out.set("exercise", std::make_shared<CatalogueExercise>(std::move(*exercise)));
      return out;
    }
    out = error_object(to_string(ErrorCode::corrupt), "reading an exercise", to_string(problems),
                       "Correct the file; docs/catalogue.md explains every field.");
    out["error"].set("problems", to_val(problems));
    return out;
  });
}

/// `side`: "left", "right" or empty.
val start_set(const CatalogueExercise& exercise, const std::string& side, bool with_ceiling, double ceiling) {
  return guarded([&] {
    Prescription prescription;
    if (!side.empty()) prescription.side = side == "left" ? Side::left : Side::right;
    if (with_ceiling) prescription.ceiling = ceiling;
    const auto options = coach_options(exercise.definition, prescription);
    if (!options) return error_object(options.error());
    val out = val::object();
    out.set("set", std::make_shared<LiveSet>(exercise, *options));
    return out;
  });
}

struct SimulateOptions {
  int repetitions = 0;
  double azimuth_deg = 0;
  double frame_rate_hz = 0;
  double noise_m = 0;
  double stature_m = 0;
  double seed = 0;
  bool mirror = false;
  std::string fault;
};

Result<GeneratedMovement> simulate(const CatalogueExercise& exercise, const SimulateOptions& asked) {
  GenerateOptions options;
  options.repetitions = asked.repetitions;
  options.camera.azimuth = Degrees{asked.azimuth_deg};
  options.frame_rate = Hertz{asked.frame_rate_hz};
  options.noise = Metres{asked.noise_m};
  options.body.stature = Metres{asked.stature_m};
  options.seed = static_cast<std::uint64_t>(asked.seed);
  options.mirror = asked.mirror;
  if (asked.fault.empty()) return generate(exercise.movement.correct, options);
  for (const CatalogueFault& fault : exercise.movement.faults) {
    if (fault.produces != asked.fault) continue;
    if (fault.instead) return generate(*fault.instead, options);
    options.faults = {{.offsets = fault.add}};
    return generate(exercise.movement.correct, options);
  }
  return fail(ErrorCode::not_found, "simulating an exercise",
              exercise.definition.id + " shows no fault " + asked.fault,
              "use one of its file's movement.faults");
}

/// Frame by frame, one behind the other: the time, then FrameNumbers in its order.
val simulated_frames(const CatalogueExercise& exercise, const SimulateOptions& asked) {
  return guarded([&] {
    const auto movement = simulate(exercise, asked);
    if (!movement) return error_object(movement.error());
    std::vector<double> numbers;
    for (const PoseFrame& frame : movement->frames) {
      numbers.push_back(frame.time.value());
      for (const auto& point : frame.pose->world_m) {
        numbers.insert(numbers.end(), {point.v.x(), point.v.y(), point.v.z()});
      }
      for (const double visibility : frame.pose->visibility) numbers.push_back(visibility);
      for (const ImagePoint& point : *frame.pose->image) {
        numbers.insert(numbers.end(), {point.x_px, point.y_px, point.z_px});
      }
    }
    val out = val::object();
    out.set("numbers", float64_array(numbers));
    return out;
  });
}

val figure(const CatalogueExercise& exercise, double share, bool mirror, double stature_m) {
  return guarded([&] {
    const MovementDefinition& movement = exercise.movement.correct;
    const auto drawn = figure_at(mirror ? mirrored(movement) : movement, share, {Metres{stature_m}, {}});
    if (!drawn) return error_object(drawn.error());
    std::vector<double> numbers;
    for (const auto& point : drawn->landmarks) {
      numbers.insert(numbers.end(), {point.v.x(), point.v.y(), point.v.z()});
    }
    val out = val::object();
    out.set("landmarks_m", float64_array(numbers));
    return out;
  });
}

/// Undefined where the coach has nothing to say, which is nearly always; else a list, or {error}.
val step(LiveSet& set, double time_s, int seen) {
  return guarded([&] {
    const auto events = set.step(Seconds{time_s}, static_cast<Seen>(seen));
    if (!events) return error_object(events.error());
    return events->empty() ? val::undefined() : to_val(*events);
  });
}

struct SessionOptions {
  std::string kind;
  std::string name;
  std::string language;
  int width_px = 0;
  int height_px = 0;
  int reacquired = 0;
  int most_people = 0;
  val models = val::array();
};

val session(const LiveSet& set, const SessionOptions& given) {
  return guarded([&] {
    SetFacts facts;
    facts.source.kind = session_json::from_word<SourceKind>(given.kind).value_or(SourceKind::video);
    facts.source.name = given.name;
    facts.source.width_px = given.width_px;
    facts.source.height_px = given.height_px;
    facts.reacquired = given.reacquired;
    facts.most_people = given.most_people;
    facts.language = given.language;
    const int models = given.models["length"].as<int>();
    for (int i = 0; i < models; ++i) {
      facts.models.push_back(
          {given.models[i]["name"].as<std::string>(), given.models[i]["sha256"].as<std::string>()});
    }
    const auto json = set.session(facts);
    if (!json) return error_object(json.error());
    val out = val::object();
    out.set("json", *json);
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise) {
  using emscripten::class_;
  using emscripten::function;
  using emscripten::value_object;

  value_object<SimulateOptions>("SimulateOptions")
      .field("repetitions", &SimulateOptions::repetitions)
      .field("azimuth_deg", &SimulateOptions::azimuth_deg)
      .field("frame_rate_hz", &SimulateOptions::frame_rate_hz)
      .field("noise_m", &SimulateOptions::noise_m)
      .field("stature_m", &SimulateOptions::stature_m)
      .field("seed", &SimulateOptions::seed)
      .field("mirror", &SimulateOptions::mirror)
      .field("fault", &SimulateOptions::fault);
  value_object<SessionOptions>("SessionOptions")
      .field("kind", &SessionOptions::kind)
      .field("name", &SessionOptions::name)
      .field("language", &SessionOptions::language)
      .field("width_px", &SessionOptions::width_px)
      .field("height_px", &SessionOptions::height_px)
      .field("reacquired", &SessionOptions::reacquired)
      .field("most_people", &SessionOptions::most_people)
      .field("models", &SessionOptions::models);

  class_<CatalogueExercise>("Exercise")
      .smart_ptr<std::shared_ptr<CatalogueExercise>>("ExercisePointer")
      .function("start_set", &start_set)
      .function("simulated_frames", &simulated_frames)
      .function("figure", &figure);
  class_<LiveSet>("LiveSet")
      .smart_ptr<std::shared_ptr<LiveSet>>("LiveSetPointer")
      .function(
          "numbers_address",
          +[](LiveSet& set) { return reinterpret_cast<std::uintptr_t>(&set.next_frame()); })
      .function("mark_simulated", &LiveSet::mark_simulated)
      .function("step", &step)
      .function(
          "finish", +[](LiveSet& set) { return guarded([&] { return to_val(set.finish()); }); })
      .function(
          "complete_count", +[](const LiveSet& set) { return set.coach().complete_count(); })
      .function("session", &session);
  function("engine_version", &engine_version);
  function("read_exercise", &read_exercise_text);
}

}  // namespace reprise
