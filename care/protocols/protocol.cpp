#include "care/protocols/protocol.h"

#include <algorithm>
#include <array>

namespace reprise::care {
namespace {

constexpr const char* kProtocolStage = "reading a protocol";
constexpr std::array<std::string_view, 4> kSideWords = {"none", "affected", "both", "each"};
constexpr std::array<std::string_view, 4> kCriterionWords = {"measure", "pain", "sessions", "judgement"};
constexpr std::array<std::string_view, 2> kComparators = {">=", "<="};
constexpr std::array<std::string_view, 2> kFallRisks = {"usual", "high"};
constexpr std::array<std::string_view, 7> kStages = {"any",          "acute",         "subacute", "chronic",
                                                     "after_injury", "after_surgery", "flare"};

std::optional<Seconds> seconds_or_null(json::Reader& input, std::string_view name, int least, int most) {
  const auto whole = input.whole_or_null(name, least, most);
  return whole ? std::optional{Seconds{static_cast<double>(*whole)}} : std::nullopt;
}

std::string exercise_id(json::Reader& input, std::string_view name) {
  std::string id = input.text(name, 64);
  const bool right = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (input.right() && !right) input.refuse(name, "the id of an exercise");
  return id;
}

// Limits as in the catalog's schema.
TemplateExercise read_exercise(json::Reader& input) {
  allow_only(input, {"id", "side", "sets", "repetitions", "hold_s", "rest_s", "days_per_week", "ceiling",
                     "target", "helper", "support"});
  TemplateExercise one;
  one.exercise = exercise_id(input, "id");
  one.side = static_cast<TemplateSide>(input.choice("side", kSideWords).value_or(0));
  one.sets = input.whole("sets", 1, 10);
  one.repetitions = input.whole("repetitions", 1, 50);
  one.days_per_week = input.whole("days_per_week", 1, 7);
  one.hold = seconds_or_null(input, "hold_s", 1, 120);
  one.rest = seconds_or_null(input, "rest_s", 0, 600);
  one.ceiling = input.number_or_null("ceiling");
  one.target = input.number_or_null("target");
  one.helper = input.truth_or_null("helper").value_or(false);
  if (input.has("support")) one.support = words_of(input, "support");
  return one;
}

Criterion read_criterion(json::Reader& input) {
  Criterion criterion;
  criterion.kind = static_cast<CriterionKind>(input.choice("kind", kCriterionWords).value_or(0));
  if (!input.right()) return criterion;
  if (criterion.kind == CriterionKind::judgment) {
    allow_only(input, {"kind", "text"});
    criterion.judgment = words_of(input, "text");
    return criterion;
  }
  criterion.at_least = input.choice("comparator", kComparators).value_or(0) == 0;
  if (criterion.kind == CriterionKind::measure) {
    allow_only(input, {"kind", "exercise", "measure", "comparator", "value"});
    criterion.exercise = exercise_id(input, "exercise");
    criterion.measure = shown_text(input, "measure", 64);
    const auto value = input.number_or_null("value");
    if (!value) input.refuse("value", "a number, in degrees or as a ratio");
    criterion.value = value.value_or(0);
    return criterion;
  }
  allow_only(input, {"kind", "comparator", "value"});
  const bool pain = criterion.kind == CriterionKind::pain;
  criterion.value = input.whole("value", pain ? 0 : 1, pain ? 10 : 200);
  if (input.right() && criterion.at_least == pain)
    input.refuse("comparator", pain ? "\"<=\": less pain is better" : "\">=\": sessions add up");
  return criterion;
}

ProtocolPhase read_phase(json::Reader& input) {
  allow_only(input, {"id", "title", "goal", "weeks", "exercises", "criteria"});
  ProtocolPhase phase;
  phase.id = input.text("id", 64);
  if (input.right() && !is_catalog_id(phase.id)) input.refuse("id", "lower-case letters, digits and '-'");
  phase.title = words_of(input, "title", 200);
  phase.goal = words_of(input, "goal");
  json::Reader weeks = input.group("weeks");
  allow_only(weeks, {"from", "to"});
  phase.from_week = weeks.whole("from", 0, 104);
  phase.to_week = weeks.whole_or_null("to", 1, 104);
  if (weeks.right() && phase.to_week && *phase.to_week <= phase.from_week)
    weeks.refuse("to", "after \"from\"");
  for (json::Reader& item : input.items("exercises", 12)) phase.exercises.push_back(read_exercise(item));
  if (phase.exercises.empty()) input.refuse("exercises", "a list with an exercise");
  for (json::Reader& item : input.items("criteria", 12)) phase.criteria.push_back(read_criterion(item));
  return phase;
}

void read_phases(json::Reader& input, Protocol& protocol) {
  for (json::Reader& item : input.items("phases", 8)) {
    ProtocolPhase phase = read_phase(item);
    if (!item.right()) return;
    if (find_phase(protocol, phase.id) != nullptr) item.refuse("id", "of this phase alone");
    protocol.phases.push_back(std::move(phase));
  }
  if (protocol.phases.empty()) return input.refuse("phases", "a list with a phase");
  for (std::size_t i = 0; i < protocol.phases.size(); ++i) {
    const bool last = i + 1 == protocol.phases.size();
    if (protocol.phases[i].criteria.empty() == last) continue;
    input.refuse("phases", last ? "without criteria in the last: nothing comes after it"
                                : "complete: what must hold before the next phase is missing");
  }
}

}  // namespace

bool is_stage(std::string_view word) {
  return std::find(kStages.begin(), kStages.end(), word) != kStages.end();
}

const ProtocolPhase* find_phase(const Protocol& protocol, std::string_view id) {
  const auto found = std::find_if(protocol.phases.begin(), protocol.phases.end(),
                                  [&](const ProtocolPhase& phase) { return phase.id == id; });
  return found == protocol.phases.end() ? nullptr : &*found;
}

Result<Protocol> parse_protocol(const CatalogFile& file) {
  json::Document page{file.text, kProtocolStage};
  json::Reader input = page.root();
  allow_only(input, {"id", "version", "review", "title", "summary", "conditions", "course", "fall_risk",
                     "phases", "red_flags", "precautions", "sources", "unsourced_defaults"});
  Protocol protocol;
  protocol.id = id_of_file(input, file);
  protocol.version = input.whole("version", 1, 1'000'000);
  protocol.review = shown_text(input, "review", 200);
  protocol.title = words_of(input, "title", 200);
  protocol.summary = words_of(input, "summary");
  protocol.conditions = codes_of(input, "conditions");
  protocol.course = input.text("course", 40);
  if (input.right() && !is_stage(protocol.course)) input.refuse("course", "a stage of a condition");
  protocol.high_fall_risk = input.choice("fall_risk", kFallRisks).value_or(0) == 1;
  read_phases(input, protocol);
  protocol.red_flags = list_of_words(input, "red_flags", 12);
  if (protocol.red_flags.empty()) input.refuse("red_flags", "a list with a warning sign");
  protocol.precautions = list_of_words(input, "precautions", 12);
  protocol.provenance =
      provenance_of(input, {"exercises", "dosage", "weeks", "criteria", "red_flags", "precautions"});
  if (auto problem = problem_in(page)) return tl::unexpected(std::move(*problem));
  return protocol;
}

}  // namespace reprise::care
