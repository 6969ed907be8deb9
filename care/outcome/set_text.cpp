// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/set_text.h"

#include <array>

#include "care/outcome/completed_set.h"
#include "care/outcome/set_observations.h"
#include "care/plan/exercise_definition.h"
#include "json/reader.h"
#include "json/write.h"

namespace reprise::care {
namespace {

constexpr const char* kTextStage = "documenting a set";
constexpr std::array<std::string_view, 5> kStopNames = {"pain", "warning_sign", "unsafe", "own_choice",
                                                        "technical"};
constexpr std::array<std::string_view, 3> kMomentNames = {"before", "during", "after"};
constexpr std::array<std::string_view, 2> kSideNames = {"left", "right"};

std::optional<exercises::CatalogExercise> exercise_in(json::Reader& input) {
  const std::string json = input.text("json");
  if (!input.right()) return {};
  std::vector<json::Problem> problems;
  auto exercise = exercises::parse_exercise(as_file(json), problems);
  if (!exercise) input.refuse("json", "an exercise's file");
  return exercise;
}

void read_said(json::Reader& input, CompletedSet& set) {
  for (json::Reader& item : input.items("pain", 100)) {
    const auto moment = item.choice("when", kMomentNames);
    set.pain.push_back({static_cast<Moment>(moment.value_or(0)), item.whole("value", 0, 10)});
  }
  set.effort = input.whole_or_null("effort", 0, 10);
  set.note = input.text_or_null("note", 10'000);
}

void read_by_hand(json::Reader& input, CompletedSet& set) {
  json::Reader hand = input.group("byHand");
  set.by_hand.emplace();
  set.by_hand->repetitions = hand.whole("repetitions", 0, 1000);
  if (const auto held = hand.number_or_null("held_s")) set.by_hand->held = Seconds{*held};
}

void read_recording(json::Reader& input, CompletedSet& set) {
  json::Reader recording = input.group_or_null("recording");
  if (!recording.there()) return;
  set.recording = {recording.text("id"), recording.text("base64", 64U << 20U), recording.truth("gzip")};
}

void read_game(json::Reader& input, CompletedSet& set) {
  json::Reader played = input.group_or_null("game");
  if (!played.there()) return;
  set.game.emplace();
  if (const auto kind = played.choice("kind", kGames)) set.game->kind = kGames[*kind];
  set.game->tasks = played.whole("tasks", 0, 1000);
  set.game->succeeded = played.whole("succeeded", 0, 1000);
  const auto share = [&](std::string_view name) {
    const auto number = played.number_or_null(name);
    if (!number) played.refuse(name, "a number");
    return number.value_or(0);
  };
  set.game->difficulty_at_start = share("difficultyAtStart");
  set.game->difficulty_at_end = share("difficultyAtEnd");
}

// Reads what every set has. Returns its exercise's group.
json::Reader read_done_set(json::Reader& input, CompletedSet& set) {
  set.id = input.text("id");
  set.session = input.text("session");
  set.patient = input.text("patient");
  set.simulated = input.truth("simulated");
  set.start = input.text("start");
  set.end = input.text("end");
  if (const auto reason = input.choice_or_null("stopped", kStopNames))
    set.stopped = static_cast<StopReason>(*reason);
  json::Reader prescribed = input.group("exercise");
  set.request = prescribed.text("request");
  if (const auto side = prescribed.choice_or_null("side", kSideNames))
    set.side = static_cast<engine::Side>(*side);
  set.ceiling = prescribed.number_or_null("ceiling");
  read_said(input, set);
  return prescribed;
}

Result<std::string> bundle_text(json::Document& page, const CompletedSet& set) {
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto bundle = set_bundle(set);
  if (!bundle) return tl::unexpected(bundle.error());
  return json::write(*bundle);
}

}  // namespace

Result<std::string> set_bundle_text(std::string_view done_set) {
  json::Document page{done_set, kTextStage};
  json::Reader input = page.root();
  CompletedSet set;
  json::Reader prescribed = read_done_set(input, set);
  if (auto exercise = exercise_in(prescribed)) set.exercise = std::move(*exercise);
  read_by_hand(input, set);
  return bundle_text(page, set);
}

Result<std::string> set_bundle_text(std::string_view done_set, exercises::CatalogExercise exercise,
                                    session::SessionDocument document) {
  json::Document page{done_set, kTextStage};
  json::Reader input = page.root();
  CompletedSet set;
  read_done_set(input, set);
  set.exercise = std::move(exercise);
  set.document = std::move(document);
  read_recording(input, set);
  read_game(input, set);
  return bundle_text(page, set);
}

}  // namespace reprise::care
