// SPDX-License-Identifier: Apache-2.0
#include "exercises/range_of_motion.h"

#include <algorithm>
#include <array>

#include "exercises/catalog_document.h"
#include "exercises/catalog_schemas.h"

namespace reprise::exercises {
namespace {

constexpr const char* kReadingRange = "reading the tests of range of motion";
constexpr const char* kRangeGuide = "docs/reference/range-of-motion.md";
constexpr std::array<std::string_view, 3> kRangeMethods = {"camera", "inclinometer", "goniometer"};
constexpr std::array<std::string_view, 3> kNormSexes = {"any", "female", "male"};

const json::Schema& range_schema() {
  static const json::Schema kSchema(range_of_motion_schema());
  return kSchema;
}

Radians degrees_of(const json::Node& node) {
  return Radians{Degrees{node.number().value_or(0)}};
}

RangeCamera read_camera(const json::Node& node, CatalogDocument& document) {
  RangeCamera camera;
  camera.exercise = text_of(node["exercise"]);
  const auto measure = engine::measure_from_name(text_of(node["measure"]));
  if (measure && engine::is_angle(*measure)) {
    camera.measure = *measure;
  } else {
    document.refuse(node["measure"], "must be the name of an angle",
                    std::string{kRangeGuide} + " lists them.");
  }
  camera.sign = node["sign"].number().value_or(1);
  camera.rest = degrees_of(node["rest"]);
  camera.target = degrees_of(node["target"]);
  camera.min_excursion = degrees_of(node["min_excursion"]);
  if ((camera.target - camera.rest).value() * camera.sign <= 0)
    document.refuse(node["target"], "must lie beyond rest in the direction of sign",
                    "Correct one of the three.");
  camera.view = node["view"].is("front") ? engine::View::front : engine::View::side;
  camera.own_norm = node["own_norm"].boolean().value_or(true);
  camera.says = translations_of(node["says"]);
  return camera;
}

RangeNorm read_norm(const json::Node& node) {
  RangeNorm norm;
  norm.mean = degrees_of(node["mean"]);
  if (node["sd"].there()) norm.sd = degrees_of(node["sd"]);
  norm.sex = choice_of<NormSex>(node["sex"], kNormSexes);
  norm.from_age = whole_of(node["from_age"]);
  norm.to_age = whole_of(node["to_age"]);
  norm.people = whole_of(node["people"]);
  norm.source = text_of(node["source"]);
  norm.cite = text_of(node["cite"]);
  return norm;
}

RangeTest read_test(const json::Node& node, CatalogDocument& document) {
  RangeTest test;
  test.id = text_of(node["id"]);
  test.joint = text_of(document.root()["id"]);
  test.name = translations_of(node["name"]);
  test.sided = node["sided"].boolean().value_or(true);
  if (node["pair"].there())
    test.pair = NeutralZeroPair{text_of(node["pair"]["opposite"]), node["pair"]["place"].is("first")};
  for (const auto& [language, text] : node["text"].fields()) {
    test.text.emplace(language, RangeText{text_of(text["position"]), text_of(text["movement"]),
                                          text_of(text["helper"]), text_of(text["placement"])});
  }
  if (node["camera"].there()) test.camera = read_camera(node["camera"], document);
  test.no_camera = translations_of(node["no_camera"]);
  if (test.camera.has_value() == !test.no_camera.empty())
    document.refuse(node["no_camera"], "must be there where `camera` is not, and only there",
                    "Say how a camera measures it, or why it cannot.");
  for (const json::Node& one : node["instruments"].items())
    test.instruments.push_back(choice_of<RangeMethod>(one, kRangeMethods));
  for (const json::Node& norm : node["norms"].items()) test.norms.push_back(read_norm(norm));
  for (const json::Node& change : node["detectable_change"].items())
    test.detectable_change.push_back({choice_of<RangeMethod>(change["method"], kRangeMethods),
                                      degrees_of(change["degrees"]), text_of(change["source"])});
  return test;
}

// What one file cannot tell: ids of all files, and pairs that name each other.
void check_together(const std::vector<RangeTest>& tests, std::vector<json::Problem>& problems) {
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const RangeTest& test = tests[i];
    const auto refuse = [&](std::string limit, std::string remedy) {
      problems.push_back({test.joint + ".json", "/tests", test.id, std::move(limit), std::move(remedy)});
    };
    const auto same = [&](const RangeTest& other) { return other.id == test.id; };
    if (std::count_if(tests.begin(), tests.end(), same) > 1)
      refuse("must be used once", "Change one of them.");
    if (!test.pair) continue;
    const auto opposite = std::find_if(
        tests.begin(), tests.end(), [&](const RangeTest& other) { return other.id == test.pair->opposite; });
    if (opposite == tests.end() || !opposite->pair || opposite->pair->opposite != test.id ||
        opposite->pair->first == test.pair->first)
      refuse("must be the opposite of " + test.pair->opposite + ", one of both first", "Correct the pair.");
  }
}

int width(const RangeNorm& norm) {
  return norm.to_age - norm.from_age;
}

}  // namespace

std::string_view name(RangeMethod method) {
  return kRangeMethods[static_cast<std::size_t>(method)];
}

Result<std::vector<RangeTest>> parse_range_tests(std::span<const CatalogFile> files) {
  std::vector<RangeTest> tests;
  for (const CatalogFile& file : files) {
    CatalogDocument document(file, range_schema());
    if (document.right()) {
      for (const json::Node& node : document.root()["tests"].items())
        tests.push_back(read_test(node, document));
    }
    if (!document.right()) return tl::unexpected(document.error(kReadingRange, kRangeGuide));
  }
  std::vector<json::Problem> problems;
  check_together(tests, problems);
  if (!problems.empty())
    return fail(ErrorCode::invalid_argument, kReadingRange, to_string(problems),
                std::string{"correct the files; "} + kRangeGuide + " explains each field");
  return tests;
}

Result<const RangeTest*> find_range_test(const std::vector<RangeTest>& tests, std::string_view id) {
  for (const RangeTest& test : tests) {
    if (test.id == id) return &test;
  }
  std::string known;
  for (const RangeTest& test : tests) known += (known.empty() ? "" : ", ") + test.id;
  return fail(ErrorCode::not_found, "choosing a test of range of motion",
              "there is no test " + std::string{id}, "take one of: " + known);
}

engine::ExerciseDefinition range_definition(const RangeTest& test, const CatalogExercise& exercise,
                                            bool towards_left) {
  const RangeCamera& camera = *test.camera;
  engine::ExerciseDefinition d = exercise.definition;
  const bool by_side = engine::info(camera.measure).sided;
  d.id = test.id;
  d.primary = {camera.measure, engine::Combine::larger};
  d.rest = camera.rest.value();
  d.target = towards_left ? 2 * d.rest - camera.target.value() : camera.target.value();
  d.min_excursion = camera.min_excursion.value();
  d.ceiling.reset();
  d.sided = test.sided && by_side;
  d.side_from.reset();
  d.named_by_resting_side = false;
  d.tempo = {};
  d.gates.clear();
  // Said with the trials instead (session/measurements/range_of_motion.h), by degrees.
  d.views.clear();
  return d;
}

const RangeNorm* norm_for(const RangeTest& test, std::optional<int> age, std::optional<NormSex> sex) {
  const RangeNorm* best = nullptr;
  for (const RangeNorm& norm : test.norms) {
    if (!age || *age < norm.from_age || *age > norm.to_age) continue;
    if (norm.sex != NormSex::any && norm.sex != sex) continue;
    const bool closer = best == nullptr || (norm.sex != NormSex::any && best->sex == NormSex::any) ||
                        (norm.sex == best->sex && width(norm) < width(*best));
    if (closer) best = &norm;
  }
  return best;
}

}  // namespace reprise::exercises
