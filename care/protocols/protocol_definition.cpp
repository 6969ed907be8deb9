// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/protocol_definition.h"

#include "fhir/fields/attachment.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kKeptStage = "reading knowledge of the record";

// What both kinds have.
template <class Known>
Json definition_of(const Known& known, const char* prefix, const char* label,
                   const exercises::CatalogFile& file) {
  Json resource = Json::object();
  resource["resourceType"] = "PlanDefinition";
  resource["url"] = prefix + known.id;
  resource["version"] = std::to_string(known.version);
  resource["name"] = fhir::computer_name(known.id);
  resource["subtitle"] = known.review;
  resource["status"] = "active";
  resource["experimental"] = false;
  resource["purpose"] = purpose_of(known.provenance);
  resource["relatedArtifact"] = fhir::attach_json(label, file.name, file.text);
  return resource;
}

Json focus_on(const std::vector<exercises::Code>& conditions) {
  Json contexts = Json::array();
  for (const exercises::Code& code : conditions) {
    Json condition = fhir::codeable(code.system, code.code, code.display);
    condition["coding"][0]["display"] = code.display;
    contexts.push_back(
        {{"code",
          {{"system", "http://terminology.hl7.org/CodeSystem/usage-context-type"}, {"code", "focus"}}},
         {"valueCodeableConcept", std::move(condition)}});
  }
  return contexts;
}

// For readers that do not know the file: its phases in order, and the exercises of each.
Json actions_of(const Protocol& protocol) {
  Json actions = Json::array();
  for (const ProtocolPhase& phase : protocol.phases) {
    Json exercises = Json::array();
    for (const TemplateExercise& one : phase.exercises)
      exercises.push_back({{"definitionCanonical", fhir::kExercisePrefix + one.exercise}});
    Json action = Json::object();
    fhir::add_translated(action, "title", phase.title);
    fhir::add_translated(action, "description", phase.goal);
    action["action"] = std::move(exercises);
    actions.push_back(std::move(action));
  }
  return actions;
}

tl::unexpected<Error> not_kept(std::string cause) {
  return fail(ErrorCode::corrupt, kKeptStage, std::move(cause),
              "make the PlanDefinition from the file; docs/clinician/protocols.md shows one");
}

template <class Parse>
auto read_definition(const Json& definition, const char* prefix, Parse&& parse)
    -> decltype(parse(exercises::CatalogFile{})) {
  auto text = fhir::attached_json(definition);
  if (!text) return not_kept(text.error());
  const Json parsed = Json::parse(*text, nullptr, false);
  auto known =
      parse(exercises::CatalogFile{std::string{json::text_of(parsed, "id")} + ".json", std::move(*text)});
  if (!known) return not_kept("the file in it cannot be read: " + known.error().cause);
  if (json::text_of(definition, "url") != prefix + known->id ||
      json::text_of(definition, "version") != std::to_string(known->version)) {
    return not_kept("its url and version are not those of the file in it");
  }
  return known;
}

}  // namespace

Result<Json> protocol_definition(const exercises::CatalogFile& file) {
  const auto protocol = parse_protocol(file);
  if (!protocol) return tl::unexpected(protocol.error());
  Json resource = definition_of(*protocol, fhir::kProtocolPrefix, "protocol", file);
  fhir::add_translated(resource, "title", protocol->title);
  fhir::add_translated(resource, "description", protocol->summary);
  resource["type"] = fhir::codeable("http://terminology.hl7.org/CodeSystem/plan-definition-type",
                                    "clinical-protocol", "Template of programmes");
  resource["useContext"] = focus_on(protocol->conditions);
  resource["action"] = actions_of(*protocol);
  return resource;
}

Result<Protocol> read_protocol_definition(const Json& definition) {
  return read_definition(definition, fhir::kProtocolPrefix, parse_protocol);
}

Result<Json> contraindication_definition(const exercises::CatalogFile& file) {
  const auto rule = parse_contraindication(file);
  if (!rule) return tl::unexpected(rule.error());
  Json resource = definition_of(*rule, kContraindicationPrefix, "contraindication", file);
  fhir::add_translated(resource, "title", rule->reason);
  resource["type"] =
      fhir::codeable("urn:reprise:plan-definition", "contraindication", "What speaks against an exercise");
  resource["useContext"] = focus_on(rule->conditions);
  return resource;
}

Result<Contraindication> read_contraindication_definition(const Json& definition) {
  return read_definition(definition, kContraindicationPrefix, parse_contraindication);
}

}  // namespace reprise::care
