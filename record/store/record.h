#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <variant>

#include "record/database/postgres.h"
#include "record/database/sqlite.h"
#include "record/store/operation.h"
#include "record/store/readers.h"
#include "record/store/writer.h"

namespace reprise::record {

struct RecordOptions {
  std::variant<SqliteOptions, PostgresOptions> database;
  std::size_t readers = 2;
  std::size_t most_waiting = 10000;  ///< requests, on either side
  bool check_references = true;
  AuditOptions audit;
};

/// The clinic's record: one database, its threads, and the numbers of its tables.
class Record {
 public:
  /// Opens the database or makes it, brings its tables and indexes up to date. `progress`: is told what takes
  /// time. Errors: those of the connections and of `migrate`.
  /// `warn`: is told, later on, what keeps the log's heads from being signed.
  [[nodiscard]] static Result<std::unique_ptr<Record>> open(
      const RecordOptions& options, const std::function<void(std::string_view)>& progress,
      std::function<void(const Error&)> warn = [](const Error&) {});

  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;
  /// Finishes what waits. What that still asks for is refused.
  ~Record();

  /// Runs on one of the database's threads, with a connection to read by. False: too much is waiting, or what
  /// was shown cannot be written into the audit log.
  [[nodiscard]] bool read(Readers::Work work) {
    return !trail_.overfull() && readers_.submit(std::move(work));
  }
  /// Frees what the connections keep for the next read.
  void release_memory() { readers_.release_memory(); }
  /// Changes the record; `done` is told when it is on the disk.
  void write(WriteJob job) { writer_.submit(std::move(job)); }

  /// Notes in the audit log what was only read; it is on the disk within a second.
  void note(AuditEntry entry) { trail_.note(std::move(entry)); }

  [[nodiscard]] const IndexIds& index_ids() const { return index_ids_; }
  [[nodiscard]] const std::string& opened() const { return opened_; }  ///< when, as FHIR writes times
  [[nodiscard]] bool checks_references() const { return check_references_; }
  [[nodiscard]] std::size_t reads_waiting() const { return readers_.waiting(); }
  [[nodiscard]] std::size_t writes_waiting() const { return writer_.waiting(); }

 private:
  Record(IndexIds index_ids, std::unique_ptr<Connection> writing,
         std::vector<std::unique_ptr<Connection>> reading, const RecordOptions& options,
         std::function<void(const Error&)> warn);

  IndexIds index_ids_;
  std::string opened_;
  bool check_references_;
  AuditTrail trail_;
  Writer writer_;
  Readers readers_;
};

/// A further connection to the record's database.
[[nodiscard]] Result<std::unique_ptr<Connection>> connect(const RecordOptions& options);

}  // namespace reprise::record
