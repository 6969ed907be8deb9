#include "report/report.h"

#include "report/assets.h"
#include "report/chart.h"
#include "report/page.h"
#include "session/finite_document.h"

namespace reprise {
namespace {

void head(const Page& page) {
  const SessionDocument& d = page.document;
  const Words& w = page.words;
  const bool simulated = d.source.kind == SourceKind::simulated;
  page.html.open("head").empty("meta", {{"charset", "utf-8"}});
  // Nothing may be loaded from anywhere, even if some text had become markup.
  page.html.empty("meta", {{"http-equiv", "Content-Security-Policy"},
                           {"content",
                            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                            "base-uri 'none'; form-action 'none'"}});
  page.html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  page.html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  page.html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
  page.html.leaf("title",
                 (simulated ? w("simulated.tag") + " – " : "") + d.exercise.name + " – " + w("head.kicker"));
  page.html.open("style").verbatim(style_sheet());
  // Each printed page says so in its margin, too.
  if (simulated) page.html.verbatim("@page{@top-center{content:\"SIMULATED\";font:700 11pt sans-serif}}");
  page.html.close().close();
}

void simulated_banner(const Page& page) {
  if (page.document.source.kind != SourceKind::simulated) return;
  page.html.open("div", {{"class", "simulated"}, {"role", "note"}});
  page.html.leaf("strong", page.words("simulated.tag")).leaf("span", page.words("simulated.text")).close();
}

}  // namespace

std::string render_report(const SessionDocument& document, const ReportOptions& options) {
  const SessionDocument clean = only_finite(document);
  const Words words{options.language};
  Html html;
  const Page page{html, words, clean, options};
  html.verbatim("<!doctype html>\n").open("html", {{"lang", std::string{words.language()}}});
  head(page);
  html.open("body");
  draw_chart_patterns(html);
  simulated_banner(page);
  html.open("main");
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
  html.close();
  html.open("footer").leaf("p", words("footer.text")).close();
  simulated_banner(page);
  html.open("script").verbatim(script()).close();
  html.close().close();
  return html.take();
}

}  // namespace reprise
