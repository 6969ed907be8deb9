// SPDX-License-Identifier: Apache-2.0
// Whole movements: simulated ones and recorded ones. As bindings.cpp: nothing is thrown, arguments come
// checked.

#include <emscripten/bind.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "engine/pose/packed_landmarks.h"
#include "engine/synthesis/generate.h"
#include "exercises/catalog.h"
#include "wasm/exercise_values.h"
#include "wasm/js_boundary.h"
#include "wasm/live_set.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::float64_array;
using js_boundary::guarded;

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
  function("simulated_frames", &simulated_frames);
  function("recording", &recording);
  function("read_recording", &read_recording);
}

}  // namespace reprise::wasm
