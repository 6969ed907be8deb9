// SPDX-License-Identifier: Apache-2.0
#include "server/push/endpoint.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>

#include <cstring>

#include "server/push/subscription.h"

namespace reprise::server::push {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(PushEndpoint, IsOfAKnownServiceOverHttps) {
  for (const char* good :
       {"https://fcm.googleapis.com/fcm/send/abc:APA91b-_x", "https://fcm.googleapis.com/wp/x",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA", "https://web.push.apple.com/QGuQyavXutnMH",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB%2f"})
    EXPECT_TRUE(parse_endpoint(good, known_push_hosts())) << good;
  const auto endpoint = parse_endpoint("https://web.push.apple.com/x?y", known_push_hosts());
  ASSERT_TRUE(endpoint);
  EXPECT_EQ(endpoint->origin, "https://web.push.apple.com");
  EXPECT_EQ(endpoint->host, "web.push.apple.com");
}

TEST(PushEndpoint, RefusesWhatIsNotInTheListOrNoPlainUrl) {
  const std::string secret = "/secret";
  for (const std::string bad : {"",
                                "https://",
                                "http://fcm.googleapis.com",
                                "HTTPS://fcm.googleapis.com",
                                "https://FCM.googleapis.com",
                                "ftp://fcm.googleapis.com",
                                "file:///etc/passwd",
                                "https://evil.example",
                                "https://fcm.googleapis.com.evil.example",
                                "https://evilfcm.googleapis.com",
                                "https://notify.windows.com",
                                "https://.notify.windows.com",
                                "https://a..notify.windows.com",
                                "https://fcm.googleapis.com:8443",
                                "https://fcm.googleapis.com:443",
                                "https://user@fcm.googleapis.com",
                                "https://fcm.googleapis.com@evil.example",
                                "https://evil.example\\@fcm.googleapis.com",
                                "https://fcm.googleapis.com#@evil.example",
                                "https://127.0.0.1",
                                "https://[::1]",
                                "https://10.0.0.1",
                                "https://2130706433",
                                "https://0x7f.1",
                                "https://localhost",
                                "https://fcm.googleapis.com\r\nX: y",
                                "https://fcm.googleapis.com /"}) {
    const auto endpoint = parse_endpoint(bad + secret, known_push_hosts());
    ASSERT_FALSE(endpoint) << bad;
    EXPECT_EQ(endpoint.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(to_string(endpoint.error()), Not(HasSubstr("secret"))) << "an endpoint is a key";
  }
  EXPECT_FALSE(parse_endpoint("https://fcm.googleapis.com/" + std::string(2048, 'x'), known_push_hosts()));
}

TEST(PushEndpoint, IsOnThisMachineOnlyWhereTheListSaysSo) {
  const std::string here = "http://127.0.0.1:8099/push/1";
  EXPECT_FALSE(parse_endpoint(here, known_push_hosts()));
  const auto endpoint = parse_endpoint(here, {"127.0.0.1"});
  ASSERT_TRUE(endpoint);
  EXPECT_TRUE(endpoint->is_local);
  EXPECT_EQ(endpoint->origin, "http://127.0.0.1:8099");
  for (const char* bad :
       {"http://127.0.0.1:x/", "http://127.0.0.1.evil.example/", "http://127.0.0.1:1234567/",
        "http://127.0.0.1@evil.example/", "http://127.0.0.2/", "ftp://127.0.0.1/"})
    EXPECT_FALSE(parse_endpoint(bad, {"127.0.0.1"})) << bad;
}

TEST(PushEndpoint, TheListHasNamesOnly) {
  for (const char* good : {"push.example.org", "*.push.example.org", "127.0.0.1"})
    EXPECT_TRUE(is_push_host(good)) << good;
  for (const char* bad :
       {"", "*", "*.", "*.com.", "example", "https://push.example.org", "push.example.org:443", "push.*.org",
        "10.0.0.1", "::1", "Push.example.org", "localhost", "a.1"})
    EXPECT_FALSE(is_push_host(bad)) << bad;
}

bool is_internet(const char* text) {
  sockaddr_in six_or_four{};
  sockaddr_in6 six{};
  if (inet_pton(AF_INET, text, &six_or_four.sin_addr) == 1) {
    six_or_four.sin_family = AF_INET;
    return is_internet_address(reinterpret_cast<const sockaddr&>(six_or_four));
  }
  EXPECT_EQ(inet_pton(AF_INET6, text, &six.sin6_addr), 1) << text;
  six.sin6_family = AF_INET6;
  return is_internet_address(reinterpret_cast<const sockaddr&>(six));
}

TEST(PushEndpoint, OnlyAddressesOfTheInternetAreConnectedTo) {
  for (const char* good :
       {"8.8.8.8", "142.250.185.74", "172.15.0.1", "172.32.0.1", "100.128.0.1", "192.167.1.1",
        "223.255.255.255", "2a00:1450:4001:82a::200a", "2606:4700::1111", "2001:4860::1"})
    EXPECT_TRUE(is_internet(good)) << good;
  for (const char* bad : {"0.0.0.0",
                          "10.1.2.3",
                          "127.0.0.1",
                          "127.255.0.1",
                          "169.254.169.254",
                          "172.16.0.1",
                          "172.31.255.255",
                          "192.168.1.1",
                          "100.64.0.1",
                          "198.18.0.1",
                          "192.0.2.1",
                          "224.0.0.1",
                          "240.0.0.1",
                          "255.255.255.255",
                          "::",
                          "::1",
                          "fe80::1",
                          "fc00::1",
                          "fd12::1",
                          "ff02::1",
                          "::ffff:127.0.0.1",
                          "::ffff:8.8.8.8",
                          "64:ff9b::7f00:1",
                          "2002:7f00:1::",
                          "2001:db8::1",
                          "2001::1",
                          "3fff::1",
                          "100::1"})
    EXPECT_FALSE(is_internet(bad)) << bad;
}

Json subscription() {
  return {
      {"endpoint", "https://fcm.googleapis.com/fcm/send/x"},
      {"expirationTime", nullptr},
      {"keys",
       {{"p256dh", "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"},
        {"auth", "BTBZMqHH6r4Tts7J_aSIgg"}}}};
}

TEST(PushSubscription, IsReadAsBrowsersWriteIt) {
  const auto read = read_subscription(subscription(), known_push_hosts());
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->endpoint.host, "fcm.googleapis.com");
  EXPECT_EQ(read->keys.point.size(), kPointBytes);
  EXPECT_EQ(read->keys.auth.size(), kAuthBytes);
}

TEST(PushSubscription, RefusesMalformedKeys) {
  const Json good = subscription();
  for (const auto& [path, value] : std::vector<std::pair<std::string, Json>>{
           {"/keys/p256dh", ""},
           {"/keys/p256dh", 7},
           {"/keys/p256dh", "BCVx"},
           {"/keys/p256dh", std::string(87, 'A')},
           {"/keys/p256dh",
            "BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4="},
           {"/keys/auth", "BTBZMqHH6r4Tts7J_aSIg"},
           {"/keys/auth", "BTBZMqHH6r4Tts7J_aSIggAA"},
           {"/keys/auth", nullptr},
           {"/keys", nullptr},
           {"/endpoint", nullptr},
           {"/endpoint", "https://192.168.1.1/x"}}) {
    Json bad = good;
    bad[Json::json_pointer(path)] = value;
    EXPECT_FALSE(read_subscription(bad, known_push_hosts())) << bad.dump();
  }
  EXPECT_FALSE(read_subscription(Json::array(), known_push_hosts()));
}

}  // namespace
}  // namespace reprise::server::push
