// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/site.h"

#include <gtest/gtest.h>

namespace reprise::record::webauthn {
namespace {

TEST(PasskeySite, IsADomainOverHttpsOrThisMachine) {
  EXPECT_EQ(site_of("https://clinic.example")->origin, "https://clinic.example");
  EXPECT_EQ(site_of("https://clinic.example")->id, "clinic.example");
  EXPECT_EQ(site_of("https://Clinic.Example:8443")->origin, "https://clinic.example:8443");
  EXPECT_EQ(site_of("https://Clinic.Example:8443")->id, "clinic.example");
  EXPECT_EQ(site_of("https://clinic.example:443")->origin, "https://clinic.example")
      << "as browsers write it";
  EXPECT_EQ(site_of("http://localhost:8080")->origin, "http://localhost:8080");
  EXPECT_EQ(site_of("http://localhost:8080")->id, "localhost");
}

TEST(PasskeySite, IsNoAddressByNumberAndNothingInTheClear) {
  for (const char* address :
       {"", "clinic.example", "http://clinic.example", "https://192.168.1.20", "https://192.168.1.20:8443",
        "https://[::1]:8443", "https://10", "https://", "https://clinic.example.",
        "https://clinic.example:", "https://clinic.example:x", "http://localhost.clinic.example",
        "http://127.0.0.1:8080", "https://clinic.example/path", "ftp://localhost", "https://a b"}) {
    EXPECT_FALSE(site_of(address)) << address;
  }
}

}  // namespace
}  // namespace reprise::record::webauthn
