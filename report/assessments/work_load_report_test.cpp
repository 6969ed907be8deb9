// SPDX-License-Identifier: Apache-2.0
#include "report/assessments/work_load_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace reprise::report {
namespace {

using testing::HasSubstr;
using testing::Not;

session::WorkLoadDocument bent_twice(engine::WorkMethod method) {
  session::WorkLoadDocument d;
  d.engine_version = "0.1.0";
  d.source.name = "line 3 <b>.mp4";
  d.source.duration = Seconds{40};
  d.method = method;
  d.view = engine::View::oblique;
  d.answers.load_kg = 12.5;
  d.answers.legs_balanced = false;
  std::vector<engine::ScoredMoment> moments;
  engine::WorkPosture posture;
  posture.trunk_flexion = engine::AngleRange{0.9, 1.1};
  const engine::WorkScore bent = engine::score_work(method, posture, {}, d.answers);
  engine::WorkPosture exact;
  exact.trunk_flexion = engine::AngleRange{1.0, 1.0};
  const engine::WorkScore measured = engine::score_work(method, exact, {}, d.answers);
  for (int i = 0; i <= 80; ++i) {
    const engine::RangedScore easy{{1, 2}, {1, 2}};
    engine::ScoredMoment moment{Seconds{0.5 * i}, engine::MomentScore{easy, easy}};
    if (i % 40 > 30) moment.score = engine::moment_score(bent, measured);
    moments.push_back(moment);
  }
  d.load = engine::work_load(method, moments);
  session::Figure figure{Seconds{16}, {}, {}};
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    figure.world_m[l] = {0.1 * static_cast<double>(l % 3), 0.05 * static_cast<double>(l), 0};
    figure.visibility[l] = 1;
  }
  d.worst = {{Seconds{16}, bent, {measured.scores.range(), measured.level}, figure}};
  d.warnings = {{"short_recording", "Only 40 s were scored.", "Film whole cycles of the work."}};
  d.not_measured = {"loads, forces and grip"};
  return d;
}

TEST(WorkLoadReport, ShowsTheRangeTheSharesAndTheWorstMoment) {
  const std::string html = render_work_load_report(bent_twice(engine::WorkMethod::reba));
  EXPECT_THAT(html, HasSubstr("REBA: the entire body"));
  EXPECT_THAT(html, HasSubstr("As measured, the worst moment scores "));
  EXPECT_THAT(html, HasSubstr(" of 15; with the uncertainty of the angles and of open questions "));
  EXPECT_THAT(html, HasSubstr("class=\"zone-1\""));
  EXPECT_THAT(html, HasSubstr("trunk flexion 52° to 63°"));
  EXPECT_THAT(html, HasSubstr("neck flexion: not seen"));
  EXPECT_THAT(html, HasSubstr("or how large the force, in kg? 12.5 kg."));
  EXPECT_THAT(html, HasSubstr("How well do the hands hold the load? Not answered."));
  EXPECT_THAT(html, HasSubstr("Only 40 s were scored."));
  EXPECT_THAT(html, HasSubstr(", turned to the side."));
  EXPECT_THAT(html, HasSubstr("A clinician decides."));
}

TEST(WorkLoadReport, HasAllItsTexts) {
  for (const auto method : {engine::WorkMethod::rula, engine::WorkMethod::reba, engine::WorkMethod::owas}) {
    for (const auto side : {std::optional<engine::Side>{}, std::optional{engine::Side::left}}) {
      session::WorkLoadDocument d = bent_twice(method);
      d.side = side;
      const std::string whole = render_work_load_report(d);
      const std::string html = whole.substr(0, whole.find("<script>"));
      std::smatch found;
      EXPECT_FALSE(std::regex_search(html, found,
                                     std::regex(R"(\[(load|trust|view|side|head|source)\.[a-z_.0-9]+\])")))
          << found[0];
      EXPECT_FALSE(
          std::regex_search(html, found, std::regex(R"(\{(n|score|least|most|time|angle|question)\})")))
          << found[0];
    }
  }
}

TEST(WorkLoadReport, NamesOfFilesCannotBecomeMarkup) {
  const std::string html = render_work_load_report(bent_twice(engine::WorkMethod::rula));
  EXPECT_THAT(html, Not(HasSubstr("3 <b>.mp4")));
  EXPECT_THAT(html, HasSubstr("3 &lt;b&gt;.mp4"));
}

TEST(WorkLoadReport, OfNothingScoredIsStillAPage) {
  session::WorkLoadDocument d;
  d.method = engine::WorkMethod::owas;
  const std::string html = render_work_load_report(d);
  EXPECT_THAT(html, HasSubstr(">not measured<"));
  EXPECT_THAT(html, HasSubstr("</html>"));
}

}  // namespace
}  // namespace reprise::report
