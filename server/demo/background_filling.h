// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "server/demo/simulated_clinic.h"

namespace reprise::server {

/// Fills the record with the simulated clinic on a thread of its own: it takes minutes. Requests of pages
/// take precedence.
class BackgroundFilling {
 public:
  struct Options {
    simulation::ClinicOptions clinic;
    std::vector<exercises::CatalogFile> exercises;  ///< what simulated patients do
    std::function<void(std::string_view)> on_progress;
    std::function<bool()> interrupted;
    std::function<void(const Error&)> on_error;
    std::function<void(const simulation::SimulatedPerson&)> has_history;  ///< as SeedingListener's
    std::function<void()> on_end;  ///< called on the thread, also after an error
  };

  BackgroundFilling(record::Record& record, Options options);
  BackgroundFilling(const BackgroundFilling&) = delete;
  BackgroundFilling& operator=(const BackgroundFilling&) = delete;
  ~BackgroundFilling() { end(); }

  /// Cancels and waits for the thread; the next start continues. May be called twice.
  void end();

  /// Returns the number of complete patients and of all; nullopt at the end.
  [[nodiscard]] std::optional<std::pair<int, int>> progress() const;

 private:
  void note(Filling filling);
  void fill();

  record::Record& record_;
  Options options_;
  mutable std::mutex mutex_;
  Filling filling_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace reprise::server
