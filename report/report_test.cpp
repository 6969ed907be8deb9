// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <regex>
#include <set>

#include "report/sections/assets.h"
#include "tests/support/degrees.h"
#include "tests/support/page_text.h"
#include "tests/support/sample_session.h"

namespace reprise::report {
namespace {

using testing::HasSubstr;
using testing::Not;

// By hand: the regular expressions of the standard library recurse once for each character.
std::string without(std::string html, const std::string& begin, const std::string& end) {
  for (std::size_t at = 0; (at = html.find(begin, at)) != std::string::npos;) {
    const std::size_t stop = html.find(end, at);
    if (stop == std::string::npos) break;
    html.replace(at, stop + end.size() - at, " ");
  }
  return html;
}

std::string without_assets(const std::string& html) {
  return without(without(html, "<style>", "</style>"), "<script>", "</script>");
}

/// What a reader sees.
std::string text_of(const std::string& html) {
  return without(without_assets(html), "<", ">");
}

session::SessionDocument squats(int repetitions) {
  SampleOptions o;
  o.generate.repetitions = repetitions;
  return simulated_session(o);
}

/// Every kind of page that a test can go over.
std::vector<session::SessionDocument> all_kinds() {
  SampleOptions front;
  front.view = engine::View::front;
  front.generate.repetitions = 2;
  SampleOptions hold;
  hold.exercise = "single_leg_stance";
  hold.view = engine::View::front;
  hold.side = engine::Side::left;
  hold.generate.repetitions = 1;
  SampleOptions ceiling;
  ceiling.exercise = "shoulder_abduction";
  ceiling.view = engine::View::front;
  ceiling.ceiling = rad(100);
  ceiling.generate.repetitions = 2;
  SampleOptions wrong;
  wrong.exercise = "heel_slide";
  wrong.view = engine::View::front;
  wrong.generate.repetitions = 1;
  SampleOptions still;
  still.generate.range_scale = 0.1;
  return {small_session(),         session::SessionDocument{}, simulated_session(front),
          simulated_session(hold), simulated_session(ceiling), simulated_session(wrong),
          simulated_session(still)};
}

TEST(Report, LoadsNothingFromOutside) {
  // What a browser would follow: an address in an attribute, in a style or in the script.
  const std::array<const char*, 15> requests = {
      " src=", " href=", " action=", " poster=", " srcset=", "http:",   "https:",    "@import",
      "<link", "<img",   "<iframe",  "fetch(",   "XMLHttp",  "import(", "sendBeacon"};
  for (const session::SessionDocument& d : all_kinds()) {
    const std::string html = render_report(d);
    for (const char* request : requests) EXPECT_THAT(html, Not(HasSubstr(request)));
    for (std::size_t at = 0; (at = html.find("url(", at)) != std::string::npos; ++at)
      EXPECT_EQ(html[at + 4], '#');
    EXPECT_THAT(html, HasSubstr("default-src &#39;none&#39;"));
  }
}

/// A report in which every text that comes from outside is `text`.
std::string report_full_of(const std::string& text) {
  session::SessionDocument d = small_session();
  d.source.recorded_at = d.source.sha256 = d.source.options = text;
  d.source.name = d.exercise.facts.name = d.exercise.facts.id = d.exercise.facts.review_status =
      d.engine_version = text;
  d.models = {{text, text}};
  d.exercise.facts.not_measured = {text};
  d.exercise.facts.rule_words = {{"trunk_forward", text}, {"knees_in", text}};
  d.warnings = {{text, text, text}};
  return render_report(d, {.language = text, .date = text});
}

TEST(Report, NoTextOfTheDocumentBecomesMarkup) {
  const std::string html = report_full_of("\"><script>evil()</script><img onerror=evil() '&{n}.mp4");
  EXPECT_THAT(html, Not(HasSubstr("<script>evil")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;evil()&lt;/script&gt;&lt;img onerror=evil() &#39;&amp;{n}.mp4"));
  const std::string harmless = report_full_of("squat.mp4");
  for (const char c : {'<', '>', '"'}) {
    EXPECT_EQ(std::count(html.begin(), html.end(), c), std::count(harmless.begin(), harmless.end(), c)) << c;
  }
}

TEST(Report, ElementsAreClosedInOrder) {
  const std::set<std::string> empty = {"meta", "br", "hr"};
  for (const session::SessionDocument& d : all_kinds()) {
    const std::string html = without(without_assets(render_report(d)), "<!doctype", ">");
    std::vector<std::string> open;
    for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos; ++at) {
      const std::size_t end = html.find('>', at);
      ASSERT_NE(end, std::string::npos);
      const bool closing = html[at + 1] == '/';
      const std::size_t begin = at + (closing ? 2 : 1);
      const std::string name = html.substr(begin, html.find_first_of(" />", begin) - begin);
      if (html[end - 1] == '/' || empty.count(name) > 0) continue;
      if (!closing) {
        open.push_back(name);
        continue;
      }
      ASSERT_FALSE(open.empty()) << name;
      ASSERT_EQ(open.back(), name);
      open.pop_back();
    }
    EXPECT_TRUE(open.empty());
  }
}

TEST(Report, EveryTextIsInTheTable) {
  for (const session::SessionDocument& d : all_kinds()) {
    const std::string text = text_of(render_report(d));
    std::smatch found;
    EXPECT_FALSE(std::regex_search(text, found, std::regex(R"(\[[a-z_.]+\])"))) << found[0];
    EXPECT_FALSE(std::regex_search(text, found, std::regex(R"(\{[a-z]+\})"))) << found[0];
  }
}

TEST(Report, ShowsEveryRepetition) {
  const session::SessionDocument d = squats(7);
  ASSERT_EQ(d.exercise.repetitions.size(), 7U);
  const std::string html = render_report(d);
  for (int n = 1; n <= 7; ++n) {
    const std::string number = std::to_string(n);
    EXPECT_THAT(section(html, "repetitions"), HasSubstr("data-label=\"No.\">" + number + "<"));
    EXPECT_THAT(section(html, "movement"), HasSubstr("data-n=\"" + number + '"'));
    EXPECT_THAT(section(html, "figures"), HasSubstr("<strong>" + number + "</strong>"));
    EXPECT_THAT(section(html, "quality"), HasSubstr("<th scope=\"row\">" + number + "<"));
  }
}

TEST(Report, NotMeasuredIsWrittenOutAndNeverZero) {
  session::SessionDocument d = small_session();
  d.exercise.repetitions.erase(d.exercise.repetitions.begin());  // the rest was not measured at all
  d.exercise.repetitions[0].outcome = engine::Outcome::complete;
  d.exercise.summary.best_range.reset();
  d.exercise.summary.mean_quality.reset();
  d.exercise.summary.symmetry.clear();
  const std::string html = render_report(d);
  const std::string row = section(html, "repetitions");
  for (const char* column : {"Range", "Out · hold · back", "Peak speed", "Smoothness", "Quality"}) {
    const std::size_t cell = row.find(std::string{"data-label=\""} + column);
    ASSERT_NE(cell, std::string::npos) << column;
    EXPECT_THAT(row.substr(cell, row.find("</td>", cell) - cell), HasSubstr(">not measured</span>"))
        << column;
  }
  EXPECT_THAT(row, HasSubstr(">not judged</span>"));
  const std::string tiles = section(html, "summary");
  std::size_t not_measured = 0;
  for (std::size_t at = 0; (at = tiles.find(">not measured<", at)) != std::string::npos; ++at) ++not_measured;
  EXPECT_EQ(not_measured, 4U) << "range, tempo, quality, symmetry";
}

TEST(Report, NamesTheBestRangeOnlyWithoutACeiling) {
  session::SessionDocument d = small_session();
  EXPECT_THAT(section(render_report(d), "summary"), HasSubstr("Largest range"));
  EXPECT_THAT(section(render_report(d), "summary"), HasSubstr("5–102°"));

  d.exercise.ceiling = rad(80);  // below the target of 90; best_range left in on purpose
  const std::string summary = section(render_report(d), "summary");
  EXPECT_THAT(summary, Not(HasSubstr("Largest range")));
  EXPECT_THAT(summary, Not(HasSubstr("5–102°")));
  EXPECT_THAT(summary, HasSubstr("The ceiling of 80° was passed: repetition 1"));
  const std::string chart = section(render_report(d), "movement");
  EXPECT_THAT(chart, HasSubstr("ceiling 80°"));
  EXPECT_THAT(chart, Not(HasSubstr("target 90°"))) << "no target is shown behind a ceiling";
  EXPECT_THAT(section(render_report(d), "repetitions"), HasSubstr("past the ceiling"));

  d.exercise.ceiling = rad(110);
  EXPECT_THAT(section(render_report(d), "summary"), HasSubstr("kept every time"));
}

TEST(Report, SaysTheSideInWords) {
  session::SessionDocument d = small_session();
  EXPECT_THAT(render_report(d), HasSubstr("Both sides together."));
  d.exercise.definition.sided = true;
  d.exercise.prescribed_side = engine::Side::left;
  EXPECT_THAT(render_report(d), HasSubstr("<p class=\"side\">Left side.</p>"));
  d.exercise.prescribed_side = engine::Side::right;
  EXPECT_THAT(render_report(d), HasSubstr("<p class=\"side\">Right side.</p>"));
  d.exercise.definition.named_by_resting_side = true;
  EXPECT_THAT(render_report(d),
              HasSubstr("Right side. The side names the limb that stays, not the one that moves."));
  d.exercise.prescribed_side.reset();
  for (session::RecordedRepetition& r : d.exercise.repetitions) r.side = engine::Side::left;
  EXPECT_THAT(render_report(d), HasSubstr("Left side, as performed; none was prescribed."));
}

TEST(Report, SimulatedCannotBeOverlooked) {
  const std::string simulated = render_report(squats(1));
  EXPECT_THAT(simulated, HasSubstr("<title>SIMULATED"));
  EXPECT_THAT(simulated, HasSubstr("@top-center{content:\"SIMULATED\""));
  const std::size_t first = simulated.find("class=\"simulated\"");
  ASSERT_NE(first, std::string::npos);
  EXPECT_LT(first, simulated.find("<h1>"));
  EXPECT_NE(simulated.find("class=\"simulated\"", first + 1), std::string::npos) << "and at the end";
  EXPECT_THAT(section(simulated, "provenance"), HasSubstr("SIMULATED"));

  EXPECT_THAT(render_report(small_session()), Not(HasSubstr("SIMULATED")));
}

TEST(Report, WrongViewShowsNoAngles) {
  SampleOptions o;
  o.exercise = "heel_slide";
  o.view = engine::View::front;
  o.generate.repetitions = 2;
  const session::SessionDocument d = simulated_session(o);
  ASSERT_EQ(d.exercise.repetitions.size(), 2U);
  const std::string html = render_report(d);
  for (const char* id : {"summary", "movement", "figures", "repetitions", "measures"}) {
    EXPECT_THAT(text_of(section(html, id)), Not(HasSubstr("°"))) << id;
  }
  EXPECT_THAT(section(html, "trust"), HasSubstr("ranges, form and quality are not measured here"));
}

TEST(Report, EmptyStatesSayWhatWasSeenAndWhatToChange) {
  SampleOptions o;
  o.generate.range_scale = 0.1;
  const std::string still = section(render_report(simulated_session(o)), "summary");
  EXPECT_THAT(still, HasSubstr("No repetition of Squat was counted."));
  EXPECT_THAT(still, HasSubstr("Knee flexion stayed within"));
  EXPECT_THAT(still, HasSubstr("moves by at least 30°, and aims at 90°"));
  EXPECT_THAT(still, HasSubstr("What to change"));

  session::SessionDocument no_person = small_session();
  no_person.exercise.repetitions.clear();
  no_person.exercise.summary = {};
  no_person.exercise.frames = {50, 0, 0, 0};
  for (session::MeasureSeries& s : no_person.exercise.series) s.values.assign(s.values.size(), std::nullopt);
  const std::string html = render_report(no_person);
  EXPECT_THAT(section(html, "summary"), HasSubstr("No person was found in any of 50 pictures."));
  EXPECT_THAT(section(html, "movement"), HasSubstr("there is nothing to draw"));
  EXPECT_THAT(html, Not(HasSubstr("<section id=\"quality\"")));

  no_person.exercise.frames = {0, 0, 0, 0};
  EXPECT_THAT(section(render_report(no_person), "summary"), HasSubstr("The recording holds no pictures."));
}

TEST(Report, ExplainsQualityAsASum) {
  const std::string quality = section(render_report(small_session()), "quality");
  EXPECT_THAT(quality, HasSubstr("100 × (40.0 + 10.0 + 21.0) ÷ (40 + 20 + 25) = 83"));
  EXPECT_THAT(quality, HasSubstr("no published validity"));
}

TEST(Report, CarriesItsWarningsProvenanceAndLimits) {
  const std::string html = render_report(small_session(), {.date = "12 March 2025"});
  EXPECT_THAT(html, HasSubstr("12 March 2025"));
  EXPECT_THAT(section(html, "warnings"), HasSubstr("Record at 30 pictures a second."));
  EXPECT_THAT(section(html, "provenance"), HasSubstr(std::string(64, 'a')));
  EXPECT_THAT(section(html, "provenance"), HasSubstr("Reprise 0.1.0"));
  EXPECT_THAT(section(html, "trust"), HasSubstr("not clinically reviewed"));
  EXPECT_THAT(section(html, "trust"), HasSubstr("not a medical device"));
  EXPECT_THAT(section(html, "trust"), HasSubstr("5–102° would be noted 0–5–102"));
  EXPECT_THAT(section(html, "trust"), HasSubstr("heels leaving the floor"));
}

/// The recording one after another, as often as that: the fit of a long one takes long.
session::SessionDocument one_after_another(session::SessionDocument d, int times) {
  const session::ExerciseSection once = d.exercise;
  const Seconds length = once.times.back() + (once.times[1] - once.times[0]);
  for (int k = 1; k < times; ++k) {
    const Seconds later = static_cast<double>(k) * length;
    for (const Seconds time : once.times) d.exercise.times.push_back(time + later);
    for (std::size_t i = 0; i < once.series.size(); ++i) {
      auto& values = d.exercise.series[i].values;
      values.insert(values.end(), once.series[i].values.begin(), once.series[i].values.end());
    }
    for (session::RecordedRepetition r : once.repetitions) {
      r.start += later;
      r.extreme += later;
      r.end += later;
      d.exercise.repetitions.push_back(std::move(r));
    }
  }
  return d;
}

TEST(Report, StaysSmallForLongRecordings) {
  SampleOptions o;
  o.generate.repetitions = 5;
  o.generate.noise = Meters{0.008};
  const session::SessionDocument d = one_after_another(simulated_session(o), 12);
  ASSERT_GE(d.exercise.times.size(), 6000U);
  ASSERT_GE(d.exercise.repetitions.size(), 58U);
  const std::string html = render_report(d);
  EXPECT_LT(html.size(), 1024U * 1024);
  EXPECT_THAT(section(html, "repetitions"),
              HasSubstr("data-label=\"No.\">" + std::to_string(d.exercise.repetitions.size()) + "<"));
  EXPECT_THAT(section(html, "figures"), HasSubstr("24 of "));
}

TEST(Report, NonsenseInNumbersIsNotShown) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  session::SessionDocument d = small_session();
  session::RecordedRepetition& r = d.exercise.repetitions[0];
  r.start = Seconds{nan};
  r.range->max = nan;
  r.tempo.hold = Seconds{-std::numeric_limits<double>::infinity()};
  r.faults[0].value = nan;
  r.quality.parts[1].points = -5;
  r.quality.parts[2].possible = nan;
  r.quality.score = 1e300;
  r.figure->world_m[5].v.y() = nan;
  d.exercise.summary.mean_quality = nan;
  d.source.duration = Seconds{nan};
  d.exercise.visibility[0].mean = 7;
  d.exercise.times[3] = Seconds{nan};
  const std::string text = text_of(render_report(d));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
  EXPECT_THAT(text, Not(HasSubstr("inf ")));
  EXPECT_THAT(text, Not(HasSubstr("e+")));
}

TEST(Report, UnknownLanguageIsSpokenInEnglish) {
  const std::string html = render_report(small_session(), {.language = "tlh"});
  EXPECT_THAT(html, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(html, HasSubstr("In short"));
}

/// The names that stand between `begin` and one of `ends`.
std::set<std::string> names_after(std::string_view text, std::string_view begin, const char* ends) {
  std::set<std::string> names;
  for (std::size_t at = 0; (at = text.find(begin, at)) != std::string_view::npos;) {
    at += begin.size();
    names.emplace(text.substr(at, text.find_first_of(ends, at) - at));
  }
  return names;
}

TEST(ReportStyle, TakesItsColorsFromTheDesign) {
  const std::string_view sheet = style_sheet();
  const std::set<std::string> values = names_after(sheet, " --", ":");
  const std::set<std::string> used = names_after(sheet, "var(--", "),");
  EXPECT_GT(used.size(), 20U);
  for (const std::string& name : used) EXPECT_EQ(values.count(name), 1U) << name << " is not in tokens.css";
  const std::string_view rules = sheet.substr(sheet.find("* { box-sizing"));
  EXPECT_THAT(std::string{rules}, Not(HasSubstr("rgb(")));
  for (std::size_t at = 0; (at = rules.find('#', at)) != std::string_view::npos; ++at)
    EXPECT_FALSE(std::isxdigit(static_cast<unsigned char>(rules[at + 1]))) << rules.substr(at - 20, 30);
}

TEST(ReportStyle, HasBothThemesAndWhitePaper) {
  const std::string sheet{style_sheet()};
  const auto theme = [&](const std::string& condition) {
    const std::size_t begin = sheet.find(condition + " { :root {");
    EXPECT_NE(begin, std::string::npos) << condition;
    return sheet.substr(begin, sheet.find('\n', begin) - begin);
  };
  EXPECT_THAT(theme("@media screen and (prefers-color-scheme: dark)"), HasSubstr("--card: #"));
  EXPECT_THAT(theme("@media screen and (prefers-color-scheme: dark) and (prefers-contrast: more)"),
              HasSubstr("--text-quiet: #"));
  EXPECT_THAT(theme("@media (prefers-contrast: more)"), HasSubstr("--rule: #"));
  EXPECT_THAT(theme("@media print"), HasSubstr("color-scheme: light"));
  // Only screens are dark: paper takes the first, light values.
  EXPECT_THAT(sheet, Not(HasSubstr("@media (prefers-color-scheme")));
  EXPECT_THAT(sheet.substr(0, sheet.find('}')), HasSubstr("--card: #fff;"));
}

TEST(ReportScript, HoldsNoClosingTag) {
  EXPECT_THAT(std::string{script()}, Not(HasSubstr("</")));
  EXPECT_THAT(std::string{style_sheet()}, Not(HasSubstr("</")));
}

}  // namespace
}  // namespace reprise::report
