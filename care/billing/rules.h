// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/billing/calendar.h"

// How remote therapeutic monitoring is counted, as data with dates: catalog/billing,
// docs/clinician/remote-monitoring.md.
namespace reprise::care::billing {

enum class Group : std::uint8_t { musculoskeletal, respiratory, cognitive_behavioural };
enum class ContactMode : std::uint8_t { phone, video, in_person };
enum class Programme : std::uint8_t { physiologic_monitoring, monitored_elsewhere };

/// What every row has.
struct Row {
  std::string id;
  std::vector<std::string> sources;  ///< of docs/sources.md; none: an unsourced default
  std::vector<std::string> open;     ///< open questions that it answers one way
};

struct SetUpRow : Row {
  std::string code;
  int least_days = 0;
  int within_days = 0;
};

struct SupplyRow : Row {
  std::string code;
  Group group = Group::musculoskeletal;
  int least_days = 0;
  int most_days = 0;
};

struct ManagementRow : Row {
  std::string code;
  int least_minutes = 0;
  std::optional<int> most_minutes;
};

/// Units for each full so many minutes beyond the row of management with the code `after`.
struct AdditionalRow : Row {
  std::string code;
  std::string after;
  int each_minutes = 0;
};

struct InteractionRow : Row {
  int least = 0;
  std::vector<ContactMode> ways;
};

/// How long a period of supply is.
struct WindowRow : Row {
  int days = 0;
};

/// Time of two people at once: once, or for each of them.
struct TwoPeopleRow : Row {
  bool once = true;
};

/// A statement about these codes.
struct CodesRow : Row {
  std::vector<std::string> codes;
};
struct ProgrammeRow : CodesRow {
  Programme programme = Programme::physiologic_monitoring;
};
struct PractitionerRow : CodesRow {
  int days = 0;
};

struct OpenQuestion {
  std::string id;
  std::string question;
  std::string we_do;
};

/// The rules of one stretch of time.
struct RuleSet {
  std::string id;
  Day from;
  Day to;
  WindowRow window;
  std::vector<SupplyRow> supply;
  std::vector<ManagementRow> management;
  std::optional<AdditionalRow> additional;
  InteractionRow interaction;
  SetUpRow set_up;
  TwoPeopleRow two_people;
  CodesRow device;
  std::vector<ProgrammeRow> programmes;
  std::optional<PractitionerRow> one_practitioner;
  std::vector<CodesRow> exclusive;
  std::vector<OpenQuestion> open_questions;
};

/// Errors: invalid_argument, with the field and what belongs there.
[[nodiscard]] Result<RuleSet> read_rules(std::string_view json);

/// Several, in the order of time. Errors: those of read_rules; invalid_argument where two hold on one day.
[[nodiscard]] Result<std::vector<RuleSet>> read_rule_sets(std::span<const std::string> jsons);

/// Null: there are none for this day.
[[nodiscard]] const RuleSet* rules_on(std::span<const RuleSet> sets, Day day);

[[nodiscard]] std::string_view name(Group group);
[[nodiscard]] std::string_view name(ContactMode way);
[[nodiscard]] std::string_view name(Programme programme);

}  // namespace reprise::care::billing
