// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/ground_forces.h"

#include <algorithm>
#include <cmath>

#include "sensing/files/number_text.h"
#include "sensing/signals/signal_unit.h"
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

/// Values of a channel in SI; empty where missing.
std::vector<std::optional<double>> values_of(const SignalChannel& channel, double factor) {
  std::vector<std::optional<double>> values;
  values.reserve(channel.values.size());
  for (const double v : channel.values) values.emplace_back(v * factor);
  for (const engine::SampleRange& gap : channel.missing)
    std::fill(values.begin() + static_cast<std::ptrdiff_t>(gap.begin),
              values.begin() + static_cast<std::ptrdiff_t>(gap.end), std::nullopt);
  return values;
}

std::vector<std::optional<double>> sum_of_cells(const SupportChannels& support, double area_m2,
                                                std::vector<SignalFinding>& findings) {
  std::vector<std::optional<double>> sum;
  for (const SignalChannel* cell : support.cells) {
    constexpr double kKilopascal = 1000;
    const auto forces = values_of(*cell, area_m2 * channel_factor(*cell, "Pa", kKilopascal, "kPa", findings));
    if (sum.empty()) sum.assign(forces.size(), 0.0);
    for (std::size_t i = 0; i < sum.size(); ++i)
      sum[i] = sum[i] && forces[i] ? std::optional{*sum[i] + *forces[i]} : std::nullopt;
  }
  return sum;
}

void add_centers(const SupportChannels& support, GroundForce& out, std::vector<SignalFinding>& findings) {
  if (support.cop_ap == nullptr || support.cop_ml == nullptr) return;
  if (support.axes_assumed) note_assumed_axes(findings);
  constexpr double kCentimeter = 0.01;
  const auto ap =
      values_of(*support.cop_ap, channel_factor(*support.cop_ap, "m", kCentimeter, "cm", findings));
  const auto ml =
      values_of(*support.cop_ml, channel_factor(*support.cop_ml, "m", kCentimeter, "cm", findings));
  for (std::size_t i = 0; i < ap.size(); ++i)
    out.centers.push_back(ap[i] && ml[i] ? std::optional{FloorPoint{*ap[i], *ml[i]}} : std::nullopt);
}

}  // namespace

Result<GroundForces> ground_forces(const SignalRecording& recording, const GroundForceOptions& options) {
  const auto meanings = channel_meanings(recording, options.meaning);
  if (!meanings) return tl::unexpected(meanings.error());
  GroundForces out;
  bool cells = false;
  for (std::size_t g = 0; g < recording.groups.size(); ++g) {
    const SignalGroup& group = recording.groups[g];
    const auto before = static_cast<std::size_t>(std::max(
        0.0, std::round((group.start - recording.groups.front().start).value() * group.rate.value())));
    for (const SupportChannels& support : supports_in(group, (*meanings)[g])) {
      GroundForce force{support.place, support.name, group.rate, {}, {}};
      if (support.vertical != nullptr) {
        const double sign = upward_sign(*support.vertical, out.findings);
        force.force_n =
            values_of(*support.vertical, sign * channel_factor(*support.vertical, "N", 1, "N", out.findings));
        if (force.name.empty()) force.name = support.vertical->name;
      } else if (!support.cells.empty() && options.cell_area_m2) {
        force.force_n = sum_of_cells(support, *options.cell_area_m2, out.findings);
      } else {
        cells = cells || !support.cells.empty();
        continue;
      }
      add_centers(support, force, out.findings);
      // All begin with the recording; one that starts later lacks its first samples.
      force.force_n.insert(force.force_n.begin(), before, std::nullopt);
      if (!force.centers.empty()) force.centers.insert(force.centers.begin(), before, std::nullopt);
      out.forces.push_back(std::move(force));
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
