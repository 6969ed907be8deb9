// SPDX-License-Identifier: Apache-2.0
#include "server/settings/settings.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/nearest_names.h"
#include "server/settings/setting_values.h"

namespace reprise::server {
namespace {

constexpr std::uintmax_t kLargestFile = 1024 * 1024;
constexpr const char* kDatabasePassword = "REPRISE_DATABASE_PASSWORD";
constexpr const char* kMailPassword = "REPRISE_MAIL_PASSWORD";
constexpr const char* kRelaySecret = "REPRISE_VISITS_TURN_SECRET";

Result<std::string> read_whole(const std::filesystem::path& path, const char* what) {
  std::error_code ec;
  const auto size = std::filesystem::file_size(path, ec);
  std::ifstream in(path, std::ios::binary);
  if (ec || !in) {
    return fail(ErrorCode::unreadable, kSettingsStage,
                std::string{what} + ' ' + path.string() + " cannot be read",
                "check the path, and that the user that runs the server may read it");
  }
  if (size > kLargestFile) {
    return fail(ErrorCode::unsupported, kSettingsStage,
                std::string{what} + ' ' + path.string() + " is larger than 1 MiB",
                "check that it is the right file");
  }
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

Result<void> apply_toml(std::string_view toml, const std::string& name, Settings& settings) {
  const auto all = read_toml(toml, name);
  if (!all) return tl::unexpected(all.error());
  for (const Given& given : *all) {
    if (auto applied = apply_setting(given, settings); !applied) return applied;
  }
  return {};
}

// An unknown variable in one of our sections is a mistake; other programs of ours have variables too.
bool is_in_a_section(const std::string& variable) {
  const auto& names = setting_names();
  return std::any_of(names.begin(), names.end(), [&](const SettingName& name) {
    const std::size_t section = 8 + name.key.find('.') + 1;  // "REPRISE_LISTEN_"
    return variable.compare(0, section, name.environment, 0, section) == 0;
  });
}

Result<void> apply_environment(const std::map<std::string, std::string>& environment, Settings& settings) {
  const std::map<std::string, std::string*> secrets = {{kDatabasePassword, &settings.database.password},
                                                       {kMailPassword, &settings.mail.password},
                                                       {kRelaySecret, &settings.visits.secret}};
  std::vector<std::string> known;
  for (const SettingName& name : setting_names()) known.push_back(name.environment);
  for (const auto& [variable, text] : environment) {
    if (const auto secret = secrets.find(variable); secret != secrets.end()) {
      *secret->second = text;
      continue;
    }
    const auto found = std::find(known.begin(), known.end(), variable);
    if (found != known.end()) {
      const std::string& key = setting_names()[static_cast<std::size_t>(found - known.begin())].key;
      const Given given{key, AnyText{text}, "environment variable " + variable};
      if (auto applied = apply_setting(given, settings); !applied) return applied;
    } else if (is_in_a_section(variable)) {
      const std::string near = did_you_mean(variable, known);
      return fail(ErrorCode::invalid_argument, kSettingsStage,
                  "environment variable " + variable + " is no setting",
                  near.empty() ? "packaging/reprise.toml shows all settings" : near);
    }
  }
  return {};
}

Result<void> apply_flags(const std::map<std::string, std::string>& flags, Settings& settings) {
  for (const auto& [flag, text] : flags) {
    const auto& names = setting_names();
    const auto found = std::find_if(names.begin(), names.end(), [&, &wanted = flag](const SettingName& one) {
      return one.flag == wanted;
    });
    const Given given{found == names.end() ? flag : found->key, AnyText{text}, flag};
    if (auto applied = apply_setting(given, settings); !applied) return applied;
  }
  return {};
}

/// Unless the environment has one, which takes precedence.
Result<void> read_password(const std::filesystem::path& path, const std::string& setting,
                           std::string& password) {
  if (path.empty() || !password.empty()) return {};
  auto text = read_whole(path, setting.c_str());
  if (!text) return tl::unexpected(text.error());
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && (status.st_mode & S_IRWXO) != 0) {
    return fail(ErrorCode::invalid_argument, kSettingsStage,
                setting + ' ' + path.string() + " can be read by other users of this machine",
                "run `chmod 600 " + path.string() + '`');
  }
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  password = std::move(*text);
  return {};
}

}  // namespace

Result<Settings> parse_settings(std::string_view toml, const std::string& name) {
  Settings settings;
  if (auto applied = apply_toml(toml, name, settings); !applied) return tl::unexpected(applied.error());
  if (auto checked = check_together(settings); !checked) return tl::unexpected(checked.error());
  return settings;
}

Result<Settings> read_settings(const SettingSources& sources) {
  Settings settings;
  if (sources.file) {
    const auto toml = read_whole(*sources.file, "the settings file");
    if (!toml) return tl::unexpected(toml.error());
    if (auto applied = apply_toml(*toml, sources.file->string(), settings); !applied) {
      return tl::unexpected(applied.error());
    }
  }
  if (auto applied = apply_environment(sources.environment, settings); !applied) {
    return tl::unexpected(applied.error());
  }
  if (auto applied = apply_flags(sources.flags, settings); !applied) return tl::unexpected(applied.error());
  auto& database = settings.database;
  auto& mail = settings.mail;
  auto read = read_password(database.password_file, "database.password_file", database.password);
  if (read) read = read_password(mail.password_file, "mail.password_file", mail.password);
  auto& visits = settings.visits;
  if (read) read = read_password(visits.secret_file, "visits.turn_secret_file", visits.secret);
  if (!read) return tl::unexpected(read.error());
  if (auto checked = check_together(settings); !checked) return tl::unexpected(checked.error());
  return settings;
}

std::vector<http::AddressRange> trusted_proxies(const Settings& settings) {
  std::vector<http::AddressRange> ranges;
  for (const std::string& text : settings.listen.trusted_proxies) {
    if (const auto range = http::parse_address_range(text)) ranges.push_back(*range);
  }
  return ranges;
}

}  // namespace reprise::server
