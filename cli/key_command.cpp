// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/record_settings.h"
#include "fhir/model/json.h"
#include "record/audit/hexadecimal.h"
#include "record/store/writer.h"
#include "server/administration/key_rotation.h"
#include "server/administration/record_folder.h"

namespace reprise::cli {
namespace {

struct KeyOptions {
  std::shared_ptr<RecordSettings> settings = std::make_shared<RecordSettings>();
  std::string cipher = "aegis";
  bool json = false;
};

ExitCode rotate_record(const KeyOptions& options) {
  const auto settings = options.settings->read();
  if (!settings) return report_error(settings.error());
  const auto cipher = record::cipher_of(options.cipher);
  const auto rotated = server::rotate_record_key(*settings, cipher.value_or(record::Cipher::aegis_256),
                                                 record::milliseconds_now() * 1000);
  if (!rotated) return report_error(rotated.error());
  const auto key = server::record_key_file(*settings);
  if (options.json) {
    const fhir::Json said = {{"key", "record"},
                             {"cipher", options.cipher},
                             {"file", key.string()},
                             {"old_file", rotated->old_key.string()}};
    fmt::print("{}\n", said.dump(2));
    return ExitCode::success;
  }
  fmt::print(
      "{}: the record is encrypted with a new key ({}). Keep a copy of it in another place, and make a "
      "backup.\n"
      "{} still opens the backups made before: destroy it, and its copies, together with the last of them.\n",
      key.string(), options.cipher, rotated->old_key.string());
  return ExitCode::success;
}

ExitCode rotate_audit(const KeyOptions& options) {
  const auto settings = options.settings->read();
  if (!settings) return report_error(settings.error());
  const auto rotated = server::rotate_audit_key(*settings, record::milliseconds_now() * 1000);
  if (!rotated) return report_error(rotated.error());
  const std::string before = record::hexadecimal(rotated->before);
  const std::string now = record::hexadecimal(rotated->now);
  if (options.json) {
    const fhir::Json said = {{"key", "audit"}, {"signer", now}, {"old_signer", before}};
    fmt::print("{}\n", said.dump(2));
    return ExitCode::success;
  }
  fmt::print("The audit log is signed by {} now, after {}. What the old key signed still counts.\n", now,
             before);
  return ExitCode::success;
}

}  // namespace

void add_key_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<KeyOptions>();
  auto* command = app.add_subcommand("key", "Keys of the record");
  command->require_subcommand(1);
  auto* rotating = command->add_subcommand("rotate", "Replace a key by a new one; the server must not run");
  rotating->require_subcommand(1);
  command->footer(
      "Examples:\n  reprise key rotate record --record-folder /srv/reprise\n"
      "  reprise key rotate record --cipher chacha20\n  reprise key rotate audit --json");
  auto* record = rotating->add_subcommand(
      "record", "Encrypt the database anew (SQLite); needs as much room on the disk again");
  record->add_option("--cipher", options->cipher, "aegis (AEGIS-256) or chacha20 (ChaCha20-Poly1305)")
      ->check(CLI::IsMember({"aegis", "chacha20"}))
      ->capture_default_str();
  record->callback([options, &code] { code = rotate_record(*options); });
  auto* audit = rotating->add_subcommand("audit", "Sign the heads of the audit log with a new key");
  audit->callback([options, &code] { code = rotate_audit(*options); });
  for (auto* one : {record, audit}) {
    one->add_flag("--json", options->json, "As JSON");
    add_record_settings(*one, options->settings, true);
  }
}

}  // namespace reprise::cli
