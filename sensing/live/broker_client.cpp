// SPDX-License-Identifier: Apache-2.0
#include "sensing/live/broker_client.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/live/sensor_message.h"

namespace reprise::sensing {
namespace {

using std::chrono::steady_clock;

constexpr const char* kConnecting = "connecting to the MQTT broker";
constexpr int kKeepAliveS = 15;
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{5000};
constexpr std::chrono::seconds kFirstConnection{10};
/// Beside the payload: topic, properties, header.
constexpr std::uint32_t kPacketOverhead = 1024;
/// Messages that the broker may have on the way to us: more than it sends while we flush the disk.
constexpr int kReceiveMaximum = 1000;

std::string text_of(int result) {
  return result == MOSQ_ERR_ERRNO ? std::strerror(errno) : mosquitto_strerror(result);
}

}  // namespace

bool BrokerAddress::is_local() const {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Result<BrokerAddress> parse_broker_address(std::string_view text) {
  const auto wrong = [&] {
    return fail(ErrorCode::invalid_argument, "reading options",
                "'" + shown(text, 80) + "' is no broker's address",
                "write mqtt://HOST, mqtt://HOST:PORT or, encrypted, mqtts://HOST:PORT");
  };
  BrokerAddress address;
  std::string_view rest = text;
  constexpr std::uint16_t kTlsPort = 8883;
  if (rest.starts_with("mqtts://")) {
    address.tls = true;
    address.port = kTlsPort;
    rest.remove_prefix(8);
  } else if (rest.starts_with("mqtt://")) {
    rest.remove_prefix(7);
  } else {
    return wrong();
  }
  std::string_view port;
  if (rest.starts_with('[')) {
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) return wrong();
    address.host = std::string{rest.substr(1, end - 1)};
    port = rest.substr(end + 1);
  } else {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    address.host = std::string{rest.substr(0, colon)};
    port = rest.substr(colon);
  }
  if (address.host.empty() || address.host.find_first_of("/@? ") != std::string::npos) return wrong();
  if (port.empty()) return address;
  const auto number = parse_integer(port.substr(1));
  if (port.front() != ':' || !number || *number < 1 || *number > 65535) return wrong();
  address.port = static_cast<std::uint16_t>(*number);
  return address;
}

BrokerClient::BrokerClient(BrokerOptions options, Handler handler)
    : options_(std::move(options)),
      handler_(std::move(handler)),
      client_(nullptr, mosquitto_destroy),
      pause_(kFirstPause) {
  static const int initialized = mosquitto_lib_init();
  (void)initialized;
  client_.reset(mosquitto_new(nullptr, true, this));
}

BrokerClient::~BrokerClient() {
  if (linked_) mosquitto_disconnect(client_.get());
}

Result<void> BrokerClient::set_up() {
  mosquitto* client = client_.get();
  mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
  mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
  mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, kReceiveMaximum);
  mosquitto_connect_callback_set(client, [](mosquitto* one, void* self, int code) {
    auto& me = *static_cast<BrokerClient*>(self);
    if (code != 0) return me.lose(mosquitto_reason_string(code));
    mosquitto_subscribe(one, nullptr, me.options_.topics.c_str(), 1);
  });
  mosquitto_subscribe_callback_set(client, [](mosquitto*, void* self, int, int, const int* granted) {
    auto& me = *static_cast<BrokerClient*>(self);
    constexpr int kFirstFailure = 0x80;
    if (*granted >= kFirstFailure) return me.lose("the broker refuses the subscription");
    me.subscribed_ = true;
    me.problem_.clear();
    me.pause_ = kFirstPause;
  });
  mosquitto_message_callback_set(client, [](mosquitto*, void* self, const mosquitto_message* message) {
    static_cast<BrokerClient*>(self)->handler_(
        message->topic,
        {static_cast<const char*>(message->payload), static_cast<std::size_t>(message->payloadlen)});
  });
  if (!options_.user.empty())
    mosquitto_username_pw_set(client, options_.user.c_str(), options_.password.c_str());
  if (!options_.address.tls) return {};
  if (options_.authorities.empty()) {
    mosquitto_int_option(client, MOSQ_OPT_TLS_USE_OS_CERTS, 1);
    return {};
  }
  constexpr std::size_t kMaxAuthoritiesBytes = 4U << 20U;
  if (const auto readable = read_file(options_.authorities, kMaxAuthoritiesBytes, kConnecting); !readable)
    return tl::unexpected(readable.error());
  const int set = mosquitto_tls_set(client, options_.authorities.c_str(), nullptr, nullptr, nullptr, nullptr);
  if (set == MOSQ_ERR_SUCCESS) return {};
  return fail(ErrorCode::unreadable, kConnecting, "the file of authorities cannot be used: " + text_of(set),
              "give the CA's certificate as PEM");
}

tl::unexpected<Error> BrokerClient::unavailable() const {
  return fail(ErrorCode::unavailable, kConnecting,
              options_.address.host + ":" + std::to_string(options_.address.port) + ": " + problem_,
              "check that the broker runs, its address, user name, password and certificate");
}

Result<std::unique_ptr<BrokerClient>> BrokerClient::connect(BrokerOptions options, Handler handler) {
  std::unique_ptr<BrokerClient> made{new BrokerClient(std::move(options), std::move(handler))};
  if (auto ready = made->set_up(); !ready) return tl::unexpected(ready.error());
  mosquitto_property* properties = nullptr;
  mosquitto_property_add_int32(&properties, MQTT_PROP_MAXIMUM_PACKET_SIZE,
                               static_cast<std::uint32_t>(kMaxMessageBytes) + kPacketOverhead);
  const BrokerAddress& address = made->options_.address;
  const int begun = mosquitto_connect_bind_v5(made->client_.get(), address.host.c_str(), address.port,
                                              kKeepAliveS, nullptr, properties);
  mosquitto_property_free_all(&properties);
  if (begun != MOSQ_ERR_SUCCESS) {
    made->problem_ = text_of(begun);
    return made->unavailable();
  }
  made->linked_ = true;
  const auto end = steady_clock::now() + kFirstConnection;
  while (made->linked_ && !made->subscribed_ && steady_clock::now() < end)
    made->run(steady_clock::now() + std::chrono::milliseconds{1});
  if (made->subscribed_) return made;
  if (made->problem_.empty()) made->problem_ = "the broker does not answer";
  return made->unavailable();
}

void BrokerClient::lose(const std::string& problem) {
  problem_ = problem;
  if (linked_) next_try_ = steady_clock::now() + pause_;
  linked_ = subscribed_ = false;
}

void BrokerClient::connect_again(steady_clock::time_point end) {
  std::this_thread::sleep_until(std::min(end, next_try_));
  if (steady_clock::now() < next_try_) return;
  const int begun = mosquitto_reconnect(client_.get());
  pause_ = std::min(2 * pause_, kLongestPause);
  linked_ = begun == MOSQ_ERR_SUCCESS;
  if (linked_) return;
  problem_ = text_of(begun);
  next_try_ = steady_clock::now() + pause_;
}

void BrokerClient::run(steady_clock::time_point end) {
  while (steady_clock::now() < end) {
    if (!linked_) {
      connect_again(end);
      continue;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - steady_clock::now());
    const int result = mosquitto_loop(client_.get(), std::max(1, static_cast<int>(left.count())), 1);
    if (result != MOSQ_ERR_SUCCESS && linked_) lose(text_of(result));  // not over what the broker itself said
  }
}

void BrokerClient::publish(const std::string& topic, const std::string& payload) {
  if (!subscribed_) return;
  mosquitto_publish(client_.get(), nullptr, topic.c_str(), static_cast<int>(payload.size()), payload.data(),
                    0, false);
}

}  // namespace reprise::sensing
