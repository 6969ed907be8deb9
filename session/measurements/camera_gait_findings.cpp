// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstdio>

#include "session/measurements/camera_gait_passes.h"

namespace reprise::session {
namespace {

using enum SignalMeasure;

constexpr double kDeg = kPi / 180;
// Recommended for adults after a stroke (sources.md, WC4).
constexpr double kStiffKneeRad = 40 * kDeg;
// Unsourced defaults.
constexpr double kFlatContactRad = 0 * kDeg;  // of the sole as the foot lands: toes not above the heel
constexpr double kSmallArmSwingRad = 12 * kDeg;
constexpr double kShorterStance = 0.08;  // of the mean of both sides
constexpr double kPelvicDropRad = 6 * kDeg;
constexpr std::size_t kSureStrides = 3;  // fewer make nothing certain
constexpr const char* kUnsourced = "unsourced default";

std::string with_unit(const MeasuredValue& value) {
  const SignalMeasureInfo& facts = info(value.measure);
  std::array<char, 96> text{};
  const double shown = value.value * facts.factor;
  const std::string unit = facts.unit == "°" ? "°" : " " + std::string{facts.unit};
  if (value.uncertainty) {
    std::snprintf(text.data(), text.size(), "%.*f ± %.*f", facts.decimals, shown, facts.decimals,
                  *value.uncertainty * facts.factor);
  } else {
    std::snprintf(text.data(), text.size(), "%.*f", facts.decimals, shown);
  }
  return std::string{text.data()} + unit;
}

bool many(const MeasuredValue& value) {
  return static_cast<std::size_t>(value.count) >= kSureStrides;
}

const char* side_name(Side side) {
  return side == Side::left ? "left" : "right";
}

std::string evidence_of(const MeasuredValue& value) {
  std::string text = std::string{info(value.measure).label} + " " + with_unit(value);
  if (value.count > 0)
    text += " over " + std::to_string(value.count) + (value.count == 1 ? " stride" : " strides");
  return text;
}

// A value below its limit.
void find_below(MeasurementDocument& d, SignalMeasure measure, double limit, const char* code,
                const char* what, const std::string& limit_words) {
  for (const Side side : {Side::left, Side::right}) {
    const MeasuredValue* value = find_value(d, measure, side);
    if (value == nullptr || !(value->value < limit)) continue;
    d.findings.push_back({code, side, std::string{what} + ", " + side_name(side) + ".", evidence_of(*value),
                          limit_words,
                          many(*value) && value->value + value->uncertainty.value_or(0) < limit});
  }
}

void find_shorter_stance(MeasurementDocument& d) {
  const MeasuredValue* left = find_value(d, stance_share, Side::left);
  const MeasuredValue* right = find_value(d, stance_share, Side::right);
  const MeasuredValue* asymmetry = find_value(d, stance_asymmetry);
  if (left == nullptr || right == nullptr || asymmetry == nullptr || asymmetry->value < kShorterStance)
    return;
  const Side shorter = left->value < right->value ? Side::left : Side::right;
  d.findings.push_back(
      {"antalgic", shorter,
       std::string{"Shorter stance on the "} + side_name(shorter) + " side, as when a leg is spared.",
       "Stance left " + with_unit(*left) + ", right " + with_unit(*right),
       std::string{"a difference of 8 % of the mean, "} + kUnsourced,
       many(*left) && many(*right) &&
           asymmetry->value - asymmetry->uncertainty.value_or(0) > kShorterStance});
}

void find_pelvic_drop(MeasurementDocument& d) {
  for (const Side side : {Side::left, Side::right}) {
    const MeasuredValue* value = find_value(d, pelvic_drop, side);
    if (value == nullptr || !(value->value > kPelvicDropRad)) continue;
    d.findings.push_back({"trendelenburg", side,
                          std::string{"The pelvis drops to the other side while the "} + side_name(side) +
                              " leg stands (Trendelenburg).",
                          evidence_of(*value), std::string{"6°, "} + kUnsourced,
                          many(*value) && value->value - value->uncertainty.value_or(0) > kPelvicDropRad});
  }
}

}  // namespace

void add_gait_findings(MeasurementDocument& document, const CameraGait& gait) {
  if (gait.less_accurate) return;
  if (!gait.strides.empty()) {
    find_below(document, knee_swing_peak, kStiffKneeRad, "stiff_knee",
               "The knee bends little in swing (stiff knee)",
               "below 40°, of adults after a stroke (doi 10.3390/jcm11216270)");
    find_below(document, contact_angle, kFlatContactRad, "drop_foot",
               "The foot lands flat or with the toes first (drop foot)",
               std::string{"toes not above the heel, "} + kUnsourced);
    find_below(document, arm_swing, kSmallArmSwingRad, "reduced_arm_swing", "The arm swings little",
               std::string{"below 12°, "} + kUnsourced);
    find_shorter_stance(document);
  }
  find_pelvic_drop(document);
}

}  // namespace reprise::session
