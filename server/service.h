#pragma once

#include <cstdint>
#include <memory>

#include "record/store/record.h"
#include "server/api/api.h"
#include "server/http/server.h"

namespace reprise::server {

struct ServiceOptions {
  record::RecordOptions record;
  http::Options http;
  ApiOptions api;
};

/// The record and its addresses, served until it is destroyed.
class Service {
 public:
  /// Opens the record and listens. Errors: those of the record and of the network; invalid_argument for an
  /// address that others could reach: as long as nobody has to sign in, only this machine may ask.
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(
      ServiceOptions options, const std::function<void(std::string_view)>& progress);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::string base_path() const;

  /// Takes no new requests, answers those under way, and writes what waits.
  void stop(std::chrono::milliseconds grace);

 private:
  class Impl;
  explicit Service(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::server
