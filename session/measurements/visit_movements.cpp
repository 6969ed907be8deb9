// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit_movements.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "engine/kinematics/view.h"

namespace reprise::session {
namespace {

using engine::Measure;
using exercises::RangeTest;

// Unsourced defaults.
constexpr Degrees kViewReach{45};      // a view farther off shows another test
constexpr double kMostOfOthers = 0.5;  // of the share that the test's own joint moved
constexpr double kLeastShare = 0.15;   // of the usual range: what moves less is not named
constexpr Seconds kAtRest{0.5};        // before and after, where rest is looked for
constexpr Degrees kMostTurning{25};    // of the whole body from before to after
constexpr Degrees kPlaneReach{40};     // of the arm's plane from that of its test
constexpr double kKneeOfHip = 0.4;     // share of a knee that bends along with its hip
constexpr double kSameTime = 0.5;      // of the shorter one: two movements are one

/// Joints whose movement is compared; shoulder elevation stands for both planes.
constexpr std::array kAxes = {Measure::shoulder_elevation, Measure::elbow_flexion,
                              Measure::hip_flexion,        Measure::hip_abduction,
                              Measure::knee_flexion,       Measure::neck_lateral_flexion,
                              Measure::neck_rotation,      Measure::neck_flexion,
                              Measure::trunk_flexion,      Measure::trunk_lateral_flexion};

bool is_shoulder(Measure m) {
  return m == Measure::shoulder_flexion || m == Measure::shoulder_abduction;
}
bool is_neck(Measure m) {
  return m == Measure::neck_lateral_flexion || m == Measure::neck_rotation || m == Measure::neck_flexion;
}
bool is_trunk(Measure m) {
  return m == Measure::trunk_flexion || m == Measure::trunk_lateral_flexion;
}
/// Midline, or of the head: one movement, whichever side it is counted for.
bool is_one(Measure m) {
  return !engine::info(m).sided || is_neck(m);
}

/// What moves along with a test's own joint: limbs that hang or stand still while the trunk bends, the knee
/// of a bent hip.
bool moves_along(Measure own, Measure axis, bool same_side) {
  if (is_trunk(own)) return !(axis == Measure::elbow_flexion || axis == Measure::neck_rotation);
  if (own == Measure::hip_flexion) return axis == Measure::knee_flexion && same_side;
  return false;
}

double usual_range(std::span<const VisitTest> tests, Measure axis) {
  double most = 0;
  for (const VisitTest& t : tests) {
    const exercises::RangeCamera& c = *t.test->camera;
    if (c.measure == axis || (axis == Measure::shoulder_elevation && is_shoulder(c.measure)))
      most = std::max(most, std::abs((c.target - c.rest).value()));
  }
  return most;
}

struct Candidate {
  VisitTest test{};
  std::optional<Side> side;
  Side of = Side::left;  ///< whose measure it is
  double sign = 1;
  Seconds start{0};
  Seconds extreme{0};
  Seconds end{0};
  double share = 0;  ///< of the test's usual range
  double rank = 0;   ///< of the largest range of its joint: small movements of small ranges do not come first
};

class MovementFinder {
 public:
  MovementFinder(std::span<const VisitTest> tests, std::span<const engine::PoseFrame> smooth)
      : tests_(tests), smooth_(smooth) {
    for (const engine::PoseFrame& frame : smooth) {
      measures_.push_back(frame.pose ? engine::MeasureSet{*frame.pose} : engine::MeasureSet{});
      azimuths_.push_back(frame.pose ? engine::facing_azimuth(*frame.pose) : std::nullopt);
    }
  }

  std::vector<RecognizedMovement> find() {
    for (const VisitTest& t : tests_) add_candidates(t);
    std::vector<RecognizedMovement> found;
    for (const std::vector<Candidate>& one : groups()) {
      if (auto movement = recognized(one)) found.push_back(std::move(*movement));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.start < b.start; });
    return found;
  }

 private:
  void add_candidates(const VisitTest& t) {
    const exercises::RangeCamera& camera = *t.test->camera;
    const bool by_side = engine::info(camera.measure).sided;
    for (const Side side : {Side::left, Side::right}) {
      if (!by_side && !t.test->sided && side == Side::right) continue;
      const bool towards_left = !by_side && t.test->sided && side == Side::left;
      Candidate c;
      c.test = t;
      c.of = by_side ? side : Side::left;
      c.sign = towards_left ? -camera.sign : camera.sign;
      if (t.test->sided) c.side = side;
      add_excursions(c);
    }
  }

  /// Every time that a joint leaves its rest and comes back. `of`: which joint.
  void add_excursions(const Candidate& of) {
    const exercises::RangeCamera& camera = *of.test.test->camera;
    const std::vector<std::optional<double>> away = away_from_rest(camera.measure, of.of, of.sign);
    const double least = camera.min_excursion.value();
    for (std::size_t i = 0; i < away.size(); ++i) {
      if (!away[i] || *away[i] < least) continue;
      const auto peak = top_of(away, i, least / 2);
      const auto start = rest_from(away, peak, false);
      const auto end = rest_from(away, peak, true);
      if (start && end) {
        Candidate c = of;
        c.start = smooth_[*start].time;
        c.extreme = smooth_[peak].time;
        c.end = smooth_[*end].time;
        if (is_allowed(c) && measure(c)) candidates_.push_back(c);
      }
      i = end_of(away, peak, least / 2);
    }
  }

  /// The highest of the frames from `from` on that stay above `above`.
  static std::size_t top_of(const std::vector<std::optional<double>>& away, std::size_t from, double above) {
    std::size_t top = from;
    for (std::size_t i = from; i < away.size() && away[i].value_or(above) >= above; ++i)
      if (away[i] && *away[i] > *away[top]) top = i;
    return top;
  }
  static std::size_t end_of(const std::vector<std::optional<double>>& away, std::size_t from, double above) {
    while (from + 1 < away.size() && away[from + 1].value_or(above) >= above) ++from;
    return from;
  }

  /// The first frame at rest, backward or forward from the extreme; empty: it is not reached in time, or the
  /// joint is out of sight before.
  [[nodiscard]] std::optional<std::size_t> rest_from(const std::vector<std::optional<double>>& away,
                                                     std::size_t peak, bool forward) const {
    constexpr double kRestShare = 0.12;
    constexpr Seconds kLongest{12};
    constexpr Seconds kMostHidden{0.3};
    Seconds seen = smooth_[peak].time;
    for (std::size_t i = peak;;) {
      const Seconds time = smooth_[i].time;
      if (away[i]) seen = time;
      if (away[i] && *away[i] <= kRestShare * *away[peak]) return i;
      const Seconds hidden = forward ? time - seen : seen - time;
      const Seconds long_ago = forward ? time - smooth_[peak].time : smooth_[peak].time - time;
      if (hidden > kMostHidden || long_ago > kLongest) return std::nullopt;
      if (forward ? i + 1 >= away.size() : i == 0) return std::nullopt;
      i = forward ? i + 1 : i - 1;
    }
  }

  /// A joint's angle from where it is at rest: the median of the seconds around, seen from the same view.
  [[nodiscard]] std::vector<std::optional<double>> away_from_rest(Measure m, Side side, double sign) const {
    constexpr Seconds kAround{15};
    constexpr std::size_t kEvery = 8;
    std::vector<std::optional<double>> away(smooth_.size());
    std::optional<double> rest;
    for (std::size_t i = 0; i < smooth_.size(); ++i) {
      if (i % kEvery == 0) rest = rest_at(m, side, i, kAround);
      const auto& sample = measures_[i].at(m, side);
      if (sample && rest) away[i] = sign * (sample->value - *rest);
    }
    return away;
  }

  [[nodiscard]] std::optional<double> rest_at(Measure m, Side side, std::size_t at, Seconds around) const {
    const auto [first, last] = between(smooth_[at].time - around, smooth_[at].time + around);
    std::vector<double> values;
    for (std::size_t i = first; i < last; ++i) {
      const bool same_view = azimuths_[i] && azimuths_[at] &&
                             apart(*azimuths_[i], *azimuths_[at]) <= Radians{kMostTurning}.value();
      const auto& sample = measures_[i].at(m, side);
      if (same_view && sample) values.push_back(sample->value);
    }
    return middle_of(std::move(values));
  }

  static std::optional<double> middle_of(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  }

  [[nodiscard]] std::pair<std::size_t, std::size_t> between(Seconds from, Seconds until) const {
    const auto at = [&](Seconds time) {
      return static_cast<std::size_t>(
          std::lower_bound(smooth_.begin(), smooth_.end(), time,
                           [](const engine::PoseFrame& f, Seconds wanted) { return f.time < wanted; }) -
          smooth_.begin());
    };
    return {at(from), at(until)};
  }

  [[nodiscard]] std::optional<Radians> facing(Seconds from, Seconds until) const {
    const auto [first, last] = between(from, until);
    const auto seen = engine::facing_over(smooth_.subspan(first, last - first));
    if (!seen) return std::nullopt;
    return seen->azimuth;
  }

  static double apart(Radians a, Radians b) { return std::abs(std::arg(std::polar(1.0, (a - b).value()))); }

  /// Whether the view is about that of the test, and the same before and after.
  [[nodiscard]] bool is_allowed(const Candidate& c) const {
    const auto during = facing(c.start, c.end);
    const auto before = facing(c.start - kAtRest, c.start);
    const auto after = facing(c.end, c.end + kAtRest);
    if (!during) return false;
    if (before && after && apart(*before, *after) > Radians{kMostTurning}.value()) return false;
    const exercises::RangeCamera& camera = *c.test.test->camera;
    double off = apart(*during, Radians{0});
    if (camera.view == engine::View::side) {
      const double right = apart(*during, Radians{Degrees{90}});
      const double left = apart(*during, Radians{Degrees{-90}});
      off = !c.side ? std::min(left, right) : *c.side == Side::right ? right : left;
    }
    return off <= Radians{kViewReach}.value();
  }

  [[nodiscard]] std::optional<double> median(Measure m, Side side, Seconds from, Seconds until) const {
    const auto [first, last] = between(from, until);
    std::vector<double> values;
    for (std::size_t i = first; i < last; ++i)
      if (const auto& sample = measures_[i].at(m, side)) values.push_back(sample->value);
    return middle_of(std::move(values));
  }

  /// How far a joint moved from rest to the extreme of a candidate.
  [[nodiscard]] std::optional<double> moved(const Candidate& c, Measure m, Side side) const {
    constexpr Seconds kAround{0.15};
    const auto at = median(m, side, c.extreme - kAround, c.extreme + kAround);
    const auto before = median(m, side, c.start - kAtRest, c.start + kAround);
    const auto after = median(m, side, c.end - kAround, c.end + kAtRest);
    if (!at || (!before && !after)) return std::nullopt;
    return *at - (before.value_or(*after) + after.value_or(*before)) / 2;
  }

  /// Whether it ends about where it began.
  [[nodiscard]] bool comes_back(const Candidate& c, double way) const {
    constexpr double kMostLeft = 0.4;  // of the way. Unsourced default
    const auto before = median(c.test.test->camera->measure, c.of, c.start - kAtRest, c.start);
    const auto after = median(c.test.test->camera->measure, c.of, c.end, c.end + kAtRest);
    return !before || !after || std::abs(*after - *before) <= kMostLeft * std::abs(way);
  }

  bool measure(Candidate& c) const {
    const exercises::RangeCamera& camera = *c.test.test->camera;
    const auto way = moved(c, camera.measure, c.of);
    if (!way || c.sign * *way < camera.min_excursion.value() || !comes_back(c, *way)) return false;
    c.share = c.sign * *way / std::abs((camera.target - camera.rest).value());
    c.rank = c.sign * *way / usual_range(tests_, camera.measure);
    return true;
  }

  static bool same_time(const Candidate& a, const Candidate& b) {
    const double both = (std::min(a.end, b.end) - std::max(a.start, b.start)).value();
    return both >= kSameTime * std::min((a.end - a.start).value(), (b.end - b.start).value());
  }

  /// Each with those that happened at the same time, the one that moved most first.
  [[nodiscard]] std::vector<std::vector<Candidate>> groups() const {
    std::vector<Candidate> rest = candidates_;
    std::stable_sort(rest.begin(), rest.end(),
                     [](const Candidate& a, const Candidate& b) { return a.rank > b.rank; });
    std::vector<std::vector<Candidate>> all;
    while (!rest.empty()) {
      const Candidate most = rest.front();
      const auto others = std::stable_partition(rest.begin(), rest.end(),
                                                [&](const Candidate& c) { return same_time(most, c); });
      all.emplace_back(rest.begin(), others);
      rest.erase(rest.begin(), others);
    }
    return all;
  }

  /// The most that a joint moved which the candidate's test does not move, as a share of its usual range.
  [[nodiscard]] double others(const Candidate& c) const {
    const exercises::RangeCamera& camera = *c.test.test->camera;
    const bool from_side = camera.view == engine::View::side;
    const Side near = near_side(c);
    double most = 0;
    for (const Measure axis : kAxes) {
      for (const Side side : {Side::left, Side::right}) {
        if (is_one(axis) && side == Side::right) continue;
        // From the side the body hides the far limbs.
        if (from_side && !is_one(axis) && side != near) continue;
        const bool own =
            axis == camera.measure || (axis == Measure::shoulder_elevation && is_shoulder(camera.measure));
        if (own && (is_one(axis) || side == c.of)) continue;
        if (moves_along(camera.measure, axis, side == c.of)) continue;
        // Across the view only depth shows a movement, too poorly to speak against another.
        if (from_side && engine::info(axis).plane == engine::Plane::frontal) continue;
        // Who moves a limb may look at it.
        if (is_neck(axis) && !is_neck(camera.measure)) continue;
        const auto way = moved(c, axis, side);
        if (way) most = std::max(most, std::abs(*way) / usual_range(tests_, axis));
      }
    }
    return most;
  }

  [[nodiscard]] Side near_side(const Candidate& c) const {
    return facing(c.start, c.end).value_or(Radians{0}).value() > 0 ? Side::right : Side::left;
  }

  /// Whether a raised arm stays in the test's plane.
  [[nodiscard]] bool in_plane(const Candidate& c) const {
    const exercises::RangeCamera& camera = *c.test.test->camera;
    if (!is_shoulder(camera.measure)) return true;
    // Of an arm raised less, the plane is noise.
    constexpr Degrees kPlaneFrom{70};
    const bool high = std::abs(moved(c, camera.measure, c.of).value_or(0)) >= Radians{kPlaneFrom}.value();
    const auto plane = high ? median(Measure::shoulder_plane, c.of, c.start, c.end) : std::nullopt;
    const Radians wanted = camera.measure == Measure::shoulder_abduction
                               ? Radians{0}
                               : Radians{Degrees{c.sign > 0 ? 90.0 : -90.0}};
    if (plane) return apart(Radians{*plane}, wanted) <= Radians{kPlaneReach}.value();
    const auto across = camera.measure == Measure::shoulder_abduction ? Measure::shoulder_flexion
                                                                      : Measure::shoulder_abduction;
    const double own = std::abs(moved(c, camera.measure, c.of).value_or(0));
    return std::abs(moved(c, across, c.of).value_or(0)) <= own * std::tan(Radians{kPlaneReach}.value());
  }

  /// A hip that bends with a straight knee is another test's.
  [[nodiscard]] bool with_its_companions(const Candidate& c) const {
    if (c.test.test->camera->measure != Measure::hip_flexion || c.sign < 0) return true;
    const double knee = moved(c, Measure::knee_flexion, c.of).value_or(0);
    return knee / usual_range(tests_, Measure::knee_flexion) >= kKneeOfHip * c.share;
  }

  [[nodiscard]] bool fits(const Candidate& c) const {
    return others(c) < kMostOfOthers * c.share && in_plane(c) && with_its_companions(c);
  }

  /// Whether no joint moved more that the candidate's test does not move.
  [[nodiscard]] static bool all_less_or_along(const Candidate& c, const std::vector<Candidate>& all) {
    const Measure own = c.test.test->camera->measure;
    return std::all_of(all.begin(), all.end(), [&](const Candidate& o) {
      const Measure axis = o.test.test->camera->measure;
      return o.rank <= c.rank || axis == own || moves_along(own, axis, o.of == c.of);
    });
  }

  [[nodiscard]] std::optional<RecognizedMovement> recognized(const std::vector<Candidate>& all) const {
    if (all.front().rank < kLeastShare) return std::nullopt;
    RecognizedMovement found{all.front().start, all.front().extreme, all.front().end, {}, {}, {}};
    std::vector<Candidate> fitting;
    for (const Candidate& c : all) {
      const std::string name = english(c.test.test->name);
      if (c.rank >= kMostOfOthers * all.front().rank &&
          std::find(found.seen.begin(), found.seen.end(), name) == found.seen.end())
        found.seen.push_back(name);
      if (fits(c) && all_less_or_along(c, all)) fitting.push_back(c);
    }
    const bool alone =
        !fitting.empty() && std::none_of(fitting.begin() + 1, fitting.end(), [&](const Candidate& c) {
          const bool again = c.test.test == fitting.front().test.test && c.side == fitting.front().side;
          return !again && c.rank >= kMostOfOthers * fitting.front().rank;
        });
    if (!alone) return found;
    const Candidate& best = fitting.front();
    found.start = best.start;
    found.extreme = best.extreme;
    found.end = best.end;
    found.test = best.test;
    found.side = best.side;
    return found;
  }

  std::span<const VisitTest> tests_;
  std::span<const engine::PoseFrame> smooth_;
  std::vector<engine::MeasureSet> measures_;
  std::vector<std::optional<Radians>> azimuths_;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<RecognizedMovement> recognize_movements(std::span<const VisitTest> tests,
                                                    std::span<const engine::PoseFrame> smooth) {
  return MovementFinder{tests, smooth}.find();
}

}  // namespace reprise::session
