// SPDX-License-Identifier: Apache-2.0
#include "wasm/live_set.h"

#include <algorithm>
#include <cmath>

#include "engine/pose/packed_landmarks.h"
#include "exercises/pace.h"
#include "session/document_json.h"
#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise::wasm {
namespace {

constexpr const char* kStage = "coaching a set";

template <std::size_t N>
bool finite(const std::array<double, N>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](double number) { return std::isfinite(number); });
}

// Unsourced defaults.
constexpr Seconds kQuietFrom{0.2};   // a gesture that was held for this long: no correction meanwhile
constexpr Seconds kArmsDown{0.7};    // from the end of a gesture until the arms hang again
constexpr Seconds kResumesAfter{4};  // however long the arms stay

tl::unexpected<Error> not_finite() {
  return fail(ErrorCode::invalid_argument, kStage, "the time of a frame is not a finite number",
              "give the seconds since the start, from the camera's own clock");
}

/// Whether it judges the movement, which the gesture is no part of.
bool judges(engine::CoachEventKind kind) {
  using enum engine::CoachEventKind;
  return kind == cue || kind == fell_short || kind == other_movement || kind == too_quick;
}

engine::SetWatchOptions watch_options(const exercises::CatalogExercise& exercise, bool helper) {
  const auto pace = exercises::pace_of(exercise);
  return {.repetition = pace ? exercises::duration(*pace) : Seconds{0}, .helper = helper};
}

}  // namespace

std::optional<engine::Pose> pose_from(const FrameNumbers& numbers, Seen seen) {
  if (seen == Seen::no_person || !finite(numbers.world_m) || !finite(numbers.visibility)) return std::nullopt;
  if (seen == Seen::and_image && !finite(numbers.image_px)) return std::nullopt;
  engine::Pose pose;
  if (seen == Seen::and_image) pose.image.emplace();
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    const double* const world_m = &numbers.world_m[3 * l];
    const double* const image_px = &numbers.image_px[3 * l];
    pose.world_m[l] = {world_m[0], world_m[1], world_m[2]};
    pose.visibility[l] = std::clamp(numbers.visibility[l], 0.0, 1.0);
    if (pose.image) (*pose.image)[l] = {image_px[0], image_px[1], image_px[2]};
  }
  return pose;
}

FrameNumbers frame_numbers(const engine::Pose& pose) {
  FrameNumbers numbers;
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      numbers.world_m[3 * l + axis] = pose.world_m[l].v[static_cast<Eigen::Index>(axis)];
    }
    numbers.visibility[l] = pose.visibility[l];
    const engine::ImagePoint point = pose.image ? (*pose.image)[l] : engine::ImagePoint{};
    numbers.image_px[3 * l] = point.x_px;
    numbers.image_px[3 * l + 1] = point.y_px;
    numbers.image_px[3 * l + 2] = point.z_px;
  }
  return numbers;
}

LiveSet::LiveSet(exercises::CatalogExercise exercise, engine::CoachOptions options, bool helper)
    : exercise_(std::move(exercise)),
      options_(options),
      coach_(exercise_.definition, options),
      watch_(exercise_.definition, watch_options(exercise_, helper)),
      gestures_(exercise_.definition.gestures) {}

bool LiveSet::is_resuming(Seconds time) {
  if (was_paused_) resuming_ = Resuming{time, time};
  was_paused_ = false;
  if (!resuming_) return false;
  if (gestures_.now()) resuming_->left = time;
  if (time - resuming_->left < kArmsDown && time - resuming_->from < kResumesAfter) return true;
  resuming_.reset();
  return false;
}

bool LiveSet::keeps_quiet() const {
  const auto gesture = gestures_.now();
  return gesture && gesture->held >= kQuietFrom;
}

Result<void> LiveSet::step_paused(Seconds time, Seen seen) {
  if (!std::isfinite(time.value())) return not_finite();
  gestures_.step({time, pose_from(next_, seen)});
  was_paused_ = true;
  return {};
}

Result<std::vector<engine::CoachEvent>> LiveSet::step(Seconds time, Seen seen, std::optional<int> people,
                                                      bool looks_like_other) {
  if (!std::isfinite(time.value())) return not_finite();
  if (finished_) {
    return fail(ErrorCode::invalid_argument, kStage, "a frame came after the end of the set",
                "start another set");
  }
  if (!frames_.empty() && !(time > frames_.back().time)) return std::vector<engine::CoachEvent>{};
  if (!frames_.empty() && (time - frames_.front().time > kLongestSet || frames_.size() >= kMostSetFrames)) {
    return fail(ErrorCode::unsupported, kStage, "the set is longer than half an hour",
                "finish this set and start another");
  }
  engine::PoseFrame frame{time, pose_from(next_, seen)};
  gestures_.step(frame);
  if (is_resuming(time)) return std::vector<engine::CoachEvent>{};
  frames_.push_back(std::move(frame));
  auto events = coach_.step(frames_.back());
  if (keeps_quiet())
    std::erase_if(events, [](const engine::CoachEvent& event) { return judges(event.kind); });
  watch_.step(frames_.back(), people, coach_.now(), events, looks_like_other);
  return events;
}

std::vector<engine::CoachEvent> LiveSet::finish() {
  if (finished_) return {};
  finished_ = true;
  return coach_.finish();
}

Result<session::SessionDocument> LiveSet::document(const SetFacts& facts) const {
  if (frames_.empty()) {
    return fail(ErrorCode::nothing_measured, kStage, "the set has no frames",
                "show the camera's frames first");
  }
  session::PassInput input;
  input.definition = exercise_.definition;
  input.exercise = session::facts_of(exercise_, facts.language);
  input.source = facts.source;
  if (simulated_) input.source.kind = session::SourceKind::simulated;
  input.source.duration = frames_.back().time;
  input.models = facts.models;
  input.frames.reacquired = facts.reacquired;
  input.frames.most_people = facts.most_people;
  input.coach = options_;
  input.scene.upright_exercise = session::is_upright(exercise_);
  return session::run_passes(input, frames_);
}

Result<std::string> LiveSet::session(const SetFacts& facts) const {
  const auto whole = document(facts);
  if (!whole) return tl::unexpected(whole.error());
  return session::to_session_json(*whole);
}

Result<std::vector<session::ReplayFigure>> LiveSet::replay(const SetFacts& facts, Seconds from,
                                                           Seconds to) const {
  session::ReplayOptions options{.from = from, .to = to};
  options.side = engine::swap_named_and_working(exercise_.definition, options_.side);
  options.ceiling = options_.ceiling;
  options.network_landmarks = !facts.models.empty();
  return session::replay(exercise_, frames_, facts.source, options);
}

std::string LiveSet::recording(int width_px, int height_px) const {
  return engine::pack_landmarks({frames_, simulated_, width_px, height_px});
}

}  // namespace reprise::wasm
