// SPDX-License-Identifier: Apache-2.0
#include "record/store/record.h"

#include <fmt/format.h>

#include <array>

#include "fhir/model/resource.h"
#include "record/database/schema.h"

namespace reprise::record {
namespace {

constexpr std::int64_t kIndexedAtOnce = 500;

struct Read {
  std::int64_t pk;
  std::string id;
  std::string content;
};

Result<std::vector<Read>> read_some(Connection& connection, std::int64_t type, std::int64_t after_pk) {
  std::vector<Read> some;
  const std::array<Value, 3> values = {type, after_pk, kIndexedAtOnce};
  const auto read = connection.query(
      "SELECT pk, id, content FROM resource WHERE type = $1 AND pk > $2 AND content IS NOT NULL ORDER BY pk "
      "LIMIT $3",
      values, [&](Row row) {
        some.push_back({std::get<std::int64_t>(row[0]), std::string{std::get<std::string_view>(row[1])},
                        std::string{std::get<std::string_view>(row[2])}});
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return some;
}

Result<void> index_anew(Connection& connection, const IndexIds& index_ids, const std::string& type,
                        const std::function<void(std::string_view)>& progress) {
  const TypeIds* known = index_ids.find(type);
  if (known == nullptr) return {};
  std::int64_t last = 0;
  for (std::size_t done = 0;;) {
    const auto some = read_some(connection, known->number, last);
    if (!some) return tl::unexpected(some.error());
    if (some->empty()) return {};
    for (const Read& one : *some) {
      const auto resource = fhir::parse_resource(whole_text({type, one.id, 1, 0}, one.content));
      if (!resource) return tl::unexpected(resource.error());
      if (auto erased = erase_rows(connection, one.pk); !erased) return erased;
      if (auto added = insert_rows(connection, one.pk, index_rows(*resource, index_ids)); !added)
        return added;
    }
    last = some->back().pk;
    done += some->size();
    progress(fmt::format("indexing {} anew: {} resources", type, done));
  }
}

Result<void> update_indexes(Connection& connection, const std::function<void(std::string_view)>& progress) {
  if (const auto lock = connection.dialect().lock_schema; !lock.empty()) {
    if (auto locked = connection.query(lock, {}, [](Row) { return true; }); !locked) return locked;
  }
  const auto changed = assign_index_ids(connection);
  if (!changed) return tl::unexpected(changed.error());
  if (changed->empty()) return {};
  const auto index_ids = load_index_ids(connection);
  if (!index_ids) return tl::unexpected(index_ids.error());
  for (const std::string& type : *changed) {
    if (auto done = index_anew(connection, *index_ids, type, progress); !done) return done;
  }
  return {};
}

Result<IndexIds> bring_up_to_date(Connection& connection,
                                  const std::function<void(std::string_view)>& progress) {
  if (const auto migrated = migrate(connection); !migrated) return tl::unexpected(migrated.error());
  if (const auto begun = connection.begin_writing(); !begun) return tl::unexpected(begun.error());
  auto updated = update_indexes(connection, progress);
  if (updated) updated = connection.commit();
  if (!updated) {
    connection.rollback();
    return tl::unexpected(updated.error());
  }
  return load_index_ids(connection);
}

}  // namespace

Result<std::unique_ptr<Connection>> connect(const RecordOptions& options) {
  if (const auto* sqlite = std::get_if<SqliteOptions>(&options.database)) return open_sqlite(*sqlite);
  return open_postgres(std::get<PostgresOptions>(options.database));
}

Result<std::unique_ptr<Record>> Record::open(const RecordOptions& options,
                                             const std::function<void(std::string_view)>& progress,
                                             std::function<void(const Error&)> warn) {
  auto writing = connect(options);
  if (!writing) return tl::unexpected(writing.error());
  auto index_ids = bring_up_to_date(**writing, progress);
  if (!index_ids) return tl::unexpected(index_ids.error());
  std::vector<std::unique_ptr<Connection>> reading;
  for (std::size_t i = 0; i < options.readers; ++i) {
    auto one = connect(options);
    if (!one) return tl::unexpected(one.error());
    reading.push_back(std::move(*one));
  }
  return std::unique_ptr<Record>{
      new Record{std::move(*index_ids), std::move(*writing), std::move(reading), options, std::move(warn)}};
}

Record::Record(IndexIds index_ids, std::unique_ptr<Connection> writing,
               std::vector<std::unique_ptr<Connection>> reading, const RecordOptions& options,
               std::function<void(const Error&)> warn)
    : index_ids_(std::move(index_ids)),
      opened_(instant_text(milliseconds_now())),
      check_references_(options.check_references),
      trail_(options.audit),
      writer_(std::move(writing), trail_, {.most_waiting = options.most_waiting}, std::move(warn)),
      readers_(std::move(reading), options.most_waiting) {}

// Readers end first, because their work may still write.
Record::~Record() {
  readers_.end();
  writer_.end();
}

}  // namespace reprise::record
