// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "care/monitoring/rule.h"
#include "record/store/record.h"
#include "server/monitoring/safety_flags.h"

namespace reprise::server {

struct RuleEvaluatorOptions {
  /// Opens a connection for reads.
  std::function<Result<std::unique_ptr<record::Connection>>()> connect;
  /// Receives an error that keeps the rules from the record, once for as long as it lasts.
  std::function<void(const Error&)> warn;
  NotificationOptions mail;
  std::chrono::milliseconds settle{
      1000};  ///< after a change, so that the sets of a session are evaluated together
  std::chrono::minutes full_scan{60};  ///< interval; needed because a missed session triggers no event
};

/// Evaluates the alert rules (care/monitoring) on a thread of its own: for a patient soon after a change, and
/// for all patients with a programme once an hour. Only it raises the Flags of rules, each once, and ends
/// those that no longer hold. Several processes may run it on one record.
class RuleEvaluator {
 public:
  RuleEvaluator(record::Record& record, RuleEvaluatorOptions options);
  RuleEvaluator(const RuleEvaluator&) = delete;
  RuleEvaluator& operator=(const RuleEvaluator&) = delete;
  ~RuleEvaluator();

  /// Queues the patients of these changes once their transaction is committed. Thread-safe.
  void note(const record::WriteTransaction& session, std::span<const record::ChangeResult> changes);
  /// Queues all patients who have a programme.
  void evaluate_all();
  /// Stops the thread; later changes are ignored. Must be called before the record is destroyed.
  void end();

 private:
  void loop();
  [[nodiscard]] Result<void> evaluate(const std::set<std::string>& patients, bool all);

  record::Record& record_;
  RuleEvaluatorOptions options_;
  std::unique_ptr<record::Connection> connection_;
  std::mutex mutex_;
  std::condition_variable something_;
  std::set<std::string> changed_;
  bool everybody_ = true;
  bool stop_ = false;
  std::thread thread_;
};

/// Evaluates the rules for one patient: raises new Flags, ends those that no longer hold. Returns the number
/// of written Flags. `connection`: for reads, not in a transaction. Errors: those of the record.
[[nodiscard]] Result<std::size_t> evaluate_patient(record::Record& record, record::Connection& connection,
                                                   const std::string& patient,
                                                   std::span<const care::Rule> rules,
                                                   const NotificationOptions& mail, std::int64_t now_ms);

/// Returns the newest version of each active rule of the record; omits unreadable ones.
[[nodiscard]] Result<std::vector<care::Rule>> rules_of(record::Record& record,
                                                       record::Connection& connection);

}  // namespace reprise::server
