// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct mosquitto;

namespace reprise::sensing {

/// Where an MQTT broker listens.
struct BrokerAddress {
  std::string host = "localhost";
  std::uint16_t port = 1883;
  bool tls = false;
  /// Whether the connection stays on this machine.
  [[nodiscard]] bool is_local() const;
};

/// Parses "mqtt://HOST", "mqtts://HOST:PORT"; ports 1883 and 8883 by default, IPv6 addresses in brackets.
/// Errors: invalid_argument.
[[nodiscard]] Result<BrokerAddress> parse_broker_address(std::string_view text);

struct BrokerOptions {
  BrokerAddress address = {};
  std::filesystem::path authorities;  ///< PEM file of the CA; empty: those of the system
  std::string user;                   ///< empty: none
  std::string password;
  std::string topics;  ///< required: what to subscribe to, with QoS 1
};

/// A connection to an MQTT broker that comes back by itself, on the thread that calls `run`. Messages are
/// read only while `run` runs, and go to the handler one by one: a handler that takes its time makes the
/// broker wait, and nothing piles up here.
class BrokerClient {
 public:
  using Handler = std::function<void(std::string_view topic, std::string_view payload)>;

  /// Connects, and subscribes. Errors: unavailable (not reached within the system's time, refused, a
  /// certificate that does not fit), not_found or unreadable (the file of authorities).
  [[nodiscard]] static Result<std::unique_ptr<BrokerClient>> connect(BrokerOptions options, Handler handler);
  BrokerClient(const BrokerClient&) = delete;
  BrokerClient& operator=(const BrokerClient&) = delete;
  ~BrokerClient();

  /// Reads and writes until `end`. Without a connection it tries to connect again, at first after a tenth of
  /// a second, then less and less often, up to every 5 s.
  void run(std::chrono::steady_clock::time_point end);

  /// Sends with QoS 0; drops the message without a connection.
  void publish(const std::string& topic, const std::string& payload);

  [[nodiscard]] bool connected() const { return subscribed_; }
  /// Why there is no connection; empty if there is one.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  BrokerClient(BrokerOptions options, Handler handler);
  [[nodiscard]] Result<void> set_up();
  [[nodiscard]] tl::unexpected<Error> unavailable() const;
  void lose(const std::string& problem);
  void connect_again(std::chrono::steady_clock::time_point end);

  BrokerOptions options_;
  Handler handler_;
  std::unique_ptr<mosquitto, void (*)(mosquitto*)> client_;
  bool linked_ = false;      ///< there is a socket
  bool subscribed_ = false;  ///< the broker has confirmed the subscription
  std::string problem_;
  std::chrono::milliseconds pause_;                 ///< before the next try
  std::chrono::steady_clock::time_point next_try_;  ///< while there is no socket
};

}  // namespace reprise::sensing
