// SPDX-License-Identifier: Apache-2.0
#include "record/database/key.h"

#include <gmock/gmock.h>

#include "tests/support/test_files.h"

namespace reprise::record {
namespace {

using std::filesystem::perms;

TEST(DatabaseKey, IsMadeOnceAndReadableByItsOwnerOnly) {
  const TemporaryFolder folder;
  const auto made = read_or_make_key(folder / "key");
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_TRUE(made->made_now);
  EXPECT_EQ(std::filesystem::status(folder / "key").permissions(), perms::owner_read | perms::owner_write);
  const auto again = read_or_make_key(folder / "key");
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->made_now);
  EXPECT_EQ(again->key, made->key);
  EXPECT_NE(made->key, read_or_make_key(folder / "other")->key);
  EXPECT_EQ(folder.file_count(), 2U);
}

TEST(DatabaseKey, IsRefusedWhereOthersMayReadIt) {
  const TemporaryFolder folder;
  ASSERT_TRUE(read_or_make_key(folder / "key"));
  std::filesystem::permissions(folder / "key", perms::group_read, std::filesystem::perm_options::add);
  const auto refused = read_key(folder / "key");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
}

TEST(DatabaseKey, IsNotReplacedWhereItIsDamaged) {
  const TemporaryFolder folder;
  for (const char* text : {"", "12", "rot13:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                           "zz", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"}) {
    put_file(folder / "key", text);
    std::filesystem::permissions(folder / "key", perms::owner_read | perms::owner_write);
    const auto refused = read_or_make_key(folder / "key");
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
    EXPECT_EQ(get_file(folder / "key"), text);
  }
}

TEST(DatabaseKey, NamesACipherThatIsNotTheUsualOne) {
  const TemporaryFolder folder;
  const auto made = make_key(folder / "key", Cipher::chacha20_poly1305);
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_THAT(get_file(folder / "key"), ::testing::StartsWith("chacha20:"));
  const auto read = read_key(folder / "key");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->key, made->key);
  EXPECT_EQ(read->cipher, Cipher::chacha20_poly1305);
  EXPECT_EQ(read_or_make_key(folder / "usual")->cipher, Cipher::aegis_256);
  EXPECT_EQ(make_key(folder / "key").error().code, ErrorCode::unwritable) << "replaced a key";
}

TEST(DatabaseKey, ReportsAMissingOrUnwritableKey) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_key(folder / "key").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_or_make_key(folder / "no/folder").error().code, ErrorCode::unwritable);
}

}  // namespace
}  // namespace reprise::record
