// SPDX-License-Identifier: Apache-2.0
#include "record/database/sqlite.h"

#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <array>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

namespace reprise::record {
namespace {

constexpr const char* kSqliteStage = "the record's database";

constexpr Dialect kSqlite = {.name = "sqlite",
                             .key = "INTEGER",
                             .text = "TEXT",
                             .number = "REAL",
                             .clustered = "WITHOUT ROWID",
                             .lock_schema = "",
                             .plans_by_statistics = false};

struct Close {
  void operator()(sqlite3* database) const { ::sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { ::sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

// SQLite's own words for a code say nothing of what a row holds.
tl::unexpected<Error> failure(int status) {
  const std::string words = ::sqlite3_errstr(status);
  switch (status & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fail(ErrorCode::unavailable, kSqliteStage, "another process keeps the database locked",
                  "end it, or try again");
    case SQLITE_CONSTRAINT:
      return fail(ErrorCode::conflict, kSqliteStage, "the row exists already", "try again");
    case SQLITE_NOTADB:
    case SQLITE_AUTH:
      return fail(ErrorCode::corrupt, kSqliteStage, "the file is no database, or its key is another one",
                  "use the key file that was made with the database");
    case SQLITE_CORRUPT:
      return fail(ErrorCode::corrupt, kSqliteStage, "the database is damaged (" + words + ")",
                  "restore a backup");
    case SQLITE_FULL:
      return fail(ErrorCode::unavailable, kSqliteStage, "the disk is full",
                  "free disk space; the refused change is not stored");
    default:
      return fail(ErrorCode::unavailable, kSqliteStage, words,
                  "look at the disk and the permissions of the data folder");
  }
}

Result<void> run(sqlite3* database, const char* sql) {
  const int status = ::sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) return failure(::sqlite3_extended_errcode(database));
  return {};
}

Result<void> set_key(sqlite3* database, const Key& key, Cipher cipher,
                     int (*use)(sqlite3*, const void*, int) = ::sqlite3_key) {
  // The key itself, not a password that it would have to be derived from.
  std::array<char, 4 + 64 + 1> text{'r', 'a', 'w', ':'};
  ::sodium_bin2hex(text.data() + 4, text.size() - 4, key.data(), key.size());
  ::sqlite3mc_config(database, "cipher", ::sqlite3mc_cipher_index(to_string(cipher).data()));
  const int status = use(database, text.data(), static_cast<int>(text.size() - 1));
  ::sodium_memzero(text.data(), text.size());
  if (status != SQLITE_OK) return failure(status);
  return {};
}

Result<Database> open_database(const SqliteOptions& options) {
  ::sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const mode_t others = ::umask(S_IRWXG | S_IRWXO);
  const int status = ::sqlite3_open_v2(options.file.c_str(), &opened, flags, nullptr);
  ::umask(others);
  Database database{opened};
  if (status != SQLITE_OK) {
    return fail(ErrorCode::unwritable, kSqliteStage, "cannot open " + options.file.string(),
                "name a data folder that exists and that this user may write");
  }
  ::sqlite3_busy_timeout(opened, static_cast<int>(options.patience.count()));
  // Else a statement is planned anew, at the cost of running it, whenever a value differs that its plan may
  // rest on, such as that of a LIMIT.
  ::sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  if (const auto done = set_key(opened, options.key, options.cipher); !done)
    return tl::unexpected(done.error());
  return database;
}

Result<Database> open_and_prepare(const SqliteOptions& options) {
  auto database = open_database(options);
  if (!database) return database;
  // Pages of erased content are overwritten; the log goes back into the database every 16 MB, so that it does
  // not keep them for long either.
  for (const char* sql :
       {"PRAGMA journal_mode = WAL", "PRAGMA secure_delete = ON", "PRAGMA temp_store = MEMORY",
        "PRAGMA cache_size = -32768", "PRAGMA wal_autocheckpoint = 4000",
        options.sync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF"}) {
    if (const auto done = run(database->get(), sql); !done) return tl::unexpected(done.error());
  }
  return database;
}

Value value_of(sqlite3_stmt* statement, int column) {
  switch (::sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return std::int64_t{::sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT: return ::sqlite3_column_double(statement, column);
    case SQLITE_NULL: return std::monostate{};
    default: {
      const auto* text = reinterpret_cast<const char*>(::sqlite3_column_text(statement, column));
      return std::string_view{text, static_cast<std::size_t>(::sqlite3_column_bytes(statement, column))};
    }
  }
}

struct Bind {
  sqlite3_stmt* statement;
  int number;
  int operator()(std::monostate) const { return ::sqlite3_bind_null(statement, number); }
  int operator()(std::int64_t value) const { return ::sqlite3_bind_int64(statement, number, value); }
  int operator()(double value) const { return ::sqlite3_bind_double(statement, number, value); }
  // The caller's text outlives the statement's run.
  int operator()(std::string_view value) const {
    return ::sqlite3_bind_text64(statement, number, value.data() != nullptr ? value.data() : "", value.size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
  }
};

// Whatever happens in between, the statement holds no lock and no view of the caller's values afterwards.
struct Reset {
  sqlite3_stmt* statement;
  explicit Reset(sqlite3_stmt* used) : statement(used) {}
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;
  ~Reset() {
    ::sqlite3_reset(statement);
    ::sqlite3_clear_bindings(statement);
  }
};

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(Database database) : database_(std::move(database)) {}

  [[nodiscard]] const Dialect& dialect() const override { return kSqlite; }

  Result<void> query(std::string_view sql, std::span<const Value> parameters,
                     const RowVisitor& see) override {
    const auto statement = prepared(sql);
    if (!statement) return tl::unexpected(statement.error());
    const Reset reset{*statement};
    if (const auto bound = bind(*statement, parameters); !bound) return bound;
    std::vector<Value> row(static_cast<std::size_t>(::sqlite3_column_count(*statement)));
    int status = ::sqlite3_step(*statement);
    for (; status == SQLITE_ROW; status = ::sqlite3_step(*statement)) {
      for (std::size_t i = 0; i < row.size(); ++i) row[i] = value_of(*statement, static_cast<int>(i));
      if (!see(row)) return {};
    }
    if (status != SQLITE_DONE) return failure(status);
    return {};
  }

  Result<std::int64_t> execute(std::string_view sql, std::span<const Value> parameters) override {
    count_write();
    const auto statement = prepared(sql);
    if (!statement) return tl::unexpected(statement.error());
    if (const auto done = run_once(*statement, parameters); !done) return tl::unexpected(done.error());
    return ::sqlite3_changes64(database_.get());
  }

  Result<void> insert(std::string_view table, std::string_view columns, std::size_t column_count,
                      std::span<const Value> values) override {
    return run_for_each("INSERT INTO " + std::string{table} + " (" + std::string{columns} + ") VALUES (" +
                            numbered(column_count) + ")",
                        column_count, values);
  }

  Result<void> erase(std::string_view table, std::string_view columns, std::size_t column_count,
                     std::span<const Value> values) override {
    return run_for_each("DELETE FROM " + std::string{table} + " WHERE (" + std::string{columns} + ") = (" +
                            numbered(column_count) + ")",
                        column_count, values);
  }

  Result<void> run_script(std::string_view sql) override {
    count_write();
    return run(database_.get(), std::string{sql}.c_str());
  }

  Result<void> begin_reading() override { return step("BEGIN"); }
  Result<void> begin_writing() override { return step("BEGIN IMMEDIATE"); }
  Result<void> commit() override { return step("COMMIT"); }
  void rollback() override {
    // Some failures have rolled back already.
    if (::sqlite3_get_autocommit(database_.get()) == 0) static_cast<void>(step("ROLLBACK"));
  }
  Result<void> set_savepoint() override { return step("SAVEPOINT part"); }
  Result<void> release_savepoint() override { return step("RELEASE part"); }
  Result<void> undo_to_savepoint() override {
    if (auto undone = step("ROLLBACK TO part"); !undone) return undone;
    return step("RELEASE part");
  }

  void release_memory() override { ::sqlite3_db_release_memory(database_.get()); }

  Result<void> vacuum() override {
    bool busy = true;
    const auto read = query("PRAGMA wal_checkpoint(TRUNCATE)", {},
                            [&](Row row) { return busy = std::get<std::int64_t>(row[0]) != 0, false; });
    if (!read) return read;
    if (!busy) return {};
    return fail(ErrorCode::unavailable, kSqliteStage, "a reader still uses the erased pages",
                "they are overwritten once it ends");
  }

 private:
  Result<sqlite3_stmt*> prepared(std::string_view sql) {
    const auto known = statements_.find(std::string{sql});
    if (known != statements_.end()) return known->second.get();
    // Searches are put together in many ways; those seen long ago are prepared again.
    if (statements_.size() >= 500) statements_.clear();
    sqlite3_stmt* made = nullptr;
    const int status = ::sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (status != SQLITE_OK) return failure(status);
    statements_.emplace(sql, Statement{made});
    return made;
  }

  // "$1, $2, $3"
  static std::string numbered(std::size_t count) {
    std::string text;
    for (std::size_t i = 1; i <= count; ++i) text += (i == 1 ? "$" : ", $") + std::to_string(i);
    return text;
  }

  Result<void> run_for_each(const std::string& sql, std::size_t column_count, std::span<const Value> values) {
    count_write();
    const auto statement = prepared(sql);
    if (!statement) return tl::unexpected(statement.error());
    for (std::size_t from = 0; from < values.size(); from += column_count) {
      if (auto done = run_once(*statement, values.subspan(from, column_count)); !done) return done;
    }
    return {};
  }

  static Result<void> bind(sqlite3_stmt* statement, std::span<const Value> parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const int status = std::visit(Bind{statement, static_cast<int>(i) + 1}, parameters[i]);
      if (status != SQLITE_OK) return failure(status);
    }
    return {};
  }

  static Result<void> run_once(sqlite3_stmt* statement, std::span<const Value> parameters) {
    const Reset reset{statement};
    if (auto bound = bind(statement, parameters); !bound) return bound;
    const int status = ::sqlite3_step(statement);
    if (status != SQLITE_DONE && status != SQLITE_ROW) return failure(status);
    return {};
  }

  Result<void> step(std::string_view sql) {
    const auto statement = prepared(sql);
    if (!statement) return tl::unexpected(statement.error());
    return run_once(*statement, {});
  }

  Database database_;
  std::unordered_map<std::string, Statement> statements_;  // goes before the database does
};

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const SqliteOptions& options) {
  auto database = open_and_prepare(options);
  if (!database) return tl::unexpected(database.error());
  return std::make_unique<SqliteConnection>(std::move(*database));
}

Result<void> copy_sqlite(const SqliteOptions& from, const std::filesystem::path& to,
                         const std::function<void(int, int)>& progress) {
  if (std::filesystem::exists(to)) {
    return fail(ErrorCode::unwritable, kSqliteStage, to.string() + " exists already",
                "name a file that does not exist");
  }
  auto source = open_and_prepare(from);
  if (!source) return tl::unexpected(source.error());
  SqliteOptions copy = from;
  copy.file = to;
  auto target = open_database(copy);
  if (!target) return tl::unexpected(target.error());
  // Copies the state of one transaction; later writes come with the next copy.
  if (auto begun = run(source->get(), "BEGIN; SELECT count(*) FROM sqlite_schema"); !begun) return begun;
  ::sqlite3_backup* backup = ::sqlite3_backup_init(target->get(), "main", source->get(), "main");
  if (backup == nullptr) return failure(::sqlite3_extended_errcode(target->get()));
  int status = SQLITE_OK;
  while (status == SQLITE_OK) {
    status = ::sqlite3_backup_step(backup, 1000);
    const int all = ::sqlite3_backup_pagecount(backup);
    progress(all - ::sqlite3_backup_remaining(backup), all);
  }
  ::sqlite3_backup_finish(backup);
  if (status != SQLITE_DONE) return failure(status);
  return {};
}

Result<void> rekey_sqlite(const SqliteOptions& options, const KeyFile& next) {
  auto database = open_database(options);
  if (!database) return tl::unexpected(database.error());
  // Pages cannot be encrypted anew under a write-ahead log.
  if (auto plain = run(database->get(), "PRAGMA journal_mode = DELETE"); !plain) return plain;
  return set_key(database->get(), next.key, next.cipher, ::sqlite3_rekey);
}

Result<void> check_sqlite(const SqliteOptions& options) {
  if (!std::filesystem::exists(options.file)) {
    return fail(ErrorCode::not_found, kSqliteStage, options.file.string() + " does not exist",
                "name the database's file");
  }
  auto database = open_and_prepare(options);
  if (!database) return tl::unexpected(database.error());
  SqliteConnection connection{std::move(*database)};
  std::string found;
  const auto read = connection.query("PRAGMA integrity_check(1)", {}, [&](Row row) {
    found = std::get<std::string_view>(row[0]);
    return false;
  });
  if (!read) return read;
  if (found == "ok") return {};
  return fail(ErrorCode::corrupt, kSqliteStage, "the database is damaged: " + found, "restore a backup");
}

}  // namespace reprise::record
