#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "record/database/key.h"
#include "server/service.h"

namespace reprise {
namespace {

struct ServeOptions {
  std::filesystem::path data;
  std::string postgres;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  bool free_references = false;
};

std::filesystem::path default_data_folder() {
  const char* chosen = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  const std::filesystem::path base = chosen != nullptr ? std::filesystem::path{chosen}
                                     : home != nullptr ? std::filesystem::path{home} / ".local/share"
                                                       : std::filesystem::path{"."};
  return base / "reprise";
}

Result<record::RecordOptions> record_options(const ServeOptions& options) {
  record::RecordOptions made;
  made.check_references = !options.free_references;
  if (!options.postgres.empty()) {
    made.database = record::PostgresOptions{options.postgres, "public"};
    return made;
  }
  std::error_code failed;
  std::filesystem::create_directories(options.data, failed);
  if (failed) {
    return fail(ErrorCode::unwritable, "starting the server",
                "cannot make the folder " + options.data.string(), "name another with --data");
  }
  ::chmod(options.data.c_str(), S_IRWXU);
  const auto key_path = options.data / "record.key";
  const auto key = record::read_or_make_key(key_path);
  if (!key) return tl::unexpected(key.error());
  if (key->made_now) {
    fmt::print(
        "Made the key of the record: {}\n"
        "  Keep a copy of it in another place. Without it nobody can read the record or its backups.\n",
        key_path.string());
  }
  made.database = record::SqliteOptions{.file = options.data / "record.db", .key = key->key};
  return made;
}

ExitCode serve(const ServeOptions& options) {
  auto record = record_options(options);
  if (!record) return report_error(record.error());
  server::ServiceOptions service_options{std::move(*record), {}, {}};
  service_options.http.address = options.address;
  service_options.http.port = options.port;
  catch_interrupts();
  auto service = server::Service::start(std::move(service_options),
                                        [](std::string_view what) { fmt::print("{}\n", what); });
  if (!service) return report_error(service.error());
  fmt::print(
      "The record is at http://localhost:{0}/ and its FHIR API at http://localhost:{0}{1}\n"
      "Nobody signs in yet: keep real patients out of it. Ctrl-C ends it.\n",
      (*service)->port(), (*service)->base_path());
  std::fflush(stdout);
  while (!interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds{50});
  fmt::print("ending: answering what is under way\n");
  (*service)->stop(std::chrono::seconds{10});
  return ExitCode::success;
}

}  // namespace

void add_serve_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<ServeOptions>();
  options->data = default_data_folder();
  auto* command = app.add_subcommand("serve", "Serve the clinic's record to FHIR clients on this machine");
  command->footer(
      "Examples:\n  reprise serve\n  reprise serve --data /srv/reprise --port 8090\n"
      "  reprise serve --postgres 'host=/run/postgresql dbname=reprise'");
  command->add_option("--data", options->data, "Folder of the record and its key")->capture_default_str();
  command->add_option("--postgres", options->postgres,
                      "Keep the record in this PostgreSQL instead (libpq's address)");
  command->add_option("--port", options->port, "Port; 0: any that is free")->capture_default_str();
  command->add_option("--address", options->address, "Address to listen on")->capture_default_str();
  command->add_flag("--free-references", options->free_references,
                    "Accept references to what is not in the record, as when a corpus is loaded");
  command->callback([options, &code] { code = serve(*options); });
}

}  // namespace reprise
