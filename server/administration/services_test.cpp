// SPDX-License-Identifier: Apache-2.0
#include "server/administration/services.h"

#include <chrono>
#include <fstream>
#include <thread>

#include "server/administration/backups.h"
#include "server/administration/record_folder.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// People before a server that keeps house, with signed heads of its log.
class AdministrationTest : public AppTest {
 protected:
  void SetUp() override {
    end();
    settings_.record.folder = database_.folder() / "record";
    settings_.backup.folder = database_.folder() / "copies";
    settings_.mail.password = "a secret setting";
    const bool sqlite = database_.kind() == record::DatabaseKind::sqlite;
    settings_.database.connection = sqlite ? "sqlite" : "postgresql:///x";
    std::filesystem::create_directories(settings_.record.folder);
    std::filesystem::create_directories(settings_.backup.folder);
    auto options = record_options(database_);
    options.audit = {anchor_file(settings_), record::signing_key({1, 2, 3}), {}};
    record_ = open_record(options);
    api_ = std::make_shared<Api>(*record_, ApiOptions{});
    open_api_ = std::make_shared<Api>(*record_, ApiOptions{.sign_in = false, .public_base = {}});
    app_ = app_api(
        {.public_url = {}, .network_url = {}, .password_cost = {1, 8192}, .addresses = {.burst = 1000}},
        administration_services(settings_, options, *record_));
    fill();
    root_ = person("root", Role::administrator, "");
  }

  /// Begins it, and waits for how it ends.
  Json done(const char* target) {
    const auto begun = ask(root_, "POST", target, Json::object());
    EXPECT_EQ(begun.status, 202U) << begun.json.dump();
    for (int i = 0; i < 2000; ++i) {
      const Json state = ask(root_, "GET", target).json;
      if (state["state"] != "running") return state;
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return {{"state", "it did not end"}};
  }

  Settings settings_;
  Browser root_;
};

TEST_P(AdministrationTest, AnswersAdministratorsAlone) {
  Browser doctor = person("dr", Role::clinician, "dr-a");
  Browser patient = person("anna", Role::patient, "a");
  Browser anonymous;
  for (const auto& [method, target] :
       std::vector<std::pair<const char*, const char*>>{{"GET", "/auth/administration/state"},
                                                        {"GET", "/auth/administration/settings"},
                                                        {"GET", "/auth/administration/verification"},
                                                        {"POST", "/auth/administration/verification"},
                                                        {"GET", "/auth/administration/backup"},
                                                        {"POST", "/auth/administration/backup"},
                                                        {"GET", "/auth/erasure"},
                                                        {"GET", "/auth/erasure/a"}}) {
    const Json body = std::string{method} == "POST" ? Json::object() : Json{};
    EXPECT_EQ(ask(doctor, method, target, body).status, 403U) << target;
    EXPECT_EQ(ask(patient, method, target, body).status, 403U) << target;
    EXPECT_EQ(ask(anonymous, method, target, body).status, 401U) << target;
  }
  EXPECT_TRUE(std::filesystem::is_empty(settings_.backup.folder));
}

TEST_P(AdministrationTest, ReportsTheServersStateWithoutSecrets) {
  ask(root_, "POST", "/auth/accounts", {{"name", "ben"}, {"role", "patient"}, {"person", "b"}});
  const auto state = ask(root_, "GET", "/auth/administration/state");
  ASSERT_EQ(state.status, 200U) << state.json.dump();
  EXPECT_EQ(state.json["people"],
            Json({{"all", 2}, {"withoutSecondFactor", 0}, {"withoutPassword", 1}, {"invited", 0}}));
  EXPECT_EQ(state.json["mail"]["server"], false);
  EXPECT_GT(state.json["disk"]["all"], 0);
  const auto settings = ask(root_, "GET", "/auth/administration/settings");
  ASSERT_EQ(settings.status, 200U);
  EXPECT_EQ(settings.json["settings"].size(), setting_names().size());
  EXPECT_THAT(settings.json.dump(), Not(HasSubstr("a secret setting")));
}

TEST_P(AdministrationTest, VerifiesTheLogAndNamesTheBrokenEntry) {
  EXPECT_EQ(ask(root_, "GET", "/auth/administration/verification").json["state"], "never");
  const Json whole = done("/auth/administration/verification");
  ASSERT_EQ(whole["state"], "done") << whole.dump();
  EXPECT_EQ(whole["result"]["findings"], Json::array());
  EXPECT_GT(whole["result"]["entries"], 5);
  in_database([](record::Connection& connection) {
    return connection
        .execute(
            "UPDATE audit_entry SET entry = replace(entry, 'clinician', 'clinicians') WHERE sequence <> 3",
            {})
        .and_then([&](std::int64_t) {
          return connection.execute("DELETE FROM audit_entry WHERE sequence = 3", {});
        })
        .map([](std::int64_t rows) { return rows == 1; });
  });
  const Json broken = done("/auth/administration/verification");
  ASSERT_EQ(broken["state"], "done") << broken.dump();
  ASSERT_GT(broken["result"]["findings"].size(), 0U);
  EXPECT_THAT(broken["result"]["findings"].dump(), HasSubstr("removed"));
}

TEST_P(AdministrationTest, CopiesTheRecordToTheConfiguredFolder) {
  if (database_.kind() != record::DatabaseKind::sqlite) {
    EXPECT_EQ(ask(root_, "POST", "/auth/administration/backup", Json::object()).status, 404U);
    return;
  }
  EXPECT_EQ(ask(root_, "GET", "/auth/administration/state").json["backup"]["overdue"], true);
  const Json made = done("/auth/administration/backup");
  ASSERT_EQ(made["state"], "done") << made.dump();
  record::SqliteOptions copy = database_.sqlite();
  copy.file = made["result"]["file"].get<std::string>();
  EXPECT_EQ(copy.file.parent_path(), settings_.backup.folder);
  EXPECT_TRUE(record::check_sqlite(copy)) << "it opens with the record's key";
  const Json backup = ask(root_, "GET", "/auth/administration/state").json["backup"];
  EXPECT_EQ(backup["overdue"], false);
  EXPECT_EQ(backup["last"]["file"], copy.file.string());

  std::filesystem::remove_all(settings_.backup.folder);
  const Json failed = done("/auth/administration/backup");
  EXPECT_EQ(failed["state"], "failed");
  EXPECT_EQ(ask(root_, "GET", "/auth/administration/state").json["backup"]["last"]["file"],
            copy.file.string());
}

TEST_P(AdministrationTest, ListsWhoRequestsToErasedWithoutTheirWords) {
  const auto request = [](const std::string& patient, const std::string& sender) -> Json {
    return {{"status", "completed"},
            {"category",
             {{{"coding", {{{"system", "urn:reprise:communication"}, {"code", "erasure-request"}}}}}}},
            {"subject", {{"reference", "Patient/" + patient}}},
            {"sender", {{"reference", sender}}},
            {"payload", {{{"contentString", "because of my knee"}}}}};
  };
  EXPECT_EQ(ask(root_, "GET", "/auth/erasure").json["requests"], Json::array());
  Browser anna = person("anna", Role::patient, "a");
  const auto ask_for_it = [&] {
    Json said = request("a", "Patient/a");
    said["resourceType"] = "Communication";
    return ask(anna, "POST", "/fhir/Communication", said, "application/fhir+json").status;
  };
  EXPECT_EQ(ask_for_it(), 201U);
  EXPECT_EQ(ask_for_it(), 201U);
  put("Communication", "of-a-clinician", request("b", "Practitioner/dr-b"));
  // Security finding F5: a request that another person wrote in the patient's name does not count.
  put("Communication", "forged", request("b", "Patient/b"));
  const auto listed = ask(root_, "GET", "/auth/erasure");
  ASSERT_EQ(listed.json["requests"].size(), 1U) << listed.json.dump();
  EXPECT_EQ(listed.json["requests"][0]["patient"], "a");
  EXPECT_THAT(listed.json.dump(), Not(HasSubstr("knee")));

  const auto counted = ask(root_, "GET", "/auth/erasure/a");
  EXPECT_EQ(counted.json["accounts"], 1);
  EXPECT_EQ(counted.json["types"], Json({{"CareTeam", 1}, {"Communication", 2}, {"Patient", 1}}));
  EXPECT_EQ(ask(root_, "GET", "/auth/erasure/unknown").status, 404U);
  const auto erased =
      ask(root_, "POST", "/auth/erasure", {{"patient", "a"}, {"reason", "asked for it in the app"}});
  EXPECT_EQ(erased.json, counted.json) << "the preview matches the result";
  EXPECT_EQ(ask(root_, "GET", "/auth/erasure").json["requests"], Json::array());
}

TEST_P(AdministrationTest, APatientWhoIsMovedIsSeenByTheNewOnesAtOnce) {
  Browser before = person("dr", Role::clinician, "dr-a");
  Browser after = person("dr.b", Role::clinician, "dr-b");
  put("Organization", "north", Json::object());
  put("Observation", "o",
      {{"status", "final"}, {"code", {{"text", "x"}}}, {"subject", {{"reference", "Patient/a"}}}});
  EXPECT_EQ(ask(before, "GET", "/fhir/Observation/o").status, 200U);
  EXPECT_EQ(ask(after, "GET", "/fhir/Observation/o").status, 404U);
  const auto entry = [](const char* method, const char* url, Json resource) -> Json {
    return {{"resource", std::move(resource)}, {"request", {{"method", method}, {"url", url}}}};
  };
  Json patient = ask(root_, "GET", "/fhir/Patient/a").json;
  patient["managingOrganization"] = {{"reference", "Organization/north"}};
  Json team = ask(root_, "GET", "/fhir/CareTeam/team-a").json;
  team["status"] = "inactive";
  const Json next = {{"resourceType", "CareTeam"},
                     {"status", "active"},
                     {"subject", {{"reference", "Patient/a"}}},
                     {"participant", {{{"member", {{"reference", "Practitioner/dr-b"}}}}}}};
  const Json bundle = {{"resourceType", "Bundle"},
                       {"type", "transaction"},
                       {"entry",
                        {entry("PUT", "Patient/a", patient), entry("PUT", "CareTeam/team-a", team),
                         entry("POST", "CareTeam", next)}}};
  const auto moved = ask(root_, "POST", "/fhir", bundle, "application/fhir+json");
  ASSERT_EQ(moved.status, 200U) << moved.json.dump();
  EXPECT_EQ(ask(before, "GET", "/fhir/Observation/o").status, 404U);
  EXPECT_EQ(ask(before, "GET", "/fhir/Patient/a").status, 404U);
  EXPECT_EQ(ask(after, "GET", "/fhir/Observation/o").status, 200U);
  EXPECT_EQ(ask(root_, "GET", "/fhir/CareTeam/team-a/_history").json["entry"].size(), 2U)
      << "the record keeps who had the patient when";
}

INSTANTIATE_TEST_SUITE_P(On, AdministrationTest, record::kBothDatabases, record::database_name);

TEST(Backups, AreNotedAndWhatCannotBeReadIsPassedOver) {
  const auto folder =
      std::filesystem::temp_directory_path() /
      ("reprise_backups_" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
  std::filesystem::create_directory(folder);
  EXPECT_FALSE(last_backup(folder).value());
  std::ofstream{folder / "backups.jsonl"} << R"({"time_us":5,"file":"/a","bytes":7})"
                                          << "\nnonsense\n{\"time_us\":\"x\"}\n[]\n{\"time_us\":9";
  EXPECT_EQ(last_backup(folder).value(), (Backup{5, "/a", 7}));
  EXPECT_EQ(backup_name(1'795'357'000'000'000), "record-20261122T141640Z.db");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace reprise::server
