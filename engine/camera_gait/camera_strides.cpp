// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/camera_strides.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

// The share of a stride in which the sole lies on the floor.
constexpr double kFlatFrom = 0.2;
constexpr double kFlatTo = 0.4;

double foot_angle_at(const LegTracks::Leg& leg, double sample) {
  return std::atan2(value_at(leg.toe_up, sample) - value_at(leg.heel_up, sample),
                    value_at(leg.toe_ahead, sample) - value_at(leg.heel_ahead, sample));
}

std::optional<Radians> angle_at_contact(const LegTracks& tracks, const CameraStride& stride) {
  const LegTracks::Leg& leg = tracks.of(stride.side);
  std::vector<double> flat;
  const double from = tracks.sample(stride.start);
  const double to = tracks.sample(stride.end);
  for (double share = kFlatFrom; share <= kFlatTo; share += 0.02)
    flat.push_back(foot_angle_at(leg, from + share * (to - from)));
  return Radians{foot_angle_at(leg, to) - median(flat)};
}

// Where the heel stands after a contact: its median place while the sole is flat.
double standing_place(const LegTracks& tracks, Side side, Seconds contact, Seconds stride) {
  std::vector<double> places;
  const LegTracks::Leg& leg = tracks.of(side);
  for (double share = 0.05; share <= 0.3; share += 0.02) {
    const double sample = tracks.sample(contact + share * stride);
    if (sample > static_cast<double>(tracks.size() - 1)) break;
    places.push_back(value_at(leg.heel_ahead, sample) + value_at(tracks.hips_ahead, sample));
  }
  if (places.empty())
    places.push_back(value_at(leg.heel_ahead, tracks.sample(contact)) +
                     value_at(tracks.hips_ahead, tracks.sample(contact)));
  return median(places);
}

}  // namespace

CameraStrides find_camera_strides(const LegTracks& tracks, std::span<const FootEvent> events, bool travels,
                                  const CameraStrideOptions& options) {
  CameraStrides found;
  for (const FootEvent& event : events) {
    if (event.is_contact) found.contacts.push_back(event);
  }
  for (std::size_t i = 0; i < found.contacts.size(); ++i) {
    const FootEvent& first = found.contacts[i];
    const auto next =
        std::find_if(found.contacts.begin() + static_cast<std::ptrdiff_t>(i) + 1, found.contacts.end(),
                     [&](const FootEvent& later) { return later.side == first.side; });
    if (next != found.contacts.end()) {
      CameraStride stride{first.side, first.time, next->time, std::nullopt, std::nullopt, std::nullopt};
      if (stride.duration() >= options.shortest && stride.duration() <= options.longest) {
        for (const FootEvent& event : events) {
          if (!event.is_contact && event.side == first.side && event.time > first.time &&
              event.time < next->time)
            stride.foot_off = event.time;
        }
        if (travels) {
          stride.length = standing_place(tracks, first.side, next->time, stride.duration()) -
                          standing_place(tracks, first.side, first.time, stride.duration());
        }
        stride.foot_angle = angle_at_contact(tracks, stride);
        found.strides.push_back(stride);
      }
    }
    if (i == 0 || found.contacts[i - 1].side == first.side) continue;
    const FootEvent& other = found.contacts[i - 1];
    if (first.time - other.time > options.longest / 2) continue;
    const double at = tracks.sample(first.time);
    found.steps.push_back(
        {first.side, other.time, first.time,
         value_at(tracks.of(first.side).heel_ahead, at) - value_at(tracks.of(other.side).heel_ahead, at)});
  }
  return found;
}

std::vector<double> double_support_shares(const CameraStrides& strides, std::span<const FootEvent> events) {
  // The other foot leaves the ground within half a stride of this one's contact, before or after.
  const auto support = [&](const FootEvent& contact, Seconds stride) -> std::optional<double> {
    std::optional<double> nearest;
    for (const FootEvent& event : events) {
      if (event.is_contact || event.side == contact.side) continue;
      const double later = (event.time - contact.time).value();
      if (std::abs(later) > stride.value() / 2) continue;
      if (!nearest || std::abs(later) < std::abs(*nearest)) nearest = later;
    }
    return nearest;
  };
  std::vector<double> shares;
  for (const CameraStride& stride : strides.strides) {
    const auto first = support({stride.side, stride.start, true}, stride.duration());
    std::optional<double> second;
    for (const FootEvent& contact : strides.contacts) {
      if (contact.side != stride.side && contact.time > stride.start && contact.time < stride.end)
        second = support(contact, stride.duration());
    }
    if (first && second) shares.push_back((*first + *second) / stride.duration().value());
  }
  return shares;
}

}  // namespace reprise::engine
