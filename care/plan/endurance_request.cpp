// SPDX-License-Identifier: Apache-2.0
#include "care/plan/endurance_request.h"

#include <array>

#include "care/plan/request_terms.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

// Beyond these a number is a slip of the pen. Unsourced defaults.
constexpr double kLongestPhaseMin = 120;
constexpr double kHeartRateLeast = 30, kHeartRateMost = 250;
constexpr double kOxygenLeast = 50, kOxygenMost = 100;
constexpr double kPressureLeast = 30, kPressureMost = 300;

struct ScaleRange {
  std::string_view code;
  double least, most;
};
// Borg's scales by their ends.
constexpr std::array<ScaleRange, 2> kScales = {{{"borg-6-20", 6, 20}, {"cr10", 0, 10}}};

struct Amount {
  std::string_view unit;  // UCUM
  double least, most;
};
constexpr Amount kMinutes{"min", 0, kLongestPhaseMin};
constexpr Amount kRate{"/min", kHeartRateLeast, kHeartRateMost};
constexpr Amount kPercent{"%", kOxygenLeast, kOxygenMost};
constexpr Amount kPressure{"mm[Hg]", kPressureLeast, kPressureMost};
constexpr Amount kBreathlessness{"{score}", 1, 10};  // at 0 no session could start

std::optional<double> amount_in(const Json* quantity, const Amount& amount) {
  if (quantity == nullptr || json::text_of(*quantity, "system") != fhir::kUnits ||
      json::text_of(*quantity, "code") != amount.unit || json::field(*quantity, "comparator") != nullptr)
    return {};
  const auto value = json::number_of(*quantity, "value");
  return value && *value >= amount.least && *value <= amount.most ? value : std::nullopt;
}

// A part that may be missing, but not unreadable.
bool read_part(const fhir::Parts& parts, std::string_view name, const Amount& amount,
               std::optional<double>& value) {
  const Json* part = parts.find(name);
  if (part == nullptr) return true;
  value = amount_in(json::field(*part, "valueQuantity"), amount);
  return value.has_value();
}

std::optional<ValueRange> range_in(const fhir::Parts& parts, std::string_view name, const Amount& amount) {
  const Json* part = parts.find(name);
  const Json* range = part == nullptr ? nullptr : json::field(*part, "valueRange");
  if (range == nullptr) return {};
  const auto low = amount_in(json::field(*range, "low"), amount);
  const auto high = amount_in(json::field(*range, "high"), amount);
  if (!low || !high || *low > *high) return {};
  return ValueRange{*low, *high};
}

fhir::Why read_minutes(const fhir::Parts& parts, EnduranceRequest& asked) {
  std::optional<double> warm_up, main, cool_down;
  const bool right = read_part(parts, "warm-up", kMinutes, warm_up) &&
                     read_part(parts, "main", kMinutes, main) &&
                     read_part(parts, "cool-down", kMinutes, cool_down);
  if (!right || !warm_up || !main || !cool_down || *main <= 0)
    return "the minutes of warm-up, main part or cool-down are missing or impossible";
  asked.warm_up_min = *warm_up;
  asked.main_min = *main;
  asked.cool_down_min = *cool_down;
  return {};
}

fhir::Why read_effort(const fhir::Parts& parts, EnduranceRequest& asked) {
  const Json* part = parts.find("scale");
  const std::string_view code = part == nullptr ? "" : json::text_of(*part, "valueCode");
  for (const ScaleRange& scale : kScales) {
    if (scale.code != code) continue;
    const auto effort = range_in(parts, "effort", {"{score}", scale.least, scale.most});
    if (!effort) return "the planned effort is missing or outside its scale";
    asked.scale = code;
    asked.effort = *effort;
    return {};
  }
  return "it names no known scale of effort";
}

fhir::Why read_heart(const fhir::Parts& parts, EnduranceRequest& asked) {
  if (const Json* part = parts.find("response")) {
    asked.response = json::text_of(*part, "valueCode");
    if (asked.response != "normal" && asked.response != "beta-blocker" && asked.response != "pacemaker" &&
        asked.response != "atrial-fibrillation")
      return "it does not say whether the heart rate shows the effort";
  }
  asked.heart_rate = range_in(parts, "heart-rate", kRate);
  if (parts.find("heart-rate") == nullptr) return {};
  if (!asked.heart_rate) return "the heart rate that it aims at is impossible";
  if (asked.response != "normal")
    return "it aims at a heart rate, but the record does not say that the heart rate shows the effort";
  return {};
}

fhir::Why read_limits(const fhir::Parts& parts, EnduranceRequest& asked) {
  EnduranceLimits& limits = asked.limits;
  const bool right = read_part(parts, "start-heart-rate", kRate, limits.start_heart_rate) &&
                     read_part(parts, "start-oxygen", kPercent, limits.start_oxygen) &&
                     read_part(parts, "start-systolic", kPressure, limits.start_systolic) &&
                     read_part(parts, "start-diastolic", kPressure, limits.start_diastolic) &&
                     read_part(parts, "stop-heart-rate", kRate, limits.stop_heart_rate) &&
                     read_part(parts, "stop-oxygen", kPercent, limits.stop_oxygen) &&
                     read_part(parts, "stop-breathlessness", kBreathlessness, limits.stop_breathlessness);
  if (!right) return "a limit cannot be read";
  if (asked.heart_rate && limits.stop_heart_rate && asked.heart_rate->high > *limits.stop_heart_rate)
    return "the heart rate that it aims at is above the limit at which to stop";
  return {};
}

fhir::Why read_session(const Json& request, std::string_view patient, EnduranceRequest& asked) {
  if (fhir::Why why = read_terms(request, patient, {fhir::kEndurance}, asked); !why.empty()) return why;
  asked.activity = only_code(request, fhir::kEnduranceActivity, {"walking", "cycling"});
  if (asked.activity.empty()) return "it names no known activity (code)";
  const auto parts =
      fhir::parts_of(request, fhir::kEndurance,
                     {"warm-up", "main", "cool-down", "scale", "effort", "response", "heart-rate",
                      "start-heart-rate", "start-oxygen", "start-systolic", "start-diastolic",
                      "stop-heart-rate", "stop-oxygen", "stop-breathlessness"});
  if (!parts) return parts.error();
  if (!*parts) return std::string{fhir::kEndurance} + " is missing";
  for (const auto& read : {read_minutes, read_effort, read_heart, read_limits}) {
    if (fhir::Why why = read(**parts, asked); !why.empty()) return why;
  }
  return {};
}

}  // namespace

bool is_endurance_request(const Json& request) {
  return has_order_category(request, "endurance-session");
}

std::optional<EnduranceRequest> read_endurance(const Json& request, const fhir::AnswerIndex& record,
                                               std::string_view patient) {
  if (!is_endurance_request(request) || !is_in_force(request)) return {};
  EnduranceRequest asked;
  asked.problem = read_session(request, patient, asked);
  find_done(request, record, asked);
  return asked;
}

}  // namespace reprise::care
