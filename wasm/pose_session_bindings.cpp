// SPDX-License-Identifier: Apache-2.0
// What the PoseSession of reprise.mjs calls. As in bindings.cpp, what fails returns {error}.

#include <memory>
#include <vector>

#include "wasm/js_boundary.h"
#include "wasm/live_set.h"
#include "wasm/pose_session.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::guarded;

/// A pose session, and what it saw as the loader reads it: in the order of FrameNumbers.
struct PoseSessionHandle {
  explicit PoseSessionHandle(const engine::PoseTrackerOptions& options) : session(options) {}

  PoseSession session;
  FrameNumbers numbers;
};

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

/// Addresses of memory that JavaScript reads or writes.
template <class T>
val address(const T* memory) {
  return val(reinterpret_cast<std::uintptr_t>(memory));
}

val pose_session_picture(PoseSessionHandle& at, int width_px, int height_px) {
  return guarded([&] {
    const auto pixels = at.session.picture(width_px, height_px);
    return pixels ? address(pixels->data()) : error_object(pixels.error());
  });
}

/// A number of Wanted, or {error}.
val pose_session_next(PoseSessionHandle& at, const Result<Wanted>& next) {
  if (!next) return error_object(next.error());
  const auto& pose = at.session.seen().frame.pose;
  if (*next != Wanted::nothing || !pose) return val(static_cast<int>(*next));
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      at.numbers.world_m[3 * l + axis] = pose->world_m[l].v[static_cast<Eigen::Index>(axis)];
    }
    at.numbers.visibility[l] = pose->visibility[l];
    const engine::ImagePoint point = pose->image ? (*pose->image)[l] : engine::ImagePoint{};
    at.numbers.image_px[3 * l] = point.x_px;
    at.numbers.image_px[3 * l + 1] = point.y_px;
    at.numbers.image_px[3 * l + 2] = point.z_px;
  }
  return val(static_cast<int>(*next));
}

val pose_session_begin(PoseSessionHandle& at, double time_s) {
  return guarded([&] { return pose_session_next(at, at.session.begin(Seconds{time_s})); });
}

val pose_session_answer(PoseSessionHandle& at, float presence) {
  return guarded([&] {
    at.session.landmark_output().presence = presence;
    return pose_session_next(at, at.session.answer());
  });
}

val pose_session_addresses(PoseSessionHandle& at) {
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

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_pose_session) {
  using emscripten::class_;
  class_<PoseSessionHandle>("PoseSession")
      .smart_ptr<std::shared_ptr<PoseSessionHandle>>("PoseSessionPointer")
      .function("picture", &pose_session_picture)
      .function("begin", &pose_session_begin)
      .function("answer", &pose_session_answer)
      .function("addresses", &pose_session_addresses)
      .function(
          "input", +[](const PoseSessionHandle& at) { return address(at.session.input().data()); })
      .function(
          "light", +[](const PoseSessionHandle& at) { return at.session.light(); })
      .function(
          "seen", +[](const PoseSessionHandle& at) { return at.session.seen().frame.pose.has_value(); })
      .function(
          "people", +[](const PoseSessionHandle& at) { return at.session.seen().people_seen; })
      .function(
          "detected", +[](const PoseSessionHandle& at) { return at.session.seen().detected; })
      .function(
          "reacquired", +[](const PoseSessionHandle& at) { return at.session.seen().reacquired; });
  emscripten::function("start_pose_session", &start_pose_session);
}

}  // namespace reprise::wasm
