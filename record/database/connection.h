// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "record/database/dialect.h"

namespace reprise::record {

/// A column's value or a parameter: null, an integer, a double, or text (UTF-8). Text is a view; its owner
/// must outlive it.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// The columns of one row, in the order of the SELECT. Its texts are valid until the next row.
using Row = std::span<const Value>;

/// Callback for each row; returns false to stop.
using RowVisitor = std::function<bool(Row)>;

/// A connection to a database, used by one thread at a time. Statements work on both databases. Their
/// parameters $1, $2, … first appear in this order. They are prepared on first use and cached.
/// Errors of all functions: `unavailable` (locked for too long, gone, disk full), `conflict` (a serialization
/// conflict: roll back and retry), `corrupt`. Errors never contain a statement's values.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  [[nodiscard]] virtual const Dialect& dialect() const = 0;

  /// Runs a query and passes each row to the callback.
  [[nodiscard]] virtual Result<void> query(std::string_view sql, std::span<const Value> parameters,
                                           const RowVisitor& see) = 0;

  /// Runs a statement without result rows. Returns the number of changed rows.
  [[nodiscard]] virtual Result<std::int64_t> execute(std::string_view sql,
                                                     std::span<const Value> parameters) = 0;

  /// Inserts rows into a table. `columns`: names, separated by commas. `values`: those of each row, row by
  /// row.
  [[nodiscard]] virtual Result<void> insert(std::string_view table, std::string_view columns,
                                            std::size_t column_count, std::span<const Value> values) = 0;

  /// Deletes rows from a table: `columns` and `values` as above. Null columns match nothing.
  [[nodiscard]] virtual Result<void> erase(std::string_view table, std::string_view columns,
                                           std::size_t column_count, std::span<const Value> values) = 0;

  /// Runs several statements without parameters, separated by semicolons, such as the schema's.
  [[nodiscard]] virtual Result<void> run_script(std::string_view sql) = 0;

  [[nodiscard]] virtual Result<void> begin_reading() = 0;  ///< reads one snapshot until `commit`
  [[nodiscard]] virtual Result<void> begin_writing() = 0;
  [[nodiscard]] virtual Result<void> commit() = 0;
  virtual void rollback() = 0;  ///< never fails: at worst the connection is closed and reopened on next use

  /// Removes erased content from the database's auxiliary files. Call it outside a transaction, after one
  /// that erased. Errors: also unavailable, if readers use an earlier snapshot for too long.
  [[nodiscard]] virtual Result<void> vacuum() = 0;

  /// Frees cached pages.
  virtual void release_memory() {}

  /// Returns the number of writing statements that were run, also failed ones.
  [[nodiscard]] std::int64_t writes() const { return writes_; }

  /// Starts a savepoint, a part of a transaction that can be undone separately.
  [[nodiscard]] virtual Result<void> set_savepoint() = 0;
  [[nodiscard]] virtual Result<void> release_savepoint() = 0;
  [[nodiscard]] virtual Result<void> undo_to_savepoint() = 0;  ///< and releases it

 protected:
  void count_write() { ++writes_; }

 private:
  std::int64_t writes_ = 0;
};

}  // namespace reprise::record
