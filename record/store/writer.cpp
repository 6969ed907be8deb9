// SPDX-License-Identifier: Apache-2.0
#include "record/store/writer.h"

#include <array>
#include <chrono>

namespace reprise::record {
namespace {

constexpr std::int64_t kKeysAtOnce = 8192;

bool asks_for_another_try(const std::optional<Refusal>& refusal) {
  return refusal && refusal->kind == RefusalKind::conflict && refusal->issues.size() == 1 &&
         refusal->issues[0].code == fhir::IssueType::exception;
}

}  // namespace

std::int64_t milliseconds_now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Writer::Writer(std::unique_ptr<Connection> connection, AuditTrail& trail, const Options& options,
               std::function<void(const Error&)> warn)
    : connection_(std::move(connection)),
      trail_(trail),
      options_(options),
      warn_(std::move(warn)),
      thread_([this] { loop(); }) {}

void Writer::end() {
  {
    const std::scoped_lock lock{mutex_};
    ending_ = true;
  }
  something_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::submit(WriteJob job) {
  {
    const std::scoped_lock lock{mutex_};
    if (!ending_ && waiting_.size() < options_.most_waiting) {
      waiting_.push_back(std::move(job));
      if (waiting_.size() == 1) something_.notify_one();
      return;
    }
  }
  job.done(
      Refusal{RefusalKind::unavailable,
              {{fhir::Severity::error, fhir::IssueType::transient,
                "more is waiting to be written than the database can take; try again in a moment", ""}}});
}

std::size_t Writer::waiting() const {
  const std::scoped_lock lock{mutex_};
  return waiting_.size();
}

void Writer::loop() {
  std::vector<Running> together;
  for (bool ending = false; !ending;) {
    {
      std::unique_lock lock{mutex_};
      something_.wait_for(lock, options_.longest_note, [this] { return ending_ || !waiting_.empty(); });
      take_waiting(together);
      ending = ending_ && waiting_.empty();
    }
    if (!together.empty() || trail_.waiting()) run(together);
    for (Running& one : together) finish(one);
    together.clear();
    sign(false);
  }
  // Flushes the last entries and the last head, and records its signature.
  if (trail_.waiting()) run(together);
  sign(true);
  if (trail_.waiting()) run(together);
}

void Writer::sign(bool last) {
  const auto signed_head = trail_.sign(*connection_, milliseconds_now() * 1000, last);
  if (!signed_head) warn_(signed_head.error());
}

void Writer::finish(Running& one) {
  if (!one.refusal) {
    for (const auto& act : one.after_commit) act();
  }
  one.job.done(std::move(one.refusal));
}

// Group commit: under load, jobs arrive while the previous ones are written, more with a slower disk. Waiting
// for further ones gains nothing.
void Writer::take_waiting(std::vector<Running>& together) {
  for (; !waiting_.empty() && together.size() < options_.most_together; waiting_.pop_front()) {
    together.push_back({std::move(waiting_.front()), {}, {}});
  }
}

// After a conflict with another process each job gets its own transaction, so that only the conflicting one
// fails.
void Writer::run(std::vector<Running>& together) {
  if (try_together(together)) return;
  for (Running& one : together) {
    std::vector<Running> alone;
    alone.push_back(std::move(one));
    for (int tries = 0; tries < 3 && !try_together(alone); ++tries) {
    }
    one = std::move(alone.front());
  }
}

/// Returns false if a retry is worthwhile.
bool Writer::try_together(std::vector<Running>& together) {
  // Savepoints make SQLite copy each page that a job changes first. Few jobs are refused, most of them before
  // they write. Only if one is refused later, all restart, each in a savepoint.
  auto done = commit_together(together, false);
  if (!done && wants_savepoints_) done = commit_together(together, true);
  if (done) return true;
  for (Running& one : together) {
    if (!one.refusal || asks_for_another_try(one.refusal)) one.refusal = refuse(done.error()).value();
  }
  return done.error().code != ErrorCode::conflict;
}

Result<void> Writer::commit_together(std::vector<Running>& together, bool savepoints) {
  savepoints_ = savepoints;
  wants_savepoints_ = false;
  for (Running& one : together) one.refusal.reset();
  auto done = apply_all(together);
  if (done) done = connection_->commit();
  if (done) {
    trail_.committed();
    return done;
  }
  connection_->rollback();
  trail_.rolled_back();
  next_pk_ = last_pk_;
  return done;
}

Result<void> Writer::apply_all(std::vector<Running>& together) {
  if (auto begun = connection_->begin_writing(); !begun) return begun;
  const std::int64_t now_ms = milliseconds_now();
  entries_.clear();
  for (Running& one : together) {
    if (last_pk_ - next_pk_ < kMostNewResources) {
      if (auto reserved = reserve_keys(); !reserved) return reserved;
    }
    if (auto done = apply(one, now_ms); !done) return done;
  }
  // Last, because other appending processes wait from here until the transaction ends.
  return trail_.append(*connection_, std::move(entries_));
}

/// Returns an error if the whole transaction is lost.
Result<void> Writer::apply(Running& one, std::int64_t now_ms) {
  if (savepoints_) {
    if (auto set = connection_->set_savepoint(); !set) return set;
  }
  const std::int64_t first_pk = next_pk_;
  const std::size_t entries = entries_.size();
  const std::int64_t writes = connection_->writes();
  one.after_commit.clear();
  one.refusal = one.job.apply({*connection_, now_ms, next_pk_, entries_, one.after_commit});
  if (!one.refusal) return savepoints_ ? connection_->release_savepoint() : Result<void>{};
  if (asks_for_another_try(one.refusal)) {
    return fail(ErrorCode::conflict, "writing", "another process was in the way", "try again");
  }
  next_pk_ = first_pk;
  entries_.resize(entries);
  if (savepoints_) return connection_->undo_to_savepoint();
  if (connection_->writes() == writes) return {};
  wants_savepoints_ = true;
  return fail(ErrorCode::conflict, "writing", "a change was refused after it had begun", "begin again");
}

Result<void> Writer::reserve_keys() {
  const std::array<Value, 1> many = {kKeysAtOnce};
  if (auto moved = connection_->execute("UPDATE counter SET next = next + $1 WHERE name = 'resource'", many);
      !moved) {
    return tl::unexpected(moved.error());
  }
  return connection_->query("SELECT next FROM counter WHERE name = 'resource'", {}, [this](Row row) {
    last_pk_ = std::get<std::int64_t>(row[0]);
    next_pk_ = last_pk_ - kKeysAtOnce;
    return false;
  });
}

}  // namespace reprise::record
