// SPDX-License-Identifier: Apache-2.0
#include "record/database/schema.h"

#include <array>
#include <string>

namespace reprise::record {
namespace {

constexpr const char* kSchemaStage = "preparing the database";

// The dialect replaces {key}, {text}, {number} and {clustered}. Index tables are clustered by resource, so
// that the rows of one write lie together. Their second index finds rows by value and returns the resources
// in order.
constexpr std::string_view kRecord = R"sql(
CREATE TABLE counter (name {text} PRIMARY KEY, next BIGINT NOT NULL);
INSERT INTO counter (name, next) VALUES ('resource', 1);

CREATE TABLE resource_type (number {key} PRIMARY KEY, name {text} NOT NULL UNIQUE);
CREATE TABLE search_parameter (
  number {key} PRIMARY KEY, resource_type {text} NOT NULL, code {text} NOT NULL, definition {text} NOT NULL,
  UNIQUE (resource_type, code));

CREATE TABLE resource (
  pk {key} PRIMARY KEY, type SMALLINT NOT NULL, id {text} NOT NULL, version INT NOT NULL, updated BIGINT NOT NULL,
  method {text} NOT NULL, content {text});
CREATE UNIQUE INDEX resource_by_id ON resource (type, id);
CREATE INDEX resource_living ON resource (type, pk) WHERE content IS NOT NULL;
CREATE INDEX resource_by_time ON resource (type, updated, pk);

CREATE TABLE old_version (
  pk BIGINT NOT NULL, version INT NOT NULL, type SMALLINT NOT NULL, updated BIGINT NOT NULL, method {text} NOT NULL,
  content {text}, PRIMARY KEY (pk, version));
CREATE INDEX old_version_by_time ON old_version (type, updated, pk, version);

CREATE TABLE text_index (
  pk BIGINT NOT NULL, param INT NOT NULL, place INT NOT NULL, norm {text} NOT NULL, exact {text} NOT NULL,
  PRIMARY KEY (pk, param, place, norm, exact)) {clustered};
CREATE INDEX text_by_value ON text_index (param, norm, pk);

CREATE TABLE token_index (
  pk BIGINT NOT NULL, param INT NOT NULL, place INT NOT NULL, system {text} NOT NULL, code {text} NOT NULL,
  PRIMARY KEY (pk, param, place, code, system)) {clustered};
CREATE INDEX token_by_value ON token_index (param, code, pk, system);

CREATE TABLE date_index (
  pk BIGINT NOT NULL, param INT NOT NULL, place INT NOT NULL, start_ms BIGINT NOT NULL, end_ms BIGINT NOT NULL,
  PRIMARY KEY (pk, param, place, start_ms, end_ms)) {clustered};
CREATE INDEX date_by_value ON date_index (param, start_ms, pk, end_ms);
CREATE INDEX date_by_end ON date_index (param, end_ms, pk, start_ms);

CREATE TABLE quantity_index (
  pk BIGINT NOT NULL, param INT NOT NULL, place INT NOT NULL, low {number} NOT NULL, high {number} NOT NULL,
  system {text} NOT NULL, code {text} NOT NULL, unit {text} NOT NULL,
  PRIMARY KEY (pk, param, place, low, high, system, code, unit)) {clustered};
CREATE INDEX quantity_by_value ON quantity_index (param, low, pk, high);

CREATE TABLE reference_index (
  pk BIGINT NOT NULL, param INT NOT NULL, place INT NOT NULL, target_type SMALLINT NOT NULL, target_id {text} NOT NULL,
  address {text} NOT NULL, PRIMARY KEY (pk, param, place, target_type, target_id, address)) {clustered};
CREATE INDEX reference_by_target ON reference_index (param, target_id, target_type, pk) WHERE target_id <> '';
CREATE INDEX reference_by_address ON reference_index (param, address, pk) WHERE address <> '';

CREATE TABLE uri_index (
  pk BIGINT NOT NULL, param INT NOT NULL, place INT NOT NULL, uri {text} NOT NULL,
  PRIMARY KEY (pk, param, place, uri)) {clustered};
CREATE INDEX uri_by_value ON uri_index (param, uri, pk);
)sql";

// The log of who did what (docs/operations/audit.md).
constexpr std::string_view kAudit = R"sql(
CREATE TABLE audit_chain (one SMALLINT PRIMARY KEY, log_id {text} NOT NULL, sequence BIGINT NOT NULL,
  hash {text} NOT NULL);
CREATE TABLE audit_entry (sequence {key} PRIMARY KEY, time_us BIGINT NOT NULL, entry {text} NOT NULL,
  hash {text} NOT NULL);
CREATE INDEX audit_by_time ON audit_entry (time_us, sequence);
CREATE TABLE audit_subject (
  subject {text} NOT NULL, sequence BIGINT NOT NULL, PRIMARY KEY (subject, sequence)) {clustered};
CREATE TABLE audit_signer (signer {text} PRIMARY KEY, heads BIGINT NOT NULL);
)sql";

// Accounts and sessions (docs/operations/access.md). Of secrets only hashes are stored.
constexpr std::string_view kAccess = R"sql(
CREATE TABLE account (
  id {text} PRIMARY KEY, name {text} NOT NULL UNIQUE, role {text} NOT NULL, person {text} NOT NULL, password {text},
  totp {text}, totp_pending {text}, totp_step BIGINT, disabled SMALLINT NOT NULL DEFAULT 0, created_us BIGINT NOT NULL);
CREATE UNIQUE INDEX account_by_person ON account (role, person) WHERE person <> '';
CREATE TABLE recovery_code (account {text} NOT NULL, hash {text} NOT NULL, PRIMARY KEY (account, hash)) {clustered};
CREATE TABLE sign_in_attempt (subject {text} PRIMARY KEY, failures BIGINT NOT NULL, last_us BIGINT NOT NULL);
CREATE TABLE session (
  hash {text} PRIMARY KEY, id {text} NOT NULL UNIQUE, account {text} NOT NULL, stage SMALLINT NOT NULL,
  created_us BIGINT NOT NULL, seen_us BIGINT NOT NULL, ends_us BIGINT NOT NULL, address {text} NOT NULL,
  user_agent {text} NOT NULL);
CREATE INDEX session_by_account ON session (account);
CREATE TABLE invitation (
  hash {text} PRIMARY KEY, account {text} NOT NULL, invited_by {text} NOT NULL, ends_us BIGINT NOT NULL);
CREATE INDEX invitation_by_account ON invitation (account);
CREATE TABLE api_token (
  hash {text} PRIMARY KEY, id {text} NOT NULL UNIQUE, name {text} NOT NULL, account {text} NOT NULL,
  scopes {text} NOT NULL,
  patient {text} NOT NULL, created_us BIGINT NOT NULL, ends_us BIGINT);
CREATE INDEX api_token_by_account ON api_token (account);

CREATE TABLE access_version (number BIGINT NOT NULL);
INSERT INTO access_version (number) VALUES (1);
CREATE TABLE care_member (
  team {text} NOT NULL, patient {text} NOT NULL, practitioner {text} NOT NULL, start_us BIGINT NOT NULL,
  end_us BIGINT NOT NULL);
CREATE INDEX care_member_by_team ON care_member (team);
CREATE INDEX care_member_by_practitioner ON care_member (practitioner, patient, start_us, end_us);
CREATE TABLE assigned_patient (patient {text} PRIMARY KEY);
CREATE TABLE consent_rule (
  consent {text} NOT NULL, place {text} NOT NULL, patient {text} NOT NULL, practitioner {text} NOT NULL,
  permits SMALLINT NOT NULL, start_us BIGINT NOT NULL, end_us BIGINT NOT NULL);
CREATE INDEX consent_rule_by_consent ON consent_rule (consent);
CREATE INDEX consent_rule_by_patient ON consent_rule (patient, permits);
CREATE INDEX consent_rule_by_practitioner ON consent_rule (practitioner, permits);
CREATE TABLE emergency_access (
  id {text} PRIMARY KEY, account {text} NOT NULL, patient {text} NOT NULL, reason {text} NOT NULL,
  start_us BIGINT NOT NULL,
  end_us BIGINT NOT NULL);
CREATE INDEX emergency_access_by_account ON emergency_access (account, end_us);
CREATE INDEX emergency_access_by_patient ON emergency_access (patient, start_us);
)sql";

constexpr std::string_view kAccountMail = R"sql(
ALTER TABLE account ADD COLUMN mail {text} NOT NULL DEFAULT '';
)sql";

// The outbox: messages to users and other servers, from the commit until they are sent. Also the signed heads
// of the audit log that were forwarded.
constexpr std::string_view kOutbox = R"sql(
CREATE TABLE outbox (
  id {text} PRIMARY KEY, kind {text} NOT NULL, recipient {text} NOT NULL, subject {text} NOT NULL, body {text} NOT NULL,
  queued_us BIGINT NOT NULL, due_us BIGINT NOT NULL, tries BIGINT NOT NULL);
CREATE INDEX outbox_by_due ON outbox (due_us);
CREATE TABLE sent_head (signer {text} PRIMARY KEY, sequence BIGINT NOT NULL, sent_us BIGINT NOT NULL);
)sql";

// A video visit while it lasts (docs/clinician/video-visits.md): who is there, and what their browsers tell
// each other. `together_us`: since when they see each other; `last_us`: when they last did.
constexpr std::string_view kVisit = R"sql(
CREATE TABLE visit (
  appointment {text} PRIMARY KEY, patient {text} NOT NULL, practitioner {text}, next_number BIGINT NOT NULL,
  together_us BIGINT,
  last_us BIGINT);
CREATE TABLE visit_seat (
  appointment {text} NOT NULL, side {text} NOT NULL, window_id {text} NOT NULL, seen_us BIGINT NOT NULL,
  connected SMALLINT NOT NULL, PRIMARY KEY (appointment, side)) {clustered};
CREATE TABLE visit_message (
  appointment {text} NOT NULL, number BIGINT NOT NULL, receiver {text} NOT NULL, content {text} NOT NULL,
  PRIMARY KEY (appointment, number)) {clustered};
)sql";

// Account protection (docs/operations/access.md). An unconfirmed second factor's secret belongs to the
// session that showed it. `proved_us`: when a password or a code was last verified. `device_key`: encrypts
// data that stays on a device after signing out. `mail_changed_us`: when another user last changed the
// address of an account with a password. An account_request waits for a second person. An account_event is
// shown to the account's owner and to administrators.
constexpr std::string_view kAccountSafety = R"sql(
ALTER TABLE account DROP COLUMN totp_pending;
ALTER TABLE account ADD COLUMN device_key {text} NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN mail_changed_us BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN totp_pending {text};
ALTER TABLE session ADD COLUMN proved_us BIGINT NOT NULL DEFAULT 0;
CREATE TABLE account_request (
  account {text} NOT NULL, kind {text} NOT NULL, asked_by {text} NOT NULL, asked_us BIGINT NOT NULL,
  PRIMARY KEY (account, kind)) {clustered};
CREATE TABLE account_event (
  id {text} PRIMARY KEY, account {text} NOT NULL, kind {text} NOT NULL, done_by {text} NOT NULL,
  patient {text} NOT NULL,
  at_us BIGINT NOT NULL);
CREATE INDEX account_event_by_account ON account_event (account, at_us);
CREATE INDEX account_event_by_time ON account_event (at_us);
)sql";

// Up to which entry another system has the audit log (docs/operations/audit.md), by its address. `due_us`:
// when to go on; `failing_since_us`: 0 where the last try got through.
constexpr std::string_view kAuditForwarding = R"sql(
CREATE TABLE audit_forwarding (
  address {text} PRIMARY KEY, sequence BIGINT NOT NULL, due_us BIGINT NOT NULL, tries BIGINT NOT NULL,
  failing_since_us BIGINT NOT NULL, why {text} NOT NULL);
)sql";

// Links to a new password, which owners of accounts request (record/accounts/password_reset.h). Of secrets
// only hashes are stored.
constexpr std::string_view kPasswordReset = R"sql(
CREATE TABLE password_reset (hash {text} PRIMARY KEY, account {text} NOT NULL, ends_us BIGINT NOT NULL);
CREATE INDEX password_reset_by_account ON password_reset (account);
)sql";

// Login sessions that stay on a device by their user's choice: how long without a request, and how long in
// all. 0: as other sessions.
constexpr std::string_view kStaySignedIn = R"sql(
ALTER TABLE session ADD COLUMN stay_idle_us BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN stay_us BIGINT NOT NULL DEFAULT 0;
)sql";

// The secrets of patients' calendars (docs/reference/reminders.md).
constexpr std::string_view kCalendarFeed = R"sql(
CREATE TABLE calendar_feed (hash {text} PRIMARY KEY, account {text} NOT NULL UNIQUE, made_us BIGINT NOT NULL);
)sql";

// Devices that receive reminders by Web Push (docs/reference/reminders.md). `hash`: of the endpoint, which
// may be longer than an index takes.
constexpr std::string_view kPushSubscription = R"sql(
CREATE TABLE push_subscription (
  id {text} PRIMARY KEY, hash {text} NOT NULL UNIQUE, account {text} NOT NULL, session {text} NOT NULL,
  endpoint {text} NOT NULL, p256dh {text} NOT NULL, auth {text} NOT NULL, made_us BIGINT NOT NULL);
CREATE INDEX push_subscription_by_account ON push_subscription (account);
)sql";

// Accounts of carers (docs/operations/access.md): `patient` is the patient whom a carer helps.
constexpr std::string_view kCarer = R"sql(
ALTER TABLE account ADD COLUMN patient {text} NOT NULL DEFAULT '';
CREATE INDEX account_by_patient ON account (patient) WHERE patient <> '';
)sql";

// Passkeys (docs/operations/access.md#passkeys). `credential`: the id in the authenticator; `public_key`:
// SubjectPublicKeyInfo; both base64url. A challenge is for one ceremony of one session, by the hashes of
// their secrets.
constexpr std::string_view kPasskey = R"sql(
CREATE TABLE passkey (
  id {text} PRIMARY KEY, account {text} NOT NULL, credential {text} NOT NULL UNIQUE, algorithm BIGINT NOT NULL,
  public_key {text} NOT NULL, counter BIGINT NOT NULL, transports {text} NOT NULL, name {text} NOT NULL,
  made_us BIGINT NOT NULL, used_us BIGINT NOT NULL);
CREATE INDEX passkey_by_account ON passkey (account);
CREATE TABLE passkey_challenge (
  hash {text} PRIMARY KEY, session {text} NOT NULL, ceremony BIGINT NOT NULL, ends_us BIGINT NOT NULL);
)sql";

// A mail's second form, a page; empty: the text alone.
constexpr std::string_view kMailPage = R"sql(
ALTER TABLE outbox ADD COLUMN html {text} NOT NULL DEFAULT '';
)sql";

// Only ever longer: what a database already has is not changed here.
constexpr std::array kMigrations = {kRecord,        kAudit,        kAccess,        kAccountMail,
                                    kOutbox,        kVisit,        kAccountSafety, kAuditForwarding,
                                    kPasswordReset, kStaySignedIn, kCalendarFeed,  kPushSubscription,
                                    kCarer,         kPasskey,      kMailPage};

std::string in_words_of(const Dialect& dialect, std::string_view script) {
  std::string sql{script};
  const std::array<std::pair<std::string_view, std::string_view>, 4> words = {
      {{"{key}", dialect.key},
       {"{text}", dialect.text},
       {"{number}", dialect.number},
       {"{clustered}", dialect.clustered}}};
  for (const auto& [name, word] : words) {
    for (auto at = sql.find(name); at != std::string::npos; at = sql.find(name, at + word.size())) {
      sql.replace(at, name.size(), word);
    }
  }
  return sql;
}

// Without a statement that changes anything: an account that owns nothing may ask, too.
Result<std::int64_t> version_of(Connection& connection) {
  const bool sqlite = connection.dialect().name == "sqlite";
  bool exists = false;
  const auto looked =
      connection.query(sqlite ? "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'"
                              : "SELECT count(to_regclass('schema_version'))",
                       {}, [&](Row row) { return exists = std::get<std::int64_t>(row[0]) != 0, false; });
  if (!looked) return tl::unexpected(looked.error());
  if (!exists) return 0;
  std::int64_t version = 0;
  const auto read = connection.query("SELECT version FROM schema_version", {}, [&](Row row) {
    version = std::get<std::int64_t>(row[0]);
    return false;
  });
  if (!read) return tl::unexpected(read.error());
  return version;
}

Result<void> migrate_one(Connection& connection, std::size_t number) {
  if (auto done = connection.run_script(in_words_of(connection.dialect(), kMigrations.at(number))); !done)
    return done;
  if (auto done = connection.run_script("DELETE FROM schema_version"); !done) return done;
  const std::array<Value, 1> version = {static_cast<std::int64_t>(number) + 1};
  auto noted = connection.execute("INSERT INTO schema_version (version) VALUES ($1)", version);
  return noted.map([](std::int64_t) {});
}

Result<void> migrate_in_transaction(Connection& connection) {
  const std::string_view lock = connection.dialect().lock_schema;
  if (!lock.empty()) {
    if (auto locked = connection.query(lock, {}, [](Row) { return true; }); !locked) return locked;
  }
  const auto version = version_of(connection);
  if (!version) return tl::unexpected(version.error());
  if (*version > schema_version()) {
    return fail(ErrorCode::unsupported, kSchemaStage,
                "the database has version " + std::to_string(*version) + ", and this program knows up to " +
                    std::to_string(schema_version()),
                "use the program that made it, or a newer one; nothing was changed");
  }
  if (*version == schema_version()) return {};
  auto done = connection.run_script("CREATE TABLE IF NOT EXISTS schema_version (version INT NOT NULL)");
  for (auto number = static_cast<std::size_t>(*version); done && number < kMigrations.size(); ++number) {
    done = migrate_one(connection, number);
  }
  if (done || done.error().code != ErrorCode::invalid_argument) return done;
  return fail(ErrorCode::invalid_argument, kSchemaStage,
              "the database has version " + std::to_string(*version) + " of the tables, this program needs " +
                  std::to_string(schema_version()) + ", and its account may not change them",
              "run `reprise record migrate` with the account that owns them; nothing was changed");
}

}  // namespace

int schema_version() {
  return static_cast<int>(kMigrations.size());
}

Result<void> migrate(Connection& connection) {
  if (auto begun = connection.begin_writing(); !begun) return begun;
  auto done = migrate_in_transaction(connection);
  if (done) return connection.commit();
  connection.rollback();
  return done;
}

}  // namespace reprise::record
