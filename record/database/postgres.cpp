// SPDX-License-Identifier: Apache-2.0
#include "record/database/postgres.h"

#include <libpq-fe.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <unordered_map>
#include <vector>

namespace reprise::record {
namespace {

constexpr const char* kServerStage = "the record's PostgreSQL";

constexpr Dialect kPostgres = {.name = "postgresql",
                               .key = "BIGINT",
                               .text = "TEXT COLLATE \"C\"",
                               .number = "DOUBLE PRECISION",
                               .clustered = "",
                               .lock_schema = "SELECT count(pg_advisory_xact_lock(7305401))",
                               .plans_by_statistics = true};

// By state, never by message: PostgreSQL's messages quote values.
tl::unexpected<Error> failure_of_state(const std::string& state) {
  if (state == "40001" || state == "40P01" || state == "23505") {
    return fail(ErrorCode::conflict, kServerStage, "two transactions exclude each other (" + state + ")",
                "try again");
  }
  if (state == "53100") {
    return fail(ErrorCode::unavailable, kServerStage, "the disk is full",
                "make room on the database's machine");
  }
  return fail(ErrorCode::unavailable, kServerStage, "a statement failed (SQLSTATE " + state + ")",
              "look into the server's log");
}

tl::unexpected<Error> no_connection() {
  return fail(ErrorCode::unavailable, kServerStage, "there is no connection",
              "see that the server runs and that the address, the user and the password are right");
}

/// Calls into libpqxx, which throws.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const pqxx::broken_connection&) {
    return no_connection();
  } catch (const pqxx::insufficient_privilege&) {  // libpqxx 6 gives it no state
    return fail(ErrorCode::invalid_argument, kServerStage, "the database's account may not do this",
                "grant it what docs/operations/server.md says");
  } catch (const pqxx::sql_error& error) {
    return failure_of_state(error.sqlstate());
  } catch (const std::exception&) {
    return fail(ErrorCode::unavailable, kServerStage, "an answer that is not understood",
                "look into the server's log");
  }
}

std::optional<std::string> text_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&value)) {
    if (std::isinf(*number)) return *number > 0 ? "Infinity" : "-Infinity";
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
    return std::string{digits.data(), end};
  }
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string{*text};
  return {};
}

/// Parameters as libpq wants them: texts that end with a zero, or null.
struct Parameters {
  std::vector<std::optional<std::string>> texts;
  std::vector<const char*> pointers;

  explicit Parameters(std::span<const Value> values) {
    texts.reserve(values.size());
    for (const Value& value : values) texts.push_back(text_of(value));
    for (const auto& text : texts) pointers.push_back(text ? text->c_str() : nullptr);
  }
  // A zero inside a text would end it early.
  [[nodiscard]] bool representable() const {
    for (const auto& text : texts) {
      if (text && text->find('\0') != std::string::npos) return false;
    }
    return true;
  }
};

Value value_of(const pqxx::field& field) {
  constexpr pqxx::oid kInt8 = 20;
  constexpr pqxx::oid kInt2 = 21;
  constexpr pqxx::oid kInt4 = 23;
  constexpr pqxx::oid kFloat8 = 701;
  if (field.is_null()) return std::monostate{};
  switch (field.type()) {
    case kInt8:
    case kInt2:
    case kInt4: return field.as<std::int64_t>();
    case kFloat8: return field.as<double>();
    default: return std::string_view{field.c_str(), field.size()};
  }
}

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(PostgresOptions options) : options_(std::move(options)) {}

  Result<void> connect() {
    transaction_.reset();
    connection_.reset();
    names_.clear();
    in_transaction_ = false;
    return guarded([&]() -> Result<void> {
      connection_.emplace(options_.address);
      transaction_.emplace(*connection_);
      // A transaction of a process that has gone silent must not keep others waiting for ever.
      transaction_->exec(
          "SET client_encoding = 'UTF8'; SET idle_in_transaction_session_timeout = '60s';"
          "SET lock_timeout = '10s'; SET client_min_messages = 'error'; SET search_path = " +
          transaction_->quote_name(options_.schema));
      return {};
    });
  }

  [[nodiscard]] const Dialect& dialect() const override { return kPostgres; }

  Result<void> query(std::string_view sql, std::span<const Value> parameters,
                     const RowVisitor& see) override {
    auto result = run(sql, parameters);
    // The server was started again, or ended the connection, since the last use: to read again does no harm.
    if (!result && !in_transaction_ && !transaction_) result = run(sql, parameters);
    if (!result) return tl::unexpected(result.error());
    std::vector<Value> row;
    for (const auto& found : *result) {
      row.clear();
      for (const auto& field : found) row.push_back(value_of(field));
      if (!see(row)) break;
    }
    return {};
  }

  Result<std::int64_t> execute(std::string_view sql, std::span<const Value> parameters) override {
    count_write();
    return run(sql, parameters).map([](const pqxx::result& result) {
      return static_cast<std::int64_t>(result.affected_rows());
    });
  }

  Result<void> insert(std::string_view table, std::string_view columns, std::size_t column_count,
                      std::span<const Value> values) override {
    return run_for_many("INSERT INTO " + std::string{table} + " (" + std::string{columns} + ") VALUES ", "",
                        column_count, values);
  }

  Result<void> erase(std::string_view table, std::string_view columns, std::size_t column_count,
                     std::span<const Value> values) override {
    return run_for_many("DELETE FROM " + std::string{table} + " WHERE (" + std::string{columns} + ") IN (",
                        ")", column_count, values);
  }

  Result<void> run_script(std::string_view sql) override {
    count_write();
    if (auto there = ensure(); !there) return there;
    return note_failure(guarded([&]() -> Result<void> {
      transaction_->exec(std::string{sql});
      return {};
    }));
  }

  Result<void> begin_reading() override { return begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
  Result<void> begin_writing() override { return begin("BEGIN"); }
  Result<void> commit() override {
    // After a failed statement the server would take COMMIT for a rollback, and call that a success.
    if (failed_) {
      rollback();
      return fail(ErrorCode::conflict, kServerStage, "a statement of the transaction failed", "try again");
    }
    if (!transaction_) return no_connection();
    auto done = run_script("COMMIT");
    in_transaction_ = false;
    return done;
  }
  void rollback() override {
    in_transaction_ = false;
    if (!transaction_) return;
    const auto done = guarded([&]() -> Result<void> {
      transaction_->exec("ROLLBACK");
      return {};
    });
    if (!done) drop();
  }
  Result<void> set_savepoint() override { return run_script("SAVEPOINT part"); }
  Result<void> release_savepoint() override { return run_script("RELEASE SAVEPOINT part"); }
  Result<void> undo_to_savepoint() override {
    auto undone = run_script("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
    failed_ = !undone;
    return undone;
  }

  Result<void> vacuum() override {
    // Overwrites rows that are no longer visible to any transaction.
    for (const char* table : {"resource", "old_version", "text_index", "token_index", "date_index",
                              "quantity_index", "reference_index", "uri_index", "account", "outbox"}) {
      if (auto done = run_script("VACUUM " + std::string{table}); !done) return done;
    }
    return {};
  }

 private:
  // Each statement waits for its answer, so one is for many rows: "($1, $2), ($3, $4)" between the two.
  Result<void> run_for_many(const std::string& before, std::string_view after, std::size_t column_count,
                            std::span<const Value> values) {
    count_write();
    constexpr std::size_t kRowsAtOnce = 64;  // as many ways of the statement are prepared
    const std::size_t most = kRowsAtOnce * column_count;
    for (std::size_t from = 0; from < values.size(); from += most) {
      const auto part = values.subspan(from, std::min(most, values.size() - from));
      std::string sql = before;
      for (std::size_t i = 0; i < part.size(); ++i) {
        sql += i % column_count != 0 ? ", $" : i == 0 ? "($" : "), ($";
        sql += std::to_string(i + 1);
      }
      sql += ")";
      sql += after;
      if (auto done = execute(sql, part); !done) return tl::unexpected(done.error());
    }
    return {};
  }

  void drop() {
    transaction_.reset();
    connection_.reset();
  }

  Result<void> ensure() {
    if (transaction_) return {};
    // What went before in the transaction is lost: it must not go on as if it were not.
    if (in_transaction_) return no_connection();
    return connect();
  }

  template <class T>
  Result<T> note_failure(Result<T> result) {
    failed_ = failed_ || (in_transaction_ && !result);
    if (!result && connection_ && !connection_->is_open()) drop();
    return result;
  }

  Result<void> begin(const char* sql) {
    if (auto there = ensure(); !there) return there;
    auto begun = run_script(sql);
    if (!begun && !transaction_) {
      // The server was started again since the last use.
      if (auto again = connect(); !again) return again;
      begun = run_script(sql);
    }
    in_transaction_ = begun.has_value();
    failed_ = false;
    return begun;
  }

  Result<pqxx::result> run(std::string_view sql, std::span<const Value> values) {
    if (auto there = ensure(); !there) return tl::unexpected(there.error());
    const Parameters parameters{values};
    if (!parameters.representable()) {
      return fail(ErrorCode::invalid_argument, kServerStage, "a text with the character U+0000",
                  "leave it out: FHIR does not allow it either");
    }
    return note_failure(guarded([&]() -> Result<pqxx::result> {
      const std::string& name = prepared(sql);
      return transaction_->exec_prepared(name, pqxx::prepare::make_dynamic_params(parameters.pointers));
    }));
  }

  const std::string& prepared(std::string_view sql) {
    const auto known = names_.find(std::string{sql});
    if (known != names_.end()) return known->second;
    if (names_.size() >= 500) {
      transaction_->exec("DEALLOCATE ALL");
      names_.clear();
    }
    const std::string name = "s" + std::to_string(++statement_count_);
    connection_->prepare(name, std::string{sql});
    return names_.emplace(sql, name).first->second;
  }

  PostgresOptions options_;
  std::optional<pqxx::connection> connection_;
  std::optional<pqxx::nontransaction> transaction_;
  std::unordered_map<std::string, std::string> names_;  // of prepared statements
  std::size_t statement_count_ = 0;
  bool in_transaction_ = false;
  bool failed_ = false;  // in the transaction
};

bool is_on_this_machine(const std::string& host) {
  return host.empty() || host.front() == '/' || host.front() == '@' || host == "localhost" || host == "::1" ||
         host.compare(0, 4, "127.") == 0;
}

}  // namespace

bool is_protected(const std::string& address) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(address.c_str(), nullptr), PQconninfoFree);
  if (!options) return false;
  const auto value = [&](const std::string& keyword) {
    for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one) {
      if (keyword == one->keyword && one->val != nullptr) return std::string{one->val};
    }
    return std::string{};
  };
  if (value("sslmode") == "verify-full") return true;
  // Several may be named, separated by commas; an address counts before a name.
  std::string hosts = value("hostaddr");
  if (hosts.empty()) hosts = value("host");
  for (std::size_t begin = 0; begin <= hosts.size();) {
    const std::size_t end = std::min(hosts.find(',', begin), hosts.size());
    if (!is_on_this_machine(hosts.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

Result<std::unique_ptr<Connection>> open_postgres(const PostgresOptions& options) {
  auto connection = std::make_unique<PostgresConnection>(options);
  if (auto connected = connection->connect(); !connected) return tl::unexpected(connected.error());
  return connection;
}

}  // namespace reprise::record
