// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/kinematics/measure_set.h"
#include "simulation/rendered/take.h"

namespace reprise::simulation::rendered {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double steps = 1e4) {
  const double scaled = std::round(value * steps);
  return scaled == 0 ? 0.0 : scaled / steps;  // no -0
}

template <class Vector>
Json list_of(const Vector& vector) {
  Json list = Json::array();
  for (int i = 0; i < static_cast<int>(vector.size()); ++i)
    list.push_back(rounded(static_cast<double>(vector[i])));
  return list;
}

Json person_json(const Person& p) {
  return {{"sex", p.female ? "female" : "male"},
          {"age_years", std::round(p.age_years)},
          {"stature_m", rounded(p.stature_m)},
          {"build", build_of(p)},
          {"weight", rounded(p.weight)},
          {"skin_tone", p.skin_tone + 1},
          {"descent",
           {{"african", rounded(p.descent[0])},
            {"asian", rounded(p.descent[1])},
            {"caucasian", rounded(p.descent[2])}}},
          {"outfit", p.outfit},
          {"shoes", p.shoes},
          {"hair", p.hair.empty() ? Json(nullptr) : Json(p.hair)},
          {"limb_scales",
           {{"thigh", rounded(p.limbs.thigh)},
            {"shank", rounded(p.limbs.shank)},
            {"upper_arm", rounded(p.limbs.upper_arm)},
            {"forearm", rounded(p.limbs.forearm)},
            {"trunk", rounded(p.limbs.trunk)}}}};
}

Json camera_json(const FilmCamera& camera) {
  Json rows = Json::array();
  for (int row = 0; row < 3; ++row) rows.push_back(list_of(camera.to_camera.row(row).transpose().eval()));
  return {{"azimuth_deg", rounded(camera.azimuth_deg)},
          {"pitch_deg", rounded(camera.pitch_deg)},
          {"lens_m", list_of(camera.lens)},
          {"to_camera", rows},
          {"focal_px", rounded(camera.focal_px)}};
}

/// Degrees and ratios by name; what the measure does not allow in this posture is missing.
Json measures_json(const engine::Pose& pose) {
  const engine::MeasureSet measures(pose);
  Json out = Json::object();
  for (std::size_t m = 0; m < engine::kMeasureCount; ++m) {
    const auto measure = static_cast<engine::Measure>(m);
    const engine::MeasureInfo& about = engine::info(measure);
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      if (!about.sided && side == engine::Side::right) continue;
      const auto& sample = measures.at(measure, side);
      if (!sample) continue;
      std::string name{about.name};
      if (about.sided) name += "_" + std::string{engine::name(side)};
      out[name] = rounded(engine::in_degrees(measure, sample->value), 1e3);
    }
  }
  return out;
}

}  // namespace

std::string truth_json(const Take& take) {
  Json j = {{"schema", "reprise.rendered_truth/1"},
            {"simulated", true},
            {"exercise", take.exercise ? Json(take.exercise->definition.id) : Json(nullptr)},
            {"movement", take.title},
            {"side", take.side ? Json(engine::name(*take.side)) : Json(nullptr)},
            {"seed", take.options.seed},
            {"tempo", rounded(take.tempo)},
            {"range", rounded(take.range)},
            {"person", person_json(take.person)},
            {"flaws",
             {{"furniture", take.options.furniture},
              {"light", take.options.flaws.light},
              {"blur_px", take.options.flaws.blur_px},
              {"noise", take.options.flaws.noise},
              {"compression", take.options.flaws.compression}}},
            {"fps", take.options.frame_rate.value()},
            {"size_px", {take.options.side_px, take.options.side_px}},
            {"cameras", Json::object()},
            {"repetitions", Json::array()},
            {"counted_from_truth", take.counted_from_truth},
            {"joints", Json::array()},
            {"frames", Json::array()}};
  for (const FilmCamera& camera : take.cameras) j["cameras"][camera.name] = camera_json(camera);
  for (const engine::RepetitionTruth& r : take.repetitions) {
    j["repetitions"].push_back({{"start_s", rounded(r.start.value())},
                                {"extreme_s", rounded(r.extreme.value())},
                                {"hold_end_s", rounded(r.hold_end.value())},
                                {"end_s", rounded(r.end.value())}});
  }
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i)
    j["joints"].push_back(engine::name(static_cast<engine::Landmark>(i)));
  for (std::size_t f = 0; f < take.poses.size(); ++f) {
    Json joints = Json::array();
    for (const Vec3<World>& point : landmarks_of(take.figure, take.poses[f]))
      joints.push_back(list_of(point.v));
    const int number = take.repetition_number[f];
    j["frames"].push_back({{"t", rounded(take.landmarks[f].time.value())},
                           {"repetition", number < 0 ? Json(nullptr) : Json(number)},
                           {"phase", number < 0 ? Json(nullptr) : Json(rounded(take.shares[f]))},
                           {"measures", measures_json(*take.landmarks[f].pose)},
                           {"joints", std::move(joints)}});
  }
  return j.dump() + "\n";
}

}  // namespace reprise::simulation::rendered
