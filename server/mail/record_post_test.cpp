// SPDX-License-Identifier: Apache-2.0
#include "server/mail/record_post.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

#include "tests/support/listening_socket.h"

namespace reprise::server::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Takes one request after another, and answers each with the next status; away is there after the last
/// one.
class FewAnswers {
 public:
  explicit FewAnswers(std::vector<int> statuses)
      : thread_([this, all = std::move(statuses)] {
          for (const int status : all) answer(status);
          socket_.close();
        }) {}
  ~FewAnswers() { thread_.join(); }
  FewAnswers(const FewAnswers&) = delete;
  FewAnswers& operator=(const FewAnswers&) = delete;

  [[nodiscard]] RecordAddress address() const {
    return {"http://127.0.0.1:" + std::to_string(socket_.port()) + "/fhir", "secret", ""};
  }
  [[nodiscard]] const std::string& requests() const { return requests_; }

 private:
  void answer(int status) {
    const int client = socket_.accept();
    std::array<char, 4096> some{};
    std::string request;
    while (request.find("!end") == std::string::npos) {
      const ssize_t size = ::recv(client, some.data(), some.size(), 0);
      if (size <= 0) break;
      request.append(some.data(), static_cast<std::size_t>(size));
    }
    requests_ += request;
    const std::string text =
        "HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    EXPECT_EQ(::send(client, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
    ::close(client);
  }

  ListeningSocket socket_;
  std::string requests_;
  std::thread thread_;
};

constexpr std::chrono::seconds kLong{20};

TEST(RecordPost, SendsOneAfterAnotherWithTheToken) {
  FewAnswers record{{200, 201}};
  RecordPost post{record.address()};
  post.push("first !end");
  post.push("second !end");
  const RecordPost::State end = post.finish(kLong);
  EXPECT_EQ(end.sent, 2U);
  EXPECT_EQ(end.waiting, 0U);
  EXPECT_THAT(end.problem, IsEmpty());
  EXPECT_THAT(record.requests(), HasSubstr("Authorization: Bearer secret"));
  EXPECT_LT(record.requests().find("first"), record.requests().find("second"));
}

TEST(RecordPost, TriesAgainUnlessTheRecordRefusesForGood) {
  FewAnswers record{{503, 401, 403, 404, 409, 200, 422}};
  RecordPost post{record.address()};
  post.push("first !end");
  post.push("second !end");
  const RecordPost::State end = post.finish(kLong);
  EXPECT_EQ(end.sent, 1U);
  EXPECT_EQ(end.refused, 1U);
  EXPECT_EQ(end.waiting, 0U);
  EXPECT_THAT(end.problem, HasSubstr("422"));
}

TEST(RecordPost, TheEndDoesNotWaitForALongPause) {
  FewAnswers record{{503, 503, 503, 200}};
  RecordPost post{record.address()};
  post.push("first !end");
  // Attempts at 0, 1 and 3 s; the next one is due at 7 s.
  std::this_thread::sleep_for(std::chrono::milliseconds{3500});
  const RecordPost::State end = post.finish(std::chrono::seconds{2});
  EXPECT_EQ(end.sent, 1U);
  EXPECT_EQ(end.waiting, 0U);
}

TEST(RecordPost, DropsTheOldestWhereTooManyWait) {
  RecordAddress away;
  {
    const FewAnswers gone{{}};
    away = gone.address();
  }
  RecordPost post{away, 3};
  for (const char* one : {"a", "b", "c", "d", "e"}) post.push(one);
  const RecordPost::State end = post.finish(std::chrono::milliseconds{100});
  EXPECT_EQ(end.waiting, 3U);
  EXPECT_EQ(end.dropped, 2U);
  EXPECT_EQ(end.sent, 0U);
}

}  // namespace
}  // namespace reprise::server::mail
