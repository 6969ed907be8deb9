// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_flat.h"

#include <array>

#include "engine/gait/foot_motion.h"
#include "engine/signal/median.h"
#include "engine/signal/resample.h"

namespace reprise::engine {
namespace {

std::vector<SampleRange> quiet_stretches(const std::vector<double>& energy, double limit) {
  std::vector<SampleRange> stretches;
  for (std::size_t i = 0; i < energy.size(); ++i) {
    if (energy[i] > limit) continue;
    if (!stretches.empty() && stretches.back().end == i) {
      ++stretches.back().end;
    } else {
      stretches.push_back({i, i + 1});
    }
  }
  return stretches;
}

/// Gravity of a flat foot: the median of each axis over all quiet samples. A foot is flat for much longer
/// than it stays in any other attitude.
Vec3<Sensor> up_while_quiet(const InertialView& samples, std::span<const SampleRange> stretches) {
  std::array<std::vector<double>, 3> axes;
  for (const auto& stretch : stretches) {
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      for (std::size_t k = 0; k < 3; ++k) {
        axes[k].push_back(samples.acceleration_mps2[i].v[static_cast<int>(k)]);
      }
    }
  }
  return {median(axes[0]), median(axes[1]), median(axes[2])};
}

bool is_flat(const InertialView& samples, const SampleRange& stretch, const Vec3<Sensor>& up,
             Radians max_tilt) {
  Vec3<Sensor> sum;
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) sum = sum + samples.acceleration_mps2[i];
  const auto tilt = angle_between(sum, up);
  return tilt && *tilt <= max_tilt.value();
}

}  // namespace

std::vector<std::size_t> find_foot_flats(const InertialView& samples, const Vec3<Sensor>& bias_radps,
                                         const FootFlatOptions& options) {
  std::vector<std::size_t> flats;
  const FootMotion motion = foot_motion(samples.acceleration_mps2, samples.angular_velocity_radps, bias_radps,
                                        samples.rate, options.window);
  const auto& energy = motion.energy;
  const auto stretches = quiet_stretches(energy, options.max_energy_share * motion.energy_of_swing);
  if (stretches.empty()) return flats;
  const Vec3<Sensor> up = up_while_quiet(samples, stretches);
  const double apart = options.least_apart.value() * samples.rate.value();
  for (const auto& stretch : stretches) {
    if (!is_flat(samples, stretch, up, options.max_tilt)) continue;
    const std::size_t length = stretch.end - stretch.begin;
    const bool is_long = static_cast<double>(length) > apart;
    const std::size_t flat =
        is_long ? stretch.begin + length / 2 : lowest_in(energy, stretch.begin, stretch.end);
    if (flats.empty() || static_cast<double>(flat - flats.back()) >= apart) {
      flats.push_back(flat);
    } else if (energy[flat] < energy[flats.back()]) {
      flats.back() = flat;
    }
  }
  return flats;
}

}  // namespace reprise::engine
