// SPDX-License-Identifier: Apache-2.0
#include "wasm/posture.h"

#include <array>
#include <cmath>
#include <vector>

#include "json/reader.h"
#include "json/write.h"
#include "session/measurements/measurement_json.h"
#include "session/measurements/posture.h"
#include "session/measurements/posture_request.h"
#include "wasm/measured_result.h"

namespace reprise::wasm {
namespace {

using engine::FramedPart;
using session::PhotographedPosture;

constexpr std::size_t kMostPictures = 8;
constexpr std::size_t kMostEarlierBytes = 16U << 20U;
constexpr std::array<std::string_view, 5> kPartWords = {"head", "hands", "hips", "knees", "feet"};
constexpr std::array<std::string_view, 4> kPostureViews = {"front", "back", "left_side", "right_side"};

/// Empty, and refused, where it is not a list of as many numbers.
std::vector<double> numbers_in(json::Reader& input, const char* name, std::size_t wanted) {
  std::vector<double> numbers;
  const Json* list = input.value(name);
  if (list == nullptr) return numbers;
  if (list->is_array() && list->size() == wanted) {
    for (const Json& one : *list) {
      if (!one.is_number() || !std::isfinite(one.get<double>())) break;
      numbers.push_back(one.get<double>());
    }
  }
  if (numbers.size() != wanted) {
    input.refuse(name, "a list of " + std::to_string(wanted) + " numbers");
    numbers.clear();
  }
  return numbers;
}

engine::Pose pose_in(json::Reader& input) {
  engine::Pose pose;
  const auto image = numbers_in(input, "image_px", 3 * engine::kLandmarkCount);
  const auto world = numbers_in(input, "world_m", 3 * engine::kLandmarkCount);
  const auto visibility = numbers_in(input, "visibility", engine::kLandmarkCount);
  if (!input.right()) return pose;
  pose.image.emplace();
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    (*pose.image)[l] = {image[3 * l], image[3 * l + 1], image[3 * l + 2]};
    for (std::size_t axis = 0; axis < 3; ++axis)
      pose.world_m[l].v[static_cast<Eigen::Index>(axis)] = world[3 * l + axis];
    pose.visibility[l] = visibility[l];
  }
  return pose;
}

PhotographedPosture picture_in(json::Reader& item) {
  PhotographedPosture one;
  one.picture = session::read_posture_picture(item);
  if (const auto turned = item.number_or_null("turned_deg")) one.turned = Radians{Degrees{*turned}};
  const Json* outside = item.value("outside");
  if (outside == nullptr || !outside->is_array()) return one;
  for (std::size_t part = 0; part < kPartWords.size(); ++part) {
    for (const Json& word : *outside) {
      if (word == kPartWords[part]) one.outside.push_back(static_cast<FramedPart>(part));
    }
  }
  return one;
}

Json side_json(const std::optional<Side>& side) {
  return side ? Json(std::string{engine::name(*side)}) : Json(nullptr);
}

void add_gaps(Json& gaps, const engine::PosturePicture& picture) {
  const auto posture = engine::measure_posture(picture);
  if (!posture) return;
  for (const engine::PostureGap& gap : posture->gaps) {
    Json missing = Json::array();
    for (const engine::PosturePoint point : gap.missing) missing.push_back(engine::name(point));
    gaps.push_back({{"view", engine::name(picture.view)},
                    {"measure", engine::name(gap.measure)},
                    {"part", gap.part},
                    {"side", side_json(gap.side)},
                    {"missing", std::move(missing)}});
  }
}

Json changes_json(const std::vector<session::PostureChange>& changes) {
  Json list = Json::array();
  for (const session::PostureChange& one : changes) {
    const session::SignalMeasureInfo& facts = session::info(one.measure);
    const double scale = std::pow(10.0, facts.decimals);
    const auto shown = [&](double value) { return std::round(value * facts.factor * scale) / scale; };
    list.push_back({{"measure", facts.name},
                    {"part", json::or_null(one.part)},
                    {"side", side_json(one.side)},
                    {"earlier", shown(one.earlier)},
                    {"change", shown(one.change())},
                    {"least", shown(one.least)},
                    {"certain", one.is_certain()},
                    {"unit", facts.unit}});
  }
  return list;
}

/// No changes where nothing is in common: another view, other points.
Result<Json> changes_since(const session::MeasurementDocument& now, const std::string& earlier) {
  if (earlier.empty()) return Json::array();
  const auto document = session::parse_measurement_json(earlier);
  if (!document) return tl::unexpected(document.error());
  const auto changes = session::posture_changes(now, *document);
  return changes ? changes_json(*changes) : Json::array();
}

}  // namespace

Result<std::string> posture_points_text(std::string_view photo) {
  json::Document page{photo, "finding the points of a posture"};
  json::Reader input = page.root();
  engine::PictureFacts facts;
  facts.view = static_cast<engine::PostureView>(input.choice("view", kPostureViews).value_or(0));
  facts.width_px = input.number("width_px");
  facts.height_px = input.number("height_px");
  facts.roll_known = input.truth("roll_known");
  facts.mirrored = input.truth("mirrored");
  const engine::Pose pose = pose_in(input);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto found = engine::automatic_points(pose, facts);
  if (!found) return tl::unexpected(found.error());
  Json out = {{"points", Json::array()}, {"outside", Json::array()}, {"turned_deg", nullptr}};
  for (const engine::PlacedPoint& one : found->points)
    out["points"].push_back(session::posture_point_json(one));
  for (const FramedPart part : found->outside) out["outside"].push_back(engine::name(part));
  if (found->turned) out["turned_deg"] = to_degrees(*found->turned).value();
  return json::write(out);
}

Result<std::string> posture_text(std::string_view photos) {
  json::Document page{photos, "measuring a posture"};
  json::Reader input = page.root();
  std::vector<PhotographedPosture> pictures;
  for (json::Reader& item : input.items("pictures", kMostPictures)) pictures.push_back(picture_in(item));
  session::MeasurementInput measured;
  measured.source.recorded_at = input.text("startedAt");
  measured.source.duration = Seconds{input.number("duration_s")};
  measured.source.kind =
      input.truth("simulated") ? session::SignalSourceKind::simulated : session::SignalSourceKind::camera;
  measured.sensors = {{"camera", "photo", Hertz{1}, Seconds{0}}};
  const std::string earlier = input.text_or_null("earlier", kMostEarlierBytes);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  auto document = session::measure_posture(measured, pictures);
  if (!document) return tl::unexpected(document.error());
  auto changes = changes_since(*document, earlier);
  if (!changes) return tl::unexpected(changes.error());
  const auto text = measured_result_text(*document);
  if (!text) return text;
  Json out = Json::parse(*text);
  out["gaps"] = Json::array();
  for (const PhotographedPosture& one : pictures) add_gaps(out["gaps"], one.picture);
  out["changes"] = std::move(*changes);
  return json::write(out);
}

Result<std::string> posture_changes_text(std::string_view documents) {
  json::Document page{documents, "comparing postures"};
  json::Reader input = page.root();
  const std::string now = input.text("now", kMostEarlierBytes);
  const std::string earlier = input.text("earlier", kMostEarlierBytes);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto document = session::parse_measurement_json(now);
  if (!document) return tl::unexpected(document.error());
  const auto changes = changes_since(*document, earlier);
  if (!changes) return tl::unexpected(changes.error());
  return json::write(*changes);
}

}  // namespace reprise::wasm
