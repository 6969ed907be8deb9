// SPDX-License-Identifier: Apache-2.0
#include "server/settings/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace reprise::server {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string example() {
  return text_of_file(REPRISE_SOURCE_DIR "/packaging/reprise.toml");
}

// Everything that a file can set, so that two settings can be compared.
std::string all_of(const Settings& s) {
  std::string text;
  const auto add = [&](const auto& value) {
    if constexpr (std::is_arithmetic_v<std::decay_t<decltype(value)>>) {
      text += std::to_string(value) + '\n';
    } else {
      text += std::string{value} + '\n';
    }
  };
  add(s.listen.address), add(s.listen.port), add(s.listen.tls), add(s.listen.certificate), add(s.listen.key);
  add(s.listen.public_url), add(s.record.folder), add(s.record.check_references), add(s.database.connection);
  for (const std::string& proxy : s.listen.trusted_proxies) add(proxy);
  for (const std::string& host : s.push.hosts) add(host);
  add(s.push.contact), add(s.push.authorities);
  add(s.database.password_file), add(s.database.password), add(s.database.key_file), add(s.threads.network);
  add(s.threads.database), add(s.limits.header_bytes), add(s.limits.target_bytes), add(s.limits.body_bytes);
  add(s.limits.answer_bytes), add(s.limits.all_answers_bytes), add(s.limits.connections_per_address);
  add(s.limits.requests_per_address), add(s.limits.requests_per_account), add(s.limits.requests_per_patient);
  add(s.limits.patient_bytes_per_day);
  add(s.limits.all_bodies_bytes), add(s.limits.connections), add(s.limits.requests_under_way),
      add(s.limits.header_time.count());
  add(s.limits.body_time.count()), add(s.limits.idle_time.count()), add(s.limits.write_time.count());
  add(s.limits.linger_time.count()), add(s.limits.bytes_per_second), add(s.stop_seconds);
  add(static_cast<int>(s.log.level)), add(static_cast<int>(s.log.format));
  add(s.mail.host), add(s.mail.port), add(static_cast<int>(s.mail.security)), add(s.mail.user);
  add(s.mail.password_file), add(s.mail.password), add(s.mail.from), add(s.mail.authorities);
  add(s.mail.patience.count()), add(s.audit.mail_heads_to), add(s.audit.post_heads_to),
      add(s.audit.heads_hours), add(s.audit.forward_to);
  add(s.backup.folder), add(s.backup.warn_days);
  add(s.visits.host), add(s.visits.tls_port), add(s.visits.secret_file), add(s.visits.secret),
      add(s.visits.only);
  add(s.sign_in.stay_days), add(s.sign_in.stay_idle_days), add(s.sign_in.staff_may_stay);
  add(s.clinic.name), add(s.clinic.phone), add(s.clinic.emergency_number);
  for (const std::string& language : s.clinic.extra_languages) add(language);
  return text;
}

Settings good(const std::string& toml) {
  const auto settings = parse_settings(toml, "test.toml");
  EXPECT_TRUE(settings) << to_string(settings.error());
  return settings.value_or(Settings{});
}

std::string problem(const std::string& toml) {
  const auto settings = parse_settings(toml, "test.toml");
  return settings ? "none" : settings.error().cause + '|' + settings.error().remedy;
}

TEST(Settings, TheExampleIsTheDefaults) {
  EXPECT_EQ(all_of(good(example())), all_of(Settings{}));
  EXPECT_EQ(all_of(good("")), all_of(Settings{}));
}

TEST(Settings, TheExampleShowsEverySetting) {
  std::string section;
  std::vector<std::string> shown;
  std::istringstream lines(example());
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      section = line.substr(1, line.size() - 2);
    } else {
      shown.push_back(section + '.' + line.substr(0, line.find(' ')));
    }
  }
  std::vector<std::string> known;
  for (const SettingName& name : setting_names()) known.push_back(name.key);
  EXPECT_EQ(shown, known);
}

TEST(Settings, AreListedWithTheirSourceAndWithoutSecrets) {
  const auto given = parse_settings(example(), "reprise.toml");
  ASSERT_TRUE(given);
  const auto given_values = effective_settings(*given);
  const auto defaults = effective_settings(Settings{});
  ASSERT_EQ(given_values.size(), setting_names().size());
  for (std::size_t i = 0; i < given_values.size(); ++i) {
    if (!given_values[i].hidden) {
      EXPECT_EQ(given_values[i].value, defaults[i].value)
          << given_values[i].key << ": the example's is the default";
    }
    EXPECT_THAT(given_values[i].place, HasSubstr("reprise.toml, line "));
    EXPECT_EQ(defaults[i].place, "");
  }
  const auto mixed = read_settings({{},
                                    {{"REPRISE_LISTEN_PORT", "9"},
                                     {"REPRISE_DATABASE_PASSWORD", "s3cret"},
                                     {"REPRISE_DATABASE_CONNECTION", "postgresql:///d"}},
                                    {{"--listen-port", "10"}}});
  ASSERT_TRUE(mixed);
  for (const EffectiveSetting& one : effective_settings(*mixed)) {
    if (one.key == "listen.port") {
      EXPECT_EQ(one.value + one.place, "10--listen-port");
    }
    if (one.key == "database.connection") {
      EXPECT_TRUE(one.hidden && one.value.empty());
    }
    EXPECT_THAT(one.value, Not(HasSubstr("s3cret")));
  }
}

TEST(Settings, EachCanBeSetInAllThreePlaces) {
  const std::map<std::string, std::string> others = {{"listen.address", "\"::1\""},
                                                     {"listen.port", "9000"},
                                                     {"listen.tls", "false"},
                                                     {"listen.certificate", "\"c.pem\""},
                                                     {"listen.key", "\"k.pem\""},
                                                     {"listen.public_url", "\"https://clinic.example.org\""},
                                                     {"listen.trusted_proxies", "[\"10.0.0.0/8\", \"::1\"]"},
                                                     {"record.folder", "\"/var/lib/reprise\""},
                                                     {"record.check_references", "false"},
                                                     {"database.connection", "\"postgresql:///d\""},
                                                     {"database.password_file", "\"\""},
                                                     {"database.key_file", "\"key\""},
                                                     {"mail.server", "\"mail.example.org\""},
                                                     {"mail.port", "2525"},
                                                     {"mail.security", "\"starttls\""},
                                                     {"mail.user", "\"\""},
                                                     {"mail.password_file", "\"\""},
                                                     {"mail.from", "\"clinic@example.org\""},
                                                     {"mail.authorities", "\"/etc/passwd\""},
                                                     {"mail.seconds", "5"},
                                                     {"push.contact", "\"clinic@example.org\""},
                                                     {"push.hosts", "[\"push.example.org\"]"},
                                                     {"push.authorities", "\"/etc/passwd\""},
                                                     {"audit.mail_heads_to", "\"auditor@example.org\""},
                                                     {"audit.post_heads_to", "\"https://example.org/heads\""},
                                                     {"audit.heads_hours", "1"},
                                                     {"audit.forward_to", "\"https://example.org/log\""},
                                                     {"backup.folder", "\"/media/backup\""},
                                                     {"backup.warn_days", "9"},
                                                     {"clinic.name", "\"Example clinic\""},
                                                     {"clinic.phone", "\"+49 30 1234567\""},
                                                     {"clinic.emergency_number", "\"112\""},
                                                     {"clinic.extra_languages", "[\"ar\"]"},
                                                     {"sign_in.stay_days", "7"},
                                                     {"sign_in.stay_idle_days", "3"},
                                                     {"sign_in.staff_may_stay", "true"},
                                                     {"visits.turn_server", "\"\""},
                                                     {"visits.turn_tls_port", "5349"},
                                                     {"visits.turn_secret_file", "\"\""},
                                                     {"visits.relay_only", "false"},
                                                     {"threads.network", "3"},
                                                     {"threads.database", "9"},
                                                     {"limits.header_kilobytes", "32"},
                                                     {"limits.target_kilobytes", "9"},
                                                     {"limits.body_megabytes", "100"},
                                                     {"limits.all_bodies_megabytes", "50"},
                                                     {"limits.answer_megabytes", "9"},
                                                     {"limits.all_answers_megabytes", "51"},
                                                     {"limits.connections", "5"},
                                                     {"limits.connections_per_address", "4"},
                                                     {"limits.requests_per_address", "3"},
                                                     {"limits.requests_per_account", "7"},
                                                     {"limits.requests_per_patient", "8"},
                                                     {"limits.patient_megabytes_per_day", "12"},
                                                     {"limits.requests", "6"},
                                                     {"limits.header_seconds", "7"},
                                                     {"limits.body_seconds", "8"},
                                                     {"limits.idle_seconds", "9"},
                                                     {"limits.write_seconds", "11"},
                                                     {"limits.slowest_kilobytes_per_second", "1"},
                                                     {"limits.stop_seconds", "0"},
                                                     {"log.level", "\"debug\""},
                                                     {"log.format", "\"json\""}};
  const std::string defaults = all_of(Settings{});
  for (const SettingName& name : setting_names()) {
    ASSERT_EQ(others.count(name.key), 1U) << name.key;
    // What it takes to be a good whole.
    std::string beside;
    if (name.key == "listen.certificate") beside = "listen.key = \"k\"\n";
    if (name.key == "listen.key") beside = "listen.certificate = \"c\"\n";
    if (name.key == "listen.tls") beside = "listen.address = \"127.0.0.1\"\n";
    const std::string url = "listen.public_url = \"https://c.example\"\n";
    if (name.key == "mail.server") beside = url + "mail.from = \"a@b\"\n";
    if (name.key == "mail.from") beside = url + "mail.server = \"h\"\n";
    if (name.key == "audit.mail_heads_to") beside = url + "mail.server = \"h\"\nmail.from = \"a@b\"\n";
    const std::string before = all_of(parse_settings(beside, "").value_or(Settings{}));
    const std::string by_file = all_of(good(beside + name.key + " = " + others.at(name.key)));
    if (others.at(name.key) != "\"\"" &&
        name.key != "visits.relay_only") {  // those that want a file that is there
      EXPECT_NE(by_file, before) << name.key;
    }
    std::string text;
    for (const char c : others.at(name.key)) {
      if (c != '"' && c != '[' && c != ']') text += c;
    }
    const auto folder =
        std::filesystem::temp_directory_path() / ("reprise_settings_" + std::to_string(getpid()));
    std::ofstream(folder) << beside;
    const auto by_environment = read_settings({folder, {{name.environment, text}}, {}});
    ASSERT_TRUE(by_environment) << to_string(by_environment.error());
    EXPECT_EQ(all_of(*by_environment), by_file) << name.environment;
    const auto by_flag = read_settings({folder, {{name.environment, text}}, {{name.flag, text}}});
    ASSERT_TRUE(by_flag) << to_string(by_flag.error());
    EXPECT_EQ(all_of(*by_flag), by_file) << name.flag;
    std::filesystem::remove(folder);
  }
}

TEST(Settings, TheLaterPlaceIsTheStronger) {
  const auto path = std::filesystem::temp_directory_path() / ("reprise_stronger_" + std::to_string(getpid()));
  std::ofstream(path) << "[listen]\nport = 1001\n[threads]\nnetwork = 2\n[limits]\nconnections = 3\n";
  const auto settings = read_settings({path,
                                       {{"REPRISE_LISTEN_PORT", "1002"},
                                        {"REPRISE_THREADS_NETWORK", "4"},
                                        {"REPRISE_DATA", "recordings"},
                                        {"HOME", "/"}},
                                       {{"--listen-port", "1003"}}});
  std::filesystem::remove(path);
  ASSERT_TRUE(settings) << to_string(settings.error());
  EXPECT_EQ(settings->listen.port, 1003);
  EXPECT_EQ(settings->threads.network, 4U);
  EXPECT_EQ(settings->limits.connections, 3U);
}

TEST(Settings, AnUnknownNameIsAnErrorWithTheNearest) {
  EXPECT_THAT(problem("\n\nlisten.prot = 1"),
              HasSubstr("test.toml, line 3: there is no setting listen.prot|Did you mean listen.port"));
  EXPECT_THAT(problem("[listens]\nport = 1"), HasSubstr("listen.port"));
  EXPECT_THAT(problem("color = 1"), HasSubstr("there is no setting color|packaging/reprise.toml"));
  const auto variable = read_settings({{}, {{"REPRISE_LISTEN_PROT", "1"}}, {}});
  ASSERT_FALSE(variable);
  EXPECT_THAT(variable.error().remedy, HasSubstr("REPRISE_LISTEN_PORT"));
  const auto flag = read_settings({{}, {}, {{"--listen-prot", "1"}}});
  ASSERT_FALSE(flag);
  EXPECT_THAT(flag.error().cause, HasSubstr("--listen-prot"));
}

TEST(Settings, AValueThatDoesNotFitIsNamedWithPlaceAndLimit) {
  EXPECT_THAT(
      problem("[listen]\nport = 65536"),
      HasSubstr("test.toml, line 2: listen.port is 65536; it must be a whole number from 0 to 65535"));
  for (const char* toml : {"listen.port = -1",
                           "listen.port = \"8443\"",
                           "listen.port = 1.5",
                           "listen.port = [1]",
                           "listen.port = 2026-01-01",
                           "listen.tls = 1",
                           "listen.tls = \"yes\"",
                           "listen.address = \"localhost\"",
                           "listen.address = \"10.0.0.0/8\"",
                           "listen.trusted_proxies = \"127.0.0.1\"",
                           "listen.trusted_proxies = [\"proxy\"]",
                           "listen.trusted_proxies = [1]",
                           "push.contact = \"clinic\"",
                           "push.hosts = []",
                           "push.hosts = \"push.example.org\"",
                           "push.hosts = [\"https://push.example.org\"]",
                           "push.hosts = [\"10.0.0.1\"]",
                           "listen.public_url = \"clinic.example.org\"",
                           "listen.public_url = \"https://a/b\"",
                           "listen.public_url = \"https://\"",
                           "listen.public_url = \"https://a b\"",
                           "record.folder = \"\"",
                           "record.folder = 1",
                           "database.connection = \"mysql://h\"",
                           "database.connection = \"\"",
                           "database.connection = \"postgresql://u@db.example/d\"",
                           "database.connection = \"postgresql://u@db.example/d?sslmode=require\"",
                           "threads.network = 0",
                           "threads.database = 1000",
                           "limits.body_megabytes = 0",
                           "limits.body_megabytes = 99999999999999",
                           "limits.idle_seconds = 0",
                           "log.level = \"loud\"",
                           "log.format = 1",
                           "listen = 5",
                           "listen.port.x = 5"}) {
    EXPECT_THAT(problem(toml), HasSubstr("test.toml, line 1: ")) << toml;
  }
  const auto variable = read_settings({{}, {{"REPRISE_LISTEN_TLS", "yes"}}, {}});
  ASSERT_FALSE(variable);
  EXPECT_THAT(
      variable.error().cause,
      HasSubstr("environment variable REPRISE_LISTEN_TLS: listen.tls is \"yes\"; it must be true or false"));
  for (const char* text : {"", " 1", "1 ", "0x1", "1e3", "99999999999999999999"}) {
    EXPECT_FALSE(read_settings({{}, {}, {{"--listen-port", text}}})) << text;
  }
}

TEST(Settings, IncompatibleSettingsAreRefused) {
  EXPECT_THAT(problem("listen.tls = false"), HasSubstr("in the clear"));
  EXPECT_THAT(problem("listen.tls = false\nlisten.address = \"192.0.2.1\""), HasSubstr("in the clear"));
  for (const char* address : {"127.0.0.1", "127.1.2.3", "::1"}) {
    EXPECT_EQ(problem("listen.tls = false\nlisten.address = \"" + std::string{address} + '"'), "none");
  }
  EXPECT_THAT(problem("push.authorities = \"/nowhere.pem\""), HasSubstr("no file that can be read"));
  EXPECT_EQ(problem("listen.tls = false\nlisten.trusted_proxies = [\"10.0.0.1\"]"), "none");
  EXPECT_THAT(problem("listen.key = \"k\""), HasSubstr("go together"));
  EXPECT_THAT(
      problem("listen.tls = false\nlisten.address = \"::1\"\nlisten.certificate = \"c\"\nlisten.key = \"k\""),
      HasSubstr("remove one"));
  EXPECT_THAT(problem("limits.body_megabytes = 257"), HasSubstr("limits.all_bodies_megabytes"));
  EXPECT_THAT(problem("limits.target_kilobytes = 17"), HasSubstr("limits.header_kilobytes"));
  EXPECT_THAT(problem("database.connection = \"postgresql:///d\"\ndatabase.key_file = \"k\""),
              HasSubstr("SQLite only"));
}

TEST(Settings, MailThatCannotBeSentIsRefused) {
  const std::string url = "listen.public_url = \"https://clinic.example\"\n";
  const std::string both = url + "mail.server = \"mail.example.org\"\nmail.from = \"a@b\"\n";
  EXPECT_EQ(problem(both), "none");
  EXPECT_THAT(problem("mail.server = \"mail.example.org\""), HasSubstr("go together"));
  EXPECT_THAT(problem("mail.from = \"a@b\""), HasSubstr("go together"));
  EXPECT_THAT(problem("audit.mail_heads_to = \"a@b\""), HasSubstr("no mail.server"));
  EXPECT_THAT(problem(both + "mail.security = \"none\""), HasSubstr("in the clear"));
  for (const char* here : {"127.0.0.1", "::1", "localhost"}) {
    EXPECT_EQ(problem(url + "mail.security = \"none\"\nmail.from = \"a@b\"\nmail.server = \"" + here + '"'),
              "none");
  }
  EXPECT_THAT(problem(both + "mail.user = \"u\""), HasSubstr("without a password"));
  EXPECT_THAT(problem(both + "mail.password_file = \"p\""), HasSubstr("no mail.user"));
  EXPECT_EQ(problem(both + "mail.user = \"u\"\nmail.password_file = \"p\""), "none");
  EXPECT_THAT(problem("mail.authorities = \"/nowhere\""), HasSubstr("/nowhere"));
  for (const char* toml :
       {"mail.server = \"h:25\"", "mail.server = \"smtp://h\"", "mail.server = \"h\\r\\nx\"",
        "mail.port = 65536", "mail.security = \"ssl\"", "mail.from = \"A <a@b>\"",
        "mail.from = \"a@b\\r\\nBcc: c@d\"", "mail.seconds = 0", "audit.mail_heads_to = \"a@b, c@d\"",
        "audit.post_heads_to = \"http://example.org\"", "audit.post_heads_to = \"https://u:p@example.org\"",
        "audit.post_heads_to = \"file:///etc/passwd\"",
        "audit.post_heads_to = \"http://127.0.0.1.example.org/\"", "audit.heads_hours = 0"})
    EXPECT_THAT(problem(toml), HasSubstr("test.toml, line 1: ")) << toml;
}

// Security finding F12
TEST(Settings, MailNeedsAnAddressForItsLinks) {
  const std::string mail = "mail.server = \"mail.example.org\"\nmail.from = \"a@b\"\n";
  EXPECT_THAT(problem(mail), HasSubstr("without listen.public_url"));
  EXPECT_EQ(problem(mail + "listen.public_url = \"https://clinic.example\"\n"), "none");
}

TEST(Settings, FurtherLanguagesAreThoseOfThePages) {
  EXPECT_TRUE(good("").clinic.extra_languages.empty());
  EXPECT_TRUE(good("clinic.extra_languages = []").clinic.extra_languages.empty());
  EXPECT_EQ(good("clinic.extra_languages = [\"ar\", \"ar\"]").clinic.extra_languages,
            std::vector<std::string>{"ar"});
  EXPECT_THAT(problem("clinic.extra_languages = [\"de\"]"), HasSubstr("a list of further languages"));
  EXPECT_THAT(problem("clinic.extra_languages = true"), HasSubstr("a list of further languages"));
}

TEST(Settings, ATurnServerNeedsASecret) {
  const std::string relay = "visits.turn_server = \"turn.example.org:3478\"\n";
  EXPECT_THAT(problem(relay), HasSubstr("without a secret"));
  EXPECT_THAT(problem("clinic.phone = \"call us\""), HasSubstr("a telephone number"));
  EXPECT_THAT(problem("clinic.emergency_number = 112"), HasSubstr("a telephone number"));
  EXPECT_THAT(problem("visits.turn_secret_file = \"s\""), HasSubstr("no visits.turn_server"));
  EXPECT_THAT(problem("visits.relay_only = true"), HasSubstr("no visits.turn_server"));
  const auto settings = good(relay + "visits.turn_secret_file = \"s\"\nvisits.relay_only = true");
  EXPECT_EQ(settings.visits.host, "turn.example.org:3478");
  EXPECT_TRUE(settings.visits.only);
  const std::string secret = "visits.turn_secret_file = \"s\"\n";
  EXPECT_EQ(problem(secret + "visits.turn_server = \"[2001:db8::1]:3478\""), "none");
  for (const char* host : {"turn:h", "h:", ":1", "h:x", "https://h", "h?transport=udp", "h\\r\\n"})
    EXPECT_NE(problem(secret + "visits.turn_server = \"" + host + '"'), "none") << host;
}

TEST(Settings, APasswordIsNeverInAFileThatPeoplePassOnNorInAMessage) {
  for (const char* connection :
       {"postgresql://user:s3cret@h/d", "postgresql://h/d?password=s3cret", "mysql://user:s3cret@h"}) {
    const std::string found = problem("database.connection = \"" + std::string{connection} + '"');
    EXPECT_THAT(found, HasSubstr("database.connection")) << connection;
    EXPECT_THAT(found, testing::Not(HasSubstr("s3cret"))) << connection;
  }
  EXPECT_THAT(problem("database.connection = \"s3cret"), testing::Not(HasSubstr("s3cret")));
}

TEST(Settings, ThePasswordComesFromAFileOfItsOwnOrTheEnvironment) {
  const auto path = std::filesystem::temp_directory_path() / ("reprise_password_" + std::to_string(getpid()));
  std::ofstream(path) << "s3cret\n";
  const std::map<std::string, std::string> flags = {{"--database-connection", "postgresql:///d"},
                                                    {"--database-password-file", path.string()}};
  chmod(path.c_str(), 0644);
  const auto open = read_settings({{}, {}, flags});
  ASSERT_FALSE(open);
  EXPECT_THAT(open.error().remedy, HasSubstr("chmod 600"));
  chmod(path.c_str(), 0600);
  const auto closed = read_settings({{}, {}, flags});
  ASSERT_TRUE(closed) << to_string(closed.error());
  EXPECT_EQ(closed->database.password, "s3cret");
  const auto environment = read_settings({{}, {{"REPRISE_DATABASE_PASSWORD", "other"}}, flags});
  std::filesystem::remove(path);
  ASSERT_TRUE(environment);
  EXPECT_EQ(environment->database.password, "other");
  EXPECT_FALSE(read_settings({{}, {}, flags}));
  EXPECT_FALSE(read_settings({{}, {{"REPRISE_DATABASE_PASSWORD", "other"}}, {}}));  // SQLite has none
}

TEST(Settings, InvalidTomlIsReportedWithItsLine) {
  EXPECT_THAT(problem("[listen]\nport = \n"), HasSubstr("test.toml, line 2: this is not TOML"));
  EXPECT_THAT(problem("[listen\n"), HasSubstr("line 1"));
  EXPECT_THAT(problem("a = 1\na = 2"), HasSubstr("line 2"));
  EXPECT_THAT(problem("a = \"\xff\""), HasSubstr("line 1"));
  EXPECT_THAT(problem("#\n" + std::string(100'000, 'a')), HasSubstr("line 2: longer"));
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "a.";
  EXPECT_THAT(problem(deep + "a = 1"), HasSubstr("there is no setting"));
  EXPECT_FALSE(read_settings({"/nowhere/reprise.toml", {}, {}}));
  EXPECT_FALSE(read_settings({"/", {}, {}}));
}

TEST(Settings, DamagedExamplesAreErrorsOrSettings) {
  const std::string whole = example();
  for (std::size_t i = 0; i < whole.size(); i += 5) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>((i * 37) % 256);
    static_cast<void>(parse_settings(damaged, "damaged"));
    static_cast<void>(parse_settings(whole.substr(0, i), "cut"));
  }
}

TEST(Settings, TrustedProxiesBecomeRanges) {
  const auto ranges = trusted_proxies(good("listen.trusted_proxies = [\"10.0.0.0/8\", \"::1\"]"));
  ASSERT_EQ(ranges.size(), 2U);
  EXPECT_TRUE(http::contains(ranges[0], "10.1.2.3"));
  EXPECT_TRUE(http::contains(ranges[1], "::1"));
}

}  // namespace
}  // namespace reprise::server
