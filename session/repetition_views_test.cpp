// SPDX-License-Identifier: Apache-2.0
#include "session/repetition_views.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "engine/synthesis/generate.h"
#include "session/exercise_facts.h"
#include "session/passes.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::session {
namespace {

using engine::View;

std::optional<engine::Facing> facing(double azimuth_deg, double spread_deg = 5) {
  return engine::Facing{Degrees{azimuth_deg}, Degrees{spread_deg}};
}

std::vector<std::optional<View>> views(const std::vector<std::optional<engine::Facing>>& facings,
                                       const std::optional<engine::Facing>& of_all_frames = std::nullopt) {
  std::vector<std::optional<View>> out;
  for (const auto& seen : seen_from(facings, of_all_frames))
    out.push_back(seen ? std::optional{seen->view} : std::nullopt);
  return out;
}

using Views = std::vector<std::optional<View>>;

TEST(SeenFrom, ADirectionBetweenTwoViewsDoesNotAlternate) {
  EXPECT_EQ(views({facing(58), facing(63), facing(59), facing(64)}), Views(4, View::side));  // mean 61
}

TEST(SeenFrom, ATurnEndsTheGroup) {
  EXPECT_EQ(views({facing(2), facing(-3), facing(88), facing(-175), facing(178)}),
            (Views{View::front, View::front, View::side, View::back, View::back}));
}

TEST(SeenFrom, ATrunkThatTwistsIsNoTurn) {
  EXPECT_EQ(views({facing(68), facing(66)}, facing(47)), Views(2, View::oblique));
  EXPECT_EQ(views({facing(75), facing(75)}, facing(47)), Views(2, View::side)) << "28 degrees away";
}

TEST(SeenFrom, StaysEmptyWhereNobodyStandsUpright) {
  EXPECT_EQ(views({std::nullopt, facing(90), std::nullopt}), (Views{std::nullopt, View::side, std::nullopt}));
  EXPECT_EQ(views({std::nullopt}, facing(45)), Views{View::oblique}) << "seen before or after";
  EXPECT_TRUE(views({}).empty());
}

/// One set of squats, filmed from the front first and from the side then, with a cut between.
std::vector<engine::PoseFrame> front_then_side() {
  const auto& squat = **exercises::find(shipped(), "squat");
  std::vector<engine::PoseFrame> all;
  for (const double azimuth_deg : {0.0, 90.0}) {
    engine::GenerateOptions options{.repetitions = 3, .noise = Meters{0.003}};
    options.camera.azimuth = Degrees{azimuth_deg};
    const auto movement = engine::generate(squat.movement.correct, options);
    if (!movement) throw std::runtime_error(to_string(movement.error()));
    const Seconds shift = all.empty() ? Seconds{0} : all.back().time + Seconds{1.0 / 30};
    for (engine::PoseFrame frame : movement->frames) {
      frame.time = frame.time + shift;
      all.push_back(std::move(frame));
    }
  }
  return all;
}

SessionDocument session_of(const std::vector<engine::PoseFrame>& frames, std::vector<View> judged_from) {
  const auto& squat = **exercises::find(shipped(), "squat");
  PassInput input;
  input.definition = squat.definition;
  input.definition.views = std::move(judged_from);
  input.exercise = facts_of(squat);
  return run_passes(input, frames);
}

const Warning* find_warning(const SessionDocument& document, const std::string& code) {
  const auto found = std::find_if(document.warnings.begin(), document.warnings.end(),
                                  [&](const Warning& w) { return w.code == code; });
  return found == document.warnings.end() ? nullptr : &*found;
}

TEST(RepetitionViews, EachIsJudgedByItsOwn) {
  const SessionDocument document = session_of(front_then_side(), {View::side});
  ASSERT_EQ(document.exercise.repetitions.size(), 6U);
  EXPECT_FALSE(document.exercise.view) << "front and side are no view from an angle";
  for (std::size_t i = 0; i < 6; ++i) {
    const RecordedRepetition& r = document.exercise.repetitions[i];
    EXPECT_EQ(r.view, i < 3 ? View::front : View::side) << i;
    EXPECT_EQ(r.range.has_value(), i >= 3) << i;
    EXPECT_EQ(r.quality.score.has_value(), i >= 3) << i;
  }
  const Warning* warning = find_warning(document, "view_changes");
  ASSERT_NE(warning, nullptr);
  EXPECT_NE(warning->text.find("repetitions 1 to 3 from the front; repetitions 4 to 6 from the side"),
            std::string::npos)
      << warning->text;
  EXPECT_EQ(find_warning(document, "other_view"), nullptr);
}

TEST(RepetitionViews, OneDirectionGivesOneView) {
  auto frames = front_then_side();
  frames.resize(frames.size() / 2);
  const SessionDocument document = session_of(frames, {View::side});
  EXPECT_EQ(document.exercise.view, View::front);
  EXPECT_EQ(find_warning(document, "view_changes"), nullptr);
  EXPECT_NE(find_warning(document, "other_view"), nullptr);
}

TEST(RepetitionViews, ARepetitionAcrossACutIsNotMeasured) {
  RecordedRepetition r;
  r.view = View::side;
  r.view_spread = Degrees{48};  // half of it a quarter turn away: sqrt(-2 ln cos 45 degrees)
  engine::ExerciseDefinition definition;
  definition.views = {View::side};
  EXPECT_FALSE(is_judged_from(definition, r));
  r.view_spread = Degrees{12};
  EXPECT_TRUE(is_judged_from(definition, r));
}

}  // namespace
}  // namespace reprise::session
