// SPDX-License-Identifier: Apache-2.0
#include "engine/function_tests/flights.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/function_tests/curve.h"
#include "engine/kinematics/measure.h"
#include "engine/pose/zero_phase.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {
namespace {

constexpr const char* kFlightStage = "finding jumps";
constexpr double kEdgeShare = 0.35;   // of the foot's way at which its passing is timed: above the noise
constexpr Seconds kOnGround{0.4};     // before and after a flight, within which the feet are on the ground
constexpr double kGroundShare = 0.2;  // of the lowest positions that are the ground

/// Heights in the picture, upward, in leg lengths.
struct FootCurves {
  Curve left_in_picture;
  Curve right_in_picture;
  // Each above its own ground, for the nearer foot lies lower in the picture.
  Curve left;
  Curve right;
  Curve lower;  ///< the lower of both feet
  Curve hips;   ///< above the ground between the feet
};

/// The picture's y of a foot's lower end; empty where it is not seen.
std::optional<double> foot_px(const Pose& pose, Side side) {
  const bool left = side == Side::left;
  std::optional<double> lowest;
  for (const Landmark l : {left ? Landmark::left_heel : Landmark::right_heel,
                           left ? Landmark::left_foot_index : Landmark::right_foot_index}) {
    if (pose.visibility[l] < kMinVisibility) continue;
    lowest = std::max(lowest.value_or(-1e9), (*pose.image)[l].y_px);
  }
  return lowest;
}

double middle_px(const Pose& pose, Landmark a, Landmark b) {
  return ((*pose.image)[a].y_px + (*pose.image)[b].y_px) / 2;
}

/// The length of a leg in pixels: of the moments in which it is straightest.
std::optional<double> leg_px(std::span<const PoseFrame> frames) {
  std::vector<double> lengths;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose || !frame.pose->image) continue;
    const double length = middle_px(*frame.pose, Landmark::left_ankle, Landmark::right_ankle) -
                          middle_px(*frame.pose, Landmark::left_hip, Landmark::right_hip);
    if (length > 0) lengths.push_back(length);
  }
  if (lengths.empty()) return std::nullopt;
  std::sort(lengths.begin(), lengths.end());
  constexpr double kStraight = 0.9;  // of the frames bend the legs more; the longest may be a slip
  return lengths[static_cast<std::size_t>(kStraight * static_cast<double>(lengths.size() - 1))];
}

/// The middle one of each three values in a row: a network's points slip in single pictures.
void without_single_slips(Curve& curve) {
  const auto raw = curve.values;
  for (std::size_t i = 1; i + 1 < raw.size(); ++i) {
    if (raw[i - 1] && raw[i] && raw[i + 1])
      curve.values[i] =
          std::max(std::min(*raw[i - 1], *raw[i]), std::min(std::max(*raw[i - 1], *raw[i]), *raw[i + 1]));
  }
}

FootCurves heights_in_picture(std::span<const PoseFrame> frames, double leg) {
  FootCurves curves;
  const auto add = [&](Curve& curve, Seconds time, const std::optional<double>& px) {
    curve.times.push_back(time);
    curve.values.push_back(px ? std::optional{-*px / leg} : std::nullopt);
  };
  for (const PoseFrame& frame : frames) {
    const bool seen = frame.pose && frame.pose->image;
    const auto foot = [&](Side side) { return seen ? foot_px(*frame.pose, side) : std::nullopt; };
    add(curves.left_in_picture, frame.time, foot(Side::left));
    add(curves.right_in_picture, frame.time, foot(Side::right));
    add(curves.hips, frame.time,
        seen ? std::optional{middle_px(*frame.pose, Landmark::left_hip, Landmark::right_hip)} : std::nullopt);
  }
  for (Curve* curve : {&curves.left_in_picture, &curves.right_in_picture}) without_single_slips(*curve);
  return curves;
}

/// Where the foot lies most in [from, to]; empty where it is not seen.
std::optional<double> lies_at(const Curve& lower, Seconds from, Seconds to) {
  std::vector<double> near;
  for (std::size_t k = index_from(lower, from); k < lower.size() && lower.times[k] <= to; ++k) {
    if (lower.values[k]) near.push_back(*lower.values[k]);
  }
  if (near.empty()) return std::nullopt;
  std::sort(near.begin(), near.end());
  return near[static_cast<std::size_t>(kGroundShare * static_cast<double>(near.size() - 1))];
}

/// The ground around each moment: where it differs before and after, the higher one.
std::vector<std::optional<double>> ground_under(const Curve& lower, Seconds window) {
  std::vector<std::optional<double>> ground(lower.size());
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto before = lies_at(lower, lower.times[i] - window, lower.times[i]);
    const auto after = lies_at(lower, lower.times[i], lower.times[i] + window);
    if (before && after) ground[i] = std::max(*before, *after);
  }
  return ground;
}

Curve above(const Curve& curve, const std::vector<std::optional<double>>& ground) {
  Curve out = curve;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out.values[i] && ground[i]) {
      *out.values[i] -= *ground[i];
    } else {
      out.values[i].reset();
    }
  }
  return out;
}

void put_above_ground(FootCurves& curves, Seconds window) {
  const auto left = ground_under(curves.left_in_picture, window);
  const auto right = ground_under(curves.right_in_picture, window);
  std::vector<std::optional<double>> between(left.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] && right[i]) between[i] = (*left[i] + *right[i]) / 2;
  }
  curves.left = above(curves.left_in_picture, left);
  curves.right = above(curves.right_in_picture, right);
  curves.hips = above(curves.hips, between);
  curves.lower = curves.left;
  for (std::size_t i = 0; i < left.size(); ++i) {
    auto& lower = curves.lower.values[i];
    const auto& other_foot = curves.right.values[i];
    lower = lower && other_foot ? std::optional{std::min(*lower, *other_foot)} : std::nullopt;
  }
}

/// How much lower a foot lands than it left; empty: not seen.
std::optional<double> lower_landing(const Curve& in_picture, const Flight& flight) {
  const auto from = smallest_in(in_picture, flight.take_off - kOnGround, flight.take_off);
  const auto onto = smallest_in(in_picture, flight.landing, flight.landing + kOnGround);
  if (!from || !onto) return std::nullopt;
  return from->value - onto->value;
}

/// From one end of a foot's flight to the other.
struct FootFlight {
  Seconds take_off;
  Seconds landing;
};

std::optional<FootFlight> foot_flight(const Curve& foot, Seconds middle, const FlightOptions& options) {
  const auto most = largest_in(foot, middle - 0.25 * options.longest, middle + 0.25 * options.longest);
  if (!most || most->value < options.least_lift) return std::nullopt;
  const double level = kEdgeShare * most->value;
  const auto up = last_crossing_before(foot, most->at, level, middle - options.longest);
  const auto down = first_crossing_after(foot, most->at, level, middle + options.longest);
  if (!up || !down) return std::nullopt;
  // Thrown to a height p, a body is above e p for sqrt(1 - e) of its flight.
  const Seconds flight = (*down - *up) / std::sqrt(1 - kEdgeShare);
  const Seconds center = 0.5 * (*up + *down);
  return FootFlight{center - 0.5 * flight, center + 0.5 * flight};
}

std::optional<double> value_near(const Curve& curve, Seconds time) {
  if (curve.size() == 0) return std::nullopt;
  std::size_t i = index_from(curve, time);
  if (i == curve.size() || (i > 0 && time - curve.times[i - 1] < curve.times[i] - time)) --i;
  return curve.values[i];
}

std::optional<Flight> flight_at(const FootCurves& curves, const CurvePoint& most,
                                const FlightOptions& options) {
  const Seconds middle = curves.lower.times[most.at];
  const auto lower = foot_flight(curves.lower, middle, options);
  const auto left = foot_flight(curves.left, middle, options);
  const auto right = foot_flight(curves.right, middle, options);
  if (!lower || !left || !right) return std::nullopt;
  const auto far_apart = [&](Seconds a, Seconds b) {
    return std::abs((a - b).value()) > options.apart.value();
  };
  if (far_apart(left->take_off, right->take_off) || far_apart(left->landing, right->landing))
    return std::nullopt;
  Flight flight{lower->take_off, lower->landing, most.value};
  if (flight.time() < options.shortest || flight.time() > options.longest) return std::nullopt;
  const auto hips_before = value_near(curves.hips, flight.take_off);
  const auto hips_after = value_near(curves.hips, flight.landing);
  const auto hips_most = largest_in(curves.hips, flight.take_off, flight.landing);
  if (!hips_before || !hips_after || !hips_most) return std::nullopt;
  flight.hip_rise = hips_most->value - (*hips_before + *hips_after) / 2;
  const double fall = jump_height(flight.time()) / options.leg;
  constexpr double kSlip = 0.03;  // leg lengths by which the hips' place may err
  if (flight.hip_rise < options.least_of_free_fall * fall ||
      flight.hip_rise > options.most_of_free_fall * fall + kSlip)
    return std::nullopt;
  // Both at the ground: the lower foot's height cancels out.
  flight.bent_at_landing = *hips_before - *hips_after;
  const auto left_lower = lower_landing(curves.left_in_picture, flight);
  const auto right_lower = lower_landing(curves.right_in_picture, flight);
  if (!left_lower || !right_lower) return std::nullopt;
  flight.lower_at_landing = (*left_lower + *right_lower) / 2;
  return flight;
}

Result<void> check_flight_frames(std::span<const PoseFrame> frames, const FlightOptions& options) {
  const auto rate = median_rate(frames);
  if (!rate || *rate < options.least_rate) {
    return fail(ErrorCode::unsupported, kFlightStage,
                "there are fewer than " + std::to_string(std::lround(options.least_rate.value())) +
                    " pictures a second, so that a jump lasts only a few of them",
                "film at 60 pictures a second or more");
  }
  const bool any_image =
      std::any_of(frames.begin(), frames.end(), [](const PoseFrame& f) { return f.pose && f.pose->image; });
  if (any_image) return {};
  return fail(
      ErrorCode::unsupported, kFlightStage,
      "the landmarks have no positions in the picture, so that the feet cannot be told from the ground",
      "give the video, or landmarks in pixels");
}

}  // namespace

Result<std::vector<Flight>> find_flights(std::span<const PoseFrame> frames, const FlightOptions& options) {
  if (auto ok = check_flight_frames(frames, options); !ok) return tl::unexpected(ok.error());
  const auto leg = leg_px(frames);
  if (!leg) return std::vector<Flight>{};
  FootCurves curves = heights_in_picture(frames, *leg);
  put_above_ground(curves, options.ground_window);
  const auto seen = static_cast<std::size_t>(
      std::count_if(curves.lower.values.begin(), curves.lower.values.end(),
                    [](const std::optional<double>& value) { return value.has_value(); }));
  if (2 * seen < frames.size()) {
    return fail(ErrorCode::nothing_measured, kFlightStage,
                "both feet are seen in less than half of the pictures",
                "film from farther away, so that both feet and the ground under them stay in the picture");
  }

  std::vector<Flight> flights;
  const Curve& lower = curves.lower;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (!lower.values[i] || *lower.values[i] < options.least_lift) continue;
    CurvePoint most{i, *lower.values[i]};
    std::size_t k = i;
    for (; k < lower.size() && (!lower.values[k] || *lower.values[k] >= options.least_lift); ++k) {
      if (lower.values[k] && *lower.values[k] > most.value) most = {k, *lower.values[k]};
    }
    i = k;
    const auto flight = flight_at(curves, most, options);
    if (flight && (flights.empty() || flight->take_off >= flights.back().landing)) flights.push_back(*flight);
  }
  return flights;
}

Meters jump_height(Seconds flight) {
  return Meters{kGravityMps2 * flight.value() * flight.value() / 8};
}

}  // namespace reprise::engine
