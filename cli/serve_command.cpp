// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/private_memory.h"
#include "cli/record_settings.h"
#include "exercises/catalog_files.h"
#include "server/budget/budget.h"
#include "server/service.h"

namespace reprise::cli {
namespace {

constexpr std::chrono::hours kHousekeeping{1};
constexpr std::chrono::seconds kMemoryPause{1};

struct ServeOptions {
  std::shared_ptr<RecordSettings> settings = std::make_shared<RecordSettings>();
  bool check = false;
  bool without_sign_in = false;
  bool demonstration = false;
  simulation::ClinicOptions simulated_clinic;
};

void say(std::string_view what) {
  fmt::print("{}\n", what);
  std::fflush(stdout);
}

// What lies beside the folder of the exercises.
Result<void> read_catalog_into(server::ServiceOptions& service, bool demonstration) {
  const std::filesystem::path exercises = exercises::find_catalog_folder();
  auto files = exercises::read_catalog(exercises);
  if (!files) return tl::unexpected(files.error());
  auto questionnaires = exercises::read_catalog(exercises.parent_path() / "questionnaires");
  if (!questionnaires) return tl::unexpected(questionnaires.error());
  auto education = exercises::read_catalog(exercises.parent_path() / "education");
  if (!education) return tl::unexpected(education.error());
  auto rules = exercises::read_catalog(exercises.parent_path() / "rules");
  if (!rules) return tl::unexpected(rules.error());
  auto protocols = exercises::read_catalog(exercises.parent_path() / "protocols");
  if (!protocols) return tl::unexpected(protocols.error());
  auto contraindications = exercises::read_catalog(exercises.parent_path() / "contraindications");
  if (!contraindications) return tl::unexpected(contraindications.error());
  service.catalog = {std::move(*files), std::move(*questionnaires), std::move(*education),
                     std::move(*rules), std::move(*protocols),      std::move(*contraindications)};
  if (!demonstration) return {};
  auto bundle = exercises::read_catalog_file(exercises.parent_path() / "demo" / "patient.json");
  if (!bundle) return tl::unexpected(bundle.error());
  service.demonstration = std::move(bundle->text);
  return {};
}

// A demonstration has a record of its own, so that it never mixes with real patients.
Result<void> set_apart(const ServeOptions& options, server::Settings& settings) {
  if (settings.database.connection != "sqlite") {
    return fail(ErrorCode::invalid_argument, "preparing the demonstration",
                "the settings name a PostgreSQL database, which may be a clinic's",
                "leave database.connection out: the demonstration keeps its own SQLite record");
  }
  if (options.settings->flags.count("--record-folder") == 0) {
    settings.record.folder += "-demo";
    settings.given_values["record.folder"] = {settings.record.folder.string(), "--demo"};
  }
  return {};
}

ExitCode serve(const ServeOptions& options) {
  auto settings = options.settings->read();
  if (!settings) return report_error(settings.error());
  if (options.demonstration) {
    if (const auto apart = set_apart(options, *settings); !apart) return report_error(apart.error());
  }
  if (options.check) {
    say("The settings are right.");
    if (settings->mail.host.empty()) {
      say("No mail is sent: mail.server names no mail server.");
    } else {
      say(fmt::format("Mail goes by {}; `reprise mail test ADDRESS` tries it.", settings->mail.host));
    }
    return ExitCode::success;
  }
  keep_memory_private();
  server::return_large_blocks_at_once();
  catch_interrupts();
  catch_hangups();
  server::ServiceOptions service_options{std::move(*settings), !options.without_sign_in};
  if (const auto read = read_catalog_into(service_options, options.demonstration); !read)
    return report_error(read.error());
  service_options.simulated_clinic = options.simulated_clinic;
  service_options.interrupted = [] { return interrupted(); };
  service_options.in_terminal = ::isatty(STDOUT_FILENO) == 1;
  if (options.demonstration) {
    say(fmt::format("A demonstration with simulated people only, in {}",
                    service_options.settings.record.folder.string()));
  }
  auto service = server::Service::start(std::move(service_options), say);
  if (!service) return report_error(service.error());
  const auto& addresses = (*service)->addresses();
  say(fmt::format("The record is at {0}/ and its FHIR API at {0}/fhir", addresses.front()));
  for (std::size_t i = 1; i < addresses.size(); ++i) say(fmt::format("  also at {}/", addresses[i]));
  if (options.without_sign_in) say("Nobody signs in: keep real patients out of it.");
  say("Ctrl-C ends it.");
  auto next = std::chrono::steady_clock::now() + kHousekeeping;
  auto next_memory = std::chrono::steady_clock::now();
  while (!interrupted()) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    if (std::chrono::steady_clock::now() >= next_memory) {
      (*service)->give_back_memory();
      next_memory = std::chrono::steady_clock::now() + kMemoryPause;
    }
    if (!take_hangup() && std::chrono::steady_clock::now() < next) continue;
    (*service)->run_maintenance();
    next = std::chrono::steady_clock::now() + kHousekeeping;
  }
  say("Ending: answering open requests.");
  (*service)->stop();
  return ExitCode::success;
}

}  // namespace

void add_serve_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand("serve", "Serve the clinic's record to FHIR clients");
  command->footer(
      "Examples:\n  reprise serve\n  reprise serve --demo\n  reprise serve --config /etc/reprise.toml "
      "--check\n"
      "  reprise serve --without-sign-in --listen-address 127.0.0.1 --listen-tls false --listen-port 8080\n"
      "  reprise serve --database-connection 'postgresql:///reprise'");
  add_record_settings(*command, options->settings, false);
  command->add_flag("--check", options->check, "Say whether the settings are right, and end");
  command->add_flag("--without-sign-in", options->without_sign_in,
                    "To try it out, on this machine only: requests need no token");
  command->add_flag("--demo", options->demonstration,
                    "To try it out: a record of its own with a simulated clinic");
  command
      ->add_option("--demo-patients", options->simulated_clinic.patients,
                   "Simulated patients of --demo beside Robin; only its first start makes them")
      ->check(CLI::Range(0, 2000))
      ->capture_default_str();
  command->add_option("--demo-days", options->simulated_clinic.days, "Days of their history")
      ->check(CLI::Range(1, 1100))
      ->capture_default_str();
  command->add_option("--demo-seed", options->simulated_clinic.seed, "The same seed makes the same patients")
      ->capture_default_str();
  command->callback([options, &code] { code = serve(*options); });
}

}  // namespace reprise::cli
