// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/measurement_json.h"

#include "session/session_json_reader.h"
#include "session/session_json_writer.h"

namespace reprise::session {

template <>
struct Words<MeasurementKind> {
  static constexpr auto kNames = kMeasurementKindNames;
};
template <>
struct Words<SignalSourceKind> {
  static constexpr std::array<std::string_view, 4> kNames = {"sensors", "simulated", "camera", "entered"};
};
template <>
struct Words<DeviceKind> {
  static constexpr std::array<std::string_view, 6> kNames = kDeviceKindNames;
};

namespace {

constexpr std::string_view kMeasurementSchema = "reprise.measurement/";
constexpr const char* kReadingMeasurement = "reading measurement.json";
constexpr const char* kMeasureAgain = "measure the recording again, or use an unchanged copy of the file";
constexpr std::size_t kMostMeasurementBytes = 64U * 1024 * 1024;
constexpr int kMoreDecimals = 8;  // than a reader is shown: others compare with their own programs

// Files hold values in the unit of display: shared by the writer, whose `value` is the engine's, and the
// reader, whose `value` is filled.
template <class Archive>
void in_display_unit(Archive& a, const char* key, SignalMeasure measure, double& value) {
  const SignalMeasureInfo& facts = info(measure);
  double shown = value * facts.factor;
  a.number(key, shown, facts.decimals + kMoreDecimals);
  value = shown / facts.factor;
}

template <class Archive>
void in_display_unit(Archive& a, const char* key, SignalMeasure measure, std::optional<double>& value) {
  const SignalMeasureInfo& facts = info(measure);
  std::optional<double> shown;
  if (value) shown = *value * facts.factor;
  a.number(key, shown, facts.decimals + kMoreDecimals);
  if (shown) value = *shown / facts.factor;
}

template <class Archive>
void measure_name(Archive& a, const char* key, SignalMeasure& measure) {
  std::string name{info(measure).name};
  a.text(key, name);
  if (const auto known = signal_measure_from_name(name)) {
    measure = *known;
  } else {
    a.refuse(key, "must be the name of a measure that this version knows");
  }
}

template <class Archive>
void fields(Archive& a, SignalSource& s) {
  a.choice("kind", s.kind);
  a.texts("files", s.files);
  a.text_or_null("sha256", s.sha256);
  a.text_or_null("recorded_at", s.recorded_at);
  a.text_or_null("options", s.options);
  a.seconds("duration_s", s.duration);
}

template <class Archive>
void fields(Archive& a, SensorUsed& s) {
  a.text("position", s.position);
  a.text("channels", s.channels);
  std::optional<Hertz> rate = s.rate;
  a.hertz("rate_hz", rate);
  s.rate = rate.value_or(Hertz{0});
  a.seconds("measured_s", s.measured);
}

template <class Archive>
void share(Archive& a, const char* key, std::optional<double>& value) {
  constexpr int kDecimals = 4;
  a.number(key, value, kDecimals);
  if (value && !(*value >= 0 && *value <= 1)) a.refuse(key, "must be a share from 0 to 1");
}

template <class Archive>
void fields(Archive& a, DeviceUsed& d) {
  a.choice("kind", d.kind);
  a.text_or_null("name", d.name);
  share(a, "battery", d.battery);
  share(a, "usable", d.usable);
  share(a, "no_contact", d.no_contact);
  a.texts("notices", d.notices);
  constexpr std::size_t kMostNoticeBytes = 40;
  for (const std::string& notice : d.notices) {
    const bool is_name = !notice.empty() && notice.size() <= kMostNoticeBytes &&
                         notice.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    if (!is_name) a.refuse("notices", "must be names in lower case");
  }
}

template <class Archive>
void fields(Archive& a, Reference& r, SignalMeasure measure) {
  in_display_unit(a, "low", measure, r.low);
  in_display_unit(a, "high", measure, r.high);
  a.text("population", r.population);
  a.text("source", r.source);
  a.if_there("mean", r.mean.has_value(), [&] { in_display_unit(a, "mean", measure, r.mean); });
  if (!r.low && !r.high && !r.mean) a.refuse("low", "must be a number where high and mean are none");
  if (r.low && r.high && *r.low > *r.high) a.refuse("low", "must not be above high");
}

template <class Archive>
void fields(Archive& a, MeasuredValue& v) {
  measure_name(a, "measure", v.measure);
  std::string unit{info(v.measure).ucum};
  a.text("unit", unit);
  if (unit != info(v.measure).ucum) a.refuse("unit", "must be the UCUM unit of the measure");
  a.side("side", v.side, false);
  a.text_or_null("part", v.part);
  in_display_unit(a, "value", v.measure, v.value);
  in_display_unit(a, "uncertainty", v.measure, v.uncertainty);
  in_display_unit(a, "spread", v.measure, v.spread);
  a.count("count", v.count);
  a.flag("primary", v.primary);
  a.if_there("entered", v.entered, [&] { a.flag("entered", v.entered); });
  a.if_there("device", v.device.has_value(), [&] { a.choice("device", v.device); });
  a.if_there("reference", v.reference.has_value(), [&] {
    if (!v.reference) v.reference.emplace();
    a.group("reference", [&](auto& g) { fields(g, *v.reference, v.measure); });
  });
}

template <class Archive>
void fields(Archive& a, MeasuredEvent& e, const std::vector<SignalMeasure>& columns) {
  a.seconds("start_s", e.start);
  a.seconds("end_s", e.end);
  a.side("side", e.side, false);
  a.text_or_null("part", e.part);
  a.text_or_null("note", e.note);
  a.group("values", [&](auto& g) {
    e.values.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
      in_display_unit(g, std::string{info(columns[i]).name}.c_str(), columns[i], e.values[i]);
  });
}

template <class Archive>
void columns_of(Archive& a, EventTable& t) {
  std::vector<std::string> names;
  for (const SignalMeasure column : t.columns) names.emplace_back(info(column).name);
  const std::size_t written = names.size();
  a.texts("columns", names);
  if (names.size() == written) return;
  for (const std::string& name : names) {
    if (const auto known = signal_measure_from_name(name)) {
      t.columns.push_back(*known);
    } else {
      a.refuse("columns", "must be names of measures that this version knows");
    }
  }
}

template <class Archive>
void fields(Archive& a, EventTable& t) {
  a.text("events", t.events);
  columns_of(a, t);
  a.list("rows", t.rows, [&](auto& item, MeasuredEvent& e) { fields(item, e, t.columns); });
}

template <class Archive>
void fields(Archive& a, SignalPlot& p) {
  a.text("name", p.name);
  a.text_or_null("part", p.part);
  a.text("x_unit", p.x_unit);
  a.text_or_null("y_unit", p.y_unit);
  a.flag("over_time", p.over_time);
  a.list("lines", p.lines, [](auto& item, PlotLine& line) {
    item.text("name", line.name);
    item.side("side", line.side, false);
    item.flag("breaks_allowed", line.breaks_allowed);
    item.numbers("x", line.x, 4);
    item.numbers("y", line.y, 4);
    if (line.x.size() != line.y.size()) item.refuse("y", "must have one value for each of x");
  });
  a.list("marks", p.marks, [](auto& item, PlotMark& mark) {
    item.text("name", mark.name);
    item.number("x", mark.x, 4);
    item.number("y", mark.y, 4);
    item.side("side", mark.side, false);
  });
  a.list("spans", p.spans, [](auto& item, PlotSpan& span) {
    item.text("name", span.name);
    item.number("from", span.from, 4);
    item.number("to", span.to, 4);
  });
  a.if_there("bands", !p.bands.empty(), [&] {
    a.list("bands", p.bands, [](auto& item, PlotBand& band) {
      item.text("of", band.of);
      item.text("source", band.source);
      item.numbers("x", band.x, 4);
      item.numbers("low", band.low, 4);
      item.numbers("high", band.high, 4);
      if (band.low.size() != band.x.size() || band.high.size() != band.x.size())
        item.refuse("x", "must have as many values as low and high");
    });
  });
}

template <class Archive>
void fields(Archive& a, MeasurementDocument& d) {
  a.schema("schema", kMeasurementSchema, kMeasurementVersion);
  a.derived("simulated", d.source.kind == SignalSourceKind::simulated, "source.kind");
  a.text("engine_version", d.engine_version);
  a.choice("kind", d.kind);
  a.text("method", d.method);
  a.if_there("method_code", !d.method_code.empty(), [&] { a.text("method_code", d.method_code); });
  a.group("source", [&](auto& g) { fields(g, d.source); });
  a.list("sensors", d.sensors, [](auto& item, SensorUsed& s) { fields(item, s); });
  a.if_there("devices", !d.devices.empty(), [&] {
    a.list("devices", d.devices, [](auto& item, DeviceUsed& device) { fields(item, device); });
  });
  a.list("warnings", d.warnings, [](auto& item, Warning& w) {
    item.text("code", w.code);
    item.text("text", w.text);
    item.text_or_null("remedy", w.remedy);
  });
  a.if_there("findings", !d.findings.empty(), [&] {
    a.list("findings", d.findings, [](auto& item, Finding& f) {
      item.text("code", f.code);
      item.side("side", f.side, false);
      item.text("text", f.text);
      item.text("evidence", f.evidence);
      item.text("limit", f.limit);
      item.flag("certain", f.certain);
    });
  });
  a.texts("not_measured", d.not_measured);
  a.list("values", d.values, [](auto& item, MeasuredValue& v) { fields(item, v); });
  a.list("tables", d.tables, [](auto& item, EventTable& t) { fields(item, t); });
  a.list("plots", d.plots, [](auto& item, SignalPlot& p) { fields(item, p); });
}

}  // namespace

Result<std::string> to_measurement_json(const MeasurementDocument& document) {
  MeasurementDocument copy = document;
  std::optional<std::string> problem;
  Writer writer{"", problem};
  fields(writer, copy);
  if (problem) {
    return fail(ErrorCode::corrupt, "writing measurement.json", *problem,
                "this is an error in the program: please report it with the input");
  }
  return laid_out(writer.take());
}

Result<MeasurementDocument> parse_measurement_json(std::string_view text) {
  if (text.size() > kMostMeasurementBytes) {
    return fail(ErrorCode::corrupt, kReadingMeasurement, "the file is larger than 64 MiB",
                "give a measurement.json that reprise wrote");
  }
  std::vector<json::Problem> problems;
  const auto json = json::parse_strict(text, "measurement.json", problems,
                                       {.max_bytes = kMostMeasurementBytes, .max_text_bytes = 8000});
  const auto corrupt_at = [](const json::Problem& p) {
    const std::string where = p.path.empty() ? "the file" : p.path;
    return Error{ErrorCode::corrupt, kReadingMeasurement, where + " is " + p.found + ", but " + p.limit,
                 kMeasureAgain};
  };
  if (!problems.empty()) return tl::unexpected(corrupt_at(problems.front()));
  const std::string expected = std::string{kMeasurementSchema} + std::to_string(kMeasurementVersion);
  if (!json.is_object() || !json.contains("schema") || json["schema"] != expected) {
    return fail(ErrorCode::unsupported, kReadingMeasurement, "the field schema is not " + expected,
                "give a measurement.json of this version of reprise");
  }
  MeasurementDocument document;
  std::optional<json::Problem> problem;
  Reader reader{json, "", problem};
  fields(reader, document);
  reader.finish();
  if (problem) return tl::unexpected(corrupt_at(*problem));
  return document;
}

}  // namespace reprise::session
