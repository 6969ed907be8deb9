// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/generate.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/synthesis/random.h"
#include "engine/synthesis/track.h"

namespace reprise::engine {
namespace {

constexpr const char* kStage = "movement generator";

Result<void> check_options(const GenerateOptions& o) {
  if (auto ok = check(o.body); !ok) return ok;
  if (auto ok = check(o.camera); !ok) return ok;
  const auto refuse = [](const char* cause, const char* remedy) {
    return fail(ErrorCode::invalid_argument, kStage, cause, remedy);
  };
  if (o.repetitions < 0 || o.repetitions > 10000) {
    return refuse("the number of repetitions is not from 0 to 10000", "ask for fewer");
  }
  if (!(o.frame_rate.value() > 0 && o.frame_rate.value() <= 1000)) {
    return refuse("the frame rate is not from 0 to 1000 Hz", "choose a rate like 30");
  }
  if (!(o.time_jitter.value() >= 0 && o.time_jitter < period(o.frame_rate))) {
    return refuse("the jitter is not below the time of one frame", "choose less");
  }
  if (!(o.duration_scale > 0 && o.duration_scale <= 100) || !std::isfinite(o.range_scale)) {
    return refuse("a scale is out of range", "choose scales near 1");
  }
  for (const double scale : o.range_scale_each) {
    if (!std::isfinite(scale)) return refuse("a scale is out of range", "choose scales near 1");
  }
  for (const Seconds still : {o.before, o.rest, o.after}) {
    if (!(still.value() >= 0 && still.value() <= 3600)) {
      return refuse("a time of stillness is not from 0 to 3600 s", "choose a shorter one");
    }
  }
  if (!(o.noise.value() >= 0 && o.noise.value() <= 1) ||
      !(o.drop_out_probability >= 0 && o.drop_out_probability <= 1)) {
    return refuse("the noise or the probability of drop-outs is out of range",
                  "choose a noise up to 1 m and a probability from 0 to 1");
  }
  for (const PlannedFault& fault : o.faults) {
    for (const DofValue& offset : fault.offsets) {
      if (!std::isfinite(offset.angle.value())) return refuse("a fault has no finite angle", "give degrees");
    }
  }
  return {};
}

/// The schedule: when each repetition happens, and how far it goes.
struct Schedule {
  std::vector<RepetitionTruth> repetitions;
  Seconds end;
};

Schedule schedule(const MovementDefinition& definition, const detail::Track& track,
                  const GenerateOptions& o) {
  const Seconds duration = definition.duration * o.duration_scale;
  Schedule plan;
  Seconds now = o.before;
  for (int r = 0; r < o.repetitions; ++r) {
    if (r > 0) now += o.rest;
    plan.repetitions.push_back(
        {now, now + duration * track.extreme(), now + duration * track.hold_end(), now + duration});
    now += duration;
  }
  plan.end = now + o.after;
  return plan;
}

/// `depth`: 1 adds all of it.
void add_fault(Posture& posture, const std::vector<DofValue>& offsets, double depth) {
  for (const DofValue& offset : offsets) posture[offset.dof] += offset.angle * depth;
}

struct Moment {
  Posture posture;
  Stance stance;
};

Moment moment_at(Seconds time, const detail::Track& track, const Schedule& plan, const GenerateOptions& o) {
  // The repetition under way, or the last one done: its end is where the body rests.
  std::size_t r = 0;
  while (r + 1 < plan.repetitions.size() && plan.repetitions[r + 1].start <= time) ++r;
  if (plan.repetitions.empty() || time < plan.repetitions[r].start)
    return {track.at(0, 1), track.stance(0, 1)};
  const RepetitionTruth& repetition = plan.repetitions[r];
  const double share = std::min(1.0, (time - repetition.start) / (repetition.end - repetition.start));
  const double each = r < o.range_scale_each.size() ? o.range_scale_each[r] : 1;
  Moment moment{track.at(share, o.range_scale * each), track.stance(share, o.range_scale * each)};
  for (const PlannedFault& fault : o.faults) {
    const auto& which = fault.repetitions;
    if (!which.empty() && std::find(which.begin(), which.end(), r) == which.end()) continue;
    add_fault(moment.posture, fault.offsets, track.depth(share));
  }
  return moment;
}

}  // namespace

MovementDefinition mirrored(const MovementDefinition& definition) {
  MovementDefinition other = definition;
  const auto mirror = [](std::vector<DofValue>& values) {
    for (DofValue& value : values) {
      if (changes_sign_in_mirror(value.dof)) value.angle = -value.angle;
      value.dof = mirrored(value.dof);
    }
  };
  other.stance = mirrored(definition.stance);
  mirror(other.base);
  for (Keyframe& keyframe : other.keyframes) mirror(keyframe.angles);
  return other;
}

Result<GeneratedMovement> generate(const MovementDefinition& given, const GenerateOptions& options) {
  if (auto ok = detail::check_keyframes(given); !ok) return tl::unexpected(ok.error());
  if (auto ok = check_options(options); !ok) return tl::unexpected(ok.error());
  const MovementDefinition definition = options.mirror ? mirrored(given) : given;
  const detail::Track track(definition);
  Schedule plan = schedule(definition, track, options);
  const double count = std::floor(plan.end.value() * options.frame_rate.value() + 1e-9) + 1;
  if (count > 1e6) {
    return fail(ErrorCode::invalid_argument, kStage, "the result would have more than a million frames",
                "ask for fewer repetitions or a lower frame rate");
  }

  GeneratedMovement movement;
  movement.repetitions = plan.repetitions;
  const detail::CounterRandom random(options.seed);
  // One stream of numbers for each purpose, so that turning on one disturbance leaves the others as they
  // were.
  const detail::CounterRandom jitter_random(options.seed ^ 0x6a69747465720000ULL);
  const detail::CounterRandom drop_random(options.seed ^ 0x64726f706f757400ULL);
  const Vec3<World> look_at =
      middle_of(draw_body(options.body, track.at(0, 1), track.stance(0, 1)).landmarks);
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
    const Seconds time =
        period(options.frame_rate) * static_cast<double>(i) + options.time_jitter * jitter_random.uniform(i);
    const Moment moment = moment_at(time, track, plan, options);
    BodyFigure figure = draw_body(options.body, moment.posture, moment.stance);
    movement.postures.push_back(figure.posture);
    movement.stances.push_back(moment.stance);
    movement.frames.push_back({time, std::nullopt});

    const bool dropped = drop_random.uniform(i) < options.drop_out_probability ||
                         std::any_of(options.drop_outs.begin(), options.drop_outs.end(),
                                     [&](const DropOut& d) { return time >= d.from && time < d.until; });
    if (dropped) continue;
    if (options.noise.value() > 0) {
      for (std::size_t k = 0; k < kLandmarkCount; ++k) {
        for (int axis = 0; axis < 3; ++axis) {
          figure.landmarks[k].v[axis] +=
              options.noise.value() *
              random.normal((i * kLandmarkCount + k) * 3 + static_cast<std::uint64_t>(axis));
        }
      }
    }
    movement.frames.back().pose = take_picture(figure.landmarks, options.body, options.camera, look_at);
  }
  return movement;
}

Result<BodyFigure> figure_at(const MovementDefinition& definition, double share, const BodyShape& body,
                             const std::vector<DofValue>& offsets) {
  if (auto ok = detail::check_keyframes(definition); !ok) return tl::unexpected(ok.error());
  if (auto ok = check(body); !ok) return tl::unexpected(ok.error());
  if (!(share >= 0 && share <= 1)) {
    return fail(ErrorCode::invalid_argument, kStage, "the share of a repetition is not from 0 to 1",
                "give 0 for the start and 1 for the end");
  }
  const detail::Track track(definition);
  Posture posture = track.at(share, 1);
  add_fault(posture, offsets, track.depth(share));
  return draw_body(body, posture, track.stance(share, 1));
}

}  // namespace reprise::engine
