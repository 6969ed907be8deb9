// SPDX-License-Identifier: Apache-2.0
#include "record/audit/audit_log.h"

#include <atomic>
#include <random>
#include <thread>

#include "record/audit/hexadecimal.h"
#include "record/audit/verify_log.h"
#include "tests/support/audit_samples.h"
#include "tests/support/test_database.h"

namespace reprise::record {
namespace {

class AuditLogTest : public OnBothDatabases {
 protected:
  static SigningKey signer() { return signing_key({1, 2, 3}); }

  AuditTail append(Connection& connection, std::vector<AuditEntry> entries) {
    EXPECT_TRUE(connection.begin_writing());
    const auto tail = append_entries(connection, entries);
    EXPECT_TRUE(tail) << to_string(tail.error());
    EXPECT_TRUE(connection.commit());
    return tail.value_or(AuditTail{});
  }

  AuditTail append_samples(Connection& connection, std::size_t count) {
    std::vector<AuditEntry> entries;
    for (std::size_t i = 0; i < count; ++i) entries.push_back(sample_entry(random_, 0));
    return append(connection, std::move(entries));
  }

  void anchor(const AuditTail& tail) {
    const auto known = noted_heads(*connection_).value();
    auto file = AnchorFile::open(anchors(), signer(), tail.log_id, known.empty() ? 0 : known.begin()->second);
    ASSERT_TRUE(file) << to_string(file.error());
    const auto written = file->append(tail, 1'700'000'000'000'000);
    ASSERT_TRUE(written) << to_string(written.error());
    ASSERT_TRUE(note_head(*connection_, written->head));
  }

  AuditVerification verify() {
    const std::vector<AnchorSource> sources = {{anchors()}};
    const std::vector<PublicKey> keys = {signer().public_key};
    auto result = verify_log(*connection_, sources, keys);
    EXPECT_TRUE(result) << to_string(result.error());
    return result.value_or(AuditVerification{});
  }

  AuditFinding first_of_verification() {
    const auto result = verify();
    return result.findings.empty() ? AuditFinding{AuditFault::changed, {}, "", "nothing was found"}
                                   : result.findings.front();
  }

  void tamper(const std::string& sql) { ASSERT_TRUE(connection_->run_script(sql)); }

  [[nodiscard]] std::filesystem::path anchors() const { return database_.folder() / "anchors.jsonl"; }

  std::unique_ptr<Connection> connection_ = database_.open_migrated();
  std::mt19937_64 random_{1};
};

TEST_P(AuditLogTest, EntryNumbersEntriesAndFindsThemAgain) {
  AuditEntry first;
  first.account = "acc";
  first.patients = {"p1", "p2", "p1"};
  first.time_us = 1000;
  AuditEntry second;
  second.patients = {"p2"};
  second.time_us = 2000;
  AuditEntry third;
  third.account = "acc\n";  // no text stops the log
  third.time_us = 3000;
  const AuditTail tail = append(*connection_, {first, second, third});
  EXPECT_EQ(tail.sequence, 3U);
  EXPECT_EQ(append(*connection_, {}).sequence, 3U);

  const auto numbers = [&](const AuditQuery& query) {
    std::vector<std::uint64_t> found;
    const auto entries = find_entries(*connection_, query);
    EXPECT_TRUE(entries) << to_string(entries.error());
    for (const AuditEntry& entry : *entries) found.push_back(entry.sequence);
    return found;
  };
  using EntryNumbers = std::vector<std::uint64_t>;
  EXPECT_EQ(numbers({}), (EntryNumbers{3, 2, 1}));
  EXPECT_EQ(numbers({.patient = "p2"}), (EntryNumbers{2, 1}));
  EXPECT_EQ(numbers({.patient = "p2", .account = "acc"}), (EntryNumbers{1}));
  EXPECT_EQ(numbers({.account = "acc"}), (EntryNumbers{1}));
  EXPECT_EQ(numbers({.account = "' OR 1=1 --"}), (EntryNumbers{}));
  EXPECT_EQ(numbers({.among = std::vector<std::string>{"p1", "x", "y"}}), (EntryNumbers{1}));
  EXPECT_EQ(numbers({.patient = "p2", .among = std::vector<std::string>{"p1", "p2"}}), (EntryNumbers{2, 1}));
  EXPECT_EQ(numbers({.among = std::vector<std::string>{}}), (EntryNumbers{}));
  EXPECT_EQ(numbers({.from_us = 2000, .until_us = 3000}), (EntryNumbers{2}));
  EXPECT_EQ(numbers({.before = 3, .count = 1}), (EntryNumbers{2}));
  first.sequence = 1;
  EXPECT_EQ(find_entry(*connection_, 1).value(), first);
  EXPECT_FALSE(find_entry(*connection_, 4).value());
}

TEST_P(AuditLogTest, IsRolledBackWithItsChange) {
  append_samples(*connection_, 2);
  ASSERT_TRUE(connection_->begin_writing());
  std::vector<AuditEntry> entries(3);
  ASSERT_TRUE(append_entries(*connection_, entries));
  connection_->rollback();
  EXPECT_EQ(append_samples(*connection_, 1).sequence, 3U);
  anchor(audit_tail(*connection_).value().value());
  EXPECT_TRUE(verify().findings.empty());
}

TEST_P(AuditLogTest, SeveralProcessesShareOneChain) {
  constexpr int kProcesses = 3;
  constexpr int kBatches = 12;
  std::vector<std::thread> threads;
  std::atomic<int> conflicts = 0;
  for (int process = 0; process < kProcesses; ++process) {
    threads.emplace_back([&, process] {
      const auto connection = database_.open();
      std::mt19937_64 random(static_cast<std::uint64_t>(process));
      for (int batch = 0; batch < kBatches; ++batch) {
        std::vector<AuditEntry> entries = {sample_entry(random, 0), sample_entry(random, 0)};
        if (!connection->begin_writing() || !append_entries(*connection, entries) || !connection->commit()) {
          ++conflicts;
          connection->rollback();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(conflicts, 0);
  const AuditTail tail = audit_tail(*connection_).value().value();
  EXPECT_EQ(tail.sequence, 2U * kProcesses * kBatches);
  anchor(tail);
  const auto result = verify();
  EXPECT_TRUE(result.findings.empty()) << to_string(result.findings.front());
  EXPECT_EQ(result.entries, tail.sequence);
  EXPECT_EQ(result.covered, tail.sequence);
}

TEST_P(AuditLogTest, ALogAsItWasWrittenIsWhole) {
  anchor(append_samples(*connection_, 1500));
  append_samples(*connection_, 3);
  const auto result = verify();
  EXPECT_TRUE(result.findings.empty()) << to_string(result.findings.front());
  EXPECT_EQ(result.entries, 1503U);
  EXPECT_EQ(result.covered, 1500U);
  EXPECT_EQ(result.anchors_met, 1U);
}

TEST_P(AuditLogTest, ManipulationsOfItsTablesAreFound) {
  anchor(append_samples(*connection_, 40));
  const auto expect_found = [&](const char* sql, AuditFault fault, std::optional<std::uint64_t> sequence) {
    // Undone afterwards, so that each is found alone.
    ASSERT_TRUE(
        connection_->run_script("CREATE TABLE kept_e AS SELECT * FROM audit_entry;"
                                "CREATE TABLE kept_s AS SELECT * FROM audit_subject"));
    tamper(sql);
    const AuditFinding finding = first_of_verification();
    EXPECT_EQ(finding.fault, fault) << sql << ": " << to_string(finding);
    EXPECT_EQ(finding.sequence, sequence) << sql;
    ASSERT_TRUE(connection_->run_script(
        "DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM kept_e; DROP TABLE kept_e;"
        "DELETE FROM audit_subject; INSERT INTO audit_subject SELECT * FROM kept_s; DROP TABLE kept_s"));
  };
  expect_found("DELETE FROM audit_entry WHERE sequence = 7", AuditFault::removed, 7);
  expect_found("DELETE FROM audit_entry WHERE sequence > 33", AuditFault::tail_removed, 34);
  expect_found("DELETE FROM audit_entry", AuditFault::tail_removed, 1);
  expect_found("UPDATE audit_entry SET entry = replace(entry, ':', ';') WHERE sequence = 9",
               AuditFault::changed, 9);
  expect_found("UPDATE audit_entry SET hash = 'x' WHERE sequence = 9", AuditFault::changed, 9);
  expect_found("UPDATE audit_entry SET time_us = 5 WHERE sequence = 9", AuditFault::changed, 9);
  expect_found(
      "INSERT INTO audit_entry SELECT -sequence, time_us, entry, hash FROM audit_entry WHERE sequence = 3",
      AuditFault::removed, 1);
  expect_found(
      "INSERT INTO audit_entry SELECT sequence + 38, time_us, entry, hash FROM audit_entry WHERE sequence = "
      "3",
      AuditFault::reordered, 41);
  expect_found("DELETE FROM audit_subject WHERE sequence = (SELECT min(sequence) FROM audit_subject)",
               AuditFault::changed, {});
  expect_found("INSERT INTO audit_subject (subject, sequence) VALUES ('p/x', 4)", AuditFault::changed, {});
  EXPECT_TRUE(verify().findings.empty());
}

TEST_P(AuditLogTest, AWholeThatWasWrittenAnewIsFoundByItsHeads) {
  const AuditTail before = append_samples(*connection_, 10);
  anchor(before);
  // An attacker with the database and this program, but without the signing key.
  tamper("DELETE FROM audit_entry; DELETE FROM audit_subject; UPDATE audit_chain SET sequence = 0, hash = '" +
         hexadecimal(first_hash(before.log_id)) + "'");
  append_samples(*connection_, 10);
  const AuditFinding finding = first_of_verification();
  EXPECT_EQ(finding.fault, AuditFault::rewritten);
  EXPECT_EQ(finding.anchor, "anchors.jsonl:1");
}

TEST_P(AuditLogTest, AnAnchorFileThatIsGoneOrShorterIsFound) {
  for (int i = 0; i < 3; ++i) anchor(append_samples(*connection_, 2));
  ASSERT_TRUE(verify().findings.empty());
  const auto size = std::filesystem::file_size(anchors());
  std::filesystem::resize_file(anchors(), size - size / 3);
  EXPECT_EQ(first_of_verification().fault, AuditFault::anchor_truncated);
  // What comes later does not hide it.
  anchor(append_samples(*connection_, 2));
  EXPECT_EQ(first_of_verification().fault, AuditFault::anchor_truncated);

  const std::vector<PublicKey> keys = {signer().public_key};
  const auto none = verify_log(*connection_, {}, keys);
  ASSERT_EQ(none->findings.size(), 1U);
  EXPECT_EQ(none->findings[0].fault, AuditFault::anchor_truncated);
}

TEST_P(AuditLogTest, AnEmptyDatabaseHasNothingToVerify) {
  const auto result = verify_log(*connection_, {}, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::not_found);
}

INSTANTIATE_TEST_SUITE_P(On, AuditLogTest, kBothDatabases, database_name);

class AnchorFileTest : public ::testing::Test {
 protected:
  Result<AnchorFile> open(std::uint64_t known = 0, std::uint8_t key = 1) const {
    return AnchorFile::open(path(), signing_key({key}), kLog, known);
  }
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "anchors.jsonl"; }
  [[nodiscard]] AnchorReader read() const {
    AnchorReader reader({kLog, {signing_key({1}).public_key}}, "anchors");
    EXPECT_TRUE(read_anchor_file(path(), reader));
    reader.finish({});
    return reader;
  }

  static constexpr const char* kLog = "00112233445566778899aabbccddeeff";
  TemporaryFolder folder_;
};

TEST_F(AnchorFileTest, GoesOnWhereItEnded) {
  for (std::uint64_t i = 1; i <= 20; ++i) {
    auto file = open();
    ASSERT_TRUE(file) << to_string(file.error());
    EXPECT_EQ(file->covered(), i - 1);
    ASSERT_TRUE(file->append({kLog, i, first_hash("a")}, 5));
  }
  EXPECT_TRUE(read().findings().empty());
  EXPECT_EQ(read().anchors().size(), 20U);
  const auto mode = std::filesystem::status(path()).permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(AnchorFileTest, GoesOnAfterALineThatWasCutOff) {
  ASSERT_TRUE(open()->append({kLog, 1, first_hash("a")}, 5));
  ASSERT_TRUE(open()->append({kLog, 2, first_hash("b")}, 5));
  std::filesystem::resize_file(path(), std::filesystem::file_size(path()) - 30);
  EXPECT_EQ(read().findings().size(), 1U);
  ASSERT_TRUE(open()->append({kLog, 2, first_hash("b")}, 6));
  EXPECT_TRUE(read().findings().empty());
  EXPECT_EQ(read().anchors().back().sequence, 2U);
}

TEST_F(AnchorFileTest, BelongsToOneProcessOneKeyAndOneLog) {
  {
    auto file = open();
    ASSERT_TRUE(file->append({kLog, 1, first_hash("a")}, 5));
    const auto second = open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  }
  EXPECT_EQ(open(0, 2).error().code, ErrorCode::conflict);
  EXPECT_EQ(AnchorFile::open(path(), signing_key({1}), std::string(32, '0'), 0).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(AnchorFile::open(folder_ / "no" / "such", signing_key({1}), kLog, 0).error().code,
            ErrorCode::unwritable);
}

TEST_F(AnchorFileTest, AKeyTakesOverFromAnother) {
  {
    auto file = open(0, 3);
    ASSERT_TRUE(file->append({kLog, 1, first_hash("a")}, 5));
    for (const std::uint8_t key : std::array<std::uint8_t, 2>{2, 1}) {
      file->hand_over(signing_key({key}));
      ASSERT_TRUE(file->append({kLog, 4U - key, first_hash("b")}, 6));
      ASSERT_TRUE(file->append({kLog, 4U - key, first_hash("b")}, 7));
    }
  }
  EXPECT_TRUE(open()) << "the last key goes on";
  EXPECT_TRUE(read().findings().empty());
  EXPECT_EQ(read().anchors().size(), 5U) << "what the keys before signed counts, too";
  EXPECT_EQ(read().signers().size(), 3U);

  // The database knows of more heads of a key before than the file has.
  AnchorReader reader({kLog, {signing_key({1}).public_key}}, "anchors");
  ASSERT_TRUE(read_anchor_file(path(), reader));
  reader.finish({{signing_key({2}).public_key, 3}});
  EXPECT_EQ(reader.findings().size(), 1U);

  // A line of the key before that is changed, or exchanged for another that it signed, no longer is what the
  // next key took over.
  const std::string whole = get_file(path());
  const auto first_end = whole.find('\n') + 1;
  const auto forged = [&](std::uint8_t key) {
    return signed_line({kLog, 1, first_hash("forged"), 5, 1, {}, {}}, signing_key({key})) + "\n";
  };
  for (const std::uint8_t key : std::array<std::uint8_t, 2>{3, 4}) {
    put_file(path(), forged(key) + whole.substr(first_end));
    const AnchorReader refused = read();
    EXPECT_FALSE(refused.findings().empty()) << int{key};
    for (const Anchor& anchor : refused.anchors()) EXPECT_NE(anchor.hash, first_hash("forged"));
  }
  // Nor does a stranger in front of the first line, or behind the last.
  put_file(path(), forged(4) + whole);
  EXPECT_FALSE(read().findings().empty());
  put_file(path(), whole + forged(4));
  EXPECT_FALSE(read().findings().empty());
}

TEST_F(AnchorFileTest, AFullDiskIsAnError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full on this system";
  std::filesystem::create_symlink("/dev/full", folder_ / "full");
  auto file = AnchorFile::open(folder_ / "full", signing_key({1}), kLog, 0);
  ASSERT_TRUE(file) << to_string(file.error());
  const auto written = file->append({kLog, 1, first_hash("a")}, 5);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::unwritable);
  EXPECT_EQ(file->covered(), 0U);
}

}  // namespace
}  // namespace reprise::record
