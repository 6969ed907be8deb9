// SPDX-License-Identifier: Apache-2.0
#include "server/push/web_push.h"

#include "server/mail/transfer.h"
#include "server/push/vapid.h"

namespace reprise::server::push {
namespace {

/// Windows' service refuses a message whose lifetime and this field disagree (docs/sources.md, WP5).
constexpr std::string_view kWindows = ".notify.windows.com";

/// Other messages wait meanwhile.
constexpr std::chrono::seconds kPatience{15};

bool is_windows(std::string_view host) {
  return host.size() > kWindows.size() && host.substr(host.size() - kWindows.size()) == kWindows;
}

std::vector<std::string> fields_of(const PushMessage& message, const std::string& authorization,
                                   const std::string& host) {
  std::vector<std::string> fields = {"Authorization: " + authorization, "Content-Encoding: aes128gcm",
                                     "TTL: " + std::to_string(message.lifetime.count()),
                                     "Topic: " + message.topic, "Urgency: normal"};
  if (is_windows(host)) fields.emplace_back("X-WNS-Cache-Policy: cache");
  return fields;
}

Pushed given_up(const Error& error) {
  return {Pushed::End::refused, error.cause};
}

}  // namespace

Pushed::End end_of(long status) {
  if (status / 100 == 2) return Pushed::End::sent;
  if (status == 404 || status == 410) return Pushed::End::ended;
  return status == 429 || status / 100 == 5 ? Pushed::End::again : Pushed::End::refused;
}

Pushed send_push(const PushSender& sender, const Subscription& to, const PushMessage& message,
                 std::int64_t now_s, const std::atomic<bool>& stop) {
  auto body = encrypt_message(to.keys, message.text);
  if (!body) return given_up(body.error());
  const auto authorization = vapid_authorization(sender.key, to.endpoint.origin, sender.contact, now_s);
  if (!authorization) return given_up(authorization.error());
  mail::Post post{.url = to.endpoint.url,
                  .content_type = "application/octet-stream",
                  .authorities = sender.authorities,
                  .body = std::move(*body),
                  .fields = fields_of(message, *authorization, to.endpoint.host),
                  .patience = kPatience};
  if (!to.endpoint.is_local) post.may_connect = is_internet_address;
  const mail::Posted posted = mail::post(post, stop);
  if (posted.stopped) return {Pushed::End::stopped, posted.why};
  if (posted.is_refused_address)
    return {Pushed::End::refused, "the push service's name leads to an address outside the internet"};
  if (!posted.why.empty()) return {Pushed::End::again, posted.why};
  const Pushed::End end = end_of(posted.status);
  if (end == Pushed::End::sent) return {};
  return {end, "the push service answered with the status " + std::to_string(posted.status),
          std::chrono::seconds{posted.retry_after_s}};
}

}  // namespace reprise::server::push
