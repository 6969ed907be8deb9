// SPDX-License-Identifier: Apache-2.0
#include "report/measurements/measurement_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "session/measurements/daily_walking.h"

namespace reprise::report {
namespace {

using session::SignalMeasure;
using testing::HasSubstr;
using testing::Not;

session::MeasurementDocument measured_gait() {
  session::MeasurementDocument d;
  d.engine_version = "0.1.0";
  d.method = "Inertial sensors on both feet.";
  d.source.files = {"walk.csv"};
  d.source.sha256 = std::string(64, 'a');
  d.source.duration = Seconds{38.7};
  d.sensors = {{"left_foot", "acc_x, gyr_x", Hertz{204.8}, Seconds{38.7}}};
  d.values = {{SignalMeasure::stride_length, engine::Side::left, "", 1.381, 0.02, 0.03, 26, true},
              {SignalMeasure::stride_length, engine::Side::right, "", 1.379, 0.03, 0.03, 27, true},
              {SignalMeasure::contact_angle, engine::Side::left, "", 0.4, std::nullopt, std::nullopt, 26}};
  d.tables = {{"strides",
               {SignalMeasure::stride_length},
               {{Seconds{1}, Seconds{2}, engine::Side::left, "", "", {1.38}},
                {Seconds{2}, Seconds{3}, engine::Side::left, "", "turn", {std::nullopt}}}}};
  d.plots = {
      {"foot_angular_velocity",
       "s",
       "°/s",
       true,
       {{"foot_angular_velocity", engine::Side::left, {0, 0.1, 0.2, 0.3, 4}, {0, -300, 400, 0, 0}, true},
        {"foot_angular_velocity", engine::Side::right, {0, 0.1}, {0, 100}}},
       {{"initial_contact", 0.1, -300, engine::Side::left}},
       {{"walking", 0, 0.2}}}};
  d.warnings = {{"gap", "There is a gap.", "Wear it tighter."}};
  d.not_measured = {"step width"};
  return d;
}

TEST(MeasurementReport, ShowsBothSidesOfAMeasureInOneTile) {
  const std::string html = render_measurement_report(measured_gait());
  EXPECT_THAT(html, HasSubstr("L 1.381\u2002R 1.379<"));
  EXPECT_THAT(html, HasSubstr("±\u00a00.030\u00a0m"));
  EXPECT_THAT(html, HasSubstr("n = 26 + 27"));
}

TEST(MeasurementReport, DrawsGapsMarksAndSpans) {
  const std::string html = render_measurement_report(measured_gait());
  const std::size_t line = html.find("<g class=\"line signal-1\"", html.find("<div class=\"plot\""));
  const std::string drawn = html.substr(line, html.find("</g>", line) - line);
  EXPECT_NE(drawn.find("<polyline"), drawn.rfind("<polyline")) << "the line breaks at the gap";
  EXPECT_THAT(html, HasSubstr("class=\"marks marks-1\""));
  EXPECT_THAT(html, HasSubstr("class=\"span span-1\""));
  EXPECT_THAT(html, HasSubstr("initial contact"));
}

TEST(MeasurementReport, SaysWhyAStrideIsLeftOutAndWhatIsNotMeasured) {
  const std::string html = render_measurement_report(measured_gait());
  EXPECT_THAT(html, HasSubstr(">turn<"));
  EXPECT_THAT(html, HasSubstr(">not measured</span>"));
  EXPECT_THAT(html, HasSubstr("step width"));
  EXPECT_THAT(html, HasSubstr("Wear it tighter."));
}

TEST(MeasurementReport, ShowsWhatAValueIsHeldAgainst) {
  session::MeasurementDocument d = measured_gait();
  EXPECT_THAT(render_measurement_report(d), Not(HasSubstr("Reference<")));
  d.values[0].reference = session::Reference{1.5, std::nullopt, "women of 70 to 74 years", "FT1"};
  const std::string html = render_measurement_report(d);
  EXPECT_THAT(html, HasSubstr("Reference<"));
  EXPECT_THAT(html,
              HasSubstr("below the reference, ≥\u00a01.500\u00a0m: women of 70 to 74 years (source FT1)"));
}

TEST(MeasurementReport, ShowsFindingsWithTheirEvidence) {
  session::MeasurementDocument d = measured_gait();
  EXPECT_THAT(render_measurement_report(d), Not(HasSubstr("never a diagnosis")));
  d.findings = {
      {"stiff_knee", engine::Side::left, "The knee bends little in swing, left.",
       "Peak knee flexion in swing 31 ± 5°", "below 40°", true},
      {"antalgic", engine::Side::left, "Shorter stance on the left side.", "Stance left 58 %", "8 %", false}};
  const std::string html = render_measurement_report(d);
  EXPECT_THAT(html, HasSubstr("never a diagnosis"));
  EXPECT_THAT(html, HasSubstr("Peak knee flexion in swing 31 ± 5°. Limit: below 40°."));
  const std::size_t unsure = html.find("Not certain");
  EXPECT_GT(unsure, html.find("Stance left 58 %"));
  EXPECT_EQ(unsure, html.rfind("Not certain"));
}

TEST(MeasurementReport, HasAllItsTexts) {
  for (int kind = 0; kind <= static_cast<int>(session::MeasurementKind::work_load); ++kind) {
    session::MeasurementDocument d = measured_gait();
    d.kind = static_cast<session::MeasurementKind>(kind);
    for (const char* events : {"strides", "steps", "bouts", "repetitions", "phases", "contractions",
                               "windows", "intervals", "beats"})
      d.tables.push_back(
          {events, {SignalMeasure::stride_time}, {{Seconds{0}, Seconds{1}, {}, "", "", {1.0}}}});
    const std::string html = render_measurement_report(d);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(
        html, found, std::regex(R"(\[(measured|signal|table|trust|provenance|head|side)\.[a-z_.]+\])")))
        << found[0];
  }
}

/// A day that counts and one that is hardly worn.
session::MeasurementDocument measured_days() {
  session::MeasurementDocument d = measured_gait();
  d.kind = session::MeasurementKind::daily_walking;
  d.plots.clear();
  const double hour = 3600;
  d.tables = {{session::kDaysTable,
               {SignalMeasure::wear_time, SignalMeasure::daily_steps, SignalMeasure::daily_speed_median},
               {{Seconds{0}, Seconds{24 * hour}, {}, "2026-03-14", "", {14 * hour, 5916, 1.2}},
                {Seconds{24 * hour},
                 Seconds{48 * hour},
                 {},
                 "2026-03-15",
                 session::kLittleWear,
                 {2 * hour, 309, std::nullopt}}}},
              {session::kWearTable,
               {},
               {{Seconds{0}, Seconds{14 * hour}, {}, "worn", "", {}},
                {Seconds{20 * hour}, Seconds{26 * hour}, {}, "not_worn", "", {}}}},
              {session::kBoutsTable,
               {SignalMeasure::walking_speed},
               {{Seconds{8 * hour}, Seconds{8 * hour + 45}, {}, "", "", {1.2}},
                {Seconds{9 * hour}, Seconds{9 * hour + 15}, {}, "", "", {0.8}}}}};
  return d;
}

TEST(MeasurementReport, DrawsDaysTheirWearAndTheirBouts) {
  const std::string html = render_measurement_report(measured_days());
  EXPECT_THAT(html, HasSubstr(">5916<"));
  EXPECT_THAT(html, HasSubstr("class=\"column left-out\""));
  EXPECT_THAT(html, HasSubstr(">Sat<br>14</span>"));
  EXPECT_THAT(html, HasSubstr("Sun 2026-03-15 (does not count)"));
  const auto count = [&](const std::string& text) {
    std::size_t n = 0;
    for (std::size_t at = html.find(text); at != std::string::npos; at = html.find(text, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count("<rect class=\"wear-not_worn\""), 3U) << "over midnight, and in the legend";
  EXPECT_EQ(count("<rect class=\"wear-walking\""), 3U);
  const std::size_t dots = html.find("class=\"bouts\"");
  ASSERT_NE(dots, std::string::npos);
  EXPECT_EQ(html.substr(dots, html.find("</g>", dots) - dots).find("<polyline", 40), std::string::npos)
      << "only the bout of more than 30 s";
  std::smatch found;
  EXPECT_FALSE(std::regex_search(html, found, std::regex(R"(\[(measured|signal|days)\.[a-z_.]+\])")))
      << found[0];
}

TEST(MeasurementReport, NoTextOfTheDocumentBecomesMarkup) {
  session::MeasurementDocument d = measured_gait();
  const std::string evil = "\"><script>evil()</script>";
  d.method = d.source.files[0] = d.source.options = d.sensors[0].channels = d.plots[0].lines[0].name = evil;
  d.plots[0].marks[0].name = d.plots[0].y_unit = d.tables[0].rows[0].part = d.warnings[0].text = evil;
  d.values[0].part = evil;
  EXPECT_THAT(render_measurement_report(d), Not(HasSubstr("<script>evil")));
}

TEST(MeasurementReport, SimulatedCannotBeOverlooked) {
  session::MeasurementDocument d = measured_gait();
  d.source.kind = session::SignalSourceKind::simulated;
  const std::string html = render_measurement_report(d);
  EXPECT_THAT(html, HasSubstr("<title>SIMULATED"));
  EXPECT_THAT(html, HasSubstr("SIMULATED: no person"));
}

TEST(MeasurementReport, OfNothingSaysSo) {
  EXPECT_THAT(render_measurement_report({}), HasSubstr("Nothing could be measured"));
}

}  // namespace
}  // namespace reprise::report
