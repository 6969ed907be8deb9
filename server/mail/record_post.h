// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace reprise::server::mail {

/// Where a record takes transactions, and by which right.
struct RecordAddress {
  std::string url;          ///< of its FHIR API
  std::string token;        ///< of a program
  std::string authorities;  ///< PEM file of the CA; empty: those of the system
};

/// Posts transactions to a record, one after another, on a thread of its own. While the record cannot be
/// reached they wait in memory, at most `most_waiting`; then the oldest is dropped. A transaction that was
/// sent without an answer is sent again: each must be one that changes nothing the second time.
class RecordPost {
 public:
  /// Unsourced default: three sensors for a day and more, about 50 MB.
  static constexpr std::size_t kMostWaiting = 10'000;

  struct State {
    std::size_t waiting = 0;
    std::uint64_t sent = 0;
    std::uint64_t refused = 0;  ///< by the record, for good
    std::uint64_t dropped = 0;  ///< because too many waited
    std::string problem;        ///< of the last attempt or refusal, without content; empty: none
  };

  explicit RecordPost(RecordAddress record, std::size_t most_waiting = kMostWaiting);
  RecordPost(const RecordPost&) = delete;
  RecordPost& operator=(const RecordPost&) = delete;
  ~RecordPost();

  void push(std::string transaction);
  [[nodiscard]] State state() const;
  /// Waits until all is sent, or so long, with an attempt each second. Returns the state then.
  [[nodiscard]] State finish(std::chrono::milliseconds patience);

 private:
  void work();
  [[nodiscard]] bool send(const std::string& transaction);
  void pause(std::chrono::seconds length);

  RecordAddress record_;
  std::size_t most_waiting_;
  std::atomic<bool> stop_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> waiting_;
  bool first_is_out_ = false;  // the first one is being sent, and not dropped
  bool hurry_ = false;         // the end has come: no long pauses
  State state_;
  std::thread thread_;
};

}  // namespace reprise::server::mail
