// SPDX-License-Identifier: Apache-2.0
#include "record/database/key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace reprise::record {
namespace {

constexpr const char* kStage = "reading the database's key";

struct Descriptor {
  int number;
  explicit Descriptor(int opened) : number(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

struct CipherName {
  Cipher cipher;
  std::string_view name;
};
constexpr std::array kCiphers = {CipherName{Cipher::aegis_256, "aegis"},
                                 CipherName{Cipher::chacha20_poly1305, "chacha20"}};

Result<KeyFile> parse_key_file(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.remove_suffix(1);
  KeyFile file{{}, false};
  const auto colon = text.find(':');
  const auto cipher =
      colon == std::string_view::npos ? std::optional{file.cipher} : cipher_of(text.substr(0, colon));
  if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
  std::size_t size = 0;
  const char* end = nullptr;
  const int status =
      ::sodium_hex2bin(file.key.data(), file.key.size(), text.data(), text.size(), nullptr, &size, &end);
  if (!cipher || status != 0 || size != file.key.size() || end != text.data() + text.size()) {
    return fail(
        ErrorCode::corrupt, kStage,
        "a key is 64 hexadecimal digits, after the name of a cipher where it is not the usual one, and "
        "this is something else",
        "restore the key file that was made with the database");
  }
  file.cipher = *cipher;
  return file;
}

Result<KeyFile> key_of(const Descriptor& file, const std::filesystem::path& path) {
  struct stat about {};
  if (::fstat(file.number, &about) != 0 || !S_ISREG(about.st_mode)) {
    return fail(ErrorCode::unreadable, kStage, path.string() + " is not a file", "name the key file");
  }
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(ErrorCode::invalid_argument, kStage, "others may read " + path.string(),
                "chmod 600 it, and make a new key if someone may have read it");
  }
  std::array<char, 256> text{};
  const auto size = ::read(file.number, text.data(), text.size());
  if (size < 0)
    return fail(ErrorCode::unreadable, kStage, path.string() + " cannot be read", "look at its disk");
  return parse_key_file({text.data(), static_cast<std::size_t>(size)});
}

}  // namespace

std::string_view to_string(Cipher cipher) {
  for (const CipherName& one : kCiphers) {
    if (one.cipher == cipher) return one.name;
  }
  return {};
}

std::optional<Cipher> cipher_of(std::string_view name) {
  for (const CipherName& one : kCiphers) {
    if (one.name == name) return one.cipher;
  }
  return {};
}

Result<KeyFile> make_key(const std::filesystem::path& path, Cipher cipher) {
  KeyFile made{{}, true, cipher};
  ::randombytes_buf(made.key.data(), made.key.size());
  std::array<char, 2 * 32 + 1> hex{};
  ::sodium_bin2hex(hex.data(), hex.size(), made.key.data(), made.key.size());
  hex.back() = '\n';
  const std::string text = (cipher == Cipher::aegis_256 ? "" : std::string{to_string(cipher)} + ":") +
                           std::string{hex.data(), hex.size()};
  // With a name of its own until it is whole and on the disk: a half-written key would lock its owner out.
  const std::string unfinished = path.string() + ".new";
  ::unlink(unfinished.c_str());
  const Descriptor file{
      ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
  const bool written = file.number >= 0 &&
                       ::write(file.number, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(file.number) == 0 && ::link(unfinished.c_str(), path.c_str()) == 0;
  const bool was_there = errno == EEXIST;
  ::unlink(unfinished.c_str());
  if (!written) {
    return fail(ErrorCode::unwritable, kStage,
                path.string() + (was_there ? " is there already" : " cannot be written"),
                was_there ? "start again" : "name a file in a folder that exists and has room");
  }
  const Descriptor folder{
      ::open(path.has_parent_path() ? path.parent_path().c_str() : ".", O_RDONLY | O_CLOEXEC)};
  ::fsync(folder.number);
  return made;
}

Result<KeyFile> read_key(const std::filesystem::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number >= 0) return key_of(file, path);
  if (errno == ENOENT) {
    return fail(
        ErrorCode::not_found, kStage, path.string() + " does not exist",
        "restore the key file that was made with the database: without it the database cannot be read");
  }
  return fail(ErrorCode::unreadable, kStage, path.string() + " cannot be opened", "let this user read it");
}

Result<KeyFile> read_or_make_key(const std::filesystem::path& path) {
  auto key = read_key(path);
  if (key || key.error().code != ErrorCode::not_found) return key;
  return make_key(path);
}

}  // namespace reprise::record
