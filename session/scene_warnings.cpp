// SPDX-License-Identifier: Apache-2.0
#include "session/scene_warnings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "engine/scene/framing.h"

namespace reprise::session {
namespace {

constexpr std::size_t kMostNamed = 5;  // times in one sentence

std::string moment(Seconds time) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", time.value());
  return text.data();
}

/// "1.0 to 2.4 s, 5.0 s" and how many more.
std::string times_in_words(const std::vector<engine::TimeRange>& ranges) {
  std::string text;
  for (std::size_t i = 0; i < ranges.size() && i < kMostNamed; ++i) {
    if (i > 0) text += ", ";
    text += moment(ranges[i].from);
    if (ranges[i].until > ranges[i].from) text += " to " + moment(ranges[i].until);
    text += " s";
  }
  if (ranges.size() > kMostNamed) text += " and " + std::to_string(ranges.size() - kMostNamed) + " more";
  return text;
}

void about_pictures(SessionDocument& d, const engine::SceneFindings& found) {
  if (found.still) {
    d.warnings.push_back({"still_picture", "All pictures are the same: a photo, or a camera that hung.",
                          "Record a video of the movement."});
  }
  // A drawn figure that rests is drawn alike.
  if (!found.frozen.empty() && d.source.kind != SourceKind::simulated) {
    d.warnings.push_back(
        {"frozen_pictures",
         "The picture stood still at " + times_in_words(found.frozen) + ": movement in that time is missing.",
         "Record again; close other programs while recording."});
  }
  if (!found.cuts.empty()) {
    std::vector<engine::TimeRange> cuts;
    for (const Seconds cut : found.cuts) cuts.push_back({cut, cut});
    d.warnings.push_back({"cuts",
                          "The recording is cut at " + times_in_words(cuts) +
                              ": a repetition across a cut is not one movement, and angles near it are "
                              "uncertain.",
                          "Analyze each part as a recording of its own."});
  }
  if (!found.camera_moves.empty()) {
    d.warnings.push_back({"camera_moves",
                          "The camera moved at " + times_in_words(found.camera_moves) +
                              ": view and angles can change with it.",
                          "Put the camera on something firm and let it stand still."});
  }
  if (found.dark) {
    d.warnings.push_back({"dark", "The pictures are dark: joints are found less surely.",
                          "Switch on the light, or film away from the window."});
  }
  if (found.blurred) {
    d.warnings.push_back({"blurred", "The pictures are blurred: joints are found less surely.",
                          "Clean the lens, let the camera focus, and film in more light."});
  }
}

void about_people(SessionDocument& d, const std::vector<engine::TimeRange>& others) {
  const int most = d.exercise.frames.most_people;
  if (most <= 1) return;
  d.warnings.push_back(
      {"several_people",
       "Up to " + std::to_string(most) + " people were in the picture" +
           (others.empty() ? "" : ", at " + times_in_words(others)) + "; one of them was followed.",
       "Check in the report that the figure is the right person, or film one person alone."});
}

void about_absence(SessionDocument& d, std::span<const engine::PoseFrame> frames) {
  const auto away = engine::absences(frames);
  if (away.empty()) return;
  d.warnings.push_back(
      {"person_away",
       "The person was not seen at " + times_in_words(away) + ". Nothing in that time is counted or scored.",
       "Stay in the picture all the time."});
}

/// The parts that the exercise's measures need.
std::vector<engine::FramedPart> needed_parts(const engine::ExerciseDefinition& definition) {
  std::vector<engine::Measure> measures = {definition.primary.measure};
  for (const engine::Gate& gate : definition.gates) measures.push_back(gate.signal.measure);
  for (const engine::FormRule& rule : definition.form) measures.push_back(rule.signal.measure);
  std::vector<engine::FramedPart> parts;
  for (const engine::Measure measure : measures) {
    for (const engine::Landmark l : engine::landmarks_of(measure, engine::Side::left)) {
      const auto part = engine::framed_part_of(l);
      if (part && std::find(parts.begin(), parts.end(), *part) == parts.end()) parts.push_back(*part);
    }
  }
  return parts;
}

void about_framing(SessionDocument& d, std::span<const engine::PoseFrame> frames, bool upright_exercise) {
  const auto needed = needed_parts(d.exercise.definition);
  std::string outside;
  for (const engine::FramedPart part : engine::parts_outside(frames, d.source.width_px, d.source.height_px)) {
    if (std::find(needed.begin(), needed.end(), part) == needed.end()) continue;
    outside += (outside.empty() ? "" : ", ") + std::string{engine::name(part)};
  }
  if (!outside.empty()) {
    d.warnings.push_back({"out_of_picture",
                          "Out of the picture most of the time: " + outside +
                              ". Their place is guessed, and measures that need them are uncertain.",
                          "Film from farther away, with the whole body in the picture."});
  }
  if (!upright_exercise) return;
  if (const int turns = engine::quarter_turns(frames); turns != 0) {
    d.warnings.push_back(
        {"picture_turned",
         std::string{turns == 2 ? "The picture stands on its head" : "The picture lies on its side"} + " (" +
             std::to_string(90 * turns) + "\u00b0 clockwise); " + d.exercise.facts.name +
             " is done upright. Counts and angles are not to be trusted.",
         "Turn the video upright and analyze it again."});
  } else if (const auto roll = engine::tilt(frames)) {
    const int degrees = static_cast<int>(std::lround(to_degrees(*roll).value()));
    d.warnings.push_back({"picture_tilted",
                          "The picture seems tilted by about " + std::to_string(std::abs(degrees)) +
                              "\u00b0 " + (degrees > 0 ? "clockwise" : "counter-clockwise") +
                              ", or the person leans. Angles against the vertical are off by as much.",
                          "Set the camera level."});
  }
}

}  // namespace

void add_scene_warnings(SessionDocument& document, const SceneFacts& scene,
                        std::span<const engine::PoseFrame> frames) {
  about_pictures(document, scene.pictures);
  about_people(document, scene.others);
  about_absence(document, frames);
  about_framing(document, frames, scene.upright_exercise);
}

}  // namespace reprise::session
