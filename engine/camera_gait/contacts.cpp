// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/contacts.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/peaks.h"

namespace reprise::engine {
namespace {

constexpr Seconds kLeastStride{0.5};  // between two contacts of one foot

// The top of a parabola through a peak and its neighbors, samples.
double exact_peak(const std::vector<double>& track, std::size_t i) {
  if (i == 0 || i + 1 >= track.size()) return static_cast<double>(i);
  const double curve = track[i - 1] - 2 * track[i] + track[i + 1];
  if (!(curve < 0)) return static_cast<double>(i);
  return static_cast<double>(i) + std::clamp((track[i - 1] - track[i + 1]) / (2 * curve), -0.5, 0.5);
}

struct TurningPoint {
  double sample = 0;
  double prominence = 0;
};

std::vector<TurningPoint> turning_points(std::vector<double> track, bool farthest_ahead, double prominence) {
  if (!farthest_ahead) {
    for (double& value : track) value = -value;
  }
  PeakOptions options;
  options.min_prominence = prominence;
  options.min_distance = static_cast<std::size_t>(kLeastStride * LegTracks::kRate.value() / Seconds{1});
  std::vector<TurningPoint> points;
  const auto peaks = find_peaks(track, options);
  if (!peaks) return points;
  for (const Peak& peak : *peaks) points.push_back({exact_peak(track, peak.index), peak.prominence});
  return points;
}

std::vector<double> ground_speed(const LegTracks& tracks, const std::vector<double>& ahead, double belt) {
  std::vector<double> speed(ahead.size(), 0);
  for (std::size_t i = 1; i + 1 < ahead.size(); ++i) {
    const double way = ahead[i + 1] + tracks.hips_ahead[i + 1] - ahead[i - 1] - tracks.hips_ahead[i - 1];
    speed[i] = way * LegTracks::kRate.value() / 2 + belt;
  }
  return speed;
}

// From a turning point the speed is followed to where it crosses the limit.
double crossing(const std::vector<double>& speed, double from, double share, bool falls) {
  constexpr std::size_t kSwing = 60;  // samples
  const auto at = static_cast<std::size_t>(std::max(0.0, from));
  const std::size_t begin = falls ? at - std::min(at, kSwing) : at;
  const std::size_t end = std::min(speed.size(), falls ? at + 1 : at + kSwing);
  if (begin >= end) return from;
  const auto most = std::max_element(speed.begin() + static_cast<std::ptrdiff_t>(begin),
                                     speed.begin() + static_cast<std::ptrdiff_t>(end));
  const double limit = share * *most;
  auto i = static_cast<std::size_t>(most - speed.begin());
  if (falls) {
    while (i + 1 < speed.size() && speed[i] > limit) ++i;
  } else {
    while (i > 0 && speed[i] > limit) --i;
  }
  return static_cast<double>(i);
}

// Feet do not land together: where they seem to, the network took one for the other.
std::vector<FootEvent> without_doubles(const std::vector<FootEvent>& events, Seconds least_step) {
  std::vector<FootEvent> kept;
  for (const FootEvent& event : events) {
    const auto last = std::find_if(kept.rbegin(), kept.rend(), [&](const FootEvent& other) {
      return other.is_contact == event.is_contact;
    });
    if (last == kept.rend() || event.time - last->time >= least_step) {
      kept.push_back(event);
    } else if (event.prominence > last->prominence) {
      kept.erase(std::next(last).base());
      kept.push_back(event);
    }
  }
  return kept;
}

}  // namespace

std::vector<FootEvent> find_contacts(const LegTracks& tracks, const ContactOptions& options) {
  std::vector<FootEvent> events;
  for (const Side side : {Side::left, Side::right}) {
    const LegTracks::Leg& leg = tracks.of(side);
    for (const bool contact : {true, false}) {
      const std::vector<double>& ahead = contact ? leg.heel_ahead : leg.toe_ahead;
      const auto speed = options.method == ContactMethod::ground_speed
                             ? ground_speed(tracks, ahead, options.belt_speed)
                             : std::vector<double>{};
      for (const TurningPoint& point : turning_points(ahead, contact, options.min_prominence)) {
        double sample = point.sample;
        if (!speed.empty()) sample = crossing(speed, sample, options.slow_share, contact);
        events.push_back({side, tracks.time(sample), contact, point.prominence});
      }
    }
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const FootEvent& a, const FootEvent& b) { return a.time < b.time; });
  return without_doubles(events, options.least_step);
}

}  // namespace reprise::engine
