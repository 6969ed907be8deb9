#include "care/protocols/contraindication.h"

#include <algorithm>
#include <array>

#include "care/protocols/protocol.h"

namespace reprise::care {
namespace {

constexpr const char* kContraindicationStage = "reading a contraindication";
constexpr std::array<std::string_view, 2> kSeverityWords = {"caution", "contraindicated"};
constexpr std::array<std::string_view, 2> kReachWords = {"above", "below"};
constexpr std::array<std::string_view, 3> kBearingWords = {"none", "partial", "full"};
constexpr std::array<std::string_view, 3> kBalanceWords = {"none", "standing", "single_leg"};
constexpr std::array<std::string_view, 12> kPrecautions = {"no-weight-bearing-leg",
                                                           "partial-weight-bearing-leg",
                                                           "no-weight-bearing-arm",
                                                           "fall-risk",
                                                           "pacemaker",
                                                           "beta-blocker",
                                                           "no-overhead",
                                                           "no-deep-hip-flexion",
                                                           "no-spine-flexion",
                                                           "no-lying-on-front",
                                                           "no-lying-flat",
                                                           "no-exertion"};

std::vector<std::string> names_in(json::Reader& input, std::string_view name) {
  std::vector<std::string> names;
  for (const json::Reader& item : input.items(name, 40)) {
    if (item.json().is_string())
      names.push_back(item.json().get<std::string>());
    else
      input.refuse(name, "a list of names");
  }
  return names;
}

// Reads a list of words as their indices in `known`.
template <class Value, std::size_t Count>
std::vector<Value> choices_in(json::Reader& input, std::string_view name,
                              const std::array<std::string_view, Count>& known) {
  std::vector<Value> values;
  for (const std::string& word : names_in(input, name)) {
    const auto found = std::find(known.begin(), known.end(), word);
    if (found == known.end()) {
      input.refuse(name, "a list of words that it can be");
    } else {
      values.push_back(static_cast<Value>(found - known.begin()));
    }
  }
  return values;
}

JointReach read_reach(json::Reader& input) {
  allow_only(input, {"joint", "is", "degrees"});
  const std::string joint = input.text("joint", 40);
  const auto middle = dof_from_name(joint);
  const auto sided = dof_from_name("left_" + joint);
  if (input.right() && !middle && !sided) input.refuse("joint", "a joint angle of docs/reference/catalog.md");
  if (input.right() && (joint.rfind("left_", 0) == 0 || joint.rfind("right_", 0) == 0))
    input.refuse("joint", "without a side: either one counts");
  const auto degrees = input.number_or_null("degrees");
  if (!degrees) input.refuse("degrees", "a number");
  const bool above = input.choice("is", kReachWords).value_or(0) == 0;
  return {sided ? *sided : middle.value_or(Dof::pelvis_tilt), above, Radians{Degrees{degrees.value_or(0)}}};
}

ExerciseTrait read_trait(json::Reader input) {
  allow_only(input, {"exercises", "regions", "positions", "weight_bearing", "balance", "reaches"});
  ExerciseTrait trait;
  trait.exercises = names_in(input, "exercises");
  trait.regions = names_in(input, "regions");
  trait.positions = names_in(input, "positions");
  trait.weight_bearing = choices_in<WeightBearing>(input, "weight_bearing", kBearingWords);
  trait.balance = choices_in<Balance>(input, "balance", kBalanceWords);
  for (json::Reader& item : input.items("reaches", 8)) trait.reaches.push_back(read_reach(item));
  return trait;
}

bool says_nothing(const ExerciseTrait& trait) {
  return trait.exercises.empty() && trait.regions.empty() && trait.positions.empty() &&
         trait.weight_bearing.empty() && trait.balance.empty() && trait.reaches.empty();
}

void read_when(json::Reader input, Contraindication& rule) {
  allow_only(input, {"conditions", "stage", "weeks"});
  rule.conditions = codes_of(input, "conditions");
  for (const Code& code : rule.conditions) {
    if (code.system == kPrecaution && !is_precaution(code.code))
      input.refuse("conditions", "only known precautions");
  }
  rule.stage = input.text("stage", 40);
  if (input.right() && !is_stage(rule.stage)) input.refuse("stage", "a stage of a condition");
  json::Reader weeks = input.group_or_null("weeks");
  if (!weeks.there()) return;
  allow_only(weeks, {"from", "to"});
  rule.from_week = weeks.number_or_null("from");
  rule.to_week = weeks.number_or_null("to");
  if (weeks.right() &&
      (rule.from_week.value_or(0) < 0 || rule.to_week.value_or(1e6) <= rule.from_week.value_or(0))) {
    weeks.refuse("to", "after \"from\"");
  }
}

}  // namespace

bool is_precaution(std::string_view code) {
  return std::find(kPrecautions.begin(), kPrecautions.end(), code) != kPrecautions.end();
}

Result<Contraindication> parse_contraindication(const CatalogFile& file) {
  json::Document page{file.text, kContraindicationStage};
  json::Reader input = page.root();
  allow_only(input, {"id", "version", "review", "severity", "when", "exercise", "reason", "sources",
                     "unsourced_defaults"});
  Contraindication rule;
  rule.id = id_of_file(input, file);
  rule.version = input.whole("version", 1, 1'000'000);
  rule.review = shown_text(input, "review", 200);
  rule.severity = static_cast<Severity>(input.choice("severity", kSeverityWords).value_or(0));
  read_when(input.group("when"), rule);
  rule.of = read_trait(input.group("exercise"));
  if (input.right() && says_nothing(rule.of)) input.refuse("exercise", "about any exercise");
  rule.reason = words_of(input, "reason");
  rule.provenance = provenance_of(input, {"when", "exercise", "severity"});
  if (auto problem = problem_in(page)) return tl::unexpected(std::move(*problem));
  return rule;
}

}  // namespace reprise::care
