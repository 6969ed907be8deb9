// SPDX-License-Identifier: Apache-2.0
#include "record/audit/verifier.h"

#include <gtest/gtest.h>

#include <functional>

#include "record/audit/head.h"
#include "record/audit/hexadecimal.h"
#include "tests/support/audit_samples.h"

namespace reprise::record {
namespace {

constexpr const char* kLogId = "00112233445566778899aabbccddeeff";

struct Row {
  std::uint64_t sequence;
  std::string text;
  std::string hash;
  friend bool operator==(const Row&, const Row&) = default;
};

struct Log {
  std::vector<Row> rows;
  std::vector<std::string> anchors;  // lines
};

SigningKey key_of(std::uint8_t number) {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(number);
  return signing_key(seed);
}

// Makes the hashes of the rows anew, from this one on.
void chain(std::vector<Row>& rows, std::size_t from) {
  for (std::size_t i = from; i < rows.size(); ++i) {
    const AuditHash before = i == 0 ? first_hash(kLogId) : from_hexadecimal<32>(rows[i - 1].hash).value();
    rows[i].hash = hexadecimal(next_hash(before, rows[i].text));
  }
}

void sign(Log& log, std::uint64_t sequence, const SigningKey& key) {
  AuditHead head;
  head.log_id = kLogId;
  head.sequence = sequence;
  head.hash = from_hexadecimal<32>(log.rows.at(sequence - 1).hash).value();
  head.time_us = 1'700'000'000'000'000;
  head.number = log.anchors.size() + 1;
  if (!log.anchors.empty()) head.previous = hash_of_line(log.anchors.back());
  log.anchors.push_back(signed_line(head, key));
}

// The last head covers the last entry.
Log sample_log(std::mt19937_64& random, std::size_t size) {
  Log log;
  for (std::size_t i = 1; i <= size; ++i) log.rows.push_back({i, encode(sample_entry(random, i)), ""});
  chain(log.rows, 0);
  for (std::size_t i = 3; i < size; i += 8 + random() % 12) sign(log, i, key_of(1));
  sign(log, size, key_of(1));
  return log;
}

std::vector<AuditFinding> verify(const Log& log, std::uint64_t heads_known = 0) {
  AnchorReader reader({kLogId, {key_of(1).public_key}}, "anchors");
  for (const std::string& line : log.anchors) reader.line(line);
  reader.finish({{key_of(1).public_key, heads_known}});
  AuditVerifier verifier(kLogId, reader.anchors());
  for (const Row& row : log.rows) verifier.step({row.sequence, row.text, row.hash});
  verifier.finish({});
  std::vector<AuditFinding> findings = reader.findings();
  findings.insert(findings.end(), verifier.findings().begin(), verifier.findings().end());
  return findings;
}

AuditFinding first_finding(const Log& log, std::uint64_t heads_known = 0) {
  const auto findings = verify(log, heads_known);
  return findings.empty() ? AuditFinding{AuditFault::changed, {}, "", "nothing was found"} : findings.front();
}

TEST(AuditVerifier, FindsNothingInALogAsItWasWritten) {
  std::mt19937_64 random(3);
  for (const std::size_t size : {5U, 6U, 40U}) EXPECT_TRUE(verify(sample_log(random, size)).empty());
}

TEST(AuditVerifier, AnEmptyLogIsWhole) {
  AuditVerifier verifier(kLogId, {});
  verifier.finish({});
  EXPECT_TRUE(verifier.findings().empty());
}

TEST(AuditVerifier, NamesTheChangedEntry) {
  std::mt19937_64 random(4);
  Log log = sample_log(random, 30);
  AuditEntry entry = decode_entry(log.rows[11].text).value();
  entry.account = "other-account";
  log.rows[11].text = encode(entry);
  const auto findings = verify(log);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].fault, AuditFault::changed);
  EXPECT_EQ(findings[0].sequence, 12U);
}

TEST(AuditVerifier, NamesTheMissingEntries) {
  std::mt19937_64 random(5);
  Log log = sample_log(random, 30);
  log.rows.erase(log.rows.begin() + 7, log.rows.begin() + 10);
  const auto middle = verify(log);
  ASSERT_EQ(middle.size(), 1U);
  EXPECT_EQ(middle[0].fault, AuditFault::removed);
  EXPECT_EQ(middle[0].sequence, 8U);
  EXPECT_EQ(to_string(middle[0]), "entry 8: entries 8 to 10 are missing");

  Log cut = sample_log(random, 30);
  cut.rows.resize(28);
  const AuditFinding tail = first_finding(cut);
  EXPECT_EQ(tail.fault, AuditFault::tail_removed);
  EXPECT_EQ(tail.sequence, 29U);
  EXPECT_EQ(tail.anchor, "anchors:" + std::to_string(cut.anchors.size()));

  cut.rows.clear();
  EXPECT_EQ(first_finding(cut).fault, AuditFault::tail_removed);
}

TEST(AuditVerifier, FindsAWholeThatWasWrittenAnew) {
  std::mt19937_64 random(6);
  Log log = sample_log(random, 40);
  const AuditHead second = read_signed_line(log.anchors[1]).value();
  AuditEntry entry = decode_entry(log.rows[second.sequence].text).value();
  entry.patients = {"unknown"};
  log.rows[second.sequence].text = encode(entry);
  chain(log.rows, second.sequence);
  const auto findings = verify(log);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].fault, AuditFault::rewritten);
  EXPECT_EQ(findings[0].sequence, second.sequence + 1);
  EXPECT_EQ(findings[0].anchor, "anchors:3");
}

TEST(AuditVerifier, FindsAnotherEnd) {
  std::mt19937_64 random(7);
  const Log log = sample_log(random, 10);
  const auto end = [&](std::uint64_t sequence, const std::string& hash) {
    AuditVerifier verifier(kLogId, {});
    for (const Row& row : log.rows) verifier.step({row.sequence, row.text, row.hash});
    verifier.finish(AuditVerifier::Last{sequence, from_hexadecimal<32>(hash).value()});
    return verifier.findings();
  };
  EXPECT_TRUE(end(10, log.rows[9].hash).empty());
  ASSERT_EQ(end(12, log.rows[9].hash).size(), 1U);
  EXPECT_EQ(end(12, log.rows[9].hash)[0].fault, AuditFault::tail_removed);
  EXPECT_EQ(end(9, log.rows[8].hash).size(), 1U);
  EXPECT_EQ(end(10, log.rows[8].hash).size(), 1U);
}

TEST(AnchorFile, DistinguishesForgedFromMissing) {
  std::mt19937_64 random(8);
  const Log whole = sample_log(random, 40);
  Log log = whole;
  log.anchors.erase(log.anchors.begin() + 1);
  EXPECT_EQ(first_finding(log).fault, AuditFault::anchor_truncated);
  log = whole;
  log.anchors.pop_back();
  EXPECT_TRUE(verify(log).empty()) << "not detectable";
  EXPECT_EQ(first_finding(log, whole.anchors.size()).fault, AuditFault::anchor_truncated)
      << "the database knows";
  log = whole;
  sign(log, 40, key_of(2));
  EXPECT_EQ(first_finding(log).fault, AuditFault::anchor_forged);
  log = whole;
  std::swap(log.anchors[0], log.anchors[1]);
  EXPECT_FALSE(verify(log).empty());
  log = whole;
  log.anchors.back().back() = ' ';
  EXPECT_EQ(first_finding(log).fault, AuditFault::anchor_damaged);
  log = whole;
  log.anchors.clear();
  EXPECT_EQ(first_finding(log, 3).fault, AuditFault::anchor_truncated);
}

TEST(AnchorFile, AWriteThatACrashCutOffIsNoDamage) {
  std::mt19937_64 random(9);
  Log log = sample_log(random, 40);
  log.anchors.insert(log.anchors.begin() + 2, log.anchors[2].substr(0, 50));
  EXPECT_TRUE(verify(log).empty());
  log.anchors.erase(log.anchors.begin() + 3);
  EXPECT_EQ(first_finding(log).fault, AuditFault::anchor_truncated)
      << "a cut line in the place of a whole one";
}

TEST(AnchorFile, OneHeadThatWasSentElsewhereShowsARewrittenLog) {
  std::mt19937_64 random(10);
  Log log = sample_log(random, 40);
  const std::string sent = log.anchors[2];
  const auto check = [&] {
    AnchorReader reader({kLogId, {key_of(1).public_key}}, "mail", true);
    reader.line(sent, false);
    reader.finish({});
    EXPECT_TRUE(reader.findings().empty());
    AuditVerifier verifier(kLogId, reader.anchors());
    for (const Row& row : log.rows) verifier.step({row.sequence, row.text, row.hash});
    verifier.finish({});
    return verifier.findings();
  };
  EXPECT_TRUE(check().empty());
  AuditEntry entry = decode_entry(log.rows[0].text).value();
  entry.time_us += 1;
  log.rows[0].text = encode(entry);
  chain(log.rows, 0);
  ASSERT_EQ(check().size(), 1U);
  EXPECT_EQ(check()[0].anchor, "mail:1");
}

TEST(AuditHead, HasOneFormAndOneSignature) {
  const SigningKey key = key_of(1);
  const AuditHead head{kLogId,        17, first_hash(kLogId), 1'700'000'000'000'000, 3, first_hash("x"),
                       key.public_key};
  const std::string line = signed_line(head, key);
  ASSERT_TRUE(read_signed_line(line));
  EXPECT_EQ(*read_signed_line(line), head);
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::string other = line;
    other[i] = other[i] == '1' ? '2' : '1';
    EXPECT_FALSE(read_signed_line(other)) << i;
    EXPECT_FALSE(read_signed_line(line.substr(0, i))) << i;
  }
  EXPECT_FALSE(read_signed_line(line + " "));
  EXPECT_FALSE(read_signed_line(std::string(5000, '[')));
}

TEST(AuditHead, IsDueByCountOrTime) {
  const HeadSchedule schedule{.entries = 100, .interval_us = 1000};
  EXPECT_FALSE(head_is_due(schedule, 5, 0, 5, 9'999'999)) << "nothing is new";
  EXPECT_FALSE(head_is_due(schedule, 5, 0, 6, 999));
  EXPECT_TRUE(head_is_due(schedule, 5, 0, 6, 1000));
  EXPECT_TRUE(head_is_due(schedule, 5, 0, 105, 1));
}

// Manipulations of a log, with and without recomputing the later hashes. Each results in a different log.
using Mutation = std::function<void(Log&, std::mt19937_64&)>;

std::size_t any_of(const auto& list, std::mt19937_64& random) {
  return random() % list.size();
}

void flip(std::string& text, std::mt19937_64& random) {
  text[any_of(text, random)] ^= static_cast<char>(1U << random() % 8);
}

void renumber(std::vector<Row>& rows, std::size_t from) {
  for (std::size_t i = from; i < rows.size(); ++i) {
    AuditEntry entry = decode_entry(rows[i].text).value();
    entry.sequence = rows[i].sequence = i + 1;
    rows[i].text = encode(entry);
  }
  chain(rows, from);
}

AuditEntry other_entry(const AuditEntry& entry, std::mt19937_64& random) {
  AuditEntry other = entry;
  while (other == entry) other = sample_entry(random, entry.sequence);
  return other;
}

const std::vector<std::pair<const char*, Mutation>>& mutations() {
  static const std::vector<std::pair<const char*, Mutation>> kAll = {
      {"a bit of an entry",
       [](Log& log, auto& random) { flip(log.rows[any_of(log.rows, random)].text, random); }},
      {"a bit of a hash",
       [](Log& log, auto& random) { flip(log.rows[any_of(log.rows, random)].hash, random); }},
      {"another number",
       [](Log& log, auto& random) { log.rows[any_of(log.rows, random)].sequence += 1 + random() % 100; }},
      {"another entry",
       [](Log& log, auto& random) {
         Row& row = log.rows[any_of(log.rows, random)];
         row.text = encode(other_entry(decode_entry(row.text).value(), random));
       }},
      {"another entry, chained anew",
       [](Log& log, auto& random) {
         const std::size_t at = any_of(log.rows, random);
         log.rows[at].text = encode(other_entry(decode_entry(log.rows[at].text).value(), random));
         chain(log.rows, at);
       }},
      {"another entry, only its own hash anew",
       [](Log& log, auto& random) {
         const std::size_t at = any_of(log.rows, random);
         const auto before = log.rows;
         log.rows[at].text = encode(other_entry(decode_entry(log.rows[at].text).value(), random));
         chain(log.rows, at);
         for (std::size_t i = at + 1; i < log.rows.size(); ++i) log.rows[i].hash = before[i].hash;
       }},
      {"entries removed",
       [](Log& log, auto& random) {
         const std::size_t at = any_of(log.rows, random);
         const std::size_t count = 1 + random() % (log.rows.size() - at);
         log.rows.erase(log.rows.begin() + static_cast<long>(at),
                        log.rows.begin() + static_cast<long>(at + count));
       }},
      {"entries removed, numbered and chained anew",
       [](Log& log, auto& random) {
         const std::size_t at = any_of(log.rows, random);
         log.rows.erase(log.rows.begin() + static_cast<long>(at));
         renumber(log.rows, at);
       }},
      {"the end removed", [](Log& log, auto& random) { log.rows.resize(any_of(log.rows, random)); }},
      {"the end removed with its heads, but for a copy elsewhere",
       [](Log& log, auto& random) {
         const std::size_t left = any_of(log.rows, random);
         log.rows.resize(left);
         const std::string copy = log.anchors.back();
         while (!log.anchors.empty() && read_signed_line(log.anchors.back())->sequence > left)
           log.anchors.pop_back();
         log.anchors.push_back(copy);
       }},
      {"an entry twice",
       [](Log& log, auto& random) {
         const std::size_t at = any_of(log.rows, random);
         const Row copy = log.rows[at];
         log.rows.insert(log.rows.begin() + static_cast<long>(random() % (log.rows.size() + 1)), copy);
       }},
      {"an entry put in, numbered and chained anew",
       [](Log& log, auto& random) {
         const std::size_t at = any_of(log.rows, random);
         log.rows.insert(log.rows.begin() + static_cast<long>(at),
                         {at + 1, encode(sample_entry(random, at + 1)), ""});
         renumber(log.rows, at);
       }},
      {"two entries exchanged",
       [](Log& log, auto& random) {
         const std::size_t at = any_of(log.rows, random);
         std::swap(log.rows[at], log.rows[(at + 1 + random() % (log.rows.size() - 1)) % log.rows.size()]);
       }},
      {"two entries exchanged under their numbers, chained anew",
       [](Log& log, auto& random) {
         const std::size_t at = random() % (log.rows.size() - 1);
         std::swap(log.rows[at].text, log.rows[at + 1].text);
         renumber(log.rows, at);
       }},
      {"a bit of a signed head",
       [](Log& log, auto& random) { flip(log.anchors[any_of(log.anchors, random)], random); }},
      {"all anew, with heads of another key",
       [](Log& log, auto& random) {
         log.rows[0].text = encode(other_entry(decode_entry(log.rows[0].text).value(), random));
         chain(log.rows, 0);
         log.anchors.clear();
         sign(log, log.rows.size(), key_of(2));
       }},
      {"a signed head removed from the middle", [](Log& log, auto& random) {
         if (log.anchors.size() == 1) return log.anchors.push_back(log.anchors[0]);
         log.anchors.erase(log.anchors.begin() + static_cast<long>(random() % (log.anchors.size() - 1)));
       }}};
  return kAll;
}

TEST(ManyMutations, AreAllFound) {
  constexpr int kMutations = 10'000;
  std::mt19937_64 random(11);
  std::map<std::string, int> done;
  for (int i = 0; i < kMutations;) {
    const Log log = sample_log(random, 6 + random() % 25);
    ASSERT_TRUE(verify(log).empty());
    for (int of_log = 0; of_log < 100 && i < kMutations; ++of_log, ++i) {
      Log changed = log;
      const auto& [name, mutate] = mutations()[any_of(mutations(), random)];
      mutate(changed, random);
      ++done[name];
      ASSERT_FALSE(verify(changed).empty()) << name << ", mutation " << i;
    }
  }
  EXPECT_EQ(done.size(), mutations().size());
}

}  // namespace
}  // namespace reprise::record
