// SPDX-License-Identifier: Apache-2.0
// `reprise monitor` as its operator and its sensors meet it, over a real broker. All signals are simulated.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>

#include "engine/heart/synthetic_ecg.h"
#include "server/tls/local_certificate.h"
#include "tests/live/monitor_process.h"
#include "tests/live/sensor_side.h"
#include "tests/support/certificate_folder.h"
#include "tests/support/mosquitto_broker.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;

constexpr const char* kEcg =
    R"("oldest":0,"rate_hz":250,"battery_percent":90,"channels":[{"name":"lead","as":"ecg","unit":"mV")";
constexpr const char* kIntervals = R"("oldest":0,"channels":[{"name":"rr","as":"rr_interval","unit":"ms")";

TEST(LiveSensors, AnEcgIsShownRecordedAndMeasuredFromItsRecording) {
  const TemporaryFolder folder;
  MosquittoBroker broker;
  MonitorProcess monitor{broker.address(), {"--record", (folder / "recordings").string()}};
  SensorSide sensor{broker};
  constexpr double kSeconds = 60;
  const auto ecg =
      engine::synthetic_ecg(engine::steady_beats(0.4, kSeconds, 0.8, 0), Hertz{250}, Seconds{kSeconds});
  constexpr std::size_t kPart = 1000;
  for (std::size_t at = 0; at < ecg.size(); at += kPart) {
    const std::vector<double> part(
        ecg.begin() + static_cast<std::ptrdiff_t>(at),
        ecg.begin() + static_cast<std::ptrdiff_t>(std::min(ecg.size(), at + kPart)));
    sensor.send("strap-7", live_message("b3f2", at, part, kEcg));
  }
  ASSERT_TRUE(sensor.send_until_acknowledged(
      "strap-7", live_message("b3f2", 14'000, {ecg.begin() + 14'000, ecg.end()}, kEcg),
      R"({"stream":"b3f2","next":15000})"));
  ASSERT_TRUE(MonitorProcess::wait_for([&] {
    const auto line = monitor.last_line("strap-7");
    return line.is_object() && line["samples"] == 15'000;
  })) << monitor.errors();
  const auto line = monitor.last_line("strap-7");
  EXPECT_NEAR(line["heart_rate_per_min"].get<double>(), 75, 0.2);
  EXPECT_EQ(line["battery_percent"], 90);
  EXPECT_EQ(line["lost"], 0);
  EXPECT_EQ(monitor.end(SIGINT), 0);
  {
    ChildProcess heart{
        {REPRISE_PROGRAM, "heart", (folder / "recordings/strap-7/b3f2.csv").string(), "--json"},
        folder / "out",
        folder / "error"};
    ASSERT_TRUE(MonitorProcess::wait_for([&] { return !heart.running(); }));
  }
  const auto measured = nlohmann::json::parse(get_file(folder / "out"), nullptr, false);
  ASSERT_TRUE(measured.is_object()) << get_file(folder / "error");
  EXPECT_THAT(measured["values"].dump(), HasSubstr(R"("unit":"/min","value":75.0)"));
}

TEST(LiveSensors, IntervalsOfAStrapAreAcknowledgedAndMeasuredFromTheirRecording) {
  const TemporaryFolder folder;
  MosquittoBroker broker;
  MonitorProcess monitor{broker.address(), {"--record", (folder / "recordings").string()}};
  SensorSide sensor{broker};
  std::vector<double> intervals(200);
  for (std::size_t i = 0; i < intervals.size(); ++i) intervals[i] = i % 2 == 0 ? 990 : 1010;
  ASSERT_TRUE(sensor.send_until_acknowledged("strap", live_message("a", 0, intervals, kIntervals),
                                             R"({"stream":"a","next":200})"));
  EXPECT_EQ(monitor.end(SIGTERM), 0);
  EXPECT_NEAR(monitor.last_line("strap")["heart_rate_per_min"].get<double>(), 60, 1);
  {
    ChildProcess heart{{REPRISE_PROGRAM, "heart", (folder / "recordings/strap/a.csv").string(), "--json"},
                       folder / "out",
                       folder / "error"};
    ASSERT_TRUE(MonitorProcess::wait_for([&] { return !heart.running(); }));
  }
  EXPECT_THAT(get_file(folder / "out"), HasSubstr(R"("measure": "rmssd")")) << get_file(folder / "error");
}

TEST(LiveSensors, HostileMessagesAreRefusedAndTheMonitorGoesOn) {
  MosquittoBroker broker;
  MonitorProcess monitor{broker.address()};
  SensorSide sensor{broker};
  for (const std::string& hostile :
       {std::string{}, std::string{"\0\xff{", 3}, std::string(100'000, '['), std::string(2'000'000, '1'),
        std::string{R"({"stream":"../../etc","first":0})"},
        live_message("a", 0, {1}, R"("rate_hz":1e308,"channels":[{"name":"x")"),
        live_message("a", 9'007'199'254'740'991U, {1}, kEcg)})
    sensor.send("strap-7", hostile);
  sensor.send("..", live_message("a", 0, {1}, kEcg));
  ASSERT_TRUE(MonitorProcess::wait_for([&] { return sensor.run(), sensor.connected(); }));
  EXPECT_TRUE(sensor.send_until_acknowledged("strap-8", live_message("a", 0, {1, 2}, kEcg),
                                             R"({"stream":"a","next":2})"));
  EXPECT_TRUE(
      MonitorProcess::wait_for([&] { return monitor.errors().find("refused") != std::string::npos; }));
  EXPECT_EQ(monitor.end(SIGINT), 0);
}

TEST(LiveSensors, TheMonitorComesBackToABrokerThatWasAway) {
  MosquittoBroker broker;
  MonitorProcess monitor{broker.address()};
  SensorSide sensor{broker};
  ASSERT_TRUE(
      sensor.send_until_acknowledged("a", live_message("s", 0, {1, 2}, kEcg), R"({"stream":"s","next":2})"));
  broker.kill();
  ASSERT_TRUE(MonitorProcess::wait_for([&] { return monitor.errors().find("lost") != std::string::npos; }));
  broker.restart();
  ASSERT_TRUE(
      sensor.send_until_acknowledged("a", live_message("s", 2, {3, 4}, kEcg), R"({"stream":"s","next":4})"));
  ASSERT_TRUE(MonitorProcess::wait_for([&] { return monitor.last_line("a")["samples"] == 4; }));
  EXPECT_THAT(monitor.errors(), HasSubstr("reprise: connected to the broker"));
  EXPECT_EQ(monitor.end(SIGINT), 0);
}

TEST(LiveSensors, BesideARecordingMonitorAnotherOneOnlyListens) {
  MosquittoBroker broker;
  MonitorProcess listening{broker.address(), {"--listen-only"}};
  SensorSide sensor{broker};
  EXPECT_TRUE(MonitorProcess::wait_for([&] {
    sensor.send("a", live_message("s", 0, {1, 2}, kEcg));
    return listening.last_line("a").is_object();
  }));
  MonitorProcess recording{broker.address()};
  EXPECT_TRUE(
      sensor.send_until_acknowledged("a", live_message("s", 0, {1, 2}, kEcg), R"({"stream":"s","next":2})"));
}

// The server's own certificate is its own authority.
TEST(LiveSensors, EncryptedWithUserNameAndPassword) {
  server::http::CertificateFolder certificate;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto made = server::http::ensure_local_certificate(certificate.files, server::http::kSomeNames, now);
  ASSERT_TRUE(made) << to_string(made.error());
  const TemporaryFolder folder;
  put_file(folder / "users", "");
  ASSERT_EQ(std::system(("mosquitto_passwd -b " + (folder / "users").string() + " monitor secret").c_str()),
            0);
  MosquittoBroker broker{"allow_anonymous false\npassword_file " + (folder / "users").string() +
                         "\ncertfile " + certificate.files.certificate.string() + "\nkeyfile " +
                         certificate.files.key.string() + "\n"};
  put_file(folder / "password", "secret\n");
  put_file(folder / "wrong", "guess\n");
  const std::string address = "mqtts://localhost:" + std::to_string(broker.port());
  const std::vector<std::string> options = {"--ca", certificate.files.certificate.string(), "--user",
                                            "monitor", "--password-file"};
  const auto with = [&](const char* file) {
    std::vector<std::string> all = options;
    all.push_back((folder / file).string());
    return all;
  };
  MonitorProcess monitor{address, with("password")};
  EXPECT_EQ(monitor.end(SIGINT), 0);
  try {
    const MonitorProcess refused{address, with("wrong")};
    ADD_FAILURE() << "a wrong password was accepted";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("Not authorized"));
  }
  try {
    const MonitorProcess unknown{address, {"--user", "monitor"}};
    ADD_FAILURE() << "an unknown certificate was accepted";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("TLS"));
  }
}

}  // namespace
}  // namespace reprise
