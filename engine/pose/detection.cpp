// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/detection.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/pose/ssd_anchors.h"

namespace reprise::engine {
namespace {

constexpr std::size_t kFirstKeyPointValue = 4;

// A logit is cut to +-100 before the sigmoid, as in the published graph.
double score_of(float logit) {
  return 1.0 / (1.0 + std::exp(-std::clamp(static_cast<double>(logit), -100.0, 100.0)));
}

double area(const Eigen::Vector2d& low, const Eigen::Vector2d& high) {
  const Eigen::Vector2d side = (high - low).cwiseMax(0.0);
  return side.x() * side.y();
}

double overlap(const Detection& a, const Detection& b) {
  const double shared = area(a.box_min.cwiseMax(b.box_min), a.box_max.cwiseMin(b.box_max));
  const double both = area(a.box_min, a.box_max) + area(b.box_min, b.box_max) - shared;
  return both > 0 ? shared / both : 0;
}

Detection weighted_mean(const std::vector<Detection>& group) {
  Detection mean;
  mean.score = group.front().score;
  double total = 0;
  for (const Detection& member : group) {
    total += member.score;
    mean.box_min += member.score * member.box_min;
    mean.box_max += member.score * member.box_max;
    for (std::size_t k = 0; k < kDetectionKeyPointCount; ++k)
      mean.key_points[k] += member.score * member.key_points[k];
  }
  mean.box_min /= total;
  mean.box_max /= total;
  for (auto& point : mean.key_points) point /= total;
  return mean;
}

// Box and key points are offsets from the anchor, in pixels of the detector's input.
Detection decode_one(const float* values, const Anchor& anchor, double score) {
  const Eigen::Vector2d middle{anchor.x, anchor.y};
  const auto point = [&](std::size_t i) -> Eigen::Vector2d {
    return Eigen::Vector2d{values[i], values[i + 1]} / kDetectorInputSize;
  };
  Detection detection;
  detection.score = score;
  const Eigen::Vector2d center = middle + point(0);
  const Eigen::Vector2d side = point(2);
  detection.box_min = center - 0.5 * side;
  detection.box_max = center + 0.5 * side;
  for (std::size_t k = 0; k < kDetectionKeyPointCount; ++k)
    detection.key_points[k] = middle + point(kFirstKeyPointValue + 2 * k);
  return detection;
}

bool is_usable(const Detection& detection) {
  const Eigen::Vector2d side = detection.box_max - detection.box_min;
  if (!side.allFinite() || (side.array() < 0).any()) return false;
  return std::all_of(detection.key_points.begin(), detection.key_points.end(),
                     [](const Eigen::Vector2d& p) { return p.allFinite(); });
}

}  // namespace

std::vector<Detection> merge_overlapping(std::vector<Detection> detections, double min_overlap) {
  std::stable_sort(detections.begin(), detections.end(),
                   [](const Detection& a, const Detection& b) { return a.score > b.score; });
  std::vector<Detection> merged;
  std::vector<Detection> group;
  std::vector<Detection> rest;
  while (!detections.empty()) {
    group.clear();
    rest.clear();
    for (const Detection& detection : detections)
      (overlap(detection, detections.front()) > min_overlap ? group : rest).push_back(detection);
    if (group.empty()) {  // a box without area does not even overlap itself
      group.push_back(detections.front());
      rest.erase(rest.begin());
    }
    merged.push_back(weighted_mean(group));
    detections.swap(rest);
  }
  return merged;
}

Result<std::vector<Detection>> decode_detections(const DetectorOutput& output,
                                                 const DetectionOptions& options) {
  constexpr std::size_t kCount = kDetectorAnchorCount;
  if (output.logits.size() != kCount || output.boxes.size() != kCount * kDetectorBoxValues) {
    return fail(ErrorCode::corrupt, "person detection",
                "the detector network gave " + std::to_string(output.boxes.size()) + " box values and " +
                    std::to_string(output.logits.size()) + " scores; " +
                    std::to_string(kCount * kDetectorBoxValues) + " and " + std::to_string(kCount) +
                    " were expected",
                "install the pinned model files again");
  }
  std::vector<Detection> found;
  for (std::size_t i = 0; i < kCount; ++i) {
    const double score = score_of(output.logits[i]);
    if (!(score >= options.min_score)) continue;
    Detection detection =
        decode_one(output.boxes.data() + i * kDetectorBoxValues, pose_detector_anchors()[i], score);
    if (is_usable(detection)) found.push_back(detection);
  }
  return merge_overlapping(std::move(found), options.min_overlap);
}

}  // namespace reprise::engine
