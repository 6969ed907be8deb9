// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

namespace reprise {

/// The list of codes that CMS publishes; it may not be here. Needs REPRISE_SOURCE_DIR.
[[nodiscard]] inline std::filesystem::path icd_10_cm_file() {
  const char* given = std::getenv("REPRISE_DATA");
  const auto folder = given != nullptr ? std::filesystem::path(given)
                                       : std::filesystem::path(REPRISE_SOURCE_DIR) / ".." / "shared" / "data";
  return folder / "codes" / "icd10cm-order-Jan-2021.txt.gz";
}

/// Its long titles by code without the dot. Unpacked by another program: not in a browser.
[[nodiscard]] inline std::map<std::string, std::string> icd_10_cm_titles() {
  std::map<std::string, std::string> titles;
  FILE* lines = popen(("gzip -dc '" + icd_10_cm_file().string() + "'").c_str(), "r");
  char buffer[1024];
  while (lines != nullptr && std::fgets(buffer, sizeof buffer, lines) != nullptr) {
    const std::string line = buffer;  // order number, code, billable, short title, long title: fixed columns
    if (line.size() < 78) continue;
    const auto trimmed = [](std::string text) {
      text.erase(text.find_last_not_of(" \r\n") + 1);
      return text;
    };
    titles[trimmed(line.substr(6, 7))] = trimmed(line.substr(77));
  }
  if (lines != nullptr) pclose(lines);
  return titles;
}

/// "M1711" of "M17.11", as the list has it.
[[nodiscard]] inline std::string without_dot(std::string code) {
  code.erase(std::remove(code.begin(), code.end(), '.'), code.end());
  return code;
}

}  // namespace reprise
