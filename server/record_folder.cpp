#include "server/record_folder.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "record/database/key.h"

namespace reprise::server {
namespace {

constexpr const char* kFolderStage = "opening the record's folder";

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  const bool made = std::filesystem::create_directories(folder, failed);
  if (failed || !std::filesystem::is_directory(folder)) {
    return fail(ErrorCode::unwritable, kFolderStage, "cannot make the folder " + folder.string(),
                "name another as record.folder (--record-folder)");
  }
  if (made) ::chmod(folder.c_str(), S_IRWXU);
  return {};
}

// libpq reads further parameters from behind a '?'.
std::string with_password(const std::string& address, const std::string& password) {
  if (password.empty()) return address;
  std::string text = address + (address.find('?') == std::string::npos ? "?" : "&") + "password=";
  for (const char c : password) text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return text;
}

}  // namespace

std::filesystem::path anchor_file(const Settings& settings) {
  return settings.record.folder / "audit-heads.jsonl";
}

Result<RecordFolder> open_record_folder(const Settings& settings) {
  if (auto made = make_folder(settings.record.folder); !made) return tl::unexpected(made.error());
  RecordFolder opened;
  record::RecordOptions& options = opened.options;
  options.check_references = settings.record.check_references;
  options.readers = settings.threads.database;
  const auto key_of = [&](const std::filesystem::path& file, const char* loss) -> Result<record::Key> {
    const auto key = record::read_or_make_key(file);
    if (!key) return tl::unexpected(key.error());
    if (key->made_now) opened.made.push_back(fmt::format("Made {}. {}", file.string(), loss));
    return key->key;
  };
  if (settings.database.connection == "sqlite") {
    const auto& named = settings.database.key_file;
    const auto key =
        key_of(named.empty() ? settings.record.folder / "record.key" : named,
               "Keep a copy of it in another place: without it nobody can read the record or its backups.");
    if (!key) return tl::unexpected(key.error());
    options.database = record::SqliteOptions{.file = settings.record.folder / "record.db", .key = *key};
  } else {
    options.database = record::PostgresOptions{
        .address = with_password(settings.database.connection, settings.database.password),
        .schema = "public"};
  }
  const auto seed = key_of(settings.record.folder / "audit.key", "It signs the heads of the audit log.");
  if (!seed) return tl::unexpected(seed.error());
  options.audit = {anchor_file(settings), record::signing_key(*seed), {}};
  return opened;
}

}  // namespace reprise::server
