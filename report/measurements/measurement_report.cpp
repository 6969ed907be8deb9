// SPDX-License-Identifier: Apache-2.0
#include "report/measurements/measurement_report.h"

#include "report/charts/signal_chart.h"
#include "report/html/format.h"
#include "report/measurements/measurement_page.h"
#include "report/sections/frame.h"

namespace reprise::report {

namespace {

std::string kind_words(const MeasurementPage& page) {
  const std::string key = "measured." + std::string{session::name(page.document.kind)};
  return page.words(key.c_str());
}

}  // namespace

std::string shown_number(session::SignalMeasure measure, double value) {
  const session::SignalMeasureInfo& facts = session::info(measure);
  return fixed(value * facts.factor, facts.decimals);
}

std::string shown_value(session::SignalMeasure measure, double value) {
  const std::string_view unit = session::info(measure).unit;
  const std::string number = shown_number(measure, value);
  if (number.empty() || unit.empty()) return number;
  return number + (unit == "°" ? "" : "\u00a0") + std::string{unit};
}

std::string subject_words(const MeasurementPage& page, std::optional<engine::Side> side,
                          const std::string& part) {
  std::string text = part.empty() ? "" : signal_words(page.words, part);
  if (!side) return text;
  if (!text.empty()) text += ", ";
  return text + page.words(*side == engine::Side::left ? "side.left" : "side.right");
}

void measurement_masthead(const MeasurementPage& page) {
  const session::MeasurementDocument& d = page.document;
  page.html.open("header", {{"class", "masthead"}});
  page.html.open("p", {{"class", "kicker"}}).leaf("span", page.words("measured.kicker"));
  if (!page.options.date.empty()) page.html.leaf("span", page.options.date);
  page.html.close();
  page.html.leaf("h1", kind_words(page));
  page.html.leaf("p", {{"class", "side"}}, d.method);
  page.html.open("p", {{"class", "facts"}});
  for (const std::string& file : d.source.files) page.html.leaf("bdi", file).text(" · ");
  page.html.text(page.words("head.duration", {{"duration", moment_text(d.source.duration)}}));
  page.html.close().close();
}

std::string render_measurement_report(const session::MeasurementDocument& document,
                                      const ReportOptions& options) {
  const Words words{options.language};
  Html html;
  const MeasurementPage page{html, words, document, options};
  const Simulated simulated =
      document.source.kind == session::SignalSourceKind::simulated ? Simulated::all : Simulated::none;
  begin_page(html, words, kind_words(page) + " – " + words("measured.kicker"), simulated);
  measurement_masthead(page);
  measurement_summary(page);
  measurement_warnings(page);
  measurement_findings(page);
  measurement_plots(page);
  measurement_days(page);
  measurement_values(page);
  measurement_tables(page);
  measurement_trust(page);
  measurement_provenance(page);
  end_page(html, words, simulated);
  return html.take();
}

}  // namespace reprise::report
