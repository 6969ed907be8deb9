// SPDX-License-Identifier: Apache-2.0
#include "session/assessments/work_load.h"

#include <algorithm>
#include <cmath>

#include "session/passes.h"
#include "session/recorded_pass.h"

namespace reprise::session {
namespace {

constexpr Seconds kShort{60};  // below, shares of the time tell little. Unsourced default

engine::WorkPosture posture_at(const Recorded& recorded, std::size_t i) {
  return engine::work_posture(*recorded.frames[i].pose, recorded.measures[i],
                              [&](engine::Measure measure, engine::Side side) -> std::optional<double> {
                                const auto deviation = recorded.deviations[i].at(measure, side);
                                if (!deviation) return std::nullopt;
                                return half_width_90(*deviation);
                              });
}

engine::WorkScore score_at(const WorkLoadInput& input, const engine::WorkPosture& posture) {
  return engine::score_work(input.method, posture, input.side, input.answers);
}

std::vector<engine::ScoredMoment> scored(const WorkLoadInput& input, const Recorded& recorded) {
  std::vector<engine::ScoredMoment> moments;
  for (std::size_t i = 0; i < recorded.frames.size(); ++i) {
    engine::ScoredMoment& moment = moments.emplace_back();
    moment.time = recorded.frames[i].time;
    if (!recorded.frames[i].pose) continue;
    moment.score = engine::moment_score(score_at(input, posture_at(recorded, i)),
                                        score_at(input, engine::as_measured(posture_at(recorded, i))));
  }
  return moments;
}

void add_load_warnings(const Recorded& recorded, WorkLoadDocument& document) {
  if (document.view == engine::View::front || document.view == engine::View::back) {
    document.warnings.push_back(
        {"view_end_on",
         "The camera looked along the way in which the person bends: how far trunk and neck lean forward is "
         "estimated from depth, and can be wrong by more than the range says.",
         "Film across the person, from the side."});
  }
  if (document.load.scored < kShort) {
    document.warnings.push_back(
        {"short_recording",
         "Only " + std::to_string(std::lround(document.load.scored.value())) +
             " s were scored: the shares of time are those of this moment of the work.",
         "Film whole cycles of the work; OWAS asks for about half an hour."});
  }
  add_fit_warnings(recorded, document.warnings);
}

std::vector<std::string> not_shown() {
  return {"turning of the forearm and sideways bending of the wrist", "loads, forces and grip",
          "whether a part is held or repeated over the day", "support of arms, trunk and feet",
          "a raised shoulder"};
}

}  // namespace

Result<WorkLoadDocument> assess_work_load(const WorkLoadInput& input,
                                          std::span<const engine::PoseFrame> frames) {
  const auto seen =
      std::count_if(frames.begin(), frames.end(), [](const auto& frame) { return frame.pose.has_value(); });
  if (seen < 2) {
    return fail(ErrorCode::nothing_measured, "scoring the work",
                seen == 0 ? "no picture shows a person" : "only one picture shows a person",
                "film the whole body for as long as the work takes");
  }
  const Recorded recorded =
      record(frames, engine::kWorkMeasures, usual_pinhole(input.source), !input.models.empty());
  WorkLoadDocument document;
  document.engine_version = engine_version();
  document.source = input.source;
  document.source.frame_rate = recorded.rate;
  document.models = input.models;
  document.frames = input.frames;
  document.frames.total = static_cast<int>(frames.size());
  document.frames.with_person = static_cast<int>(seen);
  document.method = input.method;
  document.side = input.side;
  document.answers = input.answers;
  document.view = recorded.view;
  const auto moments = scored(input, recorded);
  document.load = engine::work_load(input.method, moments);
  for (const std::size_t i : engine::worst_moments(moments)) {
    const engine::Pose& pose = *recorded.frames[i].pose;
    document.worst.push_back({moments[i].time,
                              score_at(input, posture_at(recorded, i)),
                              moments[i].score->measured,
                              {moments[i].time, pose.world_m, pose.visibility}});
  }
  // Of how it was filmed, as of an exercise.
  SessionDocument filmed;
  filmed.source = document.source;
  filmed.exercise.frames = document.frames;
  filmed.warnings = input.warnings;
  add_scene_warnings(filmed, input.scene, frames);
  document.warnings = std::move(filmed.warnings);
  add_load_warnings(recorded, document);
  document.not_measured = not_shown();
  return document;
}

}  // namespace reprise::session
