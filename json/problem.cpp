// SPDX-License-Identifier: Apache-2.0
#include "json/problem.h"

namespace reprise::json {

std::string to_string(const Problem& problem) {
  std::string text = problem.file;
  if (!problem.path.empty()) text += " " + problem.path;
  text += ": found " + problem.found + "; " + problem.limit + ".";
  if (!problem.remedy.empty()) text += " What to do: " + problem.remedy;
  return text;
}

std::string to_string(std::span<const Problem> problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_string(problem);
  }
  return text;
}

}  // namespace reprise::json
