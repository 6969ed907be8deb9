// SPDX-License-Identifier: Apache-2.0
#include "session/assessments/work_load.h"

#include <algorithm>
#include <cmath>

#include "engine/kinematics/body_axes.h"
#include "session/passes.h"
#include "session/recorded_pass.h"

namespace reprise::session {
namespace {

// Unsourced defaults.
constexpr Seconds kShort{60};     // below, shares of the time tell little
constexpr Seconds kLongGap{1};    // between pictures
constexpr double kLyingDeg = 70;  // from ankles to shoulders, against the vertical: nearly level
constexpr Seconds kLyingNoted{1};

enum class Intervals : std::uint8_t { whole, as_measured };

engine::WorkPosture posture_at(const Recorded& recorded, std::size_t i, Intervals intervals) {
  return engine::work_posture(*recorded.frames[i].pose, recorded.measures[i],
                              [&](engine::Measure measure, engine::Side side) -> std::optional<double> {
                                const auto deviation = recorded.deviations[i].at(measure, side);
                                if (!deviation) return std::nullopt;
                                return intervals == Intervals::whole ? half_width_90(*deviation) : 0;
                              });
}

engine::WorkScore score_at(const WorkLoadInput& input, const engine::WorkPosture& posture) {
  return engine::score_work(input.method, posture, input.side, input.answers);
}

// Not "not answered" where the stance already decides it.
void leave_out_what_does_not_count(const WorkLoadInput& input, engine::WorkScore& score) {
  for (engine::PartScore& part : score.parts) {
    const auto decided = [&](const engine::AnsweredPoints& one) {
      return !engine::counts(input.method, one.question, input.answers.stance);
    };
    part.answered.erase(std::remove_if(part.answered.begin(), part.answered.end(), decided),
                        part.answered.end());
  }
}

std::vector<engine::ScoredMoment> scored(const WorkLoadInput& input, const Recorded& recorded) {
  std::vector<engine::ScoredMoment> moments;
  for (std::size_t i = 0; i < recorded.frames.size(); ++i) {
    engine::ScoredMoment& moment = moments.emplace_back();
    moment.time = recorded.frames[i].time;
    if (!recorded.frames[i].pose) continue;
    moment.score = engine::moment_score(score_at(input, posture_at(recorded, i, Intervals::whole)),
                                        score_at(input, posture_at(recorded, i, Intervals::as_measured)));
  }
  return moments;
}

bool lies(const engine::Pose& pose) {
  const Vec3<Camera> ankles =
      0.5 * (pose.world_m[engine::Landmark::left_ankle] + pose.world_m[engine::Landmark::right_ankle]);
  const Vec3<Camera> body = engine::mid_shoulders(pose) - ankles;
  return body.dot(engine::camera_up()) < std::cos(Radians{Degrees{kLyingDeg}}.value()) * body.norm();
}

// The time that the person lies, as a share of the scored time.
Seconds lying_time(const Recorded& recorded, Seconds scored_time) {
  double lying = 0;
  double seen = 0;
  for (const engine::PoseFrame& frame : recorded.frames) {
    if (!frame.pose) continue;
    ++seen;
    lying += lies(*frame.pose) ? 1 : 0;
  }
  return seen > 0 ? (lying / seen) * scored_time : Seconds{0};
}

std::string whole_seconds(Seconds time) {
  return std::to_string(std::lround(time.value())) + " s";
}

bool answers_an_arm(const WorkLoadInput& input) {
  for (std::size_t i = 0; i < engine::kWorkQuestionCount; ++i) {
    const auto question = engine::work_question_at(i);
    if (engine::asks(input.method, question) && engine::is_of_arm(question) &&
        engine::answer(input.answers, question))
      return true;
  }
  return false;
}

void add_load_warnings(const WorkLoadInput& input, const Recorded& recorded, WorkLoadDocument& document) {
  if (!input.side && answers_an_arm(input)) {
    document.warnings.push_back(
        {"arm_not_named",
         "Answers about an arm were left out: both arms were assessed, and one answer is not that of two.",
         "Name the arm with --side, and assess each arm with its own answers."});
  }
  if (const Seconds lying = lying_time(recorded, document.load.scored); lying >= kLyingNoted) {
    document.warnings.push_back({"lying",
                                 "For about " + whole_seconds(lying) +
                                     " the person lies or is nearly level: the method is not for that, and "
                                     "these scores mean nothing.",
                                 "Leave that time out of the recording."});
  }
  if (document.load.longest_gap > kLongGap) {
    document.warnings.push_back({"not_filmed",
                                 "Between pictures up to " + whole_seconds(document.load.longest_gap) +
                                     " passed; " + whole_seconds(document.load.not_filmed) +
                                     " in all were not filmed and not scored.",
                                 "Film without a break."});
  }
  if (document.view == engine::View::front || document.view == engine::View::back) {
    document.warnings.push_back(
        {"view_end_on",
         "The camera looked along the way in which the person bends: how far trunk and neck lean forward is "
         "estimated from depth, and can be wrong by more than the range says.",
         "Film across the person, from the side."});
  }
  if (document.load.scored < kShort) {
    document.warnings.push_back({"short_recording",
                                 "Only " + whole_seconds(document.load.scored) +
                                     " were scored: the shares of time are those of this moment of the work.",
                                 document.method == engine::WorkMethod::owas
                                     ? "Film whole cycles of the work; OWAS asks for about half an hour."
                                     : "Film whole cycles of the work."});
  }
  add_fit_warnings(recorded, document.warnings);
}

std::vector<std::string> not_shown() {
  return {"turning of the forearm and sideways bending of the wrist", "loads, forces and grip",
          "whether a part is held or repeated over the day", "support of arms, trunk and feet",
          "a raised shoulder"};
}

}  // namespace

Result<FittedWork> fit_work(const Source& source, std::span<const ModelUsed> models,
                            std::span<const engine::PoseFrame> frames) {
  const auto seen =
      std::count_if(frames.begin(), frames.end(), [](const auto& frame) { return frame.pose.has_value(); });
  if (seen < 2) {
    return fail(ErrorCode::nothing_measured, "scoring the work",
                seen == 0 ? "no picture shows a person" : "only one picture shows a person",
                "film the whole body for as long as the work takes");
  }
  FittedWork fitted;
  fitted.recorded = std::make_shared<const Recorded>(
      record(frames, engine::kWorkMeasures, usual_pinhole(source), !models.empty()));
  fitted.frames = frames;
  fitted.with_person = static_cast<int>(seen);
  return fitted;
}

WorkLoadDocument assess_work_load(const WorkLoadInput& input, const FittedWork& fitted) {
  const Recorded& recorded = *fitted.recorded;
  WorkLoadDocument document;
  document.engine_version = engine_version();
  document.source = input.source;
  document.source.frame_rate = recorded.rate;
  document.models = input.models;
  document.frames = input.frames;
  document.frames.total = static_cast<int>(fitted.frames.size());
  document.frames.with_person = fitted.with_person;
  document.method = input.method;
  document.side = input.side;
  document.answers = input.side ? input.answers : engine::without_arm(input.answers);
  document.view = recorded.view;
  const auto moments = scored(input, recorded);
  document.load = engine::work_load(input.method, moments);
  for (const std::size_t i : engine::worst_moments(moments)) {
    const engine::Pose& pose = *recorded.frames[i].pose;
    document.worst.push_back({moments[i].time,
                              score_at(input, posture_at(recorded, i, Intervals::whole)),
                              moments[i].score->measured,
                              {moments[i].time, pose.world_m, pose.visibility}});
    leave_out_what_does_not_count(input, document.worst.back().score);
  }
  // Of how it was filmed, as of an exercise.
  SessionDocument filmed;
  filmed.source = document.source;
  filmed.exercise.frames = document.frames;
  filmed.warnings = input.warnings;
  add_scene_warnings(filmed, input.scene, fitted.frames);
  document.warnings = std::move(filmed.warnings);
  add_load_warnings(input, recorded, document);
  document.not_measured = not_shown();
  return document;
}

Result<WorkLoadDocument> assess_work_load(const WorkLoadInput& input,
                                          std::span<const engine::PoseFrame> frames) {
  const auto fitted = fit_work(input.source, input.models, frames);
  if (!fitted) return tl::unexpected(fitted.error());
  return assess_work_load(input, *fitted);
}

}  // namespace reprise::session
