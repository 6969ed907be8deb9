// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mosquitto_broker.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace reprise {
namespace {

constexpr const char* kProgram = "/usr/sbin/mosquitto";

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  ::bind(probe, reinterpret_cast<const sockaddr*>(&address), size);
  ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(probe);
  return ntohs(address.sin_port);
}

bool takes_connections(int port) {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = loopback(port);
  const bool taken = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(probe);
  return taken;
}

}  // namespace

MosquittoBroker::MosquittoBroker(const std::string& settings) : port_(free_port()) {
  // As root it would become another user, for whom the folder is closed. The limits are those that the
  // documents recommend (docs/reference/live-sensors.md).
  put_file(folder_ / "mosquitto.conf",
           "user root\npersistence true\npersistence_location " + folder_.path().string() +
               "/\nmax_inflight_messages 1000\nmax_queued_messages 50000\nlistener " + std::to_string(port_) +
               " 127.0.0.1\n" + (settings.empty() ? "allow_anonymous true\n" : settings));
  restart();
}

void MosquittoBroker::kill() {
  process_->end(SIGKILL);
}

rusage MosquittoBroker::end() {
  process_->end(SIGTERM);
  return process_->usage();
}

void MosquittoBroker::restart() {
  const std::filesystem::path log = folder_ / "log";
  process_.emplace(std::vector<std::string>{kProgram, "-c", (folder_ / "mosquitto.conf").string()}, log, log);
  for (int tries = 0; tries < 1000 && process_->running(); ++tries) {
    if (takes_connections(port_)) return;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  throw std::runtime_error("mosquitto does not start (is the package installed?): " + get_file(log));
}

}  // namespace reprise
