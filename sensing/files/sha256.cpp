// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <system_error>
#include <vector>

namespace reprise::sensing {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string in_hexadecimal(const Digest& digest, unsigned int size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15u];
  }
  return hex;
}

}  // namespace

std::string sha256_hex(std::span<const std::uint8_t> bytes) {
  Digest digest{};
  unsigned int size = 0;
  // Fails only where the library lacks SHA-256; then the text is empty and matches no pinned hash.
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return {};
  return in_hexadecimal(digest, size);
}

std::string uuid_of(std::string_view name) {
  std::string id = sha256_hex({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()});
  id.resize(32, '0');
  id[12] = '8';
  id[16] = 'a';
  for (const std::size_t at : {20U, 16U, 12U, 8U}) id.insert(at, 1, '-');
  return id;
}

Result<std::string> sha256_of_file(const std::filesystem::path& path, std::string_view stage) {
  const std::string name = "'" + path.string() + "'";
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return fail(ErrorCode::not_found, std::string{stage}, name + " does not exist",
                "check the name and the folder");
  }
  if (!std::filesystem::is_regular_file(path, error)) {
    return fail(ErrorCode::invalid_argument, std::string{stage}, name + " is not a regular file",
                "name a file");
  }
  const auto unreadable = [&] {
    return fail(ErrorCode::unreadable, std::string{stage}, name + " cannot be read",
                "check that you may read it");
  };
  std::ifstream file{path, std::ios::binary};
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  if (!file || !context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) return unreadable();
  std::vector<char> piece(std::size_t{1} << 20);
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) return unreadable();
  Digest digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  return in_hexadecimal(digest, size);
}

}  // namespace reprise::sensing
