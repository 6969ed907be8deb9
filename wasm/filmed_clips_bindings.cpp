// SPDX-License-Identifier: Apache-2.0
// Bindings for tests that are filmed and then measured. As in bindings.cpp: nothing throws, and the loader
// checks the arguments.

#include <emscripten/bind.h>

#include <memory>

#include "wasm/filmed_clips.h"
#include "wasm/js_boundary.h"
#include "wasm/session_options.h"
#include "wasm/work_load_result.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::guarded;
using js_boundary::guarded_json;

val start_clips() {
  return guarded([] {
    val out = val::object();
    out.set("clips", std::make_shared<FilmedClips>());
    return out;
  });
}

/// Undefined, or {error}.
val clip_step(FilmedClips& clips, double time_s, int seen) {
  return guarded([&] {
    const auto added = clips.step(Seconds{time_s}, static_cast<Seen>(seen));
    return added ? val::undefined() : error_object(added.error());
  });
}

val end_clip(FilmedClips& clips, const SessionOptions& given) {
  return guarded([&] {
    clips.end_clip(facts_in(given));
    return val::undefined();
  });
}

/// The id of an exercise as {json}, or of none.
val exercise_of_test_value(const std::string& test) {
  return guarded([&] {
    const auto id = exercise_of_test(test);
    if (!id) return error_object(id.error());
    val out = val::object();
    out.set("exercise", id->empty() ? val::null() : val(*id));
    return out;
  });
}

val counted_test(const FilmedClips& clips, const std::string& request,
                 const exercises::CatalogExercise& exercise) {
  return guarded_json([&] { return clips.function_test(request, &exercise); });
}

val uncounted_test(const FilmedClips& clips, const std::string& request) {
  return guarded_json([&] { return clips.function_test(request, nullptr); });
}

val clips_gait(const FilmedClips& clips, const std::string& request) {
  return guarded_json([&] { return clips.gait(request); });
}

val clips_work_load(FilmedClips& clips, const std::string& request) {
  return guarded_json([&] { return clips.work_load(request); });
}

val lift(const std::string& request) {
  return guarded_json([&] { return lift_text(request); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_filmed_clips) {
  emscripten::class_<FilmedClips>("FilmedClips")
      .smart_ptr<std::shared_ptr<FilmedClips>>("FilmedClipsPointer")
      .function(
          "numbers_address",
          +[](FilmedClips& clips) { return reinterpret_cast<std::uintptr_t>(&clips.next_frame()); })
      .function("step", &clip_step)
      .function("end_clip", &end_clip)
      .function("drop_clip", &FilmedClips::drop_clip)
      .function("size", &FilmedClips::size)
      .function("counted_test", &counted_test)
      .function("uncounted_test", &uncounted_test)
      .function("gait", &clips_gait)
      .function("work_load", &clips_work_load);
  emscripten::function("lift", &lift);
  emscripten::function("start_clips", &start_clips);
  emscripten::function("exercise_of_test", &exercise_of_test_value);
}

}  // namespace reprise::wasm
