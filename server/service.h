// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/seeding/catalog_content.h"
#include "server/settings/settings.h"
#include "simulation/clinic/clinic.h"

namespace reprise::server {

struct ServiceOptions {
  Settings settings;
  bool sign_in = true;  ///< false: everyone who reaches it may do everything; on this machine only
  CatalogContent catalog = {};
  std::string demonstration =
      {};  ///< a Bundle (server/demo/demonstration.h); empty: this is no demonstration
  /// Beside the demonstration; 0 patients: none. Its day is set by the server.
  simulation::ClinicOptions simulated_clinic = {};
  std::function<bool()> interrupted = [] { return false; };  ///< ends what takes long at the start
  bool in_terminal = false;  ///< `on_progress` writes to a terminal, whose user may scan a QR code
};

/// The record and its addresses, served until it is destroyed.
class Service {
 public:
  /// Opens the record and listens. `on_progress`: receives sentences for the operator. Errors: those of the
  /// record, of the certificate and of the network; invalid_argument (without sign-in, others could reach
  /// it); those of `seed_catalog` and `prepare_demonstration`.
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(
      ServiceOptions options, const std::function<void(std::string_view)>& on_progress);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// Returns the server's addresses, the best first: "https://localhost:8443".
  [[nodiscard]] const std::vector<std::string>& addresses() const;

  /// Runs the periodic maintenance. Renews the certificate or loads the files' newer one; removes ended
  /// sessions, invitations and tokens. Failures are logged.
  void run_maintenance();

  /// Returns free memory to the system after large allocations; cheap otherwise. Must be called every few
  /// seconds.
  void give_back_memory();

  /// Stops taking requests, answers those under way, and writes queued changes.
  void stop();

 private:
  class Impl;
  explicit Service(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::server
