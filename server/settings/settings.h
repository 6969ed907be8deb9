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
#include "server/video_visits/turn_credentials.h"

namespace reprise::server {

enum class LogLevel { debug, info, warning, error, off };
enum class LogFormat { plain, json };

/// What a server is told before it starts. Defaults: a clinic on one machine, reachable in its own network.
struct Settings {
  struct Listen {
    std::string address = "0.0.0.0";
    std::uint16_t port = 8443;
    bool tls = true;                    ///< without: on loopback, or behind trusted proxies, only
    std::filesystem::path certificate;  ///< PEM; empty: one of our own in the record's folder
    std::filesystem::path key;          ///< of the certificate
    std::string public_url;             ///< what clients reach the server by; empty: from address and port
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
  struct Audit {
    std::string mail_heads_to;    ///< an address; empty: nobody
    std::string post_heads_to;    ///< https://…; empty: nowhere
    unsigned heads_hours = 24;    ///< at most one in so long
    std::string forward_to = {};  ///< https://…, gets all entries; empty: nobody
  };
  struct Backup {
    std::filesystem::path folder;  ///< for copies that are made on the page; empty: none are
    unsigned warn_days = 2;        ///< after which the last copy counts as old
  };
  struct VideoVisits : VisitRelay {
    std::filesystem::path secret_file;
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
  Audit audit;
  Backup backup;
  VideoVisits visits;
  Threads threads;
  Limits limits;
  unsigned stop_seconds = 20;  ///< for requests under way
  Log log;

  /// What was given, by key: its text, and where. What is not in it has its default.
  struct Told {
    std::string value;
    std::string place;
  };
  std::map<std::string, Told> told;
};

/// One setting, and its names in the three places where it can be given.
struct SettingName {
  std::string key;          ///< in the file, e.g. "listen.port"
  std::string environment;  ///< "REPRISE_LISTEN_PORT"
  std::string flag;         ///< "--listen-port"
  std::string help;         ///< a sentence for people
};

/// All settings, in the order of the file.
[[nodiscard]] const std::vector<SettingName>& setting_names();

/// A setting as it holds, for people.
struct EffectiveSetting {
  std::string key;
  std::string help;
  std::string value;    ///< empty also where it is not shown
  std::string place;    ///< "/etc/reprise.toml, line 3", a variable or a flag; empty: the default
  bool hidden = false;  ///< what was given for it is never shown
};

/// All settings, in the order of the file.
[[nodiscard]] std::vector<EffectiveSetting> effective_settings(const Settings& settings);

/// Where settings come from; the later the stronger.
struct SettingSources {
  std::optional<std::filesystem::path> file;       ///< TOML
  std::map<std::string, std::string> environment;  ///< of it, what begins with REPRISE_ is looked at
  std::map<std::string, std::string> flags;        ///< by their names, "--listen-port"
};

/// Settings out of a file, the environment and flags. Lists are written with commas outside the file. Errors,
/// each with the place, the key, the value and what it may be: unknown keys, values of another kind or beyond
/// their limits, settings that do not go together (plain HTTP for everyone, a certificate without its key), a
/// password in the connection string.
[[nodiscard]] Result<Settings> read_settings(const SettingSources& sources);

/// The same, of a file that was read already; `name` is for messages.
[[nodiscard]] Result<Settings> parse_settings(std::string_view toml, const std::string& name);

/// The proxies as ranges of addresses.
[[nodiscard]] std::vector<http::AddressRange> trusted_proxies(const Settings& settings);

}  // namespace reprise::server
