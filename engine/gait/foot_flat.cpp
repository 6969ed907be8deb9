// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_flat.h"

#include "engine/gait/foot_motion.h"

namespace reprise::engine {

std::vector<std::size_t> find_foot_flats(const InertialView& samples, const Vec3<Sensor>& bias_radps,
                                         const FootFlatOptions& options) {
  std::vector<std::size_t> flats;
  if (samples.size() == 0) return flats;
  const FootMotion motion = foot_motion(samples.acceleration_mps2, samples.angular_velocity_radps, bias_radps,
                                        samples.rate, options.window);
  const auto& energy = motion.energy;
  const double limit = options.max_energy_share * motion.energy_of_swing;
  const double apart = options.least_apart.value() * samples.rate.value();
  for (std::size_t i = 0; i < energy.size();) {
    if (energy[i] > limit) {
      ++i;
      continue;
    }
    std::size_t end = i;
    std::size_t lowest = i;
    for (; end < energy.size() && energy[end] <= limit; ++end) {
      if (energy[end] < energy[lowest]) lowest = end;
    }
    const bool is_long = static_cast<double>(end - i) > apart;
    const std::size_t flat = is_long ? i + (end - i) / 2 : lowest;
    i = end;
    if (!flats.empty() && static_cast<double>(flat - flats.back()) < apart) {
      if (energy[flat] < energy[flats.back()]) flats.back() = flat;
    } else {
      flats.push_back(flat);
    }
  }
  return flats;
}

}  // namespace reprise::engine
