// SPDX-License-Identifier: Apache-2.0
#include "server/push/message_encryption.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>

#include "server/push/openssl_bytes.h"

namespace reprise::server::push {
namespace {

constexpr const char* kEncryptionStage = "encrypting a push message";
constexpr std::size_t kKeyBytes = 16;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::string_view kRecordSize{"\0\0\x10\0", 4};  // 4096

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* it) const { EVP_CIPHER_CTX_free(it); }
};

std::string hmac(std::string_view key, std::string_view text) {
  std::string out(32, '\0');
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(), bytes_of(out),
       &size);
  return out;
}

/// HKDF-Expand (RFC 5869) of at most 32 bytes: one block.
std::string expand(std::string_view key, std::string info, std::size_t size) {
  info += '\x01';
  return hmac(key, info).substr(0, size);
}

/// "Content-Encoding: NAME" and a zero byte.
std::string encoding_info(std::string_view name) {
  return "Content-Encoding: " + std::string{name} + std::string(1, '\0');
}

/// AES-128-GCM: ciphertext and tag; empty if OpenSSL has none.
std::string seal(std::string_view key, std::string_view nonce, std::string_view text) {
  const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context{EVP_CIPHER_CTX_new()};
  std::string out(text.size() + kTagBytes, '\0');
  int size = 0;
  int last = 0;
  if (!context ||
      EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key), bytes_of(nonce)) != 1 ||
      EVP_EncryptUpdate(context.get(), bytes_of(out), &size, bytes_of(text), static_cast<int>(text.size())) !=
          1 ||
      EVP_EncryptFinal_ex(context.get(), bytes_of(out) + size, &last) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagBytes),
                          bytes_of(out) + text.size()) != 1)
    return {};
  return out;
}

}  // namespace

Result<std::string> encrypt_message_with(const RecipientKeys& to, std::string_view text,
                                         const P256Key& sender, std::string_view salt, std::size_t shortest) {
  if (to.auth.size() != kAuthBytes || salt.size() != kSaltBytes || text.size() > kLongestText) {
    return fail(ErrorCode::invalid_argument, kEncryptionStage,
                "the secret or the salt has another length than 16 bytes, or the text is too long",
                "subscribe the device anew");
  }
  const auto shared = sender.agree(to.point);
  if (!shared) return tl::unexpected(shared.error());
  const std::string info =
      "WebPush: info" + std::string(1, '\0') + to.point + std::string{sender.public_point()};
  const std::string material = expand(hmac(to.auth, *shared), info, 32);
  const std::string key = hmac(salt, material);
  // The delimiter of the last record, and padding.
  std::string padded = std::string{text} + '\x02';
  padded.append(shortest - std::min(shortest, text.size()), '\0');
  const std::string sealed = seal(expand(key, encoding_info("aes128gcm"), kKeyBytes),
                                  expand(key, encoding_info("nonce"), kNonceBytes), padded);
  if (sealed.empty())
    return fail(ErrorCode::unavailable, kEncryptionStage, "OpenSSL has no AES-128-GCM",
                "install OpenSSL as packaged");
  return std::string{salt} + std::string{kRecordSize} + static_cast<char>(kPointBytes) +
         sender.public_point() + sealed;
}

Result<std::string> encrypt_message(const RecipientKeys& to, std::string_view text) {
  const auto sender = P256Key::generate();
  if (!sender) return tl::unexpected(sender.error());
  std::string salt(kSaltBytes, '\0');
  if (RAND_bytes(bytes_of(salt), static_cast<int>(salt.size())) != 1)
    return fail(ErrorCode::unavailable, kEncryptionStage, "OpenSSL has no random bytes",
                "restart the server");
  return encrypt_message_with(to, text, *sender, salt, kShortestText);
}

}  // namespace reprise::server::push
