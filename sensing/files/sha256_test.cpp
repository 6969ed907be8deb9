#include "sensing/files/sha256.h"

#include <gtest/gtest.h>

#include "tests/support/test_files.h"

namespace reprise {
namespace {

std::string sha256_of(const std::string& content) {
  const TemporaryFolder folder;
  put_file(folder / "a", content);
  return sha256_of_file(folder / "a", "testing").value_or("");
}

// FIPS 180-4, examples published with the standard; the last has a million letters.
TEST(Sha256OfFile, EqualsThePublishedExamples) {
  EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// By sha256sum; more than one piece of the reader.
TEST(Sha256OfFile, ReadsPieceByPiece) {
  std::string text;
  for (int i = 0; i < 3'000'000; ++i) text += static_cast<char>(i * 7);
  EXPECT_EQ(sha256_of(text), "0a5d49e5dd9cc7aa647824dc6f29fbbbffe477e210f5668eed4420c51c381521");
}

TEST(Sha256OfFile, SaysWhatCannotBeRead) {
  const TemporaryFolder folder;
  EXPECT_EQ(sha256_of_file(folder / "none", "testing").error().code, ErrorCode::not_found);
  EXPECT_EQ(sha256_of_file(folder.path(), "testing").error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise
