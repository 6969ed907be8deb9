// SPDX-License-Identifier: Apache-2.0
#include "pipeline/opensim_scaling.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "engine/multibody/body_scale_fit.h"
#include "engine/multibody/multibody_kinematics.h"
#include "pipeline/opensim_inputs.h"
#include "sensing/files/file_io.h"
#include "sensing/landmarks/trc.h"
#include "sensing/opensim/model_scaling.h"

namespace reprise::pipeline {
namespace {

using Eigen::Vector3d;
using Factors = std::map<std::string, Vector3d>;

constexpr const char* kScaling = "scaling a model";
constexpr double kOnePlaceM = 1e-6;  // markers nearer than this coincide
constexpr double kTold = 0.5;        // of a factor by markers, else it is mostly the mean. Unsourced default
constexpr double kLeastUsual = 0.5, kMostUsual = 2;  // factors of people. Unsourced defaults
constexpr std::size_t kFittedFrames = 10;            // without a setup. Unsourced default
constexpr std::size_t kMaxModelBytes = std::size_t{256} << 20;

tl::unexpected<Error> refused(ErrorCode code, std::string cause, std::string remedy) {
  return fail(code, kScaling, std::move(cause), std::move(remedy));
}

/// Distances between markers, in a model's default pose and in a recording.
class Distances {
 public:
  Distances(const engine::MultibodyModel& model, const engine::MarkerRecording& recording,
            const sensing::TimeRange& range)
      : model_(model), recording_(recording), placed_(model) {
    std::vector<double> pose;
    for (const engine::MultibodyCoordinate& c : model.coordinates) pose.push_back(c.initial);
    for (std::size_t c = 0; c < pose.size(); ++c) {
      const auto& coupling = model.coordinates[c].coupling;
      if (coupling) pose[c] = coupling->function.at(pose[coupling->independent]).value;
    }
    placed_.place(pose);
    const auto& times = recording.times;
    const double step = mean_step(times.front().value(), times.back().value(), times.size());
    for (std::size_t f = 0; f < times.size(); ++f)
      if (is_within(times[f].value(), range, step)) frames_.push_back(f);
  }

  [[nodiscard]] Result<MeasuredPair> measure(const std::string& measurement, const std::string& first,
                                             const std::string& second) const {
    MeasuredPair pair{first, second};
    std::array<std::size_t, 2> columns{};
    std::array<Vector3d, 2> at_m;
    for (const std::size_t i : {0, 1}) {
      const std::string& name = i == 0 ? first : second;
      const auto marker = model_.marker(name);
      const auto column = std::find(recording_.names.begin(), recording_.names.end(), name);
      if (!marker || column == recording_.names.end()) {
        return refused(ErrorCode::invalid_argument,
                       fmt::format("the measurement '{}' needs the marker '{}', which the {} lacks",
                                   measurement, name, marker ? "recording" : "model"),
                       "name another pair of markers, or set the measurement's apply to false");
      }
      columns[i] = static_cast<std::size_t>(column - recording_.names.begin());
      at_m[i] = placed_.body(model_.markers[*marker].body).in_ground * model_.markers[*marker].position_m;
    }
    pair.model_m = (at_m[0] - at_m[1]).norm();
    for (const std::size_t f : frames_) {
      const auto& a = recording_.at(f, columns[0]);
      const auto& b = recording_.at(f, columns[1]);
      if (!a || !b || a->v.isZero(0) || b->v.isZero(0)) continue;
      pair.measured_m += (a->v - b->v).norm();
      ++pair.frames;
    }
    if (pair.frames == 0) {
      return refused(ErrorCode::nothing_measured,
                     fmt::format("no frame in the time range shows both '{}' and '{}'", first, second),
                     "check time_range against the recording, or name another pair of markers");
    }
    pair.measured_m /= static_cast<double>(pair.frames);
    if (pair.model_m < kOnePlaceM || pair.measured_m < kOnePlaceM) {
      return refused(ErrorCode::invalid_argument,
                     fmt::format("'{}' and '{}' of the measurement '{}' are at one place in the {}", first,
                                 second, measurement, pair.model_m < kOnePlaceM ? "model" : "recording"),
                     "name two markers that are apart");
    }
    return pair;
  }

 private:
  const engine::MultibodyModel& model_;
  const engine::MarkerRecording& recording_;
  engine::MultibodyKinematics placed_;
  std::vector<std::size_t> frames_;
};

Result<MeasuredScale> measured_scale(const sensing::ScaleMeasurement& measurement,
                                     const Distances& distances) {
  MeasuredScale out{measurement.name, 0, {}};
  for (const auto& [first, second] : measurement.pairs) {
    auto pair = distances.measure(measurement.name, first, second);
    if (!pair) return tl::unexpected(pair.error());
    out.factor += pair->measured_m / pair->model_m / static_cast<double>(measurement.pairs.size());
    out.pairs.push_back(std::move(*pair));
  }
  return out;
}

Result<void> check_body(const engine::MultibodyModel& model, const std::string& body) {
  if (model.body(body)) return {};
  return refused(ErrorCode::invalid_argument, fmt::format("the model has no body '{}'", body),
                 "name bodies of the model in BodyScaleSet and ScaleSet");
}

Result<engine::MarkerRecording> read_markers(const std::filesystem::path& path, ScalingResult& out) {
  auto recording = sensing::read_trc(path);
  if (!recording) return tl::unexpected(sensing::error_in_file(recording.error(), path));
  if (std::find(out.inputs.begin(), out.inputs.end(), path) == out.inputs.end()) {
    out.inputs.push_back(path);
    out.warnings.insert(out.warnings.end(), recording->warnings.begin(), recording->warnings.end());
  }
  out.simulated = out.simulated || recording->simulated;
  return recording;
}

Result<void> apply_measurements(const sensing::ScaleSetup& setup, const engine::MultibodyModel& model,
                                Factors& factors, ScalingResult& out) {
  if (setup.measurements.empty()) return {};
  if (setup.markers.empty()) {
    return refused(ErrorCode::invalid_argument,
                   "marker_file of ModelScaler is empty, but it has measurements",
                   "name the recording (.trc) in the setup");
  }
  const auto recording = read_markers(setup.markers, out);
  if (!recording) return tl::unexpected(recording.error());
  const Distances distances{model, *recording, setup.range};
  for (const sensing::ScaleMeasurement& measurement : setup.measurements) {
    auto scale = measured_scale(measurement, distances);
    if (!scale) return tl::unexpected(scale.error());
    for (const auto& scaled : measurement.bodies) {
      if (auto ok = check_body(model, scaled.body); !ok) return ok;
      for (std::size_t axis = 0; axis < 3; ++axis)
        if (scaled.axes[axis]) factors[scaled.body][static_cast<Eigen::Index>(axis)] = scale->factor;
    }
    out.measurements.push_back(std::move(*scale));
  }
  return {};
}

Result<Factors> factors_of(const sensing::ScaleSetup& setup, const engine::MultibodyModel& model,
                           ScalingResult& out) {
  Factors factors;
  for (const engine::RigidBody& body : model.bodies) factors[body.name].setOnes();
  for (const sensing::ScaleSetup::Step step : setup.order) {
    if (step == sensing::ScaleSetup::Step::measurements) {
      if (auto ok = apply_measurements(setup, model, factors, out); !ok) return tl::unexpected(ok.error());
      continue;
    }
    for (const sensing::ManualScale& scale : setup.manual) {
      if (auto ok = check_body(model, scale.body); !ok) return tl::unexpected(ok.error());
      factors[scale.body] = scale.factors;
    }
  }
  if (setup.order.empty() && !(setup.measurements.empty() && setup.manual.empty()))
    out.warnings.emplace_back("scaling_order is empty: measurements and scales of the setup are not used.");
  return factors;
}

double mass_of(const engine::MultibodyModel& model) {
  return std::accumulate(model.bodies.begin(), model.bodies.end(), 0.0,
                         [](double sum, const engine::RigidBody& body) { return sum + body.mass_kg; });
}

Result<void> apply_factors(const Factors& factors, const engine::MultibodyModel& model,
                           const sensing::ModelScaling& how, ScalingResult& out) {
  std::vector<std::string> unusual;
  for (const engine::RigidBody& body : model.bodies) {
    const Vector3d& f = factors.at(body.name);
    if (body.name != "ground" || f != Vector3d::Ones()) out.factors.push_back({body.name, f});
    if (f.minCoeff() < kLeastUsual || f.maxCoeff() > kMostUsual) unusual.push_back(body.name);
  }
  if (!unusual.empty()) {
    out.warnings.push_back("Factors below 0.5 or above 2: " + joined(unusual) +
                           ". Check units, and names and places of markers.");
  }
  out.mass_before_kg = mass_of(model);
  auto scaled = sensing::scale_osim(out.model, how);
  if (!scaled) return tl::unexpected(scaled.error());
  out.model = out.scaled_model = std::move(scaled->text);
  out.warnings.insert(out.warnings.end(), scaled->warnings.begin(), scaled->warnings.end());
  const auto read = sensing::parse_osim(out.model);
  if (!read) return tl::unexpected(read.error());
  out.mass_kg = mass_of(read->model);
  return {};
}

/// Each marker's mean over the frames in the range, as a recording of one frame.
Result<engine::MarkerRecording> mean_pose(const engine::MarkerRecording& recording,
                                          const sensing::TimeRange& range) {
  engine::MarkerRecording out;
  out.names = recording.names;
  out.simulated = recording.simulated;
  const auto& times = recording.times;
  const double step = mean_step(times.front().value(), times.back().value(), times.size());
  for (std::size_t m = 0; m < out.names.size(); ++m) {
    Vector3d sum = Vector3d::Zero();
    std::size_t seen = 0;
    for (std::size_t f = 0; f < times.size(); ++f) {
      const auto& at = recording.at(f, m);
      if (!is_within(times[f].value(), range, step)) continue;
      if (out.times.empty()) out.times.push_back(times[f]);
      if (!at || at->v.isZero(0)) continue;
      sum += at->v;
      ++seen;
    }
    out.positions_m.emplace_back();
    if (seen > 0)
      out.positions_m.back() = Vec3<engine::Laboratory>{Vector3d{sum / static_cast<double>(seen)}};
  }
  if (!out.times.empty()) return out;
  return refused(ErrorCode::nothing_measured, "no frame of MarkerPlacer's recording is in its time range",
                 "check time_range against the recording");
}

/// The pose that was solved: radians and meters, the model's own value where nothing shows a coordinate.
std::vector<double> solved_pose(const engine::MultibodyModel& model, const sensing::StorageTable& motion) {
  std::vector<double> pose;
  for (const engine::MultibodyCoordinate& c : model.coordinates) {
    const auto column = motion.column(c.name);
    const auto value = column ? motion.at(0, *column) : std::nullopt;
    pose.push_back(value ? *value * (c.rotational ? kPi / 180 : 1) : c.initial);
  }
  return pose;
}

Result<void> place_markers(const sensing::ScaleSetup& setup, ScalingResult& out) {
  const auto recording = read_markers(setup.placement.markers, out);
  if (!recording) return tl::unexpected(recording.error());
  const auto pose = mean_pose(*recording, setup.placement.range);
  if (!pose) return tl::unexpected(pose.error());
  const auto column_of = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(pose->names.begin(), pose->names.end(), name) -
                                    pose->names.begin());
  };
  const auto model = sensing::parse_osim(out.model);
  if (!model) return tl::unexpected(model.error());
  sensing::KinematicsSetup how = setup.placement;
  how.range = {};
  auto solved = solve_inverse_kinematics(*model, *pose, how);
  if (!solved) return tl::unexpected(solved.error());
  engine::MultibodyKinematics placed{model->model};
  placed.place(solved_pose(model->model, solved->motion));
  const auto markers = sensing::parse_marker_set(out.model);
  std::map<std::string, Vector3d> places;
  for (const engine::ModelMarker& marker : model->model.markers) {
    const std::size_t column = column_of(marker.name);
    if (column == pose->names.size()) {
      out.removed_markers.push_back(marker.name);
      continue;
    }
    const auto& seen = pose->at(0, column);
    const bool fixed = markers && std::any_of(markers->begin(), markers->end(), [&](const auto& m) {
                         return m.name == marker.name && m.fixed;
                       });
    if (seen && !fixed && setup.moves_markers)
      places[marker.name] = placed.body(marker.body).in_ground.inside(seen->v);
  }
  auto text = sensing::with_marker_places(out.model, places, out.removed_markers);
  if (!text) return tl::unexpected(text.error());
  out.model = std::move(*text);
  out.moved_markers = places.size();
  for (const std::string& warning : solved->warnings)
    out.warnings.push_back("Pose of the markers: " + warning);
  for (const auto& path : {how.coordinates, how.tasks})
    if (!path.empty()) out.inputs.push_back(path);
  out.pose = std::move(*solved);
  return {};
}

Result<void> read_model(const std::filesystem::path& model, const std::filesystem::path& marker_set,
                        ScalingResult& out) {
  auto text = sensing::read_file(model, kMaxModelBytes, kScaling);
  if (!text) return tl::unexpected(text.error());
  out.model = std::move(*text);
  out.inputs.push_back(model);
  if (marker_set.empty()) return {};
  const auto set = sensing::read_file(marker_set, kMaxModelBytes, kScaling);
  if (!set) return tl::unexpected(set.error());
  const auto markers = sensing::parse_marker_set(*set);
  if (!markers) return tl::unexpected(sensing::error_in_file(markers.error(), marker_set));
  auto merged = sensing::with_markers(out.model, *markers);
  if (!merged) return tl::unexpected(merged.error());
  out.model = std::move(*merged);
  out.inputs.push_back(marker_set);
  return {};
}

/// Frames of a recording, evenly chosen from those in the range that show the most markers of the model.
std::vector<std::vector<std::optional<Vector3d>>> chosen_frames(const engine::MultibodyModel& model,
                                                                const engine::MarkerRecording& recording,
                                                                const sensing::TimeRange& range) {
  const auto& times = recording.times;
  const double step = mean_step(times.front().value(), times.back().value(), times.size());
  std::vector<std::vector<std::optional<Vector3d>>> seen;
  std::size_t most = 1;
  const auto count = [](const auto& frame) {
    return static_cast<std::size_t>(
        std::count_if(frame.begin(), frame.end(), [](const auto& p) { return p.has_value(); }));
  };
  for (std::size_t f = 0; f < times.size(); ++f) {
    if (!is_within(times[f].value(), range, step)) continue;
    auto& frame = seen.emplace_back();
    for (const engine::ModelMarker& marker : model.markers) {
      const auto column = std::find(recording.names.begin(), recording.names.end(), marker.name);
      frame.emplace_back();
      if (column == recording.names.end()) continue;
      const auto& at = recording.at(f, static_cast<std::size_t>(column - recording.names.begin()));
      if (at && !at->v.isZero(0)) frame.back() = at->v;
    }
    most = std::max(most, count(frame));
  }
  std::erase_if(seen, [&](const auto& frame) { return count(frame) < most; });
  std::vector<std::vector<std::optional<Vector3d>>> chosen;
  const std::size_t wanted = std::min(seen.size(), kFittedFrames);
  for (std::size_t i = 0; i < wanted; ++i) chosen.push_back(seen[i * seen.size() / wanted]);
  return chosen;
}

}  // namespace

Result<ScalingResult> run_scaling(const sensing::ScaleSetup& setup) {
  ScalingResult out;
  if (auto ok = read_model(setup.model, setup.marker_set, out); !ok) return tl::unexpected(ok.error());
  for (const auto& path : {setup.measurement_set, setup.scale_set})
    if (!path.empty()) out.inputs.push_back(path);
  const auto read = sensing::parse_osim(out.model);
  if (!read) return tl::unexpected(sensing::error_in_file(read.error(), setup.model));
  const auto factors = factors_of(setup, read->model, out);
  if (!factors) return tl::unexpected(factors.error());
  sensing::ModelScaling how{.factors = *factors, .mass_kg = {}, .keep_mass_shares = setup.keep_mass_shares};
  if (setup.scales) {
    how.mass_kg = setup.mass_kg;
  } else if (setup.mass_kg) {
    out.warnings.emplace_back("The mass is not used, because the setup's ModelScaler does not apply.");
  }
  if (auto ok = apply_factors(*factors, read->model, how, out); !ok) return tl::unexpected(ok.error());
  if (setup.places) {
    if (auto ok = place_markers(setup, out); !ok) return tl::unexpected(ok.error());
  }
  return out;
}

Result<ScalingResult> run_scaling(const std::filesystem::path& model, const std::filesystem::path& markers,
                                  std::optional<double> mass_kg, const sensing::TimeRange& range) {
  ScalingResult out;
  if (auto ok = read_model(model, {}, out); !ok) return tl::unexpected(ok.error());
  const auto read = sensing::parse_osim(out.model);
  if (!read) return tl::unexpected(sensing::error_in_file(read.error(), model));
  const auto recording = read_markers(markers, out);
  if (!recording) return tl::unexpected(recording.error());
  const auto frames = chosen_frames(read->model, *recording, range);
  if (frames.empty() || read->model.markers.empty()) {
    return refused(ErrorCode::nothing_measured, "no frame in the time range shows a marker of the model",
                   "name the recording's markers as in the model, check --range, or give --setup SETUP.xml");
  }
  const auto fit = engine::fit_body_scales(read->model, frames);
  if (!fit) return tl::unexpected(fit.error());
  out.fit = FittedScales{fit->rms_error_m, frames.size(), fit->rounds};
  if (!fit->converged)
    out.warnings.push_back(
        fmt::format("The factors still moved after {} rounds; they are not the best ones.", fit->rounds));
  Factors factors;
  std::vector<std::string> untold;
  for (std::size_t body = 0; body < read->model.bodies.size(); ++body) {
    const std::string& name = read->model.bodies[body].name;
    factors[name].setConstant(fit->factors[body]);
    if (body > 0 && fit->told[body] < kTold) untold.push_back(name);
  }
  if (!untold.empty())
    out.warnings.push_back(
        "The markers do not tell these factors, which are near the mean of all: " + joined(untold) + ".");
  out.untold_bodies = untold;
  if (auto ok = apply_factors(factors, read->model, {.factors = factors, .mass_kg = mass_kg}, out); !ok)
    return tl::unexpected(ok.error());
  return out;
}

}  // namespace reprise::pipeline
