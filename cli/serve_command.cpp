#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/record_settings.h"
#include "server/service.h"

namespace reprise {
namespace {

constexpr std::chrono::hours kHousekeeping{1};

struct ServeOptions {
  std::shared_ptr<RecordSettings> settings = std::make_shared<RecordSettings>();
  bool check = false;
  bool without_sign_in = false;
};

void say(std::string_view what) {
  fmt::print("{}\n", what);
  std::fflush(stdout);
}

ExitCode serve(const ServeOptions& options) {
  auto settings = options.settings->read();
  if (!settings) return report_error(settings.error());
  if (options.check) {
    say("The settings are right.");
    if (settings->mail.host.empty()) {
      say("No mail is sent: mail.server names no mail server.");
    } else {
      say(fmt::format("Mail goes by {}; `reprise mail test ADDRESS` tries it.", settings->mail.host));
    }
    return ExitCode::success;
  }
  catch_interrupts();
  catch_hangups();
  auto service = server::Service::start({std::move(*settings), !options.without_sign_in}, say);
  if (!service) return report_error(service.error());
  const auto& addresses = (*service)->addresses();
  say(fmt::format("The record is at {0}/ and its FHIR API at {0}/fhir", addresses.front()));
  for (std::size_t i = 1; i < addresses.size(); ++i) say(fmt::format("  also at {}/", addresses[i]));
  if (options.without_sign_in) say("Nobody signs in: keep real patients out of it.");
  say("Ctrl-C ends it.");
  auto next = std::chrono::steady_clock::now() + kHousekeeping;
  while (!interrupted()) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    if (!take_hangup() && std::chrono::steady_clock::now() < next) continue;
    (*service)->keep_house();
    next = std::chrono::steady_clock::now() + kHousekeeping;
  }
  say("Ending: answering what is under way.");
  (*service)->stop();
  return ExitCode::success;
}

}  // namespace

void add_serve_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand("serve", "Serve the clinic's record to FHIR clients");
  command->footer(
      "Examples:\n  reprise serve\n  reprise serve --config /etc/reprise.toml --check\n"
      "  reprise serve --without-sign-in --listen-address 127.0.0.1 --listen-tls false --listen-port 8080\n"
      "  reprise serve --database-connection 'postgresql:///reprise'");
  add_record_settings(*command, options->settings, false);
  command->add_flag("--check", options->check, "Say whether the settings are right, and end");
  command->add_flag("--without-sign-in", options->without_sign_in,
                    "To try it out, on this machine only: requests need no token");
  command->callback([options, &code] { code = serve(*options); });
}

}  // namespace reprise
