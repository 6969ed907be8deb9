// SPDX-License-Identifier: Apache-2.0
#include "server/administration/key_rotation.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "record/audit/audit_log.h"
#include "record/audit/verify_log.h"
#include "record/database/schema.h"
#include "server/administration/record_folder.h"
#include "tests/support/test_files.h"

namespace reprise::server {
namespace {

using record::Cipher;
using ::testing::HasSubstr;

constexpr std::int64_t kNowUs = 1'764'000'000'000'000;
constexpr std::array kSteps = {RotationStep::next_key_made, RotationStep::data_prepared,
                               RotationStep::data_replaced, RotationStep::key_replaced};

/// A record with something in it, and a signed head over its log.
class KeyRotationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    settings_.record.folder = folder_ / "record";
    auto opened = open_record_folder(settings_);
    ASSERT_TRUE(opened) << to_string(opened.error());
    const auto connection = record::connect(opened->options);
    ASSERT_TRUE(connection);
    ASSERT_TRUE(record::migrate(**connection));
    ASSERT_TRUE((*connection)->run_script("CREATE TABLE kept (what TEXT)"));
    std::vector<record::Value> values;
    const std::string text(500, 'x');
    for (int i = 0; i < kRows; ++i) values.emplace_back(std::string_view{text});
    ASSERT_TRUE((*connection)->begin_writing());
    ASSERT_TRUE((*connection)->insert("kept", "what", 1, values));
    std::vector<record::AuditEntry> entries(3);
    const auto tail = record::append_entries(**connection, entries);
    ASSERT_TRUE(tail && (*connection)->commit());
    auto anchors =
        record::AnchorFile::open(opened->options.audit.anchors, opened->options.audit.key, tail->log_id, 0);
    ASSERT_TRUE(anchors);
    const auto head = anchors->append(*tail, kNowUs);
    ASSERT_TRUE(head && record::note_head(**connection, head->head));
  }

  /// Returns its content and the problems of its log. -1: it does not open.
  [[nodiscard]] int rows() const {
    const auto opened = open_record_folder(settings_);
    if (!opened) return ADD_FAILURE() << to_string(opened.error()), -1;
    const auto connection = record::connect(opened->options);
    if (!connection) return ADD_FAILURE() << to_string(connection.error()), -1;
    int count = -1;
    EXPECT_TRUE((*connection)->query("SELECT count(*) FROM kept", {}, [&](record::Row row) {
      count = static_cast<int>(std::get<std::int64_t>(row[0]));
      return false;
    }));
    const std::array<record::AnchorSource, 1> sources = {
        record::AnchorSource{anchor_file(settings_), false, {}}};
    const std::array<record::PublicKey, 1> signers = {opened->options.audit.key.public_key};
    const auto verified = record::verify_log(**connection, sources, signers);
    if (!verified) return ADD_FAILURE() << to_string(verified.error()), -1;
    for (const auto& finding : verified->findings) ADD_FAILURE() << to_string(finding);
    return count;
  }

  [[nodiscard]] std::string key(const char* name) const { return get_file(settings_.record.folder / name); }

  /// In a process of its own, which `die` may kill.
  template <class Work>
  static int in_process(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
      work();
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
  static AfterStep die_after(RotationStep step) {
    return [step](RotationStep done) {
      if (done == step) ::kill(::getpid(), SIGKILL);
    };
  }

  static constexpr int kRows = 2000;
  TemporaryFolder folder_;
  Settings settings_;
};

TEST_F(KeyRotationTest, EncryptsTheRecordAnew) {
  const std::string old_key = key("record.key");
  const auto before = get_file(settings_.record.folder / "record.db");
  const auto rotated = rotate_record_key(settings_, Cipher::aegis_256, kNowUs);
  ASSERT_TRUE(rotated) << to_string(rotated.error());
  EXPECT_NE(key("record.key"), old_key);
  EXPECT_EQ(get_file(rotated->old_key), old_key) << "it opens the backups made before";
  EXPECT_EQ(rows(), kRows);
  const auto old = record::read_key(rotated->old_key);
  EXPECT_EQ(
      record::open_sqlite({.file = settings_.record.folder / "record.db", .key = old->key}).error().code,
      ErrorCode::corrupt);
  for (const auto& file : std::filesystem::directory_iterator{settings_.record.folder}) {
    EXPECT_THAT(file.path().string(), ::testing::Not(HasSubstr(".next")));
  }
}

TEST_F(KeyRotationTest, ExchangesTheCipherWithTheKey) {
  for (const Cipher cipher : {Cipher::chacha20_poly1305, Cipher::chacha20_poly1305, Cipher::aegis_256}) {
    static std::int64_t now_us = kNowUs;
    ASSERT_TRUE(rotate_record_key(settings_, cipher, now_us += 1'000'000));
    EXPECT_EQ(record::read_key(record_key_file(settings_))->cipher, cipher);
    EXPECT_EQ(rows(), kRows);
  }
}

TEST_F(KeyRotationTest, LosesNothingWhereItIsKilledBetweenItsSteps) {
  std::int64_t now_us = kNowUs;
  for (const RotationStep step : kSteps) {
    for (const Cipher cipher : {Cipher::chacha20_poly1305, Cipher::aegis_256}) {
      const std::string record_key = key("record.key");
      now_us += 1'000'000;
      ASSERT_EQ(in_process([&] {
                  static_cast<void>(rotate_record_key(settings_, cipher, now_us, die_after(step)));
                }),
                -SIGKILL);
      EXPECT_EQ(rows(), kRows) << static_cast<int>(step);
      EXPECT_EQ(key("record.key") != record_key, step >= RotationStep::data_replaced);
      EXPECT_FALSE(std::filesystem::exists(settings_.record.folder / "record.key.next"));
      EXPECT_FALSE(std::filesystem::exists(settings_.record.folder / "record.db.next"));
    }
    const std::string audit_key = key("audit.key");
    ASSERT_EQ(in_process([&] { static_cast<void>(rotate_audit_key(settings_, now_us, die_after(step))); }),
              -SIGKILL);
    EXPECT_EQ(rows(), kRows) << static_cast<int>(step);
    EXPECT_EQ(key("audit.key") != audit_key, step >= RotationStep::data_replaced);
  }
  EXPECT_TRUE(rotate_record_key(settings_, Cipher::aegis_256, now_us + 1'000'000));
  EXPECT_TRUE(rotate_audit_key(settings_, now_us));
  EXPECT_EQ(rows(), kRows);
}

TEST_F(KeyRotationTest, LosesNothingWhereItIsKilledAtAnyMoment) {
  for (int i = 0; i < 15; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      static_cast<void>(rotate_record_key(settings_, Cipher::aegis_256, kNowUs + i * 1'000'000));
      static_cast<void>(rotate_audit_key(settings_, kNowUs));
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(2000 + 7919 * i % 60'000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ASSERT_EQ(rows(), kRows);
  }
}

TEST_F(KeyRotationTest, TheOldAuditKeyNamesTheNewOneAndTheNewOneTheOldHead) {
  const std::string old_key = key("audit.key");
  const auto rotated = rotate_audit_key(settings_, kNowUs);
  ASSERT_TRUE(rotated) << to_string(rotated.error());
  EXPECT_NE(key("audit.key"), old_key);
  EXPECT_EQ(rows(), kRows) << "and the log verifies";
  const std::string heads = get_file(anchor_file(settings_));
  std::vector<record::AuditHead> signed_heads;
  std::string before;
  for (std::size_t at = 0; at < heads.size();) {
    const auto end = heads.find('\n', at);
    const std::string line = heads.substr(at, end - at);
    signed_heads.push_back(record::read_signed_line(line).value());
    if (signed_heads.back().number == 1 && !before.empty()) {
      EXPECT_EQ(signed_heads.back().previous, record::hash_of_line(before));
    }
    before = line;
    at = end + 1;
  }
  ASSERT_EQ(signed_heads.size(), 3U);
  EXPECT_EQ(signed_heads[1].signer, rotated->before);
  EXPECT_EQ(signed_heads[2].signer, rotated->now);
  const auto opened = open_record_folder(settings_);
  const auto connection = record::connect(opened->options);
  const auto entry = record::find_entry(**connection, signed_heads[1].sequence);
  ASSERT_TRUE(entry && *entry);
  EXPECT_THAT((*entry)->reason, HasSubstr("signs after"));

  // Forged older heads are still detected.
  std::string forged = heads;
  const auto hash = forged.find("\"hash\":\"") + 8;
  forged[hash] = forged[hash] == '0' ? '1' : '0';
  put_file(anchor_file(settings_), forged);
  const std::array<record::AnchorSource, 1> sources = {
      record::AnchorSource{anchor_file(settings_), false, {}}};
  const std::array<record::PublicKey, 1> signers = {rotated->now};
  EXPECT_FALSE(record::verify_log(**connection, sources, signers)->findings.empty());
}

TEST_F(KeyRotationTest, ChangesNothingWhileTheRecordIsInUse) {
  const auto in_use = open_record_folder(settings_);
  ASSERT_TRUE(in_use);
  const std::string before = key("record.key") + key("audit.key");
  const auto refused = rotate_record_key(settings_, Cipher::aegis_256, kNowUs);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_FALSE(rotate_audit_key(settings_, kNowUs));
  EXPECT_EQ(key("record.key") + key("audit.key"), before);
  EXPECT_EQ(rows(), kRows);

  // No other process opens it meanwhile.
  const TemporaryFolder other;
  Settings of_other;
  of_other.record.folder = other / "record";
  const auto alone = open_record_folder(of_other, KeyUse::alone);
  ASSERT_TRUE(alone);
  EXPECT_EQ(open_record_folder(of_other).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace reprise::server
