// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/ensemble.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/pose/landmarks.h"

namespace reprise::engine {
namespace {

constexpr std::size_t kPoints = kNetworkLandmarkCount;
constexpr std::size_t kValues = 5;  // x, y, z, visibility, presence
constexpr std::size_t kMap = kHeatmapSize;
constexpr int kCell = kLandmarkInputSize / kHeatmapSize;  // crop pixels in a cell of the heat map

/// A variant of the crop: mirrored or not, shifted by whole cells of the heat map.
struct View {
  bool mirrored;
  int right_cells, down_cells;
};
constexpr std::array kViews = {View{false, 0, 0}, View{true, 0, 0}, View{false, 1, -1}};

/// Returns the point that a mirrored picture swaps with this one.
std::size_t partner(std::size_t point) {
  return point < kLandmarkCount ? static_cast<std::size_t>(mirrored(static_cast<Landmark>(point))) : point;
}

std::size_t clamped(std::ptrdiff_t i, std::size_t size) {
  return static_cast<std::size_t>(std::clamp(i, std::ptrdiff_t{0}, static_cast<std::ptrdiff_t>(size) - 1));
}

/// Maps a cell or pixel (x, y) of the view to its source in the crop; borders repeat.
struct Origin {
  std::size_t x, y;
};
Origin origin_of(const View& view, std::size_t x, std::size_t y, std::size_t size, int step) {
  const auto column = static_cast<std::ptrdiff_t>(view.mirrored ? size - 1 - x : x);
  return {clamped(column - view.right_cells * step, size),
          clamped(static_cast<std::ptrdiff_t>(y) - view.down_cells * step, size)};
}

void show(std::span<const float> crop, const View& view, std::vector<float>& out) {
  out.resize(crop.size());
  for (std::size_t y = 0; y < kLandmarkInputSize; ++y) {
    for (std::size_t x = 0; x < kLandmarkInputSize; ++x) {
      const Origin from = origin_of(view, x, y, kLandmarkInputSize, kCell);
      for (std::size_t c = 0; c < 3; ++c)
        out[(y * kLandmarkInputSize + x) * 3 + c] = crop[(from.y * kLandmarkInputSize + from.x) * 3 + c];
    }
  }
}

/// Transforms a network's output for the view back to the crop.
LandmarkOutput back_from(const View& view, const LandmarkOutput& answer) {
  LandmarkOutput out = answer;
  for (std::size_t p = 0; p < kPoints; ++p) {
    const std::size_t source = view.mirrored ? partner(p) : p;
    float* const to = out.landmarks.data() + p * kValues;
    const float* const from = answer.landmarks.data() + source * kValues;
    std::copy_n(from, kValues, to);
    to[0] = (view.mirrored ? static_cast<float>(kLandmarkInputSize) - from[0] : from[0]) -
            static_cast<float>(view.right_cells * kCell);
    to[1] = from[1] - static_cast<float>(view.down_cells * kCell);
    for (std::size_t axis = 0; axis < 3; ++axis)
      out.world_m[3 * p + axis] = answer.world_m[3 * source + axis];
    if (view.mirrored) out.world_m[3 * p] = -out.world_m[3 * p];
  }
  for (std::size_t y = 0; y < kMap; ++y) {
    for (std::size_t x = 0; x < kMap; ++x) {
      // The view's cell whose origin is this one; a cell that was moved out repeats the border.
      const auto shown_x = clamped(static_cast<std::ptrdiff_t>(x) + view.right_cells, kMap);
      const std::size_t column = view.mirrored ? kMap - 1 - shown_x : shown_x;
      const std::size_t row = clamped(static_cast<std::ptrdiff_t>(y) + view.down_cells, kMap);
      for (std::size_t p = 0; p < kPoints; ++p) {
        out.heatmap[(y * kMap + x) * kPoints + p] =
            answer.heatmap[(row * kMap + column) * kPoints + (view.mirrored ? partner(p) : p)];
      }
    }
  }
  return out;
}

bool right_sizes(const LandmarkOutput& output) {
  return output.landmarks.size() == kPoints * kValues && output.world_m.size() == kPoints * 3 &&
         output.heatmap.size() == kPoints * kMap * kMap;
}

/// Returns the inverse variance of a network's readings of a point, in crop pixels.
double belief(const std::vector<LandmarkOutput>& looks, std::size_t point) {
  double variance = kFinestPx * kFinestPx;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    double sum = 0;
    double squares = 0;
    for (const LandmarkOutput& look : looks) {
      const double value = look.landmarks[point * kValues + axis];
      sum += value;
      squares += value * value;
    }
    const auto n = static_cast<double>(looks.size());
    variance += std::max(0.0, squares / n - (sum / n) * (sum / n));
  }
  return std::isfinite(variance) ? 1 / variance : 0;
}

/// Sums readings; `finish` divides.
class Blend {
 public:
  explicit Blend(LandmarkOutput& out) : out_(out) {
    out_.landmarks.assign(kPoints * kValues, 0);
    out_.world_m.assign(kPoints * 3, 0);
    out_.heatmap.assign(kPoints * kMap * kMap, 0);
    out_.presence = 0;
  }

  void add(const std::vector<LandmarkOutput>& looks) {
    std::array<float, kPoints> weight{};
    for (std::size_t p = 0; p < kPoints; ++p) weight[p] = static_cast<float>(belief(looks, p));
    for (const LandmarkOutput& look : looks) {
      for (std::size_t p = 0; p < kPoints; ++p) {
        total_[p] += weight[p];
        for (std::size_t v = 0; v < kValues; ++v)
          out_.landmarks[p * kValues + v] += weight[p] * look.landmarks[p * kValues + v];
        for (std::size_t v = 0; v < 3; ++v) out_.world_m[p * 3 + v] += weight[p] * look.world_m[p * 3 + v];
      }
      for (std::size_t i = 0; i < out_.heatmap.size(); ++i)
        out_.heatmap[i] += weight[i % kPoints] * look.heatmap[i];
      out_.presence += look.presence;
      ++looks_;
    }
  }

  void finish() {
    for (std::size_t p = 0; p < kPoints; ++p) {
      for (std::size_t v = 0; v < kValues; ++v) out_.landmarks[p * kValues + v] /= total_[p];
      for (std::size_t v = 0; v < 3; ++v) out_.world_m[p * 3 + v] /= total_[p];
    }
    for (std::size_t i = 0; i < out_.heatmap.size(); ++i) out_.heatmap[i] /= total_[i % kPoints];
    out_.presence /= static_cast<float>(looks_);
  }

 private:
  LandmarkOutput& out_;
  std::array<float, kPoints> total_{};
  int looks_ = 0;
};

}  // namespace

Result<void> EnsembleNetworks::look(PoseNetworks& network, std::span<const float> input) {
  looks_.clear();
  LandmarkOutput answer;
  for (const View& view : kViews) {
    show(input, view, seen_);
    if (auto ran = network.find_landmarks(seen_, answer); !ran) return ran;
    if (!right_sizes(answer)) {
      return fail(ErrorCode::corrupt, "landmark detection", "a landmark network's output has the wrong size",
                  "install the pinned model files again");
    }
    looks_.push_back(back_from(view, answer));
  }
  return {};
}

Result<void> EnsembleNetworks::find_landmarks(std::span<const float> input, LandmarkOutput& output) {
  Blend blend{output};
  for (PoseNetworks* const member : members_) {
    if (auto looked = look(*member, input); !looked) return looked;
    blend.add(looks_);
  }
  blend.finish();
  return {};
}

}  // namespace reprise::engine
