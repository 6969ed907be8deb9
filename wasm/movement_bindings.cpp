// SPDX-License-Identifier: Apache-2.0
// Whole movements: simulated ones, recorded ones, and one instant of a movement as a figure. As bindings.cpp:
// nothing is thrown, arguments come checked.

#include <emscripten/bind.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "engine/pose/bones.h"
#include "engine/pose/packed_landmarks.h"
#include "engine/synthesis/generate.h"
#include "exercises/catalog.h"
#include "exercises/within_ceiling.h"
#include "wasm/js_boundary.h"
#include "wasm/live_set.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::guarded;

/// A copy that JavaScript owns.
val float64_array(const std::vector<double>& numbers) {
  return val::global("Float64Array").new_(emscripten::typed_memory_view(numbers.size(), numbers.data()));
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

/// Frame by frame, one behind the other: the time, then FrameNumbers in its order; NaN where there is none.
std::vector<double> numbers_of(const std::vector<engine::PoseFrame>& frames) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  constexpr std::size_t kNumbers = 1 + 7 * engine::kLandmarkCount;
  std::vector<double> numbers;
  numbers.reserve(frames.size() * kNumbers);
  for (const engine::PoseFrame& frame : frames) {
    const std::size_t whole = numbers.size() + kNumbers;
    numbers.push_back(frame.time.value());
    if (frame.pose) {
      for (const auto& point : frame.pose->world_m)
        numbers.insert(numbers.end(), {point.v.x(), point.v.y(), point.v.z()});
      for (const double visibility : frame.pose->visibility) numbers.push_back(visibility);
      if (frame.pose->image) {
        for (const engine::ImagePoint& point : *frame.pose->image)
          numbers.insert(numbers.end(), {point.x_px, point.y_px, point.z_px});
      }
    }
    numbers.resize(whole, kNone);
  }
  return numbers;
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

/// A movement, and what a fault adds to it.
struct Performance {
  const engine::MovementDefinition& movement;
  std::vector<engine::DofValue> offsets;
};

/// `fault`: as in the exercise's file; empty: the correct movement.
Result<Performance> performance_of(const exercises::CatalogExercise& exercise, const std::string& fault) {
  const engine::MovementDefinition& correct = exercise.movement.correct;
  if (fault.empty()) return Performance{correct, {}};
  for (const exercises::CatalogFault& each : exercise.movement.faults) {
    if (each.produces != fault) continue;
    return each.instead ? Performance{*each.instead, {}} : Performance{correct, each.add};
  }
  return fail(ErrorCode::not_found, "drawing an exercise",
              exercise.definition.id + " shows no fault " + fault, "use one of its file's movement.faults");
}

Result<engine::GeneratedMovement> simulate(const exercises::CatalogExercise& exercise,
                                           const SimulateOptions& asked) {
  engine::GenerateOptions options;
  options.repetitions = asked.repetitions;
  options.camera.azimuth = Degrees{asked.azimuth_deg};
  options.frame_rate = Hertz{asked.frame_rate_hz};
  options.noise = Meters{asked.noise_m};
  options.body.stature = Meters{asked.stature_m};
  options.seed = static_cast<std::uint64_t>(asked.seed);
  options.mirror = asked.mirror;
  const auto performed = performance_of(exercise, asked.fault);
  if (!performed) return tl::unexpected(performed.error());
  if (!performed->offsets.empty()) options.faults = {{.offsets = performed->offsets}};
  return engine::generate(performed->movement, options);
}

val simulated_frames(const exercises::CatalogExercise& exercise, const SimulateOptions& asked) {
  return guarded([&] {
    const auto movement = simulate(exercise, asked);
    if (!movement) return error_object(movement.error());
    val out = val::object();
    out.set("numbers", float64_array(numbers_of(movement->frames)));
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

val recording(const LiveSet& set, int width_px, int height_px) {
  return guarded([&] {
    const std::string bytes = set.recording(width_px, height_px);
    val out = val::object();
    const auto* const first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    // A copy: the view is of memory that ends here.
    out.set("bytes", val(emscripten::typed_memory_view(bytes.size(), first)).call<val>("slice"));
    return out;
  });
}

val read_recording(const std::string& bytes) {
  return guarded([&] {
    const auto read = engine::unpack_landmarks(bytes);
    if (!read) return error_object(read.error());
    val out = val::object();
    out.set("simulated", read->simulated);
    out.set("width_px", read->width_px);
    out.set("height_px", read->height_px);
    out.set("numbers", float64_array(numbers_of(read->frames)));
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_synthesis) {
  using emscripten::function;
  emscripten::value_object<SimulateOptions>("SimulateOptions")
      .field("repetitions", &SimulateOptions::repetitions)
      .field("azimuth_deg", &SimulateOptions::azimuth_deg)
      .field("frame_rate_hz", &SimulateOptions::frame_rate_hz)
      .field("noise_m", &SimulateOptions::noise_m)
      .field("stature_m", &SimulateOptions::stature_m)
      .field("seed", &SimulateOptions::seed)
      .field("mirror", &SimulateOptions::mirror)
      .field("fault", &SimulateOptions::fault);
  emscripten::value_object<FigureOptions>("FigureOptions")
      .field("mirror", &FigureOptions::mirror)
      .field("stature_m", &FigureOptions::stature_m)
      .field("fault", &FigureOptions::fault)
      .field("fault_share", &FigureOptions::fault_share);
  function("simulated_frames", &simulated_frames);
  function("bones", &bones);
  function("figure", &figure);
  function("shown_within", &shown_within);
  function("recording", &recording);
  function("read_recording", &read_recording);
}

}  // namespace reprise::wasm
