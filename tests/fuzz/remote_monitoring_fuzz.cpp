// SPDX-License-Identifier: Apache-2.0
// Hostile rules of billing, and hostile answers of a record. Counts keep their invariants, and a drafted
// claim is valid FHIR.
//
// The first byte says what the rest is: 'r' rules, 'a' an answer of the record, 'o' options; 'R', 'A': a list
// of changes to a clean one, three bytes each (which value, two bytes; what instead).

#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "care/billing/page_text.h"
#include "care/billing/rules.h"
#include "fhir/fields/fields.h"
#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"

namespace {

using namespace reprise;

std::string file_text(const std::string& name) {
  std::ifstream in(std::string{REPRISE_SOURCE_DIR} + "/" + name);
  return (std::ostringstream{} << in.rdbuf()).str();
}

const std::string& rules_text() {
  static const std::string kRules = file_text("catalog/billing/us_rtm_2026.json");
  return kRules;
}

const std::string& record_text() {
  static const std::string kRecord = [] {
    const std::string page = file_text("docs/clinician/remote-monitoring.md");
    const auto begin = page.find("```json\n") + 8;
    return page.substr(begin, page.find("```", begin) - begin);
  }();
  return kRecord;
}

constexpr const char* kOptions =
    R"({"patient": "robin", "today": "2026-04-15", "zone": [{"from_ms": 0, "offset_minutes": -300}],
        "practitioner": "kim", "created": "2026-04-15T09:00:00Z"})";

std::string changed(const std::string& clean, std::span<const std::uint8_t> changes) {
  static const std::array<Json, 14> kInstead = {nullptr,
                                                true,
                                                0,
                                                -1,
                                                1e9,
                                                "",
                                                "a",
                                                "2026-02-29",
                                                "2026-03-02",
                                                "9999-12-31T23:59:59Z",
                                                "Patient/robin",
                                                Json::array(),
                                                Json::object(),
                                                "completed"};
  Json text = Json::parse(clean);
  std::vector<std::string> pointers;
  const Json flat = text.flatten();
  for (const auto& item : flat.items()) {
    for (Json::json_pointer at(item.key()); !at.empty(); at = at.parent_pointer())
      pointers.push_back(at.to_string());
  }
  for (std::size_t i = 0; i + 2 < changes.size() && i < 30; i += 3) {
    const Json::json_pointer at(pointers[(changes[i] * 256U + changes[i + 1]) % pointers.size()]);
    if (!text.contains(at)) continue;
    Json& parent = text[at.parent_pointer()];
    if (changes[i + 2] >= 0xE0 && parent.is_object())
      parent.erase(at.back());
    else
      text[at] = kInstead[changes[i + 2] % kInstead.size()];
  }
  return text.dump();
}

void count(const std::string& answer, const std::string& rules, const std::string& options) {
  const std::vector<std::string> answers = {answer};
  const std::vector<std::string> files = {rules};
  const auto text = care::billing::remote_monitoring_text(answers, files, options);
  if (!text) return;
  const Json out = Json::parse(*text);
  int supplies = 0;
  for (const Json& line : out["lines"]) {
    if (line["from"] > line["to"] || line["units"] < 1) std::abort();
    if ((line["state"] == "blocked") == line["reasons"].empty()) std::abort();
    supplies += line["state"] == "ready";
  }
  // The record's ids and times are not checked here: a claim repeats them.
  if (supplies == 0 && !out["claim"].is_null()) std::abort();
  if (!out["claim"].is_null() && answer == record_text() &&
      !fhir::validate(fhir::parse_resource(out["claim"].dump()).value()).empty()) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::span<const std::uint8_t> changes(data + 1, size - 1);
  switch (data[0]) {
    case 'r': count(record_text(), text, kOptions); break;
    case 'R': count(record_text(), changed(rules_text(), changes), kOptions); break;
    case 'a': count(text, rules_text(), kOptions); break;
    case 'A': count(changed(record_text(), changes), rules_text(), kOptions); break;
    case 'o': count(record_text(), rules_text(), text); break;
    default: break;
  }
  return 0;
}
