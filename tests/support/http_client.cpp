// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace reprise::server::http {

TestClient::TestClient(std::uint16_t port, int receive_buffer) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (receive_buffer > 0) {
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  const timeval patience{10, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(socket_);
    throw std::runtime_error("cannot connect to the server under test");
  }
}

TestClient::~TestClient() {
  close(socket_);
}

bool TestClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void TestClient::half_close() {
  shutdown(socket_, SHUT_WR);
}

bool TestClient::receive() {
  std::array<char, 65536> bytes{};
  const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  received_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

Reply TestClient::reply(bool of_head) {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return {};
  }
  Reply reply;
  reply.status = static_cast<unsigned>(std::stoul(received_.substr(9, 3)));
  for (std::size_t at = received_.find("\r\n") + 2; at < end + 2;) {
    const std::size_t colon = received_.find(": ", at);
    const std::size_t line_end = received_.find("\r\n", at);
    reply.fields[received_.substr(at, colon - at)] = received_.substr(colon + 2, line_end - colon - 2);
    at = line_end + 2;
  }
  received_.erase(0, end + 4);
  const auto length = reply.fields.find("Content-Length");
  if (of_head || length == reply.fields.end()) return reply;
  const std::size_t size = std::stoul(length->second);
  while (received_.size() < size) {
    if (!receive()) return {};
  }
  reply.body = received_.substr(0, size);
  received_.erase(0, size);
  return reply;
}

std::string TestClient::rest() {
  while (receive()) {
  }
  return std::exchange(received_, {});
}

bool TestClient::is_closed() {
  if (!received_.empty()) return false;
  char byte = 0;
  const auto count = ::recv(socket_, &byte, 1, 0);
  return count == 0 || (count < 0 && errno == ECONNRESET);
}

void echo(Request request, Respond respond) {
  respond({200,
           {{"Content-Type", "text/plain"}, {"X-Remote", request.remote_address}},
           request.method + ' ' + request.target + ' ' + request.body});
}

Response worded_refusal(unsigned status, std::string_view reason) {
  return {status, {}, "refused " + std::to_string(status) + ": " + std::string{reason}};
}

std::unique_ptr<Server> started(Handler handler, Limits limits, unsigned threads) {
  auto server = Server::start({"127.0.0.1", 0, {}, threads, limits}, std::move(handler), worded_refusal);
  if (!server) throw std::runtime_error(to_string(server.error()));
  return std::move(*server);
}

}  // namespace reprise::server::http
