// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/monitor_post.h"
#include "cli/monitor_view.h"
#include "sensing/files/file_io.h"
#include "sensing/live/broker_client.h"

namespace reprise::cli {
namespace {

using std::chrono::steady_clock;

/// How often the recordings are flushed, and acknowledgements sent. Unsourced default.
constexpr std::chrono::milliseconds kFlushInterval{500};
/// How long Ctrl-C waits at most.
constexpr std::chrono::milliseconds kSlice{50};

struct MonitorCommand {
  std::string broker = "mqtt://localhost";
  bool insecure = false;
  sensing::BrokerOptions connection;
  std::filesystem::path password_file;
  pipeline::MonitorOptions monitor;
  bool listen_only = false;
  bool json = false;
  double interval_s = 2;
  std::optional<double> duration_s;
  MonitorPostOptions post;
  std::filesystem::path token_file;
};

Result<std::string> first_line(const std::filesystem::path& path, const char* stage) {
  constexpr std::size_t kMaxBytes = 4096;
  auto text = sensing::read_file(path, kMaxBytes, stage);
  if (text) text->resize(std::min(text->size(), text->find_first_of("\r\n")));
  return text;
}

Result<void> complete(MonitorCommand& o) {
  const auto address = sensing::parse_broker_address(o.broker);
  if (!address) return tl::unexpected(address.error());
  o.connection.address = *address;
  o.connection.topics = sensing::kSamplesTopics;
  if (!address->tls && !address->is_local() && !o.insecure) {
    return fail(
        ErrorCode::invalid_argument, "reading options",
        "--broker names another machine without encryption, and anyone on the way could read what people's "
        "sensors send",
        "write mqtts://; or --insecure where the network itself is protected");
  }
  o.monitor.acknowledge = !o.listen_only;
  if (!o.password_file.empty()) {
    auto password = first_line(o.password_file, "reading the password");
    if (!password) return tl::unexpected(password.error());
    o.connection.password = std::move(*password);
  }
  if (o.post.record.url.empty()) return {};
  if (auto right = check_address(o.post.record, o.insecure); !right) return right;
  auto token = first_line(o.token_file, "reading the token");
  if (!token) return tl::unexpected(token.error());
  o.post.record.token = std::move(*token);
  return {};
}

/// Lines of the terminal; 0: the output is none.
std::size_t terminal_rows() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_row;
}

std::string connection_text(const sensing::BrokerClient& client) {
  if (client.problem().empty()) return "connected to the broker";
  return "connection to the broker lost: " + client.problem() + "; trying again";
}

std::string refusal_text(const pipeline::Monitor& monitor) {
  return fmt::format("messages refused: {}; the last one: {}", monitor.refused_messages(),
                     to_string(*monitor.last_refusal()));
}

/// The output for the operator. In a terminal a table that refreshes, with problems below it; otherwise
/// tables or lines one after another, and problems on standard error as they come.
class Display {
 public:
  /// `poster`: null if nothing is posted.
  Display(bool json, const MonitorPost* poster) : json_(json), poster_(poster) {}

  /// False where the output takes nothing any more, such as a pipe whose reader has ended.
  bool show(const pipeline::Monitor& monitor, const sensing::BrokerClient& client) {
    const auto now = steady_clock::now();
    const std::size_t rows = json_ ? 0 : terminal_rows();
    if (rows > 0) {
      constexpr std::size_t kOtherRows = 8;
      constexpr std::size_t kLeastRows = 5;
      fmt::print("\x1b[H\x1b[J{}", monitor_table(monitor.sensors(now), now,
                                                 std::max(rows, kOtherRows + kLeastRows) - kOtherRows));
      if (!client.problem().empty()) fmt::print("\n{}\n", connection_text(client));
      if (monitor.refused_messages() > 0) fmt::print("\n{}\n", refusal_text(monitor));
      if (poster_ != nullptr) fmt::print("\n{}\n", poster_->text());
      return std::fflush(stdout) == 0;
    }
    say_problems(monitor, client);
    const auto at = std::chrono::system_clock::now();
    if (json_) {
      fmt::print("{}", monitor_json_lines(monitor.sensors(now), now, at));
    } else {
      constexpr std::size_t kAll = 10'000;
      fmt::print("{}\n{}\n", utc_text(at), monitor_table(monitor.sensors(now), now, kAll));
    }
    return std::fflush(stdout) == 0;
  }

 private:
  void say_problems(const pipeline::Monitor& monitor, const sensing::BrokerClient& client) {
    if (const std::string connection = connection_text(client); connection != connection_) {
      if (!connection_.empty()) fmt::print(stderr, "reprise: {}\n", connection);
      connection_ = connection;
    }
    if (const std::string trouble = poster_ == nullptr ? "" : poster_->trouble(); trouble != trouble_) {
      if (!trouble.empty()) fmt::print(stderr, "reprise: {}\n", trouble);
      trouble_ = trouble;
    }
    if (monitor.refused_messages() == refused_) return;
    fmt::print(stderr, "reprise: {}\n", refusal_text(monitor));
    refused_ = monitor.refused_messages();
  }

  bool json_;
  const MonitorPost* poster_;
  std::string connection_;
  std::string trouble_;
  std::uint64_t refused_ = 0;
};

Result<void> acknowledge(pipeline::Monitor& monitor, sensing::BrokerClient& client) {
  const auto due = monitor.flush(steady_clock::now());
  if (!due) return tl::unexpected(due.error());
  for (const auto& one : *due)
    client.publish(sensing::acknowledgement_topic(one), sensing::acknowledgement_text(one));
  return {};
}

/// Until Ctrl-C, the end of the time, or an error. `received`: the result of the connection's messages.
Result<void> listen(const MonitorCommand& o, pipeline::Monitor& monitor, sensing::BrokerClient& client,
                    MonitorPost* poster, const Result<void>& received) {
  const auto in_ms = [](double seconds) {
    return std::chrono::milliseconds{static_cast<long>(seconds * 1000)};
  };
  Display display{o.json, poster};
  const auto begin = steady_clock::now();
  auto next_flush = begin + kFlushInterval;
  auto next_show = begin + in_ms(o.interval_s);
  while (!interrupted() && (!o.duration_s || steady_clock::now() < begin + in_ms(*o.duration_s))) {
    client.run(std::min({next_flush, next_show, steady_clock::now() + kSlice}));
    if (!received) return received;
    if (poster != nullptr) poster->look(monitor);
    if (monitor.wants_flush() || steady_clock::now() >= next_flush) {
      if (auto done = acknowledge(monitor, client); !done) return done;
      next_flush = steady_clock::now() + kFlushInterval;
    }
    if (steady_clock::now() < next_show) continue;
    if (!display.show(monitor, client)) break;
    next_show = steady_clock::now() + in_ms(o.interval_s);
  }
  if (auto done = acknowledge(monitor, client); !done) return done;
  display.show(monitor, client);
  return {};
}

Result<void> monitor_sensors(MonitorCommand& o) {
  if (auto ready = complete(o); !ready) return ready;
  auto monitor = pipeline::Monitor::create(o.monitor);
  if (!monitor) return tl::unexpected(monitor.error());
  Result<void> received;
  const auto client =
      sensing::BrokerClient::connect(o.connection, [&](std::string_view topic, std::string_view payload) {
        // After an error nothing is taken any more; sensors keep what comes.
        if (received) received = monitor->receive(topic, payload, steady_clock::now());
      });
  if (!client) return tl::unexpected(client.error());
  std::unique_ptr<MonitorPost> poster;
  if (!o.post.record.url.empty()) {
    auto made = MonitorPost::create(o.post);
    if (!made) return tl::unexpected(made.error());
    poster = std::move(*made);
  }
  fmt::print(stderr, "Listening to {} at {}. Ctrl-C ends.\n", sensing::kSamplesTopics, o.broker);
  const auto listened = listen(o, *monitor, **client, poster.get(), received);
  // After an error, too, waiting summaries are sent; it says itself how many are missing.
  const auto posted = poster ? poster->finish() : Result<void>{};
  return listened ? posted : listened;
}

}  // namespace

void add_monitor_command(CLI::App& app, ExitCode& code) {
  auto o = std::make_shared<MonitorCommand>();
  CLI::App* command = app.add_subcommand(
      "monitor", "Receive live sensors over MQTT: show measures, record samples, acknowledge them");
  command
      ->add_option("--broker", o->broker, "Address of the MQTT broker: mqtt://HOST:PORT or mqtts://HOST:PORT")
      ->capture_default_str();
  command
      ->add_option(
          "--record", o->monitor.record,
          "Folder to record into, a file for each sensor and stream; samples are acknowledged once they "
          "are on the disk")
      ->type_name("DIR");
  command
      ->add_option("--ca", o->connection.authorities,
                   "Certificate of the broker's CA (PEM); default: the system's")
      ->type_name("FILE");
  CLI::Option* user = command->add_option("--user", o->connection.user, "User name at the broker");
  command->add_option("--password-file", o->password_file, "File whose first line is the password")
      ->type_name("FILE")
      ->needs(user);
  command->add_flag("--insecure", o->insecure, "Allow another machine without encryption");
  command->add_flag("--listen-only", o->listen_only,
                    "Never acknowledge, beside another `reprise monitor` that does");
  command->add_option("--interval", o->interval_s, "Seconds between two outputs")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 3600.0));
  command->add_option("--duration", o->duration_s, "End after so many seconds; default: with Ctrl-C")
      ->check(CLI::Range(0.1, 1e7));
  command->add_flag("--json", o->json, "Print one line of JSON for each sensor and interval");
  CLI::Option* post =
      command
          ->add_option("--post", o->post.record.url,
                       "Address of a record's FHIR API: post summaries of heart rate and cadence to it")
          ->type_name("URL");
  command->add_option("--patients", o->post.patients, "JSON file that says whose sensors they are")
      ->type_name("FILE")
      ->needs(post);
  command->add_option("--token-file", o->token_file, "File whose first line is the record's token")
      ->type_name("FILE")
      ->needs(post);
  post->needs("--patients")->needs("--token-file");
  command
      ->add_option("--post-ca", o->post.record.authorities,
                   "Certificate of the record's CA (PEM); default: the system's")
      ->type_name("FILE")
      ->needs(post);
  command->add_option("--post-every", o->post.summary_s, "Seconds that a summary covers")
      ->capture_default_str()
      ->check(CLI::Range(5, 3600))
      ->needs(post);
  command->footer(
      "Examples:\n"
      "  reprise monitor\n"
      "  reprise monitor --record recordings --json > measures.jsonl\n"
      "  reprise monitor --broker mqtts://broker.clinic.example --ca ca.pem --user monitor --password-file "
      "password\n"
      "  reprise monitor --record recordings --post https://record.clinic.example/fhir --token-file token "
      "--patients patients.json\n"
      "  reprise heart recordings/strap-7/b3f2.csv --out report   (measures a recording)\n\n"
      "Without --record, samples are acknowledged once they are measured, and are then gone.");
  command->callback([o, &code] {
    catch_interrupts();
    const auto done = monitor_sensors(*o);
    code = done ? ExitCode::success : report_error(done.error());
  });
}

}  // namespace reprise::cli
