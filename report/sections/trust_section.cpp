// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "report/html/format.h"
#include "report/sections/page.h"
#include "session/repetition_views.h"

namespace reprise::report {
namespace {

using L = engine::Landmark;

struct BodyPart {
  const char* key;
  engine::Landmark left;
};
constexpr std::array<BodyPart, 7> kBodyParts = {{{"body.shoulder", L::left_shoulder},
                                                 {"body.elbow", L::left_elbow},
                                                 {"body.wrist", L::left_wrist},
                                                 {"body.hip", L::left_hip},
                                                 {"body.knee", L::left_knee},
                                                 {"body.ankle", L::left_ankle},
                                                 {"body.foot", L::left_foot_index}}};
constexpr double kWell = 0.8;  // mean visibility. Unsourced defaults
constexpr double kPoor = 0.5;

void item(const Page& page, const char* heading_key, const std::string& text) {
  page.html.open("div").leaf("dt", page.words(heading_key)).leaf("dd", text).close();
}

std::string changing_view_text(const Page& page, const std::vector<session::SeenRepetitions>& seen_from) {
  std::vector<std::string> parts;
  for (const session::SeenRepetitions& seen : seen_from) {
    std::vector<std::string> numbers;
    for (const std::size_t i : seen.repetitions) numbers.push_back(std::to_string(i + 1));
    parts.push_back(page.words("trust.view_part",
                               {{"view", view_words(page, seen.view)}, {"numbers", listed(page, numbers)}}));
  }
  const auto& repetitions = page.document.exercise.repetitions;
  const bool judged = std::all_of(repetitions.begin(), repetitions.end(), [&](const auto& r) {
    return session::is_judged_from(page.document.exercise.definition, r);
  });
  std::string text = page.words("trust.view_changes", {{"parts", listed(page, parts)}});
  if (judged) return text;
  std::vector<std::string> wanted;
  for (const engine::View view : page.document.exercise.definition.views)
    wanted.push_back(view_words(page, view));
  return text + ' ' + page.words("trust.view_some_wrong", {{"views", listed(page, wanted)}});
}

std::string view_text(const Page& page) {
  const session::SessionDocument& d = page.document;
  const auto seen_from = session::seen_repetitions(d.exercise);
  if (seen_from.size() > 1) return changing_view_text(page, seen_from);
  if (!d.exercise.view) return page.words("trust.view_unknown");
  std::vector<std::string> wanted;
  for (const engine::View view : d.exercise.definition.views) wanted.push_back(view_words(page, view));
  const std::string seen = page.words("trust.view", {{"view", view_words(page, *d.exercise.view)}});
  if (wanted.empty()) return seen;
  return seen + ' ' +
         page.words(view_fits(d) ? "trust.view_fits" : "trust.view_wrong", {{"views", listed(page, wanted)}});
}

std::string frames_text(const Page& page) {
  const session::FrameCounts& f = page.document.exercise.frames;
  if (f.total <= 0) return page.words("empty.no_frames");
  return page.words("trust.frames", {{"with", std::to_string(f.with_person)},
                                     {"total", std::to_string(f.total)},
                                     {"percent", percent_text(double(f.with_person) / f.total)}});
}

std::string not_measured_text(const Page& page) {
  std::vector<std::string> all = page.document.exercise.facts.not_measured;
  all.push_back(page.words("trust.never_measured"));
  return listed(page, all) + '.';
}

std::string uncertainty_paragraph(const Page& page) {
  const session::SessionDocument& d = page.document;
  std::string text = page.words("trust.uncertainty");
  double least = 0;
  double most = 0;
  for (const session::RecordedRepetition& r : d.exercise.repetitions) {
    if (!r.range) continue;
    least = least > 0 ? std::min(least, r.range->uncertainty) : r.range->uncertainty;
    most = std::max(most, r.range->uncertainty);
  }
  if (!(most > 0)) return text;
  const engine::Measure m = d.exercise.definition.primary.measure;
  const bool alike = value_text(m, least) == value_text(m, most);
  const std::string value = alike ? value_text(m, most) : range_text({m, std::nullopt, least, most, 0, 0});
  return text + ' ' +
         page.words("trust.uncertainty_here", {{"measure", measure_words(page, m)}, {"value", value}});
}

std::string notation_text(const Page& page) {
  const session::SessionDocument& d = page.document;
  const session::MeasuredRange* range = nullptr;
  for (const session::RecordedRepetition& r : d.exercise.repetitions) {
    if (r.range && range == nullptr) range = &*r.range;
  }
  std::string text = page.words("trust.notation");
  if (range == nullptr) return text;
  const std::string triple = neutral_zero_text(*range);
  if (triple.empty()) return text;
  return text + ' ' + page.words("trust.notation_here", {{"range", range_text(*range)}, {"triple", triple}});
}

std::string visibility_words(const Page& page, double mean) {
  if (mean >= kWell) return page.words("visibility.well");
  return page.words(mean >= kPoor ? "visibility.fair" : "visibility.poor");
}

void visibility_cell(const Page& page, engine::Landmark landmark) {
  const auto& all = page.document.exercise.visibility;
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const session::LandmarkVisibility& v) { return v.landmark == landmark; });
  page.html.open("td");
  if (found == all.end()) {
    value_or_not_measured(page.html, page.words, "");
  } else {
    page.html.leaf("span", {{"class", "number"}}, percent_text(found->mean))
        .text(" " + visibility_words(page, found->mean));
  }
  page.html.close();
}

void visibility_table(const Page& page) {
  const session::SessionDocument& d = page.document;
  if (d.exercise.visibility.empty()) return;
  const Words& w = page.words;
  page.html.open("table", {{"class", "visibility"}}).leaf("caption", w("visibility.caption"));
  page.html.open("thead").open("tr").leaf("th", {{"scope", "col"}}, w("visibility.part"));
  page.html.leaf("th", {{"scope", "col"}}, w("side.left"))
      .leaf("th", {{"scope", "col"}}, w("side.right"))
      .close()
      .close()
      .open("tbody");
  const auto needed = engine::landmarks_of(d.exercise.definition.primary.measure, engine::Side::left);
  for (const BodyPart& part : kBodyParts) {
    const bool used = std::find(needed.begin(), needed.end(), part.left) != needed.end();
    page.html.open("tr").open("th", {{"scope", "row"}}).text(w(part.key));
    if (used) page.html.leaf("small", w("visibility.used"));
    page.html.close();
    visibility_cell(page, part.left);
    visibility_cell(page, engine::mirrored(part.left));
    page.html.close();
  }
  page.html.close().close();
}

}  // namespace

void trust_section(const Page& page) {
  const session::SessionDocument& d = page.document;
  open_section(page, "trust", "trust.heading");
  page.html.open("dl", {{"class", "explained"}});
  item(page, "trust.view_heading", view_text(page));
  item(page, "trust.frames_heading", frames_text(page));
  item(page, "trust.uncertainty_heading", uncertainty_paragraph(page));
  item(page, "trust.notation_heading", notation_text(page));
  item(page, "trust.not_measured_heading", not_measured_text(page));
  const std::string& status = d.exercise.facts.review_status;
  item(page, "trust.review_heading",
       page.words("trust.review", {{"status", status.empty() ? page.words("trust.not_reviewed") : status}}));
  item(page, "trust.device_heading", page.words("trust.device"));
  page.html.close();
  visibility_table(page);
  page.html.close();
}

}  // namespace reprise::report
