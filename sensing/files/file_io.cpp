// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/file_io.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <system_error>
#include <utility>

namespace reprise::sensing {
namespace {

constexpr std::string_view kWritingFile = "writing a file";

/// Owns a descriptor, so that no return path leaks it.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  /// Network file systems report a failed write only here.
  [[nodiscard]] bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

/// Removes the temporary file unless it was renamed to the final one.
class Temporary {
 public:
  explicit Temporary(std::string path) : path_(std::move(path)) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  [[nodiscard]] const char* path() const { return path_.c_str(); }
  void keep() { path_.clear(); }

 private:
  std::string path_;
};

std::string system_text(int error) {
  return std::generic_category().message(error);
}

tl::unexpected<Error> write_failure(const std::filesystem::path& path, int error) {
  const std::string cause = "'" + path.string() + "' could not be written: " + system_text(error);
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return fail(ErrorCode::not_found, std::string{kWritingFile}, cause,
                  "create the folder first, or name another one");
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return fail(ErrorCode::unwritable, std::string{kWritingFile}, cause,
                  "free some space or choose another disk; nothing was left behind");
    default:
      return fail(ErrorCode::unwritable, std::string{kWritingFile}, cause,
                  "choose a folder that you may write to; nothing was left behind");
  }
}

std::optional<int> write_all(int fd, std::string_view contents) {
  while (!contents.empty()) {
    const ssize_t written = ::write(fd, contents.data(), contents.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    contents.remove_prefix(static_cast<std::size_t>(written));
  }
  return std::nullopt;
}

/// Returns an unpredictable, unused name beside `path`.
std::string temporary_name(const std::filesystem::path& path) {
  std::uint64_t random = 0;
  if (::getrandom(&random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) {
    random = static_cast<std::uint64_t>(::getpid());  // O_EXCL still protects another process's file
  }
  char suffix[32];
  std::snprintf(suffix, sizeof suffix, ".%016llx.tmp", static_cast<unsigned long long>(random));
  std::string stem = path.filename().string();
  if (stem.size() > 200) stem.resize(200);  // a name may have 255 bytes
  return (path.parent_path() / ("." + stem + suffix)).string();
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes,
                              std::string_view stage) {
  const std::string name = "'" + path.string() + "'";
  // Not blocking: a named pipe without a writer would block forever.
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  struct stat facts {};
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) {
    const int error = errno;
    const bool missing = error == ENOENT || error == ENOTDIR;
    return fail(missing ? ErrorCode::not_found : ErrorCode::unreadable, std::string{stage},
                name + " cannot be opened: " + system_text(error),
                missing ? "check the name and the folder" : "check that you may read it");
  }
  if (!S_ISREG(facts.st_mode)) {
    return fail(ErrorCode::invalid_argument, std::string{stage},
                name + (S_ISDIR(facts.st_mode) ? " is a folder" : " is not a regular file"), "name a file");
  }
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size > max_bytes) {
    return fail(ErrorCode::unsupported, std::string{stage},
                name + " has " + std::to_string(size) + " bytes; the limit is " + std::to_string(max_bytes),
                "split the recording into shorter ones");
  }
  std::string contents(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got = ::read(file.get(), contents.data() + have, size - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return fail(ErrorCode::unreadable, std::string{stage}, name + " cannot be read: " + system_text(errno),
                  "check the disk, or copy the file again");
    }
    if (got == 0) break;  // the file became shorter during the read
    have += static_cast<std::size_t>(got);
  }
  contents.resize(have);
  return contents;
}

Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view contents) {
  if (!path.has_filename() || path.filename() == "." || path.filename() == "..") {
    return fail(ErrorCode::invalid_argument, std::string{kWritingFile},
                "'" + path.string() + "' names no file", "add a file name");
  }
  // A rename would replace a device such as /dev/null for every process.
  struct stat facts {};
  if (::stat(path.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode)) {
    return fail(ErrorCode::invalid_argument, std::string{kWritingFile},
                "'" + path.string() + (S_ISDIR(facts.st_mode) ? "' is a folder" : "' is not a regular file"),
                "name a file");
  }

  const std::string name = temporary_name(path);
  Descriptor file{::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666)};
  if (file.get() < 0) return write_failure(path, errno);
  Temporary temporary{name};
  if (const auto error = write_all(file.get(), contents)) return write_failure(path, *error);
  if (::fsync(file.get()) != 0) return write_failure(path, errno);
  if (!file.close()) return write_failure(path, errno);
  if (::rename(temporary.path(), path.c_str()) != 0) return write_failure(path, errno);
  temporary.keep();

  // The new name itself must survive a power cut; if a folder cannot be flushed, the file is still complete.
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const Descriptor directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.get() >= 0) (void)::fsync(directory.get());
  return {};
}

Error error_in_file(Error error, const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  if (error.cause.find("'" + path.string() + "'") == std::string::npos &&
      error.cause.find("'" + name + "'") == std::string::npos)
    error.cause = "'" + name + "': " + error.cause;
  return error;
}

}  // namespace reprise::sensing
