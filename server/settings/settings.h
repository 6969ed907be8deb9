// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/budget/limits.h"
#include "server/http/forwarded.h"
#include "server/mail/mail_server.h"
#include "server/push/endpoint.h"
#include "server/video_visits/turn_credentials.h"

namespace reprise::server {

enum class LogLevel { debug, info, warning, error, off };
enum class LogFormat { plain, json };

/// The server's configuration. Defaults: a clinic on one machine, reachable in its own network.
struct Settings {
  struct Listen {
    std::string address = "0.0.0.0";
    std::uint16_t port = 8443;
    bool tls = true;                           ///< without: on loopback, or behind trusted proxies, only
    std::filesystem::path certificate;         ///< PEM; empty: one of our own in the record's folder
    std::filesystem::path key;                 ///< of the certificate
    std::string public_url;                    ///< URL for clients; empty: from address and port
    std::vector<std::string> trusted_proxies;  ///< addresses or ranges whose X-Forwarded-… fields count
  };
  struct Record {
    std::filesystem::path folder = "reprise-data";
    bool check_references = true;
  };
  struct Database {
    std::string connection = "sqlite";    ///< or "postgresql://…", never with a password in it
    std::filesystem::path password_file;  ///< PostgreSQL's
    std::string password;                 ///< from that file, or from the environment
    std::filesystem::path key_file;       ///< SQLite's; empty: one of our own in the record's folder
  };
  struct Mail : mail::MailServer {
    std::filesystem::path password_file;
  };
  /// Reminders on patients' devices by Web Push.
  struct Push {
    std::string contact;  ///< mail address for the push services; empty: no push
    push::PushHosts hosts = push::known_push_hosts();
    std::filesystem::path authorities;  ///< PEM file of the push services' authorities; empty: the system's
  };
  struct Audit {
    std::string mail_heads_to;    ///< a mail address; empty: none
    std::string post_heads_to;    ///< https://…; empty: nowhere
    unsigned heads_hours = 24;    ///< shortest interval
    std::string forward_to = {};  ///< https://…, receives all entries; empty: none
  };
  struct Backup {
    std::filesystem::path folder;  ///< for backups made on the page; empty: none are
    unsigned warn_days = 2;        ///< age at which the last backup counts as old
  };
  struct VideoVisits : TurnServer {
    std::filesystem::path secret_file;
  };
  /// Shown to a person without an account (the page /check); empty: not known, and the page says so.
  struct Clinic {
    std::string name;
    std::string phone;
    std::string emergency_number;                   ///< never guessed
    std::vector<std::string> extra_languages = {};  ///< for patients; translations that no one has reviewed
  };
  /// Login sessions that stay on a device by their user's choice.
  struct SignIn {
    unsigned stay_days = 30;       ///< longest duration; 0: not offered
    unsigned stay_idle_days = 14;  ///< idle timeout
    bool staff_may_stay = false;   ///< also for clinicians and administrators
  };
  struct Threads {
    unsigned network = 1;
    unsigned database = 4;
  };
  struct Log {
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::plain;
  };

  Listen listen;
  Record record;
  Database database;
  Mail mail;
  Push push;
  Audit audit;
  Backup backup;
  VideoVisits visits;
  Clinic clinic;
  SignIn sign_in;
  Threads threads;
  Limits limits;
  unsigned stop_seconds = 20;  ///< for requests under way
  Log log;

  /// The given values by key: text and origin. Settings without one have their default.
  struct GivenValue {
    std::string value;
    std::string place;
  };
  std::map<std::string, GivenValue> given_values;
};

/// A setting and its names in its three sources.
struct SettingName {
  std::string key;          ///< in the file, e.g. "listen.port"
  std::string environment;  ///< "REPRISE_LISTEN_PORT"
  std::string flag;         ///< "--listen-port"
  std::string help;         ///< a sentence for users
};

/// All settings, in the order of the file.
[[nodiscard]] const std::vector<SettingName>& setting_names();

/// An effective setting, for display.
struct EffectiveSetting {
  std::string key;
  std::string help;
  std::string value;    ///< also empty if hidden
  std::string place;    ///< "/etc/reprise.toml, line 3", a variable or a flag; empty: the default
  bool hidden = false;  ///< its value is never shown
};

/// All settings, in the order of the file.
[[nodiscard]] std::vector<EffectiveSetting> effective_settings(const Settings& settings);

/// The sources of settings, in ascending precedence.
struct SettingSources {
  std::optional<std::filesystem::path> file;       ///< TOML
  std::map<std::string, std::string> environment;  ///< variables that begin with REPRISE_ are used
  std::map<std::string, std::string> flags;        ///< by their names, "--listen-port"
};

/// Reads settings from a file, the environment and flags. Outside the file, lists are separated by commas.
/// Errors name the source, the key, the value and the valid range: unknown keys, invalid values, incompatible
/// settings (plain HTTP for everyone, a certificate without its key), a password in the connection string.
[[nodiscard]] Result<Settings> read_settings(const SettingSources& sources);

/// Does the same for the text of a file; `name` is for messages.
[[nodiscard]] Result<Settings> parse_settings(std::string_view toml, const std::string& name);

/// Returns the trusted proxies as address ranges.
[[nodiscard]] std::vector<http::AddressRange> trusted_proxies(const Settings& settings);

}  // namespace reprise::server
