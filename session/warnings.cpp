// SPDX-License-Identifier: Apache-2.0
#include "session/warnings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "session/repetition_views.h"

namespace reprise::session {
namespace {

constexpr double kSameLimit = 0.005;  // rad or ratio: limits that a reader cannot tell apart
constexpr double kWellVisible = 0.5;  // mean visibility. Unsourced default
constexpr double kAlike = 0.5;        // confidence of a repetition that was counted blind. Unsourced default
constexpr std::size_t kClearlyMore = 2;  // movements than counted: blind counting may err by one

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

std::string words_of(engine::View view) {
  if (view == engine::View::oblique) return "an angle";
  return view == engine::View::back ? "behind" : "the " + std::string{engine::name(view)};
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
}

/// "1 to 3, 5" of the numbers from 0.
std::string numbers_in_words(const std::vector<std::size_t>& repetitions) {
  std::string text;
  for (std::size_t i = 0; i < repetitions.size();) {
    std::size_t last = i;
    while (last + 1 < repetitions.size() && repetitions[last + 1] == repetitions[last] + 1) ++last;
    text += (text.empty() ? "" : ", ") + std::to_string(repetitions[i] + 1);
    if (last > i) text += (last == i + 1 ? ", " : " to ") + std::to_string(repetitions[last] + 1);
    i = last + 1;
  }
  return text;
}

void about_changing_view(SessionDocument& d, const std::vector<SeenRepetitions>& seen) {
  std::string text = "The camera saw the person from several directions: ";
  for (const SeenRepetitions& s : seen) {
    if (&s != &seen.front()) text += "; ";
    text += (s.repetitions.size() == 1 ? "repetition " : "repetitions ") + numbers_in_words(s.repetitions) +
            " from " + words_of(s.view);
  }
  const auto& wanted = d.exercise.definition.views;
  const bool all_judged =
      std::all_of(d.exercise.repetitions.begin(), d.exercise.repetitions.end(),
                  [&](const RecordedRepetition& r) { return is_judged_from(d.exercise.definition, r); });
  text += all_judged ? ". Ranges of different views should not be compared."
                     : ". " + d.exercise.facts.name + " is judged from the " + joined(wanted) +
                           "; ranges and quality of the others are not measured.";
  d.warnings.push_back({"view_changes", text, "Film one set from one place."});
}

void about_turning(SessionDocument& d) {
  std::vector<std::size_t> turning;
  for (std::size_t i = 0; i < d.exercise.repetitions.size(); ++i) {
    if (!has_one_view(d.exercise.repetitions[i])) turning.push_back(i);
  }
  if (turning.empty()) return;
  d.warnings.push_back({"view_changes_within",
                        "Within " + std::string{turning.size() == 1 ? "repetition " : "repetitions "} +
                            numbers_in_words(turning) +
                            " the person was seen from changing directions; ranges and quality are not "
                            "measured there.",
                        "Film one set from one place, without cuts."});
}

void about_view(SessionDocument& d) {
  const std::vector<SeenRepetitions> seen = seen_repetitions(d.exercise);
  const auto& wanted = d.exercise.definition.views;
  if (seen.size() > 1) return about_changing_view(d, seen);
  if (!d.exercise.view || wanted.empty()) return;
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

/// A value for a reader, to whole degrees or hundredths; finer where that would hide which side of `limit` it
/// is on.
std::string in_words(engine::Measure measure, double value, double limit) {
  const bool angle = engine::is_angle(measure);
  const double shown = engine::in_degrees(measure, value);
  const bool close =
      std::abs(shown - engine::in_degrees(measure, limit)) < (angle ? 1 : 0.01) && value != limit;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", (angle ? 0 : 2) + (close ? 1 : 0), shown);
  return std::string{text.data()} + (angle ? "°" : "");
}

/// The values of refused movements by measure and limit: "Knee flexion 42\u00b0, 44\u00b0 (at least
/// 60\u00b0)".
std::string values_of(const SessionDocument& d, engine::CoachEventKind kind) {
  struct Group {
    engine::Measure measure;
    double limit;
    bool below;
    std::string values;
  };
  std::vector<Group> groups;
  for (const engine::CoachEvent& event : d.exercise.events) {
    const auto measure = engine::measure_from_name(event.detail);
    if (event.kind != kind || !measure || !event.value || !event.limit) continue;
    const bool below = *event.value < *event.limit;
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
      return g.measure == *measure && g.below == below && std::abs(g.limit - *event.limit) < kSameLimit;
    });
    if (group == groups.end()) group = groups.insert(groups.end(), {*measure, *event.limit, below, {}});
    group->values += (group->values.empty() ? "" : ", ") + in_words(*measure, *event.value, *event.limit);
  }
  std::string text;
  for (const Group& g : groups) {
    text += (text.empty() ? "" : "; ") + std::string{engine::info(g.measure).label} + ' ' + g.values +
            (g.below ? " (at least " : " (at most ") + in_words(g.measure, g.limit, g.limit) + ')';
  }
  return text.empty() ? "." : ": " + text + '.';
}

int times(const SessionDocument& d, engine::CoachEventKind kind) {
  return static_cast<int>(std::count_if(d.exercise.events.begin(), d.exercise.events.end(),
                                        [&](const engine::CoachEvent& event) { return event.kind == kind; }));
}

void about_counting(SessionDocument& d) {
  using Kind = engine::CoachEventKind;
  const auto movements = [](int n) {
    return std::to_string(n) + (n == 1 ? " movement was " : " movements were ");
  };
  if (const int n = d.exercise.summary.other_movements; n > 0) {
    d.warnings.push_back({"other_movements",
                          movements(n) + "seen that did not look like " + d.exercise.facts.name +
                              ", and not counted" + values_of(d, Kind::other_movement),
                          ""});
  }
  if (const int n = times(d, Kind::fell_short); n > 0) {
    d.warnings.push_back(
        {"fell_short", movements(n) + "too small to count" + values_of(d, Kind::fell_short), ""});
  }
  if (const int n = times(d, Kind::too_quick); n > 0) {
    d.warnings.push_back(
        {"too_quick", movements(n) + "large enough but too quick to count.",
         "Move more slowly; if it was slow enough, check that the video plays at its true speed."});
  }
  if (d.exercise.frames.with_person > 0 && d.exercise.repetitions.empty()) {
    d.warnings.push_back(
        {"nothing_counted", "No " + d.exercise.facts.name + " was recognized.",
         "Check that the right exercise was chosen, and that the moving joints are in the picture."});
  }
}

void about_exercise(SessionDocument& d, const engine::Recognition& seen) {
  const auto other =
      engine::looks_like_other(seen, d.exercise.definition.id, d.exercise.summary.repetitions_complete);
  if (!other) return;
  std::string names;
  if (other->instead) {
    for (const std::string& name : other->instead->names) names += (names.empty() ? "" : " or ") + name;
  }
  d.warnings.push_back(
      {"looks_like_other_exercise",
       "This does not look like " + d.exercise.facts.name + "; it looks like " +
           (names.empty() ? "none of the known exercises" : names) + ".",
       "Check that the right exercise was chosen. If it was, film the whole body, alone, from "
       "the side that the exercise asks for."});
}

/// Movements that were seen without knowing the exercise, where they are clearly more than counted.
void about_uncounted(SessionDocument& d, const engine::Recognition& seen) {
  if (d.exercise.definition.kind == engine::Kind::hold) return;
  std::size_t alike = 0;
  for (const engine::CountedRepetition& r : seen.repetitions) {
    if (r.confidence >= kAlike) ++alike;
  }
  const auto counted = static_cast<std::size_t>(d.exercise.summary.repetitions_complete);
  if (alike < counted + kClearlyMore) return;
  d.warnings.push_back(
      {"fewer_counted",
       std::to_string(alike) + " movements were seen, " + std::to_string(counted) + " counted.",
       "Watch the recording; the other warnings say why movements were not counted."});
}

void about_simulation(SessionDocument& d) {
  if (d.source.kind != SourceKind::simulated) return;
  d.warnings.push_back({"simulated",
                        d.source.sensors.empty()
                            ? "This movement was generated by the body model. It shows no person."
                            : "The sensors were simulated. This shows no person.",
                        ""});
}

}  // namespace

void add_sensor_warnings(SessionDocument& document) {
  about_simulation(document);
  std::string places;
  for (const std::string& place : document.source.sensors)
    places += (places.empty() ? "" : ", ") + in_words(place);
  document.warnings.push_back(
      {"worn_sensors",
       "Measured by worn sensors alone (" + places + "): how the rest of the body moved is not measured.",
       ""});
  const engine::Measure measure = document.exercise.definition.primary.measure;
  if (engine::is_angle(measure)) {
    document.warnings.push_back(
        {"own_zero", "Zero is this person's own pose while standing still, as the sensors were put on.", ""});
  }
  const FrameCounts& moments = document.exercise.frames;
  if (moments.with_person < moments.total * 9 / 10) {
    const int missing = 100 - 100 * moments.with_person / moments.total;
    document.warnings.push_back({"sensors_silent",
                                 "The sensors gave no value in " + std::to_string(missing) + " % of the set.",
                                 "Charge the sensors, and keep the phone within a few steps."});
  }
  about_rate(document);
  about_counting(document);
}

void add_warnings(SessionDocument& document, const std::optional<engine::Recognition>& second_opinion) {
  about_simulation(document);
  about_person(document);
  about_view(document);
  about_turning(document);
  about_visibility(document);
  about_rate(document);
  if (second_opinion) {
    about_exercise(document, *second_opinion);
    about_uncounted(document, *second_opinion);
  }
  about_counting(document);
}

}  // namespace reprise::session
