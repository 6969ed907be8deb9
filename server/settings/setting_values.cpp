// SPDX-License-Identifier: Apache-2.0
#include "server/settings/setting_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>

#include "base/nearest_names.h"
#include "record/database/postgres.h"
#include "record/outbox/mail_address.h"

namespace reprise::server {
namespace {

// The requirement of a value as the end of "it must be …"; nullopt if it is valid.
using Complaint = std::optional<std::string>;

struct Row {
  const char* key;
  const char* standard;  // the default, as text
  const char* help;
  Complaint (*apply)(Settings&, const Value&);
  bool secret = false;  // its value is never repeated
};

const std::string* text_of(const Value& value) {
  if (const auto* any = std::get_if<AnyText>(&value)) return &any->text;
  return std::get_if<std::string>(&value);
}

Complaint set_text(std::string& target, const Value& value) {
  const std::string* text = text_of(value);
  if (text == nullptr || text->find('\0') != std::string::npos) return "a text";
  target = *text;
  return {};
}

Complaint set_path(std::filesystem::path& target, const Value& value) {
  std::string text;
  if (set_text(text, value)) return "a path";
  target = text;
  return {};
}

Complaint set_truth(bool& target, const Value& value) {
  if (const bool* truth = std::get_if<bool>(&value)) {
    target = *truth;
    return {};
  }
  const auto* any = std::get_if<AnyText>(&value);
  if (any == nullptr || (any->text != "true" && any->text != "false")) return "true or false";
  target = any->text == "true";
  return {};
}

std::optional<std::int64_t> whole_number(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  const auto* any = std::get_if<AnyText>(&value);
  if (any == nullptr) return {};
  std::int64_t number = 0;
  const char* const end = any->text.data() + any->text.size();
  const auto [stopped, error] = std::from_chars(any->text.data(), end, number);
  if (error != std::errc{} || stopped != end) return {};
  return number;
}

template <class Number>
Complaint set_number(Number& target, const Value& value, std::int64_t least, std::int64_t most,
                     std::int64_t times = 1) {
  const auto number = whole_number(value);
  if (!number || *number < least || *number > most) {
    return "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  }
  target = static_cast<Number>(*number * times);
  return {};
}

Complaint set_seconds(std::chrono::milliseconds& target, const Value& value) {
  unsigned seconds = 0;
  const Complaint complaint = set_number(seconds, value, 1, 3600);
  if (!complaint) target = std::chrono::seconds{seconds};
  return complaint;
}

template <class Choice, std::size_t kCount>
Complaint set_choice(Choice& target, const Value& value,
                     const std::array<std::pair<const char*, Choice>, kCount>& choices) {
  std::vector<std::string> names;
  const std::string* text = text_of(value);
  for (const auto& [name, choice] : choices) {
    names.emplace_back(name);
    if (text == nullptr || *text != name) continue;
    target = choice;
    return {};
  }
  return any_of(names);
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    parts.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

/// Outside the file, lists are separated by commas.
std::optional<std::vector<std::string>> list_in(const Value& value) {
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return *list;
  if (const auto* any = std::get_if<AnyText>(&value)) return parts_of(any->text);
  return {};
}

Complaint set_proxies(Settings& settings, const Value& value) {
  auto ranges = list_in(value);
  if (!ranges) return "a list of addresses or ranges, such as [\"127.0.0.1\", \"10.0.0.0/8\"]";
  for (const std::string& range : *ranges) {
    if (!http::parse_address_range(range)) return "a list of addresses or ranges, such as 10.0.0.0/8";
  }
  settings.listen.trusted_proxies = std::move(*ranges);
  return {};
}

Complaint set_push_hosts(Settings& settings, const Value& value) {
  auto hosts = list_in(value);
  if (!hosts || hosts->empty() || !std::all_of(hosts->begin(), hosts->end(), push::is_push_host))
    return "a list of host names, such as [\"push.example.org\", \"*.push.example.org\"]";
  settings.push.hosts = std::move(*hosts);
  return {};
}

Complaint set_extra_languages(Settings& settings, const Value& value) {
  auto languages = list_in(value);
  const auto is_known = [](const std::string& one) { return one == "ar"; };
  if (!languages || !std::all_of(languages->begin(), languages->end(), is_known))
    return "a list of further languages of the pages: [\"ar\"] (Arabic), or [] for none";
  std::sort(languages->begin(), languages->end());
  languages->erase(std::unique(languages->begin(), languages->end()), languages->end());
  settings.clinic.extra_languages = std::move(*languages);
  return {};
}

Complaint set_address(Settings& settings, const Value& value) {
  const std::string* text = text_of(value);
  if (text == nullptr || !http::parse_address_range(*text) || text->find('/') != std::string::npos) {
    return "an IP address: 127.0.0.1 (this machine only), 0.0.0.0 (all of IPv4) or :: (all)";
  }
  settings.listen.address = *text;
  return {};
}

Complaint set_public_url(Settings& settings, const Value& value) {
  constexpr const char* kForm = "an address such as https://clinic.example.org, without a path";
  std::string text;
  if (set_text(text, value)) return kForm;
  if (!text.empty()) {
    const std::size_t host = text.compare(0, 8, "https://") == 0 ? 8 : 7;
    if (host == 7 && text.compare(0, 7, "http://") != 0) return kForm;
    if (text.back() == '/') text.pop_back();
    const bool good = text.size() > host &&
                      std::all_of(text.begin() + static_cast<std::ptrdiff_t>(host), text.end(), [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                               std::string_view{"-._~:[]"}.find(c) != std::string_view::npos;
                      });
    if (!good) return kForm;
  }
  settings.listen.public_url = std::move(text);
  return {};
}

Complaint set_connection(Settings& settings, const Value& value) {
  constexpr const char* kForm = "\"sqlite\", or begin with postgresql://";
  std::string text;
  if (set_text(text, value)) return kForm;
  if (text != "sqlite") {
    const bool postgresql =
        text.compare(0, 13, "postgresql://") == 0 || text.compare(0, 11, "postgres://") == 0;
    if (!postgresql) return kForm;
    const std::size_t user = text.find("://") + 3;
    const std::size_t at = text.find('@', user);
    const bool has_password =
        at != std::string::npos && text.substr(user, at - user).find(':') != std::string::npos;
    if (has_password || text.find("password=") != std::string::npos) {
      return "without a password: give that by database.password_file or REPRISE_DATABASE_PASSWORD";
    }
    if (!record::is_protected(text)) {
      return "on this machine (a Unix socket or localhost), or encrypted with a verified certificate: add "
             "?sslmode=verify-full, and sslrootcert=FILE where its authority is the clinic's own";
    }
  }
  settings.database.connection = std::move(text);
  return {};
}

Complaint set_mail_server(Settings& settings, const Value& value) {
  constexpr const char* kForm =
      "the name or address of a mail server, without a port, such as mail.example.org";
  std::string text;
  if (set_text(text, value)) return kForm;
  const bool good = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':';
  });
  // One colon would be a port; an IPv6 address has more.
  if (!good || std::count(text.begin(), text.end(), ':') == 1) return kForm;
  settings.mail.host = std::move(text);
  return {};
}

Complaint set_mail_address(std::string& target, const Value& value) {
  constexpr const char* kForm = "one address of the form name@example.org";
  std::string text;
  if (set_text(text, value) || (!text.empty() && !record::is_mail_address(text))) return kForm;
  target = std::move(text);
  return {};
}

// The posted data holds no secrets, so a program on this machine may receive it unencrypted.
Complaint set_post_address(std::string& target, const Value& value) {
  constexpr const char* kForm =
      "an address that begins with https:// (on this machine also http://127.0.0.1), without a password";
  std::string text;
  if (set_text(text, value)) return kForm;
  const bool encrypted = text.compare(0, 8, "https://") == 0 && text.size() > 8;
  const bool here = text.compare(0, 17, "http://127.0.0.1:") == 0;
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '@'; });
  if (!text.empty() && (!(encrypted || here) || !plain)) return kForm;
  target = std::move(text);
  return {};
}

Complaint set_turn_server(Settings& settings, const Value& value) {
  constexpr const char* kForm = "the name of a relay, perhaps with a port, such as turn.example.org:3478";
  std::string text;
  if (set_text(text, value)) return kForm;
  const bool good = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{".-:[]"}.find(c) != std::string_view::npos;
  });
  // An IPv6 address is in brackets: then a colon separates a port.
  const auto port = text.find(':', text.find(']') == std::string::npos ? 0 : text.find(']'));
  const bool numbered =
      port == std::string::npos || (port + 1 < text.size() && port > 0 &&
                                    text.find_first_not_of("0123456789", port + 1) == std::string::npos);
  if (!good || !numbered) return kForm;
  settings.visits.host = std::move(text);
  return {};
}

Complaint set_phone(std::string& target, const Value& value) {
  std::string text;
  const bool good = !set_text(text, value) && text.size() <= 30 &&
                    text.find_first_not_of("+0123456789 ()/-") == std::string::npos;
  if (!good) return "a telephone number as text: \"+49 30 1234567\"";
  target = std::move(text);
  return {};
}

constexpr std::int64_t kKilobyte = 1024;
constexpr std::int64_t kMegabyte = 1024 * kKilobyte;

constexpr std::array kPlaceRows = {
    Row{"listen.address", "0.0.0.0",
        "Address to listen on: 0.0.0.0 is the whole network, 127.0.0.1 this machine only.", set_address},
    Row{"listen.port", "8443", "Port to listen on; 0 takes any that is free.",
        [](Settings& s, const Value& v) { return set_number(s.listen.port, v, 0, 65535); }},
    Row{"listen.tls", "true", "Encrypt (https). Without, only this machine or trusted proxies may connect.",
        [](Settings& s, const Value& v) { return set_truth(s.listen.tls, v); }},
    Row{"listen.certificate", "", "PEM file of the certificate; empty: the server makes its own.",
        [](Settings& s, const Value& v) { return set_path(s.listen.certificate, v); }},
    Row{"listen.key", "", "PEM file of the certificate's private key.",
        [](Settings& s, const Value& v) { return set_path(s.listen.key, v); }},
    Row{"listen.public_url", "",
        "What people reach the server by, if that is not its address and port; links in mails need it.",
        set_public_url},
    Row{"listen.trusted_proxies", "", "Addresses or ranges of proxies that are believed who asked them.",
        set_proxies},
    Row{"record.folder", "reprise-data", "Folder of the record: database, keys, audit heads.",
        [](Settings& s, const Value& v) {
          const Complaint complaint = set_path(s.record.folder, v);
          return complaint || !s.record.folder.empty() ? complaint : Complaint{"a path"};
        }},
    Row{"record.check_references", "true", "Refuse resources that refer to others that are not there.",
        [](Settings& s, const Value& v) { return set_truth(s.record.check_references, v); }},
    Row{"database.connection", "sqlite",
        "sqlite (in the record's folder), or postgresql://user@host/database.", set_connection, true},
    Row{"database.password_file", "", "File with PostgreSQL's password, for its owner only.",
        [](Settings& s, const Value& v) { return set_path(s.database.password_file, v); }},
    Row{"database.key_file", "", "File with SQLite's key; empty: in the record's folder.",
        [](Settings& s, const Value& v) { return set_path(s.database.key_file, v); }},
    Row{"mail.server", "", "Name of the mail server that sends our mails; empty: no mail.", set_mail_server},
    Row{"mail.port", "0", "Its port; 0: the usual one of the security (465, 587, 25).",
        [](Settings& s, const Value& v) { return set_number(s.mail.port, v, 0, 65535); }},
    Row{"mail.security", "tls", "tls, starttls, or none (a mail server on this machine only).",
        [](Settings& s, const Value& v) {
          using mail::Security;
          return set_choice(
              s.mail.security, v,
              std::array<std::pair<const char*, Security>, 3>{
                  {{"tls", Security::tls}, {"starttls", Security::starttls}, {"none", Security::none}}});
        }},
    Row{"mail.user", "", "Name to sign in with at the mail server; empty: without.",
        [](Settings& s, const Value& v) { return set_text(s.mail.user, v); }},
    Row{"mail.password_file", "", "File with that user's password, for its owner only.",
        [](Settings& s, const Value& v) { return set_path(s.mail.password_file, v); }},
    Row{"mail.from", "", "Address that our mails come from.",
        [](Settings& s, const Value& v) { return set_mail_address(s.mail.from, v); }},
    Row{"mail.authorities", "",
        "PEM file of the authorities that sign the mail server's certificate; empty: the system's.",
        [](Settings& s, const Value& v) { return set_path(s.mail.authorities, v); }},
    Row{"mail.seconds", "60", "Time for the mail server to take a mail.",
        [](Settings& s, const Value& v) {
          std::chrono::milliseconds& patience = s.mail.patience;
          unsigned seconds = 0;
          const Complaint complaint = set_number(seconds, v, 1, 120);
          if (!complaint) patience = std::chrono::seconds{seconds};
          return complaint;
        }},
    Row{"push.contact", "",
        "Mail address by which push services reach the clinic; empty: no reminders by Web Push.",
        [](Settings& s, const Value& v) { return set_mail_address(s.push.contact, v); }},
    Row{"push.hosts",
        "fcm.googleapis.com, updates.push.services.mozilla.com, web.push.apple.com, *.notify.windows.com",
        "Push services to which messages may go, by the name of their host.", set_push_hosts},
    Row{"push.authorities", "",
        "PEM file of the authorities that sign the push services' certificates; empty: the system's.",
        [](Settings& s, const Value& v) { return set_path(s.push.authorities, v); }},
    Row{"audit.mail_heads_to", "", "Address to which signed heads of the audit log are mailed; empty: none.",
        [](Settings& s, const Value& v) { return set_mail_address(s.audit.mail_heads_to, v); }},
    Row{"audit.post_heads_to", "", "Address of the web to which they are posted; empty: none.",
        [](Settings& s, const Value& v) { return set_post_address(s.audit.post_heads_to, v); }},
    Row{"audit.heads_hours", "24", "Hours between two heads that are sent, at least.",
        [](Settings& s, const Value& v) { return set_number(s.audit.heads_hours, v, 1, 744); }},
    Row{"audit.forward_to", "",
        "Address of the web to which the audit log's entries are posted; empty: none.",
        [](Settings& s, const Value& v) { return set_post_address(s.audit.forward_to, v); }},
    Row{"backup.folder", "", "Folder for copies made on the page; empty: only by `reprise backup`.",
        [](Settings& s, const Value& v) { return set_path(s.backup.folder, v); }},
    Row{"backup.warn_days", "2", "Days after which the last copy counts as old.",
        [](Settings& s, const Value& v) { return set_number(s.backup.warn_days, v, 1, 3650); }},
    Row{"clinic.name", "", "Name of the clinic for people without an account (/check); empty: not shown.",
        [](Settings& s, const Value& v) { return set_text(s.clinic.name, v); }},
    Row{"clinic.phone", "", "Its telephone number for them; empty: the page says that it is not known.",
        [](Settings& s, const Value& v) { return set_phone(s.clinic.phone, v); }},
    Row{"clinic.emergency_number", "", "The local emergency number for them; empty: the page names none.",
        [](Settings& s, const Value& v) { return set_phone(s.clinic.emergency_number, v); }},
    Row{"clinic.extra_languages", "",
        "Further languages that patients may choose: ar (Arabic); their translations are not reviewed.",
        set_extra_languages},
    Row{"sign_in.stay_days", "30", "Days that patients may stay signed in on their device; 0: not offered.",
        [](Settings& s, const Value& v) { return set_number(s.sign_in.stay_days, v, 0, 90); }},
    Row{"sign_in.stay_idle_days", "14", "Days without use after which such a session ends.",
        [](Settings& s, const Value& v) { return set_number(s.sign_in.stay_idle_days, v, 1, 90); }},
    Row{"sign_in.staff_may_stay", "false", "Offer it to clinicians and administrators, too.",
        [](Settings& s, const Value& v) { return set_truth(s.sign_in.staff_may_stay, v); }},
    Row{"visits.turn_server", "", "The clinic's relay (TURN) for video visits; empty: none.",
        set_turn_server},
    Row{"visits.turn_tls_port", "0", "Its port for TLS; 0: it has none.",
        [](Settings& s, const Value& v) { return set_number(s.visits.tls_port, v, 0, 65535); }},
    Row{"visits.turn_secret_file", "", "File with the secret that it shares with this server.",
        [](Settings& s, const Value& v) { return set_path(s.visits.secret_file, v); }},
    Row{"visits.relay_only", "false",
        "Send all video visits through the relay, so that neither side learns the other's "
        "address.",
        [](Settings& s, const Value& v) { return set_truth(s.visits.only, v); }},
};

constexpr std::array kLimitRows = {
    Row{"threads.network", "1", "Threads that talk to clients.",
        [](Settings& s, const Value& v) { return set_number(s.threads.network, v, 1, 64); }},
    Row{"threads.database", "4", "Threads that read the database.",
        [](Settings& s, const Value& v) { return set_number(s.threads.database, v, 1, 256); }},
    Row{"limits.header_kilobytes", "16", "Longest request header.",
        [](Settings& s, const Value& v) { return set_number(s.limits.header_bytes, v, 4, 1024, kKilobyte); }},
    Row{"limits.target_kilobytes", "8", "Longest path with query.",
        [](Settings& s, const Value& v) { return set_number(s.limits.target_bytes, v, 1, 1024, kKilobyte); }},
    Row{"limits.body_megabytes", "17", "Largest request body.",
        [](Settings& s, const Value& v) { return set_number(s.limits.body_bytes, v, 1, 1024, kMegabyte); }},
    Row{"limits.all_bodies_megabytes", "256", "Largest sum of all request bodies at once.",
        [](Settings& s, const Value& v) {
          return set_number(s.limits.all_bodies_bytes, v, 1, kMegabyte, kMegabyte);
        }},
    Row{"limits.answer_megabytes", "16", "Largest page or Bundle that is answered with.",
        [](Settings& s, const Value& v) { return set_number(s.limits.answer_bytes, v, 1, 1024, kMegabyte); }},
    Row{"limits.all_answers_megabytes", "256",
        "Largest sum of all answers at once; one address has half of it.",
        [](Settings& s, const Value& v) {
          return set_number(s.limits.all_answers_bytes, v, 1, kMegabyte, kMegabyte);
        }},
    Row{"limits.connections", "1024", "Connections at once.",
        [](Settings& s, const Value& v) { return set_number(s.limits.connections, v, 1, 1'000'000); }},
    Row{"limits.connections_per_address", "512", "Connections of one network address at once.",
        [](Settings& s, const Value& v) {
          return set_number(s.limits.connections_per_address, v, 1, 1'000'000);
        }},
    Row{"limits.requests", "512", "Requests under way at once.",
        [](Settings& s, const Value& v) { return set_number(s.limits.requests_under_way, v, 1, 1'000'000); }},
    Row{"limits.requests_per_address", "384", "Requests of one network address under way at once.",
        [](Settings& s, const Value& v) {
          return set_number(s.limits.requests_per_address, v, 1, 1'000'000);
        }},
    Row{"limits.requests_per_account", "64",
        "Requests of a clinician, administrator or program under way at once; further ones wait.",
        [](Settings& s, const Value& v) { return set_number(s.limits.requests_per_account, v, 1, 10'000); }},
    Row{"limits.requests_per_patient", "1", "Requests of a patient under way at once; further ones wait.",
        [](Settings& s, const Value& v) { return set_number(s.limits.requests_per_patient, v, 1, 10'000); }},
    Row{"limits.patient_megabytes_per_day", "256", "What a patient may send to be kept in one day.",
        [](Settings& s, const Value& v) {
          return set_number(s.limits.patient_bytes_per_day, v, 1, kMegabyte, kMegabyte);
        }},
    Row{"limits.header_seconds", "10", "Time for a client to send a request header.",
        [](Settings& s, const Value& v) { return set_seconds(s.limits.header_time, v); }},
    Row{"limits.body_seconds", "10",
        "Time for a client to send a request body, and what the slowest rate gives more.",
        [](Settings& s, const Value& v) { return set_seconds(s.limits.body_time, v); }},
    Row{"limits.idle_seconds", "60", "Time that a connection stays without a request.",
        [](Settings& s, const Value& v) { return set_seconds(s.limits.idle_time, v); }},
    Row{"limits.write_seconds", "10",
        "Time for a client to take an answer, and what the slowest rate gives more.",
        [](Settings& s, const Value& v) { return set_seconds(s.limits.write_time, v); }},
    Row{"limits.slowest_kilobytes_per_second", "8", "Slowest client that is waited for.",
        [](Settings& s, const Value& v) {
          return set_number(s.limits.bytes_per_second, v, 1, kMegabyte, kKilobyte);
        }},
    Row{"limits.stop_seconds", "20", "Time that requests under way get when the server stops.",
        [](Settings& s, const Value& v) { return set_number(s.stop_seconds, v, 0, 3600); }},
    Row{"log.level", "info", "Least that is logged: debug, info, warning, error or off.",
        [](Settings& s, const Value& v) {
          return set_choice(s.log.level, v,
                            std::array<std::pair<const char*, LogLevel>, 5>{{{"debug", LogLevel::debug},
                                                                             {"info", LogLevel::info},
                                                                             {"warning", LogLevel::warning},
                                                                             {"error", LogLevel::error},
                                                                             {"off", LogLevel::off}}});
        }},
    Row{"log.format", "plain", "Form of the log: plain or json.",
        [](Settings& s, const Value& v) {
          return set_choice(s.log.format, v,
                            std::array<std::pair<const char*, LogFormat>, 2>{
                                {{"plain", LogFormat::plain}, {"json", LogFormat::json}}});
        }},
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kAll = [] {
    std::vector<Row> all{kPlaceRows.begin(), kPlaceRows.end()};
    all.insert(all.end(), kLimitRows.begin(), kLimitRows.end());
    return all;
  }();
  return kAll;
}

// The value alone.
std::string text_shown(const Value& value) {
  if (const auto* text = text_of(value)) return *text;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  std::string text;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    for (const std::string& one : *list) text += (text.empty() ? "" : ", ") + one;
  }
  return text;
}

// Shows a given value in a message, unchanged; long ones are cut.
std::string shown(const Value& value) {
  struct Show {
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(const AnyText& any) const { return quoted(any.text); }
    std::string operator()(const OtherValue& other) const { return other.kind; }
    std::string operator()(const std::vector<std::string>& list) const {
      std::string text;
      for (const std::string& one : list) text += (text.empty() ? "" : ", ") + one;
      return quoted(text);
    }
    static std::string quoted(std::string text) {
      constexpr std::size_t kMost = 60;
      if (text.size() > kMost) text = text.substr(0, kMost) + "…";
      std::replace_if(
          text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
      return '"' + text + '"';
    }
  };
  return std::visit(Show{}, value);
}

tl::unexpected<Error> unknown_key(const Given& given) {
  std::vector<std::string> keys;
  for (const SettingName& name : setting_names()) keys.push_back(name.key);
  const std::string near = did_you_mean(given.key, keys);
  return fail(ErrorCode::invalid_argument, kSettingsStage, given.place + ": there is no setting " + given.key,
              near.empty() ? "packaging/reprise.toml shows all settings" : near);
}

tl::unexpected<Error> refuse(std::string cause, std::string remedy) {
  return fail(ErrorCode::invalid_argument, kSettingsStage, std::move(cause), std::move(remedy));
}

Result<void> check_mail(const Settings& settings) {
  const Settings::Mail& mail = settings.mail;
  if (mail.host.empty() != mail.from.empty()) {
    return refuse("mail.server and mail.from go together, and only one of them is given",
                  "give both; or none, and no mail is sent");
  }
  if (!mail.host.empty() && settings.listen.public_url.empty()) {
    return refuse(
        "mail.server is given without listen.public_url, and the links in mails need an address that "
        "no request can change",
        "give the address by which people reach this server, such as listen.public_url = "
        "\"https://clinic.example.org\"");
  }
  if (!settings.audit.mail_heads_to.empty() && mail.host.empty()) {
    return refuse("audit.mail_heads_to is given, and there is no mail.server",
                  "give mail.server and mail.from");
  }
  if (mail.security == mail::Security::none && !mail.host.empty() && mail.host != "localhost" &&
      !http::is_loopback(mail.host)) {
    return refuse("mail.security is none, and mail.server " + mail.host +
                      " is another machine: mails, with their links, would travel in the clear",
                  "use tls or starttls; none is for a mail server at 127.0.0.1");
  }
  const bool has_password = !mail.password.empty() || !mail.password_file.empty();
  if (mail.user.empty() == has_password) {
    return refuse(mail.user.empty() ? "a password of the mail server is given, and no mail.user"
                                    : "mail.user is given without a password",
                  "give mail.user and mail.password_file (or REPRISE_MAIL_PASSWORD), or neither");
  }
  std::error_code failed;
  if (!mail.authorities.empty() && !std::filesystem::is_regular_file(mail.authorities, failed)) {
    return refuse("mail.authorities " + mail.authorities.string() + " is no file that can be read",
                  "name a PEM file, or leave it out");
  }
  return {};
}

Result<void> check_push(const Settings::Push& push) {
  std::error_code failed;
  if (push.authorities.empty() || std::filesystem::is_regular_file(push.authorities, failed)) return {};
  return refuse("push.authorities " + push.authorities.string() + " is no file that can be read",
                "name a PEM file, or leave it out");
}

Result<void> check_visits(const Settings::VideoVisits& visits) {
  const bool has_secret = !visits.secret.empty() || !visits.secret_file.empty();
  if (visits.host.empty() == has_secret) {
    return refuse(visits.host.empty() ? "a secret of a relay is given, and no visits.turn_server"
                                      : "visits.turn_server is given without a secret",
                  "give visits.turn_server and visits.turn_secret_file (or REPRISE_VISITS_TURN_SECRET), or "
                  "neither");
  }
  if (visits.host.empty() && visits.only) {
    return refuse("visits.relay_only is true, and there is no visits.turn_server",
                  "give visits.turn_server, or remove it");
  }
  return {};
}

}  // namespace

const std::vector<SettingName>& setting_names() {
  static const std::vector<SettingName> kNames = [] {
    std::vector<SettingName> names;
    for (const Row& row : rows()) {
      SettingName name{row.key, "REPRISE_", "--", row.help};
      for (const char c : name.key) {
        const bool letter = c >= 'a' && c <= 'z';
        name.environment += letter ? static_cast<char>(c - 'a' + 'A') : '_';
        name.flag += letter ? c : '-';
      }
      names.push_back(std::move(name));
    }
    return names;
  }();
  return kNames;
}

std::vector<EffectiveSetting> effective_settings(const Settings& settings) {
  std::vector<EffectiveSetting> all;
  for (const Row& row : rows()) {
    EffectiveSetting one{row.key, row.help, row.standard, "", row.secret};
    if (const auto given_values = settings.given_values.find(row.key);
        given_values != settings.given_values.end()) {
      one.value = given_values->second.value;
      one.place = given_values->second.place;
    }
    if (row.secret && !one.place.empty()) one.value.clear();
    all.push_back(std::move(one));
  }
  return all;
}

Result<void> apply_setting(const Given& given, Settings& settings) {
  const auto row =
      std::find_if(rows().begin(), rows().end(), [&](const Row& one) { return one.key == given.key; });
  if (row == rows().end()) return unknown_key(given);
  const Complaint complaint = row->apply(settings, given.value);
  if (!complaint) {
    settings.given_values[given.key] = {text_shown(given.value), given.place};
    return {};
  }
  const std::string what = row->secret ? " is not valid" : " is " + shown(given.value);
  return fail(ErrorCode::invalid_argument, kSettingsStage,
              given.place + ": " + given.key + what + "; it must be " + *complaint,
              "correct it; " + std::string{row->help});
}

Result<void> check_together(const Settings& settings) {
  const Settings::Listen& listen = settings.listen;
  if (listen.certificate.empty() != listen.key.empty()) {
    return refuse("listen.certificate and listen.key go together, and only one of them is given",
                  "give both; or none, and the server makes its own");
  }
  if (!listen.tls && !listen.certificate.empty()) {
    return refuse("listen.tls is false, and listen.certificate is given", "remove one of them");
  }
  if (!listen.tls && !http::is_loopback(listen.address) && listen.trusted_proxies.empty()) {
    return refuse("listen.tls is false, and listen.address " + listen.address +
                      " can be reached from other machines: passwords and records would travel in the clear",
                  "set listen.tls to true; or listen.address to 127.0.0.1; or, behind a proxy that encrypts, "
                  "its address as listen.trusted_proxies");
  }
  if (settings.limits.target_bytes > settings.limits.header_bytes) {
    return refuse("limits.target_kilobytes is more than limits.header_kilobytes, which has the target in it",
                  "make the header's limit larger or the target's smaller");
  }
  if (settings.limits.body_bytes > settings.limits.all_bodies_bytes) {
    return refuse("limits.body_megabytes is more than limits.all_bodies_megabytes",
                  "make the sum's limit larger or the single body's smaller");
  }
  if (auto checked = check_mail(settings); !checked) return checked;
  if (auto checked = check_visits(settings.visits); !checked) return checked;
  if (auto checked = check_push(settings.push); !checked) return checked;
  const bool sqlite = settings.database.connection == "sqlite";
  if (sqlite && (!settings.database.password_file.empty() || !settings.database.password.empty())) {
    return refuse(
        "a password of the database is given, and database.connection is \"sqlite\", which has none",
        "remove it, or name the PostgreSQL database as database.connection");
  }
  if (!sqlite && !settings.database.key_file.empty()) {
    return refuse("database.key_file is given, and it is for SQLite only", "remove it");
  }
  return {};
}

}  // namespace reprise::server
