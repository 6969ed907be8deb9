// SPDX-License-Identifier: Apache-2.0
#include "cli/record_settings.h"

#include <string_view>

extern "C" char** environ;  // NOLINT(readability-redundant-declaration): not in every libc's headers

namespace reprise::cli {

Result<server::Settings> RecordSettings::read() const {
  server::SettingSources sources;
  if (!config.empty()) sources.file = config;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    sources.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  sources.flags = flags;
  return server::read_settings(sources);
}

void add_record_settings(CLI::App& command, const std::shared_ptr<RecordSettings>& settings, bool few) {
  command
      .add_option("--config", settings->config, "File with settings (TOML); packaging/reprise.toml shows all")
      ->type_name("FILE");
  for (const server::SettingName& name : server::setting_names()) {
    const bool says_where = name.key.rfind("record.folder", 0) == 0 || name.key.rfind("database.", 0) == 0;
    if (few && !says_where) continue;
    command
        .add_option_function<std::string>(
            name.flag,
            [settings, flag = name.flag](const std::string& value) { settings->flags[flag] = value; },
            name.help + " [" + name.environment + "]")
        ->type_name("")
        ->take_last();
  }
}

}  // namespace reprise::cli
