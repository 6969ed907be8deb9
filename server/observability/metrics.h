// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "record/outbox/deliver.h"
#include "server/http/request_kind.h"

namespace reprise::server {

/// The parts of the database's time.
enum class DatabaseStep { read, search, write, commit };

/// Values at the moment of the request.
struct Readings {
  std::size_t connections = 0;
  std::size_t requests_under_way = 0;
  std::size_t reads_waiting = 0;   ///< for a database thread
  std::size_t writes_waiting = 0;  ///< for the writer
};

/// Counters and histograms for Prometheus. Labels are from fixed lists, without content of requests.
/// Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Counts a response.
  void count_request(std::string_view method, http::RequestKind interaction, unsigned status,
                     std::chrono::duration<double> took);
  /// Counts an attempt to send a mail or a POST.
  void count_message(record::MessageKind kind, record::Settled::End end);
  void observe(DatabaseStep step, std::chrono::duration<double> took);

  /// Returns all metrics in Prometheus' text format (Content-Type: kMetricsType).
  [[nodiscard]] std::string text(const Readings& readings) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace reprise::server
