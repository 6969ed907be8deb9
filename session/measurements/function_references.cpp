// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/function_references.h"

#include <algorithm>
#include <array>
#include <string>

namespace reprise::session {
namespace {

/// One line of a source's table. Where the source has one value for everybody, both are alike.
struct ReferenceRow {
  FunctionTest test;
  int from_age;
  int to_age;  ///< of the last year of life that it holds for
  std::optional<double> low_women;
  std::optional<double> low_men;
  std::optional<double> high;
  std::optional<double> mean;  ///< where the source gives no limit
  const char* what;            ///< before the group: "healthy "; may be empty
  const char* source;
};

constexpr std::nullopt_t kNone = std::nullopt;
constexpr int kOldest = 120;
constexpr const char* kCutOff = "cut-off of fall risk, ";

// docs/sources.md, "Tests of function". FT3 counts 12 s itself to the risk.
constexpr std::array kReferences = {
    ReferenceRow{FunctionTest::sit_to_stand_30, 60, 64, 12, 14, kNone, kNone, "", "FT1"},
    ReferenceRow{FunctionTest::sit_to_stand_30, 65, 69, 11, 12, kNone, kNone, "", "FT1"},
    ReferenceRow{FunctionTest::sit_to_stand_30, 70, 74, 10, 12, kNone, kNone, "", "FT1"},
    ReferenceRow{FunctionTest::sit_to_stand_30, 75, 79, 10, 11, kNone, kNone, "", "FT1"},
    ReferenceRow{FunctionTest::sit_to_stand_30, 80, 84, 9, 10, kNone, kNone, "", "FT1"},
    ReferenceRow{FunctionTest::sit_to_stand_30, 85, 89, 8, 8, kNone, kNone, "", "FT1"},
    ReferenceRow{FunctionTest::sit_to_stand_30, 90, 94, 4, 7, kNone, kNone, "", "FT1"},
    ReferenceRow{FunctionTest::sit_to_stand_5, 60, 69, kNone, kNone, 11.4, kNone, "", "FT2"},
    ReferenceRow{FunctionTest::sit_to_stand_5, 70, 79, kNone, kNone, 12.6, kNone, "", "FT2"},
    ReferenceRow{FunctionTest::sit_to_stand_5, 80, 89, kNone, kNone, 14.8, kNone, "", "FT2"},
    ReferenceRow{FunctionTest::timed_up_and_go, 65, kOldest, kNone, kNone, 11.99, kNone, kCutOff, "FT3"},
    ReferenceRow{FunctionTest::functional_reach, 65, kOldest, 0.152, 0.152, kNone, kNone, kCutOff, "FT8"},
    ReferenceRow{FunctionTest::single_leg_stance, 18, 39, kNone, kNone, kNone, 44, "best times of healthy ",
                 "FT5"},
    ReferenceRow{FunctionTest::single_leg_stance, 40, 49, kNone, kNone, kNone, 41, "best times of healthy ",
                 "FT5"},
    ReferenceRow{FunctionTest::single_leg_stance, 50, 59, kNone, kNone, kNone, 41, "best times of healthy ",
                 "FT5"},
    ReferenceRow{FunctionTest::single_leg_stance, 60, 69, kNone, kNone, kNone, 32, "best times of healthy ",
                 "FT5"},
    ReferenceRow{FunctionTest::single_leg_stance, 70, 79, kNone, kNone, kNone, 21, "best times of healthy ",
                 "FT5"},
    ReferenceRow{FunctionTest::single_leg_stance, 80, 99, kNone, kNone, kNone, 9, "best times of healthy ",
                 "FT5"},
};

struct DetectableRow {
  FunctionTest test;
  double value;
  bool is_share;  ///< of the earlier result
  const char* source;
};

// docs/sources.md, "Changes in tests of function". Of several sources the largest.
constexpr std::array kDetectable = {
    DetectableRow{FunctionTest::timed_up_and_go, 0.446, true, "FC1"},
    DetectableRow{FunctionTest::walk_6_min, 81.5, false, "FC1"},
    DetectableRow{FunctionTest::sit_to_stand_30, 2.5, false, "FC2"},
    DetectableRow{FunctionTest::sit_to_stand_5, 7.8, false, "FC3"},
    DetectableRow{FunctionTest::walk_10_m, 0.21, false, "FC4"},
    DetectableRow{FunctionTest::single_leg_stance, 24.1, false, "FC5"},
};

bool is_alike(const ReferenceRow& row) {
  return row.low_women == row.low_men;
}

/// Null where no row holds for this person, or the sex that it asks for is not known.
const ReferenceRow* row_of(FunctionTest test, const TestedPerson& person) {
  if (!person.age_years) return nullptr;
  const auto* const row = std::find_if(kReferences.begin(), kReferences.end(), [&](const ReferenceRow& r) {
    return r.test == test && *person.age_years >= r.from_age && *person.age_years <= r.to_age;
  });
  if (row == kReferences.end() || (!is_alike(*row) && !person.sex)) return nullptr;
  return row;
}

std::string ages_of(const ReferenceRow& row) {
  if (row.to_age == kOldest) return " of " + std::to_string(row.from_age) + " years or more";
  return " of " + std::to_string(row.from_age) + " to " + std::to_string(row.to_age) + " years";
}

}  // namespace

std::optional<ReferenceGroup> reference_group_of(FunctionTest test, const TestedPerson& person) {
  const ReferenceRow* row = row_of(test, person);
  if (row == nullptr) return std::nullopt;
  return ReferenceGroup{row->from_age, row->to_age, is_alike(*row) ? std::nullopt : person.sex};
}

std::optional<DetectableChange> detectable_change_of(FunctionTest test, double before) {
  const auto* const row = std::find_if(kDetectable.begin(), kDetectable.end(),
                                       [&](const DetectableRow& one) { return one.test == test; });
  if (row == kDetectable.end()) return std::nullopt;
  return DetectableChange{row->is_share ? row->value * before : row->value, row->source};
}

std::optional<Reference> reference_of(FunctionTest test, const TestedPerson& person) {
  const ReferenceRow* row = row_of(test, person);
  if (row == nullptr) return std::nullopt;
  const bool women = person.sex == ReferenceSex::female;
  const char* group = is_alike(*row) ? "people" : women ? "women" : "men";
  return Reference{women ? row->low_women : row->low_men, row->high,
                   std::string{row->what} + group + ages_of(*row), row->source, row->mean};
}

}  // namespace reprise::session
