// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/contraindication.h"

#include <array>

#include "exercises/catalog_schemas.h"

namespace reprise::care {
namespace {

constexpr const char* kContraindicationStage = "reading a contraindication";
constexpr std::array<std::string_view, 2> kSeverityWords = {"caution", "contraindicated"};
constexpr std::array<std::string_view, 3> kBearingWords = {"none", "partial", "full"};
constexpr std::array<std::string_view, 3> kBalanceWords = {"none", "standing", "single_leg"};
constexpr std::array<std::string_view, 3> kContraindicationSections = {"when", "exercise", "severity"};

const json::Schema& schema_of_contraindications() {
  static const json::Schema kSchema(exercises::contraindication_schema());
  return kSchema;
}

template <class Value, std::size_t Count>
std::vector<Value> choices_of(const json::Node& list, const std::array<std::string_view, Count>& words) {
  std::vector<Value> values;
  for (const json::Node& item : list.items()) values.push_back(exercises::choice_of<Value>(item, words));
  return values;
}

JointReach read_reach(const json::Node& reach, exercises::CatalogDocument& document) {
  const std::string joint = exercises::text_of(reach["joint"]);
  const auto middle = engine::dof_from_name(joint);
  const auto sided = engine::dof_from_name("left_" + joint);
  if (!middle && !sided)
    document.refuse(reach["joint"], "must be a joint angle", "docs/reference/catalog.md lists them.");
  if (joint.rfind("left_", 0) == 0 || joint.rfind("right_", 0) == 0)
    document.refuse(reach["joint"], "must be without a side: either one counts", "Remove the side.");
  return {sided ? *sided : middle.value_or(engine::Dof::pelvis_tilt),
          exercises::text_of(reach["is"]) == "above",
          Radians{Degrees{reach["degrees"].number().value_or(0)}}};
}

ExerciseTrait read_trait(const json::Node& exercise, exercises::CatalogDocument& document) {
  ExerciseTrait trait;
  trait.exercises = exercise["exercises"].texts();
  trait.regions = exercise["regions"].texts();
  trait.positions = exercise["positions"].texts();
  trait.weight_bearing = choices_of<exercises::WeightBearing>(exercise["weight_bearing"], kBearingWords);
  trait.balance = choices_of<exercises::Balance>(exercise["balance"], kBalanceWords);
  for (const json::Node& reach : exercise["reaches"].items())
    trait.reaches.push_back(read_reach(reach, document));
  return trait;
}

}  // namespace

Result<Contraindication> parse_contraindication(const exercises::CatalogFile& file) {
  exercises::CatalogDocument document(file, schema_of_contraindications());
  Contraindication rule;
  if (document.right()) {
    const json::Node root = document.root();
    const json::Node when = root["when"];
    rule.id = exercises::text_of(root["id"]);
    rule.version = exercises::whole_of(root["version"]);
    rule.review = exercises::text_of(root["review"]);
    rule.severity = exercises::choice_of<Severity>(root["severity"], kSeverityWords);
    rule.conditions = codes_of(when["conditions"]);
    rule.stage = exercises::text_of(when["stage"]);
    rule.from_week = when["weeks"]["from"].number();
    rule.to_week = when["weeks"]["to"].number();
    check_weeks(when["weeks"], document);
    rule.of = read_trait(root["exercise"], document);
    rule.reason = exercises::translations_of(root["reason"]);
    rule.provenance = provenance_of(document, kContraindicationSections);
  }
  if (!document.right()) return tl::unexpected(document.error(kContraindicationStage, kProtocolGuide));
  return rule;
}

}  // namespace reprise::care
