// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/exercise/coach.h"
#include "engine/synthesis/generate.h"
#include "exercises/catalog.h"
#include "simulation/rendered/figure.h"
#include "simulation/rendered/film_camera.h"
#include "simulation/rendered/picture_flaws.h"
#include "simulation/rendered/rig_pose.h"
#include "simulation/rendered/room.h"

namespace reprise::simulation::rendered {

/// The places a camera can stand at, around the person: front, oblique45, side90, back135, back180. Where one
/// side works, the camera stands on it; else the seed decides.
[[nodiscard]] const std::vector<std::string>& all_views();

struct TakeOptions {
  std::uint64_t seed = 1;  ///< of the movement's tempo, range and style, the room, cameras and lamp
  int repetitions = 3;
  Hertz frame_rate{20};
  int side_px = 640;                    ///< of the square pictures; even
  std::vector<std::string> views = {};  ///< of all_views
  /// From the middle of the movement, meters: each view once at each, called VIEW_DISTANCEm ("side90_3m").
  /// Empty: as near as the movement allows.
  std::vector<double> distances_m = {};
  bool furniture = false;  ///< a low table before each camera, which hides feet and shanks in part
  PictureFlaws flaws = {};
};

/// One person doing one exercise in a room, ready to be filmed. Room axes: x as the person faces, y up, z to
/// the person's right; meters; the floor is y = 0.
struct Take {
  std::string title;  ///< the exercise's id, or the recorded movement's name
  const exercises::CatalogExercise* exercise = nullptr;  ///< null: a recorded movement
  TakeOptions options;
  Person person;
  Figure figure;
  std::optional<engine::Side> side;  ///< as the exercise names it; empty: both, or a midline movement
  double tempo = 1;                  ///< of the catalog's speed
  double range = 1;                  ///< of the catalog's movement
  engine::Stance stance;
  std::vector<engine::PoseFrame> landmarks;  ///< true ones, level camera axes in front; see `measured`
  std::vector<RigPose> poses;                ///< by frame, on the floor
  std::vector<engine::RepetitionTruth> repetitions;
  std::vector<double> shares;          ///< by frame: of the repetition under way, 0 to 1; -1 at rest
  std::vector<int> repetition_number;  ///< by frame, from 0; -1 at rest
  int counted_from_truth = 0;          ///< by the live coach, shown the true joints
  Room room;
  Light light;
  std::vector<FilmCamera> cameras;
};

/// Draws a movement of the exercise for a person, and the cameras. Errors: invalid_argument (options), those
/// of reading the pack.
[[nodiscard]] Result<Take> plan_take(const Pack& pack, const Person& person,
                                     const exercises::CatalogExercise& exercise, const TakeOptions& options);

/// A person's recorded movement, joint by joint. Room axes, walking along x; meters.
struct RecordedMovement {
  std::string name;
  std::vector<Seconds> times;
  std::vector<engine::PerLandmark<Vec3<World>>> landmarks;  ///< by frame
};

/// A person who moves as recorded and is filmed across the way walked: view side90 shows the left side,
/// side270 the right one. `options.views`: others, of the same movement (front, oblique45, back135, back180,
/// oblique315); empty: those two. Joint angles are those of a body fitted to the recording; the way is as
/// many leg lengths as there; the lowest point stands on the floor. `options`: seed, views, flaws; `side_px`
/// is the picture's height, its width is 16/9 of it; the frame rate is that of the recording. Errors:
/// invalid_argument (a view), those of engine::fit_body and of reading the pack.
[[nodiscard]] Result<Take> plan_recorded(const Pack& pack, const Person& person,
                                         const RecordedMovement& movement, const TakeOptions& options);

/// Points that a camera must see: landmarks of every fifth frame, and the crown above them.
[[nodiscard]] std::vector<Eigen::Vector3d> extent_of(const Take& take);

/// Draws the room wide enough for the take's cameras; the seed is that of the take.
void fit_room(Take& take, double least_half_width_m);

/// The room as a camera of the take sees it: with the table before it, where there is one.
[[nodiscard]] Room room_of(const Take& take, const FilmCamera& camera);

/// The pose of true landmarks, as `engine::MeasureSet` measures it: axes of a level camera in front of the
/// person, from mid-hips, everything visible.
[[nodiscard]] engine::Pose measured_pose(const engine::PerLandmark<Vec3<World>>& landmarks);

/// The exercise, the person, the cameras, and for each frame joints and the catalog's measures, as JSON
/// (docs/guide/rendered-people.md).
[[nodiscard]] std::string truth_json(const Take& take);

}  // namespace reprise::simulation::rendered
