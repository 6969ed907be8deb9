// SPDX-License-Identifier: Apache-2.0
#include "report/combined/combined_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

#include "report/charts/comparison.h"
#include "tests/support/degrees.h"
#include "tests/support/page_text.h"
#include "tests/support/sample_session.h"

namespace reprise::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Words kWords{"en"};

/// The small session with another knee flexion reached; its uncertainty is 11.1 degrees.
CombinedSession session(const std::string& name, double reached_deg, const std::string& recorded_at = "") {
  CombinedSession s{name, name + "/report.html", recorded_at.empty() ? "" : "day " + name, small_session()};
  s.document.source.name = name;
  s.document.source.recorded_at = recorded_at;
  s.document.exercise.repetitions[0].range->max = rad(reached_deg);
  return s;
}

/// The chart whose title holds `title`.
std::string chart(const std::string& html, const std::string& title) {
  const std::size_t at = html.find("<strong>" + title);
  EXPECT_NE(at, std::string::npos) << title;
  if (at == std::string::npos) return "";
  return html.substr(at, html.find("</figure>", at) - at);
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  if (from == std::string::npos) return "";
  return text.substr(from + begin.size(), text.find(end, from + begin.size()) - from - begin.size());
}

TEST(SessionFigures, AreMeansOverTheCompleteRepetitions) {
  session::SessionDocument d = small_session();
  d.exercise.repetitions.push_back(d.exercise.repetitions[0]);
  d.exercise.repetitions.back().range->max = rad(92.345);
  d.exercise.repetitions.back().range->uncertainty = rad(9.1);
  d.exercise.repetitions.push_back(d.exercise.repetitions[0]);
  d.exercise.repetitions.back().outcome = engine::Outcome::partial;  // does not count
  d.exercise.repetitions.back().range->max = rad(10);
  const SessionFigures figures = figures_of(d);
  ASSERT_TRUE(figures.reached);
  EXPECT_NEAR(figures.reached->value, rad(97.345), 1e-9);
  EXPECT_NEAR(figures.reached->uncertainty, rad(10.1), 1e-9);
  ASSERT_TRUE(figures.difference_percent);
  EXPECT_NEAR(figures.difference_percent->value, -0.876, 1e-9);
  EXPECT_NEAR(figures.difference_percent->uncertainty, 100 * 11.8 / 102.8, 1e-6);
  EXPECT_FALSE(figures.held);
}

TEST(Differences, NameEverythingThatBreaksTheComparison) {
  const session::SessionDocument one = small_session();
  const auto aspects = [&](const session::SessionDocument& other) {
    const session::SessionDocument* const both[] = {&one, &other};
    std::vector<std::string> names;
    for (const Difference& d : differences(kWords, both)) names.push_back(d.aspect);
    EXPECT_EQ(comparable(one, other), names.empty());
    return names;
  };
  session::SessionDocument other = one;
  other.source.name = "another.mp4";
  other.source.sha256 = "c";
  other.exercise.repetitions.clear();
  EXPECT_THAT(aspects(other), IsEmpty()) << "another recording, made alike";

  const auto changed = [&](auto change) {
    session::SessionDocument d = one;
    change(d);
    return aspects(d);
  };
  EXPECT_THAT(changed([](auto& d) { d.exercise.facts.version = 2; }), ElementsAre("Exercise"));
  EXPECT_THAT(changed([](auto& d) { d.exercise.definition.target = rad(95); }),
              ElementsAre("Targets and rules"));
  EXPECT_THAT(changed([](auto& d) { d.models[0].sha256 = std::string(64, 'c'); }), ElementsAre("Networks"));
  EXPECT_THAT(changed([](auto& d) { d.exercise.view = engine::View::front; }), ElementsAre("Filmed"));
  EXPECT_THAT(changed([](auto& d) { d.exercise.view.reset(); }), ElementsAre("Filmed"));
  EXPECT_THAT(changed([](auto& d) { d.engine_version = "9"; }), ElementsAre("Measured by"));
  EXPECT_THAT(changed([](auto& d) { d.source.kind = session::SourceKind::simulated; }),
              ElementsAre("Source"));
  EXPECT_THAT(changed([](auto& d) { d.exercise.prescribed_side = engine::Side::left; }),
              ElementsAre("Side prescribed"));
  EXPECT_THAT(changed([](auto& d) { d.exercise.ceiling = rad(100); }), ElementsAre("Ceiling"));
  EXPECT_THAT(changed([](auto& d) { d.source.frame_rate = Hertz{30}; }), ElementsAre("Pictures a second"));
}

TEST(CombinedReport, SaysWhatDiffersAndJoinsNoLineAcrossIt) {
  std::vector<CombinedSession> sessions = {session("1", 80), session("2", 85), session("3", 90),
                                           session("4", 100)};
  sessions[2].document.exercise.view = sessions[3].document.exercise.view = engine::View::front;
  const std::string html = render_combined_report(sessions);
  const std::string cautions = section(html, "cautions");
  EXPECT_THAT(cautions, HasSubstr("sessions 1 and 2: from the side; sessions 3 and 4: from the front"));
  EXPECT_THAT(cautions, Not(HasSubstr("All were made alike")));
  const std::string range = chart(html, "Knee flexion reached");
  EXPECT_EQ(occurrences(range, "class=\"line main\""), 2U) << "one line for each pair";
  EXPECT_EQ(occurrences(range, "class=\"band\""), 2U);
  EXPECT_THAT(range, HasSubstr("First 80°, last 100°. They were not made alike"));

  const std::string alike = render_combined_report({session("1", 80), session("2", 85), session("3", 90)});
  EXPECT_THAT(section(alike, "cautions"), HasSubstr("All were made alike"));
  EXPECT_EQ(occurrences(chart(alike, "Knee flexion reached"), "class=\"line main\""), 1U);
}

TEST(CombinedReport, AChangeWithinTheUncertaintySaysNothing) {
  EXPECT_THAT(chart(render_combined_report({session("1", 80), session("2", 89)}), "Knee flexion reached"),
              HasSubstr("not larger than the uncertainty (± 11°): it says nothing"));
  EXPECT_THAT(chart(render_combined_report({session("1", 80), session("2", 95)}), "Knee flexion reached"),
              HasSubstr("The difference is larger than the uncertainty (± 11°)"));
}

TEST(CombinedReport, TheBandIsTheUncertainty) {
  const std::string html = render_combined_report({session("1", 80), session("2", 80)});
  const std::string range = chart(html, "Knee flexion reached");
  const std::string band = between(range, "class=\"band\" points=\"", "\"");
  const std::string line = between(range, "<polyline points=\"", "\"");
  double x = 0;
  double top = 0;
  double y = 0;
  ASSERT_EQ(std::sscanf(band.c_str(), "%lf,%lf", &x, &top), 2) << range;
  ASSERT_EQ(std::sscanf(line.c_str(), "%lf,%lf", &x, &y), 2) << range;
  double bottom = 0;
  ASSERT_EQ(std::sscanf(band.substr(band.rfind(',') + 1).c_str(), "%lf", &bottom), 1);
  // Drawn symmetrically about the value; the target of 90 lies at the height of 10 degrees above it.
  EXPECT_NEAR(y - top, bottom - y, 0.2);
  const std::string target = between(range, "class=\"level target\"", "/>");
  double target_y = 0;
  ASSERT_EQ(std::sscanf(between(target, "y1=\"", "\"").c_str(), "%lf", &target_y), 1) << target;
  EXPECT_NEAR((y - top) / (y - target_y), 11.1 / 10, 0.02);
}

TEST(CombinedReport, OrderIsByDayOnlyWhereEveryDayIsKnown) {
  const auto order = [](const std::string& html) {
    const std::string table = section(html, "sessions");
    std::string names;
    for (std::size_t at = 0; (at = table.find("<bdi>", at)) != std::string::npos; ++at)
      names += table.substr(at + 5, table.find('<', at + 5) - at - 5) + ' ';
    return names;
  };
  const std::string known = render_combined_report({session("b", 80, "2024-05-03T10:00:00Z"),
                                                    session("a", 85, "2024-06-01T10:00:00Z"),
                                                    session("c", 90, "2023-12-31T10:00:00Z")});
  EXPECT_EQ(order(known), "c b a ");
  EXPECT_THAT(known, HasSubstr("In order of the recording times"));
  EXPECT_THAT(known, HasSubstr("3 sessions, day c to day a"));

  const std::string unknown = render_combined_report(
      {session("squat 10", 80), session("squat 9", 85, "2024-06-01T10:00:00Z"), session("squat 9b", 90)});
  EXPECT_EQ(order(unknown), "squat 9 squat 9b squat 10 ");
  EXPECT_THAT(unknown, HasSubstr("not all recordings say when they were made"));
}

TEST(ComesBefore, IsAStrictOrderOfNames) {
  const std::vector<std::string> sorted = {"", "a", "a1", "a2", "a10", "a10b", "a11", "b"};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      EXPECT_EQ(comes_before(sorted[i], sorted[j]), i < j) << sorted[i] << " and " << sorted[j];
    }
  }
  EXPECT_FALSE(comes_before("a007", "a7"));
  EXPECT_FALSE(comes_before("a7", "a007"));
}

TEST(CombinedReport, NotMeasuredIsAGapAndNeverZero) {
  std::vector<CombinedSession> sessions = {session("1", 80), session("2", 85), session("3", 90)};
  sessions[1].document.exercise.repetitions[0].range.reset();
  sessions[1].document.exercise.summary.mean_quality.reset();
  sessions[2].document.exercise.repetitions[0].range->max = std::numeric_limits<double>::quiet_NaN();
  const std::string html = render_combined_report(sessions);
  EXPECT_EQ(occurrences(chart(html, "Quality, mean"), "class=\"line main\""), 2U);
  EXPECT_THAT(chart(html, "Knee flexion reached"), HasSubstr("Only in session 1: 80°."));
  EXPECT_THAT(section(html, "sessions"), HasSubstr("not measured"));
  EXPECT_THAT(section(html, "trends") + section(html, "sessions"), Not(HasSubstr("nan")));
}

TEST(CombinedReport, ACeilingIsDrawnAndNoTargetBehindIt) {
  std::vector<CombinedSession> sessions = {session("1", 70), session("2", 95)};
  for (CombinedSession& s : sessions) s.document.exercise.ceiling = rad(85);
  const std::string html = render_combined_report(sessions);
  const std::string range = chart(html, "Knee flexion reached");
  EXPECT_THAT(range, HasSubstr("ceiling 85°"));
  EXPECT_THAT(range, Not(HasSubstr("target")));
  EXPECT_THAT(section(html, "sessions"), HasSubstr("1 past the ceiling"));
}

TEST(CombinedReport, SimulatedCannotBeOverlooked) {
  std::vector<CombinedSession> sessions = {session("1", 70), session("2", 95)};
  EXPECT_THAT(render_combined_report(sessions), Not(HasSubstr("SIMULATED")));
  sessions[1].document.source.kind = session::SourceKind::simulated;
  const std::string some = render_combined_report(sessions);
  EXPECT_EQ(occurrences(some, "Some of these sessions were made by a body model"), 2U) << "on top and below";
  sessions[0].document.source.kind = session::SourceKind::simulated;
  EXPECT_THAT(render_combined_report(sessions), HasSubstr("This is not a recording of a person"));
}

TEST(CombinedReport, DifferentExercisesShareNoChart) {
  std::vector<CombinedSession> sessions = {session("1", 70), session("2", 95)};
  sessions[1].document.exercise.facts.id = "lunge";
  sessions[1].document.exercise.facts.name = "Lunge";
  const std::string html = render_combined_report(sessions);
  EXPECT_THAT(section(html, "trends"), HasSubstr("Different exercises"));
  EXPECT_THAT(section(html, "trends"), Not(HasSubstr("<svg")));
  EXPECT_THAT(section(html, "sessions"), HasSubstr("Lunge"));
}

TEST(CombinedReport, LinksStayBesideThePage) {
  EXPECT_EQ(relative_address("squat 2/report.html"), "squat%202/report.html");
  EXPECT_EQ(relative_address("javascript:alert(1)"), "javascript%3Aalert%281%29");
  EXPECT_EQ(relative_address("a?b#c\"'<\xc3\xa4"), "a%3Fb%23c%22%27%3C%C3%A4");
  EXPECT_THAT(render_combined_report({session("a b", 80), session("c", 80)}),
              HasSubstr("href=\"a%20b/report.html\""));
}

TEST(CombinedReport, NoTextOfTheSessionsBecomesMarkup) {
  const auto full_of = [](const std::string& text) {
    std::vector<CombinedSession> sessions = {session("1", 80), session("2", 85)};
    for (CombinedSession& s : sessions) {
      s.name = s.link = s.day = text;
      s.document.exercise.facts.name = s.document.exercise.facts.id = s.document.engine_version = text;
    }
    sessions[0].document.models = {{text, text}};
    return render_combined_report(sessions, {.failed = {{text, text}}});
  };
  const std::string html = full_of("\"><script>evil()</script><img onerror=evil() '&{n}.mp4");
  EXPECT_THAT(html, Not(HasSubstr("<script>evil")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  const std::string harmless = full_of("squat.mp4");
  for (const char c : {'<', '>', '"'})
    EXPECT_EQ(std::count(html.begin(), html.end(), c), std::count(harmless.begin(), harmless.end(), c)) << c;
}

TEST(CombinedReport, LoadsNothingFromOutsideAndHasEveryText) {
  std::vector<CombinedSession> sessions = {session("1", 80), session("2", 85)};
  sessions[1].document.exercise.definition.kind = sessions[0].document.exercise.definition.kind =
      engine::Kind::hold;
  sessions[1].document.exercise.view.reset();
  sessions[1].document.exercise.prescribed_side = engine::Side::right;
  sessions[1].document.exercise.definition.target = rad(80);
  const std::string html = render_combined_report(sessions, {.failed = {{"broken.mp4", "is cut off"}}});
  for (const char* request : {" src=", " action=", "http:", "https:", "@import", "<link", "<img", "fetch("})
    EXPECT_THAT(html, Not(HasSubstr(request)));
  EXPECT_THAT(section(html, "failed"), HasSubstr("broken.mp4"));
  // A key without a text shows as [key].
  for (const char* key : {"[combined.", "[trend.", "[differs.", "[summary.", "[table.", "[simulated."})
    EXPECT_THAT(html, Not(HasSubstr(key)));
  EXPECT_THAT(render_combined_report({}, {.failed = {{"a", "b"}}}), HasSubstr("Not analyzed"));
}

}  // namespace
}  // namespace reprise::report
