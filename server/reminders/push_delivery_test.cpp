// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/push_delivery.h"

#include <thread>

#include "record/accounts/account.h"
#include "record/accounts/push_subscription.h"
#include "tests/support/app_browser.h"
#include "tests/support/listening_socket.h"

namespace reprise::server {
namespace {

using record::Try;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class PushDeliveryTest : public AppTest {
 protected:
  PushDeliveryTest() {
    fill();
    account_ = make("pat", Role::patient, "a");
  }
  std::string subscribe(const std::string& endpoint) {
    return in_database([&](record::Connection& connection) {
      return record::keep_push_subscription(
          connection, account_.id, "session",
          {endpoint,
           "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
           "BTBZMqHH6r4Tts7J_aSIgg"},
          now());
    });
  }
  bool lives(const std::string& id) {
    return in_database([&](record::Connection& connection) -> Result<bool> {
      return record::find_push_subscription(connection, id).value().has_value();
    });
  }
  Try send(const std::string& id, push::PushHosts hosts = {"127.0.0.1"}) {
    PushDelivery delivery(
        {std::move(hosts), "clinic@example.org", {}, key_},
        [this]() -> Result<std::unique_ptr<record::Connection>> { return database_.open(); });
    record::Message message;
    message.kind = record::MessageKind::push;
    message.recipient = id;
    message.body = "exercises";
    message.queued_us = now();
    return delivery.send(message, stop_);
  }
  /// Sends one to a push service that answers with this status line.
  std::pair<Try, std::string> send_to_service(const std::string& status) {
    ListeningSocket socket;
    const std::string id = subscribe("http://127.0.0.1:" + std::to_string(socket.port()) + "/secret");
    std::thread service([&] {
      const int client = socket.accept();
      std::array<char, 8192> some{};
      // The header; whether the body came does not matter here.
      EXPECT_GT(::recv(client, some.data(), some.size(), 0), 0);
      const std::string answer = "HTTP/1.1 " + status + "\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
      EXPECT_GT(::send(client, answer.data(), answer.size(), MSG_NOSIGNAL), 0);
      ::shutdown(client, SHUT_WR);
      while (::recv(client, some.data(), some.size(), 0) > 0) {
      }
      ::close(client);
    });
    const Try tried = send(id);
    service.join();
    return {tried, id};
  }

  record::Account account_;
  push::P256Key key_ = push::P256Key::derive(std::string(32, 'k')).value();
  std::atomic<bool> stop_ = false;
};

TEST_P(PushDeliveryTest, ATakenMessageIsSent) {
  const auto [tried, id] = send_to_service("201 Created");
  EXPECT_EQ(tried.end, Try::End::sent) << tried.why;
  EXPECT_TRUE(lives(id));
}

TEST_P(PushDeliveryTest, AGoneSubscriptionEnds) {
  for (const char* status : {"404 Not Found", "410 Gone"}) {
    const auto [tried, id] = send_to_service(status);
    EXPECT_EQ(tried.end, Try::End::refused);
    EXPECT_FALSE(lives(id)) << status;
    EXPECT_EQ(send(id).end, Try::End::refused) << "a second message to it";
  }
}

TEST_P(PushDeliveryTest, ABusyServiceIsTriedAgain) {
  const auto [tried, id] = send_to_service("429 Too Many Requests\r\nretry-after: 90");
  EXPECT_EQ(tried.end, Try::End::failed);
  EXPECT_EQ(tried.retry_after_us, 90'000'000);
  EXPECT_TRUE(lives(id));
  EXPECT_EQ(send_to_service("500 Internal Server Error").first.end, Try::End::failed);
}

TEST_P(PushDeliveryTest, ARefusedMessageIsGivenUpWithoutTheEndpointInTheReason) {
  for (const char* status : {"400 Bad Request", "413 Payload Too Large", "403 Forbidden"}) {
    const auto [tried, id] = send_to_service(status);
    EXPECT_EQ(tried.end, Try::End::refused);
    EXPECT_THAT(tried.why, AllOf(HasSubstr(std::string{status}.substr(0, 3)), Not(HasSubstr("secret"))));
    EXPECT_TRUE(lives(id)) << "the device may take the next one";
  }
}

TEST_P(PushDeliveryTest, AHostThatLeftTheListIsNotConnectedTo) {
  const std::string id = subscribe("http://127.0.0.1:9/secret");
  const Try tried = send(id, push::known_push_hosts());
  EXPECT_EQ(tried.end, Try::End::refused);
  EXPECT_THAT(tried.why, Not(HasSubstr("secret")));
  EXPECT_FALSE(lives(id));
}

INSTANTIATE_TEST_SUITE_P(On, PushDeliveryTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
