// SPDX-License-Identifier: Apache-2.0
#include "server/observability/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace reprise::server {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Metrics, CountRequestsByMethodInteractionAndStatus) {
  Metrics metrics;
  metrics.count_request("GET", http::RequestKind::read, 200, 2ms);
  metrics.count_request("GET", http::RequestKind::read, 204, 20ms);
  metrics.count_request("PUT", http::RequestKind::update, 409, 7s);
  const std::string text = metrics.text({});
  EXPECT_THAT(text, HasSubstr(R"(reprise_requests_total{interaction="read",method="GET",status="2xx"} 2)"));
  EXPECT_THAT(text, HasSubstr(R"(reprise_requests_total{interaction="update",method="PUT",status="4xx"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(reprise_request_seconds_count{interaction="read"} 2)"));
  EXPECT_THAT(text, HasSubstr(R"(reprise_request_seconds_bucket{interaction="read",le="0.0025"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(reprise_request_seconds_bucket{interaction="read",le="0.025"} 2)"));
  EXPECT_THAT(text, HasSubstr(R"(reprise_request_seconds_bucket{interaction="update",le="5"} 0)"));
  EXPECT_THAT(text, HasSubstr(R"(reprise_request_seconds_bucket{interaction="update",le="10"} 1)"));
}

TEST(Metrics, ShowTheReadingsAndTheDatabase) {
  Metrics metrics;
  metrics.observe(DatabaseStep::commit, 3ms);
  const std::string text = metrics.text({11, 12, 13, 14});
  EXPECT_THAT(text, HasSubstr("\nreprise_connections 11\n"));
  EXPECT_THAT(text, HasSubstr("\nreprise_requests_under_way 12\n"));
  EXPECT_THAT(text, HasSubstr("reprise_queue_length{queue=\"read\"} 13\n"));
  EXPECT_THAT(text, HasSubstr("reprise_queue_length{queue=\"write\"} 14\n"));
  EXPECT_THAT(text, HasSubstr("reprise_database_seconds_count{step=\"commit\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("reprise_database_seconds_count{step=\"search\"} 0\n"));
  EXPECT_THAT(metrics.text({21, 0, 0, 0}), HasSubstr("\nreprise_connections 21\n"));
}

TEST(Metrics, NothingOfAClientGetsIntoALabel) {
  Metrics metrics;
  metrics.count_request("JOHN-DOE-1970", http::RequestKind::other, 400, 1ms);
  metrics.count_request("get", http::RequestKind::other, 70000, 1ms);
  const std::string text = metrics.text({});
  EXPECT_THAT(text, Not(HasSubstr("JOHN")));
  EXPECT_THAT(text, HasSubstr(R"({interaction="other",method="other",status="4xx"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"({interaction="other",method="other",status="other"} 1)"));
}

TEST(Metrics, CountFromManyThreads) {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) metrics.count_request("GET", http::RequestKind::search, 200, 1ms);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(metrics.text({}), HasSubstr(R"({interaction="search",method="GET",status="2xx"} 4000)"));
}

TEST(Interactions, HaveDifferentNames) {
  std::set<std::string_view> names;
  for (const http::RequestKind interaction : http::kRequestKinds) names.insert(to_string(interaction));
  EXPECT_EQ(names.size(), http::kRequestKinds.size());
}

}  // namespace
}  // namespace reprise::server
