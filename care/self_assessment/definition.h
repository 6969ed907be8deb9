// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exercises/catalog.h"

namespace reprise::care {

// The self-assessment of a person with a sore part of the body: questions, tests of movement and outcomes, as
// data (catalog/self_assessment, docs/reference/self-assessment.md).

/// What a person had better do. Ordered: the strongest wins. None names an illness.
enum class SelfLevel : std::uint8_t { no_haste, worth_showing, see_someone_first, get_help_now };
[[nodiscard]] std::string_view name(SelfLevel level);

/// How a test is done. From `single_leg` on it is offered only after the clinic's release.
enum class TestPosition : std::uint8_t { seated, lying, standing, single_leg, step_down, jump };
[[nodiscard]] std::string_view name(TestPosition position);

/// A question of yes and no whose yes ends the self-assessment.
struct SelfFlag {
  std::string id;
  SelfLevel level = SelfLevel::get_help_now;
  exercises::Translations text;  ///< empty: as in catalog/questionnaires/red_flags.json
};

/// What a test is of: how far a joint moves, or how often a movement of daily life is done.
enum class SelfTestKind : std::uint8_t { range, function };
[[nodiscard]] std::string_view name(SelfTestKind kind);

struct SelfTest {
  std::string id;  ///< of catalog/range_of_motion, or the name of a session::FunctionTest
  TestPosition position = TestPosition::standing;
  exercises::Translations name;
  SelfTestKind kind = SelfTestKind::range;
  std::vector<std::string> regions = {};  ///< of a test of function: it is offered once for all of them
};

struct SelfRegion {
  std::string id;
  exercises::Translations name;
  bool sided = true;
  std::vector<SelfFlag> flags;
  std::vector<SelfTest> tests;
  exercises::Translations no_test;  ///< said where none can be offered; may be empty
};

struct SelfOption {
  std::string id;
  std::string counts_as;  ///< the name of a SelfReasonKind; empty: of none
};

struct SelfOutcomeWords {
  exercises::Translations title;
  exercises::Translations what;
  std::vector<exercises::Translations> steps;
};

struct SelfDefinition {
  std::string version;
  bool reviewed = false;
  int most_tests = 0;
  int hard_things = 0;      ///< so many things that are hard to do are worth showing
  int side_difference = 0;  ///< degrees
  int change = 0;           ///< degrees
  int stands_error = 0;     ///< stands by which a count of 30 s may be off, or differ from day to day
  std::vector<SelfFlag> red_flags;
  std::vector<SelfRegion> regions;
  std::vector<SelfTest> function_tests;
  std::map<std::string, std::vector<SelfOption>, std::less<>> questions;  ///< since, course, worse_with, hard
  std::map<SelfLevel, SelfOutcomeWords> outcomes;
  std::map<std::string, exercises::Translations, std::less<>> words;  ///< "words.both", "reasons.red_flag", …
  std::vector<exercises::Translations> notes;
};

/// Parses catalog/self_assessment/self_assessment.json. Error: invalid_argument with every problem: of the
/// schema, a red flag that the safety rules do not know or that is missing, an id twice, a test of function
/// that is not counted by a camera or has a region that is not there, a level without words.
[[nodiscard]] Result<SelfDefinition> parse_self_definition(const exercises::CatalogFile& file);

}  // namespace reprise::care
