// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/measurement_document.h"

#include <algorithm>
#include <cmath>

namespace reprise::session {

PlotLine plot_line(std::string name, std::optional<Side> side, Seconds start, Hertz rate,
                   const std::vector<double>& values) {
  PlotLine line{std::move(name), side, {}, {}};
  const auto time = [&](std::size_t i) { return (start + period(rate) * static_cast<double>(i)).value(); };
  const auto add = [&](std::size_t i) {
    line.x.push_back(time(i));
    line.y.push_back(values[i]);
  };
  if (values.size() <= kPlotPoints) {
    for (std::size_t i = 0; i < values.size(); ++i) add(i);
    return line;
  }
  const std::size_t columns = kPlotPoints / 2;
  for (std::size_t column = 0; column < columns; ++column) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(values.size() * column / columns);
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(values.size() * (column + 1) / columns);
    const auto [low, high] = std::minmax_element(begin, end);
    const auto first = static_cast<std::size_t>(std::min(low, high) - values.begin());
    const auto second = static_cast<std::size_t>(std::max(low, high) - values.begin());
    add(first);
    if (second != first) add(second);
  }
  return line;
}

const MeasuredValue* find_value(const MeasurementDocument& document, SignalMeasure measure,
                                std::optional<Side> side) {
  const auto found =
      std::find_if(document.values.begin(), document.values.end(), [&](const MeasuredValue& value) {
        return value.measure == measure && value.side == side && value.part.empty();
      });
  return found == document.values.end() ? nullptr : &*found;
}

std::vector<DeviceUsed> all_devices(const MeasurementDocument& document) {
  std::vector<DeviceUsed> devices = document.devices;
  if (!devices.empty()) return devices;
  for (const SensorUsed& sensor : document.sensors) {
    DeviceUsed device;
    device.kind = sensor.position == "phone" ? DeviceKind::phone : DeviceKind::sensor;
    if (device.kind == DeviceKind::sensor) device.name = device_name(sensor.position);
    if (document.source.duration > Seconds{0})
      device.usable = std::clamp(sensor.measured / document.source.duration, 0.0, 1.0);
    devices.push_back(std::move(device));
  }
  return devices;
}

std::optional<AgainstReference> against_reference(const MeasuredValue& value) {
  if (!value.reference) return std::nullopt;
  const auto& [low, high, population, source] = *value.reference;
  const double error = value.uncertainty.value_or(0);
  const auto close_to = [&](const std::optional<double>& limit) {
    return limit && std::abs(value.value - *limit) < error;
  };
  if (close_to(low) || close_to(high)) return AgainstReference::unsure;
  if (low && value.value < *low) return AgainstReference::below;
  if (high && value.value > *high) return AgainstReference::above;
  return AgainstReference::within;
}

}  // namespace reprise::session
