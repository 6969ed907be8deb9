// SPDX-License-Identifier: Apache-2.0
#include "report/charts/figure_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/pose/bones.h"
#include "report/charts/angle_mark.h"
#include "report/html/format.h"

namespace reprise::report {
namespace {

using L = engine::Landmark;

constexpr double kUnitsPerMeter = 100;
constexpr double kWellSeen = 0.5;     // below, a point is an estimate. Unsourced default
constexpr double kFarBehindM = 0.08;  // a side farther away than the other by this is drawn lighter

struct Point {
  double x = 0;
  double y = 0;
};
Point operator+(Point a, Point b) {
  return {a.x + b.x, a.y + b.y};
}
Point operator-(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
Point operator*(double s, Point a) {
  return {s * a.x, s * a.y};
}
double length(Point a) {
  return std::hypot(a.x, a.y);
}

// Whose depth tells which side is farther away.
constexpr std::array<engine::Landmark, 4> kDepth = {L::left_shoulder, L::left_hip, L::left_knee,
                                                    L::left_ankle};

std::string number(double value) {
  std::string text = fixed(value, 1);
  const std::string minus = "\u2212";
  if (text.rfind(minus, 0) == 0) text.replace(0, minus.size(), "-");
  return text.empty() ? "0" : text;
}

// A horizontal direction in camera axes: which way is "across" in a drawing.
struct Across {
  double x = 1;
  double z = 0;

  [[nodiscard]] double across_m(const Vec3<Camera>& p) const { return x * p.v.x() + z * p.v.z(); }
  [[nodiscard]] double depth_m(const Vec3<Camera>& p) const { return x * p.v.z() - z * p.v.x(); }
};

// As filmed, or straight across the body: at right angles to hips and shoulders, the toes to the right.
Across across_of(const session::Figure& figure, Looking looking) {
  if (looking == Looking::as_filmed) return {};
  const auto side_line = figure.world_m[L::right_hip] - figure.world_m[L::left_hip] +
                         figure.world_m[L::right_shoulder] - figure.world_m[L::left_shoulder];
  const double width_m = std::hypot(side_line.v.x(), side_line.v.z());
  if (!(width_m > 0.1)) return {0, -1};
  const Across across{-side_line.v.z() / width_m, side_line.v.x() / width_m};
  const auto feet = figure.world_m[L::left_foot_index] - figure.world_m[L::left_heel] +
                    figure.world_m[L::right_foot_index] - figure.world_m[L::right_heel];
  return across.across_m(feet) < 0 ? Across{-across.x, -across.z} : across;
}

// Figures stand on one floor: heights count from the lowest point seen.
double floor_of(const session::Figure& figure) {
  std::optional<double> lowest_m;
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    if (figure.visibility[l] < engine::kMinVisibility) continue;
    lowest_m = std::max(lowest_m.value_or(figure.world_m[l].v.y()), figure.world_m[l].v.y());
  }
  return lowest_m.value_or(0);
}

class Drawing {
 public:
  Drawing(Html& html, const session::Figure& figure, const FigureOptions& o)
      : html_(html),
        figure_(figure),
        o_(o),
        across_(across_of(figure, o.looking)),
        floor_m_(floor_of(figure)) {}

  void draw() {
    html_.open("svg", {{"class", "figure"},
                       {"viewBox", "0 0 " + number(width()) + ' ' + number(height())},
                       {"role", "img"},
                       {"aria-label", o_.description}});
    draw_floor();
    const auto far = far_side();
    if (far) draw_side(*far, "far");
    for (const engine::Bone& bone : engine::kTrunkBones) draw_bone(bone, "near");
    draw_head();
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      if (side != far) draw_side(side, "near");
    }
    draw_mark();
    html_.close();
  }

 private:
  [[nodiscard]] double width() const { return kUnitsPerMeter * (o_.frame.right_m - o_.frame.left_m); }
  [[nodiscard]] double height() const { return kUnitsPerMeter * (o_.frame.bottom_m - o_.frame.top_m); }
  [[nodiscard]] Point at(const Vec3<Camera>& p) const {
    return {kUnitsPerMeter * (across_.across_m(p) - o_.frame.left_m),
            kUnitsPerMeter * (p.v.y() - floor_m_ - o_.frame.top_m)};
  }
  [[nodiscard]] bool seen(engine::Landmark l) const {
    return figure_.visibility[l] >= engine::kMinVisibility;
  }

  [[nodiscard]] std::optional<engine::Side> far_side() const {
    double left_m = 0;
    double right_m = 0;
    for (const engine::Landmark l : kDepth) {
      left_m += across_.depth_m(figure_.world_m[l]) / kDepth.size();
      right_m += across_.depth_m(figure_.world_m[engine::mirrored(l)]) / kDepth.size();
    }
    if (std::abs(left_m - right_m) < kFarBehindM) return std::nullopt;
    return left_m > right_m ? engine::Side::left : engine::Side::right;
  }

  void line(Point a, Point b, const std::string& style) {
    html_.empty("line", {{"class", style},
                         {"x1", number(a.x)},
                         {"y1", number(a.y)},
                         {"x2", number(b.x)},
                         {"y2", number(b.y)}});
  }

  void draw_bone(const engine::Bone& bone, const std::string& style) {
    if (!seen(bone.from) || !seen(bone.to)) return;
    const bool guessed = std::min(figure_.visibility[bone.from], figure_.visibility[bone.to]) < kWellSeen;
    line(at(figure_.world_m[bone.from]), at(figure_.world_m[bone.to]),
         "bone " + style + (guessed ? " guessed" : ""));
  }

  void draw_side(engine::Side side, const std::string& style) {
    for (const engine::Bone& bone : engine::kLeftBones) {
      draw_bone(side == engine::Side::left
                    ? bone
                    : engine::Bone{engine::mirrored(bone.from), engine::mirrored(bone.to)},
                style);
    }
  }

  void draw_head() {
    if (!seen(L::left_ear) && !seen(L::right_ear) && !seen(L::nose)) return;
    const auto ears = 0.5 * (figure_.world_m[L::left_ear] + figure_.world_m[L::right_ear]);
    const auto neck = 0.5 * (figure_.world_m[L::left_shoulder] + figure_.world_m[L::right_shoulder]);
    html_.empty("circle",
                {{"class", "head"}, {"cx", number(at(ears).x)}, {"cy", number(at(ears).y)}, {"r", "10"}});
    const Point towards = at(ears) - at(neck);
    const double far = length(towards);
    if (far > 10) line(at(neck), at(neck) + ((far - 10) / far) * towards, "bone near");
  }

  void draw_floor() {
    const double y = 3 - kUnitsPerMeter * o_.frame.top_m;
    line({0, y}, {width(), y}, "floor");
  }

  void draw_mark() {
    if (o_.label.empty()) return;
    const auto mark =
        angle_mark(figure_, o_.measure, o_.side.value_or(better_seen_side(figure_, o_.measure)));
    if (!mark) return;
    const Point vertex = at(mark->vertex);
    const Point limb = at(mark->limb);
    line(vertex, limb, "marked");
    if (mark->is_angle) {
      draw_label(draw_arc(vertex, at(mark->vertex + mark->zero) - vertex, limb - vertex), vertex);
    } else {
      const Point middle = vertex + 0.5 * (limb - vertex);
      const double hips = at(0.5 * (figure_.world_m[L::left_hip] + figure_.world_m[L::right_hip])).x;
      draw_label(middle + Point{middle.x < hips ? -8.0 : 8.0, 0}, middle);
    }
  }

  // The arc from neutral zero to the limb, and a place beyond its middle for the label.
  Point draw_arc(Point vertex, Point zero, Point limb) {
    constexpr double kRadius = 15;
    const double zero_length = length(zero);
    const double limb_length = length(limb);
    if (zero_length < 4 || limb_length < 4) return vertex + Point{kRadius, 0};  // seen end on
    line(vertex, vertex + (std::max(28.0, 0.8 * zero_length) / zero_length) * zero, "zero");
    const double from = std::atan2(zero.y, zero.x);
    double sweep = std::atan2(limb.y, limb.x) - from;
    if (sweep > kPi) sweep -= 2 * kPi;
    if (sweep < -kPi) sweep += 2 * kPi;
    const Point start = vertex + (kRadius / zero_length) * zero;
    const Point end = vertex + (kRadius / limb_length) * limb;
    html_.empty("path", {{"class", "arc"},
                         {"d", "M" + number(start.x) + ' ' + number(start.y) + "A15 15 0 0 " +
                                   (sweep > 0 ? "1 " : "0 ") + number(end.x) + ' ' + number(end.y)}});
    const double middle = from + sweep / 2;
    return vertex + 27.0 * Point{std::cos(middle), std::sin(middle)};
  }

  void draw_label(Point place, Point vertex) {
    const bool to_right = place.x >= vertex.x;
    const double room = 6.5 * static_cast<double>(o_.label.size());
    const double x = to_right ? std::min(place.x, width() - room) : std::max(place.x, room);
    html_.leaf("text",
               {{"class", "value"},
                {"x", number(x)},
                {"y", number(std::clamp(place.y + 4, 12.0, height() - 3))},
                {"text-anchor", to_right ? "start" : "end"}},
               o_.label);
  }

  Html& html_;
  const session::Figure& figure_;
  const FigureOptions& o_;
  Across across_;
  double floor_m_;
};

}  // namespace

FigureFrame room_for(const session::Figure& figure, Looking looking) {
  constexpr double kMarginM = 0.14;  // for the head, line widths and the label
  constexpr double kReachM = 1.5;    // more than an arm's reach; a wild point must not shrink the rest
  const Across across = across_of(figure, looking);
  const double floor_m = floor_of(figure);
  FigureFrame frame{-0.3, -0.5, 0.3, 0.07};
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    if (figure.visibility[l] < engine::kMinVisibility) continue;
    const double x = std::clamp(across.across_m(figure.world_m[l]), -kReachM, kReachM);
    const double y = std::clamp(figure.world_m[l].v.y() - floor_m, -2 * kReachM, 0.0);
    frame = joined(frame, {x - kMarginM, y - kMarginM, x + kMarginM, y + kMarginM / 2});
  }
  return frame;
}

FigureFrame joined(const FigureFrame& a, const FigureFrame& b) {
  return {std::min(a.left_m, b.left_m), std::min(a.top_m, b.top_m), std::max(a.right_m, b.right_m),
          std::max(a.bottom_m, b.bottom_m)};
}

void draw_figure(Html& html, const session::Figure& figure, const FigureOptions& options) {
  Drawing{html, figure, options}.draw();
}

}  // namespace reprise::report
