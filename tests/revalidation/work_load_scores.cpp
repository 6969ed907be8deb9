// SPDX-License-Identifier: Apache-2.0
// How well load at work is scored from landmarks of drawn people, whose postures are known. Simulated: no
// person, no camera, no network. Prints a table; tests/revalidation/work_load.mjs runs it.
//
//   reprise_work_load_scores

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "engine/synthesis/generate.h"
#include "session/assessments/work_load.h"

namespace reprise {
namespace {

using engine::Dof;
using engine::DofValue;

struct Work {
  const char* name;
  engine::MovementDefinition movement;
};

engine::MovementDefinition there_and_back(const std::vector<DofValue>& start,
                                          const std::vector<DofValue>& end) {
  engine::MovementDefinition m;
  m.duration = Seconds{6};
  m.keyframes = {{0, start}, {0.4, end}, {0.6, end}, {1, start}};
  return m;
}

std::vector<Work> works() {
  const auto both = [](Dof left, Dof right, double deg) {
    return std::vector<DofValue>{{left, Degrees{deg}}, {right, Degrees{deg}}};
  };
  const auto arms = [&](double shoulder_deg, double elbow_deg) {
    auto all = both(Dof::left_shoulder_flexion, Dof::right_shoulder_flexion, shoulder_deg);
    for (const DofValue& v : both(Dof::left_elbow_flexion, Dof::right_elbow_flexion, elbow_deg))
      all.push_back(v);
    return all;
  };
  const auto with = [](std::vector<DofValue> all, const std::vector<DofValue>& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  return {{"lift from the floor",
           there_and_back(arms(10, 80), with(arms(80, 15), {{Dof::trunk_flexion, Degrees{75}},
                                                            {Dof::neck_flexion, Degrees{15}}}))},
          {"bend beyond level",
           there_and_back(arms(10, 80), with(arms(90, 15), {{Dof::trunk_flexion, Degrees{105}}}))},
          {"reach overhead", there_and_back(arms(20, 90), arms(140, 30))},
          {"turn and set down",
           there_and_back(arms(30, 80), with(arms(60, 30), {{Dof::trunk_rotation, Degrees{40}},
                                                            {Dof::trunk_flexion, Degrees{30}}}))}};
}

engine::WorkAnswers all_answered() {
  engine::WorkAnswers a;
  a.stance = engine::WorkStance::standing;
  a.legs_balanced = true;
  a.load_kg = 6;
  a.load_manner = engine::LoadManner::intermittent;
  a.coupling = engine::Coupling::good;
  a.trunk_supported = a.shoulder_raised = a.arm_rotated = a.arm_supported = a.across_midline =
      a.wrist_deviated = false;
  a.wrist_twisted = a.held_static = a.repeated = a.rapid_change = false;
  return a;
}

struct Counted {
  int frames = 0;
  int held = 0;
  int equal = 0;
  int within_one = 0;
  int below = 0;  // the score as measured lies below the true one
  int width = 0;
  std::map<int, int> wanted;  // how often each score is the true one

  int commonest() const {
    int most = 0;
    for (const auto& [score, times] : wanted) most = std::max(most, times);
    return most;
  }
};

void compare(const Work& work, double azimuth_deg, const session::WorkLoadInput& input, Counted& counted) {
  engine::GenerateOptions options;
  options.repetitions = 2;
  options.frame_rate = Hertz{10};
  options.camera.azimuth = Degrees{0};
  const auto truth = engine::generate(work.movement, options);
  options.camera.azimuth = Degrees{azimuth_deg};
  options.noise = Meters{0.02};  // more than pose networks waver
  const auto seen = engine::generate(work.movement, options);
  if (!truth || !seen) std::abort();
  const auto document = session::assess_work_load(input, seen->frames);
  if (!document) std::abort();
  // Nothing counts as hidden, and angles are those in space, so the drawn posture has one score.
  for (const engine::PoseFrame& frame : truth->frames) {
    engine::Pose drawn = *frame.pose;
    drawn.image.reset();
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) drawn.visibility[l] = 1;
    const auto posture = engine::work_posture(
        drawn, engine::MeasureSet{drawn}, [](engine::Measure, engine::Side) { return std::optional{0.0}; });
    const auto possible = engine::score_work(input.method, posture, input.side, input.answers).scores;
    if (possible.least() < possible.most()) std::abort();  // the drawn posture must have one score
    const int wanted = possible.most();
    const auto& spans = document->load.spans;
    const auto span = std::find_if(spans.begin(), spans.end(),
                                   [&](const auto& s) { return frame.time >= s.from && frame.time <= s.to; });
    if (span == spans.end()) continue;
    const int measured = span->score.measured.score.most;
    ++counted.frames;
    counted.held += span->score.all.score.holds(wanted) ? 1 : 0;
    counted.equal += measured == wanted ? 1 : 0;
    counted.below += measured < wanted ? 1 : 0;
    counted.within_one += std::abs(measured - wanted) <= 1 ? 1 : 0;
    ++counted.wanted[wanted];
    counted.width += span->score.all.score.most - span->score.all.score.least;
  }
}

}  // namespace
}  // namespace reprise

int main() {
  using namespace reprise;
  std::printf(
      "| view | method | moments | range holds | equal as measured | off by one at most | below the truth | "
      "mean width | "
      "commonest true score |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|\n");
  for (const auto& [view, azimuth_deg] : {std::pair{"side", 90.0}, {"oblique", 50.0}, {"front", 0.0}}) {
    for (const auto method : {engine::WorkMethod::rula, engine::WorkMethod::reba, engine::WorkMethod::owas}) {
      session::WorkLoadInput input;
      input.method = method;
      input.source.kind = session::SourceKind::simulated;
      input.answers = all_answered();
      Counted counted;
      for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
        if (method == engine::WorkMethod::owas && side == engine::Side::right)
          continue;  // both arms together
        if (method != engine::WorkMethod::owas) input.side = side;
        for (const Work& work : works()) compare(work, azimuth_deg, input, counted);
      }
      const auto percent = [&](int n) { return 100.0 * n / counted.frames; };
      std::printf("| %s | %s | %d | %.0f %% | %.0f %% | %.0f %% | %.0f %% | %.1f | %.0f %% |\n", view,
                  std::string{engine::name(method)}.c_str(), counted.frames, percent(counted.held),
                  percent(counted.equal), percent(counted.within_one), percent(counted.below),
                  static_cast<double>(counted.width) / counted.frames, percent(counted.commonest()));
    }
  }
  return 0;
}
