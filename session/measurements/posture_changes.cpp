// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "session/measurements/posture.h"
#include "session/measurements/posture_values.h"

namespace reprise::session {
namespace {

constexpr const char* kComparingStage = "comparing postures";
constexpr double kNineOfTenHalf = 1.645;  // standard deviations in a value's ±
constexpr double kChangeInSd = 1.96;

// In the order of engine::PostureMeasure.
constexpr std::array<SignalMeasure, engine::kPostureMeasureCount> kOfPosture = {
    SignalMeasure::craniovertebral_angle, SignalMeasure::head_tilt,         SignalMeasure::shoulder_level,
    SignalMeasure::pelvic_level,          SignalMeasure::trunk_inclination, SignalMeasure::trunk_tilt,
    SignalMeasure::trunk_shift,           SignalMeasure::plumb_offset,      SignalMeasure::knee_alignment,
    SignalMeasure::trunk_asymmetry};

std::string shown(const SignalMeasureInfo& facts, double value, bool with_sign = false) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), with_sign ? "%+.*f" : "%.*f", facts.decimals, value * facts.factor);
  return std::string{text.data()} + ' ' + std::string{facts.unit};
}

std::string with_error(const SignalMeasureInfo& facts, const MeasuredValue& value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f ±%.*f", facts.decimals, value.value * facts.factor,
                facts.decimals, value.uncertainty.value_or(0) * facts.factor);
  return std::string{text.data()} + ' ' + std::string{facts.unit};
}

std::string label(const PostureChange& of) {
  std::string text{info(of.measure).label};
  std::string part = of.part;
  std::replace(part.begin(), part.end(), '_', ' ');
  if (!part.empty()) text += ", " + part;
  if (of.side) text += *of.side == Side::left ? ", left" : ", right";
  return text;
}

/// Precondition: both have a ±.
PostureChange change_of(const MeasuredValue& now, const MeasuredValue& earlier) {
  const double sd = std::hypot(*now.uncertainty, *earlier.uncertainty) / kNineOfTenHalf;
  const SignalMeasureInfo& facts = info(now.measure);
  return {now.measure,
          now.part,
          now.side,
          now.value,
          earlier.value,
          std::max(kChangeInSd * sd, repeatable_change(now.measure)),
          with_error(facts, now),
          with_error(facts, earlier)};
}

Finding finding_of(const PostureChange& of) {
  const SignalMeasureInfo& facts = info(of.measure);
  const std::string change = shown(facts, of.change(), true);
  Finding finding;
  finding.code = of.is_certain() ? "changed" : "no_detectable_change";
  finding.side = of.side;
  finding.text = label(of) + (of.is_certain() ? ": changed by " + change + "."
                                              : ": no change beyond the error (" + change + ").");
  finding.evidence = "Earlier " + of.earlier_words + ", now " + of.now_words;
  finding.limit =
      "smallest detectable change " + shown(facts, of.least) +
      (repeatable_change(of.measure) > 0 ? " (docs/accuracy.md, \"Posture\")"
                                         : " by both ± alone; repeated pictures were not measured");
  finding.certain = of.is_certain();
  return finding;
}

}  // namespace

SignalMeasure signal_measure_of(engine::PostureMeasure measure) {
  return kOfPosture[static_cast<std::size_t>(measure)];
}

double repeatable_change(SignalMeasure measure) {
  using enum SignalMeasure;
  constexpr double kMmToM = 1e-3;
  const auto radians = [](double degrees) { return Radians{Degrees{degrees}}.value(); };
  switch (measure) {
    case head_tilt: return radians(7.5);
    case shoulder_level: return radians(3.7);
    case trunk_inclination: return radians(2.9);
    case trunk_tilt: return radians(2.1);
    case knee_alignment: return radians(4.0);
    case trunk_shift: return 19 * kMmToM;
    case plumb_offset: return 42 * kMmToM;
    default: return 0;  // rendered people have no such points
  }
}

Result<std::vector<PostureChange>> posture_changes(const MeasurementDocument& now,
                                                   const MeasurementDocument& earlier) {
  if (now.kind != MeasurementKind::posture || earlier.kind != MeasurementKind::posture)
    return fail(ErrorCode::invalid_argument, kComparingStage, "one of the documents is no posture",
                "give the measurement.json of an earlier posture");
  std::vector<PostureChange> changes;
  for (const MeasuredValue& value : now.values) {
    if (!value.uncertainty) continue;
    const auto before =
        std::find_if(earlier.values.begin(), earlier.values.end(), [&](const MeasuredValue& one) {
          return one.measure == value.measure && one.side == value.side && one.part == value.part &&
                 one.uncertainty;
        });
    if (before != earlier.values.end()) changes.push_back(change_of(value, *before));
  }
  if (changes.empty())
    return fail(ErrorCode::invalid_argument, kComparingStage, "the documents have no value in common",
                "compare pictures of the same view with the same points");
  return changes;
}

Result<void> compare_posture(MeasurementDocument& now, const MeasurementDocument& earlier) {
  const auto changes = posture_changes(now, earlier);
  if (!changes) return tl::unexpected(changes.error());
  for (const PostureChange& one : *changes) now.findings.push_back(finding_of(one));
  return {};
}

}  // namespace reprise::session
