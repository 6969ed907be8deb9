// SPDX-License-Identifier: Apache-2.0
#include "report/assessments/work_load_report.h"

#include "report/assessments/work_load_page.h"
#include "report/sections/frame.h"

namespace reprise::report {

std::string render_work_load_report(const session::WorkLoadDocument& document, const ReportOptions& options) {
  const Words words{options.language};
  Html html;
  const WorkLoadPage page{html, words, document, options};
  const Simulated simulated =
      document.source.kind == session::SourceKind::simulated ? Simulated::all : Simulated::none;
  begin_page(html, words, method_words(page) + " – " + words("load.kicker"), simulated);
  work_masthead(page);
  work_summary(page);
  work_warnings(page);
  work_over_time(page);
  work_shares(page);
  work_worst_moments(page);
  work_questions(page);
  work_trust(page);
  work_provenance(page);
  end_page(html, words, simulated);
  return html.take();
}

}  // namespace reprise::report
