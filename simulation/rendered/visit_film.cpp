// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "sensing/video/video_writer.h"
#include "simulation/rendered/picture_flaws.h"
#include "simulation/rendered/visit.h"

namespace reprise::simulation::rendered {
namespace {

using Json = nlohmann::ordered_json;

double in_steps(double value, double steps) {
  const double scaled = std::round(value * steps);
  return scaled == 0 ? 0.0 : scaled / steps;  // no -0
}

Json movement_json(const VisitMovement& m, const VisitTruth& t) {
  return {{"test", m.test},
          {"side", engine::name(m.side)},
          {"passive", m.passive},
          {"shown", name(m.shown)},
          {"start_s", in_steps(t.start.value(), 1e3)},
          {"extreme_s", in_steps(t.extreme.value(), 1e3)},
          {"end_s", in_steps(t.end.value(), 1e3)},
          {"angle_deg", in_steps(to_degrees(t.angle).value(), 1e2)},
          {"hand_gap_m", t.hand_gap_m ? Json(in_steps(*t.hand_gap_m, 1e3)) : Json(nullptr)}};
}

Json joints_json(const Visit& visit, std::size_t frame, bool helper) {
  Json joints = Json::array();
  for (const Vec3<World>& point : landmarks_of(visit.figures[helper], visit.poses[frame][helper])) {
    const Eigen::Vector2d at = visit.camera.pixel(point.v);
    joints.push_back({in_steps(at.x(), 10), in_steps(at.y(), 10)});
  }
  return joints;
}

}  // namespace

Result<std::string> film_visit(const Visit& visit, const std::function<bool(int)>& drawn) {
  const FilmCamera& camera = visit.camera;
  const SampleBuffer backdrop = draw_room(visit.room, camera, visit.light);
  auto writer = sensing::VideoWriter::start({.width = camera.width,
                                             .height = camera.height,
                                             .frame_rate = visit.options.frame_rate,
                                             .title = "rendered visit",
                                             .simulated = true});
  if (!writer) return tl::unexpected(writer.error());
  for (std::size_t f = 0; f < visit.poses.size(); ++f) {
    SampleBuffer buffer = backdrop;
    for (const bool shadows : {true, false}) {
      for (const bool helper : {false, true}) {
        const auto parts = skin(visit.figures[helper], visit.poses[f][helper]);
        if (shadows) {
          FloorShadow(parts, visit.light).cast(camera, buffer);
        } else {
          draw_figure(visit.figures[helper], parts, camera, visit.light, buffer);
        }
      }
    }
    std::vector<std::uint8_t> picture = resolve(buffer);
    spoil(picture, camera.width, camera.height, {}, visit.options.seed * 100'003 + f);
    const auto added = writer->add(
        {picture.data(), camera.width, camera.height, static_cast<std::ptrdiff_t>(camera.width) * 3, 3});
    if (!added) return tl::unexpected(added.error());
    if (!drawn(static_cast<int>(f) + 1))
      return fail(ErrorCode::cancelled, "filming a rendered visit", "it was stopped", "start it again");
  }
  return writer->finish();
}

std::string visit_truth_json(const Visit& visit) {
  Json j = {{"schema", "reprise.rendered_visit/1"},
            {"simulated", true},
            {"seed", visit.options.seed},
            {"fps", visit.options.frame_rate.value()},
            {"size_px", {visit.camera.width, visit.camera.height}},
            {"people", {"patient", "helper"}},
            {"movements", Json::array()},
            {"joints", Json::array()},
            {"frames", Json::array()}};
  for (std::size_t i = 0; i < visit.movements.size(); ++i)
    j["movements"].push_back(movement_json(visit.movements[i], visit.truths[i]));
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i)
    j["joints"].push_back(engine::name(static_cast<engine::Landmark>(i)));
  for (std::size_t f = 0; f < visit.poses.size(); ++f) {
    j["frames"].push_back({{"t", in_steps(visit.times[f].value(), 1e4)},
                           {"patient_px", joints_json(visit, f, false)},
                           {"helper_px", joints_json(visit, f, true)}});
  }
  return j.dump() + "\n";
}

}  // namespace reprise::simulation::rendered
