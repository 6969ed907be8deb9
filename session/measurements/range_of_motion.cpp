// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/range_of_motion.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "session/passes.h"

namespace reprise::session {
namespace {

using exercises::RangeMethod;
using exercises::RangeTest;
using enum SignalMeasure;

constexpr const char* kRangeStage = "measuring the range of motion";
constexpr double kNormalHalfWidth = 1.645;                   // of 90 %, in standard deviations
constexpr double kChangeOfTwo = 1.96 * 1.41421356237309515;  // 95 % of differences between two measurements
// Of measurements on two days. Within a recording trials repeat far better (docs/accuracy.md, "Range of
// motion"); what another set-up adds was not measured. Unsourced default.
constexpr Degrees kCameraRepeatSd{3};

MeasurementMethod coded(RangeMethod method) {
  switch (method) {
    case RangeMethod::camera: return MeasurementMethod::range_camera;
    case RangeMethod::inclinometer: return MeasurementMethod::range_inclinometer;
    case RangeMethod::goniometer: break;
  }
  return MeasurementMethod::range_goniometer;
}

std::string method_words(std::span<const RangeTrials> tests) {
  std::string text;
  for (const RangeMethod method : {RangeMethod::camera, RangeMethod::inclinometer, RangeMethod::goniometer}) {
    for (const bool passive : {false, true}) {
      const bool used = std::any_of(tests.begin(), tests.end(), [&](const RangeTrials& t) {
        return t.method == method && t.passive == passive;
      });
      if (!used) continue;
      text += text.empty() ? "Range of motion: " : "; ";
      text += passive ? "passive, " : "active, ";
      text += words_of(coded(method));
    }
  }
  return text + ".";
}

std::optional<Reference> reference_of(const RangeTrials& result, const RangePerson& person) {
  // Passive movements go farther than the active ones of the norms.
  if (result.passive) return std::nullopt;
  // Norms were taken with a goniometer.
  if (result.method == RangeMethod::camera && !result.test.camera->own_norm) return std::nullopt;
  const exercises::RangeNorm* norm = exercises::norm_for(result.test, person.age, person.sex);
  if (norm == nullptr) return std::nullopt;
  Reference reference;
  reference.mean = norm->mean.value();
  if (norm->sd) {
    constexpr double kNineteenOfTwenty = 1.96;
    reference.low = norm->mean.value() - kNineteenOfTwenty * norm->sd->value();
    reference.high = norm->mean.value() + kNineteenOfTwenty * norm->sd->value();
  }
  constexpr int kGrownUp = 18;
  const bool children = norm->from_age < kGrownUp;
  std::string sex = children ? "people and children" : "people";
  if (norm->sex == exercises::NormSex::male) sex = children ? "boys and men" : "men";
  if (norm->sex == exercises::NormSex::female) sex = children ? "girls and women" : "women";
  reference.population = std::to_string(norm->people) + " healthy " + sex + " of " +
                         std::to_string(norm->from_age) + " to " + std::to_string(norm->to_age);
  reference.source = norm->cite + ", " + norm->source;
  return reference;
}

/// Smallest change between two measurements that is more than their error, with 95 %.
std::optional<double> detectable(const RangeTrials& result, const std::optional<double>& uncertainty) {
  for (const exercises::DetectableChange& change : result.test.detectable_change) {
    if (change.method == result.method) return change.change.value();
  }
  if (result.method != RangeMethod::camera) return std::nullopt;
  // Never less than two such values may be off by.
  return std::max(kChangeOfTwo * Radians{kCameraRepeatSd}.value(), std::sqrt(2.0) * uncertainty.value_or(0));
}

/// The standard deviation of the method's error that a published detectable change stands for.
std::optional<double> instrument_sd(const RangeTrials& result) {
  for (const exercises::DetectableChange& change : result.test.detectable_change) {
    if (change.method == result.method) return change.change.value() / kChangeOfTwo;
  }
  return std::nullopt;
}

/// Mean, best and smallest detectable change of one side. Empty: no trial counts.
std::optional<double> add_side(MeasurementDocument& d, const RangeTrials& result, std::optional<Side> side,
                               const RangePerson& person) {
  std::vector<double> angles;
  double uncertainty = 0;
  bool certain = true;
  for (const RangeTrial& trial : result.trials) {
    if (trial.side != side || !trial.note.empty()) continue;
    angles.push_back(trial.angle.value());
    uncertainty += trial.uncertainty.value_or(0);
    certain = certain && trial.uncertainty.has_value();
  }
  auto value = repeated(angles);
  if (!value) return std::nullopt;
  if (result.method == RangeMethod::camera && certain) {
    value->method_sd = uncertainty / static_cast<double>(angles.size()) / kNormalHalfWidth;
  } else if (result.method != RangeMethod::camera) {
    value->method_sd = instrument_sd(result);
  }
  const std::string part = range_part(result.test, result.passive);
  add_mean(d, joint_range, *value, {.side = side, .part = part, .primary = true});
  // The spread alone is no error of the method: two equal readings would be without any.
  if (!value->method_sd) d.values.back().uncertainty.reset();
  d.values.back().entered = result.method != RangeMethod::camera;
  d.values.back().reference = reference_of(result, person);
  add_value(d, joint_range_best, *std::max_element(angles.begin(), angles.end()),
            {.side = side, .part = part});
  d.values.back().entered = result.method != RangeMethod::camera;
  add_value(d, detectable_change, detectable(result, uncertainty_of(*value)), {.side = side, .part = part});
  return value->mean;
}

/// A document has one method, which stands in each of its values, and a test and side once.
Result<void> check_together(std::span<const RangeTrials> tests) {
  std::set<std::string> seen;
  for (const RangeTrials& result : tests) {
    if (result.method != tests.front().method)
      return fail(ErrorCode::invalid_argument, kRangeStage, "tests by different methods are mixed",
                  "measure those of each method by themselves");
    std::set<std::string> sides;
    for (const RangeTrial& trial : result.trials)
      sides.insert(range_part(result.test, result.passive) +
                   (trial.side ? std::string{engine::name(*trial.side)} : std::string{}));
    for (const std::string& one : sides) {
      if (!seen.insert(one).second)
        return fail(ErrorCode::invalid_argument, kRangeStage,
                    english(result.test.name) + " was given twice for one side",
                    "give all trials of a test and side together");
    }
  }
  return {};
}

void add_rows(EventTable& table, const RangeTrials& result) {
  for (const RangeTrial& trial : result.trials) {
    std::vector<std::optional<double>> columns = {trial.angle.value(), std::nullopt};
    if (trial.view_error) columns[1] = trial.view_error->value();
    table.rows.push_back({trial.start, trial.end, trial.side, range_part(result.test, result.passive),
                          trial.note, std::move(columns)});
  }
}

}  // namespace

std::string english(const exercises::Translations& texts) {
  return std::string{exercises::in_language(texts, "en")};
}

std::string range_part(const RangeTest& test, bool passive) {
  return passive ? test.id + "_passive" : test.id;
}

Result<MeasurementDocument> measure_range_of_motion(const MeasurementInput& input,
                                                    std::span<const RangeTrials> tests,
                                                    const RangePerson& person) {
  if (tests.empty())
    return fail(ErrorCode::nothing_measured, kRangeStage, "there is no test", "measure at least one");
  if (auto fit = check_together(tests); !fit) return tl::unexpected(fit.error());
  MeasurementDocument d = begin_measurement(MeasurementKind::range_of_motion, method_words(tests), input);
  d.method_code = code_of(coded(tests.front().method));
  EventTable table{std::string{kTrialsTable}, {joint_range, view_error}, {}};
  std::map<std::string, std::map<Side, double>> both;
  for (const RangeTrials& result : tests) {
    for (const std::optional<Side> side :
         {std::optional<Side>{}, std::optional{Side::left}, std::optional{Side::right}}) {
      const auto mean = add_side(d, result, side, person);
      if (mean && side) both[range_part(result.test, result.passive)][*side] = *mean;
    }
    add_rows(table, result);
    for (const SignalPlot& plot : result.plots) d.plots.push_back(plot);
    if (result.test.camera && result.method == RangeMethod::camera) {
      if (const std::string says = english(result.test.camera->says); !says.empty())
        d.not_measured.push_back(english(result.test.name) + ": " + says);
    }
  }
  for (const auto& [part, means] : both) {
    if (means.size() == 2)
      add_value(d, joint_range_difference, means.at(Side::left) - means.at(Side::right), {.part = part});
  }
  d.tables.push_back(std::move(table));
  return d;
}

}  // namespace reprise::session
