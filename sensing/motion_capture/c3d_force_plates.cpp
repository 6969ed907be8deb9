// SPDX-License-Identifier: Apache-2.0
#include "sensing/motion_capture/c3d_force_plates.h"

#include <Eigen/Geometry>
#include <cmath>
#include <set>

#include "sensing/files/number_text.h"
#include "sensing/files/signal_unit.h"

namespace reprise::sensing {
namespace {

constexpr const char* kForcePlates = "FORCE_PLATFORM";
constexpr std::size_t kMostPlates = 64;

std::size_t channels_of_type(int type) {
  return type == 3 ? 8 : 6;
}

/// Numbers [count * plate, count * plate + count) of a parameter; empty where one is missing.
std::optional<std::vector<double>> numbers_of(const C3dParameters& parameters, const char* name,
                                              std::size_t plate, std::size_t count,
                                              bool signed_words = false) {
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = parameters.number(kForcePlates, name, plate * count + i, signed_words);
    if (!value || !std::isfinite(*value)) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

std::optional<std::vector<std::size_t>> channels_of(const C3dParameters& parameters, std::size_t plate,
                                                    int type, std::size_t all) {
  const C3dParameter* channels = parameters.find(kForcePlates, "CHANNEL");
  if (channels == nullptr || channels->dimensions.empty()) return std::nullopt;
  const std::size_t stride = channels->dimensions.front();
  const std::size_t wanted = channels_of_type(type);
  if (stride < wanted) return std::nullopt;
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto number = parameters.number(kForcePlates, "CHANNEL", plate * stride + i);
    if (!number || *number < 1 || *number > static_cast<double>(all)) return std::nullopt;
    out.push_back(static_cast<std::size_t>(*number) - 1);
  }
  return out;
}

/// Whether two frames are named between which the plates are empty.
bool asks_for_zero(const C3dParameters& parameters) {
  const auto first = parameters.number(kForcePlates, "ZERO", 0);
  const auto last = parameters.number(kForcePlates, "ZERO", 1);
  return first && last && *first >= 1 && *last >= *first;
}

bool read_calibration(const C3dParameters& parameters, std::size_t plate, C3dForcePlate& out) {
  constexpr std::size_t kAll = 36;
  const auto numbers = numbers_of(parameters, "CAL_MATRIX", plate, kAll);
  if (!numbers) return false;
  out.calibration = Eigen::Map<const Eigen::Matrix<double, 6, 6>>(numbers->data());  // by columns, as Eigen
  return true;
}

/// What a channel of a plate measures.
struct ChannelUnit {
  const char* si;
  double if_empty;  ///< where the file says no unit
};

/// Of the plate's channel `i`. Type 4's are of any unit: the matrix takes them to Newton and lengths' unit.
ChannelUnit channel_unit(int type, std::size_t i, double m_per_unit) {
  if (type == 3 || i < 3) return {"N", 1};
  const bool position = type == 1 && i < 5;
  return {position ? "m" : "N.m", m_per_unit};
}

/// Why the plate's units are not known; empty: they are.
std::string read_units(std::span<const std::string> units, double m_per_unit, C3dForcePlate& out,
                       std::vector<std::string>& warnings) {
  bool guessed = false;
  for (std::size_t i = 0; i < out.channels.size(); ++i) {
    const ChannelUnit wanted = channel_unit(out.type, i, m_per_unit);
    out.si[i] = wanted.if_empty;
    if (out.type == 4) continue;
    const std::string& stated = units[out.channels[i]];
    if (stated.find_first_not_of(' ') == std::string::npos) {
      guessed = true;
      continue;
    }
    const auto ucum = ucum_unit(stated);
    const auto unit = ucum ? si_unit(*ucum) : std::nullopt;
    if (!unit || unit->unit != wanted.si)
      return "the unit of its channel " + std::to_string(i + 1) + ", '" + shown(stated) +
             "', is not one of " + wanted.si;
    out.si[i] = unit->factor;
  }
  if (guessed) {
    warnings.push_back("The file does not say all units of force plate " + std::to_string(out.number) +
                       "; they were taken as N, and as N and m in the unit of the points.");
  }
  return {};
}

/// Why a plate is left out; empty: it is read.
std::string read_plate(const C3dParameters& parameters, std::size_t plate, double m_per_unit,
                       std::span<const std::string> units, C3dForcePlate& out,
                       std::vector<std::string>& warnings) {
  const auto type = parameters.number(kForcePlates, "TYPE", plate);
  if (!type) return "its type is missing";
  if (!(*type >= 1 && *type <= 4))
    return "its type is " + std::to_string(static_cast<long>(*type)) + ", of 1 to 4";
  out.number = plate + 1;
  out.type = static_cast<int>(*type);
  auto channels = channels_of(parameters, plate, out.type, units.size());
  if (!channels) return "its channels are not all in the file";
  out.channels = std::move(*channels);
  const auto corners = numbers_of(parameters, "CORNERS", plate, 12);
  if (!corners) return "its corners are missing";
  for (std::size_t c = 0; c < 4; ++c)
    out.corners_m[c] =
        Eigen::Vector3d((*corners)[3 * c], (*corners)[3 * c + 1], (*corners)[3 * c + 2]) * m_per_unit;
  if (!out.axes().allFinite()) return "its corners do not span a plate";
  if (out.type != 1) {
    const auto origin = numbers_of(parameters, "ORIGIN", plate, 3, true);
    if (!origin) return "its origin is missing";
    out.origin_m = Eigen::Vector3d((*origin)[0], (*origin)[1], (*origin)[2]) * m_per_unit;
    if (out.origin_m.z() > 0) {
      warnings.push_back("The origin of force plate " + std::to_string(plate + 1) +
                         " lies above its surface; its sign was turned.");
      out.origin_m = out.type == 3 ? Eigen::Vector3d(out.origin_m.x(), out.origin_m.y(), -out.origin_m.z())
                                   : Eigen::Vector3d(-out.origin_m);
    }
    if (out.type == 3) out.origin_m.head<2>() = out.origin_m.head<2>().cwiseAbs();
  }
  if (out.type == 4 && !read_calibration(parameters, plate, out)) return "its calibration matrix is missing";
  return read_units(units, m_per_unit, out, warnings);
}

/// Force and moment about the center of the surface, in the plate's axes.
struct Wrench {
  Eigen::Vector3d force_n, moment_nm;
};

/// `v`: of types 1 to 3 in SI.
Wrench wrench_of(const C3dForcePlate& plate, const std::array<double, 8>& v) {
  Wrench w;
  if (plate.type == 3) {
    const double a = plate.origin_m.x();
    const double b = plate.origin_m.y();
    w.force_n = Eigen::Vector3d(v[0] + v[1], v[2] + v[3], v[4] + v[5] + v[6] + v[7]);
    w.moment_nm = Eigen::Vector3d(b * (v[4] + v[5] - v[6] - v[7]), a * (v[5] + v[6] - v[4] - v[7]),
                                  b * (v[1] - v[0]) + a * (v[2] - v[3]));
    w.moment_nm += w.force_n.cross(Eigen::Vector3d(0, 0, plate.origin_m.z()));
    return w;
  }
  Eigen::Matrix<double, 6, 1> six;
  for (Eigen::Index i = 0; i < 6; ++i) six[i] = v[static_cast<std::size_t>(i)];
  if (plate.type == 4) {
    six = (plate.calibration * six).eval();
    for (Eigen::Index i = 0; i < 6; ++i) six[i] *= plate.si[static_cast<std::size_t>(i)];
  }
  w.force_n = six.head<3>();
  w.moment_nm = six.tail<3>() + w.force_n.cross(plate.origin_m);
  return w;
}

}  // namespace

Eigen::Matrix3d C3dForcePlate::axes() const {
  const Eigen::Vector3d x = corners_m[0] - corners_m[1] + corners_m[3] - corners_m[2];
  const Eigen::Vector3d y = corners_m[0] - corners_m[3] + corners_m[1] - corners_m[2];
  Eigen::Matrix3d axes;
  axes.col(0) = x / x.norm();
  const Eigen::Vector3d z = x.cross(y);
  axes.col(2) = z / z.norm();
  axes.col(1) = axes.col(2).cross(axes.col(0));
  return axes;
}

Eigen::Vector3d C3dForcePlate::center_m() const {
  return (corners_m[0] + corners_m[1] + corners_m[2] + corners_m[3]) / 4;
}

std::vector<C3dForcePlate> read_force_plates(const C3dParameters& parameters, double m_per_unit,
                                             std::span<const std::string> analog_units,
                                             std::vector<std::string>& warnings) {
  std::vector<C3dForcePlate> plates;
  const double used = parameters.number(kForcePlates, "USED").value_or(0);
  if (!(used >= 1)) return plates;
  const auto count = std::min(static_cast<std::size_t>(std::min(used, 1e6)), kMostPlates);
  std::set<std::size_t> used_channels;
  for (std::size_t p = 0; p < count; ++p) {
    C3dForcePlate plate;
    std::string why = read_plate(parameters, p, m_per_unit, analog_units, plate, warnings);
    // Each signal is one plate's: else a small file would describe many times its own samples.
    for (const std::size_t channel : plate.channels) {
      if (why.empty() && !used_channels.insert(channel).second) why = "a channel of it is used twice";
    }
    if (why.empty()) {
      plates.push_back(std::move(plate));
    } else {
      warnings.push_back("Force plate " + std::to_string(p + 1) + " was left out: " + why + ".");
    }
  }
  if (!plates.empty() && asks_for_zero(parameters)) {
    warnings.emplace_back(
        "The file names frames of empty plates (FORCE_PLATFORM:ZERO); their offset was not taken away.");
  }
  return plates;
}

std::optional<C3dPlateLoad> load_on(const C3dForcePlate& plate,
                                    std::span<const std::optional<double>> sample) {
  std::array<double, 8> v{};
  for (std::size_t i = 0; i < plate.channels.size(); ++i) {
    const auto& value = sample[plate.channels[i]];
    if (!value) return std::nullopt;
    v[i] = *value * (plate.type == 4 ? 1 : plate.si[i]);
  }
  const Eigen::Matrix3d axes = plate.axes();
  const Wrench w = wrench_of(plate, v);
  C3dPlateLoad load{axes * w.force_n, std::abs(w.force_n.z()), {}};
  if (!load.force_n.allFinite()) return std::nullopt;
  if (load.normal_n < kC3dLeastForceN) return load;
  const Eigen::Vector3d at =
      plate.type == 1 ? Eigen::Vector3d(v[3], v[4], 0)
                      : Eigen::Vector3d(-w.moment_nm.y() / w.force_n.z(), w.moment_nm.x() / w.force_n.z(), 0);
  const Eigen::Vector3d center_m = plate.center_m() + axes * at;
  if (center_m.allFinite()) load.center_m = center_m;
  return load;
}

}  // namespace reprise::sensing
