// SPDX-License-Identifier: Apache-2.0
#include "record/audit/audit_log.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "record/audit/hexadecimal.h"
#include "record/audit/subjects.h"

namespace reprise::record {
namespace {

constexpr const char* kLogStage = "reading the audit log";

tl::unexpected<Error> log_is_corrupt() {
  return fail(ErrorCode::corrupt, kLogStage, "a row of the log differs from the written one",
              "verify the log: `reprise audit verify` says where");
}

std::string random_log_id() {
  std::array<std::uint8_t, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return hexadecimal(bytes);
}

// Makes other processes wait until the transaction ends. Returns whether there is a chain.
Result<bool> lock_chain(Connection& connection) {
  return connection.execute("UPDATE audit_chain SET sequence = sequence WHERE one = 1", {})
      .map([](std::int64_t rows) { return rows == 1; });
}

Result<void> start_chain(Connection& connection) {
  const std::string id = random_log_id();
  const std::string hash = hexadecimal(first_hash(id));
  const std::array<Value, 2> values = {std::string_view{id}, std::string_view{hash}};
  return connection
      .execute(
          "INSERT INTO audit_chain (one, log_id, sequence, hash) VALUES (1, $1, 0, $2) ON CONFLICT DO "
          "NOTHING",
          values)
      .map([](std::int64_t) {});
}

Result<AuditTail> locked_tail(Connection& connection) {
  auto locked = lock_chain(connection);
  if (locked && !*locked) {
    if (auto started = start_chain(connection); !started) return tl::unexpected(started.error());
    locked = lock_chain(connection);
  }
  if (!locked) return tl::unexpected(locked.error());
  auto tail = audit_tail(connection);
  if (!tail) return tl::unexpected(tail.error());
  if (!*tail) return log_is_corrupt();
  return **tail;
}

struct NewRow {
  std::string text;
  std::string hash;
};

Result<void> insert_subjects(Connection& connection, std::span<const AuditEntry> entries) {
  std::vector<std::string> subjects;
  std::vector<std::int64_t> sequences;
  for (const AuditEntry& entry : entries) {
    for (std::string& subject : subjects_of(entry)) {
      subjects.push_back(std::move(subject));
      sequences.push_back(static_cast<std::int64_t>(entry.sequence));
    }
  }
  std::vector<Value> values;
  values.reserve(2 * subjects.size());
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    values.insert(values.end(), {std::string_view{subjects[i]}, sequences[i]});
  }
  return connection.insert("audit_subject", "subject, sequence", 2, values);
}

Result<void> set_tail(Connection& connection, const AuditTail& tail) {
  const std::string hash = hexadecimal(tail.hash);
  const std::array<Value, 2> values = {static_cast<std::int64_t>(tail.sequence), std::string_view{hash}};
  return connection.execute("UPDATE audit_chain SET sequence = $1, hash = $2 WHERE one = 1", values)
      .map([](std::int64_t) {});
}

// Reads rows "entry" into entries.
class EntryRows {
 public:
  bool see(Row row) {
    const auto* text = std::get_if<std::string_view>(&row[0]);
    auto entry = decode_entry(text == nullptr ? std::string_view{} : *text);
    if (!entry) return corrupt_ = true, false;
    entries_.push_back(std::move(*entry));
    return true;
  }
  Result<std::vector<AuditEntry>> take(const Result<void>& read) && {
    if (!read) return tl::unexpected(read.error());
    if (corrupt_) return log_is_corrupt();
    return std::move(entries_);
  }

 private:
  std::vector<AuditEntry> entries_;
  bool corrupt_ = false;
};

using Subjects = std::vector<std::string>;

// Returns the subjects of each condition; an entry must have one of each.
std::vector<Subjects> subjects_wanted(const AuditQuery& query) {
  std::vector<Subjects> groups = query.subjects;
  if (query.patient) groups.push_back({patient_subject(*query.patient)});
  if (query.account) groups.push_back({account_subject(*query.account)});
  if (query.among) {
    Subjects& among = groups.emplace_back();
    for (const std::string& patient : *query.among) among.push_back(patient_subject(patient));
  }
  // Few lengths of the lists, so that few statements are prepared; "" is the subject of no entry.
  for (Subjects& group : groups) {
    std::size_t length = 1;
    while (length < group.size()) length *= 2;
    group.resize(length);
  }
  return groups;
}

}  // namespace

Result<AuditTail> append_entries(Connection& connection, std::span<AuditEntry> entries) {
  auto tail = locked_tail(connection);
  if (!tail || entries.empty()) return tail;
  std::vector<NewRow> rows;
  std::vector<Value> values;
  rows.reserve(entries.size());  // the values look into it
  values.reserve(4 * entries.size());
  for (AuditEntry& entry : entries) {
    entry = fit_for_log(std::move(entry));
    entry.sequence = ++tail->sequence;
    std::string text = encode(entry);
    tail->hash = next_hash(tail->hash, text);
    const NewRow& row = rows.emplace_back(NewRow{std::move(text), hexadecimal(tail->hash)});
    values.insert(values.end(), {static_cast<std::int64_t>(entry.sequence), entry.time_us,
                                 std::string_view{row.text}, std::string_view{row.hash}});
  }
  if (auto done = connection.insert("audit_entry", "sequence, time_us, entry, hash", 4, values); !done) {
    return tl::unexpected(done.error());
  }
  if (auto done = insert_subjects(connection, entries); !done) return tl::unexpected(done.error());
  if (auto done = set_tail(connection, *tail); !done) return tl::unexpected(done.error());
  return tail;
}

Result<std::optional<AuditTail>> audit_tail(Connection& connection) {
  std::optional<AuditTail> tail;
  bool corrupt = false;
  const auto read =
      connection.query("SELECT log_id, sequence, hash FROM audit_chain WHERE one = 1", {}, [&](Row row) {
        const auto hash = from_hexadecimal<32>(std::get<std::string_view>(row[2]));
        corrupt = !hash;
        if (hash) {
          tail = AuditTail{std::string{std::get<std::string_view>(row[0])},
                           static_cast<std::uint64_t>(std::get<std::int64_t>(row[1])), *hash};
        }
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  if (corrupt) return log_is_corrupt();
  return tail;
}

Result<std::vector<AuditEntry>> find_entries(Connection& connection, const AuditQuery& query) {
  const std::vector<Subjects> groups = subjects_wanted(query);
  std::vector<Value> values;
  const auto bound = [&](Value value) {
    values.push_back(value);
    return "$" + std::to_string(values.size());
  };
  std::string where = "1 = 1";
  for (const Subjects& one_of : groups) {
    where += " AND e.sequence IN (SELECT sequence FROM audit_subject WHERE subject IN (";
    for (const std::string& subject : one_of) {
      where += (&subject == one_of.data() ? "" : ", ") + bound(std::string_view{subject});
    }
    where += "))";
  }
  if (query.from_us) where += " AND e.time_us >= " + bound(*query.from_us);
  if (query.until_us) where += " AND e.time_us < " + bound(*query.until_us);
  if (query.before) where += " AND e.sequence < " + bound(static_cast<std::int64_t>(*query.before));
  const std::string sql = "SELECT e.entry FROM audit_entry e WHERE " + where +
                          " ORDER BY e.sequence DESC LIMIT " + bound(std::max<std::int64_t>(query.count, 0));
  EntryRows rows;
  const auto read = connection.query(sql, values, [&](Row row) { return rows.see(row); });
  return std::move(rows).take(read);
}

Result<bool> was_written_by_patient(Connection& connection, const std::string& patient, std::string_view type,
                                    std::string_view id, std::string_view version) {
  const auto is_it = [&](const AuditEntry& entry) {
    const bool writes =
        entry.act == AuditAct::create || entry.act == AuditAct::update || entry.act == AuditAct::patch;
    return writes && entry.outcome == AuditOutcome::success && entry.agent == AuditAgent::patient &&
           entry.person == patient && entry.resource_type == type && entry.resource_id == id &&
           entry.resource_version == version;
  };
  AuditQuery query;
  query.patient = patient;
  query.count = 1000;
  while (true) {
    const auto page = find_entries(connection, query);
    if (!page) return tl::unexpected(page.error());
    if (std::any_of(page->begin(), page->end(), is_it)) return true;
    if (page->size() < static_cast<std::size_t>(query.count)) return false;
    query.before = page->back().sequence;
  }
}

Result<std::optional<AuditEntry>> find_entry(Connection& connection, std::uint64_t sequence) {
  EntryRows rows;
  const std::array<Value, 1> number = {static_cast<std::int64_t>(sequence)};
  const auto read = connection.query("SELECT entry FROM audit_entry WHERE sequence = $1", number,
                                     [&](Row row) { return rows.see(row); });
  auto found = std::move(rows).take(read);
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return std::optional<AuditEntry>{};
  return std::optional<AuditEntry>{std::move(found->front())};
}

Result<void> note_head(Connection& connection, const AuditHead& head) {
  const std::string signer = hexadecimal(head.signer);
  const std::array<Value, 2> values = {std::string_view{signer}, static_cast<std::int64_t>(head.number)};
  return connection
      .execute(
          "INSERT INTO audit_signer (signer, heads) VALUES ($1, $2) "
          "ON CONFLICT (signer) DO UPDATE SET heads = excluded.heads WHERE audit_signer.heads < "
          "excluded.heads",
          values)
      .map([](std::int64_t) {});
}

Result<std::map<PublicKey, std::uint64_t>> noted_heads(Connection& connection) {
  std::map<PublicKey, std::uint64_t> heads;
  bool corrupt = false;
  const auto read = connection.query("SELECT signer, heads FROM audit_signer", {}, [&](Row row) {
    const auto signer = from_hexadecimal<32>(std::get<std::string_view>(row[0]));
    corrupt = corrupt || !signer;
    if (signer) heads[*signer] = static_cast<std::uint64_t>(std::get<std::int64_t>(row[1]));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  if (corrupt) return log_is_corrupt();
  return heads;
}

}  // namespace reprise::record
