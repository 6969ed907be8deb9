#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "record/outbox/deliver.h"
#include "server/http/request_kind.h"

namespace reprise::server {

/// Where the database's time goes.
enum class DatabaseStep { read, search, write, commit };

/// What is so at the moment of asking.
struct Readings {
  std::size_t connections = 0;
  std::size_t requests_under_way = 0;
  std::size_t reads_waiting = 0;   ///< for a database thread
  std::size_t writes_waiting = 0;  ///< for the writer
};

/// Counts and times for Prometheus. Labels are from fixed lists: nothing of a request's content gets there.
/// All functions may be called from any thread.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// A request was answered.
  void count_request(std::string_view method, http::RequestKind interaction, unsigned status,
                     std::chrono::duration<double> took);
  /// A mail or a post was tried.
  void count_message(record::MessageKind kind, record::Settled::End end);
  void observe(DatabaseStep step, std::chrono::duration<double> took);

  /// Everything, in Prometheus' text format (Content-Type: kMetricsType).
  [[nodiscard]] std::string text(const Readings& readings) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace reprise::server
