// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include "report/sections/frame.h"
#include "report/sections/page.h"
#include "session/sanitize.h"

namespace reprise::report {

std::string render_report(const session::SessionDocument& document, const ReportOptions& options) {
  const session::SessionDocument clean = session::sanitize(document);
  const Words words{options.language};
  Html html;
  const Page page{html, words, clean, options};
  const Simulated simulated =
      clean.source.kind == session::SourceKind::simulated ? Simulated::all : Simulated::none;
  begin_page(html, words, clean.exercise.facts.name + " – " + words("head.kicker"), simulated);
  masthead(page);
  summary_section(page);
  warnings_section(page);
  chart_section(page);
  figures_section(page);
  repetitions_section(page);
  quality_section(page);
  measures_section(page);
  trust_section(page);
  provenance_section(page);
  end_page(html, words, simulated);
  return html.take();
}

}  // namespace reprise::report
