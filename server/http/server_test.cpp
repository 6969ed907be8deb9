// SPDX-License-Identifier: Apache-2.0
#include "server/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/http_client.h"

namespace reprise::server::http {
namespace {

using namespace std::chrono_literals;

const std::string kGet = "GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n";

// Keeps requests until the test answers them.
class HeldRequests {
 public:
  Handler handler() {
    return [this](Request request, Respond respond) {
      const std::lock_guard lock(mutex_);
      waiting_.emplace_back(std::move(request), std::move(respond));
      came_.notify_all();
    };
  }
  std::pair<Request, Respond> next() {
    std::unique_lock lock(mutex_);
    if (!came_.wait_for(lock, 10s, [this] { return !waiting_.empty(); })) {
      throw std::runtime_error("no request arrived");
    }
    auto first = std::move(waiting_.front());
    waiting_.erase(waiting_.begin());
    return first;
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<std::pair<Request, Respond>> waiting_;
};

TEST(HttpServer, AnswersManyRequestsOnOneConnection) {
  const auto server = started(echo);
  TestClient client(server->port());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nxy"));
    const Reply reply = client.reply();
    EXPECT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.body, "POST /a xy");
    EXPECT_EQ(reply.fields.at("X-Remote"), "127.0.0.1");
    EXPECT_EQ(reply.fields.at("Date").size(), 29U);
    EXPECT_EQ(reply.fields.count("Connection"), 0U);
  }
  EXPECT_EQ(server->connections(), 1U);
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  HeldRequests held;
  const auto server = started(held.handler());
  TestClient client(server->port());
  client.send(
      "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: "
      "h\r\n\r\n");
  for (const char* target : {"/1", "/2", "/3"}) {
    auto [request, respond] = held.next();
    EXPECT_EQ(request.target, target);
    std::thread([&request = request, &respond = respond] { respond({200, {}, request.target}); }).join();
  }
  for (const char* target : {"/1", "/2", "/3"}) EXPECT_EQ(client.reply().body, target);
}

TEST(HttpServer, AnswersAThousandPipelinedRequests) {
  const auto server = started(echo);
  TestClient client(server->port());
  std::string all;
  for (int i = 0; i < 1000; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  std::thread sender([&] { client.send(all); });
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(client.reply().body, "GET /" + std::to_string(i) + ' ');
  sender.join();
}

TEST(HttpServer, SendsNoBodyForHead) {
  const auto server = started(echo);
  TestClient client(server->port());
  client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + kGet);
  EXPECT_EQ(client.reply(true).fields.at("Content-Length"), "8");
  EXPECT_EQ(client.reply().body, "GET /a?b=c ");
}

TEST(HttpServer, ClosesWhenTheClientWants) {
  const auto server = started(echo);
  TestClient client(server->port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.reply().fields.at("Connection"), "close");
  EXPECT_TRUE(client.is_closed());
  TestClient old(server->port());
  old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.reply().fields.at("Connection"), "keep-alive");
  EXPECT_EQ(old.reply().fields.at("Connection"), "close");
  EXPECT_TRUE(old.is_closed());
}

TEST(HttpServer, ReadsChunkedBodies) {
  const auto server = started(echo);
  TestClient client(server->port());
  client.send("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
  client.send("4;ext=\"1\"\r\ndefg\r\n0\r\nTrailer: x\r\n\r\n" + kGet);
  EXPECT_EQ(client.reply().body, "POST /a abcdefg");
  EXPECT_EQ(client.reply().body, "GET /a?b=c ");
}

TEST(HttpServer, InvitesTheBodyOnlyWhenItWillBeRead) {
  Limits limits;
  limits.body_bytes = 1000;
  const auto server = started(echo, limits);
  TestClient client(server->port());
  client.send("PUT /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.reply().status, 100U);
  client.send("abc");
  EXPECT_EQ(client.reply().body, "PUT /a abc");
  client.send("PUT /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_EQ(client.reply().status, 413U);
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpServer, CarriesLargeBodiesBothWays) {
  const auto server = started(echo);
  TestClient client(server->port());
  std::string body(10'000'000, 'a');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 23);
  std::thread sender([&] {
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
    client.send(body);
  });
  EXPECT_TRUE(client.reply().body == "POST / " + body);
  sender.join();
}

TEST(HttpServer, RefusesAHundredMegabytesWithoutReadingThemIntoMemory) {
  Limits limits;
  limits.body_bytes = 1'000'000;
  const auto server = started(echo, limits);
  const auto peak_kilobytes = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
  };
  const long before = peak_kilobytes();
  for (const char* length : {"Content-Length: 104857600", "Transfer-Encoding: chunked"}) {
    TestClient client(server->port());
    std::thread sender([&] {
      client.send("POST / HTTP/1.1\r\nHost: h\r\n" + std::string{length} + "\r\n\r\n");
      const std::string chunk(1 << 20, 'a');
      for (int i = 0; i < 100; ++i) {
        if (length[0] == 'T' && !client.send("100000\r\n")) break;
        if (!client.send(chunk)) break;
        if (length[0] == 'T' && !client.send("\r\n")) break;
      }
    });
    EXPECT_EQ(client.reply().status, 413U) << length;
    sender.join();
  }
  // A chunked body is kept up to the limit, and the allocator keeps something, too.
  EXPECT_LT(peak_kilobytes() - before, 40'000);
}

TEST(HttpServer, AnswersBadRequestsAndCloses) {
  const auto server = started(echo);
  const std::vector<std::pair<std::string, unsigned>> cases = {
      {"nonsense\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
      {"GET /" + std::string(30000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
      {"GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(30000, 'a') + "\r\n\r\n", 431},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;" + std::string(30000, 'a'), 400},
  };
  for (const auto& [bytes, status] : cases) {
    TestClient client(server->port());
    client.send(bytes + kGet);  // a request behind it is not served
    const Reply reply = client.reply();
    EXPECT_EQ(reply.status, status) << bytes.substr(0, 60);
    EXPECT_EQ(reply.fields.at("Connection"), "close");
    EXPECT_THAT(reply.body, testing::StartsWith("refused " + std::to_string(status)));
    EXPECT_TRUE(client.is_closed());
  }
}

TEST(HttpServer, AnswersToAClientThatHalfCloses) {
  HeldRequests held;
  const auto server = started(held.handler());
  TestClient client(server->port());
  client.send(kGet);
  client.half_close();
  auto [request, respond] = held.next();
  respond({200, {}, "answer"});
  EXPECT_EQ(client.reply().body, "answer");
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpServer, SurvivesAClientThatGoesBeforeTheAnswer) {
  HeldRequests held;
  const auto server = started(held.handler());
  Respond late;
  {
    TestClient client(server->port());
    client.send(kGet);
    late = held.next().second;
    const linger at_once{1, 0};  // a reset instead of an orderly end
    setsockopt(client.socket(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  late({200, {}, std::string(5'000'000, 'a')});
  TestClient other(server->port());
  other.send(kGet);
  held.next().second({200, {}, "still here"});
  EXPECT_EQ(other.reply().body, "still here");
}

TEST(HttpServer, Returns500IfTheHandlerDoesNotRespond) {
  const auto server = started([](const Request& request, const Respond& respond) {
    if (request.target == "/throw") throw std::runtime_error("out of luck");
    if (request.target == "/split") respond({200, {{"Location", "a\r\nX-Evil: b"}}, ""});
  });
  TestClient client(server->port());
  for (const char* target : {"/drop", "/throw", "/split"}) {
    client.send("GET " + std::string{target} + " HTTP/1.1\r\nHost: h\r\n\r\n");
    const Reply reply = client.reply();
    EXPECT_EQ(reply.status, 500U) << target;
    EXPECT_EQ(reply.fields.count("X-Evil"), 0U);
  }
  EXPECT_EQ(server->requests_under_way(), 0U);
}

TEST(HttpServer, TakesTheFirstAnswerOnly) {
  const auto server = started([](const Request&, const Respond& respond) {
    respond({200, {}, "first"});
    respond({200, {}, "second"});
  });
  TestClient client(server->port());
  client.send(kGet + kGet);
  EXPECT_EQ(client.reply().body, "first");
  EXPECT_EQ(client.reply().body, "first");
  EXPECT_EQ(server->requests_under_way(), 0U);
}

TEST(HttpServer, SpeaksForItselfWhereTheRefusalCannotBeSent) {
  auto server = Server::start(
      {}, echo, [](unsigned, std::string_view) -> Response { throw std::runtime_error("no words"); });
  ASSERT_TRUE(server);
  TestClient client((*server)->port());
  client.send("nonsense\r\n\r\n");
  const Reply reply = client.reply();
  EXPECT_EQ(reply.status, 400U);
  EXPECT_THAT(reply.body, testing::HasSubstr("method"));
}

TEST(HttpServer, ServesManyConnectionsAtOnce) {
  const auto server = started(echo, {}, 2);
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(std::make_unique<TestClient>(server->port()));
  for (int round = 0; round < 3; ++round) {
    for (const auto& client : clients) ASSERT_TRUE(client->send(kGet));
    for (const auto& client : clients) ASSERT_EQ(client->reply().status, 200U);
  }
  EXPECT_EQ(server->connections(), 200U);
}

TEST(HttpServer, RefusesAConnectionWhereAllOthersAreBeingAnswered) {
  Limits limits;
  limits.connections = 2;
  HeldRequests held;
  const auto server = started(held.handler(), limits);
  TestClient first(server->port());
  TestClient second(server->port());
  first.send(kGet);
  second.send(kGet);
  auto one = held.next();
  auto other = held.next();
  {
    TestClient third(server->port());
    third.send(kGet);
    EXPECT_EQ(third.reply().status, 503U);
    EXPECT_TRUE(third.is_closed());
  }
  one.second({200, {}, ""});
  other.second({200, {}, ""});
  EXPECT_EQ(first.reply().status, 200U);
  EXPECT_EQ(second.reply().status, 200U);
  TestClient fourth(server->port());
  fourth.send(kGet);
  held.next().second({200, {}, ""});
  EXPECT_EQ(fourth.reply().status, 200U);
}

// Security finding F4
TEST(HttpServer, IdleConnectionsKeepNoOneOut) {
  Limits limits;
  limits.connections = 20;
  const auto server = started(echo, limits);
  std::vector<std::unique_ptr<TestClient>> silent;
  for (int i = 0; i < 60; ++i) silent.push_back(std::make_unique<TestClient>(server->port()));
  TestClient client(server->port());
  client.send(kGet);
  EXPECT_EQ(client.reply().status, 200U);
  EXPECT_TRUE(silent.front()->is_closed()) << "the oldest made room";
  EXPECT_LE(server->connections(), 20U);
}

// Security finding F4
TEST(HttpServer, OneAddressMakesRoomAmongItsOwnConnectionsButAProxyIsNotLimited) {
  Limits limits;
  limits.connections_per_address = 10;
  for (const bool proxy : {false, true}) {
    Options options{"127.0.0.1", 0, {}, 1, limits};
    if (proxy) options.trusted_proxies = {*parse_address_range("127.0.0.0/8")};
    const auto server = Server::start(options, echo, worded_refusal);
    ASSERT_TRUE(server);
    std::vector<std::unique_ptr<TestClient>> many;
    for (int i = 0; i < 40; ++i) {
      many.push_back(std::make_unique<TestClient>((*server)->port()));
      many.back()->send(kGet);
      EXPECT_EQ(many.back()->reply().status, 200U);
    }
    EXPECT_EQ((*server)->connections(), proxy ? 40U : 10U);
  }
}

// Security finding F2
TEST(HttpServer, RefusesAnswersThatAreTogetherTooLarge) {
  Limits limits;
  limits.all_answers_bytes = 80'000'000;
  const auto server = started(
      [](const Request& request, const Respond& respond) {
        respond({200, {}, std::string(request.target == "/large" ? 39'000'000 : 100, 'a')});
      },
      limits);
  TestClient slow(server->port(), 4096);  // which does not read
  slow.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  TestClient probe(server->port());
  Reply refused;
  do {
    probe.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    refused = probe.reply();
  } while (refused.status == 200);  // the first one may not have been answered yet
  EXPECT_EQ(refused.status, 503U);
  probe.send("GET /small HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(probe.reply().status, 200U) << "small requests continue";
}

TEST(HttpServer, RefusesRequestsBeyondTheLimitAndKeepsTheConnection) {
  HeldRequests held;
  Limits limits;
  limits.requests_under_way = 1;
  const auto server = started(held.handler(), limits);
  TestClient first(server->port());
  TestClient second(server->port());
  first.send(kGet);
  auto [request, respond] = held.next();
  EXPECT_EQ(server->requests_under_way(), 1U);
  second.send(kGet);
  EXPECT_EQ(second.reply().status, 503U);
  respond({200, {}, "first"});
  EXPECT_EQ(first.reply().body, "first");
  second.send(kGet);
  held.next().second({200, {}, "second"});
  EXPECT_EQ(second.reply().body, "second");
}

TEST(HttpServer, RefusesBodiesThatAreTogetherTooLarge) {
  Limits limits;
  limits.all_bodies_bytes = 1'000'000;
  HeldRequests held;
  const auto server = started(held.handler(), limits);
  const std::string part(600'000, 'a');
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 600000\r\n\r\n";
  TestClient first(server->port());
  first.send(head + part);
  auto [request, respond] = held.next();
  EXPECT_EQ(request.body.size(), part.size());
  for (const char* length :
       {"Content-Length: 600000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n927c0\r\n"}) {
    TestClient second(server->port());
    second.send("POST / HTTP/1.1\r\nHost: h\r\n" + std::string{length} + part);
    EXPECT_EQ(second.reply().status, 503U) << length;
  }
  respond({200, {}, "first"});
  EXPECT_EQ(first.reply().body, "first");
  first.send(head + part);
  held.next().second({200, {}, "again"});
  EXPECT_EQ(first.reply().body, "again");
}

TEST(HttpServer, StopsAfterRequestsUnderWay) {
  HeldRequests held;
  Limits limits;
  limits.linger_time = 20ms;
  auto server = started(held.handler(), limits, 2);
  const std::uint16_t port = server->port();
  TestClient busy(port);
  TestClient idle(port);
  idle.send(kGet);
  held.next().second({200, {}, ""});
  EXPECT_EQ(idle.reply().status, 200U);
  busy.send(kGet);
  auto [request, respond] = held.next();
  auto stopped = std::async(std::launch::async, [&] { server->stop(30s); });
  EXPECT_TRUE(idle.is_closed());
  EXPECT_THROW(TestClient{port}, std::runtime_error);
  EXPECT_EQ(stopped.wait_for(0s), std::future_status::timeout);
  respond({200, {}, "done"});
  const Reply reply = busy.reply();
  EXPECT_EQ(reply.body, "done");
  EXPECT_EQ(reply.fields.at("Connection"), "close");
  EXPECT_TRUE(busy.is_closed());
  stopped.get();
}

TEST(HttpServer, StopsWithoutTheAnswerWhenItTakesTooLong) {
  HeldRequests held;
  auto server = started(held.handler());
  TestClient client(server->port());
  client.send(kGet);
  auto [request, respond] = held.next();
  server->stop(10ms);
  EXPECT_TRUE(client.is_closed());
  server.reset();
  respond({200, {}, "to no client"});  // and nothing happens
}

TEST(HttpServer, ReportsWhyItCannotListen) {
  const auto first = started(echo);
  const auto cause = [](const std::string& address, std::uint16_t port) {
    const auto server = Server::start({.address = address, .port = port}, echo, worded_refusal);
    return server ? std::string{} : server.error().cause + '|' + server.error().remedy;
  };
  EXPECT_THAT(cause("127.0.0.1", first->port()), testing::HasSubstr("another program listens there"));
  EXPECT_THAT(cause("localhost", 0), testing::HasSubstr("is no IP address"));
  EXPECT_THAT(cause("192.0.2.1", 0), testing::HasSubstr("no such address"));  // RFC 5737: unassigned
}

}  // namespace
}  // namespace reprise::server::http
