// SPDX-License-Identifier: Apache-2.0
#include "wasm/balance.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace reprise::wasm {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json of_page(const Result<std::string>& text) {
  EXPECT_TRUE(text) << to_string(text.error());
  return text ? json::parse(*text) : json{};
}

json state_of_page() {
  return {{"levels", json::array({{{"holds", 3}}, {{"holds", 3}}, {{"holds", 2}}})},
          {"beganAt", 2},
          {"done", json::array({{{"outcome", "supported"}}})}};
}

json balance_session_of_page() {
  return {{"holds", json::array({{{"part", "tandem.firm.eyes_open.10s"},
                                  {"side", nullptr},
                                  {"start_s", 0},
                                  {"planned_s", 10},
                                  {"held_s", 10},
                                  {"outcome", "whole"},
                                  {"trunkAcceleration", 0.12},
                                  {"swayAngle", 1.5}}})},
          {"simulated", true},
          {"startedAt", "2026-03-14T09:00:00Z"}};
}

TEST(BalanceText, GetsEasierWithinTheSession) {
  const json now = of_page(balance_now_text(state_of_page().dump()));
  EXPECT_EQ(now["level"], 1);
  EXPECT_EQ(now["left"], 1);
}

TEST(BalanceText, ASessionBecomesADocumentAndItsValues) {
  const json result = of_page(balance_session_text(balance_session_of_page().dump()));
  EXPECT_THAT(result["document"].get<std::string>(), HasSubstr("\"balance_programme\""));
  double sway = 0;
  for (const json& value : result["values"])
    if (value["measure"] == "trunk_sway_angle") sway = value["value"];
  EXPECT_NEAR(sway, 1.5, 1e-9) << "degrees in, degrees out";
}

TEST(BalanceText, NamesTheFieldThatIsWrong) {
  json session = balance_session_of_page();
  session["holds"][0]["outcome"] = "fell";
  EXPECT_THAT(to_string(balance_session_text(session.dump()).error()), HasSubstr("outcome"));
  session = balance_session_of_page();
  session["holds"][0]["held_s"] = "long";
  EXPECT_THAT(to_string(balance_session_text(session.dump()).error()), HasSubstr("held_s"));
  json state = state_of_page();
  state["beganAt"] = 3;
  EXPECT_THAT(to_string(balance_now_text(state.dump()).error()), HasSubstr("beganAt"));
  EXPECT_FALSE(balance_now_text("{"));
}

}  // namespace
}  // namespace reprise::wasm
