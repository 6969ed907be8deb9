// SPDX-License-Identifier: Apache-2.0
#include "wasm/pose_session.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace reprise::wasm {
namespace {

constexpr int kLightSamples = 64;  // along each side
constexpr int kRgba = 4;

int sampled(int sample, int samples, int length) {
  return static_cast<int>((2 * std::int64_t{sample} + 1) * length / (2 * std::int64_t{samples}));
}

}  // namespace

double light_of(const engine::ImageView& image) {
  assert(engine::is_valid(image));
  const int columns = std::min(kLightSamples, image.width);
  const int rows = std::min(kLightSamples, image.height);
  double sum = 0;
  for (int row = 0; row < rows; ++row) {
    const std::uint8_t* const line = image.pixels + sampled(row, rows, image.height) * image.stride_bytes;
    for (int column = 0; column < columns; ++column) {
      const std::uint8_t* const pixel = line + sampled(column, columns, image.width) * image.channels;
      sum += 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
    }
  }
  return sum / (255.0 * columns * rows);
}

PoseSession::PoseSession(const engine::PoseTrackerOptions& options) : tracker_(options) {
  constexpr std::size_t kAnchors = engine::kDetectorAnchorCount;
  constexpr std::size_t kPoints = engine::kNetworkLandmarkCount;
  detector_output_.boxes.resize(kAnchors * engine::kDetectorBoxValues);
  detector_output_.logits.resize(kAnchors);
  landmark_output_.landmarks.resize(kPoints * 5);
  landmark_output_.heatmap.resize(kPoints * engine::kHeatmapSize * engine::kHeatmapSize);
  landmark_output_.world_m.resize(kPoints * 3);
}

Result<void> check_picture_size(int width_px, int height_px) {
  const auto usable = [](int side) { return side >= 1 && side <= kMostPictureSidePx; };
  if (usable(width_px) && usable(height_px)) return {};
  return fail(ErrorCode::invalid_argument, "watching",
              "a picture of " + std::to_string(width_px) + " x " + std::to_string(height_px) + " pixels",
              "give pictures of 1 to " + std::to_string(kMostPictureSidePx) + " pixels a side");
}

Result<std::span<std::uint8_t>> RgbaPicture::resize(int width_px, int height_px) {
  if (const auto size = check_picture_size(width_px, height_px); !size) return tl::unexpected(size.error());
  const std::ptrdiff_t stride = std::ptrdiff_t{width_px} * kRgba;
  pixels_.resize(static_cast<std::size_t>(stride * height_px));
  view_ = {pixels_.data(), width_px, height_px, stride, kRgba};
  return std::span{pixels_};
}

Result<std::span<std::uint8_t>> PoseSession::picture(int width_px, int height_px) {
  auto pixels = picture_.resize(width_px, height_px);
  if (pixels) wanted_ = Wanted::nothing;
  return pixels;
}

Result<Wanted> PoseSession::begin(const engine::ImageView& image, Seconds time) {
  wanted_ = Wanted::nothing;
  looked_at_ = image;
  auto step = tracker_.begin(looked_at_, time);
  if (step) light_ = light_of(looked_at_);
  return take(std::move(step));
}

Result<Wanted> PoseSession::answer() {
  switch (std::exchange(wanted_, Wanted::nothing)) {
    case Wanted::detector: return take(tracker_.answer(detector_output_, looked_at_));
    case Wanted::landmarks: return take(tracker_.answer(landmark_output_, looked_at_));
    case Wanted::nothing: break;
  }
  return fail(ErrorCode::invalid_argument, "watching", "no network output was requested",
              "begin a picture, and answer its requests only");
}

Result<Wanted> PoseSession::take(Result<engine::TrackerStep> step) {
  input_ = {};
  if (!step) return tl::unexpected<Error>(std::move(step).error());
  if (auto* const done = std::get_if<engine::TrackedFrame>(&*step)) {
    seen_ = std::move(*done);
  } else if (const auto* const detector = std::get_if<engine::DetectorRequest>(&*step)) {
    input_ = detector->input;
    wanted_ = Wanted::detector;
  } else {
    input_ = std::get<engine::LandmarkRequest>(*step).input;
    wanted_ = Wanted::landmarks;
  }
  return wanted_;
}

}  // namespace reprise::wasm
