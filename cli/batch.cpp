// SPDX-License-Identifier: Apache-2.0
#include "cli/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "cli/summary.h"
#include "pipeline/outputs.h"
#include "report/combined/combined_report.h"
#include "session/document_json.h"

namespace reprise::cli {
namespace {

std::string quality_text(const session::SessionDocument& d) {
  return d.exercise.summary.mean_quality ? fmt::format("{:.0f}", *d.exercise.summary.mean_quality) : "-";
}

std::string model_names(const session::SessionDocument& d) {
  std::string names;
  for (const session::ModelUsed& model : d.models) names += (names.empty() ? "" : "; ") + model.name;
  return names;
}

std::string warning_codes(const session::SessionDocument& d) {
  std::string codes;
  for (const session::Warning& warning : d.warnings) codes += (codes.empty() ? "" : "; ") + warning.code;
  return codes;
}

// Quoted where it must be; what a spreadsheet would take for a formula is made text.
std::string cell(std::string text) {
  if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos)
    text.insert(0, 1, '\'');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
  return quoted + '"';
}

std::string number(const std::optional<double>& value, int decimals) {
  return value ? fmt::format("{:.{}f}", *value, decimals) : "";
}

std::vector<std::string> result_cells(const session::SessionDocument& d) {
  const session::Summary& s = d.exercise.summary;
  std::vector<std::string> cells = {d.exercise.facts.id,
                                    std::to_string(d.exercise.facts.version),
                                    d.source.kind == session::SourceKind::simulated ? "1" : "0",
                                    d.source.recorded_at,
                                    std::to_string(s.repetitions_complete),
                                    std::to_string(s.repetitions_partial),
                                    std::to_string(s.repetitions_open),
                                    std::to_string(s.other_movements),
                                    number(s.mean_quality, 1)};
  const int decimals = engine::is_angle(d.exercise.definition.primary.measure) ? 1 : 3;
  for (double session::MeasuredRange::*part :
       {&session::MeasuredRange::min, &session::MeasuredRange::max, &session::MeasuredRange::uncertainty}) {
    const auto& range = s.best_range;
    cells.push_back(number(
        range ? std::optional{engine::in_degrees(range->measure, (*range).*part)} : std::nullopt, decimals));
  }
  cells.push_back(d.exercise.view ? std::string{name(*d.exercise.view)} : "");
  cells.push_back(model_names(d));
  cells.push_back(d.engine_version);
  cells.push_back(warning_codes(d));
  return cells;
}

std::string heading(const session::SessionDocument& d) {
  const engine::MeasureInfo& about = engine::info(d.exercise.definition.primary.measure);
  const std::string unit = about.unit == engine::MeasureUnit::radian ? "deg" : "ratio";
  std::string range;
  for (const char* part : {"min", "max", "uncertainty"})
    range += fmt::format(",best_{}_{}_{}", about.name, part, unit);
  return "input,status,folder,exercise,exercise_version,simulated,recorded_at,repetitions_complete,"
         "repetitions_partial,repetitions_open,other_movements,mean_quality" +
         range + ",view,models,engine_version,warnings,error\n";
}

const session::SessionDocument* first_document(std::span<const BatchEntry> entries) {
  for (const BatchEntry& entry : entries) {
    if (entry.document) return &*entry.document;
  }
  return nullptr;
}

// Rounds as session.json does, so that new and stored results give the same page.
session::SessionDocument as_written(const session::SessionDocument& document) {
  auto read = session::to_session_json(document).and_then(
      [](const std::string& text) { return session::parse_session_json(text); });
  if (!read) return document;
  return std::move(*read);
}

std::string status(const BatchEntry& entry) {
  if (!entry.document) return "failed";
  return entry.kept ? "kept" : "analyzed";
}

}  // namespace

void print_batch(std::span<const BatchEntry> entries) {
  constexpr std::size_t kLongestName = 36;
  std::size_t width = 4;
  std::vector<std::string> names;
  for (const BatchEntry& entry : entries) {
    std::string name = entry.input.filename().string();
    if (name.size() > kLongestName) name = name.substr(0, kLongestName - 3) + "...";
    width = std::max(width, name.size());
    names.push_back(std::move(name));
  }
  fmt::print("\n{:<{}}  complete  partial  open  quality  {:<22}  warnings\n", "file", width, "range");
  std::array<std::size_t, 3> counts{};  // analyzed, kept, failed
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const BatchEntry& entry = entries[i];
    ++counts[entry.document ? (entry.kept ? 1 : 0) : 2];
    if (!entry.document) {
      fmt::print("{:<{}}  failed: {}\n", names[i], width, to_string(entry.error->code));
      continue;
    }
    const session::SessionDocument& d = *entry.document;
    fmt::print("{:<{}}  {:>8}  {:>7}  {:>4}  {:>7}  {:<22}  {:>8}\n", names[i], width,
               d.exercise.summary.repetitions_complete, d.exercise.summary.repetitions_partial,
               d.exercise.summary.repetitions_open, quality_text(d),
               d.exercise.summary.best_range ? range_words(*d.exercise.summary.best_range) : "-",
               d.warnings.size());
  }
  fmt::print("{} analyzed", counts[0]);
  if (counts[1] > 0) fmt::print(", {} kept from an earlier run (--again makes them anew)", counts[1]);
  if (counts[2] > 0) fmt::print(", {} failed (see above)", counts[2]);
  fmt::print("\n");
}

std::string batch_csv(std::span<const BatchEntry> entries) {
  const session::SessionDocument* const first = first_document(entries);
  std::string out = heading(first != nullptr ? *first : session::SessionDocument{});
  constexpr std::size_t kResultCells = 16;
  for (const BatchEntry& entry : entries) {
    out += cell(entry.input.filename().string()) + ',' + status(entry) + ',' +
           cell(entry.document ? entry.folder.filename().string() : "");
    std::vector<std::string> cells(kResultCells);
    if (entry.document) cells = result_cells(*entry.document);
    for (const std::string& one : cells) out += ',' + cell(one);
    out += ',' + cell(entry.error ? entry.error->cause : "") + '\n';
  }
  return out;
}

Result<void> write_batch(const std::filesystem::path& out, std::span<const BatchEntry> entries) {
  if (first_document(entries) == nullptr) return {};
  std::vector<report::CombinedSession> sessions;
  report::CombinedOptions options;
  for (const BatchEntry& entry : entries) {
    const std::string name = entry.input.filename().string();
    if (!entry.document) {
      options.failed.push_back({name, entry.error->cause});
      continue;
    }
    const std::string link = (entry.folder.lexically_relative(out) / "report.html").generic_string();
    sessions.push_back(
        {name, link, local_day(entry.document->source.recorded_at), as_written(*entry.document)});
  }
  return pipeline::write_outputs(
      out, {{kBatchTable, batch_csv(entries)},
            {kBatchReport, report::render_combined_report(std::move(sessions), options)}});
}

std::string local_day(const std::string& recorded_at) {
  static constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};
  std::tm utc{};
  char z = 0;
  const int read = std::sscanf(recorded_at.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%c", &utc.tm_year, &utc.tm_mon,
                               &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &z);
  if (read != 7 || z != 'Z') return {};
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  const std::time_t instant = timegm(&utc);
  std::tm local{};
  if (localtime_r(&instant, &local) == nullptr) return {};
  return fmt::format("{} {} {}", local.tm_mday, kMonths[static_cast<std::size_t>(local.tm_mon)],
                     local.tm_year + 1900);
}

}  // namespace reprise::cli
