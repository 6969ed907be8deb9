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

/// What a column holds or a parameter is: nothing, a whole number, a number, or text (UTF-8). Text is only
/// looked at: it belongs to whoever made the value.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// The columns of one row, in the order of the SELECT. Its texts are gone when the next row is read.
using Row = std::span<const Value>;

/// Is shown each row; false: it has seen enough.
using RowVisitor = std::function<bool(Row)>;

/// A connection to a database, used by one thread at a time. Statements are written once for both databases,
/// with parameters $1, $2, … that first appear in this order; they are prepared on first use and kept. Errors
/// of all functions: `unavailable` (locked for too long, gone, disk full), `conflict` (two transactions that
/// exclude each other: roll back and repeat), `corrupt`. Nothing of a statement's values stands in an error.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  [[nodiscard]] virtual const Dialect& dialect() const = 0;

  /// Shows the rows of a query one after the other.
  [[nodiscard]] virtual Result<void> query(std::string_view sql, std::span<const Value> parameters,
                                           const RowVisitor& see) = 0;

  /// Runs a statement that gives no rows. Returns how many rows it changed.
  [[nodiscard]] virtual Result<std::int64_t> execute(std::string_view sql,
                                                     std::span<const Value> parameters) = 0;

  /// Inserts rows into a table: `values` holds `columns` values for each row, one row after the other.
  /// `columns`: the names, with commas.
  [[nodiscard]] virtual Result<void> insert(std::string_view table, std::string_view columns,
                                            std::size_t column_count, std::span<const Value> values) = 0;

  /// Removes rows from a table: `columns` and `values` as above. Columns that are null match nothing.
  [[nodiscard]] virtual Result<void> erase(std::string_view table, std::string_view columns,
                                           std::size_t column_count, std::span<const Value> values) = 0;

  /// Runs several statements without parameters, separated by semicolons: the schema's.
  [[nodiscard]] virtual Result<void> run_script(std::string_view sql) = 0;

  [[nodiscard]] virtual Result<void> begin_reading() = 0;  ///< sees one state of the database until `commit`
  [[nodiscard]] virtual Result<void> begin_writing() = 0;
  [[nodiscard]] virtual Result<void> commit() = 0;
  virtual void
  rollback() = 0;  ///< never fails: at worst the connection is closed, and opened again by the next use

  /// Outside a transaction, after one that erased: what it erased leaves the files where the database kept it
  /// beside the tables. Errors: unavailable also where others read a state from before for too long.
  [[nodiscard]] virtual Result<void> vacuum() = 0;

  /// Frees the pages that are kept for the next read.
  virtual void release_memory() {}

  /// How many statements that write were run, whatever came of them.
  [[nodiscard]] std::int64_t writes() const { return writes_; }

  /// A part of a transaction that can be undone alone.
  [[nodiscard]] virtual Result<void> set_savepoint() = 0;
  [[nodiscard]] virtual Result<void> release_savepoint() = 0;
  [[nodiscard]] virtual Result<void> undo_to_savepoint() = 0;  ///< and releases it

 protected:
  void count_write() { ++writes_; }

 private:
  std::int64_t writes_ = 0;
};

}  // namespace reprise::record
