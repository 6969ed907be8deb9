// SPDX-License-Identifier: Apache-2.0
#include "server/administration/services.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/time.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"
#include "record/accounts/account.h"
#include "record/audit/anchor_file.h"
#include "record/audit/audit_event.h"
#include "record/audit/audit_log.h"
#include "record/audit/hexadecimal.h"
#include "record/audit/verify_log.h"
#include "record/outbox/outbox.h"
#include "server/administration/backups.h"
#include "server/administration/record_folder.h"
#include "server/observability/audit_forwarding.h"
#include "server/reactions/system_writes.h"
#include "server/tls/certificate.h"
#include "session/passes.h"

namespace reprise::server {
namespace {

constexpr std::int64_t kDayUs = in_us(std::chrono::days{1});

Result<Json> head_document(const std::filesystem::path& anchors) {
  const auto line = record::last_head_line(anchors);
  if (!line) return tl::unexpected(line.error());
  if (!*line) return Json{};
  const auto head = record::read_signed_line(**line);
  if (!head) return Json{};  // verification reports the problem
  return Json{{"sequence", head->sequence},
              {"at", record::instant_of(head->time_us)},
              {"hash", record::hexadecimal(head->hash)},
              {"line", **line}};
}

Result<Json> forwarding_document(record::Connection& connection, const std::string& address) {
  if (address.empty()) return Json{};
  const auto state = forwarding_state(connection, address);
  if (!state) return tl::unexpected(state.error());
  Json document = {{"sequence", *state ? (*state)->sequence : 0}};
  if (*state && (*state)->failing_since_us != 0) {
    document["failingSince"] = record::instant_of((*state)->failing_since_us);
    document["why"] = (*state)->why;
  }
  return document;
}

Result<Json> log_document(record::Connection& connection, const Settings& settings) {
  const auto tail = record::audit_tail(connection);
  if (!tail) return tl::unexpected(tail.error());
  auto head = head_document(anchor_file(settings));
  if (!head) return head;
  auto forwarding = forwarding_document(connection, settings.audit.forward_to);
  if (!forwarding) return forwarding;
  return Json{{"entries", *tail ? (*tail)->sequence : 0},
              {"head", std::move(*head)},
              {"forwarding", std::move(*forwarding)}};
}

Result<Json> backup_document(const Settings& settings, std::int64_t now_us) {
  const bool sqlite = settings.database.connection == "sqlite";
  Json document = {{"database", sqlite ? "sqlite" : "postgresql"},
                   {"folder", settings.backup.folder.string()},
                   {"warnDays", settings.backup.warn_days},
                   {"last", nullptr},
                   {"overdue", false}};
  if (!sqlite) return document;
  const auto last = last_backup(settings.record.folder);
  if (!last) return tl::unexpected(last.error());
  document["overdue"] = !*last || now_us - (*last)->time_us > settings.backup.warn_days * kDayUs;
  if (*last) {
    document["last"] = {{"at", record::instant_of((*last)->time_us)},
                        {"file", (*last)->file.string()},
                        {"bytes", (*last)->bytes}};
  }
  return document;
}

Json certificate_document(const Settings& settings) {
  if (!settings.listen.tls) return nullptr;
  const bool own = settings.listen.certificate.empty();
  const http::CertificateFiles files =
      own ? http::CertificateFiles{settings.record.folder / "certificate.pem",
                                   settings.record.folder / "certificate.key"}
          : http::CertificateFiles{settings.listen.certificate, settings.listen.key};
  const auto certificate = http::read_certificate(files);
  if (!certificate) return {{"own", own}, {"problem", certificate.error().cause}};
  const auto until =
      std::chrono::duration_cast<std::chrono::microseconds>(certificate->until.time_since_epoch());
  return {{"own", own}, {"until", record::instant_of(until.count())}};
}

Json disk_document(const Settings& settings) {
  std::error_code failed;
  const auto space = std::filesystem::space(settings.record.folder, failed);
  if (failed) return nullptr;
  return {{"free", space.available}, {"all", space.capacity}};
}

record::Outcome<Json> read_state(const Settings& settings, const std::string& started,
                                 record::Connection& connection) {
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  const auto people = record::count_accounts(connection, now_us);
  if (!people) return record::refuse(people.error());
  auto log = log_document(connection, settings);
  if (!log) return record::refuse(log.error());
  auto backup = backup_document(settings, now_us);
  if (!backup) return record::refuse(backup.error());
  const auto waiting = record::queue_state(connection);
  if (!waiting) return record::refuse(waiting.error());
  Json mail = {{"server", !settings.mail.host.empty()}, {"waiting", waiting->all}, {"tried", waiting->tried}};
  if (waiting->all > 0) mail["oldestAt"] = record::instant_of(waiting->oldest_us);
  return Json{{"version", session::engine_version()},
              {"startedAt", started},
              {"people",
               {{"all", people->all},
                {"withoutSecondFactor", people->without_second_factor},
                {"withoutPassword", people->without_password},
                {"invited", people->invited}}},
              {"log", std::move(*log)},
              {"backup", std::move(*backup)},
              {"mail", std::move(mail)},
              {"certificate", certificate_document(settings)},
              {"disk", disk_document(settings)}};
}

Json settings_document(const Settings& settings) {
  Json list = Json::array();
  for (const EffectiveSetting& one : effective_settings(settings)) {
    list.push_back({{"key", one.key},
                    {"help", one.help},
                    {"value", one.value},
                    {"place", one.place},
                    {"hidden", one.hidden && !one.place.empty()}});
  }
  return {{"settings", std::move(list)}};
}

// Requester and time only: the content is for their clinicians. Erasure is irreversible, so only requests
// count that the log attributes to the patient's own account.
record::Outcome<Json> read_erasure_requests(const record::Record& record, record::Connection& connection) {
  if (auto begun = connection.begin_reading(); !begun) return record::refuse(begun.error());
  const auto found = find_all(record, connection,
                              record::QueryBuilder("Communication")
                                  .token("category", fhir::kCommunication, "erasure-request")
                                  .code("status", "completed")
                                  .sort("_lastUpdated"));
  connection.rollback();
  if (!found) return tl::unexpected(found.error());
  Json requests = Json::array();
  std::set<std::string> known;
  for (const Json& one : *found) {
    const std::string patient{fhir::id_in(json::field(one, "subject"), "Patient")};
    const Json* meta = json::field(one, "meta");
    if (patient.empty() || meta == nullptr || known.count(patient) > 0) continue;
    const auto by_patient = record::was_written_by_patient(
        connection, patient, "Communication", json::text_of(one, "id"), json::text_of(*meta, "versionId"));
    if (!by_patient) return record::refuse(by_patient.error());
    if (!*by_patient) continue;
    known.insert(patient);
    requests.push_back({{"patient", patient}, {"since", std::string{json::text_of(*meta, "lastUpdated")}}});
  }
  return Json{{"requests", std::move(requests)}};
}

Result<Json> verify(const record::RecordOptions& options, const LongTask::Report& report) {
  const auto connection = record::connect(options);
  if (!connection) return tl::unexpected(connection.error());
  const auto tail = record::audit_tail(**connection);
  if (!tail) return tl::unexpected(tail.error());
  const std::uint64_t all = *tail ? (*tail)->sequence : 0;
  const std::array<record::AnchorSource, 1> sources = {
      record::AnchorSource{options.audit.anchors, false, {}}};
  const std::array<record::PublicKey, 1> signers = {options.audit.key.public_key};
  const auto verified = record::verify_log(
      **connection, sources, signers, [&](std::uint64_t done) { return report(std::min(done, all), all); });
  if (!verified) return tl::unexpected(verified.error());
  Json findings = Json::array();
  for (const auto& finding : verified->findings) {
    Json one = {{"fault", to_string(finding.fault)}, {"text", finding.text}, {"anchor", finding.anchor}};
    if (finding.sequence) one["sequence"] = *finding.sequence;
    findings.push_back(std::move(one));
  }
  auto head = head_document(options.audit.anchors);
  if (!head) return head;
  return Json{{"entries", verified->entries},
              {"covered", verified->covered},
              {"heads", verified->anchors_met},
              {"findings", std::move(findings)},
              {"head", std::move(*head)}};
}

Result<Json> back_up(const record::SqliteOptions& sqlite, const Settings& settings,
                     const LongTask::Report& report) {
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  const auto made =
      make_backup(sqlite, settings.backup.folder / backup_name(now_us), settings.record.folder, now_us,
                  [&](int done, int of) {
                    return report(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(of));
                  });
  if (!made) return tl::unexpected(made.error());
  return Json{
      {"at", record::instant_of(made->time_us)}, {"file", made->file.string()}, {"bytes", made->bytes}};
}

}  // namespace

AdministrationServices administration_services(const Settings& settings, const record::RecordOptions& options,
                                               const record::Record& record) {
  AdministrationServices services;
  services.state = [settings, started = record::instant_of(record::milliseconds_now() * 1000)](
                       record::Connection& connection) { return read_state(settings, started, connection); };
  services.settings = [settings] { return settings_document(settings); };
  services.erasure_requests = [&record](record::Connection& connection) {
    return read_erasure_requests(record, connection);
  };
  services.verify = [options](const LongTask::Report& report) { return verify(options, report); };
  if (const auto* sqlite = std::get_if<record::SqliteOptions>(&options.database);
      sqlite != nullptr && !settings.backup.folder.empty()) {
    services.back_up = [sqlite = *sqlite, settings](const LongTask::Report& report) {
      return back_up(sqlite, settings, report);
    };
  }
  return services;
}

}  // namespace reprise::server
