// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <atomic>
#include <thread>

#include "server/fhir_api/api.h"
#include "tests/support/test_record.h"

// The database is locked, or goes away while it is asked.
namespace reprise::server {
namespace {

class Faults {
 public:
  explicit Faults(const record::RecordOptions& options) : record_(open_record(options)) {}

  http::Response ask(const std::string& method, const std::string& target, const std::string& body = "") {
    std::promise<http::Response> answered;
    api_->handle({method,
                  "/fhir" + target,
                  {{"host", "localhost"}, {"content-type", "application/fhir+json"}},
                  body,
                  "127.0.0.1",
                  false},
                 [&](http::Response response) { answered.set_value(std::move(response)); });
    return answered.get_future().get();
  }
  http::Response put(const std::string& id, bool active = true) {
    return ask("PUT", "/Patient/" + id,
               R"({"resourceType":"Patient","id":")" + id + R"(","active":)" + (active ? "true}" : "false}"));
  }
  /// Two patients, or none.
  http::Response put_pair(const std::string& id) {
    std::string entries;
    for (const char* part : {"a", "b"}) {
      entries += std::string{entries.empty() ? "" : ","} + R"({"resource":{"resourceType":"Patient","id":")" +
                 id + part + R"("},"request":{"method":"PUT","url":"Patient/)" + id + part + R"("}})";
    }
    return ask("POST", "", R"({"resourceType":"Bundle","type":"transaction","entry":[)" + entries + "]}");
  }

 private:
  std::unique_ptr<record::Record> record_;
  std::shared_ptr<Api> api_ =
      std::make_shared<Api>(*record_, ApiOptions{.base_path = "/fhir", .sign_in = false, .public_base = {}});
};

void expect_unavailable(const http::Response& response) {
  EXPECT_EQ(response.status, 503U) << response.body;
  EXPECT_NE(http::find_field(response.fields, "retry-after"), nullptr);
  EXPECT_EQ(Json::parse(response.body, nullptr, false).value("resourceType", ""), "OperationOutcome");
}

TEST(ApiFaults, AnotherProcessHoldsTheDatabase) {
  const record::TestDatabase database{record::DatabaseKind::sqlite};
  auto sqlite = database.sqlite();
  sqlite.patience = std::chrono::milliseconds{50};
  record::RecordOptions options;
  options.database = sqlite;
  Faults api{options};
  ASSERT_EQ(api.put("one").status, 201U);
  const auto other = database.open();
  ASSERT_TRUE(other->begin_writing());
  expect_unavailable(api.put("one", false));
  expect_unavailable(api.put_pair("pair"));
  EXPECT_EQ(api.ask("GET", "/Patient/one").status, 200U) << "reads are not blocked";
  other->rollback();
  EXPECT_EQ(api.ask("GET", "/Patient/paira").status, 404U);
  const auto again = api.put("one", false);
  EXPECT_EQ(again.status, 200U) << again.body;
  EXPECT_EQ(Json::parse(again.body)["meta"]["versionId"], "2") << "a refused change creates no version";
}

TEST(ApiFaults, TheDatabaseIsStoppedAndStartedAgain) {
  const record::TestDatabase database{record::DatabaseKind::postgresql};
  Faults api{record_options(database)};
  ASSERT_EQ(api.put("one").status, 201U);
  kill_private_postgres();
  expect_unavailable(api.put("one", false));
  expect_unavailable(api.put_pair("pair"));
  expect_unavailable(api.ask("GET", "/Patient/one"));
  expect_unavailable(api.ask("GET", "/Patient?active=true"));
  restart_private_postgres();
  EXPECT_EQ(api.ask("GET", "/Patient/one").status, 200U);
  EXPECT_EQ(api.ask("GET", "/Patient?active=true").status, 200U);
  EXPECT_EQ(api.ask("GET", "/Patient/paira").status, 404U);
  EXPECT_EQ(api.put("one", false).status, 200U);
}

TEST(ApiFaults, ConnectionsEndWhileTheyAreUsed) {
  const record::TestDatabase database{record::DatabaseKind::postgresql};
  Faults api{record_options(database)};
  constexpr int kWriters = 4;
  constexpr int kEach = 40;
  std::array<std::vector<std::string>, kWriters> acknowledged;
  std::atomic<int> refused = 0;
  std::atomic<bool> over = false;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kEach; ++i) {
        const std::string id = "w" + std::to_string(writer) + "i" + std::to_string(i);
        const auto done = api.put_pair(id);
        if (done.status == 200) {
          acknowledged.at(static_cast<std::size_t>(writer)).push_back(id);
        } else {
          expect_unavailable(done);
          ++refused;
        }
      }
    });
  }
  std::thread killer([&] {
    const auto other = database.open();
    while (!over) {
      EXPECT_TRUE(
          other->query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                       "AND backend_type = "
                       "'client backend'",
                       {}, [](record::Row) { return true; }));
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
  });
  for (std::thread& writer : writers) writer.join();
  over = true;
  killer.join();
  EXPECT_GT(refused, 0) << "none was ended in the middle";
  EXPECT_EQ(api.put_pair("last").status, 200U);
  for (const auto& ids : acknowledged) {
    for (const std::string& id : ids) EXPECT_EQ(api.ask("GET", "/Patient/" + id + "a").status, 200U) << id;
  }
  for (int writer = 0; writer < kWriters; ++writer) {
    for (int i = 0; i < kEach; ++i) {
      const std::string id = "/Patient/w" + std::to_string(writer) + "i" + std::to_string(i);
      EXPECT_EQ(api.ask("GET", id + "a").status, api.ask("GET", id + "b").status) << id << ": by half";
    }
  }
}

}  // namespace
}  // namespace reprise::server
