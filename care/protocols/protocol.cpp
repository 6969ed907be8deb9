// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/protocol.h"

#include <algorithm>
#include <array>

#include "exercises/catalog_schemas.h"

namespace reprise::care {
namespace {

constexpr const char* kProtocolStage = "reading a protocol";
constexpr std::array<std::string_view, 4> kSideWords = {"none", "affected", "both", "each"};
constexpr std::array<std::string_view, 4> kCriterionWords = {"measure", "pain", "sessions", "judgement"};
constexpr std::array<std::string_view, 6> kProtocolSections = {"exercises", "dosage",    "weeks",
                                                               "criteria",  "red_flags", "precautions"};

const json::Schema& schema_of_protocols() {
  static const json::Schema kSchema(exercises::protocol_schema());
  return kSchema;
}

std::optional<Seconds> seconds_of(const json::Node& node) {
  const auto number = node.number();
  return number ? std::optional{Seconds{*number}} : std::nullopt;
}

TemplateExercise read_exercise(const json::Node& node) {
  TemplateExercise one;
  one.exercise = exercises::text_of(node["id"]);
  one.side = exercises::choice_of<TemplateSide>(node["side"], kSideWords);
  one.sets = exercises::whole_of(node["sets"]);
  one.repetitions = exercises::whole_of(node["repetitions"]);
  one.days_per_week = exercises::whole_of(node["days_per_week"]);
  one.hold = seconds_of(node["hold_s"]);
  one.rest = seconds_of(node["rest_s"]);
  one.ceiling = node["ceiling"].number();
  one.target = node["target"].number();
  one.helper = node["helper"].boolean().value_or(false);
  one.support = exercises::translations_of(node["support"]);
  return one;
}

Criterion read_criterion(const json::Node& node) {
  Criterion criterion;
  criterion.kind = exercises::choice_of<CriterionKind>(node["kind"], kCriterionWords);
  criterion.at_least = !node["comparator"].is("<=");
  criterion.value = node["value"].number().value_or(0);
  criterion.exercise = exercises::text_of(node["exercise"]);
  criterion.measure = exercises::text_of(node["measure"]);
  criterion.judgment = exercises::translations_of(node["text"]);
  return criterion;
}

ProtocolPhase read_phase(const json::Node& node) {
  ProtocolPhase phase;
  phase.id = exercises::text_of(node["id"]);
  phase.title = exercises::translations_of(node["title"]);
  phase.goal = exercises::translations_of(node["goal"]);
  phase.from_week = exercises::whole_of(node["weeks"]["from"]);
  if (node["weeks"]["to"].there()) phase.to_week = exercises::whole_of(node["weeks"]["to"]);
  for (const json::Node& exercise : node["exercises"].items())
    phase.exercises.push_back(read_exercise(exercise));
  for (const json::Node& criterion : node["criteria"].items())
    phase.criteria.push_back(read_criterion(criterion));
  return phase;
}

void read_phases(exercises::CatalogDocument& document, Protocol& protocol) {
  const std::vector<json::Node> nodes = document.root()["phases"].items();
  for (const json::Node& node : nodes) {
    ProtocolPhase phase = read_phase(node);
    check_weeks(node["weeks"], document);
    if (find_phase(protocol, phase.id) != nullptr)
      document.refuse(node["id"], "must be of this phase alone", "Change one of them.");
    const bool last = protocol.phases.size() + 1 == nodes.size();
    if (phase.criteria.empty() != last)
      document.refuse(node["criteria"],
                      last ? "must be empty in the last phase: nothing comes after it"
                           : "must say what must hold before the next phase",
                      last ? "Remove them." : "Add a criterion.");
    protocol.phases.push_back(std::move(phase));
  }
}

}  // namespace

const ProtocolPhase* find_phase(const Protocol& protocol, std::string_view id) {
  const auto found = std::find_if(protocol.phases.begin(), protocol.phases.end(),
                                  [&](const ProtocolPhase& phase) { return phase.id == id; });
  return found == protocol.phases.end() ? nullptr : &*found;
}

Result<Protocol> parse_protocol(const exercises::CatalogFile& file) {
  exercises::CatalogDocument document(file, schema_of_protocols());
  Protocol protocol;
  if (document.right()) {
    const json::Node root = document.root();
    protocol.id = exercises::text_of(root["id"]);
    protocol.version = exercises::whole_of(root["version"]);
    protocol.review = exercises::text_of(root["review"]);
    protocol.title = exercises::translations_of(root["title"]);
    protocol.summary = exercises::translations_of(root["summary"]);
    protocol.conditions = codes_of(root["conditions"]);
    protocol.course = exercises::text_of(root["course"]);
    protocol.high_fall_risk = root["fall_risk"].is("high");
    protocol.red_flags = list_of_translations(root["red_flags"]);
    protocol.precautions = list_of_translations(root["precautions"]);
    read_phases(document, protocol);
    protocol.provenance = provenance_of(document, kProtocolSections);
  }
  if (!document.right()) return tl::unexpected(document.error(kProtocolStage, kProtocolGuide));
  return protocol;
}

}  // namespace reprise::care
