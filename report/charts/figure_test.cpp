// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "report/charts/angle_mark.h"
#include "report/charts/figure_drawing.h"
#include "tests/support/page_text.h"
#include "tests/support/sample_session.h"

namespace reprise::report {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The deepest moment of a simulated squat.
session::Figure squatting(engine::View view) {
  SampleOptions o;
  o.view = view;
  o.generate.repetitions = 1;
  const session::SessionDocument d = simulated_session(o);
  EXPECT_EQ(d.exercise.repetitions.size(), 1U);
  return d.exercise.repetitions.at(0).figure.value_or(session::Figure{});
}

engine::Pose pose_of(const session::Figure& figure) {
  return {std::nullopt, figure.world_m, figure.visibility};
}

std::string drawn(const session::Figure& figure, Looking looking, const std::string& label) {
  Html html;
  FigureOptions o;
  o.looking = looking;
  o.frame = room_for(figure, looking);
  o.label = label;
  draw_figure(html, figure, o);
  return html.take();
}

// What the arc spans in space is the angle that stands beside it.
TEST(AngleMark, SpansTheMeasuredAngle) {
  const session::Figure figure = squatting(engine::View::oblique);
  for (const engine::Measure m : {engine::Measure::knee_flexion, engine::Measure::elbow_flexion,
                                  engine::Measure::shoulder_elevation, engine::Measure::trunk_inclination}) {
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      const auto mark = angle_mark(figure, m, side);
      const auto sample = engine::measure(pose_of(figure), m, side);
      ASSERT_TRUE(mark && sample) << engine::info(m).name;
      const auto limb = mark->limb - mark->vertex;
      const double angle = std::atan2(mark->zero.cross(limb).norm(), mark->zero.dot(limb));
      EXPECT_NEAR(angle, sample->value, 1e-9) << engine::info(m).name;
    }
  }
}

TEST(AngleMark, IsLeftOutWhereTheJointWasNotSeen) {
  session::Figure figure = squatting(engine::View::side);
  figure.visibility[engine::Landmark::left_knee] = 0.1;
  EXPECT_FALSE(angle_mark(figure, engine::Measure::knee_flexion, engine::Side::left).has_value());
  EXPECT_TRUE(angle_mark(figure, engine::Measure::knee_flexion, engine::Side::right).has_value());
  EXPECT_EQ(better_seen_side(figure, engine::Measure::knee_flexion), engine::Side::right);
}

TEST(DrawFigure, DrawsWhatWasSeenAndDotsWhatWasGuessed) {
  session::Figure figure = squatting(engine::View::front);
  for (double& v : figure.visibility) v = 1;
  const std::string whole = drawn(figure, Looking::as_filmed, "");
  EXPECT_EQ(occurrences(whole, "bone"), 16U + 4U + 1U) << "limbs, trunk, neck";
  EXPECT_THAT(whole, Not(HasSubstr("guessed")));

  figure.visibility[engine::Landmark::left_wrist] = 0.4;
  EXPECT_EQ(occurrences(drawn(figure, Looking::as_filmed, ""), "guessed"), 2U) << "forearm and hand";
  figure.visibility[engine::Landmark::left_wrist] = 0.1;
  EXPECT_EQ(occurrences(drawn(figure, Looking::as_filmed, ""), "bone"), 19U);
}

TEST(DrawFigure, MarksTheAngleWithItsLabel) {
  const std::string svg = drawn(squatting(engine::View::side), Looking::as_filmed, "102°");
  EXPECT_THAT(svg, HasSubstr("class=\"arc\""));
  EXPECT_THAT(svg, HasSubstr(">102°</text>"));
  EXPECT_THAT(drawn(squatting(engine::View::side), Looking::as_filmed, ""), Not(HasSubstr("class=\"arc\"")));
}

// Turned from whatever view, a squat is as deep from front to back as it is seen from the side.
TEST(DrawFigure, TurnedShowsTheBodyFromItsSide) {
  const FigureFrame side = room_for(squatting(engine::View::side), Looking::as_filmed);
  for (const engine::View view : {engine::View::front, engine::View::oblique, engine::View::back}) {
    const FigureFrame turned = room_for(squatting(view), Looking::turned);
    EXPECT_NEAR(turned.right_m - turned.left_m, side.right_m - side.left_m, 0.03) << engine::name(view);
  }
}

TEST(DrawFigure, SurvivesABodyWithoutExtent) {
  session::Figure figure{};
  for (double& v : figure.visibility) v = 1;
  EXPECT_THAT(drawn(figure, Looking::turned, "5°"), Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace reprise::report
