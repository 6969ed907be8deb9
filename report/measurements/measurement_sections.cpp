// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/charts/signal_chart.h"
#include "report/html/format.h"
#include "report/measurements/measurement_page.h"
#include "report/sections/page.h"
#include "report/sections/table.h"
#include "session/measurements/daily_walking.h"

namespace reprise::report {
namespace {

using session::MeasuredValue;

// The values of one measure in one place: both sides, or the whole.
struct TileValues {
  session::SignalMeasure measure;
  std::string part;
  std::vector<const MeasuredValue*> values;
};

std::vector<TileValues> primary_values(const session::MeasurementDocument& d) {
  std::vector<TileValues> tiles;
  for (const MeasuredValue& value : d.values) {
    if (!value.primary) continue;
    const auto found = std::find_if(tiles.begin(), tiles.end(), [&](const TileValues& t) {
      return t.measure == value.measure && t.part == value.part;
    });
    if (found != tiles.end()) {
      found->values.push_back(&value);
    } else {
      tiles.push_back({value.measure, value.part, {&value}});
    }
  }
  return tiles;
}

std::string uncertainty_note(const MeasuredValue& value) {
  if (!value.uncertainty) return {};
  return "±\u00a0" + shown_value(value.measure, *value.uncertainty);
}

// "≥ 10", "≤ 12.00 s", "140 to 180°".
std::string limits_text(const MeasurementPage& page, const MeasuredValue& value) {
  const session::Reference& r = *value.reference;
  if (!r.low && !r.high) return shown_value(value.measure, *r.mean);
  if (r.low && r.high) {
    return page.words("measured.reference_between", {{"low", shown_number(value.measure, *r.low)},
                                                     {"high", shown_value(value.measure, *r.high)}});
  }
  return r.low ? "≥\u00a0" + shown_value(value.measure, *r.low)
               : "≤\u00a0" + shown_value(value.measure, *r.high);
}

// Where the value lies, and what that is held against; empty: no reference.
std::string reference_note(const MeasurementPage& page, const MeasuredValue& value) {
  const auto against = session::against_reference(value);
  if (!against) return {};
  const std::string key = "measured.reference_" +
                          std::string{session::kAgainstReferenceNames[static_cast<std::size_t>(*against)]};
  return page.words(key.c_str(), {{"limits", limits_text(page, value)},
                                  {"population", value.reference->population},
                                  {"source", value.reference->source}});
}

void value_tile(const MeasurementPage& page, const TileValues& tile) {
  const session::SignalMeasureInfo& facts = session::info(tile.measure);
  std::string text;
  std::vector<std::string> notes;
  for (const MeasuredValue* value : tile.values) {
    if (!text.empty()) text += "\u2002";
    if (value->side)
      text += page.words(*value->side == engine::Side::left ? "side.left_short" : "side.right_short") + ' ';
    text += shown_number(tile.measure, value->value);
  }
  // A long unit, or one of two values, stands in the label: the number stays large.
  constexpr std::size_t kShortUnit = 5;
  const bool unit_in_label = tile.values.size() > 1 || facts.unit.size() > kShortUnit;
  if (!facts.unit.empty() && !unit_in_label)
    text += (facts.unit == "°" ? "" : "\u00a0") + std::string{facts.unit};
  const auto widest = std::max_element(
      tile.values.begin(), tile.values.end(),
      [](const auto* a, const auto* b) { return a->uncertainty.value_or(-1) < b->uncertainty.value_or(-1); });
  notes.push_back(uncertainty_note(**widest));
  std::string counts;
  for (const MeasuredValue* value : tile.values) {
    if (value->count > 0) counts += (counts.empty() ? "" : " + ") + std::to_string(value->count);
  }
  if (!counts.empty()) notes.push_back(page.words("measured.count", {{"n", counts}}));
  for (const MeasuredValue* value : tile.values) {
    std::string note = reference_note(page, *value);
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
  }
  page.html.open("div");
  std::string label =
      (tile.part.empty() ? "" : signal_words(page.words, tile.part) + ": ") + std::string{facts.label};
  if (unit_in_label && !facts.unit.empty()) label += " (" + std::string{facts.unit} + ')';
  page.html.leaf("dt", label);
  page.html.open("dd").leaf("strong", {{"class", text.size() > 16 ? "long" : "short"}}, text);
  for (const std::string& note : notes) {
    if (!note.empty()) page.html.leaf("span", note);
  }
  page.html.close().close();
}

std::string time_text(Seconds time) {
  return fixed(time.value(), 2);
}

void event_table(const MeasurementPage& page, const session::EventTable& events) {
  const bool with_side =
      std::any_of(events.rows.begin(), events.rows.end(), [](const auto& e) { return e.side.has_value(); });
  const bool with_part =
      std::any_of(events.rows.begin(), events.rows.end(), [](const auto& e) { return !e.part.empty(); });
  const bool with_time =
      std::any_of(events.rows.begin(), events.rows.end(), [](const auto& e) { return e.end > Seconds{0}; });
  std::vector<std::string> columns = {page.words("table.number")};
  if (with_time) {
    columns.push_back(page.words("measured.from_s"));
    columns.push_back(page.words("measured.to_s"));
  }
  if (with_side || with_part) columns.push_back(page.words("measured.subject"));
  for (const session::SignalMeasure column : events.columns) {
    const session::SignalMeasureInfo& facts = session::info(column);
    columns.push_back(std::string{facts.label} +
                      (facts.unit.empty() ? "" : " (" + std::string{facts.unit} + ')'));
  }
  const bool with_note =
      std::any_of(events.rows.begin(), events.rows.end(), [](const auto& e) { return !e.note.empty(); });
  if (with_note) columns.push_back(page.words("measured.note"));
  Table table{page.html, page.words, columns};
  table.begin(page.words("measured.table_" + events.events));
  for (std::size_t i = 0; i < events.rows.size(); ++i) {
    const session::MeasuredEvent& e = events.rows[i];
    table.begin_row(e.note.empty() ? "counted" : "uncounted");
    table.head(std::to_string(i + 1));
    if (with_time) {
      table.cell(time_text(e.start));
      table.cell(time_text(e.end));
    }
    if (with_side || with_part) table.cell(subject_words(page, e.side, e.part), "text");
    for (std::size_t k = 0; k < events.columns.size(); ++k) {
      const auto& value = e.values[k];
      table.cell(value ? shown_number(events.columns[k], *value) : "");
    }
    if (with_note) {
      table.open_cell("text");
      page.html.text(e.note.empty() ? "" : signal_words(page.words, e.note)).close();
    }
    table.end_row();
  }
  table.end();
}

std::optional<Side> common_side(const session::SignalPlot& plot) {
  if (plot.lines.empty()) return std::nullopt;
  const auto side = plot.lines.front().side;
  const bool common = std::all_of(plot.lines.begin(), plot.lines.end(),
                                  [&](const session::PlotLine& line) { return line.side == side; });
  return common ? side : std::nullopt;
}

}  // namespace

void measurement_summary(const MeasurementPage& page) {
  open_section(page.html, page.words, "summary", "summary.heading");
  const auto tiles = primary_values(page.document);
  if (tiles.empty()) page.html.leaf("p", {{"class", "lead"}}, page.words("measured.nothing"));
  page.html.open("dl", {{"class", "tiles"}});
  for (const TileValues& tile : tiles) value_tile(page, tile);
  page.html.close().close();
}

void measurement_warnings(const MeasurementPage& page) {
  if (page.document.warnings.empty()) return;
  open_section(page.html, page.words, "warnings", "warnings.heading");
  warning_list(page.html, page.document.warnings);
  page.html.close();
}

void measurement_findings(const MeasurementPage& page) {
  if (page.document.findings.empty()) return;
  open_section(page.html, page.words, "findings", "measured.findings");
  page.html.leaf("p", {{"class", "lead"}}, page.words("measured.findings_note"));
  page.html.open("dl");
  for (const session::Finding& finding : page.document.findings) {
    page.html.leaf("dt", finding.text);
    page.html.leaf("dd", page.words("measured.finding_text",
                                    {{"evidence", finding.evidence}, {"limit", finding.limit}}));
    if (!finding.certain) page.html.leaf("dd", page.words("measured.finding_unsure"));
  }
  page.html.close().close();
}

void measurement_plots(const MeasurementPage& page) {
  if (page.document.plots.empty()) return;
  open_section(page.html, page.words, "signals", "measured.plots");
  for (const session::SignalPlot& plot : page.document.plots) {
    const std::string unit = plot.y_unit.empty() ? "" : " (" + plot.y_unit + ')';
    // Lines of one side are named by the title; of both, by a legend.
    const auto side = common_side(plot);
    const std::string subject = subject_words(page, side, plot.part);
    const std::string title =
        signal_words(page.words, plot.name) + unit + (subject.empty() ? "" : ", " + subject);
    draw_signal_chart(page.html, page.words, plot, title,
                      page.words("measured.plot_description", {{"plot", title}}));
  }
  page.html.close();
}

void measurement_values(const MeasurementPage& page) {
  const std::vector<MeasuredValue>& values = page.document.values;
  if (values.empty()) return;
  open_section(page.html, page.words, "values", "measured.values");
  const bool with_reference = std::any_of(values.begin(), values.end(),
                                          [](const MeasuredValue& v) { return v.reference.has_value(); });
  std::vector<std::string> columns = {page.words("measured.measure"), page.words("measured.subject"),
                                      page.words("measured.value"),   page.words("measured.uncertainty"),
                                      page.words("measured.spread"),  page.words("measured.n")};
  if (with_reference) columns.push_back(page.words("measured.reference"));
  Table table{page.html, page.words, columns};
  table.begin(page.words("measured.values_note"));
  for (const MeasuredValue& value : values) {
    table.begin_row("counted");
    table.head(std::string{session::info(value.measure).label});
    table.open_cell("text");
    page.html.text(subject_words(page, value.side, value.part)).close();
    table.cell(shown_value(value.measure, value.value));
    const auto optional_cell = [&](const std::optional<double>& number) {
      table.open_cell("number");
      page.html.text(number ? shown_number(value.measure, *number) : "").close();
    };
    optional_cell(value.uncertainty);
    optional_cell(value.spread);
    table.open_cell("number");
    page.html.text(value.count > 0 ? std::to_string(value.count) : "").close();
    if (with_reference) {
      table.open_cell("text");
      page.html.text(reference_note(page, value)).close();
    }
    table.end_row();
  }
  table.end();
  page.html.close();
}

void measurement_tables(const MeasurementPage& page) {
  for (const session::EventTable& events : page.document.tables) {
    if (events.rows.empty()) continue;
    // Drawn by measurement_days.
    if (events.events == session::kDaysTable || events.events == session::kWearTable) continue;
    constexpr std::size_t kShownAtOnce = 12;
    constexpr std::size_t kMostShown = 500;
    open_section(page.html, page.words, ("table-" + events.events).c_str(),
                 ("measured.heading_" + events.events).c_str());
    if (events.rows.size() > kMostShown) {  // thousands of rows are for a spreadsheet
      page.html.leaf("p", page.words("measured.in_table", {{"n", std::to_string(events.rows.size())},
                                                           {"file", events.events + ".csv"}}));
      page.html.close();
      continue;
    }
    const bool folded = events.rows.size() > kShownAtOnce;
    if (folded) {
      page.html.open("details").leaf(
          "summary", page.words("measured.show_rows", {{"n", std::to_string(events.rows.size())}}));
    }
    event_table(page, events);
    if (folded) page.html.close();
    page.html.close();
  }
}

namespace {

const char* source_key(session::SignalSourceKind kind) {
  switch (kind) {
    case session::SignalSourceKind::simulated: return "measured.source_simulated";
    case session::SignalSourceKind::camera: return "measured.source_camera";
    case session::SignalSourceKind::entered: return "measured.source_entered";
    case session::SignalSourceKind::sensors: break;
  }
  return "measured.source_sensors";
}

}  // namespace

void measurement_trust(const MeasurementPage& page) {
  const session::MeasurementDocument& d = page.document;
  open_section(page.html, page.words, "trust", "trust.heading");
  page.html.open("dl", {{"class", "explained"}});
  explained(page.html, page.words, "measured.method_heading", d.method);
  explained(page.html, page.words, "trust.uncertainty_heading", page.words("measured.uncertainty_text"));
  std::string missing;
  for (const std::string& what : d.not_measured) missing += (missing.empty() ? "" : "; ") + what;
  if (!missing.empty()) explained(page.html, page.words, "trust.not_measured_heading", missing);
  explained(page.html, page.words, "trust.review_heading", page.words("measured.review"));
  explained(page.html, page.words, "trust.device_heading", page.words("trust.device"));
  page.html.close().close();
}

void measurement_provenance(const MeasurementPage& page) {
  const session::MeasurementDocument& d = page.document;
  open_section(page.html, page.words, "provenance", "provenance.heading");
  page.html.open("dl", {{"class", "provenance"}});
  origin(page.html, page.words, "provenance.source", page.words(source_key(d.source.kind)));
  for (const std::string& file : d.source.files) origin(page.html, page.words, "provenance.file", file);
  origin(page.html, page.words, "provenance.recorded", d.source.recorded_at);
  origin(page.html, page.words, "provenance.options", d.source.options);
  for (const session::SensorUsed& sensor : d.sensors) {
    origin(page.html, page.words, "measured.sensor",
           page.words("measured.sensor_text", {{"position", signal_words(page.words, sensor.position)},
                                               {"channels", sensor.channels},
                                               {"rate", fixed(sensor.rate.value(), 1)},
                                               {"time", moment_text(sensor.measured)}}));
  }
  origin(page.html, page.words, "provenance.engine", "Reprise " + d.engine_version);
  origin(page.html, page.words, "provenance.file_hash", d.source.sha256, "fact hash");
  page.html.close().close();
}

}  // namespace reprise::report
