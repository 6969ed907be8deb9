// SPDX-License-Identifier: Apache-2.0
#include "cli/record_post.h"

#include <algorithm>

#include "sensing/live/broker_client.h"
#include "server/mail/transfer.h"

namespace reprise::cli {
namespace {

constexpr std::chrono::seconds kFirstPause{1}, kLongestPause{60};  // between attempts. Unsourced defaults

/// Whether the same transaction can never be taken: not for want of a right that may come back, nor of time.
bool is_final(long status) {
  return status / 100 == 4 && status != 401 && status != 408 && status != 429;
}

std::string status_text(long status) {
  std::string text = "the record answered with the status " + std::to_string(status);
  if (status == 401) text += ": check the token";
  if (status == 403) text += ": check the token's scopes";
  if (status == 404) text += ": check the address";
  if (is_final(status) && status != 403 && status != 404) text += ": check the patients' ids";
  return text;
}

}  // namespace

Result<void> check_address(const RecordAddress& record, bool insecure) {
  constexpr const char* kStage = "reading options";
  constexpr std::string_view kPlain = "http://", kEncrypted = "https://";
  if (record.url.rfind(kEncrypted, 0) == 0) return {};
  if (record.url.rfind(kPlain, 0) != 0) {
    return fail(ErrorCode::invalid_argument, kStage, "--post is no address of the web",
                "write https://HOST/fhir, as `reprise serve` prints it");
  }
  const std::string_view rest = std::string_view{record.url}.substr(kPlain.size());
  const std::string_view host = rest.substr(0, rest.find_first_of(rest.rfind('[', 0) == 0 ? "]" : ":/"));
  sensing::BrokerAddress address;
  address.host = host.rfind('[', 0) == 0 ? host.substr(1) : host;
  if (address.is_local() || insecure) return {};
  return fail(ErrorCode::invalid_argument, kStage,
              "--post names another machine without encryption, and anyone on the way could read what "
              "sensors measured, and the token",
              "write https://; or --insecure where the network itself is protected");
}

RecordPost::RecordPost(RecordAddress record) : record_(std::move(record)), thread_([this] { work(); }) {}

RecordPost::~RecordPost() {
  {
    const std::lock_guard lock{mutex_};
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void RecordPost::push(std::string transaction) {
  {
    const std::lock_guard lock{mutex_};
    if (waiting_.size() >= kMostWaiting) {
      waiting_.erase(waiting_.begin() + (first_is_out_ ? 1 : 0));
      ++state_.dropped;
    }
    waiting_.push_back(std::move(transaction));
  }
  changed_.notify_all();
}

RecordPost::State RecordPost::state() const {
  const std::lock_guard lock{mutex_};
  State now = state_;
  now.waiting = waiting_.size();
  return now;
}

RecordPost::State RecordPost::finish(std::chrono::milliseconds patience) {
  {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, patience, [this] { return waiting_.empty(); });
  }
  return state();
}

void RecordPost::work() {
  auto pause_length = kFirstPause;
  while (true) {
    std::string next;
    {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
      if (stop_) return;
      next = waiting_.front();
      first_is_out_ = true;
    }
    const bool settled = send(next);
    {
      const std::lock_guard lock{mutex_};
      first_is_out_ = false;
      if (settled) waiting_.pop_front();
    }
    changed_.notify_all();
    if (settled) {
      pause_length = kFirstPause;
    } else {
      pause(pause_length);
      pause_length = std::min(2 * pause_length, kLongestPause);
    }
  }
}

/// Returns whether it was taken or refused for good.
bool RecordPost::send(const std::string& transaction) {
  const auto posted = server::mail::post(
      {record_.url, "application/fhir+json", record_.token, record_.authorities, transaction}, stop_);
  const std::lock_guard lock{mutex_};
  const bool taken = posted.why.empty() && posted.status / 100 == 2;
  if (taken) {
    ++state_.sent;
    if (state_.refused == 0) state_.problem.clear();
    return true;
  }
  state_.problem = posted.why.empty() ? status_text(posted.status) : posted.why;
  if (!posted.why.empty() || !is_final(posted.status)) return false;
  ++state_.refused;
  return true;
}

void RecordPost::pause(std::chrono::seconds length) {
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, length, [this] { return stop_.load(); });
}

}  // namespace reprise::cli
