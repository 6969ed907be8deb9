// SPDX-License-Identifier: Apache-2.0
#include "pipeline/simulated_recording.h"

#include <algorithm>

#include "engine/exercise/signal_value.h"
#include "exercises/reference_movement.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kReadingOptions = "reading the options";

// Whether the left side works; the catalog draws the right one working.
Result<bool> works_left(const SimulationOptions& o, const exercises::CatalogExercise& exercise) {
  if (o.side.empty()) return false;
  const engine::Side named = o.side == "left" ? engine::Side::left : engine::Side::right;
  const bool offered = named == engine::Side::left ? exercise.sides.left : exercise.sides.right;
  if (!exercise.definition.sided || !offered) {
    return fail(ErrorCode::invalid_argument, kReadingOptions,
                exercise.definition.id + " is not done with the " + o.side + " side alone",
                "leave --side out");
  }
  return engine::swap_named_and_working(exercise.definition, named) == engine::Side::left;
}

const exercises::CatalogFault* find_fault(const exercises::CatalogExercise& exercise, const std::string& id) {
  for (const exercises::CatalogFault& fault : exercise.movement.faults) {
    if (fault.produces == id) return &fault;
  }
  return nullptr;
}

Result<void> add_faults(const SimulationOptions& o, const exercises::CatalogExercise& exercise,
                        Simulation& simulation) {
  std::string known;
  for (const exercises::CatalogFault& fault : exercise.movement.faults)
    known += (known.empty() ? "" : ", ") + fault.produces;
  for (const std::string& id : o.faults) {
    const exercises::CatalogFault* fault = find_fault(exercise, id);
    if (fault == nullptr) {
      return fail(ErrorCode::not_found, kReadingOptions, exercise.definition.id + " shows no fault " + id,
                  known.empty() ? "leave --fault out" : "use one of: " + known);
    }
    if (fault->instead && o.faults.size() > 1) {
      return fail(ErrorCode::invalid_argument, kReadingOptions,
                  id + " is another movement altogether, so no other fault can be added to it",
                  "give it alone");
    }
    if (fault->instead) simulation.definition = *fault->instead;
    if (!fault->add.empty()) simulation.options.faults.push_back({fault->add, {}});
  }
  return {};
}

}  // namespace

Result<Simulation> plan_simulation(const SimulationOptions& o, const exercises::CatalogExercise& exercise) {
  const auto left = works_left(o, exercise);
  if (!left) return tl::unexpected(left.error());
  Simulation s;
  s.definition = exercise.movement.correct;
  if (auto added = add_faults(o, exercise, s); !added) return tl::unexpected(added.error());
  const double turn = *left ? -1 : 1;  // the view is given for the right side working
  s.options.camera = exercises::camera_for(
      exercise.definition.views.empty() ? engine::View::side : exercise.definition.views.front());
  s.azimuth_deg = o.azimuth_deg.value_or(turn * to_degrees(s.options.camera.azimuth).value()) + 0.0;  // no -0
  s.options.camera.azimuth = Degrees{s.azimuth_deg};
  // A tall person would not fit into the picture from where an ordinary one is filmed.
  const double taller = std::max(1.0, o.stature_m / engine::BodyShape{}.stature.value());
  s.options.camera.distance = s.options.camera.distance * taller;
  s.options.camera.height = s.options.camera.height * taller;
  s.options.repetitions = o.repetitions;
  s.options.duration_scale = 1 / o.tempo;
  s.options.range_scale = o.range;
  s.options.mirror = *left;
  s.options.frame_rate = Hertz{o.frame_rate_hz};
  s.options.noise = Meters{o.noise_m};
  s.options.body.stature = Meters{o.stature_m};
  s.options.seed = o.seed;
  return s;
}

sensing::LandmarkRecording recording_of(const engine::GeneratedMovement& movement,
                                        const Simulation& simulation) {
  sensing::LandmarkRecording recording;
  recording.frames = movement.frames;
  recording.source.simulated = true;
  recording.source.has_image = recording.source.has_world = recording.source.has_visibility = true;
  recording.source.picture =
      sensing::PictureSize{simulation.options.camera.width_px, simulation.options.camera.height_px};
  recording.source.rate = simulation.options.frame_rate;
  return recording;
}

}  // namespace reprise::pipeline
