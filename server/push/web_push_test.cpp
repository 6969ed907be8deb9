// SPDX-License-Identifier: Apache-2.0
#include "server/push/web_push.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "base/base64.h"
#include "tests/support/listening_socket.h"

namespace reprise::server::push {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kBrowserPoint =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr std::size_t kBodyBytes = 86 + kShortestText + 17;
constexpr const char* kBrowserAuth = "BTBZMqHH6r4Tts7J_aSIgg";

/// A push service that answers one request, and keeps it.
class OnePushService {
 public:
  explicit OnePushService(std::string answer) : answer_(std::move(answer)), thread_([this] { serve(); }) {}
  ~OnePushService() {
    if (thread_.joinable()) thread_.join();
  }
  OnePushService(const OnePushService&) = delete;
  OnePushService& operator=(const OnePushService&) = delete;

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(socket_.port()) + "/push/secret";
  }
  [[nodiscard]] std::string request() {
    thread_.join();
    return request_;
  }

 private:
  void serve() {
    const int client = socket_.accept();
    std::array<char, 4096> some{};
    for (std::size_t end = std::string::npos;
         end == std::string::npos || request_.size() < end + 4 + kBodyBytes;
         end = request_.find("\r\n\r\n")) {
      const ssize_t size = ::recv(client, some.data(), some.size(), 0);
      if (size <= 0) break;
      request_.append(some.data(), static_cast<std::size_t>(size));
    }
    EXPECT_EQ(::send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(answer_.size()));
    ::close(client);
  }

  ListeningSocket socket_;
  std::string answer_;
  std::string request_;
  std::thread thread_;
};

Pushed send_to(const std::string& url, const PushHosts& hosts) {
  static const P256Key kKey = P256Key::derive(std::string(32, 'k')).value();
  const PushSender sender{hosts, "clinic@example.org", {}, kKey};
  const auto to = read_subscription(url, kBrowserPoint, kBrowserAuth, hosts);
  EXPECT_TRUE(to) << to_string(to.error());
  const std::atomic<bool> stop = false;
  return send_push(sender, *to, {"exercises", "exercises", std::chrono::hours{2}}, 1'800'000'000, stop);
}

Pushed answered(const std::string& status_and_fields) {
  OnePushService service("HTTP/1.1 " + status_and_fields +
                         "\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
  return send_to(service.url(), {"127.0.0.1"});
}

TEST(WebPush, SendsOneEncryptedMessage) {
  OnePushService service("HTTP/1.1 201 Created\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
  const Pushed pushed = send_to(service.url(), {"127.0.0.1"});
  EXPECT_EQ(pushed.end, Pushed::End::sent) << pushed.why;
  const std::string request = service.request();
  EXPECT_THAT(request, AllOf(HasSubstr("POST /push/secret HTTP/1.1\r\n"), HasSubstr("\r\nTTL: 7200\r\n"),
                             HasSubstr("\r\nTopic: exercises\r\n"), HasSubstr("\r\nUrgency: normal\r\n"),
                             HasSubstr("\r\nContent-Encoding: aes128gcm\r\n"),
                             HasSubstr("\r\nAuthorization: vapid t=")));
  const std::string body = request.substr(request.find("\r\n\r\n") + 4);
  EXPECT_EQ(body.size(), kBodyBytes);
  EXPECT_THAT(body, Not(HasSubstr("exercises")));
}

TEST(WebPush, AGoneSubscriptionHasEnded) {
  EXPECT_EQ(answered("404 Not Found").end, Pushed::End::ended);
  EXPECT_EQ(answered("410 Gone").end, Pushed::End::ended);
}

TEST(WebPush, AnOverloadedServiceIsTriedAgainWhenItAsksTo) {
  const Pushed busy = answered("429 Too Many Requests\r\nretry-after: 120");
  EXPECT_EQ(busy.end, Pushed::End::again);
  EXPECT_EQ(busy.retry_after, std::chrono::seconds{120});
  const Pushed down = answered("503 Service Unavailable");
  EXPECT_EQ(down.end, Pushed::End::again);
  EXPECT_EQ(down.retry_after, std::chrono::seconds{0});
}

TEST(WebPush, OtherAnswersEndTheMessageWithoutTheEndpointInTheReason) {
  for (const char* status :
       {"400 Bad Request", "401 Unauthorized", "403 Forbidden", "413 Payload Too Large"}) {
    const Pushed pushed = answered(status);
    EXPECT_EQ(pushed.end, Pushed::End::refused);
    EXPECT_THAT(pushed.why, AllOf(HasSubstr(std::string{status}.substr(0, 3)), Not(HasSubstr("secret")),
                                  Not(HasSubstr("127.0.0.1"))));
  }
}

TEST(WebPush, DoesNotFollowARedirect) {
  ListeningSocket elsewhere;
  const Pushed pushed = answered(
      "307 Temporary Redirect\r\nlocation: http://127.0.0.1:" + std::to_string(elsewhere.port()) + "/");
  EXPECT_EQ(pushed.end, Pushed::End::refused);
}

TEST(WebPush, DoesNotConnectToANameThatLeadsIntoTheOwnNetwork) {
  // libcurl resolves this name to the loopback addresses.
  const Pushed pushed = send_to("https://push.localhost/secret", {"push.localhost"});
  EXPECT_EQ(pushed.end, Pushed::End::refused);
  EXPECT_THAT(pushed.why, HasSubstr("outside the internet"));
}

TEST(WebPush, NoAnswerIsTriedAgain) {
  std::uint16_t closed = 0;
  {
    const ListeningSocket socket;
    closed = socket.port();
  }
  const Pushed pushed = send_to("http://127.0.0.1:" + std::to_string(closed) + "/secret", {"127.0.0.1"});
  EXPECT_EQ(pushed.end, Pushed::End::again);
  EXPECT_THAT(pushed.why, AllOf(Not(IsEmpty()), Not(HasSubstr("secret"))));
}

}  // namespace
}  // namespace reprise::server::push
