// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/file_io.h"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

namespace fs = std::filesystem;

TEST(WriteFileAtomically, WritesExactlyTheBytes) {
  const TemporaryFolder folder;
  const std::string content{"a\0b\r\n\xff", 6};
  ASSERT_TRUE(write_file_atomically(folder / "x.bin", content));
  EXPECT_EQ(get_file(folder / "x.bin"), content);
  EXPECT_EQ(folder.file_count(), 1U);
}

TEST(WriteFileAtomically, GivesTheRightsThatTheUserHasChosenForNewFiles) {
  const TemporaryFolder folder;
  const mode_t before = ::umask(027);
  ASSERT_TRUE(write_file_atomically(folder / "x", "1"));
  ::umask(before);
  struct stat facts {};
  ASSERT_EQ(::stat((folder / "x").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0640U);
}

TEST(WriteFileAtomically, ReplacesAFileAndALinkButNotWhatTheLinkNames) {
  const TemporaryFolder folder;
  put_file(folder / "target", "kept");
  fs::create_symlink(folder / "target", folder / "link");
  ASSERT_TRUE(write_file_atomically(folder / "link", "new"));
  EXPECT_EQ(get_file(folder / "target"), "kept");
  EXPECT_EQ(get_file(folder / "link"), "new");
}

TEST(WriteFileAtomically, TakesANameInTheWorkingFolderAndAVeryLongOne) {
  const TemporaryFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  EXPECT_TRUE(write_file_atomically("plain", "1"));
  EXPECT_TRUE(write_file_atomically(std::string(255, 'n'), "1"));  // the longest name that file systems allow
  fs::current_path(before);
  EXPECT_EQ(folder.file_count(), 2U);
}

TEST(WriteFileAtomically, NamesAFolderThatIsNotThere) {
  const TemporaryFolder folder;
  const auto missing = write_file_atomically(folder / "no" / "x", "1");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_NE(missing.error().cause.find("no/x"), std::string::npos);
  put_file(folder / "file", "");
  EXPECT_EQ(write_file_atomically(folder / "file" / "x", "1").error().code, ErrorCode::not_found);
}

TEST(WriteFileAtomically, RefusesFoldersAndDevices) {
  const TemporaryFolder folder;
  EXPECT_EQ(write_file_atomically(folder.path(), "1").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(write_file_atomically("", "1").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(write_file_atomically("/dev/full", "1").error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST(WriteFileAtomically, LeavesNothingInAFolderThatMayNotBeWritten) {
  // /proc refuses new files even to root.
  const auto refused = write_file_atomically("/proc/reprise.json", "1");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().code == ErrorCode::unwritable || refused.error().code == ErrorCode::not_found);
  if (::geteuid() == 0) return;  // root may write anywhere
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const auto closed = write_file_atomically(folder / "x", "1");
  fs::permissions(folder.path(), fs::perms::owner_all);
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, ErrorCode::unwritable);
  EXPECT_EQ(folder.file_count(), 0U);
}

/// Lets no file of this process grow beyond a size, until it goes away.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST(WriteFileAtomically, KeepsTheOldFileWhenTheNewOneDoesNotFit) {
  const TemporaryFolder folder;
  put_file(folder / "session.json", "old");
  const std::string large(1 << 20, 'x');
  {
    const FileSizeLimit limit{64 << 10};
    const auto full = write_file_atomically(folder / "session.json", large);
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, ErrorCode::unwritable);
    EXPECT_NE(full.error().remedy.find("space"), std::string::npos);
  }
  EXPECT_EQ(get_file(folder / "session.json"), "old");
  EXPECT_EQ(folder.file_count(), 1U);
}

TEST(WriteFileAtomically, SaysThatTheDiskIsFull) {
  const TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
    GTEST_SKIP() << "mounting a small disk is not allowed here; the size limit test covers the path";
  }
  const auto full = write_file_atomically(folder / "report.html", std::string(1 << 20, 'x'));
  const std::size_t files = folder.file_count();
  ::umount(folder.path().c_str());
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::unwritable);
  EXPECT_NE(full.error().cause.find("No space left"), std::string::npos);
  EXPECT_EQ(files, 0U);
}

TEST(ReadFile, SaysWhatIsWrongWithAName) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_file(folder / "no", 10, "reading").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_file(folder.path(), 10, "reading").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(read_file("/dev/zero", 10, "reading").error().code, ErrorCode::invalid_argument);
}

TEST(ReadFile, RefusesANamedPipeInsteadOfWaiting) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_file(folder / "pipe", 10, "reading").error().code, ErrorCode::invalid_argument);
}

TEST(ReadFile, RefusesAHugeFileWithoutReadingIt) {
  const TemporaryFolder folder;
  put_file(folder / "huge.json", "");
  fs::resize_file(folder / "huge.json", std::uintmax_t{1} << 40);  // a hole of 1 TB
  const auto refused = read_file(folder / "huge.json", 1 << 20, "reading");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_NE(refused.error().cause.find("1048576"), std::string::npos);
}

}  // namespace
}  // namespace reprise::sensing
