// SPDX-License-Identifier: Apache-2.0
// What the audit log and the rules cost a server: `build/release/bench/reprise_access_times [FOLDER]`, on an
// encrypted SQLite database in a new folder inside FOLDER (.), so that its disk is the one that counts.

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "record/access/authorization.h"
#include "record/accounts/login_session.h"
#include "record/accounts/password.h"
#include "record/audit/audit_log.h"
#include "record/audit/verify_log.h"
#include "record/database/schema.h"
#include "record/database/sqlite.h"

namespace {

using namespace reprise;
using namespace reprise::record;

template <class T>
T need(Result<T> result) {
  if (result) {
    if constexpr (!std::is_void_v<T>) return std::move(*result);
    return T();
  }
  std::fprintf(stderr, "%s\n", to_string(result.error()).c_str());
  std::exit(3);
}

double cpu_s() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}
double wall_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// An entry as reading an Observation writes it.
AuditEntry typical(int i) {
  AuditEntry entry;
  entry.time_us = 1'700'000'000'000'000 + i;
  entry.agent = AuditAgent::clinician;
  entry.account = "0123456789abcdef0123456789abcdef";
  entry.person = "practitioner-" + std::to_string(i % 50);
  entry.address = "192.0.2.17";
  entry.resource_type = "Observation";
  entry.resource_id = "019a0b1c-5d6e-7f80-9123-" + std::to_string(100'000'000'000 + i);
  entry.resource_version = "1";
  entry.request = "request-" + std::to_string(i);
  entry.patients = {"019a0b1c-5d6e-7f80-9123-" + std::to_string(100'000'000'000 + i % 5000)};
  return entry;
}

void time_audit(Connection& connection) {
  int made = 0;
  for (const int batch : {1, 64, 1000}) {
    const int batches = batch == 1 ? 1000 : 128'000 / batch;
    const double cpu = cpu_s();
    const double wall = wall_s();
    for (int i = 0; i < batches; ++i) {
      std::vector<AuditEntry> entries;
      for (int j = 0; j < batch; ++j) entries.push_back(typical(made++));
      need(connection.begin_writing());
      need(append_entries(connection, entries));
      need(connection.commit());
    }
    const double count = static_cast<double>(batch) * batches;
    std::printf("audit entry, %d a transaction: %.1f us of processor time, %.1f us in all\n", batch,
                (cpu_s() - cpu) / count * 1e6, (wall_s() - wall) / count * 1e6);
  }
  const double wall = wall_s();
  const auto verified = need(verify_log(connection, {}, {}));
  std::printf("verification: %.1f us an entry of %lu, %zu findings\n",
              (wall_s() - wall) / static_cast<double>(verified.entries) * 1e6,
              static_cast<unsigned long>(verified.entries), verified.findings.size());
}

// 64,000 patients, 300 to a clinician.
void time_rules(Connection& connection) {
  constexpr std::size_t kPatients = 64'000;
  std::vector<std::string> ids;
  std::vector<Value> rows;
  for (std::size_t i = 0; i < kPatients; ++i) ids.push_back("p" + std::to_string(i));
  for (std::size_t i = 0; i < kPatients; ++i) {
    rows.insert(rows.end(), {std::string_view{ids[i]}, std::string_view{ids[i]},
                             std::string_view{ids[i % 213]}, std::int64_t{0}, std::int64_t{1} << 62});
  }
  need(connection.begin_writing());
  need(connection.insert("care_member", "team, patient, practitioner, start_us, end_us", 5, rows));
  const Account account = need(create_account(connection, {"dr", Role::clinician, ids[17]}, 1));
  const Secret session = need(start_session(connection, account.id, SessionStage::full, {}, 1));
  need(connection.commit());
  constexpr int kTimes = 300;
  double wall = wall_s();
  std::size_t patients = 0;
  for (int i = 0; i < kTimes; ++i) {
    patients =
        need(accessible_patients(connection, {Role::clinician, account.id, account.person, true, {}}, 2))
            .patients.size();
  }
  std::printf("patients of a clinician: %.2f ms for %zu of %zu\n", (wall_s() - wall) / kTimes * 1e3, patients,
              kPatients);
  wall = wall_s();
  for (int i = 0; i < kTimes; ++i) {
    if (!need(find_session(connection, session.hash, 2))) std::exit(3);
  }
  std::printf("session: %.1f us\n", (wall_s() - wall) / kTimes * 1e6);
}

void time_passwords() {
  constexpr int kTimes = 5;
  const std::string hash = need(hash_password("correct horse battery"));
  for (const bool known : {true, false}) {
    const double cpu = cpu_s();
    for (int i = 0; i < kTimes; ++i) {
      const auto check =
          check_password(known ? std::optional<std::string_view>{hash} : std::nullopt, "another horse");
      if (check.right) std::exit(3);
    }
    std::printf("password, %s: %.0f ms of processor time\n", known ? "wrong" : "no such account",
                (cpu_s() - cpu) / kTimes * 1e3);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder = std::string{argc > 1 ? argv[1] : "."} + "/access_times_XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) {
    std::fprintf(stderr, "no folder can be made there\n");
    return 3;
  }
  SqliteOptions options;
  options.file = std::filesystem::path{folder} / "record.db";
  options.key.fill(7);
  {
    const auto connection = need(open_sqlite(options));
    need(migrate(*connection));
    time_audit(*connection);
    time_rules(*connection);
  }
  time_passwords();
  std::filesystem::remove_all(folder);
  return 0;
}
