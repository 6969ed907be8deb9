// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "sensing/files/number_text.h"
#include "sensing/live/broker_client.h"
#include "tests/live/monitor_process.h"
#include "tests/support/mosquitto_broker.h"

namespace reprise {

/// One sensor's side of the broker: sends, and keeps the acknowledgements.
class SensorSide {
 public:
  explicit SensorSide(const MosquittoBroker& broker) : SensorSide(options_of(broker)) {}
  explicit SensorSide(sensing::BrokerOptions options) {
    options.topics = "reprise/v1/+/ack";
    auto client =
        sensing::BrokerClient::connect(options, [this](std::string_view topic, std::string_view text) {
          acknowledgements_.push_back(std::string{topic} + " " + std::string{text});
        });
    if (!client) throw std::runtime_error(to_string(client.error()));
    client_ = std::move(*client);
  }
  static sensing::BrokerOptions options_of(const MosquittoBroker& broker) {
    sensing::BrokerOptions options;
    options.address.host = "127.0.0.1";
    options.address.port = static_cast<std::uint16_t>(broker.port());
    return options;
  }

  void send(const std::string& sensor, const std::string& payload) {
    client_->publish("reprise/v1/" + sensor + "/samples", payload);
    run();
  }
  void run() { client_->run(std::chrono::steady_clock::now() + std::chrono::milliseconds{20}); }
  [[nodiscard]] bool connected() const { return client_->connected(); }
  /// Sends until the acknowledgement comes, as sensors do.
  [[nodiscard]] bool send_until_acknowledged(const std::string& sensor, const std::string& payload,
                                             const std::string& acknowledgement) {
    const std::string wanted = "reprise/v1/" + sensor + "/ack " + acknowledgement;
    return MonitorProcess::wait_for([&] {
      send(sensor, payload);
      return std::find(acknowledgements_.begin(), acknowledgements_.end(), wanted) != acknowledgements_.end();
    });
  }

 private:
  std::unique_ptr<sensing::BrokerClient> client_;
  std::vector<std::string> acknowledgements_;
};

/// `fields`: those between the first number and the samples, up to the channel that is left open.
inline std::string live_message(const std::string& stream, std::size_t first,
                                const std::vector<double>& samples, const std::string& fields) {
  std::string text =
      R"({"stream":")" + stream + R"(","first":)" + std::to_string(first) + "," + fields + R"(,"samples":[)";
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (i > 0) text += ',';
    sensing::append_number(text, samples[i]);
  }
  return text + "]}]}";
}

}  // namespace reprise
