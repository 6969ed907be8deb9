// SPDX-License-Identifier: Apache-2.0
#include "server/http/routing.h"

#include <array>

#include <gmock/gmock.h>

namespace reprise::server::http {
namespace {

struct Row {
  std::string_view method;
  std::string_view path;
  int number;
};

constexpr std::array kRows = {Row{"GET", "/accounts", 1}, Row{"POST", "/accounts", 2},
                              Row{"GET", "/accounts/*", 3}, Row{"", "/fhir/**", 4}, Row{"GET", "/", 5}};

int number_of(std::string_view method, std::string_view target) {
  const auto found = find_route(kRows, method, target);
  return found.route != nullptr ? found.route->number : found.is_for_other_method ? -1 : 0;
}

TEST(Routing, FindsARouteByMethodAndSegments) {
  EXPECT_EQ(number_of("GET", "/accounts"), 1);
  EXPECT_EQ(number_of("HEAD", "/accounts?page=2"), 1);
  EXPECT_EQ(number_of("POST", "/accounts"), 2);
  EXPECT_EQ(number_of("GET", "/accounts/4f"), 3);
  EXPECT_EQ(number_of("GET", "/"), 5);
}

TEST(Routing, MatchesAnyMethodAndAnyRestOfWildcards) {
  for (const char* target : {"/fhir", "/fhir/", "/fhir?_type=Patient", "/fhir/Patient/17/_history/2"})
    EXPECT_EQ(number_of("PATCH", target), 4) << target;
}

TEST(Routing, DistinguishesAnUnknownPathFromAnotherMethod) {
  EXPECT_EQ(number_of("DELETE", "/accounts"), -1);
  for (const char* target : {"", "*", "/fhirs", "/accounts/", "/accounts/4f/more", "//accounts", "accounts"})
    EXPECT_EQ(number_of("GET", target), 0) << target;
}

}  // namespace
}  // namespace reprise::server::http
