// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "care/outcome/measurement_observations.h"
#include "fhir/validation/validate.h"
#include "session/measurements/balance_programme.h"
#include "tests/support/patient_days.h"

// A balance programme and its sessions, as the record has them.
namespace reprise::care {

inline Json balance_level(const char* stance, bool released) {
  Json parts = Json::parse(R"([{"url": "surface", "valueCode": "firm"}, {"url": "eyes", "valueCode": "open"},
    {"url": "task", "valueCode": "none"}, {"url": "holds", "valueInteger": 2},
    {"url": "hold", "valueQuantity": {"value": 10, "system": "http://unitsofmeasure.org", "code": "s"}}])");
  parts.push_back({{"url", "stance"}, {"valueCode", stance}});
  if (stance == std::string_view{"single-leg"}) parts.push_back({{"url", "side"}, {"valueCode", "left"}});
  if (released) parts.push_back({{"url", "released"}, {"valueDate", "2024-09-01"}});
  return {{"url", fhir::kBalanceLevel}, {"extension", parts}};
}

/// A ladder of tandem and one leg; two whole sessions make it harder.
inline Json ladder(bool released) {
  Json request = {{"resourceType", "ServiceRequest"},
                  {"id", "ladder"},
                  {"status", "active"},
                  {"intent", "order"},
                  {"category", Json::array({fhir::codeable(fhir::kOrder, "balance-programme", "Balance")})},
                  {"subject", {{"reference", std::string{"Patient/"} + PatientDays::kPatient}}}};
  request["extension"] =
      Json::array({Json{{"url", fhir::kBalance},
                        {"extension", Json::array({Json{{"url", "sessions"}, {"valueInteger", 2}}})}},
                   balance_level("tandem", true), balance_level("single-leg", released)});
  return request;
}

/// The Observations of a session, as the app sends them; `whole` of two holds.
inline void add_session(std::vector<Json>& resources, fhir::Day day, int whole) {
  std::vector<session::BalanceHold> holds(2);
  for (int i = 0; i < 2; ++i) {
    session::BalanceHold& hold = holds[static_cast<std::size_t>(i)];
    hold.part = "tandem.firm.eyes_open.10s";
    hold.start = Seconds{30.0 * i};
    hold.planned = Seconds{10};
    hold.whole = i < whole;
    hold.held = Seconds{hold.whole ? 10.0 : 3.0};
  }
  session::MeasurementInput input;
  input.source.kind = session::SignalSourceKind::simulated;
  const auto document = session::measure_balance_programme(input, holds);
  ASSERT_TRUE(document) << to_string(document.error());
  std::string id = "00000000-0000-4000-8000-000000000000";
  id.replace(id.size() - 5, 5, std::to_string(day));
  const std::string start = fhir::date_of(day) + "T10:00:00Z";
  const auto bundle =
      measurement_bundle(*document, {id, PatientDays::kPatient, start, start, "ladder", true});
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), ::testing::IsEmpty());
  for (const Json& entry : (*bundle)["entry"]) {
    Json resource = entry["resource"];
    resource["id"] = "b" + std::to_string(resources.size());
    resources.push_back(std::move(resource));
  }
}

}  // namespace reprise::care
