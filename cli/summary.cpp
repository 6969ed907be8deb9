// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace reprise::cli {
std::string range_words(const session::MeasuredRange& range) {
  const engine::MeasureInfo& about = engine::info(range.measure);
  if (about.unit == engine::MeasureUnit::ratio)
    return fmt::format("{:.2f} to {:.2f} (±{:.2f})", range.min, range.max, range.uncertainty);
  return fmt::format("{:.0f} to {:.0f}° (±{:.0f}°)", engine::in_degrees(range.measure, range.min),
                     engine::in_degrees(range.measure, range.max),
                     engine::in_degrees(range.measure, range.uncertainty));
}

void print_summary(const session::SessionDocument& d, const std::filesystem::path& input,
                   const std::filesystem::path& folder) {
  fmt::print("{}: {}{}\n", input.filename().string(), d.exercise.facts.name,
             d.source.kind == session::SourceKind::simulated ? "  [SIMULATED: no person]" : "");
  fmt::print("  complete {}", d.exercise.summary.repetitions_complete);
  if (d.exercise.summary.repetitions_partial > 0)
    fmt::print(", partial {}", d.exercise.summary.repetitions_partial);
  if (d.exercise.summary.repetitions_open > 0)
    fmt::print(", cut off by the end {}", d.exercise.summary.repetitions_open);
  if (d.exercise.prescribed_side) fmt::print(", {} side", engine::name(*d.exercise.prescribed_side));
  fmt::print("\n");
  if (const auto& best = d.exercise.summary.best_range)
    fmt::print("  best   {} {}\n", engine::info(best->measure).label, range_words(*best));
  if (d.exercise.summary.mean_quality)
    fmt::print("  quality {:.0f} of 100 (mean of the complete ones)\n", *d.exercise.summary.mean_quality);
  for (const session::Warning& warning : d.warnings) {
    fmt::print("  ! {}{}{}\n", warning.text, warning.remedy.empty() ? "" : " ", warning.remedy);
  }
  fmt::print("  report {}\n", (folder / "report.html").string());
}

nlohmann::ordered_json summary_json(const session::SessionDocument& d, const std::filesystem::path& input,
                                    const std::filesystem::path& folder) {
  nlohmann::ordered_json j;
  j["input"] = input.string();
  j["folder"] = folder.string();
  j["exercise"] = d.exercise.facts.id;
  j["simulated"] = d.source.kind == session::SourceKind::simulated;
  j["repetitions_complete"] = d.exercise.summary.repetitions_complete;
  j["repetitions_partial"] = d.exercise.summary.repetitions_partial;
  j["repetitions_open"] = d.exercise.summary.repetitions_open;
  j["mean_quality"] = nullptr;
  if (d.exercise.summary.mean_quality) j["mean_quality"] = *d.exercise.summary.mean_quality;
  j["best_range"] = nullptr;
  if (const auto& range = d.exercise.summary.best_range) {
    const engine::MeasureInfo& about = engine::info(range->measure);
    const std::string unit = about.unit == engine::MeasureUnit::radian ? "_deg" : "";
    j["best_range"] = {{"measure", about.name},
                       {"min" + unit, engine::in_degrees(range->measure, range->min)},
                       {"max" + unit, engine::in_degrees(range->measure, range->max)},
                       {"uncertainty" + unit, engine::in_degrees(range->measure, range->uncertainty)}};
  }
  j["warnings"] = nlohmann::ordered_json::array();
  for (const session::Warning& w : d.warnings) {
    j["warnings"].push_back({{"code", w.code}, {"text", w.text}, {"remedy", w.remedy}});
  }
  return j;
}

nlohmann::ordered_json error_json(const Error& error, const std::filesystem::path& input) {
  return {{"input", input.string()},
          {"code", to_string(error.code)},
          {"stage", error.stage},
          {"cause", error.cause},
          {"remedy", error.remedy}};
}

}  // namespace reprise::cli
