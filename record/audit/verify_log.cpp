// SPDX-License-Identifier: Apache-2.0
#include "record/audit/verify_log.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <set>

#include "record/audit/audit_log.h"
#include "record/audit/hexadecimal.h"
#include "record/audit/subjects.h"
#include "record/audit/verifier.h"

namespace reprise::record {
namespace {

constexpr std::int64_t kRowsAtOnce = 1000;

using GoOn = std::function<bool(std::uint64_t)>;

struct ReadAnchors {
  std::vector<Anchor> anchors;
  std::vector<AuditFinding> findings;
};

Result<ReadAnchors> read_anchors(std::span<const AnchorSource> sources, AnchorTrust trust,
                                 const std::map<PublicKey, std::uint64_t>& heads) {
  ReadAnchors all;
  std::set<PublicKey> seen;
  for (const AnchorSource& source : sources) {
    AnchorReader reader(trust, source.file.filename().string(), source.excerpt);
    for (const std::string& line : source.lines) reader.line(line);
    if (source.lines.empty()) {
      if (auto read = read_anchor_file(source.file, reader); !read) return tl::unexpected(read.error());
    }
    reader.finish(heads);
    if (!source.excerpt) {
      seen.insert(reader.signers().begin(), reader.signers().end());
      trust.signers.insert(trust.signers.end(), reader.signers().begin(), reader.signers().end());
    }
    all.anchors.insert(all.anchors.end(), reader.anchors().begin(), reader.anchors().end());
    all.findings.insert(all.findings.end(), reader.findings().begin(), reader.findings().end());
  }
  for (const auto& [signer, count] : heads) {
    if (seen.contains(signer)) continue;
    all.findings.push_back({AuditFault::anchor_truncated,
                            {},
                            "",
                            "no anchor file holds the " + std::to_string(count) + " heads of the key " +
                                hexadecimal(signer).substr(0, 16) + "…"});
  }
  return all;
}

// What the entries say that the tables for finding them must hold.
struct Expected {
  std::uint64_t rows = 0;
  std::uint64_t digest = 0;
};

Result<void> read_log(Connection& connection, AuditVerifier& verifier, Expected& expected,
                      std::vector<AuditFinding>& findings, const GoOn& go_on) {
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  for (bool more = true; more;) {
    if (!go_on(verifier.entries())) {
      return fail(ErrorCode::cancelled, "verifying the audit log", "it was told to end before it was done",
                  "verify again");
    }
    more = false;
    const std::array<Value, 2> values = {last, kRowsAtOnce};
    const auto read = connection.query(
        "SELECT sequence, entry, hash, time_us FROM audit_entry WHERE sequence > $1 ORDER BY sequence LIMIT "
        "$2",
        values, [&](Row row) {
          more = true;
          last = std::get<std::int64_t>(row[0]);
          const auto sequence = static_cast<std::uint64_t>(last);
          const auto text = std::get<std::string_view>(row[1]);
          verifier.step({sequence, text, std::get<std::string_view>(row[2])});
          const auto entry = decode_entry(text);
          if (!entry) return true;
          for (const std::string& subject : subjects_of(*entry)) {
            ++expected.rows;
            expected.digest += subject_digest(subject, sequence);
          }
          if (entry->time_us != std::get<std::int64_t>(row[3]) && findings.size() < 100) {
            findings.push_back(
                {AuditFault::changed, sequence, "", "the time by which it is found was changed"});
          }
          return true;
        });
    if (!read) return read;
  }
  return {};
}

Result<bool> subjects_agree(Connection& connection, const Expected& expected) {
  Expected found;
  std::string subject;
  std::int64_t sequence = std::numeric_limits<std::int64_t>::min();
  for (bool more = true; more;) {
    more = false;
    const std::string after = subject;
    const std::array<Value, 3> values = {std::string_view{after}, sequence, kRowsAtOnce};
    const auto read = connection.query(
        "SELECT subject, sequence FROM audit_subject WHERE (subject, sequence) > ($1, $2) "
        "ORDER BY subject, sequence LIMIT $3",
        values, [&](Row row) {
          more = true;
          subject = std::get<std::string_view>(row[0]);
          sequence = std::get<std::int64_t>(row[1]);
          ++found.rows;
          found.digest += subject_digest(subject, static_cast<std::uint64_t>(sequence));
          return true;
        });
    if (!read) return tl::unexpected(read.error());
  }
  return found.rows == expected.rows && found.digest == expected.digest;
}

struct Known {
  AuditTail tail;
  std::map<PublicKey, std::uint64_t> heads;
};

Result<Known> read_known(Connection& connection) {
  auto tail = audit_tail(connection);
  if (!tail) return tl::unexpected(tail.error());
  if (!*tail) {
    return fail(ErrorCode::not_found, "verifying the audit log", "nothing was ever logged in this database",
                "see that it is the right one");
  }
  auto heads = noted_heads(connection);
  if (!heads) return tl::unexpected(heads.error());
  return Known{std::move(**tail), std::move(*heads)};
}

Result<AuditVerification> compare(Connection& connection, ReadAnchors anchors, const GoOn& go_on) {
  const auto known = read_known(connection);
  if (!known) return tl::unexpected(known.error());
  AuditVerifier verifier(known->tail.log_id, std::move(anchors.anchors));
  Expected expected;
  AuditVerification result;
  result.findings = std::move(anchors.findings);
  if (auto read = read_log(connection, verifier, expected, result.findings, go_on); !read)
    return tl::unexpected(read.error());
  verifier.finish(AuditVerifier::Last{known->tail.sequence, known->tail.hash});
  std::copy(verifier.findings().begin(), verifier.findings().end(), std::back_inserter(result.findings));
  const auto agree = subjects_agree(connection, expected);
  if (!agree) return tl::unexpected(agree.error());
  if (!*agree) {
    result.findings.push_back({AuditFault::changed,
                               {},
                               "",
                               "the table by which entries of a patient or account are found was changed"});
  }
  result.entries = verifier.entries();
  result.covered = verifier.covered();
  result.anchors_met = verifier.anchors_met();
  return result;
}

// Of one state of the database, while the server goes on writing.
template <class Read>
auto in_one_state(Connection& connection, const Read& read) -> decltype(read()) {
  if (auto begun = connection.begin_reading(); !begun) return tl::unexpected(begun.error());
  auto result = read();
  connection.rollback();
  return result;
}

}  // namespace

Result<AuditVerification> verify_log(Connection& connection, std::span<const AnchorSource> sources,
                                     std::span<const PublicKey> signers, const GoOn& go_on) {
  // What a running server adds in between must not look like a loss: first what the database knows of heads,
  // then the heads, then the entries that they cover.
  const auto known = in_one_state(connection, [&] { return read_known(connection); });
  if (!known) return tl::unexpected(known.error());
  auto anchors = read_anchors(sources, {known->tail.log_id, {signers.begin(), signers.end()}}, known->heads);
  if (!anchors) return tl::unexpected(anchors.error());
  return in_one_state(connection, [&] { return compare(connection, std::move(*anchors), go_on); });
}

}  // namespace reprise::record
