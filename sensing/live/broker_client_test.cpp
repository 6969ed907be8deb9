// SPDX-License-Identifier: Apache-2.0
#include "sensing/live/broker_client.h"

#include <gtest/gtest.h>

namespace reprise::sensing {
namespace {

TEST(BrokerAddress, ReadsHostPortAndEncryption) {
  const auto plain = parse_broker_address("mqtt://localhost");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host, "localhost");
  EXPECT_EQ(plain->port, 1883);
  EXPECT_FALSE(plain->tls);
  EXPECT_TRUE(plain->is_local());
  const auto encrypted = parse_broker_address("mqtts://broker.clinic.example");
  ASSERT_TRUE(encrypted);
  EXPECT_EQ(encrypted->port, 8883);
  EXPECT_TRUE(encrypted->tls);
  EXPECT_FALSE(encrypted->is_local());
  const auto six = parse_broker_address("mqtts://[fd00::7]:1234");
  ASSERT_TRUE(six);
  EXPECT_EQ(six->host, "fd00::7");
  EXPECT_EQ(six->port, 1234);
}

TEST(BrokerAddress, RefusesOtherTexts) {
  for (const char* wrong :
       {"", "localhost", "http://localhost", "mqtt://", "mqtt://:1883", "mqtt://a:0", "mqtt://a:65536",
        "mqtt://a:b", "mqtt://a/b", "mqtt://user:secret@a", "mqtt://[::1", "mqtt://[::1]1883"}) {
    const auto address = parse_broker_address(wrong);
    ASSERT_FALSE(address) << wrong;
    EXPECT_EQ(address.error().code, ErrorCode::invalid_argument);
  }
}

// Port 1 is reserved and has no broker.
TEST(BrokerClient, SaysWhyItDoesNotConnect) {
  BrokerOptions options{{"127.0.0.1", 1, false}, {}, {}, {}, "a"};
  const auto refused = BrokerClient::connect(options, [](auto, auto) {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  EXPECT_NE(refused.error().cause.find("127.0.0.1:1: Connection refused"), std::string::npos)
      << refused.error().cause;
  options.address.tls = true;
  options.authorities = "/no/such/file";
  const auto without = BrokerClient::connect(options, [](auto, auto) {});
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace reprise::sensing
