// SPDX-License-Identifier: Apache-2.0
#include "care/billing/claim.h"

#include <algorithm>
#include <map>

#include "base/time.h"
#include "care/billing/vocabulary.h"
#include "fhir/fields/transaction.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/simulated.h"

namespace reprise::care::billing {
namespace {

/// Numbers the claim's supporting evidence, each reference once.
class Support {
 public:
  int place_of(const std::string& reference) {
    const auto [at, first] = places_.emplace(reference, static_cast<int>(places_.size()) + 1);
    if (first) {
      info_.push_back(
          {{"sequence", at->second},
           {"category", fhir::codeable("http://terminology.hl7.org/CodeSystem/claiminformationcategory",
                                       "info", "Evidence in the record")},
           {"valueReference", {{"reference", reference}}}});
    }
    return at->second;
  }
  [[nodiscard]] Json take() && { return std::move(info_); }

 private:
  std::map<std::string, int> places_;
  Json info_ = Json::array();
};

Json item_of(const Line& line, int sequence, Support& support) {
  Json item = Json::object();
  item["extension"] = Json::array({Json{{"url", kBillingRow}, {"valueString", line.rules + "/" + line.row}}});
  item["sequence"] = sequence;
  item["informationSequence"] = Json::array();
  for (const std::string& reference : line.evidence)
    item["informationSequence"].push_back(support.place_of(reference));
  item["productOrService"]["coding"] = Json::array({Json{{"system", kCpt}, {"code", line.code}}});
  item["servicedPeriod"] = {{"start", day_text(line.from)}, {"end", day_text(line.to)}};
  item["quantity"] = {{"value", line.units}};
  return item;
}

Result<void> check_head(const ClaimHead& head) {
  const auto refuse = [](std::string cause) {
    return fail(ErrorCode::invalid_argument, "drafting a claim", std::move(cause), "give it");
  };
  if (!fhir::is_id(head.patient)) return refuse("the patient is no id");
  if (!fhir::is_id(head.practitioner)) return refuse("there is no practitioner whose claim it is");
  if (!fhir::is_date_time(head.created)) return refuse("the moment is no time as FHIR writes it");
  return {};
}

std::string csv_cell(std::string text) {
  // Spreadsheets take a cell that begins with one of these for a formula.
  constexpr std::string_view kFormula = "=+-@\t\r\n";
  if (!text.empty() && kFormula.find(text.front()) != std::string_view::npos) text.insert(0, 1, '\'');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  return line + "\r\n";
}

}  // namespace

Result<Json> draft_claim(std::span<const Line> lines, const ClaimHead& head) {
  if (const auto right = check_head(head); !right) return tl::unexpected(right.error());
  Support support;
  Json items = Json::array();
  std::optional<Day> first;
  std::optional<Day> last;
  for (const Line& line : lines) {
    if (line.state != LineState::ready) continue;
    first = first ? std::min(*first, line.from) : line.from;
    last = last ? std::max(*last, line.to) : line.to;
    items.push_back(item_of(line, static_cast<int>(items.size()) + 1, support));
  }
  if (items.empty()) {
    return fail(ErrorCode::nothing_measured, "drafting a claim", "no line is ready to claim",
                "check the missing days and the reasons of the blocked lines");
  }
  Json claim = Json::object();
  claim["resourceType"] = "Claim";
  fhir::mark(claim, head.simulated);
  claim["status"] = "draft";
  claim["type"] =
      fhir::codeable("http://terminology.hl7.org/CodeSystem/claim-type", "professional", "Professional");
  claim["use"] = "claim";
  claim["patient"] = fhir::reference_to("Patient", head.patient);
  claim["billablePeriod"] = {{"start", day_text(*first)}, {"end", day_text(*last)}};
  claim["created"] = head.created;
  claim["provider"] = fhir::reference_to("Practitioner", head.practitioner);
  claim["priority"] =
      fhir::codeable("http://terminology.hl7.org/CodeSystem/processpriority", "normal", "Normal");
  claim["supportingInfo"] = std::move(support).take();
  // R4 wants one; the record keeps no Coverage.
  claim["insurance"] = Json::array({Json{
      {"sequence", 1}, {"focal", true}, {"coverage", {{"display", "to be filled in: not in this record"}}}}});
  claim["item"] = std::move(items);
  return claim;
}

std::string csv_header() {
  return csv_line({"patient", "code", "units", "from", "to", "state", "rule", "reasons", "evidence"});
}

std::string csv_lines(std::span<const Line> lines, std::string_view patient) {
  std::string text;
  const auto add = [](std::string& all, std::string_view one) {
    all += (all.empty() ? "" : " ") + std::string{one};
  };
  for (const Line& line : lines) {
    std::string reasons;
    std::string evidence;
    for (const Reason& reason : line.reasons) add(reasons, name(reason.why));
    for (const std::string& reference : line.evidence) add(evidence, reference);
    text += csv_line({std::string{patient}, line.code, std::to_string(line.units), day_text(line.from),
                      day_text(line.to), std::string{name(line.state)}, line.rules + "/" + line.row, reasons,
                      evidence});
  }
  return text;
}

}  // namespace reprise::care::billing
