// SPDX-License-Identifier: Apache-2.0
#include "server/administration/key_rotation.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "record/audit/anchor_file.h"
#include "record/audit/audit_log.h"
#include "record/audit/hexadecimal.h"
#include "record/database/schema.h"
#include "server/administration/backups.h"
#include "server/administration/record_folder.h"

namespace reprise::server {
namespace {

constexpr const char* kRotationStage = "replacing a key of the record";

using std::filesystem::path;

path beside(path file, const std::string& suffix) {
  return file += suffix;
}
path next_of(const path& file) {
  return beside(file, ".next");
}

tl::unexpected<Error> cannot_write(const path& file) {
  return fail(ErrorCode::unwritable, kRotationStage, file.string() + " cannot be replaced",
              "check the folder's permissions and the free disk space; the record is unchanged");
}

// Durable when it returns.
Result<void> replace(const path& from, const path& to) {
  std::error_code failed;
  std::filesystem::rename(from, to, failed);
  if (failed) return cannot_write(to);
  const int folder = ::open(to.has_parent_path() ? to.parent_path().c_str() : ".", O_RDONLY | O_CLOEXEC);
  const bool kept = folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  return kept ? Result<void>{} : cannot_write(to);
}

void remove_database(const path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(beside(file, suffix), ignored);
}

Result<record::AuditTail> note_rotation(record::Connection& connection, std::int64_t now_us,
                                        const std::string& what) {
  record::AuditEntry entry;
  entry.time_us = now_us;
  entry.act = record::AuditAct::settings_change;
  entry.purpose = record::AuditPurpose::administration;
  entry.agent = record::AuditAgent::server;
  entry.reason = what;
  if (auto begun = connection.begin_writing(); !begun) return tl::unexpected(begun.error());
  auto tail = record::append_entries(connection, {&entry, 1});
  const auto kept = tail ? connection.commit() : Result<void>{};
  if (tail && kept) return tail;
  connection.rollback();
  return tail ? tl::unexpected(kept.error()) : tail;
}

// Makes a complete, durable copy that opens with the next key only.
Result<void> prepare_copy(const record::SqliteOptions& current, const record::SqliteOptions& next,
                          const record::KeyFile& key, std::int64_t now_us) {
  record::SqliteOptions copy = current;
  copy.file = next.file;
  if (auto copied = record::copy_sqlite(current, copy.file, [](int, int) {}); !copied) return copied;
  if (auto done = record::rekey_sqlite(copy, key); !done) return done;
  {
    auto connection = record::open_sqlite(next);
    if (!connection) return tl::unexpected(connection.error());
    if (auto migrated = record::migrate(**connection); !migrated) return migrated;
    auto noted = note_rotation(**connection, now_us, "the key of the record was replaced");
    if (!noted) return tl::unexpected(noted.error());
  }
  return record::check_sqlite(next);
}

// Checkpoints the write-ahead log, which the next key could not read.
Result<void> close_log(const record::SqliteOptions& options) {
  auto connection = record::open_sqlite(options);
  if (!connection) return tl::unexpected(connection.error());
  return (*connection)->vacuum();
}

Result<bool> opens(const path& database, const record::KeyFile& key) {
  const auto opened = record::open_sqlite({.file = database, .key = key.key, .cipher = key.cipher});
  if (!opened && opened.error().code != ErrorCode::corrupt) return tl::unexpected(opened.error());
  return opened.has_value();
}

// Tries the current key first: a leftover write-ahead log is encrypted with it.
Result<bool> is_right_for_database(const path& database, const record::KeyFile& current,
                                   const record::KeyFile& next) {
  if (!std::filesystem::exists(database)) return false;
  const auto as_it_was = opens(database, current);
  if (!as_it_was || *as_it_was) return as_it_was.map([](bool) { return false; });
  return opens(database, next);
}

Result<bool> has_signed_last(const path& anchors, const record::KeyFile& next) {
  const auto line = record::last_head_line(anchors);
  if (!line) return tl::unexpected(line.error());
  if (!*line) return false;
  const auto head = record::read_signed_line(**line);
  return head && head->signer == record::signing_key(next.key).public_key;
}

// `is_right`: returns whether the next key is valid, given both keys.
template <class IsRight>
Result<void> settle(const path& key_file, IsRight is_right) {
  const path next_file = next_of(key_file);
  if (!std::filesystem::exists(next_file)) return {};
  const auto next = record::read_key(next_file);
  // Another process may have settled it already.
  if (!next && next.error().code == ErrorCode::not_found) return {};
  if (!next) return tl::unexpected(next.error());
  const auto current = record::read_key(key_file);
  if (!current) return tl::unexpected(current.error());
  const Result<bool> right = is_right(*current, *next);
  if (!right) return tl::unexpected(right.error());
  if (*right) {
    const auto replaced = replace(next_file, key_file);
    return replaced || !std::filesystem::exists(next_file) ? Result<void>{} : replaced;
  }
  std::error_code ignored;
  std::filesystem::remove(next_file, ignored);
  return {};
}

}  // namespace

Result<RotatedRecordKey> rotate_record_key(const Settings& settings, record::Cipher cipher,
                                           std::int64_t now_us, const AfterStep& after) {
  const auto folder = open_record_folder(settings, KeyUse::alone);
  if (!folder) return tl::unexpected(folder.error());
  const auto* current = std::get_if<record::SqliteOptions>(&folder->options.database);
  if (current == nullptr) {
    return fail(ErrorCode::unsupported, kRotationStage, "the record is in PostgreSQL, which has no such key",
                "use what encrypts its disk");
  }
  if (!std::filesystem::exists(current->file)) {
    return fail(ErrorCode::not_found, kRotationStage, current->file.string() + " does not exist",
                "name the record's folder");
  }
  const path key_file = record_key_file(settings);
  const RotatedRecordKey rotated{beside(key_file, ".until-" + file_stamp(now_us))};
  if (auto closed = close_log(*current); !closed) return tl::unexpected(closed.error());
  record::SqliteOptions next = *current;
  next.file = next_of(current->file);
  remove_database(next.file);
  const auto key = record::make_key(next_of(key_file), cipher);
  if (!key) return tl::unexpected(key.error());
  next.key = key->key;
  next.cipher = cipher;
  after(RotationStep::next_key_made);

  Result<void> done = prepare_copy(*current, next, *key, now_us);
  std::error_code failed;
  if (done) std::filesystem::create_hard_link(key_file, rotated.old_key, failed);
  if (done && failed) done = cannot_write(rotated.old_key);
  if (done) after(RotationStep::data_prepared);
  if (done) done = replace(next.file, current->file);
  if (!done) {
    remove_database(next.file);
    static_cast<void>(settle_interrupted_rotations(settings));
    return tl::unexpected(done.error());
  }
  after(RotationStep::data_replaced);
  if (done = replace(next_of(key_file), key_file); !done) return tl::unexpected(done.error());
  after(RotationStep::key_replaced);
  return rotated;
}

Result<RotatedAuditKey> rotate_audit_key(const Settings& settings, std::int64_t now_us,
                                         const AfterStep& after) {
  const auto folder = open_record_folder(settings, KeyUse::alone);
  if (!folder) return tl::unexpected(folder.error());
  const auto connection = record::connect(folder->options);
  if (!connection) return tl::unexpected(connection.error());
  if (auto migrated = record::migrate(**connection); !migrated) return tl::unexpected(migrated.error());
  const path key_file = audit_key_file(settings);
  const record::SigningKey& current = folder->options.audit.key;
  const auto made = record::make_key(next_of(key_file));
  if (!made) return tl::unexpected(made.error());
  const record::SigningKey next = record::signing_key(made->key);
  after(RotationStep::next_key_made);

  const auto tail =
      note_rotation(**connection, now_us,
                    "the key of the audit log is replaced: " + record::hexadecimal(next.public_key) +
                        " signs after " + record::hexadecimal(current.public_key));
  if (!tail) return tl::unexpected(tail.error());
  const auto noted = record::noted_heads(**connection);
  if (!noted) return tl::unexpected(noted.error());
  const auto known = noted->find(current.public_key);
  auto anchors = record::AnchorFile::open(folder->options.audit.anchors, current, tail->log_id,
                                          known != noted->end() ? known->second : 0);
  if (!anchors) return tl::unexpected(anchors.error());
  const auto last = anchors->append(*tail, now_us);
  if (!last) return tl::unexpected(last.error());
  after(RotationStep::data_prepared);
  anchors->hand_over(next);
  const auto first = anchors->append(*tail, now_us);
  if (!first) return tl::unexpected(first.error());
  after(RotationStep::data_replaced);
  if (auto done = replace(next_of(key_file), key_file); !done) return tl::unexpected(done.error());
  after(RotationStep::key_replaced);
  for (const record::AuditHead& head : {last->head, first->head}) {
    if (auto kept = record::note_head(**connection, head); !kept) return tl::unexpected(kept.error());
  }
  return RotatedAuditKey{current.public_key, next.public_key};
}

Result<void> settle_interrupted_rotations(const Settings& settings) {
  const auto of_audit =
      settle(audit_key_file(settings), [&](const record::KeyFile&, const record::KeyFile& next) {
        return has_signed_last(anchor_file(settings), next);
      });
  if (!of_audit || settings.database.connection != "sqlite") return of_audit;
  const path database = settings.record.folder / "record.db";
  return settle(record_key_file(settings), [&](const record::KeyFile& current, const record::KeyFile& next) {
    auto right = is_right_for_database(database, current, next);
    if (right && !*right) remove_database(next_of(database));
    return right;
  });
}

}  // namespace reprise::server
