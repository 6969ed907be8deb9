// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/ergonomics/work_load.h"
#include "session/document.h"
#include "session/scene_warnings.h"

namespace reprise::session {

// Load at work, scored over a recording by RULA, REBA or OWAS. Written as work_load.json
// (session/assessments/work_load_json.h, docs/reference/work-load-document.md).

inline constexpr int kWorkLoadVersion = 1;

/// One of the worst moments.
struct WorkMoment {
  Seconds time;
  engine::WorkScore score;
  engine::RangedScore measured;  ///< as engine::MomentScore
  Figure figure;                 ///< the fitted body
};

struct WorkLoadDocument {
  std::string engine_version;
  Source source;
  std::vector<ModelUsed> models;
  FrameCounts frames;
  engine::WorkMethod method = engine::WorkMethod::rula;
  std::optional<engine::Side> side;  ///< of the arm that was asked for; empty: the worse of both
  engine::WorkAnswers answers;       ///< those that counted: about an arm only where it was asked for
  std::optional<engine::View> view;  ///< empty where it could not be told
  engine::WorkLoad load;
  std::vector<WorkMoment> worst;  ///< the worst first
  std::vector<Warning> warnings;
  std::vector<std::string> not_measured;  ///< what one camera cannot show of it, plain words
};

struct WorkLoadInput {
  engine::WorkMethod method = engine::WorkMethod::rula;
  engine::WorkAnswers answers;
  std::optional<engine::Side> side;
  Source source;
  std::vector<ModelUsed> models;
  FrameCounts frames;
  SceneFacts scene;
  std::vector<Warning> warnings;  ///< from decoding and reading
};

struct Recorded;

/// A recording whose body is fitted, to be scored as often as answers change.
struct FittedWork {
  std::shared_ptr<const Recorded> recorded;   ///< session/recorded_pass.h; never null
  std::span<const engine::PoseFrame> frames;  ///< as given; must outlive this
  int with_person = 0;
};
/// Fits the body. `source`, `models`: of the recording. Error: nothing_measured (no frame shows a person, or
/// only one does).
[[nodiscard]] Result<FittedWork> fit_work(const Source& source, std::span<const ModelUsed> models,
                                          std::span<const engine::PoseFrame> frames);

/// Scores every frame from the fitted body's angles and their ±.
[[nodiscard]] WorkLoadDocument assess_work_load(const WorkLoadInput& input, const FittedWork& fitted);

/// Does both. Error: that of `fit_work`.
[[nodiscard]] Result<WorkLoadDocument> assess_work_load(const WorkLoadInput& input,
                                                        std::span<const engine::PoseFrame> frames);

}  // namespace reprise::session
