// SPDX-License-Identifier: Apache-2.0
// `reprise monitor --post` between a real broker and a real server. All values are simulated, and say so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <set>
#include <thread>

#include "tests/live/monitor_process.h"
#include "tests/live/sensor_side.h"
#include "tests/support/http_client.h"
#include "tests/support/mosquitto_broker.h"

namespace reprise {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

/// `reprise serve` with a record of its own.
class RecordServer {
 public:
  RecordServer() { start("0"); }

  void start(const std::string& port) {
    put_file(folder_ / "out", "");
    process_.emplace(std::vector<std::string>{REPRISE_PROGRAM, "serve", "--record-folder",
                                              (folder_ / "record").string(), "--listen-address", "127.0.0.1",
                                              "--listen-port", port, "--listen-tls", "false"},
                     folder_ / "out", folder_ / "error");
    constexpr std::string_view kBefore = "FHIR API at http://localhost:";
    const bool listens = MonitorProcess::wait_for([&] {
      const std::string said = get_file(folder_ / "out");
      const std::size_t at = said.find(kBefore);
      if (at == std::string::npos || said.find('\n', at) == std::string::npos) return false;
      port_ = std::stoi(said.substr(at + kBefore.size()));
      return true;
    });
    if (!listens) throw std::runtime_error("reprise serve: " + get_file(folder_ / "error"));
  }
  void kill() { process_->end(SIGKILL); }
  void start_again() { start(std::to_string(port_)); }

  [[nodiscard]] std::string address() const { return "http://localhost:" + std::to_string(port_) + "/fhir"; }
  /// Writes a program's token into a file, and returns it.
  [[nodiscard]] std::filesystem::path token(const std::string& name, const std::string& scopes) const {
    ChildProcess made{{REPRISE_PROGRAM, "token", "create", "--name", name, "--scopes", scopes,
                       "--record-folder", (folder_ / "record").string()},
                      folder_ / name,
                      folder_ / "error"};
    if (!MonitorProcess::wait_for([&] { return !made.running(); })) throw std::runtime_error("no token");
    return folder_ / name;
  }
  /// Asks with every right.
  [[nodiscard]] json ask(const std::string& line, const std::string& body = "") const {
    const std::string secret = get_file(all_);
    server::http::TestClient client{static_cast<std::uint16_t>(port_)};
    client.send(line + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) +
                "\r\nAuthorization: Bearer " + secret.substr(0, secret.find('\n')) +
                "\r\nContent-Type: application/fhir+json\r\n" +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return json::parse(client.reply().body, nullptr, false);
  }
  void let_in() { all_ = token("all", "system/*.cruds"); }
  [[nodiscard]] std::string new_patient() const {
    return ask("POST /fhir/Patient",
               R"({"resourceType":"Patient","meta":{"tag":[{"system":"urn:reprise:tag","code":"simulated"}]}})")
        .value("id", "");
  }
  /// Live heart rates of a patient.
  [[nodiscard]] std::vector<json> heart_rates(const std::string& patient) const {
    const json found = ask("GET /fhir/Observation?subject=Patient/" + patient +
                           "&code=http://loinc.org%7C8867-4&_count=200");
    std::vector<json> all;
    if (found.is_object() && found.contains("entry"))
      for (const json& entry : found["entry"]) all.push_back(entry["resource"]);
    return all;
  }

 private:
  TemporaryFolder folder_;
  std::optional<ChildProcess> process_;
  std::filesystem::path all_;
  int port_ = 0;
};

constexpr int kRate = 10;

/// Sends a second of heart rates, each second, for so long.
void send_seconds(SensorSide& sensor, std::size_t& first, int seconds) {
  auto next = steady_clock::now();
  for (int second = 0; second < seconds; ++second) {
    sensor.send("strap-7",
                live_message("a", first, std::vector<double>(kRate, 72),
                             R"("rate_hz":10,"channels":[{"name":"hr","as":"heart_rate","unit":"/min")"));
    first += kRate;
    next += std::chrono::seconds{1};
    std::this_thread::sleep_until(next);
  }
}

class MonitorPost : public ::testing::Test {
 protected:
  void SetUp() override {
    server_.let_in();
    patient_ = server_.new_patient();
    ASSERT_FALSE(patient_.empty());
    put_file(folder_ / "patients.json",
             R"({"sensors":[{"sensor":"strap-7","patient":")" + patient_ + R"(","simulated":true}]})");
  }
  [[nodiscard]] std::vector<std::string> options(const std::filesystem::path& token) const {
    return {"--post",       server_.address(), "--patients",   (folder_ / "patients.json").string(),
            "--token-file", token.string(),    "--post-every", "5"};
  }

  const TemporaryFolder folder_;
  RecordServer server_;
  MosquittoBroker broker_;
  std::string patient_;
};

TEST_F(MonitorPost, EachSummaryIsInTheRecordOnceThoughTheServerWasAwayAndTwoSent) {
  const auto token = server_.token("post", "system/Observation.cs");
  MonitorProcess monitor{broker_.address(), options(token)};
  auto beside_options = options(token);
  beside_options.emplace_back("--listen-only");
  MonitorProcess beside{broker_.address(), beside_options};
  SensorSide sensor{broker_};
  std::size_t first = 0;
  send_seconds(sensor, first, 11);
  EXPECT_TRUE(MonitorProcess::wait_for([&] { return !server_.heart_rates(patient_).empty(); }))
      << monitor.errors();
  server_.kill();
  send_seconds(sensor, first, 11);
  EXPECT_TRUE(MonitorProcess::wait_for(
      [&] { return monitor.errors().find(" waiting, 0 refused") != std::string::npos; }));
  server_.start_again();
  send_seconds(sensor, first, 6);
  EXPECT_EQ(monitor.end(SIGINT), 0) << monitor.errors();
  EXPECT_EQ(beside.end(SIGINT), 0) << beside.errors();
  const auto rates = server_.heart_rates(patient_);
  std::set<std::string> starts;
  for (const json& rate : rates) {
    starts.insert(rate["effectivePeriod"]["start"].get<std::string>());
    EXPECT_EQ(rate["valueQuantity"]["value"], 72);
    EXPECT_EQ(rate["meta"]["tag"][0]["code"], "simulated");
    EXPECT_THAT(rate.dump(), Not(HasSubstr("strap-7")));
  }
  EXPECT_EQ(starts.size(), rates.size()) << "one of each interval";
  EXPECT_GE(rates.size(), 4U) << "also of the time without the server\n" << monitor.errors();
}

TEST_F(MonitorPost, ATokenWithoutTheRightIsSaidAndTheEndFails) {
  const auto token = server_.token("reads", "system/Patient.r");
  MonitorProcess monitor{broker_.address(), options(token)};
  SensorSide sensor{broker_};
  std::size_t first = 0;
  send_seconds(sensor, first, 11);
  EXPECT_TRUE(MonitorProcess::wait_for([&] {
    return monitor.errors().find("status 403") != std::string::npos;
  })) << monitor.errors();
  EXPECT_EQ(monitor.end(SIGINT), 7);
  EXPECT_THAT(monitor.errors(), HasSubstr("not in the record"));
  EXPECT_TRUE(server_.heart_rates(patient_).empty());
}

TEST_F(MonitorPost, AnAddressWithoutEncryptionAndAWrongListAreRefused) {
  const auto token = server_.token("post", "system/Observation.cs");
  const auto refusal = [&](std::vector<std::string> with) {
    try {
      const MonitorProcess monitor{broker_.address(), with};
    } catch (const std::runtime_error& error) {
      return std::string{error.what()};
    }
    return std::string{};
  };
  auto plain = options(token);
  plain[1] = "http://record.clinic.example/fhir";
  EXPECT_THAT(refusal(plain), HasSubstr("without encryption"));
  put_file(folder_ / "patients.json", R"({"sensors":[{"sensor":"strap 7","patient":"p"}]})");
  EXPECT_THAT(refusal(options(token)), HasSubstr("name of a sensor"));
}

}  // namespace
}  // namespace reprise
