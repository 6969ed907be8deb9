// SPDX-License-Identifier: Apache-2.0
#include "session/warnings.h"

#include <algorithm>
#include <string>

namespace reprise::session {
namespace {

constexpr double kWellVisible = 0.5;  // mean visibility. Unsourced default

std::string in_words(std::string_view identifier) {
  std::string words{identifier};
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string joined(const std::vector<engine::View>& views) {
  std::string text;
  for (const engine::View view : views)
    text += (text.empty() ? "" : " or ") + std::string{engine::name(view)};
  return text;
}

void about_person(SessionDocument& d) {
  if (d.exercise.frames.total == 0) {
    d.warnings.push_back(
        {"no_frames", "The recording holds no pictures.", "Record again and check that the file plays."});
    return;
  }
  if (d.exercise.frames.with_person == 0) {
    d.warnings.push_back({"no_person", "No person was found in the recording.",
                          "Film the whole body in good light, with the camera standing still."});
    return;
  }
  if (d.exercise.frames.with_person < d.exercise.frames.total * 9 / 10) {
    const int unseen = 100 - 100 * d.exercise.frames.with_person / d.exercise.frames.total;
    d.warnings.push_back({"person_unseen",
                          "The person was not seen in " + std::to_string(unseen) + " % of the recording.",
                          "Keep the whole body in the picture from start to end."});
  }
  if (d.exercise.frames.reacquired > 0) {
    d.warnings.push_back({"reacquired",
                          "The person was lost and found again " +
                              std::to_string(d.exercise.frames.reacquired) +
                              (d.exercise.frames.reacquired == 1 ? " time." : " times.") +
                              " It cannot be proven that it is the same person.",
                          "Film one person alone."});
  }
  if (d.exercise.frames.most_people > 1) {
    d.warnings.push_back(
        {"several_people",
         "Up to " + std::to_string(d.exercise.frames.most_people) +
             " people were in the picture; one of them was followed.",
         "Check in the report that the figure is the right person, or film one person alone."});
  }
}

void about_view(SessionDocument& d) {
  if (!d.exercise.view || d.exercise.definition.views.empty()) return;
  const auto& wanted = d.exercise.definition.views;
  if (std::find(wanted.begin(), wanted.end(), *d.exercise.view) != wanted.end()) return;
  d.warnings.push_back({"other_view",
                        "Filmed from the " + std::string{engine::name(*d.exercise.view)} + "; " +
                            d.exercise.facts.name + " is judged from the " + joined(wanted) +
                            ". Ranges and quality are not measured.",
                        "Film from the " + std::string{engine::name(wanted.front())} + "."});
}

void about_visibility(SessionDocument& d) {
  std::vector<engine::Side> sides = {engine::Side::left, engine::Side::right};
  if (const auto working = engine::swap_named_and_working(d.exercise.definition, d.exercise.prescribed_side))
    sides = {*working};
  std::string hidden;
  int hidden_sides = 0;
  for (const engine::Side side : sides) {
    std::string names;
    for (const engine::Landmark l : engine::landmarks_of(d.exercise.definition.primary.measure, side)) {
      for (const LandmarkVisibility& v : d.exercise.visibility) {
        if (v.landmark == l && v.mean < kWellVisible)
          names += (names.empty() ? "" : ", ") + in_words(engine::name(l));
      }
    }
    if (names.empty()) continue;
    ++hidden_sides;
    hidden += (hidden.empty() ? "" : ", ") + names;
  }
  if (hidden.empty()) return;
  const bool all = hidden_sides == static_cast<int>(sides.size());
  d.warnings.push_back(
      {all ? "poorly_seen" : "one_side_hidden",
       "Poorly seen: " + hidden + "." +
           (all ? " The main measure is uncertain." : " The other side was used where possible."),
       all ? "Film closer, in better light, with these parts in the picture." : ""});
}

void about_rate(SessionDocument& d) {
  if (!d.source.frame_rate || *d.source.frame_rate >= Hertz{20}) return;
  d.warnings.push_back({"low_frame_rate",
                        "Fewer than 20 pictures a second: smoothness and speed are not measured, and fast "
                        "movement is blurred.",
                        "Record at 30 pictures a second or more."});
}

void about_counting(SessionDocument& d) {
  if (d.exercise.summary.other_movements > 0) {
    const int n = d.exercise.summary.other_movements;
    d.warnings.push_back({"other_movements",
                          std::to_string(n) + (n == 1 ? " movement was" : " movements were") +
                              " seen that did not look like " + d.exercise.facts.name + ", and not counted.",
                          ""});
  }
  if (d.exercise.frames.with_person > 0 && d.exercise.repetitions.empty()) {
    d.warnings.push_back(
        {"nothing_counted", "No " + d.exercise.facts.name + " was recognized.",
         "Check that the right exercise was chosen, and that the moving joints are in the picture."});
  }
}

}  // namespace

void add_warnings(SessionDocument& document) {
  if (document.source.kind == SourceKind::simulated) {
    document.warnings.push_back(
        {"simulated", "This movement was generated by the body model. It shows no person.", ""});
  }
  about_person(document);
  about_view(document);
  about_visibility(document);
  about_rate(document);
  about_counting(document);
}

}  // namespace reprise::session
