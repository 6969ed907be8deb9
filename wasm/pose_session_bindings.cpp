// SPDX-License-Identifier: Apache-2.0
// What PoseSession and VisitWatch of reprise.mjs call. As in bindings.cpp, what fails returns {error}.

#include <memory>
#include <string>
#include <vector>

#include "wasm/js_boundary.h"
#include "wasm/live_set.h"
#include "wasm/pose_session.h"
#include "wasm/session_options.h"
#include "wasm/visit_watch.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::guarded;
using js_boundary::guarded_json;

/// A PoseSession or VisitWatch, and what it saw as the loader reads it: in the order of FrameNumbers.
template <class Session>
struct Handle {
  template <class... Args>
  explicit Handle(Args&&... args) : session(std::forward<Args>(args)...) {}

  Session session;
  FrameNumbers numbers;
  FrameNumbers helper;  ///< of a visit
};
using PoseSessionHandle = Handle<PoseSession>;
using VisitWatchHandle = Handle<VisitWatch>;

val start_pose_session(int person, bool central_first) {
  return guarded([&] {
    engine::PoseTrackerOptions options;
    options.person = person;
    if (central_first) options.order = engine::PersonOrder::central_first;
    val out = val::object();
    out.set("session", std::make_shared<PoseSessionHandle>(options));
    return out;
  });
}

/// `files`: {name, text} of tests and of exercises.
std::vector<exercises::CatalogFile> files_in(const val& files) {
  std::vector<exercises::CatalogFile> out;
  const int count = files["length"].as<int>();
  for (int i = 0; i < count; ++i)
    out.push_back({files[i]["name"].as<std::string>(), files[i]["text"].as<std::string>()});
  return out;
}

val start_visit(int person, const val& tests, const val& exercise_files) {
  return guarded([&] {
    const auto files = files_in(tests);
    auto parsed = exercises::parse_range_tests(files);
    if (!parsed) return error_object(parsed.error());
    std::vector<exercises::CatalogExercise> catalog;
    for (const exercises::CatalogFile& file : files_in(exercise_files)) {
      std::vector<json::Problem> problems;
      auto exercise = exercises::parse_exercise(file, problems);
      if (!exercise) {
        return error_object(to_string(ErrorCode::corrupt), "watching a visit", to_string(problems),
                            "Correct the file; docs/reference/catalog.md explains every field.");
      }
      catalog.push_back(std::move(*exercise));
    }
    val out = val::object();
    out.set("session", std::make_shared<VisitWatchHandle>(person, std::move(*parsed), std::move(catalog)));
    return out;
  });
}

/// Addresses of memory that JavaScript reads or writes.
template <class T>
val address(const T* memory) {
  return val(reinterpret_cast<std::uintptr_t>(memory));
}

template <class Session>
val session_picture(Handle<Session>& at, int width_px, int height_px) {
  return guarded([&] {
    const auto pixels = at.session.picture(width_px, height_px);
    return pixels ? address(pixels->data()) : error_object(pixels.error());
  });
}

/// A number of Wanted, or {error}.
template <class Session>
val next_wanted(Handle<Session>& at, const Result<Wanted>& wanted) {
  if (!wanted) return error_object(wanted.error());
  const auto& pose = at.session.seen().frame.pose;
  if (*wanted == Wanted::nothing && pose) at.numbers = frame_numbers(*pose);
  return val(static_cast<int>(*wanted));
}

template <class Session>
val session_begin(Handle<Session>& at, double time_s) {
  return guarded([&] { return next_wanted(at, at.session.begin(Seconds{time_s})); });
}

template <class Session>
val session_answer(Handle<Session>& at, float presence) {
  return guarded([&] {
    at.session.landmark_output().presence = presence;
    return next_wanted(at, at.session.answer());
  });
}

/// Those of a visit change from pass to pass.
template <class Session>
val session_addresses(Handle<Session>& at) {
  auto& detector = at.session.detector_output();
  auto& landmarks = at.session.landmark_output();
  val out = val::object();
  out.set("boxes", address(detector.boxes.data()));
  out.set("logits", address(detector.logits.data()));
  out.set("landmarks", address(landmarks.landmarks.data()));
  out.set("heatmap", address(landmarks.heatmap.data()));
  out.set("world_m", address(landmarks.world_m.data()));
  out.set("numbers", address(&at.numbers));
  return out;
}

/// The address of the helper's numbers; 0: not seen.
val helper_address(VisitWatchHandle& at) {
  const auto& pose = at.session.helper();
  if (!pose) return val(0);
  at.helper = frame_numbers(*pose);
  return address(&at.helper);
}

/// `last_s`: below 0: all of the visit.
val visit_findings(VisitWatchHandle& at, const SessionOptions& given, double last_s) {
  return guarded_json([&] {
    const auto last = last_s < 0 ? std::nullopt : std::optional{Seconds{last_s}};
    return at.session.findings_text(facts_in(given), last);
  });
}

val accept_visit(const VisitWatchHandle& at, const std::string& request, const SessionOptions& given) {
  return guarded_json([&] { return at.session.accepted_text(request, facts_in(given)); });
}

/// What every kind of session has.
template <class Session>
auto bind_session(const char* name, const char* pointer) {
  return emscripten::class_<Handle<Session>>(name)
      .template smart_ptr<std::shared_ptr<Handle<Session>>>(pointer)
      .function("picture", &session_picture<Session>)
      .function("begin", &session_begin<Session>)
      .function("answer", &session_answer<Session>)
      .function("addresses", &session_addresses<Session>)
      .function(
          "input", +[](const Handle<Session>& at) { return address(at.session.input().data()); })
      .function(
          "light", +[](const Handle<Session>& at) { return at.session.light(); })
      .function(
          "seen", +[](const Handle<Session>& at) { return at.session.seen().frame.pose.has_value(); })
      .function(
          "people", +[](const Handle<Session>& at) { return at.session.seen().people_seen; })
      .function(
          "detected", +[](const Handle<Session>& at) { return at.session.seen().detected; })
      .function(
          "reacquired", +[](const Handle<Session>& at) { return at.session.reacquired(); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_pose_session) {
  bind_session<PoseSession>("PoseSession", "PoseSessionPointer");
  bind_session<VisitWatch>("VisitWatch", "VisitWatchPointer")
      .function(
          "pictures", +[](const VisitWatchHandle& at) { return static_cast<double>(at.session.pictures()); })
      .function(
          "watched_s", +[](const VisitWatchHandle& at) { return at.session.watched().value(); })
      .function(
          "pause", +[](VisitWatchHandle& at) { at.session.pause(); })
      .function("helper_address", &helper_address)
      .function("findings", &visit_findings)
      .function("accept", &accept_visit);
  emscripten::function("start_pose_session", &start_pose_session);
  emscripten::function("start_visit", &start_visit);
}

}  // namespace reprise::wasm
