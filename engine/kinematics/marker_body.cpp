// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/marker_body.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using P = BodyPoint;
using J = JointPoint;

constexpr std::array kSides = {Side::left, Side::right};
constexpr double kShortestSegmentM = 0.08;
constexpr double kLongestSegmentM = 0.75;
constexpr double kMostOffMedian = 0.3;
constexpr double kUprightShare = 0.8;  // of the way from feet to neck along one axis, to call it the vertical

std::string rounded(double value, int decimals) {
  const double scale = std::pow(10, decimals);
  std::string text = std::to_string(std::round(value * scale) / scale);
  text.resize(text.find('.') + 1 + static_cast<std::size_t>(decimals));
  return text;
}

/// The markers of a recording as points of a body; markers that were never seen are left out.
class Columns {
 public:
  Columns(const MarkerRecording& recording, const RecognisedMarkers& markers)
      : recording_(recording), markers_(markers), seen_(recording.names.size(), false) {
    for (std::size_t f = 0; f < recording.times.size(); ++f) {
      for (std::size_t m = 0; m < seen_.size(); ++m) {
        if (recording.at(f, m)) seen_[m] = true;
      }
    }
  }
  [[nodiscard]] bool has(P point, Side side) const {
    const auto& marker = markers_.at(point, side);
    return marker && seen_[*marker];
  }
  [[nodiscard]] bool named(P point, Side side) const { return markers_.at(point, side).has_value(); }
  [[nodiscard]] std::optional<Vec3<Laboratory>> at(std::size_t frame, P point, Side side) const {
    const auto& marker = markers_.at(point, side);
    return marker ? recording_.at(frame, *marker) : std::nullopt;
  }
  /// Returns the middle of points; empty if any of them is.
  [[nodiscard]] std::optional<Vec3<Laboratory>> middle(std::size_t frame, const std::vector<P>& points,
                                                       Side side) const {
    if (points.empty()) return std::nullopt;
    Vec3<Laboratory> sum;
    for (const P point : points) {
      const auto one = at(frame, point, side);
      if (!one) return std::nullopt;
      sum = sum + *one;
    }
    return sum * (1.0 / static_cast<double>(points.size()));
  }

 private:
  const MarkerRecording& recording_;
  const RecognisedMarkers& markers_;
  std::vector<bool> seen_;
};

/// Ways to find a point, the best first.
std::vector<std::vector<P>> recipes(J point) {
  switch (point) {
    case J::hip: return {{P::hip_center}};
    case J::knee: return {{P::knee_center}, {P::knee_lateral, P::knee_medial}, {P::knee_lateral}};
    case J::ankle: return {{P::ankle_center}, {P::ankle_lateral, P::ankle_medial}, {P::ankle_lateral}};
    case J::heel: return {{P::heel}};
    // The fifth metatarsal is what a goniometer follows (Kosmahl).
    case J::forefoot: return {{P::fifth_metatarsal}, {P::toe, P::small_toe}, {P::toe}, {P::small_toe}};
    case J::shoulder: return {{P::shoulder}};
    case J::elbow: return {{P::elbow_center}, {P::elbow_lateral, P::elbow_medial}, {P::elbow_lateral}};
    case J::wrist: return {{P::wrist_center}, {P::wrist_lateral, P::wrist_medial}, {P::wrist_lateral}};
  }
  return {};
}

std::string in_words(const std::vector<P>& points) {
  std::string text;
  for (const P point : points) text += (text.empty() ? "" : " and ") + std::string{name(point)};
  return text;
}

std::optional<SegmentAxes> pelvis_axes(const Vec3<Laboratory>& left_front,
                                       const Vec3<Laboratory>& right_front, const Vec3<Laboratory>& back) {
  const auto right = unit(right_front - left_front, kNoLengthM);
  if (!right) return std::nullopt;
  const Vec3<Laboratory> ahead = 0.5 * (left_front + right_front) - back;
  const auto forward = unit(ahead - ahead.dot(*right) * *right, kNoLengthM);
  if (!forward) return std::nullopt;
  return SegmentAxes{*forward, right->cross(*forward), *right};
}

class BodyFinder {
 public:
  BodyFinder(const MarkerRecording& recording, const RecognisedMarkers& markers)
      : columns_(recording, markers) {
    body_.frames.resize(recording.times.size());
    body_.warnings = markers.warnings;
  }

  [[nodiscard]] MarkerBody find(std::optional<Vec3<Laboratory>> up) && {
    find_pelvis();
    for (const Side side : kSides) {
      find_points(side);
      find_knee_axis(side);
      keep_lengths(side);
    }
    find_neck();
    check_facing();
    find_up(up);
    return std::move(body_);
  }

 private:
  void assume(std::string text) {
    if (std::find(body_.assumptions.begin(), body_.assumptions.end(), text) == body_.assumptions.end()) {
      body_.assumptions.push_back(std::move(text));
    }
  }
  [[nodiscard]] std::string& missing(J point, Side side) {
    return body_.missing[static_cast<std::size_t>(point)][static_cast<std::size_t>(side)];
  }

  void find_pelvis() {
    const bool front =
        columns_.has(P::front_iliac_spine, Side::left) && columns_.has(P::front_iliac_spine, Side::right);
    const bool spines =
        columns_.has(P::back_iliac_spine, Side::left) && columns_.has(P::back_iliac_spine, Side::right);
    const bool sacrum = columns_.has(P::sacrum, Side::left);
    if (!front || (!spines && !sacrum)) {
      body_.pelvis_missing =
          front ? "no marker on the back of the pelvis" : "the front iliac spines are not both marked";
      return;
    }
    if (!spines)
      assume(
          "The sacral marker stands for the back iliac spines; tilt and hip flexion shift where it sits "
          "higher or lower.");
    bool any = false;
    for (std::size_t f = 0; f < body_.frames.size(); ++f) {
      const auto left = columns_.at(f, P::front_iliac_spine, Side::left);
      const auto right = columns_.at(f, P::front_iliac_spine, Side::right);
      std::optional<Vec3<Laboratory>> back = columns_.at(f, P::sacrum, Side::left);
      if (spines) {
        const auto back_left = columns_.at(f, P::back_iliac_spine, Side::left);
        const auto back_right = columns_.at(f, P::back_iliac_spine, Side::right);
        back = back_left && back_right ? std::optional{0.5 * (*back_left + *back_right)} : std::nullopt;
      }
      if (left && right && back) body_.frames[f].pelvis = pelvis_axes(*left, *right, *back);
      any = any || body_.frames[f].pelvis;
    }
    if (!any) body_.pelvis_missing = "the markers of the pelvis are never seen together";
  }

  void find_points(Side side) {
    for (std::size_t j = 0; j < kJointPointCount; ++j) {
      const auto point = static_cast<J>(j);
      std::vector<P> recipe;
      for (const auto& one : recipes(point)) {
        const bool all = std::all_of(one.begin(), one.end(), [&](P p) { return columns_.has(p, side); });
        if (recipe.empty() && all) recipe = one;
      }
      if (recipe.empty() && point == J::hip && body_.pelvis_missing.empty()) {
        find_hips_from_pelvis(side);
        continue;
      }
      bool any = false;
      for (std::size_t f = 0; f < body_.frames.size(); ++f) {
        body_.frames[f].at(point, side) = columns_.middle(f, recipe, side);
        any = any || body_.frames[f].at(point, side);
      }
      if (!any) missing(point, side) = check_contraindications(point, side, recipe);
      const bool lateral = recipe.size() == 1 && std::string_view{name(recipe[0])}.starts_with("lateral");
      if (any && lateral) {
        assume("The " + std::string{name(point)} +
               " is taken to be at its lateral marker: no medial one was seen.");
      }
    }
  }

  [[nodiscard]] std::string check_contraindications(J point, Side side, const std::vector<P>& recipe) const {
    const std::string whose = std::string{name(side)} + " ";
    if (!recipe.empty()) return whose + in_words(recipe) + " are never seen together";
    for (const auto& one : recipes(point)) {
      for (const P p : one) {
        if (columns_.named(p, side))
          return "the marker of the " + whose + std::string{name(p)} + " is never seen";
      }
    }
    return "no marker for the " + whose + std::string{name(point)};
  }

  void find_hips_from_pelvis(Side side) {
    assume(
        "Hip centers are estimated from the pelvis (36 % of its width to the side, 30 % down, 22 % back).");
    const double outward = side == Side::right ? 0.36 : -0.36;
    for (std::size_t f = 0; f < body_.frames.size(); ++f) {
      const auto& pelvis = body_.frames[f].pelvis;
      if (!pelvis) continue;
      const Vec3<Laboratory> left = *columns_.at(f, P::front_iliac_spine, Side::left);
      const Vec3<Laboratory> right = *columns_.at(f, P::front_iliac_spine, Side::right);
      const double width = (right - left).norm();
      body_.frames[f].at(J::hip, side) = 0.5 * (left + right) + outward * width * pelvis->right -
                                         0.30 * width * pelvis->up - 0.22 * width * pelvis->forward;
    }
  }

  void find_knee_axis(Side side) {
    for (std::size_t f = 0; f < body_.frames.size(); ++f) {
      const auto lateral = columns_.at(f, P::knee_lateral, side);
      const auto medial = columns_.at(f, P::knee_medial, side);
      if (!lateral || !medial) continue;
      body_.frames[f].knee_axis[static_cast<std::size_t>(side)] =
          unit(side == Side::right ? *lateral - *medial : *medial - *lateral, kNoLengthM);
    }
  }

  /// The median length of a segment over the frames that show it; empty, with the reason, if there is none.
  [[nodiscard]] std::optional<double> length_of(J from, J to, Side side, const std::string& what) {
    std::vector<double> lengths;
    for (const BodyFrame& frame : body_.frames) {
      if (frame.at(from, side) && frame.at(to, side))
        lengths.push_back((*frame.at(from, side) - *frame.at(to, side)).norm());
    }
    if (lengths.empty()) return std::nullopt;
    const double length = median(std::move(lengths));
    if (length >= kShortestSegmentM && length <= kLongestSegmentM) return length;
    const std::string why = "the " + std::string{name(side)} + " " + what + " would be " +
                            rounded(length * 100, 2) +
                            " cm long: check the file's unit and the markers' names";
    body_.warnings.push_back("Not a body: " + why + ".");
    for (const J point : {from, to}) {
      missing(point, side) = why;
      for (BodyFrame& frame : body_.frames) frame.at(point, side).reset();
    }
    return std::nullopt;
  }

  void keep_lengths(Side side) {
    const auto thigh = length_of(J::hip, J::knee, side, "thigh");
    const auto shank = length_of(J::knee, J::ankle, side, "shank");
    std::size_t left_out = 0;
    for (BodyFrame& frame : body_.frames) {
      auto& hip = frame.at(J::hip, side);
      auto& knee = frame.at(J::knee, side);
      auto& ankle = frame.at(J::ankle, side);
      const auto off = [](const auto& a, const auto& b, const auto& length) {
        return a && b && length && std::abs((*a - *b).norm() / *length - 1) > kMostOffMedian;
      };
      if (off(hip, knee, thigh) || off(knee, ankle, shank)) {
        hip.reset();
        knee.reset();
        ankle.reset();
        ++left_out;
      } else if (hip && knee && ankle && thigh && shank) {
        fit_leg(*hip, *thigh, *knee, *shank, *ankle);
      }
    }
    if (left_out == 0) return;
    body_.warnings.push_back("The " + std::string{name(side)} + " leg was left out in " +
                             std::to_string(left_out) +
                             " frames, where thigh or shank is more than 30 % longer or shorter than usual.");
  }

  /// Each correction is halved between its two ends; a chain of two converges by half each time.
  static void fit_leg(Vec3<Laboratory>& hip, double thigh_m, Vec3<Laboratory>& knee, double shank_m,
                      Vec3<Laboratory>& ankle) {
    for (int i = 0; i < 40; ++i) {
      for (const auto& [from, to, length] :
           {std::tuple<Vec3<Laboratory>*, Vec3<Laboratory>*, double>{&hip, &knee, thigh_m},
            {&knee, &ankle, shank_m}}) {
        const Vec3<Laboratory> along = *to - *from;
        const double now = along.norm();
        if (!(now > kNoLengthM)) return;
        const Vec3<Laboratory> half = along * ((now - length) / now / 2);
        *from = *from + half;
        *to = *to - half;
      }
    }
  }

  void find_neck() {
    const bool marked = columns_.has(P::neck, Side::left);
    bool any = false;
    for (std::size_t f = 0; f < body_.frames.size(); ++f) {
      BodyFrame& frame = body_.frames[f];
      const auto& left = frame.at(J::shoulder, Side::left);
      const auto& right = frame.at(J::shoulder, Side::right);
      if (marked) {
        frame.neck = columns_.at(f, P::neck, Side::left);
      } else if (left && right) {
        frame.neck = 0.5 * (*left + *right);
      }
      any = any || frame.neck;
    }
    if (any && !marked) assume("The neck is taken to be in the middle between the shoulders.");
  }

  /// Exchanged names of left and right turn the body round: then the toes point backwards.
  void check_facing() {
    int forwards = 0;
    int backwards = 0;
    for (const BodyFrame& frame : body_.frames) {
      const auto& left_hip = frame.at(J::hip, Side::left);
      const auto& right_hip = frame.at(J::hip, Side::right);
      for (const Side side : kSides) {
        const auto& heel = frame.at(J::heel, side);
        const auto& toe = frame.at(J::forefoot, side);
        if (!heel || !toe || !left_hip || !right_hip || !frame.neck) continue;
        const Vec3<Laboratory> trunk = *frame.neck - 0.5 * (*left_hip + *right_hip);
        const double ahead = trunk.cross(*right_hip - *left_hip).dot(*toe - *heel);
        ++(ahead > 0 ? forwards : backwards);
      }
    }
    if (backwards > forwards) {
      body_.warnings.emplace_back(
          "The toes point backwards: left and right seem to be exchanged. Check the markers' names before "
          "using "
          "any side.");
    }
  }

  [[nodiscard]] static std::optional<Vec3<Laboratory>> middle_of(const BodyFrame& frame, J point) {
    const auto& left = frame.at(point, Side::left);
    const auto& right = frame.at(point, Side::right);
    if (left && right) return 0.5 * (*left + *right);
    return left ? left : right;
  }

  void find_up(std::optional<Vec3<Laboratory>> known) {
    if (known) {
      body_.up = unit(*known, kNoLengthM);
      return;
    }
    Vec3<Laboratory> sum;
    for (const BodyFrame& frame : body_.frames) {
      const auto hips = middle_of(frame, J::hip);
      const auto top = frame.neck ? frame.neck : hips;
      std::optional<Vec3<Laboratory>> bottom;
      for (const J low : {J::ankle, J::heel, J::forefoot, J::knee}) {
        if (!bottom) bottom = middle_of(frame, low);
      }
      if (!bottom && frame.neck) bottom = hips;
      const auto along = top && bottom ? unit(*top - *bottom, kNoLengthM) : std::nullopt;
      if (along) sum = sum + *along;
    }
    const auto mean = unit(sum, kNoLengthM);
    if (!mean) return;
    Eigen::Index axis = 0;
    const double share = mean->v.cwiseAbs().maxCoeff(&axis);
    if (share < kUprightShare) {
      body_.warnings.emplace_back(
          "No axis of the laboratory points from feet to head: the vertical is not known.");
      return;
    }
    Eigen::Vector3d up = Eigen::Vector3d::Zero();
    up[axis] = mean->v[axis] > 0 ? 1 : -1;
    body_.up = Vec3<Laboratory>{up};
    assume(std::string{"Up is taken to be "} + (mean->v[axis] > 0 ? "+" : "-") + "xyz"[axis] +
           ": head and trunk lie that way from the feet. For a person who lies, say it with --up.");
  }

  Columns columns_;
  MarkerBody body_;
};

}  // namespace

std::string_view name(JointPoint point) {
  constexpr std::array<std::string_view, kJointPointCount> kNames = {
      "hip", "knee", "ankle", "heel", "forefoot", "shoulder", "elbow", "wrist"};
  return kNames[static_cast<std::size_t>(point)];
}

MarkerBody find_body(const MarkerRecording& recording, const RecognisedMarkers& markers,
                     std::optional<Vec3<Laboratory>> up) {
  return BodyFinder{recording, markers}.find(up);
}

}  // namespace reprise::engine
