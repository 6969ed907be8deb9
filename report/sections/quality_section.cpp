// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "report/html/format.h"
#include "report/sections/page.h"

namespace reprise::report {
namespace {

constexpr std::array<engine::QualityPart::Of, 4> kParts = {
    engine::QualityPart::Of::range, engine::QualityPart::Of::tempo, engine::QualityPart::Of::smoothness,
    engine::QualityPart::Of::form};

const engine::QualityPart* part_of(const engine::Quality& quality, engine::QualityPart::Of of) {
  const auto found = std::find_if(quality.parts.begin(), quality.parts.end(),
                                  [&](const engine::QualityPart& p) { return p.of == of; });
  return found == quality.parts.end() ? nullptr : &*found;
}

std::string part_words(const Page& page, engine::QualityPart::Of of) {
  return page.words("part." + std::string{engine::name(of)});
}

std::string ascii(double value) {
  const std::string text = fixed(std::clamp(value, 0.0, 1e6), 2);
  return text.empty() ? "0" : text;
}

// Each part has a slot as wide as its possible points, filled as far as it was reached; not measured:
// hatched.
void bar(const Page& page, const engine::Quality& quality) {
  double all = 0;
  for (const engine::QualityPart& part : quality.parts) all += std::max(0.0, part.possible);
  if (!(all > 0)) return;
  page.html.open("svg", {{"class", "bar"},
                         {"viewBox", "0 0 " + ascii(all) + " 10"},
                         {"preserveAspectRatio", "none"},
                         {"aria-hidden", "true"}});
  double x = 0;
  for (const engine::QualityPart& part : quality.parts) {
    const double width = std::max(0.0, part.possible);
    const std::string style = "part " + std::string{engine::name(part.of)};
    page.html.empty("rect", {{"class", part.points ? "slot" : "slot gap"},
                             {"x", ascii(x)},
                             {"y", "0"},
                             {"width", ascii(std::max(0.0, width - 0.8))},
                             {"height", "10"}});
    if (part.points) {
      const double reached = std::clamp(*part.points, 0.0, width);
      page.html.empty("rect", {{"class", style},
                               {"x", ascii(x)},
                               {"y", "0"},
                               {"width", ascii(std::max(0.0, reached - 0.8))},
                               {"height", "10"}});
    }
    x += width;
  }
  page.html.close();
}

void row(const Page& page, std::size_t i, const std::vector<engine::QualityPart::Of>& parts) {
  const session::RecordedRepetition& r = page.document.exercise.repetitions[i];
  page.html.open("tr", {{"class", r.outcome == engine::Outcome::complete ? "complete" : "uncounted"}});
  page.html.leaf("th", {{"scope", "row"}}, std::to_string(i + 1));
  page.html.open("td", {{"class", "bar-cell"}});
  bar(page, r.quality);
  page.html.close();
  for (const engine::QualityPart::Of of : parts) {
    const engine::QualityPart* part = part_of(r.quality, of);
    page.html.open("td", {{"class", "number"}});
    value_or_not_measured(page.html, page.words,
                          part != nullptr && part->points ? fixed(*part->points, 0) : "");
    page.html.close();
  }
  page.html.open("td", {{"class", "number score"}});
  value_or_not_measured(page.html, page.words, r.quality.score ? fixed(*r.quality.score, 0) : "");
  page.html.close().close();
}

// The sum of one repetition, written out.
void example(const Page& page) {
  const auto& repetitions = page.document.exercise.repetitions;
  const auto first = std::find_if(repetitions.begin(), repetitions.end(), [](const auto& r) {
    return r.quality.score && r.outcome == engine::Outcome::complete;
  });
  if (first == repetitions.end()) return;
  std::string points;
  std::string possible;
  for (const engine::QualityPart& part : first->quality.parts) {
    if (!part.points) continue;
    points += (points.empty() ? "" : " + ") + fixed(*part.points, 1);
    possible += (possible.empty() ? "" : " + ") + fixed(part.possible, 0);
  }
  page.html.leaf("p", {{"class", "formula"}},
                 page.words("quality.example", {{"number", std::to_string(first - repetitions.begin() + 1)},
                                                {"points", points},
                                                {"possible", possible},
                                                {"score", fixed(*first->quality.score, 0)}}));
}

}  // namespace

void quality_section(const Page& page) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  std::vector<engine::QualityPart::Of> parts;
  std::vector<double> possible;
  for (const engine::QualityPart::Of of : kParts) {
    for (const session::RecordedRepetition& r : d.exercise.repetitions) {
      const engine::QualityPart* part = part_of(r.quality, of);
      if (part == nullptr) continue;
      parts.push_back(of);
      possible.push_back(part->possible);
      break;
    }
  }
  if (parts.empty()) return;
  open_section(page, "quality", "quality.heading");
  page.html.leaf("p", {{"class", "note"}}, w("quality.what"));
  page.html.open("table", {{"class", "quality"}}).leaf("caption", w("quality.caption"));
  page.html.open("thead").open("tr").leaf("th", {{"scope", "col"}}, w("table.number"));
  page.html.open("th", {{"scope", "col"}, {"class", "bar-cell"}})
      .leaf("span", {{"class", "hidden"}}, w("quality.bar"))
      .close();
  for (std::size_t k = 0; k < parts.size(); ++k) {
    page.html.open("th", {{"scope", "col"}});
    page.html.leaf("span", {{"class", "key " + std::string{engine::name(parts[k])}}, {"aria-hidden", "true"}},
                   "");
    page.html.text(part_words(page, parts[k]))
        .leaf("small", w("quality.of", {{"n", fixed(possible[k], 0)}}))
        .close();
  }
  page.html.leaf("th", {{"scope", "col"}}, w("table.quality")).close().close().open("tbody");
  for (std::size_t i = 0; i < d.exercise.repetitions.size(); ++i) row(page, i, parts);
  page.html.close();
  if (d.exercise.summary.mean_quality) {
    page.html.open("tfoot").open("tr");
    page.html.leaf("th", {{"scope", "row"}, {"colspan", std::to_string(1 + parts.size())}},
                   w("quality.mean"));
    page.html.leaf("td", {{"class", "bar-cell"}}, "");  // hidden together with the bars
    page.html.leaf("td", {{"class", "number score"}}, fixed(*d.exercise.summary.mean_quality, 0))
        .close()
        .close();
  }
  page.html.close();
  example(page);
  page.html.open("dl", {{"class", "explained"}});
  for (const engine::QualityPart::Of of : parts) {
    page.html.open("div")
        .leaf("dt", part_words(page, of))
        .leaf("dd", w("quality." + std::string{engine::name(of)}))
        .close();
  }
  page.html.close().close();
}

}  // namespace reprise::report
