// SPDX-License-Identifier: Apache-2.0
#include "server/http/forwarded.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace reprise::server::http {
namespace {

TEST(AddressRanges, HoldTheAddressesOfTheirPrefix) {
  const auto holds = [](std::string_view range, std::string_view address) {
    return contains(parse_address_range(range).value(), address);
  };
  EXPECT_TRUE(holds("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.200"));
  EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
  EXPECT_TRUE(holds("::1", "::1"));
  EXPECT_TRUE(holds("127.0.0.1", "::ffff:127.0.0.1"));
  EXPECT_FALSE(holds("127.0.0.1", "127.0.0.2"));
  EXPECT_FALSE(holds("127.0.0.1", "localhost"));
}

TEST(AddressRanges, AreNotReadFromAnythingElse) {
  using namespace std::string_view_literals;
  for (const auto text :
       {""sv, "10.0.0"sv, "10.0.0.0/"sv, "10.0.0.0/33"sv, "::1/129"sv, "10.0.0.0/-1"sv, "10.0.0.0/8x"sv,
        "10.0.0.0/ 8"sv, "localhost"sv, "127.0.0.1\0"sv, "1.2.3.4, 5.6.7.8"sv}) {
    EXPECT_FALSE(parse_address_range(text)) << text;
  }
}

TEST(AddressRanges, KnowThisMachine) {
  EXPECT_TRUE(is_loopback("127.0.0.1") && is_loopback("127.8.9.10") && is_loopback("::1"));
  EXPECT_FALSE(is_loopback("0.0.0.0") || is_loopback("::") || is_loopback("192.0.2.1") ||
               is_loopback("localhost"));
}

class ClientOf : public testing::Test {
 protected:
  Client client(const std::string& remote, const std::vector<std::string>& forwarded,
                const std::string& protocol = {}) {
    Request request;
    request.remote_address = remote;
    for (const std::string& value : forwarded) request.fields.push_back({"x-forwarded-for", value});
    if (!protocol.empty()) request.fields.push_back({"x-forwarded-proto", protocol});
    return client_of(request, trusted_);
  }
  std::vector<AddressRange> trusted_ = {*parse_address_range("127.0.0.1"),
                                        *parse_address_range("10.0.0.0/8")};
};

TEST_F(ClientOf, IsTheOtherEndWhereNoProxyIsTrusted) {
  EXPECT_EQ(client("192.0.2.1", {"203.0.113.1"}, "https").address, "192.0.2.1");
  EXPECT_FALSE(client("192.0.2.1", {"203.0.113.1"}, "https").secure);
}

TEST_F(ClientOf, TrustsTheConfiguredProxies) {
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.1"}, "https").address, "203.0.113.1");
  EXPECT_TRUE(client("127.0.0.1", {"203.0.113.1"}, "https").secure);
  EXPECT_FALSE(client("127.0.0.1", {"203.0.113.1"}, "http").secure);
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.1, 10.1.1.1"}).address, "203.0.113.1");
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.1", "10.1.1.1"}).address, "203.0.113.1");
  EXPECT_EQ(client("127.0.0.1", {}).address, "127.0.0.1");
}

TEST_F(ClientOf, IgnoresTheClientsClaim) {
  // The client sent "203.0.113.66"; the proxy appended the client's own address.
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.66, 198.51.100.7"}).address, "198.51.100.7");
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.66", "198.51.100.7, 10.1.1.1"}).address, "198.51.100.7");
  EXPECT_EQ(client("127.0.0.1", {"unknown"}).address, "127.0.0.1");
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.1, <script>, 10.1.1.1"}).address, "10.1.1.1");
  EXPECT_FALSE(client("127.0.0.1", {}, "https, http").secure);
}

}  // namespace
}  // namespace reprise::server::http
