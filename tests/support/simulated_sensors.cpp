// SPDX-License-Identifier: Apache-2.0
#include "tests/support/simulated_sensors.h"

#include <mosquitto.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "base/units.h"
#include "sensing/files/number_text.h"
#include "sensing/live/sensor_message.h"

namespace reprise {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kTick{20};
constexpr std::chrono::milliseconds kShortestResendInterval{1000};
constexpr std::chrono::milliseconds kLongestResendInterval{16'000};
constexpr std::chrono::seconds kAcknowledgementTimeout{5};
/// Messages of a gateway that the broker has not yet confirmed: more would only wait in memory.
constexpr std::size_t kMaxUnconfirmed = 200;
constexpr std::chrono::milliseconds kReconnectPause{100};

}  // namespace

struct SimulatedSensors::Sensor {
  std::size_t index = 0;
  std::uint64_t acknowledged = 0, sent = 0;
  steady_clock::time_point last_progress, last_resend;
  std::chrono::milliseconds resend_interval = kShortestResendInterval;  ///< doubles until there is progress
};

struct SimulatedSensors::Gateway {
  SimulatedSensors* owner = nullptr;
  std::vector<Sensor> sensors;
  std::map<std::string, std::size_t, std::less<>> by_name;
  bool connected = false;
  std::set<int> unconfirmed;  ///< messages, by the client's numbers

  void resend(Sensor& sensor) const {
    const auto now = steady_clock::now();
    if (sensor.sent == sensor.acknowledged || now - sensor.last_resend < sensor.resend_interval) return;
    sensor.sent = sensor.acknowledged;
    sensor.resend_interval = std::min(2 * sensor.resend_interval, kLongestResendInterval);
    sensor.last_resend = now;
    ++owner->resends_;
  }

  void take_acknowledgement(std::string_view topic, std::string_view payload) {
    constexpr std::string_view kBegin = "reprise/v1/", kEnd = "/ack";
    const std::string_view name = topic.substr(kBegin.size(), topic.size() - kBegin.size() - kEnd.size());
    const auto at = by_name.find(name);
    const auto read = sensing::parse_acknowledgement(name, payload);
    if (at == by_name.end() || !read || read->stream != kStream) return;
    Sensor& sensor = sensors[at->second];
    if (read->next > sensor.acknowledged) {
      sensor.acknowledged = read->next;
      sensor.sent = std::max(sensor.sent, sensor.acknowledged);
      sensor.last_progress = steady_clock::now();
      sensor.resend_interval = kShortestResendInterval;
      if (sensor.acknowledged == owner->options_.samples) ++owner->finished_;
    } else if (read->next == sensor.acknowledged) {
      resend(sensor);
    }
  }

  void send_due(mosquitto* client, Sensor& sensor, std::uint64_t measured) {
    const SimulatedSensorsOptions& options = owner->options_;
    if (steady_clock::now() - sensor.last_progress > kAcknowledgementTimeout) resend(sensor);
    while (sensor.sent < measured && sensor.sent - sensor.acknowledged < options.window &&
           unconfirmed.size() < kMaxUnconfirmed) {
      const std::uint64_t count =
          std::min<std::uint64_t>(options.samples_per_message, measured - sensor.sent);
      if (count < options.samples_per_message && measured < options.samples) return;  // not yet a message
      const std::string payload = message(sensor, count);
      const std::string topic = "reprise/v1/" + name(sensor.index) + "/samples";
      // A message that meets a lost connection fails here, and is nevertheless sent after the next connection
      // and confirmed: by its number it is not taken for another one.
      int number = 0;
      if (mosquitto_publish(client, &number, topic.c_str(), static_cast<int>(payload.size()), payload.data(),
                            1, false) != MOSQ_ERR_SUCCESS)
        return;
      sensor.sent += count;
      unconfirmed.insert(number);
      ++owner->messages_;
    }
  }

  [[nodiscard]] std::string message(const Sensor& sensor, std::uint64_t count) const {
    std::array<std::string, 3> axes;
    for (std::uint64_t i = sensor.sent; i < sensor.sent + count; ++i) {
      const auto values = sample(sensor.index, i);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        if (i > sensor.sent) axes[axis] += ',';
        sensing::append_number(axes[axis], values[axis]);
      }
    }
    std::string text = std::string{R"({"stream":")"} + kStream + R"(","first":)" +
                       std::to_string(sensor.sent) + R"(,"oldest":)" + std::to_string(sensor.acknowledged) +
                       R"(,"rate_hz":)";
    sensing::append_number(text, owner->options_.rate_hz);
    text += R"(,"battery_percent":80,"channels":[)";
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::string letter(1, "xyz"[axis]);
      text += std::string{axis == 0 ? "" : ","} + R"({"name":"acc_)" + letter +
              R"(","as":"lower_back.acceleration_)" + letter + R"(","unit":"m/s2","samples":[)" + axes[axis] +
              "]}";
    }
    return text + "]}";
  }
};

SimulatedSensors::SimulatedSensors(const SimulatedSensorsOptions& options) : options_(options) {
  mosquitto_lib_init();
  for (std::size_t g = 0; g < options_.gateways; ++g) {
    Gateway gateway;
    gateway.owner = this;
    for (std::size_t s = g; s < options_.sensors; s += options_.gateways) {
      gateway.by_name[name(s)] = gateway.sensors.size();
      gateway.sensors.push_back({s, 0, 0, steady_clock::now(), {}});
    }
    threads_.emplace_back([this, own = std::move(gateway)]() mutable { run(own); });
  }
}

SimulatedSensors::~SimulatedSensors() {
  stop_ = true;
  for (std::thread& thread : threads_) thread.join();
}

void SimulatedSensors::run(Gateway& gateway) {
  mosquitto* client = mosquitto_new(nullptr, true, &gateway);
  constexpr int kKeepAliveS = 10;
  mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
  mosquitto_max_inflight_messages_set(client, kMaxUnconfirmed);
  mosquitto_connect_callback_set(client, [](mosquitto* one, void* self, int code) {
    static_cast<Gateway*>(self)->connected = code == 0;
    for (const auto& [name, index] : static_cast<Gateway*>(self)->by_name)
      mosquitto_subscribe(one, nullptr, ("reprise/v1/" + name + "/ack").c_str(), 1);
  });
  mosquitto_publish_callback_set(client, [](mosquitto*, void* self, int number) {
    static_cast<Gateway*>(self)->unconfirmed.erase(number);
  });
  mosquitto_message_callback_set(client, [](mosquitto*, void* self, const mosquitto_message* message) {
    static_cast<Gateway*>(self)->take_acknowledgement(
        message->topic,
        {static_cast<const char*>(message->payload), static_cast<std::size_t>(message->payloadlen)});
  });
  bool linked = mosquitto_connect(client, "127.0.0.1", options_.port, kKeepAliveS) == MOSQ_ERR_SUCCESS;
  const auto begin = steady_clock::now();
  while (!stop_) {
    if (!linked) {
      gateway.connected = false;
      std::this_thread::sleep_for(kReconnectPause);
      linked = mosquitto_reconnect(client) == MOSQ_ERR_SUCCESS;
      continue;
    }
    const double elapsed_s = std::chrono::duration<double>(steady_clock::now() - begin).count();
    const std::uint64_t measured =
        options_.in_real_time
            ? std::min(options_.samples, static_cast<std::uint64_t>(elapsed_s * options_.rate_hz))
            : options_.samples;
    for (Sensor& sensor : gateway.sensors) {
      if (gateway.connected) gateway.send_due(client, sensor, measured);
    }
    const auto end = steady_clock::now() + kTick;
    while (linked && steady_clock::now() < end)
      linked = mosquitto_loop(client, static_cast<int>(kTick.count()), 1) == MOSQ_ERR_SUCCESS;
  }
  mosquitto_disconnect(client);
  mosquitto_destroy(client);
}

bool SimulatedSensors::wait_until_acknowledged(double seconds) const {
  const auto end = steady_clock::now() + std::chrono::duration<double>(seconds);
  while (finished_ < options_.sensors && steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  return finished_ == options_.sensors;
}

std::string SimulatedSensors::name(std::size_t sensor) {
  return "simulated-" + std::to_string(sensor);
}

std::array<double, 3> SimulatedSensors::sample(std::size_t sensor, std::uint64_t number) {
  const auto thousandths = [](double value) { return std::round(value * 1000) / 1000; };
  constexpr double kSamplesAStep = 50 / 1.8;  // 1.8 steps a second at 50 Hz
  const double step = 2 * kPi * static_cast<double>(number) / kSamplesAStep;
  return {thousandths(9.81 + 2 * std::sin(step)), static_cast<double>(number % 1000) / 1000,
          static_cast<double>(sensor % 1000) / 1000};
}

}  // namespace reprise
