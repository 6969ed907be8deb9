// What the Watcher of reprise.mjs calls. As in bindings.cpp, what fails returns {error}.

#include <memory>
#include <vector>

#include "wasm/border.h"
#include "wasm/live_set.h"
#include "wasm/watcher.h"

namespace reprise {
namespace {

using border::error_object;
using border::guarded;
using emscripten::val;

/// A watcher, and what it saw as the loader reads it: in the order of FrameNumbers.
struct WatcherAtBorder {
  explicit WatcherAtBorder(const PoseTrackerOptions& options) : watcher(options) {}

  Watcher watcher;
  FrameNumbers numbers;
};

val start_watcher(int person, bool central_first) {
  return guarded([&] {
    PoseTrackerOptions options;
    options.person = person;
    if (central_first) options.order = PersonOrder::central_first;
    val out = val::object();
    out.set("watcher", std::make_shared<WatcherAtBorder>(options));
    return out;
  });
}

/// Addresses of memory that JavaScript reads or writes.
template <class T>
val address(const T* memory) {
  return val(reinterpret_cast<std::uintptr_t>(memory));
}

val watcher_picture(WatcherAtBorder& at, int width_px, int height_px) {
  return guarded([&] {
    const auto pixels = at.watcher.picture(width_px, height_px);
    return pixels ? address(pixels->data()) : error_object(pixels.error());
  });
}

/// A number of Wanted, or {error}.
val watcher_next(WatcherAtBorder& at, const Result<Wanted>& next) {
  if (!next) return error_object(next.error());
  const auto& pose = at.watcher.seen().frame.pose;
  if (*next != Wanted::nothing || !pose) return val(static_cast<int>(*next));
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      at.numbers.world_m[3 * l + axis] = pose->world_m[l].v[static_cast<Eigen::Index>(axis)];
    }
    at.numbers.visibility[l] = pose->visibility[l];
    const ImagePoint point = pose->image ? (*pose->image)[l] : ImagePoint{};
    at.numbers.image_px[3 * l] = point.x_px;
    at.numbers.image_px[3 * l + 1] = point.y_px;
    at.numbers.image_px[3 * l + 2] = point.z_px;
  }
  return val(static_cast<int>(*next));
}

val watcher_begin(WatcherAtBorder& at, double time_s) {
  return guarded([&] { return watcher_next(at, at.watcher.begin(Seconds{time_s})); });
}

val watcher_answer(WatcherAtBorder& at, float presence) {
  return guarded([&] {
    at.watcher.landmark_output().presence = presence;
    return watcher_next(at, at.watcher.answer());
  });
}

val watcher_addresses(WatcherAtBorder& at) {
  auto& detector = at.watcher.detector_output();
  auto& landmarks = at.watcher.landmark_output();
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

EMSCRIPTEN_BINDINGS(reprise_watcher) {
  using emscripten::class_;
  class_<WatcherAtBorder>("Watcher")
      .smart_ptr<std::shared_ptr<WatcherAtBorder>>("WatcherPointer")
      .function("picture", &watcher_picture)
      .function("begin", &watcher_begin)
      .function("answer", &watcher_answer)
      .function("addresses", &watcher_addresses)
      .function(
          "input", +[](const WatcherAtBorder& at) { return address(at.watcher.input().data()); })
      .function(
          "light", +[](const WatcherAtBorder& at) { return at.watcher.light(); })
      .function(
          "seen", +[](const WatcherAtBorder& at) { return at.watcher.seen().frame.pose.has_value(); })
      .function(
          "people", +[](const WatcherAtBorder& at) { return at.watcher.seen().people_seen; })
      .function(
          "detected", +[](const WatcherAtBorder& at) { return at.watcher.seen().detected; })
      .function(
          "reacquired", +[](const WatcherAtBorder& at) { return at.watcher.seen().reacquired; });
  emscripten::function("start_watcher", &start_watcher);
}

}  // namespace reprise
