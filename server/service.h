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
  CatalogContent knowledge = {};
  std::string demonstration =
      {};  ///< a Bundle (server/demo/demonstration.h); empty: this is no demonstration
  /// Beside the demonstration; 0 patients: none. Its day is set by the server.
  care::ClinicOptions simulated_clinic = {};
  std::function<bool()> interrupted = [] { return false; };  ///< ends what takes long at the start
  bool in_terminal = false;  ///< `tell` is read by somebody who may hold a phone before it
};

/// The record and its addresses, served until it is destroyed.
class Service {
 public:
  /// Opens the record and listens. `tell`: is given sentences for whoever starts it. Errors: those of the
  /// record, of the certificate and of the network; invalid_argument: without signing in, others could reach
  /// it; those of `seed_catalog` and `prepare_demonstration`.
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(
      ServiceOptions options, const std::function<void(std::string_view)>& tell);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// By what it can be reached, the best first: "https://localhost:8443".
  [[nodiscard]] const std::vector<std::string>& addresses() const;

  /// What is to be done now and then: renews the certificate or takes the files' newer one, and removes
  /// sessions, invitations and tokens that have ended. What goes wrong stands in the log.
  void run_maintenance();

  /// Gives memory that is free back to the system where something large was asked for since the last call;
  /// cheap where nothing was. To be called every few seconds.
  void give_back_memory();

  /// Takes no new requests, answers those under way, and writes what waits.
  void stop();

 private:
  class Impl;
  explicit Service(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::server
