// SPDX-License-Identifier: Apache-2.0
#include "wasm/endurance.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace reprise::wasm {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

json made(const Result<std::string>& text) {
  EXPECT_TRUE(text) << to_string(text.error());
  return text ? json::parse(*text) : json{};
}

TEST(EnduranceText, ValuesOfDevicesCrossToThePage) {
  const json heart = made(heart_rate_value_text(Bytes{0x16, 72, 0x00, 0x04}));
  EXPECT_EQ(heart["rate_bpm"], 72);
  EXPECT_EQ(heart["contact"], "good");
  EXPECT_EQ(heart["rr_s"], json::array({1.0}));
  EXPECT_EQ(made(heart_rate_value_text(Bytes{0x00, 0}))["rate_bpm"], nullptr);
  EXPECT_EQ(made(oxygen_value_text(Bytes{0, 97, 0, 64, 0}, false))["saturation_percent"], 97);
  EXPECT_EQ(made(blood_pressure_value_text(Bytes{0, 128, 0, 82, 0, 97, 0}))["diastolic_mmhg"], 82);
  const json spoiled = made(oxygen_value_text(Bytes{4, 97, 0, 64, 0, 0x00, 0x80}, true));
  EXPECT_EQ(spoiled["saturation_percent"], nullptr);
  EXPECT_EQ(spoiled["notices"], json::array({"poor_signal"}));
  const json loose = made(blood_pressure_value_text(Bytes{0x10, 128, 0, 82, 0, 97, 0, 2, 0}));
  EXPECT_EQ(loose["systolic_mmhg"], nullptr);
  EXPECT_EQ(loose["notices"], json::array({"cuff_loose"}));
  EXPECT_FALSE(heart_rate_value_text(Bytes{}));
}

TEST(EnduranceText, JudgesTheStartAndThenTheSession) {
  json facts = {{"limits", {{"startOxygen", 92}, {"stopHeartRate", 130}, {"stopOxygen", nullptr}}},
                {"signs", {{"heartRate", 70}}},
                {"starting", true}};
  EXPECT_EQ(made(endurance_verdict_text(facts.dump()))["missing"], json::array({"oxygen-saturation"}));
  facts["starting"] = false;
  facts["signs"]["heartRate"] = 131;
  const json during = made(endurance_verdict_text(facts.dump()));
  EXPECT_EQ(during["passed"], json::array({"heart-rate"}));
  EXPECT_EQ(during["missing"], json::array());
  facts["signs"]["heartRate"] = "fast";
  EXPECT_THAT(to_string(endurance_verdict_text(facts.dump()).error()), HasSubstr("heartRate"));
}

TEST(EnduranceText, TheHeartRatesOfAFileCrossToThePage) {
  sensing::HeartRateFile file{0, 4e9};
  ASSERT_TRUE(
      file.take("<TrainingCenterDatabase><Trackpoint><Time>2024-05-01T12:00:00Z</Time><HeartRateBpm>"
                "<Value>70</Value></HeartRateBpm></Trackpoint></TrainingCenterDatabase>"));
  const json found = made(file_heart_rates_text(file));
  EXPECT_EQ(found["format"], "TCX");
  EXPECT_EQ(found["count"], 1);
  EXPECT_EQ(found["rates"][0]["rate_bpm"], 70);
  EXPECT_EQ(found["rates"][0]["time_s"], 1714564800);
  sensing::HeartRateFile empty{0, 1};
  EXPECT_FALSE(file_heart_rates_text(empty));
}

json session_of_page() {
  return {{"scale", "cr10"},
          {"effort", {{"low", 3}, {"high", 4}}},
          {"heartRate", nullptr},
          {"stretches", json::array({{{"phase", "main"}, {"start_s", 0}, {"end_s", 60}}})},
          {"values",
           json::array({{{"moment", "during"}, {"time_s", 30}, {"measure", "effort_cr10"}, {"value", 4}}})},
          {"rates", json::array({{{"time_s", 1}, {"rate_bpm", 100}}})},
          {"simulated", true},
          {"startedAt", "2026-03-14T09:00:00Z"},
          {"devices", json::array({{{"kind", "heart_rate_strap"},
                                    {"name", "Strap 9C2A6B21"},
                                    {"battery_percent", 87},
                                    {"received", 60},
                                    {"usable", 1},
                                    {"noContact", 15},
                                    {"notices", json::array()}}})},
          {"imported", nullptr}};
}

TEST(EnduranceText, ASessionBecomesADocumentAndItsValues) {
  const json result = made(endurance_session_text(session_of_page().dump()));
  EXPECT_THAT(result["document"].get<std::string>(), HasSubstr("\"endurance\""));
  bool found = false;
  for (const json& value : result["values"]) {
    if (value["measure"] != "effort_cr10") continue;
    found = true;
    EXPECT_EQ(value["part"], "during");
    EXPECT_EQ(value["value"], 4);
  }
  EXPECT_TRUE(found);
  const json document = json::parse(result["document"].get<std::string>());
  ASSERT_EQ(document["devices"].size(), 1U);
  EXPECT_EQ(document["devices"][0]["name"], "Strap") << "the serial number is left out";
  EXPECT_EQ(document["devices"][0]["battery"], 0.87);
  EXPECT_EQ(document["devices"][0]["no_contact"], 0.25);
}

TEST(EnduranceText, AnImportedFileIsNamedAsTheMethod) {
  json session = session_of_page();
  session["imported"] = "TCX";
  session["devices"] = json::array();
  const json document =
      json::parse(made(endurance_session_text(session.dump()))["document"].get<std::string>());
  EXPECT_THAT(document["method"].get<std::string>(), HasSubstr("imported file (TCX)"));
  EXPECT_EQ(document["devices"][0]["kind"], "imported_file");
  session["imported"] = "PDF";
  EXPECT_THAT(to_string(endurance_session_text(session.dump()).error()), HasSubstr("imported"));
}

TEST(EnduranceText, NamesTheFieldThatIsWrong) {
  json session = session_of_page();
  session["stretches"][0]["phase"] = "rest";
  EXPECT_THAT(to_string(endurance_session_text(session.dump()).error()), HasSubstr("phase"));
  session = session_of_page();
  session["values"][0].erase("value");
  EXPECT_THAT(to_string(endurance_session_text(session.dump()).error()), HasSubstr("value"));
  EXPECT_FALSE(endurance_session_text("{"));
}

}  // namespace
}  // namespace reprise::wasm
