// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_calibration.h"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "engine/cameras/board_adjust.h"
#include "engine/cameras/board_match.h"

namespace reprise::engine {
namespace {

constexpr std::size_t kMostAlone = 20;   // pictures of a camera for its lens
constexpr std::size_t kMostCommon = 25;  // moments of a pair
constexpr double kNearestCamerasM = 0.05;

tl::unexpected<Error> no_places(std::string cause, std::string remedy) {
  return fail(ErrorCode::nothing_measured, "calibrating by the board", std::move(cause), std::move(remedy));
}

RigView view_of(const CameraModel& camera) {
  return {camera.rotation, camera.translation_m};
}

/// From the board to the room, where it is known from the board to the camera.
RigView in_room(const CameraModel& camera, const RigView& board) {
  const RigView view = view_of(camera);
  return {view.rotation.transpose() * board.rotation,
          view.rotation.transpose() * (board.translation_m - view.translation_m)};
}

class BoardRoom {
 public:
  BoardRoom(std::span<const BoardTrack> tracks, const BoardSize& size, double square_m,
            std::span<const Seconds> lags)
      : tracks_(tracks), known_lags_(lags), placed_(tracks.size(), false) {
    problem_.size = size;
    problem_.square_m = square_m;
    out_.lags.assign(tracks.size(), Seconds{0});
  }

  Result<BoardCalibration> run() {
    if (auto ok = find_lenses(); !ok) return tl::unexpected(ok.error());
    placed_[0] = true;
    for (std::size_t n = 1; n < tracks_.size(); ++n)
      if (auto ok = place_next(); !ok) return tl::unexpected(ok.error());
    for (std::size_t v = 0; v < tracks_.size(); ++v) add_alone(v);
    auto found = adjust(problem_);
    if (found && drop_far(*found)) found = adjust(problem_);
    if (auto ok = check(found); !ok) return tl::unexpected(ok.error());
    finish(*found);
    return std::move(out_);
  }

 private:
  Result<void> find_lenses() {
    for (std::size_t v = 0; v < tracks_.size(); ++v) {
      auto lens = lens_from_board(tracks_[v], problem_.size, problem_.square_m, v + 1, kMostAlone);
      if (!lens) return tl::unexpected(lens.error());
      problem_.cameras.push_back(lens->camera);
      ways_.push_back(way_of_board(tracks_[v], lens->camera, problem_.size, problem_.square_m));
      lenses_.push_back(std::move(*lens));
    }
    return {};
  }

  struct Pair {
    std::size_t from = 0, to = 0;
    Seconds lag{0};  ///< of `to` beyond `from`
    std::optional<BoardMatch> match = {};
  };

  [[nodiscard]] Pair pair_of(std::size_t from, std::size_t to) const {
    Pair out{from, to, Seconds{0}, {}};
    const auto lag = known_lags_.empty() ? lag_by_board(ways_[from], ways_[to])
                                         : std::optional{known_lags_[to] - known_lags_[from]};
    if (!lag) return out;
    out.lag = *lag;
    out.match = match_at(ways_[from], ways_[to], *lag);
    return out;
  }

  /// Places the camera that fits best to one that is placed already.
  Result<void> place_next() {
    Pair best;
    double least = std::numeric_limits<double>::max();
    for (std::size_t to = 0; to < tracks_.size(); ++to) {
      for (std::size_t from = 0; from < tracks_.size(); ++from) {
        if (placed_[to] || !placed_[from]) continue;
        const Pair pair = pair_of(from, to);
        if (best.to == 0) best = pair;
        if (!pair.match || pair.match->gap_m >= least) continue;
        least = pair.match->gap_m;
        best = pair;
      }
    }
    const std::string name =
        "cameras " + std::to_string(best.from + 1) + " and " + std::to_string(best.to + 1);
    if (!best.match) {
      return no_places(name + " never see the board at the same time",
                       "move the board slowly where both see its front, at least ten seconds; start both "
                       "cameras before");
    }
    if (!moved_alike(*best.match)) {
      return no_places("the board never moves alike before " + name + ", at " +
                           (known_lags_.empty() ? std::string("any lag") : std::string("the lag given")),
                       "move it slowly where both see its front at the same time, at least ten seconds; "
                       "check the lag (--lags, --sync), that "
                       "no video is a mirror image, and that no camera was moved");
    }
    placed_[best.to] = true;
    out_.lags[best.to] = out_.lags[best.from] + best.lag;
    const RigView before = view_of(problem_.cameras[best.from]);
    CameraModel& camera = problem_.cameras[best.to];
    camera.rotation = best.match->pose.rotation * before.rotation;
    camera.translation_m = best.match->pose.rotation * before.translation_m + best.match->pose.translation_m;
    add_common(best);
    return {};
  }

  /// Moments at which both cameras of a pair see the board.
  void add_common(const Pair& pair) {
    const BoardTrack& from = tracks_[pair.from];
    const auto slowness = slowness_of(from);
    std::vector<Eigen::VectorXd> descriptions;
    std::vector<double> slow;
    std::vector<SeenBoard> seen;
    for (std::size_t i = 0; i < from.boards.size(); ++i) {
      auto other = corners_at(tracks_[pair.to], from.boards[i].time + pair.lag);
      if (!other) continue;
      Eigen::VectorXd both(16);
      both << description_of(from.camera, problem_.size, from.boards[i].corners_px),
          description_of(tracks_[pair.to].camera, problem_.size, *other);
      descriptions.push_back(both);
      slow.push_back(slowness[i] * slowness[i]);
      seen.push_back({pair.from, 0, from.boards[i].corners_px});
      seen.push_back({pair.to, 0, std::move(*other)});
    }
    for (const std::size_t k : most_different(descriptions, slow, kMostCommon)) {
      if (!add_board(seen[2 * k])) continue;
      seen[2 * k + 1].board = problem_.boards.size() - 1;
      problem_.seen_boards.push_back(seen[2 * k + 1]);
      ++out_.common;
    }
  }

  void add_alone(std::size_t v) {
    for (const TimedBoard& board : lenses_[v].chosen) add_board({v, 0, board.corners_px});
  }

  bool add_board(SeenBoard seen) {
    const CameraModel& camera = problem_.cameras[seen.camera];
    const auto pose = pose_of_board(camera, problem_.size, problem_.square_m, seen.corners_px);
    if (!pose) return false;
    seen.board = problem_.boards.size();
    problem_.boards.push_back(in_room(camera, *pose));
    problem_.seen_boards.push_back(std::move(seen));
    return true;
  }

  /// Leaves out moments at which the board moved unevenly between two pictures, while most fit.
  bool drop_far(const BoardAdjustment& found) {
    std::vector<bool> far(problem_.boards.size(), false);
    const double most = std::max(1.0, 2 * found.error_px);
    for (const SeenBoard& s : problem_.seen_boards)
      if (error_px(problem_, s).value_or(1e9) > most) far[s.board] = true;
    const auto count = static_cast<std::size_t>(std::count(far.begin(), far.end(), true));
    if (count == 0 || 3 * count > far.size()) return false;
    BoardProblem near = problem_;
    near.boards.clear();
    near.seen_boards.clear();
    std::vector<std::size_t> at(far.size(), 0);
    for (std::size_t b = 0; b < far.size(); ++b) {
      if (far[b]) continue;
      at[b] = near.boards.size();
      near.boards.push_back(problem_.boards[b]);
    }
    std::vector<std::size_t> views(near.boards.size(), 0);
    for (const SeenBoard& s : problem_.seen_boards) {
      if (far[s.board]) continue;
      ++views[at[s.board]];
      near.seen_boards.push_back({s.camera, at[s.board], s.corners_px});
    }
    out_.common = static_cast<std::size_t>(std::count(views.begin(), views.end(), 2U));
    problem_ = std::move(near);
    return true;
  }

  Result<void> check(const std::optional<BoardAdjustment>& found) const {
    double most = 0;
    for (const BoardTrack& track : tracks_) most = std::max(most, most_board_error_px(track.camera));
    if (!found || !(found->error_px <= most)) {
      return no_places("the cameras do not agree where the board was: its corners lie " +
                           (found ? std::to_string(std::lround(found->error_px)) : std::string("many")) +
                           " pixels from where they should be",
                       "hold the board still now and then, do not move the cameras, and check that no video "
                       "is a mirror image");
    }
    for (std::size_t v = 0; v < tracks_.size(); ++v) {
      for (std::size_t u = 0; u < v; ++u) {
        if ((problem_.cameras[v].lens_m() - problem_.cameras[u].lens_m()).norm() > kNearestCamerasM) continue;
        return no_places(
            "cameras " + std::to_string(u + 1) + " and " + std::to_string(v + 1) + " stand at the same place",
            "give each camera's own video, and stand them 60 to 120 degrees apart");
      }
    }
    return {};
  }

  void finish(const BoardAdjustment& found) {
    out_.error_px = found.error_px;
    out_.focal_deviation_px = found.focal_deviation_px;
    out_.pictures.assign(tracks_.size(), 0);
    for (const SeenBoard& s : problem_.seen_boards) ++out_.pictures[s.camera];
    Eigen::Matrix3d level;  // x to the first camera's right, y ahead of it, z up
    level << 1, 0, 0, 0, 0, -1, 0, 1, 0;
    for (CameraModel camera : problem_.cameras) {
      camera.rotation = camera.rotation * level;
      out_.cameras.push_back(std::move(camera));
    }
  }

  std::span<const BoardTrack> tracks_;
  std::span<const Seconds> known_lags_;
  std::vector<bool> placed_;
  std::vector<BoardLens> lenses_;
  std::vector<std::vector<PlacedBoard>> ways_;
  BoardProblem problem_;
  BoardCalibration out_;
};

}  // namespace

Result<BoardCalibration> calibrate_by_board(std::span<const BoardTrack> tracks, const BoardSize& size,
                                            double square_m, std::span<const Seconds> lags) {
  return BoardRoom{tracks, size, square_m, lags}.run();
}

}  // namespace reprise::engine
