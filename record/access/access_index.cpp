// SPDX-License-Identifier: Apache-2.0
#include "record/access/access_index.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/time.h"
#include "record/access/consent.h"
#include "record/accounts/columns.h"
#include "record/accounts/secret.h"

namespace reprise::record {
namespace {

constexpr std::size_t kShortestReason = 10;
constexpr std::size_t kLongestReason = 1000;

constexpr std::size_t kFewestLetters = 5;
constexpr std::int64_t kBrakeUs = in_us(std::chrono::hours{1});

// The reason must be readable text, not keys pressed at random.
bool says_something(std::string_view reason) {
  std::size_t words = 0;
  std::size_t letters = 0;  // of the present word
  for (const char c : reason) {
    letters = c == ' ' || c == '\n' || c == '\t' ? 0 : letters + 1;
    if (letters == 2) ++words;
  }
  return reason.size() >= kShortestReason && words >= 2 &&
         std::set<char>{reason.begin(), reason.end()}.size() >= kFewestLetters;
}

Result<void> raise_version(Connection& connection) {
  return execute_each(connection, {"UPDATE access_version SET number = number + 1"}, {});
}

// The row stays when the care team ends: otherwise any clinician could claim a patient between two care
// teams.
Result<void> insert_assigned(Connection& connection, const std::vector<CareMember>& members) {
  for (const CareMember& member : members) {
    const std::array<Value, 1> whose = {std::string_view{member.patient}};
    const auto done = execute_each(
        connection, {"INSERT INTO assigned_patient (patient) VALUES ($1) ON CONFLICT DO NOTHING"}, whose);
    if (!done) return done;
  }
  return {};
}

Result<void> insert_members(Connection& connection, std::string_view team,
                            const std::vector<CareMember>& members) {
  if (auto done = insert_assigned(connection, members); !done) return done;
  std::vector<Value> values;
  for (const CareMember& member : members) {
    values.insert(values.end(),
                  {team, std::string_view{member.patient}, std::string_view{member.practitioner},
                   member.when.start_us, member.when.end_us});
  }
  return connection.insert("care_member", "team, patient, practitioner, start_us, end_us", 5, values);
}

Result<void> insert_rules(Connection& connection, std::string_view consent,
                          const std::vector<ConsentRule>& rules) {
  std::vector<Value> values;
  for (const ConsentRule& rule : rules) {
    values.insert(values.end(), {consent, std::string_view{rule.place}, std::string_view{rule.patient},
                                 std::string_view{rule.practitioner}, std::int64_t{rule.permits ? 1 : 0},
                                 rule.when.start_us, rule.when.end_us});
  }
  return connection.insert("consent_rule", "consent, place, patient, practitioner, permits, start_us, end_us",
                           7, values);
}

}  // namespace

bool concerns_access(std::string_view type) {
  return type == "CareTeam" || type == "Consent";
}

Result<void> note_for_access(Connection& connection, std::string_view id, const fhir::Json& resource) {
  const std::string type = resource.value("resourceType", "");
  if (auto done = forget_for_access(connection, type, id); !done) return done;
  if (type == "CareTeam") return insert_members(connection, id, members_of(resource));
  if (type == "Consent") return insert_rules(connection, id, rules_of(resource));
  return {};
}

Result<void> forget_for_access(Connection& connection, std::string_view type, std::string_view id) {
  if (!concerns_access(type)) return {};
  const std::array<Value, 1> which = {id};
  const auto removed = execute_each(connection,
                                    {type == "CareTeam" ? "DELETE FROM care_member WHERE team = $1"
                                                        : "DELETE FROM consent_rule WHERE consent = $1"},
                                    which);
  if (!removed) return removed;
  return raise_version(connection);
}

Result<RecentEmergencies> recent_emergencies(Connection& connection, std::string_view account,
                                             std::string_view patient, std::int64_t now_us) {
  RecentEmergencies recent;
  std::vector<std::int64_t> starts;  // newest first
  const std::array<Value, 2> values = {account, now_us - std::max(kEmergencyUs, kBrakeUs)};
  const auto read = connection.query(
      "SELECT patient, start_us, end_us FROM emergency_access WHERE account = $1 AND start_us > $2 ORDER BY "
      "start_us DESC",
      values, [&](Row row) {
        // Limits the wait if the clock was ahead.
        const std::int64_t start_us = std::min(number_in(row, 1), now_us);
        if (start_us > now_us - kBrakeUs) starts.push_back(start_us);
        if (text_in(row, 0) == patient && number_in(row, 1) <= now_us && number_in(row, 2) > now_us)
          recent.open_until_us = std::max(recent.open_until_us.value_or(0), number_in(row, 2));
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  recent.in_last_hour = starts.size();
  if (starts.size() >= kMostEmergencies) recent.wait_us = starts[kMostEmergencies - 1] + kBrakeUs - now_us;
  return recent;
}

Result<EmergencyAccess> break_glass(Connection& connection, std::string_view account,
                                    std::string_view patient, std::string_view reason, std::int64_t now_us,
                                    std::int64_t lasts_us) {
  if (reason.size() > kLongestReason || !says_something(reason)) {
    return fail(ErrorCode::invalid_argument, "starting emergency access",
                "the reason must have 10 to 1000 bytes, and two words or more",
                "say in a sentence why it cannot wait");
  }
  EmergencyAccess access{.id = random_id(),
                         .account = std::string{account},
                         .by = {},
                         .patient = std::string{patient},
                         .reason = std::string{reason},
                         .start_us = now_us,
                         .end_us = now_us + lasts_us};
  const std::array<Value, 6> values = {
      std::string_view{access.id}, account, patient, reason, access.start_us, access.end_us};
  if (auto done = connection.insert("emergency_access", "id, account, patient, reason, start_us, end_us",
                                    values.size(), values);
      !done) {
    return tl::unexpected(done.error());
  }
  if (auto done = raise_version(connection); !done) return tl::unexpected(done.error());
  return access;
}

Result<void> end_emergency(Connection& connection, std::string_view id, std::int64_t now_us) {
  const std::array<Value, 2> values = {now_us, id};
  const auto ended = execute_each(
      connection, {"UPDATE emergency_access SET end_us = $1 WHERE id = $2 AND end_us > $1"}, values);
  if (!ended) return ended;
  return raise_version(connection);
}

Result<std::vector<EmergencyAccess>> list_emergencies(Connection& connection, const EmergencyQuery& query) {
  std::vector<EmergencyAccess> found;
  std::string sql =
      "SELECT e.id, e.account, a.name, e.patient, e.reason, e.start_us, e.end_us FROM emergency_access e "
      "LEFT JOIN account a ON a.id = e.account";
  std::vector<Value> values;
  const auto want = [&](const char* column, std::string_view value) {
    if (value.empty()) return;
    values.emplace_back(value);
    sql += (values.size() == 1 ? " WHERE " : " AND ") + std::string{column} + " = $" +
           std::to_string(values.size());
  };
  want("e.patient", query.patient);
  want("e.account", query.account);
  values.emplace_back(query.count);
  sql += " ORDER BY e.start_us DESC, e.id LIMIT $" + std::to_string(values.size());
  const auto read = connection.query(sql, values, [&](Row row) {
    found.push_back({text_in(row, 0), text_in(row, 1), text_in(row, 2), text_in(row, 3), text_in(row, 4),
                     number_in(row, 5), number_in(row, 6)});
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return found;
}

}  // namespace reprise::record
