// SPDX-License-Identifier: Apache-2.0
#include "server/observability/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace reprise::server {
namespace {

using namespace std::chrono_literals;

template <class Write>
std::string written(const Settings::Log& settings, Write write) {
  std::ostringstream out;
  {
    Log log(settings, out);
    write(log);
  }
  return out.str();
}

constexpr RequestLine kLine = {"abc", "GET", http::RequestKind::read, 200, 1500us};

TEST(Log, WritesRequestsAsPlainLines) {
  const std::string text = written({}, [](Log& log) { log.request(kLine); });
  EXPECT_THAT(
      text, testing::MatchesRegex(
                "20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\\.[0-9][0-9][0-9]Z info "
                "request request=abc method=GET interaction=read status=200 milliseconds=1\\.500\n"));
}

TEST(Log, WritesRequestsAsJson) {
  const auto json =
      nlohmann::json::parse(written({LogLevel::info, LogFormat::json}, [](Log& log) { log.request(kLine); }));
  EXPECT_EQ(json.at("level"), "info");
  EXPECT_EQ(json.at("message"), "request");
  EXPECT_EQ(json.at("request"), "abc");
  EXPECT_EQ(json.at("interaction"), "read");
  EXPECT_EQ(json.at("status"), 200);
  EXPECT_EQ(json.at("milliseconds"), 1.5);
  EXPECT_EQ(json.size(), 8U);
}

TEST(Log, AnEventIsOneLineWhateverIsInIt) {
  const std::string nasty = "two\nlines \"quoted\" back\\slash \x01 caf\xc3\xa9";
  const auto write = [&](Log& log) { log.event(LogLevel::warning, nasty, {{"what", nasty}, {"empty", ""}}); };
  const std::string plain = written({}, write);
  EXPECT_EQ(std::count(plain.begin(), plain.end(), '\n'), 1);
  EXPECT_THAT(plain, testing::HasSubstr("empty=\"\""));
  const auto json = nlohmann::json::parse(written({LogLevel::info, LogFormat::json}, write));
  EXPECT_EQ(json.at("message"), nasty);
  EXPECT_EQ(json.at("what"), nasty);
  EXPECT_EQ(json.at("level"), "warning");
}

TEST(Log, AFailedRequestAndAnErrorAreErrors) {
  const std::string text = written({LogLevel::error, LogFormat::plain}, [](Log& log) {
    log.request(kLine);
    log.request({"def", "PUT", http::RequestKind::update, 503, 1ms});
    log.error({ErrorCode::unwritable, "store", "the disk is full", "make room"});
  });
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_THAT(text, testing::HasSubstr("error request request=def"));
  EXPECT_THAT(text, testing::HasSubstr(
                        "error \"the disk is full\" code=unwritable stage=store remedy=\"make room\""));
}

TEST(Log, LevelsBelowTheSettingAreNotWritten) {
  for (const LogLevel least :
       {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error, LogLevel::off}) {
    const std::string text = written({least, LogFormat::plain}, [&](Log& log) {
      for (const LogLevel level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
        EXPECT_EQ(log.writes(level), level >= least);
        log.event(level, "something happened");
      }
      EXPECT_FALSE(log.writes(LogLevel::off));
    });
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4 - static_cast<int>(least));
  }
}

TEST(Log, TheClientsOwnMethodIsNotRepeated) {
  const std::string text = written({}, [](Log& log) {
    log.request({"a", "JOHN-DOE", http::RequestKind::other, 400, 1ms});
  });
  EXPECT_THAT(text, testing::HasSubstr("method=other"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("JOHN")));
}

TEST(Log, LinesOfManyThreadsStayWholeAndAreWrittenOrCounted) {
  std::ostringstream out;
  std::size_t dropped = 0;
  {
    Log log({}, out);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 5000; ++i) log.request(kLine);
      });
    }
    for (std::thread& thread : threads) thread.join();
    dropped = log.dropped();
  }
  std::istringstream lines(out.str());
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    ASSERT_THAT(line,
                testing::EndsWith(
                    " info request request=abc method=GET interaction=read status=200 milliseconds=1.500"));
  }
  EXPECT_EQ(count + dropped, 20'000U);
}

TEST(RequestIds, AreDifferent) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(new_request_id());
  EXPECT_EQ(ids.size(), 1000U);
  EXPECT_EQ(ids.begin()->size(), 16U);
}

}  // namespace
}  // namespace reprise::server
