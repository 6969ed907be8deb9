// SPDX-License-Identifier: Apache-2.0
#include "server/app_api/long_task.h"

#include "record/store/writer.h"
#include "server/app_api/documents.h"

namespace reprise::server {

bool LongTask::begin(Work work) {
  const std::scoped_lock lock{mutex_};
  if (running_ || ending_) return false;
  if (thread_.joinable()) thread_.join();  // it has ended, or is about to
  running_ = true;
  done_ = of_ = 0;
  began_us_ = record::milliseconds_now() * 1000;
  thread_ = std::thread{[this, work = std::move(work)] { run(work); }};
  return true;
}

void LongTask::run(const Work& work) {
  auto result = work([this](std::uint64_t done, std::uint64_t of) {
    const std::scoped_lock lock{mutex_};
    done_ = done;
    of_ = of;
    return !ending_;
  });
  const std::scoped_lock lock{mutex_};
  last_ = std::move(result);
  ended_us_ = record::milliseconds_now() * 1000;
  running_ = false;
}

fhir::Json LongTask::state() const {
  const std::scoped_lock lock{mutex_};
  if (running_) {
    return {{"state", "running"}, {"done", done_}, {"of", of_}, {"beganAt", time_text(began_us_)}};
  }
  if (!last_) return {{"state", "never"}};
  fhir::Json state = {{"state", *last_ ? "done" : "failed"},
                      {"beganAt", time_text(began_us_)},
                      {"endedAt", time_text(ended_us_)}};
  if (*last_)
    state["result"] = **last_;
  else
    state["problem"] = last_->error().cause + " (" + last_->error().remedy + ")";
  return state;
}

void LongTask::end() {
  ending_ = true;
  std::thread thread;
  {
    const std::scoped_lock lock{mutex_};
    thread.swap(thread_);
  }
  if (thread.joinable()) thread.join();
}

}  // namespace reprise::server
