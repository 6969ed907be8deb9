// SPDX-License-Identifier: Apache-2.0
#include "care/billing/claim.h"

#include <gmock/gmock.h>

#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"

namespace reprise::care::billing {
namespace {

Line line_of(std::string code, LineState state, std::vector<std::string> evidence) {
  return {"us_rtm_2026",         "row", std::move(code), 2,  *day_in("2026-01-01"),
          *day_in("2026-01-30"), 16,    state,           {}, std::move(evidence)};
}

const ClaimHead kHead = {"robin", "kim", "2026-02-01T09:00:00+01:00", true};

TEST(DraftClaim, HoldsWhatIsReadyWithItsEvidenceOnce) {
  const std::vector<Line> lines = {line_of("98977", LineState::ready, {"Observation/1", "Observation/2"}),
                                   line_of("98980", LineState::blocked, {"Task/9"}),
                                   line_of("98981", LineState::ready, {"Observation/2", "Encounter/3"})};
  const Json claim = draft_claim(lines, kHead).value();
  EXPECT_TRUE(fhir::validate(claim).empty());
  EXPECT_EQ(claim["status"], "draft");
  EXPECT_EQ(claim["use"], "claim");
  EXPECT_EQ(claim["meta"]["tag"][0]["code"], "simulated");
  ASSERT_EQ(claim["item"].size(), 2U);
  EXPECT_EQ(claim["item"][1]["productOrService"]["coding"][0]["code"], "98981");
  EXPECT_EQ(claim["item"][1]["quantity"]["value"], 2);
  EXPECT_EQ(claim["item"][1]["extension"][0]["valueString"], "us_rtm_2026/row");
  // Each line leads to its evidence by numbers.
  ASSERT_EQ(claim["supportingInfo"].size(), 3U);
  std::vector<std::string> evidence;
  for (const Json& number : claim["item"][1]["informationSequence"]) {
    for (const Json& info : claim["supportingInfo"]) {
      if (info["sequence"] == number) evidence.push_back(info["valueReference"]["reference"]);
    }
  }
  EXPECT_THAT(evidence, ::testing::ElementsAre("Observation/2", "Encounter/3"));
  // The descriptions of the codes are under another owner's copyright.
  EXPECT_EQ(claim["item"][0]["productOrService"].dump().find("display"), std::string::npos);
}

TEST(DraftClaim, IsNoneWhereNothingIsReadyOrTheHeadIsWrong) {
  const std::vector<Line> waiting = {line_of("98977", LineState::waiting, {"Observation/1"})};
  EXPECT_EQ(draft_claim(waiting, kHead).error().code, ErrorCode::nothing_measured);
  const std::vector<Line> ready = {line_of("98977", LineState::ready, {"Observation/1"})};
  EXPECT_FALSE(draft_claim(ready, {"robin", "", "2026-02-01", false}));
  EXPECT_FALSE(draft_claim(ready, {"robin", "kim", "today", false}));
  EXPECT_FALSE(draft_claim(ready, {"", "kim", "2026-02-01", false}));
}

TEST(CsvLines, AreOneForEachLineWhateverItsState) {
  std::vector<Line> lines = {line_of("98977", LineState::ready, {"Observation/1", "Observation/2"}),
                             line_of("98980", LineState::blocked, {})};
  lines[1].reasons = {{Why::no_interaction, "interaction", {}}, {Why::other_programme, "x", "CarePlan/1"}};
  EXPECT_EQ(csv_header(), "patient,code,units,from,to,state,rule,reasons,evidence\r\n");
  EXPECT_EQ(
      csv_lines(lines, "robin"),
      "robin,98977,2,2026-01-01,2026-01-30,ready,us_rtm_2026/row,,Observation/1 Observation/2\r\n"
      "robin,98980,2,2026-01-01,2026-01-30,blocked,us_rtm_2026/row,no_interaction other_programme,\r\n");
}

TEST(CsvLines, QuoteAndNeverCompute) {
  const std::vector<Line> lines = {line_of("98977", LineState::ready, {"=HYPERLINK(\"a,b\")"})};
  const std::string text = csv_lines(lines, "-1+1");
  EXPECT_EQ(text.substr(0, 6), "'-1+1,");
  EXPECT_THAT(text, ::testing::EndsWith(",\"'=HYPERLINK(\"\"a,b\"\")\"\r\n"));
}

}  // namespace
}  // namespace reprise::care::billing
