// SPDX-License-Identifier: Apache-2.0
#include "report/sections/frame.h"

#include "report/charts/chart.h"
#include "report/sections/assets.h"

namespace reprise::report {
namespace {

void head(Html& html, const Words& words, const std::string& title, Simulated simulated) {
  html.open("head").empty("meta", {{"charset", "utf-8"}});
  // Nothing may be loaded from anywhere, even if some text had become markup.
  html.empty("meta", {{"http-equiv", "Content-Security-Policy"},
                      {"content",
                       "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                       "base-uri 'none'; form-action 'none'"}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
  html.leaf("title", (simulated != Simulated::none ? words("simulated.tag") + " – " : "") + title);
  html.open("style").verbatim(style_sheet());
  // Each printed page says so in its margin, too.
  if (simulated != Simulated::none)
    html.verbatim("@page{@top-center{content:\"SIMULATED\";font:700 11pt sans-serif}}");
  html.close().close();
}

void simulated_banner(Html& html, const Words& words, Simulated simulated) {
  if (simulated == Simulated::none) return;
  html.open("div", {{"class", "simulated"}, {"role", "note"}});
  html.leaf("strong", words("simulated.tag"))
      .leaf("span", words(simulated == Simulated::all ? "simulated.text" : "simulated.some"))
      .close();
}

}  // namespace

void begin_page(Html& html, const Words& words, const std::string& title, Simulated simulated) {
  html.verbatim("<!doctype html>\n").open("html", {{"lang", std::string{words.language()}}});
  head(html, words, title, simulated);
  html.open("body");
  draw_chart_patterns(html);
  simulated_banner(html, words, simulated);
  html.open("main");
}

void end_page(Html& html, const Words& words, Simulated simulated) {
  html.close();
  html.open("footer").leaf("p", words("footer.text")).close();
  simulated_banner(html, words, simulated);
  html.open("script").verbatim(script()).close();
  html.close().close();
}

}  // namespace reprise::report
