// SPDX-License-Identifier: Apache-2.0
// Clients that take too long, by limits of some tens of milliseconds. No test asks how soon something
// happened.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/http_client.h"

namespace reprise::server::http {
namespace {

using namespace std::chrono_literals;

constexpr auto kSoon = 100ms;  // and not less: a busy machine makes every client slow

// Sends a byte now and then until the server answers or closes.
Reply drip(TestClient& client, const std::string& begin, char byte) {
  client.send(begin);
  std::atomic<bool> done = false;
  std::thread sender([&] {
    while (!done && client.send({&byte, 1})) std::this_thread::sleep_for(3ms);
  });
  const Reply reply = client.reply();
  done = true;
  sender.join();
  return reply;
}

TEST(SlowClients, AHeaderThatDripsGets408) {
  Limits limits;
  limits.header_time = kSoon;
  const auto server = started(echo, limits);
  TestClient client(server->port());
  EXPECT_EQ(drip(client, "GET / HTTP/1.1\r\nHost: h\r\nA: ", 'a').status, 408U);
}

TEST(SlowClients, ABodyThatDripsGets408) {
  Limits limits;
  limits.body_time = kSoon;
  limits.bytes_per_second = 1'000'000;
  const auto server = started(echo, limits);
  for (const char* length : {"Content-Length: 1000000", "Transfer-Encoding: chunked"}) {
    TestClient client(server->port());
    const std::string begin = "POST / HTTP/1.1\r\nHost: h\r\n" + std::string{length} + "\r\n\r\n";
    EXPECT_EQ(drip(client, length[0] == 'T' ? begin + "100000\r\n" : begin, 'a').status, 408U) << length;
  }
}

TEST(SlowClients, ABodyAsFastAsTheRateIsReadToItsEnd) {
  Limits limits;
  limits.body_time = kSoon;
  limits.bytes_per_second = 10;  // twenty bytes give two seconds more
  const auto server = started(echo, limits);
  TestClient client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 30\r\n\r\n" + std::string(20, 'a'));
  std::this_thread::sleep_for(2 * kSoon);
  ASSERT_TRUE(client.send(std::string(10, 'a')));
  EXPECT_EQ(client.reply().status, 200U);
}

TEST(SlowClients, ASilentOneIsClosed) {
  Limits limits;
  limits.header_time = kSoon;
  const auto server = started(echo, limits);
  TestClient client(server->port());
  EXPECT_TRUE(client.is_closed());
}

TEST(SlowClients, OneThatFallsSilentIsClosed) {
  Limits limits;
  limits.idle_time = kSoon;
  const auto server = started(echo, limits);
  TestClient client(server->port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.reply().status, 200U);
  EXPECT_TRUE(client.is_closed());
}

TEST(SlowClients, OneThatDoesNotReadItsAnswerIsClosed) {
  Limits limits;
  limits.write_time = kSoon;
  limits.bytes_per_second = 1'000'000'000;
  const auto server = started(
      [](const Request&, const Respond& respond) {
        respond({200, {}, std::string(50'000'000, 'a')});
      },
      limits);
  TestClient client(server->port(), 4096);
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  while (server->connections() == 0) std::this_thread::sleep_for(1ms);
  while (server->connections() > 0) std::this_thread::sleep_for(1ms);
  EXPECT_LT(client.rest().size(), 50'000'000U);
}

TEST(SlowClients, OneThatNeverClosesAfterTheLastAnswerIsClosed) {
  Limits limits;
  limits.linger_time = kSoon;
  const auto server = started(echo, limits);
  TestClient client(server->port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.reply().status, 200U);
  while (server->connections() > 0) std::this_thread::sleep_for(1ms);
}

TEST(SlowClients, AHandlerMayTakeLongerThanAnyOfThem) {
  Limits limits;
  limits.header_time = limits.body_time = limits.idle_time = limits.write_time = kSoon;
  const auto server = started(
      [](Request request, Respond respond) {
        std::thread([request = std::move(request), respond = std::move(respond)]() mutable {
          std::this_thread::sleep_for(2 * kSoon);
          echo(std::move(request), std::move(respond));
        }).detach();
      },
      limits);
  TestClient client(server->port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.reply().status, 200U);
}

TEST(SlowClients, HundredsOfThemDoNotKeepOthersWaiting) {
  const auto server = started(echo);
  std::vector<std::unique_ptr<TestClient>> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(std::make_unique<TestClient>(server->port()));
    slow.back()->send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nab");
  }
  TestClient quick(server->port());
  quick.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(quick.reply().status, 200U);
  EXPECT_EQ(server->requests_under_way(), 0U);
}

}  // namespace
}  // namespace reprise::server::http
