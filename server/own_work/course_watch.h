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
#include "server/own_work/safety_watch.h"

namespace reprise::server {

struct CourseWatchOptions {
  /// A connection of its own to read by.
  std::function<Result<std::unique_ptr<record::Connection>>()> connect;
  /// Is told what keeps the rules from the record, once for as long as it lasts.
  std::function<void(const Error&)> warn;
  SafetyWatch mail;
  std::chrono::milliseconds settle{
      1000};                           ///< after a change, so that a session's sets are looked at together
  std::chrono::minutes everybody{60};  ///< between two looks at everybody: nothing tells that nothing came
};

/// The rules (care/monitoring) at work: one thread that looks at how patients have been, soon after something
/// of theirs was written, and once an hour at everybody who has a programme. It alone raises their Flags,
/// each once, and ends those that are over. Several processes may do it on one record.
class CourseWatch {
 public:
  CourseWatch(record::Record& record, CourseWatchOptions options);
  CourseWatch(const CourseWatch&) = delete;
  CourseWatch& operator=(const CourseWatch&) = delete;
  ~CourseWatch();

  /// Of these patients something was written.
  void note(std::span<const record::Done> changes);
  /// Much was written of which `note` was not told.
  void look_at_everybody();

 private:
  void loop();
  [[nodiscard]] Result<void> look_at(const std::set<std::string>& patients, bool everybody);

  record::Record& record_;
  CourseWatchOptions options_;
  std::unique_ptr<record::Connection> connection_;
  std::mutex mutex_;
  std::condition_variable something_;
  std::set<std::string> changed_;
  bool everybody_ = true;
  bool stop_ = false;
  std::thread thread_;
};

/// Looks at one patient: raises what is to be raised, ends what is over. How many Flags were written.
/// `connection`: to read by, not in a transaction. Errors: those of the record.
[[nodiscard]] Result<std::size_t> watch_course(record::Record& record, record::Connection& connection,
                                               const std::string& patient, std::span<const care::Rule> rules,
                                               const SafetyWatch& mail, std::int64_t now_ms);

/// The newest version of each active rule of the record; what cannot be read is left out.
[[nodiscard]] Result<std::vector<care::Rule>> rules_of(record::Record& record,
                                                       record::Connection& connection);

}  // namespace reprise::server
