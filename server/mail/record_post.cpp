// SPDX-License-Identifier: Apache-2.0
#include "server/mail/record_post.h"

#include <algorithm>

#include "server/mail/transfer.h"

namespace reprise::server::mail {
namespace {

constexpr std::chrono::seconds kFirstPause{1}, kLongestPause{60};  // between attempts. Unsourced defaults

/// Whether the transaction itself is what the record refuses. All else an operator may repair while it waits:
/// a right, an address, a proxy.
bool is_final(long status) {
  return status == 400 || status == 410 || status == 413 || status == 422;
}

std::string status_text(long status) {
  std::string text = "the record answered with the status " + std::to_string(status);
  if (status == 401) text += ": check the token";
  if (status == 403) text += ": check the token's scopes";
  if (status == 404) text += ": check the address";
  if (is_final(status)) text += ": check the patients' ids";
  return text;
}

}  // namespace

RecordPost::RecordPost(RecordAddress record, std::size_t most_waiting)
    : record_(std::move(record)), most_waiting_(most_waiting), thread_([this] { work(); }) {}

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
    if (waiting_.size() >= most_waiting_) {
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
    hurry_ = true;
    changed_.notify_all();
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
  const auto posted =
      post({record_.url, "application/fhir+json", record_.token, record_.authorities, transaction}, stop_);
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
  if (hurry_) {
    changed_.wait_for(lock, kFirstPause, [this] { return stop_.load(); });
  } else {
    changed_.wait_for(lock, length, [this] { return stop_ || hurry_; });
  }
}

}  // namespace reprise::server::mail
