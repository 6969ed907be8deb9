// SPDX-License-Identifier: Apache-2.0
// One client cannot stop the others: what a request may hold and have done.

#include <chrono>
#include <set>
#include <thread>

#include "tests/support/signed_in.h"

namespace reprise::server {
namespace {

class RequestBudgets : public SignedInTest {
 protected:
  void limit(const Limits& limits) {
    ApiOptions options;
    options.limits = limits;
    api_ = std::make_shared<Api>(*record_, std::move(options));
  }
  /// Observations o0, o1, … of patient/pa, each with so many bytes.
  void put_large(int count, std::size_t bytes) {
    put("Patient/pa", "");
    for (int i = 0; i < count; ++i) {
      put("Observation/o" + std::to_string(i),
          observation("pa") + R"(,"note":[{"text":")" + std::string(bytes, 'x') + "\"}]");
    }
  }
  static std::string bundle(const std::string& type, const std::vector<std::string>& entries) {
    std::string text = R"({"resourceType":"Bundle","type":")" + type + R"(","entry":[)";
    for (std::size_t i = 0; i < entries.size(); ++i) text += (i == 0 ? "" : ",") + entries[i];
    return text + "]}";
  }
  static std::string get(const std::string& url) {
    return R"({"request":{"method":"GET","url":")" + url + "\"}}";
  }
  static std::vector<std::string> repeated(int count, const std::string& entry) {
    return std::vector<std::string>(static_cast<std::size_t>(count), entry);
  }
  static std::string patch_bomb() {
    std::string text =
        R"([{"op":"add","path":"/extension","value":[{"url":"http://a.example","valueString":"b"}]})";
    for (int i = 0; i < 30; ++i) text += R"(,{"op":"copy","from":"/extension","path":"/extension/-"})";
    return text + "]";
  }
  static std::size_t count_status(const Answer& answer, const std::string& status) {
    std::size_t count = 0;
    for (const Json& entry : answer.json["entry"]) count += entry["response"]["status"] == status ? 1 : 0;
    return count;
  }
};
INSTANTIATE_TEST_SUITE_P(On, RequestBudgets, record::kBothDatabases, record::database_name);

// Security finding F2
TEST_P(RequestBudgets, ABundleOfReadsAnswersNoMoreThanItsBudget) {
  Limits limits;
  limits.answer_bytes = kMebibyte;
  limit(limits);
  put_large(10, 100'000);
  for (const char* type : {"batch", "transaction"}) {
    const auto answer = ask(program_, "POST", "", bundle(type, repeated(50, get("Observation?_count=100"))));
    ASSERT_EQ(answer.status, 200U) << type;
    EXPECT_LT(answer.json.dump().size(), 2 * kMebibyte) << type;
    EXPECT_EQ(entries(answer), 50U);
    EXPECT_EQ(answer.json["entry"][0]["response"]["status"], "200");
    EXPECT_GE(count_status(answer, "413"), 45U);
    EXPECT_EQ(answer.json["entry"][49]["response"]["outcome"]["issue"][0]["code"], "too-costly");
  }
}

// Security finding F2: a change is confirmed, if need be without the resource.
TEST_P(RequestBudgets, TheChangesOfABundleAreConfirmedBeyondItsBudget) {
  Limits limits;
  limits.answer_bytes = 150'000;
  limit(limits);
  put("Patient/pa", "");
  const std::string large = R"({"resource":{"resourceType":"Observation")" + observation("pa") +
                            R"(,"note":[{"text":")" + std::string(100'000, 'x') +
                            R"("}]},"request":{"method":"POST","url":"Observation"}})";
  for (const char* type : {"batch", "transaction"}) {
    const auto answer = ask(program_, "POST", "", bundle(type, repeated(3, large)));
    ASSERT_EQ(answer.status, 200U) << answer.json.dump();
    EXPECT_TRUE(answer.json["entry"][0].contains("resource")) << type;
    EXPECT_FALSE(answer.json["entry"][2].contains("resource")) << type;
    EXPECT_EQ(count_status(answer, "201") + count_status(answer, "413"), 3U) << type;
    EXPECT_GE(count_status(answer, "201"), std::string{type} == "batch" ? 1U : 3U) << type;
  }
}

// Security finding F2
TEST_P(RequestBudgets, PagesEndByTheirBytesAndTheNextOnesLoseNothing) {
  put_large(12, 100'000);
  Limits limits;
  limits.answer_bytes = 350'000;
  limit(limits);
  for (const char* first : {"/Observation?_sort=_id", "/Observation/_history"}) {
    std::multiset<std::string> seen;
    std::string target = first;
    int pages = 0;
    while (!target.empty()) {
      const auto page = ask(program_, "GET", target);
      ASSERT_EQ(page.status, 200U) << page.json.dump().substr(0, 500);
      EXPECT_LT(page.json.dump().size(), 550'000U);
      for (const Json& entry : page.json["entry"]) seen.insert(entry["resource"]["id"]);
      target.clear();
      for (const Json& link : page.json["link"]) {
        const auto url = link["url"].get<std::string>();
        if (link["relation"] == "next") target = url.substr(url.find("/fhir") + 5);
      }
      ASSERT_LT(++pages, 13);
    }
    EXPECT_EQ(seen.size(), 12U) << first;
    EXPECT_EQ((std::set<std::string>{seen.begin(), seen.end()}.size()), 12U) << first;
    EXPECT_GE(pages, 3) << first;
  }
}

// Security finding F2: what could be included is left out, and that is said.
TEST_P(RequestBudgets, IncludesEndByTheirBytes) {
  put_large(12, 100'000);
  Limits limits;
  limits.answer_bytes = 350'000;
  limit(limits);
  const auto page = ask(program_, "GET", "/Patient?_id=pa&_revinclude=Observation:subject");
  ASSERT_EQ(page.status, 200U);
  EXPECT_LT(page.json.dump().size(), 500'000U);
  EXPECT_EQ(page.json["entry"].back()["search"]["mode"], "outcome");
}

// Security finding F2
TEST_P(RequestBudgets, APatientSendsNoMoreThanADaysBytes) {
  put("Patient/pa", "");
  Limits limits;
  limits.patient_bytes_per_day = 20'000;
  limit(limits);
  const std::string patient = person_token(record::Role::patient, "pa");
  const std::string body = R"({"resourceType":"Observation")" + observation("pa") +
                           R"(,"performer":[{"reference":"Patient/pa"}],"note":[{"text":")" +
                           std::string(8'000, 'x') + "\"}]}";
  EXPECT_EQ(ask(patient, "POST", "/Observation", body).status, 201U);
  EXPECT_EQ(ask(patient, "POST", "/Observation", body).status, 201U);
  const auto refused = ask(patient, "POST", "/Observation", body);
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.json["issue"][0]["code"], "throttled");
  EXPECT_EQ(ask(patient, "GET", "/Observation").status, 200U);
  EXPECT_EQ(ask(program_, "POST", "/Observation", body).status, 201U);
}

// Security finding F3, and bad input: a JSON Patch bomb. It is refused although nothing can be written now:
// it was not applied by the thread that writes. The same of a transaction that reads.
TEST(RequestBudgetsOfTheWriter, ReadingAndPatchingAreNotBlockedByWrites) {
  const record::TestDatabase database{record::DatabaseKind::sqlite};
  auto sqlite = database.sqlite();
  sqlite.patience = std::chrono::milliseconds{50};
  record::RecordOptions options;
  options.database = sqlite;
  const auto record = open_record(options);
  const auto api =
      std::make_shared<Api>(*record, ApiOptions{.base_path = "/fhir", .sign_in = false, .public_base = {}});
  const auto ask = [&](const char* method, const std::string& target, const std::string& body) {
    std::promise<http::Response> answered;
    const bool patch = std::string_view{method} == "PATCH";
    api->handle({method,
                 "/fhir" + target,
                 {{"host", "localhost"},
                  {"content-type", patch ? "application/json-patch+json" : "application/fhir+json"}},
                 body,
                 "127.0.0.1",
                 false},
                [&](http::Response response) { answered.set_value(std::move(response)); });
    return answered.get_future().get().status;
  };
  ASSERT_EQ(ask("PUT", "/Patient/pa", R"({"resourceType":"Patient","id":"pa"})"), 201U);
  std::string bomb =
      R"([{"op":"add","path":"/extension","value":[{"url":"http://a.example","valueString":"b"}]})";
  for (int i = 0; i < 30; ++i) bomb += R"(,{"op":"copy","from":"/extension","path":"/extension/-"})";
  const auto other = database.open();
  ASSERT_TRUE(other->begin_writing());
  EXPECT_EQ(ask("PATCH", "/Patient/pa", bomb + "]"), 413U);
  EXPECT_EQ(ask("PATCH", "/Patient/pa", R"([{"op":"test","path":"/id","value":"other"}])"), 422U);
  EXPECT_EQ(ask("POST", "",
                R"({"resourceType":"Bundle","type":"transaction","entry":[
                  {"request":{"method":"GET","url":"Patient/pa"}}]})"),
            200U);
  EXPECT_EQ(ask("PATCH", "/Patient/pa", R"([{"op":"add","path":"/active","value":true}])"), 503U);
  other->rollback();
  EXPECT_EQ(ask("PATCH", "/Patient/pa", R"([{"op":"add","path":"/active","value":true}])"), 200U);
}

// Security finding F3: a patch that was applied to a version that is no longer the newest is applied again.
TEST_P(RequestBudgets, PatchesAtTheSameMomentAreAllCarriedOut) {
  put("Patient/pa", R"(,"name":[{"family":"a"}])");
  constexpr int kThreads = 8;
  constexpr int kEach = 10;
  std::vector<std::thread> threads;
  std::atomic<int> done = 0;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < kEach; ++k) {
        const std::string add = R"({"op":"add","path":"/name/-","value":{"family":"b"}})";
        // Every other one in a transaction.
        const auto answer =
            (i + k) % 2 == 0
                ? ask(program_, "PATCH", "/Patient/pa", "[" + add + "]", "application/json-patch+json")
                : ask(program_, "POST", "",
                      bundle(
                          "transaction",
                          {R"({"resource":{"resourceType":"Binary","contentType":"application/json-patch+json",)"
                           R"("data":"W3sib3AiOiJhZGQiLCJwYXRoIjoiL25hbWUvLSIsInZhbHVlIjp7ImZhbWlseSI6ImIifX1d"},)"
                           R"("request":{"method":"PATCH","url":"Patient/pa"}})"}));
        done += answer.status == 200 ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(done, kThreads * kEach);
  EXPECT_EQ(ask(program_, "GET", "/Patient/pa").json["name"].size(), 1U + kThreads * kEach);
}

// Security finding F3
TEST_P(RequestBudgets, AnAccountsRequestsWaitForEachOtherAndAreAllAnswered) {
  put("Patient/pa", "");
  Limits limits;
  limits.requests_per_patient = 1;
  limit(limits);
  const std::string patient = person_token(record::Role::patient, "pa");
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 40; ++i) {
    threads.emplace_back([&, i] {
      const auto answer = i % 2 == 0 ? ask(patient, "GET", "/Patient/pa")
                                     : ask(patient, "POST", "/Observation",
                                           R"({"resourceType":"Observation")" + observation("pa") +
                                               R"(,"performer":[{"reference":"Patient/pa"}]})");
      good += answer.status < 300 ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 40);
}

// Security finding F3: the size of a patient's input is checked before it is parsed.
TEST_P(RequestBudgets, APatientsBundlesAndBodiesAreBounded) {
  put("Patient/pa", "");
  const std::string patient = person_token(record::Role::patient, "pa");
  const auto many = bundle("batch", repeated(101, get("Patient/pa")));
  EXPECT_EQ(ask(patient, "POST", "", many).status, 413U);
  EXPECT_EQ(ask(program_, "POST", "", many).status, 200U);
  std::string values = "[0";
  for (int i = 0; i < 50'000; ++i) values += ",0";
  const auto refused =
      ask(patient, "POST", "/Observation", R"({"resourceType":"Observation","x":)" + values + "]}");
  EXPECT_EQ(refused.status, 413U);
  EXPECT_EQ(refused.json["issue"][0]["code"], "too-costly");
}

// Bad input: a bundle of 1,000 entries that name each other.
TEST_P(RequestBudgets, AThousandEntriesThatNameEachOther) {
  put("Patient/pa", "");
  std::vector<std::string> all;
  const auto name = [](int i) {
    const std::string digits = std::to_string(100'000'000'000 + i);
    return "urn:uuid:00000000-0000-4000-8000-" + digits;
  };
  for (int i = 0; i < 1000; ++i) {
    std::string members;
    for (int k = 1; k <= 10; ++k)
      members += std::string{k == 1 ? "" : ","} + R"({"reference":")" + name((i + k * 7) % 1000) + "\"}";
    all.push_back(R"({"fullUrl":")" + name(i) + R"(","resource":{"resourceType":"Observation")" +
                  observation("pa") + R"(,"hasMember":[)" + members +
                  R"(]},"request":{"method":"POST","url":"Observation"}})");
  }
  const auto answer = ask(program_, "POST", "", bundle("transaction", all));
  ASSERT_EQ(answer.status, 200U) << answer.json.dump().substr(0, 1000);
  EXPECT_EQ(count_status(answer, "201"), 1000U);
  const auto one = answer.json["entry"][0]["resource"];
  EXPECT_EQ(one["hasMember"].size(), 10U);
  EXPECT_EQ(one["hasMember"][0]["reference"].get<std::string>().rfind("Observation/", 0), 0U);
  EXPECT_EQ(ask(person_token(record::Role::patient, "pa"), "POST", "", bundle("transaction", all)).status,
            413U);
}

}  // namespace
}  // namespace reprise::server
