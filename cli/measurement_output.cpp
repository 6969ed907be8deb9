// SPDX-License-Identifier: Apache-2.0
#include "cli/measurement_output.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "care/outcome/measurement_observations.h"
#include "cli/summary.h"
#include "fhir/model/date_time.h"
#include "pipeline/measurements.h"
#include "record/content/content.h"
#include "sensing/files/sha256.h"
#include "session/measurements/measurement_json.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using session::MeasuredValue;
using session::MeasurementDocument;

std::string number_words(const MeasuredValue& value) {
  const session::SignalMeasureInfo& facts = session::info(value.measure);
  std::string text = fmt::format("{:.{}f}", value.value * facts.factor, facts.decimals);
  if (value.uncertainty) text += fmt::format(" ±{:.{}f}", *value.uncertainty * facts.factor, facts.decimals);
  if (!facts.unit.empty()) text += fmt::format(" {}", facts.unit);
  return text;
}

std::string label_of(const MeasuredValue& value) {
  std::string label{session::info(value.measure).label};
  if (!value.part.empty()) label += ", " + value.part;
  if (value.side) label += *value.side == Side::left ? ", left" : ", right";
  return label;
}

std::string reference_words(const MeasuredValue& value) {
  const auto against = session::against_reference(value);
  if (!against) return {};
  const session::SignalMeasureInfo& facts = session::info(value.measure);
  std::string limits;
  if (value.reference->low)
    limits += fmt::format("at least {:.{}f}", *value.reference->low * facts.factor, facts.decimals);
  if (value.reference->high)
    limits += fmt::format("{}at most {:.{}f}", limits.empty() ? "" : ", ",
                          *value.reference->high * facts.factor, facts.decimals);
  if (*against == session::AgainstReference::mean_only) {
    return fmt::format("    mean of {}: {:.{}f} (source {})\n", value.reference->population,
                       *value.reference->mean * facts.factor, facts.decimals, value.reference->source);
  }
  const std::string_view where = *against == session::AgainstReference::unsure
                                     ? "too close to tell from"
                                     : session::kAgainstReferenceNames[static_cast<std::size_t>(*against)];
  return fmt::format("    {} the reference, {}: {} (source {})\n", where, limits, value.reference->population,
                     value.reference->source);
}

void print_measurement(const MeasurementDocument& d, const fs::path& folder) {
  fmt::print("{}: {}{}\n", fmt::join(d.source.files, ", "), d.method,
             d.source.kind == session::SignalSourceKind::simulated ? "  [SIMULATED: no person]" : "");
  for (const bool primary : {true, false}) {
    for (const MeasuredValue& value : d.values) {
      if (value.primary != primary) continue;
      fmt::print("  {:<42}{:>22}{}\n", label_of(value), number_words(value),
                 value.count > 0 ? fmt::format("   n = {}", value.count) : "");
      fmt::print("{}", reference_words(value));
    }
  }
  for (const session::Finding& finding : d.findings) {
    fmt::print("  finding: {} {}. Limit: {}.{}\n", finding.text, finding.evidence, finding.limit,
               finding.certain ? "" : " Not certain.");
  }
  for (const std::string& what : d.not_measured) fmt::print("  not measured: {}\n", what);
  for (const session::Warning& w : d.warnings)
    fmt::print("  ! {}{}{}\n", w.text, w.remedy.empty() ? "" : " ", w.remedy);
  if (folder.empty()) {
    fmt::print("  --out DIR writes report.html, measurement.json and tables\n");
  } else {
    fmt::print("  report {}\n", (folder / "report.html").string());
  }
}

// Of the same recording, patient and time always the same one, so that a bundle sent twice is known.
std::string measurement_id(const MeasurementDocument& d, const MeasurementOutputOptions& o,
                           const std::string& start) {
  return sensing::uuid_of(d.source.sha256 + '|' + o.patient + '|' + start + '|' + d.method);
}

Result<std::string> bundle_text(const MeasurementDocument& d, const MeasurementOutputOptions& o) {
  const std::string start = o.start.empty() ? d.source.recorded_at : o.start;
  const auto interval = fhir::interval_of(start);
  if (!fhir::is_date_time(start) || !interval || !interval->start_ms) {
    return fail(ErrorCode::invalid_argument, "documenting a measurement",
                start.empty() ? "the file does not say when it was recorded" : "'" + start + "' is no time",
                "give it with its zone: --start 2026-03-14T10:00:00+01:00");
  }
  const auto end_ms = *interval->start_ms + static_cast<std::int64_t>(d.source.duration.value() * 1000);
  const std::string end = record::instant_text(end_ms);
  care::MeasurementContext context{measurement_id(d, o, start), o.patient, start, end, std::nullopt};
  if (!o.request.empty()) context.request = o.request;
  if (o.with_signals) context.recording = measurement_id(d, o, start + "|document");
  const auto bundle = care::measurement_bundle(d, context);
  if (!bundle) return tl::unexpected(bundle.error());
  return bundle->dump(2) + '\n';
}

Result<void> write_results(const MeasurementDocument& d, const MeasurementOutputOptions& o) {
  if (o.out.empty()) return {};
  auto files = pipeline::measurement_outputs(d);
  if (!files) return tl::unexpected(files.error());
  if (!o.patient.empty()) {
    auto bundle = bundle_text(d, o);
    if (!bundle) return tl::unexpected(bundle.error());
    files->push_back({"bundle.json", std::move(*bundle)});
  }
  return pipeline::write_outputs(o.out, *files);
}

}  // namespace

void add_output_options(CLI::App& command, MeasurementOutputOptions& o) {
  CLI::Option* out =
      command.add_option("-o,--out", o.out, "Folder for report.html, measurement.json and tables");
  command
      .add_option("--patient", o.patient,
                  "Id of a Patient: with --out, also write bundle.json for the record")
      ->needs(out);
  command.add_option("--request", o.request, "Id of the ServiceRequest that asked for it");
  command
      .add_flag("--with-signals", o.with_signals,
                "The bundle keeps the document with its plots, too, for the chart")
      ->needs(command.get_option("--patient"));
  command.add_option("--start", o.start, "When it was recorded, with its zone; default: as the file says");
  command.add_flag("--json", o.json, "Print measurement.json");
}

ExitCode put_out(const Result<MeasurementDocument>& document, const fs::path& input,
                 const MeasurementOutputOptions& o) {
  if (!document) {
    if (o.json) fmt::print("{}\n", error_json(document.error(), input).dump(2));
    return report_error(document.error(), input);
  }
  if (auto written = write_results(*document, o); !written) return report_error(written.error());
  if (!o.json) {
    print_measurement(*document, o.out);
    return ExitCode::success;
  }
  const auto text = session::to_measurement_json(*document);
  if (!text) return report_error(text.error());
  fmt::print("{}", *text);
  return ExitCode::success;
}

}  // namespace reprise::cli
