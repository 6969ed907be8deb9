// SPDX-License-Identifier: Apache-2.0
#include "server/mail/transfer.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "server/mail/mime_message.h"

namespace reprise::server::mail {
namespace {

using record::Try;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeMime {
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

List list_of(const std::vector<std::string>& lines) {
  curl_slist* list = nullptr;
  for (const std::string& line : lines) list = curl_slist_append(list, line.c_str());
  return List{list};
}

/// One transfer, and what its callbacks see.
class Transfer {
 public:
  Transfer(const std::atomic<bool>& stop, std::chrono::milliseconds patience) : stop_(stop) {
    static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (kReady == CURLE_OK) handle_.reset(curl_easy_init());
    if (!handle_) return;
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // does not wait for a name server when it is stopped
    set(CURLOPT_PROXY, "");
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min<std::int64_t>(patience.count(), 15'000)));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::go_on);
    set(CURLOPT_WRITEFUNCTION, &Transfer::drop);
    // Only to know at which command the server refused.
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGDATA, this);
    set(CURLOPT_DEBUGFUNCTION, &Transfer::listen);
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    if (handle_ && curl_easy_setopt(handle_.get(), option, value) != CURLE_OK) wrong_option_ = true;
  }

  /// The text as the only part of a mail, or with its page as the better alternative (RFC 2046, 5.1.4).
  void set_mail_text(std::string_view text, std::string_view html) {
    if (!handle_) return;
    mime_.reset(curl_mime_init(handle_.get()));
    curl_mime* parts = mime_.get();
    if (!html.empty()) {
      parts = curl_mime_init(handle_.get());
      curl_mimepart* both = curl_mime_addpart(mime_.get());
      if (curl_mime_subparts(both, parts) != CURLE_OK ||
          curl_mime_type(both, "multipart/alternative") != CURLE_OK) {
        wrong_option_ = true;
      }
    }
    add_text(parts, text, "text/plain; charset=utf-8");
    if (!html.empty()) add_text(parts, html, "text/html; charset=utf-8");
    set(CURLOPT_MIMEPOST, mime_.get());
  }

  Try run() {
    if (!handle_ || wrong_option_) return {Try::End::failed, "libcurl lacks a required option"};
    const CURLcode code = curl_easy_perform(handle_.get());
    if (code == CURLE_ABORTED_BY_CALLBACK) return {Try::End::stopped, "the server stops"};
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status_);
    if (code == CURLE_OK) return {};
    const std::string_view said = error_.data();
    return {Try::End::failed, said.empty() ? curl_easy_strerror(code) : std::string{said}};
  }

  /// Asks before each connection. `may_connect` must outlive the transfer.
  void guard(const std::function<bool(const sockaddr&)>& may_connect) {
    may_connect_ = &may_connect;
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::open);
  }

  [[nodiscard]] long status() const { return status_; }
  [[nodiscard]] bool is_refused_address() const { return is_refused_address_; }
  [[nodiscard]] std::int64_t retry_after_s() const {
    curl_off_t seconds = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &seconds);
    return seconds;
  }
  /// An SMTP server said 5xx to the recipient.
  [[nodiscard]] bool recipient_is_refused() const { return recipient_is_refused_; }

 private:
  void add_text(curl_mime* parts, std::string_view text, const char* type) {
    curl_mimepart* part = curl_mime_addpart(parts);
    const TextPart body = text_part(text);
    if (curl_mime_data(part, body.text.data(), body.text.size()) != CURLE_OK ||
        curl_mime_type(part, type) != CURLE_OK || curl_mime_encoder(part, body.encoder) != CURLE_OK) {
      wrong_option_ = true;
    }
  }
  static std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }
  static int go_on(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Transfer*>(self)->stop_ ? 1 : 0;
  }
  static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* to) {
    auto& transfer = *static_cast<Transfer*>(self);
    if ((*transfer.may_connect_)(to->addr))
      return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    transfer.is_refused_address_ = true;
    return CURL_SOCKET_BAD;
  }
  static int listen(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string_view text{data, size};
    if (type == CURLINFO_HEADER_OUT) transfer.recipient_came_last_ = text.substr(0, 5) == "RCPT ";
    if (type == CURLINFO_HEADER_IN && transfer.recipient_came_last_)
      transfer.recipient_is_refused_ = text.substr(0, 1) == "5";
    return 0;
  }

  std::unique_ptr<CURL, FreeHandle> handle_;
  std::unique_ptr<curl_mime, FreeMime> mime_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  const std::atomic<bool>& stop_;
  bool wrong_option_ = false;
  bool recipient_came_last_ = false;  // among the commands
  bool recipient_is_refused_ = false;
  const std::function<bool(const sockaddr&)>* may_connect_ = nullptr;
  bool is_refused_address_ = false;
  long status_ = 0;
};

std::string address_of(const MailServer& server) {
  const bool numeric = server.host.find(':') != std::string::npos;
  return (server.security == Security::tls ? "smtps://" : "smtp://") +
         (numeric ? "[" + server.host + "]" : server.host) + ":" + std::to_string(port_of(server));
}

}  // namespace

Try send_mail(const MailServer& server, const record::Message& message, const std::atomic<bool>& stop) {
  if (server.host.empty()) return {Try::End::failed, "there is no mail server in the settings"};
  const List recipients = list_of({"<" + message.recipient + ">"});
  const List fields = list_of(header_fields(message, server.from));
  Transfer transfer(stop, server.patience);
  transfer.set(CURLOPT_URL, address_of(server).c_str());
  transfer.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  if (server.security == Security::starttls) transfer.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!server.authorities.empty()) transfer.set(CURLOPT_CAINFO, server.authorities.c_str());
  if (!server.user.empty()) {
    transfer.set(CURLOPT_USERNAME, server.user.c_str());
    transfer.set(CURLOPT_PASSWORD, server.password.c_str());
  }
  transfer.set(CURLOPT_MAIL_FROM, ("<" + server.from + ">").c_str());
  transfer.set(CURLOPT_MAIL_RCPT, recipients.get());
  transfer.set(CURLOPT_HTTPHEADER, fields.get());
  transfer.set_mail_text(message.body, message.html);
  Try tried = transfer.run();
  if (tried.end == Try::End::failed && transfer.recipient_is_refused()) tried.end = Try::End::refused;
  return tried;
}

Posted post(const Post& what, const std::atomic<bool>& stop) {
  std::vector<std::string> lines = {"Content-Type: " + what.content_type};
  if (!what.token.empty()) lines.push_back("Authorization: Bearer " + what.token);
  lines.insert(lines.end(), what.fields.begin(), what.fields.end());
  const List fields = list_of(lines);
  Transfer transfer(stop, what.patience);
  transfer.set(CURLOPT_URL, what.url.c_str());
  transfer.set(CURLOPT_PROTOCOLS_STR, "https,http");
  transfer.set(CURLOPT_HTTPHEADER, fields.get());
  if (!what.authorities.empty()) transfer.set(CURLOPT_CAINFO, what.authorities.c_str());
  transfer.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(what.body.size()));
  transfer.set(CURLOPT_POSTFIELDS, what.body.c_str());
  if (what.may_connect) transfer.guard(what.may_connect);
  const Try tried = transfer.run();
  if (tried.end == Try::End::sent)
    return {.status = transfer.status(), .retry_after_s = transfer.retry_after_s()};
  return {.why = tried.why,
          .stopped = tried.end == Try::End::stopped,
          .is_refused_address = transfer.is_refused_address()};
}

Try post_text(const record::Message& message, const std::atomic<bool>& stop) {
  const Posted posted = post({.url = message.recipient, .body = message.body}, stop);
  if (posted.stopped) return {Try::End::stopped, posted.why};
  if (!posted.why.empty()) return {Try::End::failed, posted.why};
  if (posted.status / 100 == 2) return {};
  return {Try::End::failed, "the address answered with the status " + std::to_string(posted.status)};
}

}  // namespace reprise::server::mail
