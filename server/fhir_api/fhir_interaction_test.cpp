// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/fhir_interaction.h"

#include <gmock/gmock.h>

namespace reprise::server {
namespace {

TEST(ParseAddress, KnowsFhirsInteractions) {
  const auto is = [](const char* method, const char* target) {
    const auto asked = read_address(method, target);
    return asked ? std::string{to_string(asked->interaction)}
                 : "refused " + std::to_string(static_cast<int>(asked.error().kind));
  };
  EXPECT_EQ(is("GET", "/metadata"), "capabilities");
  EXPECT_EQ(is("GET", "/Patient/1"), "read");
  EXPECT_EQ(is("HEAD", "Patient/1"), "read");
  EXPECT_EQ(is("GET", "/Patient/1/_history/2"), "vread");
  EXPECT_EQ(is("GET", "/Patient/1/_history"), "history-instance");
  EXPECT_EQ(is("GET", "/Patient/_history"), "history-type");
  EXPECT_EQ(is("GET", "/Patient"), "search-type");
  EXPECT_EQ(is("GET", "/Patient?"), "search-type");
  EXPECT_EQ(is("POST", "/Patient/_search"), "search-type");
  EXPECT_EQ(is("POST", "/Patient"), "create");
  EXPECT_EQ(is("PUT", "/Patient/1"), "update");
  EXPECT_EQ(is("PUT", "/Patient?identifier=x"), "update");
  EXPECT_EQ(is("PATCH", "/Patient/1"), "patch");
  EXPECT_EQ(is("DELETE", "/Patient/1/"), "delete");
  EXPECT_EQ(is("POST", ""), "batch");
  EXPECT_EQ(is("POST", "/"), "batch");
}

TEST(ParseAddress, RefusesEverythingElse) {
  for (const char* target :
       {"/Patient/1/2/3/4/5", "/Patient/1/_history/2/3", "/patient/1", "/Patient/_history/2/3/4",
        "/Patient/a b", "/Patient/..", "/Patient/%2e%2e", "/_search", "/metadata/1", "/Bundle/1"}) {
    const auto asked = read_address("GET", target);
    EXPECT_TRUE(!asked || asked->id == "..") << target;
  }
  EXPECT_EQ(read_address("TRACE", "/Patient/1").error().kind, record::RefusalKind::method);
  EXPECT_EQ(read_address("DELETE", "/Patient").error().kind, record::RefusalKind::malformed);
  EXPECT_EQ(read_address("GET", "/").error().kind, record::RefusalKind::method);
}

TEST(EntityTag, NamesAVersion) {
  EXPECT_EQ(version_of_tag("W/\"3\""), 3);
  EXPECT_EQ(version_of_tag("\"3\""), 3);
  for (const char* text :
       {"", "3", "W/3", "\"\"", "\"x\"", "W/\"0\"", "W/\"-1\"", "W/\"3", "*", "\"99999999999999999999\""}) {
    EXPECT_FALSE(version_of_tag(text)) << text;
  }
}

}  // namespace
}  // namespace reprise::server
