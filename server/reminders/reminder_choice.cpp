// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/reminder_choice.h"

#include <algorithm>

#include "base/time.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/extension_parts.h"
#include "fhir/profiles/vocabulary.h"
#include "json/fields.h"
#include "server/reminders/codes.h"

namespace reprise::server {
namespace {

using fhir::Json;

/// "18:30:00" of whole minutes.
std::optional<std::chrono::minutes> clock_in(const Json* part) {
  if (part == nullptr) return {};
  const std::string_view text = json::text_of(*part, "valueTime");
  if (!fhir::is_time(text) || text.size() != 8 || text.substr(5) != ":00") return {};
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return std::chrono::hours{number(0)} + std::chrono::minutes{number(3)};
}

bool is_of_patient_alone(const Json& consent) {
  const std::string_view patient = fhir::id_in(json::field(consent, "patient"), "Patient");
  const Json& performers = json::list_of(consent, "performer");
  return !patient.empty() && !performers.empty() &&
         std::all_of(performers.begin(), performers.end(),
                     [&](const Json& one) { return fhir::id_in(&one, "Patient") == patient; });
}

bool is_about_reminders(const Json& consent) {
  const Json& categories = json::list_of(consent, "category");
  return json::text_of(consent, "resourceType") == "Consent" &&
         json::text_of(consent, "status") == "active" &&
         std::any_of(categories.begin(), categories.end(), [](const Json& one) {
           return fhir::has_coding(&one, fhir::kConsentCategory, kReminderConsent);
         });
}

/// Fills in the times; false if they cannot be read whole.
bool read_times(const Json& consent, ReminderChoice& choice) {
  const auto found =
      fhir::parts_of(consent, kReminderTimes, {"channel", "zone", "time", "second-time", "paused-until"});
  if (!found || !*found) return false;
  const fhir::Parts& parts = **found;
  const auto code = [&](const char* name) {
    const Json* part = parts.find(name);
    return part == nullptr ? std::string_view{} : json::text_of(*part, "valueCode");
  };
  choice.zone = code("zone");
  const auto at = clock_in(parts.find("time"));
  const std::string_view channel = code("channel");
  if ((channel != "mail" && channel != "push") || !is_time_zone_name(choice.zone) || !at) return false;
  choice.channel = channel == "push" ? ReminderChannel::push : ReminderChannel::mail;
  choice.at = *at;
  if (const Json* second = parts.find("second-time")) {
    choice.second = clock_in(second);
    if (!choice.second || *choice.second <= choice.at) return false;
  }
  if (const Json* until = parts.find("paused-until")) {
    choice.paused_until = parse_day(json::text_of(*until, "valueDate"));
    if (!choice.paused_until) return false;
  }
  return true;
}

}  // namespace

std::optional<ReminderChoice> read_reminder_choice(const Json& consent) {
  if (!is_about_reminders(consent) || !is_of_patient_alone(consent)) return {};
  ReminderChoice choice;
  if (const Json* meta = json::field(consent, "meta")) {
    const auto written = fhir::interval_of(json::text_of(*meta, "lastUpdated"));
    choice.chosen_ms = written && written->start_ms ? *written->start_ms : 0;
  }
  // A permission with conditions does not count.
  const Json* provision = json::field(consent, "provision");
  const bool is_permission = provision != nullptr && *provision == Json{{"type", "permit"}};
  choice.has_time = read_times(consent, choice);
  choice.wanted = choice.has_time && is_permission;
  return choice;
}

std::map<std::string, ReminderChoice> reminder_choices(std::span<const Json> consents) {
  std::map<std::string, ReminderChoice> newest;
  for (const Json& consent : consents) {
    auto choice = read_reminder_choice(consent);
    if (!choice) continue;
    const std::string patient{fhir::id_in(json::field(consent, "patient"), "Patient")};
    const auto [at, is_new] = newest.try_emplace(patient, *choice);
    if (!is_new && choice->chosen_ms >= at->second.chosen_ms) at->second = std::move(*choice);
  }
  return newest;
}

}  // namespace reprise::server
