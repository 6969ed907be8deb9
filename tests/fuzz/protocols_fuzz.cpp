// SPDX-License-Identifier: Apache-2.0
// Hostile templates and contraindications. Parsed ones survive serializing and parsing; a template without
// problems becomes valid FHIR; contraindications are found in hostile Conditions without harm.
//
// The first byte says what the rest is: 'p' a protocol's file, 'c' a contraindication's, 'f' a list of
// Conditions.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "care/protocols/check_contraindications.h"
#include "care/protocols/protocol_checks.h"
#include "care/protocols/protocol_definition.h"
#include "care/protocols/protocol_programme.h"
#include "exercises/catalog_files.h"
#include "fhir/validation/validate.h"

namespace {

using namespace reprise;

const std::vector<exercises::CatalogExercise>& few_exercises() {
  static const std::vector<exercises::CatalogExercise> kFew = [] {
    std::vector<exercises::CatalogExercise> few;
    for (const char* id : {"heel_slide", "single_leg_stance", "bridge"}) {
      std::vector<json::Problem> problems;
      const auto file = exercises::read_catalog_file(std::string{REPRISE_SOURCE_DIR} + "/catalog/exercises/" +
                                                     id + ".json");
      few.push_back(exercises::parse_exercise(file.value(), problems).value());
    }
    return few;
  }();
  return kFew;
}

exercises::CatalogFile named(const std::string& text) {
  return {std::string{json::text_of(Json::parse(text, nullptr, false), "id")} + ".json", text};
}

void check_protocol(const std::string& text) {
  const exercises::CatalogFile file = named(text);
  const auto protocol = care::parse_protocol(file);
  const auto definition = care::protocol_definition(file);
  if (protocol.has_value() != definition.has_value()) std::abort();
  if (!protocol) return;
  if (!care::read_protocol_definition(*definition)) std::abort();
  care::ProgrammeOrder order;
  order.patient = "p";
  order.affected = care::AffectedSide::both;
  order.start = "2026-03-02";
  int ids = 0;
  for (const care::ProtocolPhase& phase : protocol->phases) {
    const auto made = care::programme_of(*protocol, phase.id, few_exercises(), order,
                                         [&] { return "id-" + std::to_string(++ids); });
    const bool clean = care::check_phase(*protocol, phase, few_exercises()).empty();
    if (made.has_value() != clean) std::abort();
    if (!made) continue;
    for (const Json& request : made->requests) {
      // Words of the file may hold what FHIR's texts must not.
      if (!request.contains("extension")) std::abort();
      (void)fhir::validate(request);
    }
  }
}

void check_contraindication(const std::string& text) {
  const exercises::CatalogFile file = named(text);
  const auto rule = care::parse_contraindication(file);
  const auto definition = care::contraindication_definition(file);
  if (rule.has_value() != definition.has_value()) std::abort();
  if (!rule) return;
  if (!care::read_contraindication_definition(*definition)) std::abort();
  const std::vector<care::Contraindication> rules = {*rule};
  const std::vector<care::ClinicalFact> facts = {{rule->conditions, {}, {}}};
  for (const exercises::CatalogExercise& exercise : few_exercises())
    (void)care::check_contraindications(rules, exercise, facts, 60.0);
}

void check_facts(const std::string& text) {
  const Json parsed = Json::parse(text, nullptr, false);
  if (!parsed.is_array()) return;
  const std::vector<Json> resources(parsed.begin(), parsed.end());
  const auto facts = care::facts_of(resources, 20'000);
  for (const exercises::CatalogExercise& exercise : few_exercises())
    (void)care::check_contraindications({}, exercise, facts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  if (data[0] == 'p') check_protocol(text);
  if (data[0] == 'c') check_contraindication(text);
  if (data[0] == 'f') check_facts(text);
  return 0;
}
