// SPDX-License-Identifier: Apache-2.0
#include "care/plan/adherence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "care/plan/adherence_text.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

using ::testing::ElementsAre;

constexpr const char* kPatient = "p1";
constexpr fhir::Day kMonday = 20'521;  // 2026-03-09

Json dose(int sets, int repetitions) {
  return Json::array(
      {Json{{"url", fhir::kDosage},
            {"extension", Json::array({Json{{"url", "sets"}, {"valuePositiveInt", sets}},
                                       Json{{"url", "repetitions"}, {"valuePositiveInt", repetitions}}})}}});
}

// A record's versions of a programme, as the product writes them.
class Versions {
 public:
  Versions& plan(fhir::Day day, std::vector<std::string> requests, const char* status = "active",
                 const std::string& id = "plan") {
    Json activities = Json::array();
    for (const std::string& one : requests)
      activities.push_back({{"reference", fhir::reference_to("ServiceRequest", one)}});
    if (starts_.count(id) == 0) starts_[id] = day;
    return add(day, {{"resourceType", "CarePlan"},
                     {"id", id},
                     {"status", status},
                     {"intent", "plan"},
                     {"category",
                      Json::array({fhir::codeable(fhir::kPlanCategory, "exercise-programme", "programme")})},
                     {"created", fhir::date_of(starts_[id])},
                     {"period", {{"start", fhir::date_of(starts_[id])}}},
                     {"activity", std::move(activities)}});
  }
  Versions& request(fhir::Day day, const std::string& id, int sets, int days_a_week,
                    const char* status = "active", const char* exercise = "squat") {
    return add(
        day, {{"resourceType", "ServiceRequest"},
              {"id", id},
              {"status", status},
              {"intent", "order"},
              {"authoredOn", fhir::date_of(day) + "T09:00:00+01:00"},
              {"extension", dose(sets, 10)},
              {"instantiatesCanonical", Json::array({fhir::kExercisePrefix + std::string{exercise} + "|1"})},
              {"occurrenceTiming",
               {{"repeat", {{"frequency", days_a_week}, {"period", 1}, {"periodUnit", "wk"}}}}}});
  }
  [[nodiscard]] ProgrammeHistory history() const { return ProgrammeHistory::of(resources, kPatient, 60); }

  std::vector<Json> resources;

 private:
  Versions& add(fhir::Day day, Json resource) {
    const std::string name = resource["resourceType"].get<std::string>() + resource["id"].get<std::string>();
    resource["subject"] = fhir::reference_to("Patient", kPatient);
    resource["meta"] = {{"versionId", std::to_string(++versions_[name])},
                        {"lastUpdated", fhir::date_of(day) + "T08:00:00Z"}};
    resources.push_back(std::move(resource));
    return *this;
  }
  std::map<std::string, int> versions_;
  std::map<std::string, fhir::Day> starts_;
};

std::vector<SetOnDay> squats(fhir::Day first, int days, int each = 1) {
  std::vector<SetOnDay> sets;
  for (fhir::Day day = first; day < first + days; ++day) sets.insert(sets.end(), each, {day, "squat"});
  return sets;
}

std::vector<double> percents(std::span<const AdherenceWeek> weeks) {
  std::vector<double> all;
  for (const AdherenceWeek& week : weeks) all.push_back(week.percent ? std::round(*week.percent) : -1);
  return all;
}

// Clinician finding 1: a changed dose and an added exercise make no former week worse.
TEST(Adherence, IsJudgedByTheProgrammeThenInForce) {
  Versions record;
  record.request(kMonday, "a", 1, 7).plan(kMonday, {"a"});
  const auto sets = squats(kMonday, 21);
  const fhir::Day today = kMonday + 23;
  const auto before = adherence_weeks(record.history(), sets, kMonday, today);
  EXPECT_THAT(percents(before), ElementsAre(100, 100, 100, 0));
  record.request(today, "a", 2, 7).request(today, "b", 3, 5, "active", "bridge").plan(today, {"a", "b"});
  const auto after = adherence_weeks(record.history(), sets, kMonday, today);
  EXPECT_THAT(percents(after), ElementsAre(100, 100, 100, 0));
  EXPECT_NEAR(after[3].prescribed, 2, 1e-9);  // of the two days that are over
  EXPECT_NEAR(mean_adherence(after).value_or(0), 100, 1e-9);
  const auto days = adherence_days(record.history(), sets, kMonday, today);
  EXPECT_NEAR(days[22].prescribed, 1, 1e-9);
  EXPECT_NEAR(days[23].prescribed, 2 + 15.0 / 7, 1e-9);
  EXPECT_TRUE(days[0].changed);
  EXPECT_FALSE(days[22].changed);
  EXPECT_TRUE(days[23].changed);
}

TEST(Adherence, OfAWeekPartlyCoveredCountsTheDaysInForce) {
  Versions record;
  record.request(kMonday + 4, "a", 1, 7).plan(kMonday + 4, {"a"});
  const auto weeks = adherence_weeks(record.history(), squats(kMonday + 4, 3), kMonday, kMonday + 13);
  ASSERT_EQ(weeks.size(), 2U);
  EXPECT_EQ(weeks[0].days, 3);
  EXPECT_NEAR(weeks[0].prescribed, 3, 1e-9);
  EXPECT_THAT(percents(weeks), ElementsAre(100, 0));
}

// Otherwise each week would begin with a fall to 0 %.
TEST(Adherence, OfTheRunningWeekIsJudgedByTheDaysThatAreOverAndWhatWasDoneToday) {
  Versions record;
  record.request(kMonday - 7, "a", 1, 7).request(kMonday - 7, "b", 1, 7, "active", "bridge");
  record.plan(kMonday - 7, {"a", "b"});
  const auto running = [&](std::span<const SetOnDay> sets, fhir::Day today) {
    const auto weeks = adherence_weeks(record.history(), sets, kMonday - 7, today);
    EXPECT_TRUE(weeks.back().running);
    return weeks.back();
  };
  const auto morning = running({}, kMonday);
  EXPECT_FALSE(morning.percent);
  EXPECT_EQ(morning.days, 7);
  const auto half_done = running(squats(kMonday, 1), kMonday);
  EXPECT_NEAR(half_done.percent.value_or(0), 100, 1e-9);
  EXPECT_NEAR(half_done.prescribed, 1, 1e-9);
  EXPECT_NEAR(running(squats(kMonday, 1), kMonday + 1).percent.value_or(0), 50, 1e-9);
  EXPECT_NEAR(running(squats(kMonday, 2), kMonday + 1).percent.value_or(0), 200.0 / 3, 1e-9);
  EXPECT_NEAR(running({}, kMonday + 1).percent.value_or(-1), 0, 1e-9);
  // More than a day's share makes up for an earlier day, and is never more than asked for.
  EXPECT_NEAR(running(squats(kMonday + 1, 1, 5), kMonday + 1).percent.value_or(0), 200.0 / 3, 1e-9);
  // Once the week is over, all of it counts.
  const auto over = adherence_weeks(record.history(), squats(kMonday, 1), kMonday, kMonday + 7);
  EXPECT_NEAR(over[0].percent.value_or(0), 100.0 / 14, 1e-9);
  EXPECT_FALSE(over[0].running);
}

TEST(Adherence, OfAWeekWithoutAProgrammeIsUnknown) {
  Versions record;
  record.request(kMonday + 7, "a", 1, 7).plan(kMonday + 7, {"a"});
  const auto weeks = adherence_weeks(record.history(), squats(kMonday, 14), kMonday, kMonday + 20);
  EXPECT_THAT(percents(weeks), ElementsAre(-1, 100, 0));
  EXPECT_NEAR(mean_adherence(weeks).value_or(0), 100, 1e-9);
  EXPECT_FALSE(mean_adherence(std::span{weeks}.first(1)));
}

// As a programme that was brought from elsewhere: one version each, recorded today, and a former one that is
// over.
TEST(Adherence, WorksWithoutAHistory) {
  Versions record;
  record.request(kMonday, "a", 1, 7, "completed").plan(kMonday, {"a"}, "completed", "first");
  record.resources.back()["period"]["end"] = fhir::date_of(kMonday + 6);
  record.request(kMonday + 7, "b", 2, 7).plan(kMonday + 7, {"b"}, "active", "second");
  for (Json& one : record.resources) one["meta"]["lastUpdated"] = fhir::date_of(kMonday + 20) + "T08:00:00Z";
  const auto weeks = adherence_weeks(record.history(), squats(kMonday, 14), kMonday, kMonday + 20);
  EXPECT_THAT(percents(weeks), ElementsAre(100, 50, 0));
  for (Json& one : record.resources) one.erase("meta");
  EXPECT_THAT(percents(adherence_weeks(record.history(), squats(kMonday, 14), kMonday, kMonday + 20)),
              ElementsAre(100, 50, 0));
}

TEST(Adherence, CountsNoExerciseForAnother) {
  Versions record;
  record.request(kMonday, "a", 1, 4).request(kMonday, "b", 1, 4, "active", "bridge");
  record.plan(kMonday, {"a", "b"});
  const auto weeks = adherence_weeks(record.history(), squats(kMonday, 6), kMonday, kMonday + 6);
  EXPECT_THAT(percents(weeks), ElementsAre(50));
  EXPECT_EQ(weeks[0].done, 6);
}

TEST(Adherence, TakesADayByTheClinicsClock) {
  Versions record;
  record.request(kMonday - 30, "a", 1, 7).plan(kMonday - 30, {"a"}).plan(kMonday - 1, {});
  // Half past midnight on Monday, by the clinic's clock.
  record.resources.back()["meta"]["lastUpdated"] = fhir::date_of(kMonday - 1) + "T23:30:00Z";
  EXPECT_EQ(record.history().on(kMonday - 1).size(), 1U);
  EXPECT_EQ(record.history().on(kMonday).size(), 0U);
}

// Any programmes and any changes of them. Clinician finding 1.
class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int upto(int most) { return std::uniform_int_distribution<int>(0, most)(engine_); }

 private:
  std::mt19937 engine_;
};

struct Record {
  Versions versions;
  std::map<std::string, std::string> exercises;  // by request
  std::vector<std::string> current;              // of the plan
  std::string plan;
  int plans = 0;
};

constexpr std::array<const char*, 4> kExercises = {"squat", "bridge", "heel_slide", "clamshell"};

void change_programme(Record& record, Chance& chance, fhir::Day day) {
  const int what = chance.upto(5);
  const auto any = [&]() -> std::size_t { return chance.upto(static_cast<int>(record.current.size()) - 1); };
  const auto write_plan = [&](const char* status) {
    record.versions.plan(day, record.current, status, record.plan);
  };
  const auto dose_of = [&](const std::string& id, const char* status) {
    record.versions.request(day, id, 1 + chance.upto(4), 1 + chance.upto(6), status,
                            record.exercises[id].c_str());
  };
  if (record.plan.empty() || what == 0) {
    if (!record.plan.empty()) write_plan(chance.upto(1) == 0 ? "completed" : "revoked");
    record.plan = "plan" + std::to_string(++record.plans);
    record.current.clear();
  }
  if (record.current.empty() || what <= 2) {
    const std::string id = "r" + std::to_string(record.exercises.size());
    record.exercises[id] = kExercises[static_cast<std::size_t>(chance.upto(3))];
    dose_of(id, "active");
    record.current.push_back(id);
  } else if (what == 3) {
    dose_of(record.current[any()], "active");
  } else if (what == 4) {
    const auto at = any();
    dose_of(record.current[at], "revoked");
    record.current.erase(record.current.begin() + static_cast<std::ptrdiff_t>(at));
  }
  write_plan(chance.upto(9) == 0 ? "on-hold" : "active");
}

TEST(Adherence, OfEarlierWeeksStaysWhateverChangesFromTodayOn) {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chance chance{seed};
    Record record;
    const fhir::Day today = kMonday + 70 + chance.upto(6);
    fhir::Day day = kMonday + chance.upto(10);
    for (; day < today; day += 1 + chance.upto(20)) change_programme(record, chance, day);
    std::vector<SetOnDay> sets;
    for (fhir::Day done = kMonday; done <= today; ++done) {
      for (int count = chance.upto(3); count > 0; --count)
        sets.push_back({done, kExercises[static_cast<std::size_t>(chance.upto(3))]});
    }
    const auto before = adherence_weeks(record.versions.history(), sets, kMonday, today);
    const auto days_before = adherence_days(record.versions.history(), sets, kMonday, today - 1);
    const fhir::Day changed = today + (chance.upto(3) == 0 ? chance.upto(9) : 0);
    for (int changes = 1 + chance.upto(2); changes > 0; --changes) change_programme(record, chance, changed);
    std::shuffle(record.versions.resources.begin(), record.versions.resources.end(), std::mt19937{seed});
    const auto after = adherence_weeks(record.versions.history(), sets, kMonday, today);
    const auto days_after = adherence_days(record.versions.history(), sets, kMonday, today - 1);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i + 1 < before.size(); ++i) {
      EXPECT_EQ(before[i].percent, after[i].percent) << "week " << i;
      EXPECT_EQ(before[i].prescribed, after[i].prescribed) << "week " << i;
      EXPECT_EQ(before[i].days, after[i].days) << "week " << i;
    }
    for (std::size_t i = 0; i < days_before.size(); ++i)
      EXPECT_EQ(days_before[i].prescribed, days_after[i].prescribed) << "day " << i;
    EXPECT_EQ(mean_adherence(before), mean_adherence(after));
    if (HasFailure()) return;
  }
}

TEST(AdherenceText, TellsWeeksDaysAndWhatWasPrescribedSince) {
  Versions record;
  record.request(kMonday, "a", 2, 7).plan(kMonday, {"a"}).request(kMonday + 8, "a", 3, 7);
  record.plan(kMonday + 8, {"a"});
  Json bundle = {{"resourceType", "Bundle"}, {"type", "history"}, {"entry", Json::array({Json::object()})}};
  for (const Json& one : record.resources) bundle["entry"].push_back({{"resource", one}});
  const Json options = {
      {"patient", kPatient},
      {"from", fhir::date_of(kMonday)},
      {"now", fhir::date_of(kMonday + 9) + "T10:00:00+01:00"},
      {"sets", Json::array({Json{{"day", fhir::date_of(kMonday)}, {"exercise", "squat"}}})}};
  const std::string text = bundle.dump();
  const auto made = adherence_text(std::span{&text, 1}, options.dump());
  ASSERT_TRUE(made);
  const Json out = Json::parse(*made);
  EXPECT_EQ(out["stretches"].size(), 2U);
  EXPECT_EQ(out["stretches"][1]["from"], fhir::date_of(kMonday + 8));
  EXPECT_EQ(out["stretches"][1]["exercises"][0]["sets"], 3);
  EXPECT_EQ(out["days"].size(), 10U);
  EXPECT_EQ(out["days"][0]["done"], 1);
  EXPECT_EQ(out["weeks"].size(), 2U);
  EXPECT_NEAR(out["mean"].get<double>(), 100.0 / 14, 1e-9);
  const auto refused = adherence_text({}, R"({"patient":"p1","from":"soon","now":"2026-03-09","sets":[]})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::care
