// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/sha256.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// FIPS 180-4, examples published with the standard.
TEST(Sha256, MatchesTheStandardsExamples) {
  EXPECT_EQ(sha256_hex({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex(bytes_of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// Another of them: one million times the letter a, more than one piece of the reader.
constexpr const char* kMillionTimesA = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256OfFile, EqualsThePublishedExample) {
  const TemporaryFolder folder;
  put_file(folder / "a", std::string(1'000'000, 'a'));
  EXPECT_EQ(sha256_of_file(folder / "a", "testing").value_or(""), kMillionTimesA);
}

TEST(Sha256OfFile, EqualsThatOfTheSameBytesInMemory) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 3'000'000; ++i) text += static_cast<char>(i * 7);
  put_file(folder / "a", text);
  EXPECT_EQ(sha256_of_file(folder / "a", "testing").value_or(""), sha256_hex(bytes_of(text)));
  put_file(folder / "empty", "");
  EXPECT_EQ(sha256_of_file(folder / "empty", "testing").value_or(""), sha256_hex({}));
}

TEST(Sha256OfFile, SaysWhatCannotBeRead) {
  const TemporaryFolder folder;
  EXPECT_EQ(sha256_of_file(folder / "none", "testing").error().code, ErrorCode::not_found);
  EXPECT_EQ(sha256_of_file(folder.path(), "testing").error().code, ErrorCode::invalid_argument);
}

TEST(UuidOf, IsTheSameOfTheSameNameAndAUuid) {
  EXPECT_EQ(uuid_of("a"), uuid_of("a"));
  EXPECT_NE(uuid_of("a"), uuid_of("b"));
  EXPECT_TRUE(is_uuid(uuid_of("")));
  EXPECT_EQ(uuid_of("a")[14], '8') << "its version";
}

}  // namespace
}  // namespace reprise::sensing
