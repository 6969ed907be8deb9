// SPDX-License-Identifier: Apache-2.0
#include "pipeline/posture.h"

#include <algorithm>
#include <cmath>

#include "pipeline/camera_measurement.h"
#include "sensing/files/file_io.h"
#include "session/measurements/measurement_json.h"
#include "session/measurements/posture_request.h"

namespace reprise::pipeline {
namespace {

using engine::PlacedPoint;
using engine::PointOrigin;
using engine::PosturePicture;
using session::PhotographedPosture;

constexpr const char* kPhotoStage = "measuring a posture";
constexpr std::size_t kMostFileBytes = 16U << 20U;

Result<std::string> text_of(const std::filesystem::path& path) {
  return sensing::read_file(path, kMostFileBytes, "reading a file of a posture");
}

Result<PosturePicture> read_points(const std::filesystem::path& path, const PostureOptions& options) {
  const auto text = text_of(path);
  if (!text) return tl::unexpected(text.error());
  auto picture = session::parse_posture_points(*text);
  if (!picture) return picture;
  if (!picture->roll) picture->roll = options.roll;
  if (!picture->body_height) picture->body_height = options.body_height;
  if (options.mirrored) picture->mirrored = true;
  return picture;
}

/// The photo's automatic points below those of the file.
Result<PosturePicture> merged(PosturePicture automatic, const PosturePicture& by_person) {
  const auto differs = [](double a, double b) { return std::abs(a - b) > 1; };
  if (differs(automatic.width_px, by_person.width_px) || differs(automatic.height_px, by_person.height_px)) {
    return fail(ErrorCode::invalid_argument, kPhotoStage, "the points are of a picture of another size",
                "give the points of this very picture, in its own pixels");
  }
  PosturePicture all = by_person;
  for (PlacedPoint& point : all.points) {
    const PlacedPoint* seen = engine::find_point(automatic, point.point);
    if (seen == nullptr || point.origin != PointOrigin::placed) continue;
    point.origin = PointOrigin::moved;
    point.automatic = seen->at;
  }
  for (const PlacedPoint& point : automatic.points) {
    if (engine::find_point(by_person, point.point) == nullptr) all.points.push_back(point);
  }
  return all;
}

Result<PhotographedPosture> photographed(const Recording& recording, const PosturePhotoFile& photo,
                                         const PostureOptions& options, const PosturePicture* by_person) {
  if (recording.frames.most_people > 1 && !options.person_chosen) {
    return fail(ErrorCode::invalid_argument, kPhotoStage,
                std::to_string(recording.frames.most_people) + " people are in the picture",
                "choose one with --person: 1 is the largest");
  }
  const auto pose = engine::still_pose(recording.landmarks.frames);
  if (!pose) return tl::unexpected(pose.error());
  PhotographedPosture posture;
  PosturePicture& picture = posture.picture;
  picture.view = photo.view;
  picture.width_px = recording.source.width_px;
  picture.height_px = recording.source.height_px;
  picture.roll = by_person != nullptr ? by_person->roll : options.roll;
  picture.mirrored = by_person != nullptr ? by_person->mirrored : options.mirrored;
  picture.body_height = options.body_height;
  auto found = engine::automatic_points(
      *pose, {photo.view, picture.width_px, picture.height_px, picture.roll.has_value(), picture.mirrored});
  if (!found) return tl::unexpected(found.error());
  picture.points = std::move(found->points);
  posture.outside = std::move(found->outside);
  posture.turned = found->turned;
  if (by_person == nullptr) return posture;
  auto both = merged(std::move(picture), *by_person);
  if (!both) return tl::unexpected(both.error());
  picture = std::move(*both);
  return posture;
}

Result<void> add_earlier(session::MeasurementDocument& document, const std::filesystem::path& path) {
  const auto text = text_of(path);
  if (!text) return tl::unexpected(text.error());
  const auto earlier = session::parse_measurement_json(*text);
  if (!earlier) return tl::unexpected(earlier.error());
  return session::compare_posture(document, *earlier);
}

}  // namespace

Result<session::MeasurementDocument> measure_posture(
    const PostureOptions& options,
    const std::function<Result<Recording>(const std::filesystem::path& path)>& read) {
  std::vector<PosturePicture> by_person;
  for (const std::filesystem::path& path : options.points) {
    auto picture = read_points(path, options);
    if (!picture) return tl::unexpected(picture.error());
    by_person.push_back(std::move(*picture));
  }
  session::MeasurementInput input;
  std::vector<PhotographedPosture> pictures;
  for (const PosturePhotoFile& photo : options.photos) {
    const auto recording = read(photo.path);
    if (!recording) return tl::unexpected(recording.error());
    const auto of_view = std::find_if(by_person.begin(), by_person.end(),
                                      [&](const PosturePicture& one) { return one.view == photo.view; });
    auto posture = photographed(*recording, photo, options, of_view == by_person.end() ? nullptr : &*of_view);
    if (!posture) return tl::unexpected(posture.error());
    pictures.push_back(std::move(*posture));
    session::join(input, session::camera_input(filmed_clip(*recording, options.text)));
    if (of_view != by_person.end()) by_person.erase(of_view);
  }
  if (options.photos.empty()) {
    input.source.kind = session::SignalSourceKind::entered;
    input.source.options = options.text;
    for (const std::filesystem::path& path : options.points)
      input.source.files.push_back(path.filename().string());
  }
  for (PosturePicture& picture : by_person) pictures.push_back({std::move(picture), {}, std::nullopt});
  auto document = session::measure_posture(input, pictures);
  if (!document || !options.earlier) return document;
  if (auto added = add_earlier(*document, *options.earlier); !added) return tl::unexpected(added.error());
  return document;
}

}  // namespace reprise::pipeline
