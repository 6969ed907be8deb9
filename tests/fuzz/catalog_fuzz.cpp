// SPDX-License-Identifier: Apache-2.0
// Hostile exercise files. Whatever is found clean must also be readable; whatever is not must say why.
//
// An input that starts with '!' is a list of changes to a clean exercise, three bytes each (which value, two
// bytes; what instead): random bytes alone hardly ever get past the JSON parser.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "exercises/catalog.h"

namespace {

const nlohmann::json& clean() {
  static const nlohmann::json kClean = [] {
    std::ifstream in(REPRISE_SOURCE_DIR "/catalog/exercises/elbow_flexion.json");
    return nlohmann::json::parse(in);
  }();
  return kClean;
}

std::string changed(std::span<const std::uint8_t> changes) {
  static const std::array<nlohmann::json, 16> kInstead = {nullptr,
                                                          true,
                                                          0,
                                                          -1,
                                                          1e300,
                                                          400,
                                                          0.5,
                                                          "",
                                                          "knee_flexion",
                                                          "squat",
                                                          nlohmann::json::array({{}}),
                                                          {},
                                                          nlohmann::json::object(),
                                                          "whole",
                                                          "hold",
                                                          nlohmann::json::array({1, 1})};
  const nlohmann::json flat = clean().flatten();
  std::vector<std::string> pointers;
  for (const auto& item : flat.items()) {
    // The value itself and every group that holds it.
    for (nlohmann::json::json_pointer at(item.key()); !at.empty(); at = at.parent_pointer()) {
      pointers.push_back(at.to_string());
    }
  }
  nlohmann::json document = clean();
  for (std::size_t i = 0; i + 2 < changes.size() && i < 30; i += 3) {
    const nlohmann::json::json_pointer at(pointers[(changes[i] * 256U + changes[i + 1]) % pointers.size()]);
    if (!document.contains(at)) continue;
    nlohmann::json& parent = document[at.parent_pointer()];
    if (changes[i + 2] >= 0xF0 && parent.is_object()) {
      parent.erase(at.back());
    } else if (changes[i + 2] >= 0xE0 && parent.is_object()) {
      parent["x" + at.back()] = document[at];
    } else {
      document[at] = kInstead[changes[i + 2] % kInstead.size()];
    }
  }
  return document.dump();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const bool list_of_changes = size > 0 && data[0] == '!';
  const std::string text = list_of_changes ? changed({data + 1, size - 1})
                                           : std::string(reinterpret_cast<const char*>(data), size);
  static const std::vector<std::string> kKnown = {"squat", "sit_to_stand"};
  const auto problems = exercises::check_exercise(text, "elbow_flexion.json", kKnown);
  for (const json::Problem& problem : problems) {
    if (problem.found.empty() || problem.limit.empty()) std::abort();
  }
  const std::vector<exercises::CatalogFile> files = {{"elbow_flexion.json", text}};
  const auto parsed = exercises::parse_catalog(files);
  if (!parsed && parsed.error().cause.empty()) std::abort();
  // A link to an exercise that is not among the files is the only difference between the two.
  if (problems.empty() && !parsed && parsed.error().cause.find("/progression") == std::string::npos) {
    std::abort();
  }
  return 0;
}
