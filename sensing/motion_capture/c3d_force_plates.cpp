// SPDX-License-Identifier: Apache-2.0
#include "sensing/motion_capture/c3d_force_plates.h"

#include <Eigen/Geometry>
#include <cmath>
#include <map>

namespace reprise::sensing {
namespace {

constexpr const char* kForcePlates = "FORCE_PLATFORM";
constexpr std::size_t kMostPlates = 64;

std::size_t channels_of_type(int type) {
  return type == 3 ? 8 : 6;
}

/// Newton, Newton meters or meters in one of a channel's units; empty: another unit, or none.
std::optional<double> unit_in(const std::string& unit, const std::map<std::string, double>& known) {
  const auto found = known.find(unit);
  return found == known.end() ? std::nullopt : std::optional{found->second};
}

const std::map<std::string, double> kForceUnits = {{"N", 1}, {"n", 1}, {"kN", 1000}};
const std::map<std::string, double> kMomentUnits = {
    {"Nm", 1}, {"N.m", 1}, {"N*m", 1}, {"Nmm", 1e-3}, {"N.mm", 1e-3}, {"N*mm", 1e-3}, {"Ncm", 1e-2}};
const std::map<std::string, double> kLengthUnits = {{"m", 1}, {"cm", 1e-2}, {"mm", 1e-3}, {"MM", 1e-3}};

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

bool read_calibration(const C3dParameters& parameters, std::size_t plate, C3dForcePlate& out) {
  constexpr std::size_t kAll = 36;
  const auto numbers = numbers_of(parameters, "CAL_MATRIX", plate, kAll);
  if (!numbers) return false;
  out.calibration = Eigen::Map<const Eigen::Matrix<double, 6, 6>>(numbers->data());  // by columns, as Eigen
  return true;
}

/// Why a plate is left out; empty: it is read.
std::string read_plate(const C3dParameters& parameters, std::size_t plate, double m_per_unit,
                       std::span<const std::string> units, C3dForcePlate& out,
                       std::vector<std::string>& warnings) {
  const auto type = parameters.number(kForcePlates, "TYPE", plate);
  if (!type) return "its type is missing";
  if (!(*type >= 1 && *type <= 4))
    return "its type is " + std::to_string(static_cast<long>(*type)) + ", of 1 to 4";
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
  out.newton = unit_in(units[out.channels[0]], kForceUnits).value_or(1);
  out.position_m = unit_in(units[out.channels[3]], kLengthUnits).value_or(m_per_unit);
  // A calibration matrix gives moments in Newton times the unit of lengths, whatever its channels are in.
  out.newton_meter =
      out.type == 2 ? unit_in(units[out.channels[3]], kMomentUnits).value_or(m_per_unit) : m_per_unit;
  if (out.type == 4) out.newton = 1;
  return {};
}

/// Force and moment about the center of the surface, in the plate's axes.
struct Wrench {
  Eigen::Vector3d force_n, moment_nm;
};

Wrench wrench_of(const C3dForcePlate& plate, const std::array<double, 8>& v) {
  Wrench w;
  if (plate.type == 3) {
    const double a = plate.origin_m.x();
    const double b = plate.origin_m.y();
    w.force_n = plate.newton * Eigen::Vector3d(v[0] + v[1], v[2] + v[3], v[4] + v[5] + v[6] + v[7]);
    w.moment_nm =
        plate.newton * Eigen::Vector3d(b * (v[4] + v[5] - v[6] - v[7]), a * (v[5] + v[6] - v[4] - v[7]),
                                       b * (v[1] - v[0]) + a * (v[2] - v[3]));
    w.moment_nm += w.force_n.cross(Eigen::Vector3d(0, 0, plate.origin_m.z()));
    return w;
  }
  Eigen::Matrix<double, 6, 1> six;
  for (Eigen::Index i = 0; i < 6; ++i) six[i] = v[static_cast<std::size_t>(i)];
  if (plate.type == 4) six = (plate.calibration * six).eval();
  w.force_n = plate.newton * six.head<3>();
  w.moment_nm = plate.newton_meter * six.tail<3>() + w.force_n.cross(plate.origin_m);
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
  for (std::size_t p = 0; p < count; ++p) {
    C3dForcePlate plate;
    const std::string why = read_plate(parameters, p, m_per_unit, analog_units, plate, warnings);
    if (why.empty()) {
      plates.push_back(std::move(plate));
    } else {
      warnings.push_back("Force plate " + std::to_string(p + 1) + " was left out: " + why + ".");
    }
  }
  return plates;
}

std::optional<C3dPlateLoad> load_on(const C3dForcePlate& plate,
                                    std::span<const std::optional<double>> sample) {
  std::array<double, 8> v{};
  for (std::size_t i = 0; i < plate.channels.size(); ++i) {
    const auto& value = sample[plate.channels[i]];
    if (!value) return std::nullopt;
    v[i] = *value;
  }
  const Eigen::Matrix3d axes = plate.axes();
  const Wrench w = wrench_of(plate, v);
  C3dPlateLoad load{axes * w.force_n, std::abs(w.force_n.z()), {}};
  if (!load.force_n.allFinite()) return std::nullopt;
  if (load.normal_n < kC3dLeastForceN) return load;
  const Eigen::Vector3d at =
      plate.type == 1 ? Eigen::Vector3d(v[3] * plate.position_m, v[4] * plate.position_m, 0)
                      : Eigen::Vector3d(-w.moment_nm.y() / w.force_n.z(), w.moment_nm.x() / w.force_n.z(), 0);
  const Eigen::Vector3d center_m = plate.center_m() + axes * at;
  if (center_m.allFinite()) load.center_m = center_m;
  return load;
}

}  // namespace reprise::sensing
