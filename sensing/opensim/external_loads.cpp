// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/external_loads.h"

#include <algorithm>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/opensim/timed_table.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

using Curves = std::vector<engine::PiecewisePolynomial>;

constexpr const char* kReadingLoads = "reading external loads";

tl::unexpected<Error> absent(const XmlElement& force, std::string_view what, std::string_view value) {
  return fail(
      ErrorCode::not_found, kReadingLoads,
      "'" + shown(force.attribute("name")) + "': " + shown(what) + " '" + shown(value) + "' does not exist",
      "correct the name in the external loads, or give the model and data that have it");
}

/// The three columns of an identifier as curves; none if the identifier is empty.
Result<Curves> curves_of(const XmlElement& force, const char* child, const TimedTable& data) {
  const std::string_view identifier = force.text_of(child);
  if (identifier.empty() || identifier == "Unassigned") return Curves{};
  const std::vector<std::size_t> columns = columns_of_identifier(data.table, identifier);
  if (columns.empty()) return absent(force, child, identifier);
  Curves curves;
  for (const std::size_t column : columns) {
    const auto samples = data.column(column);
    if (!samples) return tl::unexpected(samples.error());
    auto curve = engine::PiecewisePolynomial::lines(data.times_s, *samples);
    if (!curve) return tl::unexpected(curve.error());
    curves.push_back(std::move(*curve));
  }
  return curves;
}

Result<ExternalLoad> read_load(const XmlElement& force, const engine::MultibodyModel& model,
                               const TimedTable& data) {
  ExternalLoad load;
  load.name = name_of(force);
  const auto find_body = [&](const char* child, bool required, std::size_t& body) -> Result<void> {
    const std::string_view name = last_of_path(force.text_of(child));
    if (name.empty() && !required) return {};
    const auto found = model.body(name);
    if (!found) return absent(force, child, name);
    body = *found;
    return {};
  };
  if (auto ok = find_body("applied_to_body", true, load.body); !ok) return tl::unexpected(ok.error());
  if (auto ok = find_body("force_expressed_in_body", false, load.force_frame); !ok)
    return tl::unexpected(ok.error());
  if (auto ok = find_body("point_expressed_in_body", false, load.point_frame); !ok)
    return tl::unexpected(ok.error());
  auto forces = curves_of(force, "force_identifier", data);
  if (!forces) return tl::unexpected(forces.error());
  auto points = curves_of(force, "point_identifier", data);
  if (!points) return tl::unexpected(points.error());
  auto torques = curves_of(force, "torque_identifier", data);
  if (!torques) return tl::unexpected(torques.error());
  if (forces->empty() && torques->empty()) {
    return fail(ErrorCode::corrupt, kReadingLoads,
                "'" + shown(load.name) + "' has neither a force_identifier nor a torque_identifier",
                "name the columns of its force or torque, or remove it");
  }
  load.force_n = std::move(*forces), load.point_m = std::move(*points), load.torque_nm = std::move(*torques);
  return load;
}

Eigen::Vector3d vector_at(const Curves& curves, Seconds time) {
  if (curves.size() != 3) return Eigen::Vector3d::Zero();
  return {curves[0].at(time.value()).value, curves[1].at(time.value()).value,
          curves[2].at(time.value()).value};
}

}  // namespace

std::vector<std::size_t> columns_of_identifier(const StorageTable& table, std::string_view identifier) {
  std::vector<std::size_t> exact, beginning;
  for (const char axis : {'x', 'y', 'z'}) {
    if (const auto column = table.column(std::string{identifier} + axis)) exact.push_back(*column);
  }
  if (exact.size() == 3) return exact;
  for (std::size_t c = 1; c < table.labels.size(); ++c) {  // the first is the time
    if (table.labels[c].starts_with(identifier)) beginning.push_back(c);
  }
  return beginning.size() == 3 ? beginning : std::vector<std::size_t>{};
}

Result<ExternalLoads> parse_external_loads(const XmlElement& set, const TimedTable& data,
                                           const engine::MultibodyModel& model) {
  ExternalLoads out;
  out.from = Seconds{data.times_s.front()}, out.to = Seconds{data.times_s.back()};
  out.step = (out.to - out.from) / static_cast<double>(std::max<std::size_t>(data.times_s.size() - 1, 1));
  out.kinematics = path_in({}, set.text_of("external_loads_model_kinematics_file"));
  if (!out.kinematics.empty()) {
    const auto cutoff = number_or(set, "lowpass_cutoff_frequency_for_load_kinematics", -1);
    if (!cutoff) return tl::unexpected(cutoff.error());
    if (*cutoff > 0) out.kinematics_cutoff = Hertz{*cutoff};
  }
  const XmlElement* objects = set.child("objects");
  for (const XmlElement& force : (objects == nullptr ? set : *objects).children) {
    const auto enabled = is_enabled(force, "appliesForce");
    if (!enabled) return tl::unexpected(enabled.error());
    if (!*enabled) continue;
    if (force.name == "ExternalForce") {
      auto load = read_load(force, model, data);
      if (!load) return tl::unexpected(load.error());
      out.loads.push_back(std::move(*load));
      const std::filesystem::path source = path_in({}, force.text_of("data_source_name"));
      const std::filesystem::path file = data.file;
      if (!source.empty() && source.filename() != file && source.filename() != file.stem()) {
        out.warnings.push_back("External load '" + shown(out.loads.back().name) + "' names the data '" +
                               shown(source.string()) + "'; those of the datafile '" + shown(data.file) +
                               "' are applied.");
      }
    } else if (force.name.ends_with("Force")) {
      return fail(ErrorCode::unsupported, kReadingLoads,
                  shown(force.name) + " '" + shown(force.attribute("name")) + "' is no ExternalForce",
                  "describe the load as an ExternalForce");
    }
  }
  return out;
}

namespace {

Result<ExternalLoads> read_loads(const std::filesystem::path& path, const engine::MultibodyModel& model) {
  constexpr std::size_t kMaxBytes = std::size_t{16} << 20;
  const auto text = read_file(path, kMaxBytes, kReadingLoads);
  if (!text) return tl::unexpected(text.error());
  const auto root = parse_xml(*text);
  if (!root) return tl::unexpected(root.error());
  const XmlElement* set = root->name == "ExternalLoads" ? &*root : root->child("ExternalLoads");
  if (set == nullptr || set->text_of("datafile").empty()) {
    return fail(ErrorCode::corrupt, kReadingLoads,
                "'" + path.filename().string() + "' holds no ExternalLoads with a datafile",
                "give ExternalLoads that name the file of forces");
  }
  const std::filesystem::path file = path_in(path.parent_path(), set->text_of("datafile"));
  const auto data = read_timed_table(file);
  if (!data) return tl::unexpected(data.error());
  auto out = parse_external_loads(*set, *data, model);
  if (!out) return out;
  out->data = file;
  if (!out->kinematics.empty()) out->kinematics = (path.parent_path() / out->kinematics).lexically_normal();
  return out;
}

}  // namespace

Result<ExternalLoads> read_external_loads(const std::filesystem::path& path,
                                          const engine::MultibodyModel& model) {
  auto loads = read_loads(path, model);
  if (!loads) return tl::unexpected(error_in_file(loads.error(), path));
  return loads;
}

std::vector<engine::ExternalForce> external_forces_at(const std::vector<ExternalLoad>& loads, Seconds time,
                                                      const engine::MultibodyKinematics& kinematics,
                                                      const engine::MultibodyKinematics* carrying) {
  std::vector<engine::ExternalForce> forces;
  for (const ExternalLoad& load : loads) {
    const engine::RigidTransform& along = kinematics.body(load.force_frame).in_ground;
    const engine::RigidTransform& body = kinematics.body(load.body).in_ground;
    // Without a point the force acts at the body's origin.
    const engine::RigidTransform& from =
        load.point_m.empty() ? body : kinematics.body(load.point_frame).in_ground;
    Eigen::Vector3d point = from * vector_at(load.point_m, time);
    if (carrying != nullptr && load.point_frame == 0 && !load.point_m.empty())
      point = body * carrying->body(load.body).in_ground.inside(point);
    forces.push_back({load.body, along.rotation * vector_at(load.force_n, time), point,
                      along.rotation * vector_at(load.torque_nm, time)});
  }
  return forces;
}

}  // namespace reprise::sensing
