// SPDX-License-Identifier: Apache-2.0
#include "server/http/own_hosts.h"

#include <gtest/gtest.h>

namespace reprise::server {
namespace {

// Security finding F12
TEST(OwnHosts, AreTheCertificatesThePublicAddressAndThisMachine) {
  const OwnHosts own{
      {"reprise.local", "*.praxis.example", "192.0.2.7"}, "https://Clinic.example:8443", false};
  for (const char* host :
       {"localhost", "localhost:8443", "127.0.0.1:8443", "[::1]:8443", "127.0.0.2", "reprise.local:8443",
        "REPRISE.local.", "a.praxis.example", "clinic.example", "clinic.example:443", "192.0.2.7:8443"})
    EXPECT_TRUE(own.has(host)) << host;
  for (const char* host : {"", "evil.example", "clinic.example.evil.example", "praxis.example",
                           "a.b.praxis.example", ".praxis.example", "203.0.113.9", "[2001:db8::1]",
                           "localhost.evil.example", "[", "::", "reprise.local/"})
    EXPECT_FALSE(own.has(host)) << host;
}

TEST(OwnHosts, IncludeAllAddressesIfOtherMachinesReachIt) {
  const OwnHosts own{{}, "", true};
  EXPECT_TRUE(own.has("203.0.113.9:8443")) << "an address may be translated on the way";
  EXPECT_TRUE(own.has("[2001:db8::1]:8443"));
  EXPECT_FALSE(own.has("evil.example"));
  EXPECT_FALSE(own.has("203.0.113.9.evil.example"));
  EXPECT_FALSE(OwnHosts{}.has("203.0.113.9"));
}

}  // namespace
}  // namespace reprise::server
