// SPDX-License-Identifier: Apache-2.0
#include "server/push/vapid.h"

#include "base/base64.h"

namespace reprise::server::push {

Result<std::string> vapid_authorization(const P256Key& key, std::string_view origin, std::string_view contact,
                                        std::int64_t now_s) {
  // Neither an origin nor a mail address has characters that JSON escapes.
  const std::string claims = R"({"aud":")" + std::string{origin} + R"(","exp":)" +
                             std::to_string(now_s + kVapidSeconds) + R"(,"sub":"mailto:)" +
                             std::string{contact} + R"("})";
  const std::string text = to_base64url(R"({"typ":"JWT","alg":"ES256"})") + '.' + to_base64url(claims);
  const auto signature = key.sign(text);
  if (!signature) return tl::unexpected(signature.error());
  return "vapid t=" + text + '.' + to_base64url(*signature) + ", k=" + to_base64url(key.public_point());
}

}  // namespace reprise::server::push
