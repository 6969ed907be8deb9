// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/ground_forces.h"

#include <algorithm>
#include <cmath>

#include "sensing/files/number_text.h"
#include "sensing/signals/typed_signals.h"

namespace reprise::sensing {
namespace {

/// The channels of one foot or plate, as far as found.
struct SupportChannels {
  std::string place, name;
  const SignalChannel* vertical = nullptr;
  const SignalChannel* cop_ap = nullptr;
  const SignalChannel* cop_ml = nullptr;
  std::vector<const SignalChannel*> cells = {};
  bool axes_assumed = false;
};

SupportChannels& support_of(std::vector<SupportChannels>& supports, const std::string& place,
                            const std::string& name) {
  const auto at = std::find_if(supports.begin(), supports.end(),
                               [&](const SupportChannels& s) { return s.place == place && s.name == name; });
  if (at != supports.end()) return *at;
  supports.push_back({place, name});
  return supports.back();
}

std::vector<SupportChannels> supports_in(const SignalGroup& group,
                                         const std::vector<ChannelMeaning>& meanings) {
  std::vector<SupportChannels> supports;
  for (std::size_t c = 0; c < group.channels.size(); ++c) {
    const SignalChannel& channel = group.channels[c];
    const ChannelMeaning& meaning = meanings[c];
    const auto& [quantity, axis] = std::pair{meaning.quantity, meaning.axis};
    const bool vertical = axis == SignalAxis::vertical || axis == SignalAxis::z || axis == SignalAxis::none;
    const bool front = axis == SignalAxis::anteroposterior || axis == SignalAxis::x;
    const bool side = axis == SignalAxis::mediolateral || axis == SignalAxis::y;
    if (quantity != SignalQuantity::force && quantity != SignalQuantity::pressure &&
        quantity != SignalQuantity::center_of_pressure)
      continue;
    SupportChannels& support =
        support_of(supports, meaning.place, channel.sensor.empty() ? group.name : channel.sensor);
    if (quantity == SignalQuantity::pressure && !meaning.place.empty()) support.cells.push_back(&channel);
    if (quantity == SignalQuantity::force && vertical && support.vertical == nullptr)
      support.vertical = &channel;
    if (quantity != SignalQuantity::center_of_pressure) continue;
    if (front && support.cop_ap == nullptr) support.cop_ap = &channel;
    if (side && support.cop_ml == nullptr) support.cop_ml = &channel;
    support.axes_assumed = support.axes_assumed || axis == SignalAxis::x || axis == SignalAxis::y;
  }
  return supports;
}

Result<void> add_cells(const SupportChannels& support, double area_m2, GroundForce& out,
                       std::vector<SignalFinding>& findings) {
  for (const SignalChannel* cell : support.cells) {
    constexpr double kKilopascal = 1000;
    const auto pascal = channel_factor(*cell, "Pa", kKilopascal, "kPa", findings);
    if (!pascal) return tl::unexpected(pascal.error());
    out.unit_said = out.unit_said && !cell->unit.empty();
    const auto forces = values_or_missing(*cell, area_m2 * *pascal);
    auto& sum = out.force_n;
    if (sum.empty()) sum.assign(forces.size(), 0.0);
    for (std::size_t i = 0; i < sum.size(); ++i)
      sum[i] = sum[i] && forces[i] ? std::optional{*sum[i] + *forces[i]} : std::nullopt;
  }
  return {};
}

Result<void> add_vertical(const SignalChannel& vertical, GroundForce& out,
                          std::vector<SignalFinding>& findings) {
  const double sign = upward_sign(vertical, findings);
  const auto newton = channel_factor(vertical, "N", 1, "N", findings);
  if (!newton) return tl::unexpected(newton.error());
  out.unit_said = !vertical.unit.empty();
  out.force_n = values_or_missing(vertical, sign * *newton);
  if (out.name.empty()) out.name = vertical.name;
  return {};
}

Result<void> add_centers(const SupportChannels& support, GroundForce& out,
                         std::vector<SignalFinding>& findings) {
  if (support.cop_ap == nullptr || support.cop_ml == nullptr) return {};
  if (support.axes_assumed) note_assumed_axes(findings);
  constexpr double kCentimeter = 0.01;
  const auto ap_m = channel_factor(*support.cop_ap, "m", kCentimeter, "cm", findings);
  if (!ap_m) return tl::unexpected(ap_m.error());
  const auto ml_m = channel_factor(*support.cop_ml, "m", kCentimeter, "cm", findings);
  if (!ml_m) return tl::unexpected(ml_m.error());
  const auto ap = values_or_missing(*support.cop_ap, *ap_m);
  const auto ml = values_or_missing(*support.cop_ml, *ml_m);
  for (std::size_t i = 0; i < ap.size(); ++i)
    out.centers.push_back(ap[i] && ml[i] ? std::optional{FloorPoint{*ap[i], *ml[i]}} : std::nullopt);
  return {};
}

/// Adds a force whose first sample is the recording's sample `before`: to the same one of an earlier group,
/// or as another that lacks its first samples.
void add_force(std::vector<GroundForce>& forces, GroundForce force, std::size_t before) {
  const auto same = std::find_if(forces.begin(), forces.end(), [&](const GroundForce& f) {
    return f.place == force.place && f.name == force.name && f.rate == force.rate &&
           f.force_n.size() <= before;
  });
  if (same == forces.end()) {
    force.force_n.insert(force.force_n.begin(), before, std::nullopt);
    if (!force.centers.empty()) force.centers.insert(force.centers.begin(), before, std::nullopt);
    forces.push_back(std::move(force));
    return;
  }
  if (!same->centers.empty() || !force.centers.empty()) {
    same->centers.resize(before);
    force.centers.resize(force.force_n.size());
    same->centers.insert(same->centers.end(), force.centers.begin(), force.centers.end());
  }
  same->force_n.resize(before);
  same->force_n.insert(same->force_n.end(), force.force_n.begin(), force.force_n.end());
  same->unit_said = same->unit_said && force.unit_said;
}

Result<void> too_late(std::size_t before, std::size_t forces) {
  if (before * std::max<std::size_t>(forces, 1) <= kMaxSignalValues) return {};
  return fail(ErrorCode::unsupported, "finding the forces to measure",
              "the gaps of the recording are too long to measure it as one", "split the recording");
}

}  // namespace

Result<GroundForces> ground_forces(const SignalRecording& recording, const GroundForceOptions& options) {
  const auto meanings = channel_meanings(recording, options.meaning);
  if (!meanings) return tl::unexpected(meanings.error());
  GroundForces out;
  bool cells = false;
  for (std::size_t g = 0; g < recording.groups.size(); ++g) {
    const SignalGroup& group = recording.groups[g];
    const double start =
        std::round((group.start - recording.groups.front().start).value() * group.rate.value());
    const auto before = static_cast<std::size_t>(std::clamp(start, 0.0, 2.0 * kMaxSignalValues));
    for (const SupportChannels& support : supports_in(group, (*meanings)[g])) {
      GroundForce force{support.place, support.name, group.rate, true, {}, {}};
      if (support.vertical == nullptr && (support.cells.empty() || !options.cell_area_m2)) {
        cells = cells || !support.cells.empty();
        continue;
      }
      const auto added = support.vertical != nullptr
                             ? add_vertical(*support.vertical, force, out.findings)
                             : add_cells(support, *options.cell_area_m2, force, out.findings);
      if (!added) return tl::unexpected(added.error());
      if (auto centers = add_centers(support, force, out.findings); !centers)
        return tl::unexpected(centers.error());
      if (auto late = too_late(before, out.forces.size()); !late) return tl::unexpected(late.error());
      add_force(out.forces, std::move(force), before);
    }
  }
  if (out.forces.empty()) {
    return fail(ErrorCode::nothing_measured, "finding the forces to measure",
                (cells ? "the insoles give pressures without the size of their cells; the channels are: "
                       : "there is no vertical force; the channels are: ") +
                    channel_list(recording),
                cells ? "say it with --cell-area, in square centimeters"
                      : "say what the channels measure, e.g. --column f1=left_foot.force_v");
  }
  return out;
}

}  // namespace reprise::sensing
