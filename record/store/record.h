// SPDX-License-Identifier: Apache-2.0
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
  std::size_t most_waiting = 10000;  ///< queued requests, of readers and of the writer each
  bool check_references = true;
  AuditOptions audit;
};

/// The clinic's record: a database with its threads and index ids.
class Record {
 public:
  /// Opens or creates the database, and updates its tables and indexes. `progress`: callback for slow steps.
  /// `warn`: callback for later errors that keep the log's heads from being signed. Errors: those of the
  /// connections and of `migrate`.
  [[nodiscard]] static Result<std::unique_ptr<Record>> open(
      const RecordOptions& options, const std::function<void(std::string_view)>& progress,
      std::function<void(const Error&)> warn = [](const Error&) {});

  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;
  /// Finishes the queue. Requests that it still makes are refused.
  ~Record();

  /// Runs on a reader thread with its connection. Returns false if the queue is full, or if the audit log
  /// cannot be written.
  [[nodiscard]] bool read(Readers::Work work) {
    return !trail_.overfull() && readers_.submit(std::move(work));
  }
  /// Releases the connections' caches.
  void release_memory() { readers_.release_memory(); }
  /// Changes the record; `done` is called after the commit.
  void write(WriteJob job) { writer_.submit(std::move(job)); }

  /// Logs a read in the audit log; it is on the disk within a second.
  void note(AuditEntry entry) { trail_.note(std::move(entry)); }

  [[nodiscard]] const IndexIds& index_ids() const { return index_ids_; }
  [[nodiscard]] const std::string& opened() const { return opened_; }  ///< when, as a FHIR instant
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

/// Opens a further connection to the record's database.
[[nodiscard]] Result<std::unique_ptr<Connection>> connect(const RecordOptions& options);

}  // namespace reprise::record
