// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/session_resources.h"

#include <algorithm>

#include "base/base64.h"
#include "care/outcome/completed_set.h"
#include "care/safety/questionnaire_response.h"
#include "fhir/fields/transaction.h"
#include "fhir/profiles/vocabulary.h"
#include "simulation/clinic/parts.h"
#include "simulation/clinic/recorded_set.h"

namespace reprise::simulation {
namespace {

constexpr const char* kAnswerCodes =
    "urn:reprise:answer";  // of catalog/questionnaires/how_was_your_week.json

struct Reporting {
  const Registration& of;
  const DiarySession& session;
  const SimulatedProgramme& programme;
  Chance chance;
  std::string id;
  int second = 0;  ///< of the day, by now
  std::vector<Json> bundles = {};

  [[nodiscard]] std::string now() const { return of.calendar.time(session.day, second); }
};

Result<void> answer(Reporting& r, const char* questionnaire, std::vector<care::Answer> answers, int day,
                    int second, bool of_session) {
  auto bundle = care::answers_bundle({r.chance.uuid(), of_session ? r.id : std::string{}, r.of.person.id,
                                      r.programme.id, std::string{fhir::kQuestionnairePrefix} + questionnaire,
                                      r.of.calendar.time(day, second), true, std::move(answers)});
  if (!bundle) return tl::unexpected(bundle.error());
  r.bundles.push_back(std::move(*bundle));
  return {};
}

Result<void> answer_warnings(Reporting& r) {
  std::vector<care::Answer> answers;
  for (const std::string_view flag : care::kRedFlags)
    answers.push_back({std::string{flag}, flag == r.session.warning});
  return answer(r, "red-flags|2", std::move(answers), r.session.day, r.second, true);
}

Result<void> answer_before(Reporting& r) {
  std::vector<care::Answer> answers = {{std::string{care::kPainBefore}, r.session.pain_before}};
  const bool stands = std::any_of(r.programme.exercises.begin(), r.programme.exercises.end(),
                                  [](const auto& one) { return one.exercise->falls.support_within_reach; });
  if (stands) answers.push_back({std::string{care::kSupportInReach}, true});
  return answer(r, "before-exercise|1", std::move(answers), r.session.day, r.second, true);
}

SetTruth truth_of(Reporting& r, std::size_t index, bool stopped) {
  const SimulatedPrescription& one = r.programme.exercises[index];
  SetTruth truth;
  // Other exercises go along with the first, each a little ahead of it or behind.
  Chance habit{r.of.seed, {static_cast<std::uint64_t>(r.of.person.number), 6, index}};
  const double ahead = index == 0 ? 0 : habit.normal(0.03, 0.06);
  truth.progress = std::clamp(r.session.progress + ahead, 0.2, 1.25);
  truth.form = r.session.form + (index == 0 ? 0 : habit.normal(0, 2)) + r.chance.normal(0, 1);
  const int tired = r.chance.happens(0.04 * r.session.effort) ? r.chance.whole(1, 2) : 0;
  truth.partial = r.chance.happens(0.15) ? 1 : 0;
  truth.complete = std::max(1, one.repetitions - tired);
  if (stopped) truth.complete = r.chance.whole(1, std::max(1, one.repetitions - 1));
  return truth;
}

// The landmarks are not compressed, as those of an old browser.
Result<void> film_set(Reporting& r, const SimulatedPrescription& one, const SetTruth& truth,
                      care::CompletedSet& set) {
  auto filmed = record_set(one, truth, r.of.person.stature_m, r.chance);
  if (!filmed) return tl::unexpected(filmed.error());
  set.document = std::move(filmed->document);
  if (r.of.person.lets_record)
    set.recording = care::RecordedMovement{r.chance.uuid(), to_base64(filmed->packed), false};
  return {};
}

Result<void> do_set(Reporting& r, std::size_t index) {
  const SimulatedPrescription& one = r.programme.exercises[index];
  const bool stopped = r.session.stopped && index + 1 == r.session.sets;
  const SetTruth truth = truth_of(r, index, stopped);
  care::CompletedSet set;
  set.id = r.chance.uuid();
  set.session = r.id;
  set.patient = r.of.person.id;
  set.request = one.request;
  set.exercise = *one.exercise;
  set.side = one.side;
  set.ceiling = one.ceiling;
  set.start = r.now();
  r.second += static_cast<int>(set_duration(one, truth.complete + truth.partial).value());
  set.end = r.now();
  set.simulated = true;
  if (stopped) set.stopped = care::StopReason::pain;
  if (r.of.person.films && index == 0 && r.session.day >= r.of.recorded_from) {
    if (auto filmed = film_set(r, one, truth, set); !filmed) return filmed;
  } else if (r.of.person.films) {
    set.document = summary_document(one, truth, r.chance);
  } else {
    set.by_hand = care::HandCount{truth.complete, {}};
  }
  auto bundle = care::set_bundle(set);
  if (!bundle) return tl::unexpected(bundle.error());
  r.bundles.push_back(std::move(*bundle));
  r.second += r.chance.whole(40, 120);
  return {};
}

Result<void> answer_after(Reporting& r) {
  return answer(r, "after-exercise|1",
                {{std::string{care::kPainDuring}, *r.session.pain_during},
                 {std::string{care::kPainAfter}, r.session.pain_after},
                 {std::string{care::kEffort}, r.session.effort}},
                r.session.day, r.second, true);
}

Result<void> answer_next_morning(Reporting& r) {
  return answer(r, "next-morning|1",
                {{std::string{care::kPainNextMorning}, *r.session.pain_next_morning},
                 {std::string{care::kSettled}, r.session.settled}},
                r.session.day + 1, r.chance.whole(6 * 3600 + 1800, 9 * 3600), false);
}

Json choice(const char* code, const char* words) {
  return {{"valueCoding", {{"system", kAnswerCodes}, {"code", code}, {"display", words}}}};
}

// `question`: in the words of catalog/questionnaires/how_was_your_week.json.
Json item(const char* link, const char* question, Json answer) {
  return {{"linkId", link}, {"text", question}, {"answer", Json::array({std::move(answer)})}};
}

Json sleep(const char* code, const char* words) {
  return item("week-sleep", "How did you sleep?", choice(code, words));
}

// As the page writes what a clinic asks; and how sure they are, as a value over time.
void answer_weekly(Reporting& r) {
  const bool bad = r.session.pain_before >= 5;
  const int sure =
      std::clamp(static_cast<int>(r.chance.normal(8.5 - 0.4 * r.session.pain_before, 1.2)), 0, 10);
  const std::string id = r.chance.uuid();
  Json response = simulated_resource("QuestionnaireResponse", id);
  response["identifier"] = {{"system", fhir::kUuid}, {"value", "urn:uuid:" + id}};
  response["basedOn"] = Json::array({fhir::reference_to("CarePlan", r.programme.id)});
  response["questionnaire"] = std::string{fhir::kQuestionnairePrefix} + "how-was-your-week|1";
  response["status"] = "completed";
  response["subject"] = fhir::reference_to("Patient", r.of.person.id);
  response["authored"] = r.now();
  response["author"] = response["source"] = response["subject"];
  response["item"] =
      Json::array({bad && r.chance.happens(0.6) ? sleep("badly", "Badly") : sleep("well", "Well")});
  if (response["item"][0]["answer"][0]["valueCoding"]["code"] == "badly")
    response["item"].push_back(item("week-sleep-why", "What kept you awake?", choice("pain", "Pain")));
  response["item"].push_back(item("week-confidence",
                                  "How sure are you that you can do your exercises next week? 0 is not at "
                                  "all, 10 is completely.",
                                  {{"valueInteger", sure}}));
  response["item"].push_back(
      item("week-hard", "Was one of the exercises too hard?", {{"valueBoolean", false}}));
  Json score = simulated_resource("Observation", r.chance.uuid());
  score["status"] = "final";
  score["category"] = Json::array({fhir::codeable(fhir::kObservationCategory, "survey", "Survey")});
  score["code"] =
      fhir::codeable(fhir::kObservation, "score:how-was-your-week",
                     "Confidence to do the exercises next week, from 0 to 10, a scale of our own");
  score["subject"] = response["subject"];
  score["effectiveDateTime"] = r.now();
  score["performer"] = Json::array({response["subject"]});
  score["valueQuantity"] = fhir::quantity(sure, "{score}", "{score}");
  score["derivedFrom"] = Json::array({fhir::reference_to("QuestionnaireResponse", id)});
  fhir::Transaction transaction;
  transaction.put(std::move(response));
  transaction.put(std::move(score));
  r.bundles.push_back(std::move(transaction).take());
}

Result<void> report(Reporting& r) {
  if (r.session.asks_warnings && !r.session.stopped) {
    if (auto told = answer_warnings(r); !told) return told;
    r.second += 60;
  }
  if (auto told = answer_before(r); !told) return told;
  r.second += 45;
  for (std::size_t i = 0; i < r.session.sets; ++i) {
    if (auto done = do_set(r, i); !done) return done;
  }
  if (r.session.stopped) {
    if (auto told = answer_warnings(r); !told) return told;
    r.second += 60;
  }
  if (r.session.pain_during) {
    if (auto told = answer_after(r); !told) return told;
    r.second += 60;
  }
  if (r.session.weekly) answer_weekly(r);
  if (r.session.pain_next_morning) return answer_next_morning(r);
  return {};
}

}  // namespace

Result<std::vector<Json>> session_bundles(const Registration& registration, const DiarySession& session) {
  const auto programme =
      std::find_if(registration.programmes.begin(), registration.programmes.end(),
                   [&](const SimulatedProgramme& one) { return session.day < one.end_day; });
  const SimulatedProgramme& current =
      programme == registration.programmes.end() ? registration.programmes.back() : *programme;
  Chance chance{
      registration.seed,
      {static_cast<std::uint64_t>(registration.person.number), 7, static_cast<std::uint64_t>(session.day)}};
  std::string id = chance.uuid();
  Reporting r{registration, session, current, chance, std::move(id), session.minute * 60};
  if (auto reported = report(r); !reported) return tl::unexpected(reported.error());
  return std::move(r.bundles);
}

}  // namespace reprise::simulation
