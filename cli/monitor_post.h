// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "pipeline/monitor/live_summaries.h"
#include "server/mail/record_post.h"

namespace reprise::cli {

struct MonitorPostOptions {
  server::mail::RecordAddress record;  ///< no URL: nothing is posted
  std::filesystem::path patients;      ///< JSON: whose sensors they are
  int summary_s = 600;                 ///< that a summary covers. Unsourced default
};

/// Checks the address. Errors: invalid_argument (no URL of the web; another machine without encryption).
[[nodiscard]] Result<void> check_address(const server::mail::RecordAddress& record, bool insecure);

/// Sums up what a monitor's sensors show, and posts it to a record.
class MonitorPost {
 public:
  /// Errors: those of `parse_sensor_wearers` and of reading its file.
  [[nodiscard]] static Result<std::unique_ptr<MonitorPost>> create(const MonitorPostOptions& options);

  /// To be called several times a second.
  void look(const pipeline::Monitor& monitor);

  /// How many summaries went where.
  [[nodiscard]] std::string text() const { return text_of(post_.state()); }
  /// The same where the operator should know it at once; empty: nothing is wrong.
  [[nodiscard]] std::string trouble() const;

  /// Sends the rest, for at most ten seconds. Errors: unavailable (some are not in the record).
  [[nodiscard]] Result<void> finish();

 private:
  MonitorPost(const MonitorPostOptions& options, pipeline::SensorWearers wearers);
  [[nodiscard]] std::string text_of(const server::mail::RecordPost::State& state) const;

  pipeline::LiveSummaries summaries_;
  server::mail::RecordPost post_;
  std::chrono::steady_clock::time_point next_look_;
};

}  // namespace reprise::cli
