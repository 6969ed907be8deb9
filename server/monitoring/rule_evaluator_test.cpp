// SPDX-License-Identifier: Apache-2.0
#include "server/monitoring/rule_evaluator.h"

#include "exercises/catalog_files.h"
#include "server/monitoring/flag_decisions.h"
#include "server/seeding/catalog_content.h"
#include "tests/support/app_browser.h"
#include "tests/support/balance_days.h"
#include "tests/support/patient_days.h"
#include "tests/support/sensed_days.h"

namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class RuleEvaluatorTest : public AppTest {
 protected:
  RuleEvaluatorTest() {
    ApiOptions options;
    options.after_changes = [this](const record::WriteTransaction& session,
                                   std::span<const record::ChangeResult> changes) {
      auto refusal = apply_flag_decisions(*record_, session, changes);
      if (!refusal && watch_) {
        const std::size_t before = session.after_commit.size();
        watch_->note(session, changes);
        noted_ = session.after_commit.size() > before;
      }
      std::this_thread::sleep_for(commit_delay_);
      return refusal;
    };
    api_ = std::make_shared<Api>(*record_, options);
    options.sign_in = false;
    open_api_ = std::make_shared<Api>(*record_, std::move(options));
    fill();
    CatalogContent knowledge;
    knowledge.rules =
        exercises::read_catalog(std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog/rules").value();
    EXPECT_TRUE(seed_catalog(*record_, knowledge, [](std::string_view) {}));
    clinician_ = person("dr-a", Role::clinician, "dr-a");
    connection_ = database_.open();
  }
  void TearDown() override {
    watch_.reset();
    connection_.reset();
    AppTest::TearDown();
  }

  /// Daily sessions with little pain until `last`, and more pain in `worse` days before that.
  void diary(fhir::Day last, int worse) {
    care::PatientDays diary;
    diary.programme(last - 20);
    for (fhir::Day day = last - 10; day <= last; ++day)
      diary.session(day).pain(day, day > last - worse ? 7 : 2);
    for (Json& resource : diary.resources) {
      resource["subject"]["reference"] = "Patient/a";
      if (resource.contains("performer")) resource.erase("performer");
      const std::string type = resource["resourceType"];
      if (type == "CarePlan" || type == "ServiceRequest") resource["intent"] = "order";
      put_resource(resource);
    }
  }
  void put_resource(const Json& resource) { ASSERT_LT(put_by_program(resource), 300U) << resource.dump(); }
  std::size_t evaluate_all() {
    const auto rules = rules_of(*record_, *connection_);
    EXPECT_TRUE(rules && rules->size() == 7U);
    const auto written =
        evaluate_patient(*record_, *connection_, "a", *rules,
                         {.site = "Reprise", .address = "https://clinic.example", .sends_mail = true},
                         record::milliseconds_now());
    EXPECT_TRUE(written) << to_string(written.error());
    return written.value_or(0);
  }
  void watch() {
    watch_ = std::make_unique<RuleEvaluator>(
        *record_, RuleEvaluatorOptions{.connect = [this] { return connect(record_options(database_)); },
                                       .warn = [](const Error& error) { FAIL() << to_string(error); },
                                       .mail = {},
                                       .settle = std::chrono::milliseconds{20}});
  }
  std::vector<Json> flags(const std::string& query = "") {
    std::vector<Json> all;
    const auto found = ask(clinician_, "GET", "/fhir/Flag?_sort=_lastUpdated" + query).json;
    for (const Json& entry : found.value("entry", Json::array())) all.push_back(entry["resource"]);
    return all;
  }
  std::vector<Json> active() { return flags("&date=ge" + record::instant_text(record::milliseconds_now())); }
  Answer decide(const char* what, const Json& flag, Json more = Json::object()) {
    Json task = {{"resourceType", "Task"},
                 {"status", "completed"},
                 {"intent", "order"},
                 {"code", fhir::codeable(fhir::kFlagTask, what, what)},
                 {"focus", {{"reference", "Flag/" + flag["id"].get<std::string>()}}},
                 {"for", {{"reference", "Patient/a"}}},
                 {"requester", {{"reference", "Practitioner/dr-a"}}},
                 {"statusReason", {{"text", "called"}}}};
    task.update(more);
    return ask(clinician_, "POST", "/fhir/Task", task, "application/fhir+json");
  }
  // By the clock of the diary (+01:00), which is a day ahead in the last hour of UTC's.
  static fhir::Day today() { return (record::milliseconds_now() + 3'600'000) / kDayMs; }

  Browser clinician_;
  std::unique_ptr<record::Connection> connection_;
  std::unique_ptr<RuleEvaluator> watch_;
  bool noted_ = false;  // the last change was, for the evaluator
  std::chrono::milliseconds commit_delay_{0};
};

TEST_P(RuleEvaluatorTest, RaisesAFlagOnceWithItsEvidenceAndMailsWithoutContent) {
  (void)in_database([&](record::Connection& connection) {
    const auto account = record::find_account_by_name(connection, "dr-a");
    EXPECT_TRUE(record::set_mail(connection, (**account).id, "dr-a@example.org"));
    return Result<int>{0};
  });
  diary(today(), 2);
  EXPECT_EQ(evaluate_all(), 1U);  // at once; that it lasts two days is the same thing
  EXPECT_EQ(evaluate_all(), 0U);
  ASSERT_THAT(flags(), SizeIs(1));
  const Json flag = flags().front();
  EXPECT_THAT(flag["code"]["text"].get<std::string>(), HasSubstr("Pain up 5 points since"));
  EXPECT_THAT(flag["extension"].dump(), HasSubstr("Observation/"));
  const auto mails = mails_to("dr-a@example.org");
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_THAT(mails[0], Not(HasSubstr("ain up")));
}

TEST_P(RuleEvaluatorTest, RaisesAFlagOfWhatSensorsShowAndAClinicianClosesItForGood) {
  care::SensedDays sensed;
  for (int i = 0; i < 27; ++i) sensed.asymmetry(today() - 29 + i, 0.05 + 0.004 * (i % 3));
  for (int i = 0; i < 3; ++i) sensed.asymmetry(today() - 2 + i, 0.15 + 0.004 * i);
  for (Json& resource : sensed.resources) {
    resource["subject"]["reference"] = "Patient/a";
    put_resource(resource);
  }
  EXPECT_EQ(evaluate_all(), 1U);
  EXPECT_EQ(evaluate_all(), 0U);
  ASSERT_THAT(active(), SizeIs(1));
  const Json flag = active()[0];
  EXPECT_THAT(flag["code"]["text"].get<std::string>(), HasSubstr("Asymmetry of step time: up 9."));
  EXPECT_THAT(flag["extension"].dump(), HasSubstr("Observation/"));
  ASSERT_EQ(decide("close", flag).status, 201U);
  EXPECT_EQ(evaluate_all(), 0U);
  EXPECT_THAT(active(), IsEmpty());
}

TEST_P(RuleEvaluatorTest, ALevelWaitsForItsReleaseHoweverLongAgoItsSessionsWere) {
  std::vector<Json> resources{care::ladder(false)};
  care::add_session(resources, today() - 201, 2);
  care::add_session(resources, today() - 200, 2);
  for (Json& resource : resources) {
    resource["subject"]["reference"] = "Patient/a";
    if (resource.contains("performer")) resource.erase("performer");
    put_resource(resource);
  }
  EXPECT_EQ(evaluate_all(), 1U);
  EXPECT_EQ(evaluate_all(), 0U);
  ASSERT_THAT(active(), SizeIs(1));
  EXPECT_THAT(active()[0]["code"]["text"].get<std::string>(), HasSubstr("ready for level 2"));
}

TEST_P(RuleEvaluatorTest, AnAbsenceEndsWithTheNextSession) {
  diary(today() - 6, 0);
  EXPECT_EQ(evaluate_all(), 1U);
  ASSERT_THAT(active(), SizeIs(1));
  EXPECT_THAT(active()[0]["code"]["text"].get<std::string>(), HasSubstr("No session for 6 days"));
  care::PatientDays more;
  more.session(today());
  more.resources[0]["subject"]["reference"] = "Patient/a";
  more.resources[0]["id"] = "back";
  put_resource(more.resources[0]);
  EXPECT_EQ(evaluate_all(), 1U);
  EXPECT_THAT(active(), IsEmpty());
}

TEST_P(RuleEvaluatorTest, ClosingByATaskEndsAFlagForGoodAndOpensItAgain) {
  diary(today() - 6, 0);
  (void)evaluate_all();
  const Json flag = flags().at(0);
  EXPECT_EQ(decide("close", flag, {{"statusReason", Json::object({{"text", " "}})}}).status, 422U);
  EXPECT_EQ(decide("close", {{"id", "none"}}).status, 422U);
  EXPECT_EQ(decide("close", flag, {{"requester", {{"reference", "Practitioner/dr-b"}}}}).status, 403U);
  ASSERT_THAT(active(), SizeIs(1));
  ASSERT_EQ(decide("close", flag).status, 201U);
  EXPECT_THAT(active(), IsEmpty());
  EXPECT_EQ(evaluate_all(), 0U) << "its days are counted from the closing";
  ASSERT_EQ(decide("reopen", flag).status, 201U);
  EXPECT_THAT(active(), SizeIs(1));
  const std::string later = fhir::date_of(today() + 7);
  ASSERT_EQ(decide("snooze", flag, {{"restriction", {{"period", {{"end", later}}}}}}).status, 201U);
  ASSERT_THAT(active(), SizeIs(1));
  EXPECT_THAT(active()[0]["extension"].dump(), HasSubstr(later));
}

TEST_P(RuleEvaluatorTest, OnlyTheServerWritesFlags) {
  diary(today() - 6, 0);
  (void)evaluate_all();
  Json flag = flags().at(0);
  flag["status"] = "inactive";
  const std::string id = flag["id"];
  EXPECT_EQ(ask(clinician_, "PUT", "/fhir/Flag/" + id, flag, "application/fhir+json").status, 403U);
  EXPECT_EQ(ask(clinician_, "DELETE", "/fhir/Flag/" + id).status, 403U);
  flag.erase("id");
  EXPECT_EQ(ask(clinician_, "POST", "/fhir/Flag", flag, "application/fhir+json").status, 403U);
}

TEST_P(RuleEvaluatorTest, AClinicsOwnThresholdCounts) {
  diary(today(), 2);
  const auto found = ask(clinician_, "GET", "/fhir/PlanDefinition?_count=50").json;
  for (const Json& entry : found["entry"]) {
    Json definition = entry["resource"];
    definition["status"] = "retired";
    if (definition["name"] != "PainUp") put_resource(definition);
    if (definition["name"] != "PainUp") continue;
    Json file = Json::parse(
        exercises::read_catalog_file(std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog/rules/pain-up.json")
            .value()
            .text);
    file["version"] = 2;
    file["by"] = 6;
    Json other = care::plan_definition({"pain-up.json", file.dump()}).value();
    ASSERT_EQ(ask(clinician_, "POST", "/fhir/PlanDefinition", other, "application/fhir+json").status, 201U);
  }
  const auto rules = rules_of(*record_, *connection_);
  ASSERT_TRUE(rules);
  ASSERT_THAT(*rules, SizeIs(1));
  EXPECT_EQ(rules->front().version, 2);
  EXPECT_EQ(evaluate_patient(*record_, *connection_, "a", *rules, {}, record::milliseconds_now()).value(),
            0U);
}

TEST_P(RuleEvaluatorTest, LooksByItselfAtTheStartAndAfterAChange) {
  diary(today() - 6, 0);
  const auto until = [&](std::size_t count) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes{2};
    while (active().size() != count && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    ASSERT_EQ(active().size(), count);
  };
  watch();
  until(1);
  commit_delay_ = std::chrono::milliseconds{200};  // longer than it waits for further changes
  care::PatientDays more;
  more.session(today());
  more.resources[0]["subject"]["reference"] = "Patient/a";
  more.resources[0]["id"] = "back";
  put_resource(more.resources[0]);
  until(0);
}

TEST_P(RuleEvaluatorTest, AValueOfALiveSensorIsNoReasonToLook) {
  watch();
  care::SensedDays days;
  days.heart(today(), 70, session::kLivePart);
  for (Json& one : days.resources) {
    one["subject"]["reference"] = "Patient/a";
    put_resource(one);
    EXPECT_FALSE(noted_) << one.dump();
  }
  care::SensedDays measured;
  measured.heart(today(), 70);
  measured.resources[0]["subject"]["reference"] = "Patient/a";
  measured.resources[0]["id"] = "measured";
  put_resource(measured.resources[0]);
  EXPECT_TRUE(noted_);
}

INSTANTIATE_TEST_SUITE_P(On, RuleEvaluatorTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
