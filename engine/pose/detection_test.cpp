// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/detection.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reprise::engine {
namespace {

constexpr std::size_t kValues = kDetectorBoxValues;

DetectorOutput no_person() {
  DetectorOutput output;
  output.boxes.assign(kDetectorAnchorCount * kValues, 0);
  output.logits.assign(kDetectorAnchorCount, -50);
  return output;
}

// Sets one box: offsets from its anchor in detector pixels.
void set_box(DetectorOutput& output, std::size_t anchor, float logit, float dx, float dy, float side) {
  output.logits[anchor] = logit;
  float* const values = output.boxes.data() + anchor * kValues;
  values[0] = dx;
  values[1] = dy;
  values[2] = values[3] = side;
  for (std::size_t k = 0; k < 4; ++k) {
    values[4 + 2 * k] = dx + static_cast<float>(10 * k);
    values[5 + 2 * k] = dy - static_cast<float>(20 * k);
  }
}

Detection square(double score, double x, double y, double side) {
  Detection detection;
  detection.score = score;
  detection.box_min = {x, y};
  detection.box_max = {x + side, y + side};
  detection.key_points.fill({x, y});
  return detection;
}

TEST(DecodeDetections, AddsOffsetsInDetectorPixelsToTheAnchor) {
  DetectorOutput output = no_person();
  set_box(output, 0, 2, 112, 56, 22.4F);  // the anchor is at 0.5 / 28 = 4 px
  const auto found = decode_detections(output);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  const Detection& person = found->front();
  constexpr double kTolerance = 1e-6;  // single-precision tensors
  EXPECT_NEAR(person.score, 1 / (1 + std::exp(-2.0)), kTolerance);
  EXPECT_NEAR(person.box_min.x(), (4 + 112 - 11.2) / 224, kTolerance);
  EXPECT_NEAR(person.box_max.y(), (4 + 56 + 11.2) / 224, kTolerance);
  EXPECT_NEAR(person.key_points[1].x(), (4 + 112 + 10) / 224.0, kTolerance);
  EXPECT_NEAR(person.key_points[3].y(), (4 + 56 - 60) / 224.0, kTolerance);
}

TEST(DecodeDetections, IgnoresBoxesBelowTheScore) {
  DetectorOutput output = no_person();
  set_box(output, 7, -0.01F, 100, 100, 20);
  set_box(output, 1960, 0.01F, 100, 100, 20);  // a score of 0.5025
  const auto found = decode_detections(output, {.min_score = 0.5});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_NEAR(found->front().box_min.x(), 0.5 / 7 + 90.0 / 224, 1e-6);
}

TEST(DecodeDetections, DropsBoxesThatAreNoBoxes) {
  DetectorOutput output = no_person();
  set_box(output, 0, 5, 100, 100, -20);  // negative size
  set_box(output, 500, 5, 100, 100, std::numeric_limits<float>::quiet_NaN());
  set_box(output, 900, std::numeric_limits<float>::quiet_NaN(), 100, 100, 20);
  const auto found = decode_detections(output);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());
}

TEST(DecodeDetections, RefusesTensorsOfAnotherSize) {
  DetectorOutput output = no_person();
  output.boxes.pop_back();
  const auto found = decode_detections(output);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::corrupt);
}

TEST(MergeOverlapping, WeighsByScoreAndKeepsTheHighest) {
  // Shifted by a quarter of the side: overlap 0.75 / 1.25 = 0.6.
  const auto merged = merge_overlapping({square(0.6, 0.25, 0, 1), square(0.9, 0, 0, 1)}, 0.3);
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_DOUBLE_EQ(merged[0].score, 0.9);
  EXPECT_NEAR(merged[0].box_min.x(), 0.25 * 0.6 / 1.5, 1e-12);
  EXPECT_NEAR(merged[0].box_max.x(), 1 + 0.25 * 0.6 / 1.5, 1e-12);
  EXPECT_NEAR(merged[0].key_points[2].x(), 0.25 * 0.6 / 1.5, 1e-12);
}

TEST(MergeOverlapping, LeavesPeopleApartSurestFirst) {
  // Shifted by 0.6: overlap 0.4 / 1.6 = 0.25, below the limit.
  const auto merged = merge_overlapping({square(0.7, 0, 0, 1), square(0.8, 0.6, 0, 1)}, 0.3);
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_DOUBLE_EQ(merged[0].score, 0.8);
  EXPECT_DOUBLE_EQ(merged[1].score, 0.7);
}

TEST(MergeOverlapping, ComparesWithTheSurestOnlyNotInChains) {
  // B overlaps A, C overlaps B but not A: C stays on its own.
  const auto merged =
      merge_overlapping({square(0.9, 0, 0, 1), square(0.8, 0.4, 0, 1), square(0.7, 0.8, 0, 1)}, 0.3);
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_NEAR(merged[1].box_min.x(), 0.8, 1e-12);
}

TEST(MergeOverlapping, EndsOnBoxesWithoutArea) {
  EXPECT_EQ(merge_overlapping({square(0.9, 0, 0, 0), square(0.8, 0, 0, 0)}, 0.3).size(), 2U);
  EXPECT_TRUE(merge_overlapping({}, 0.3).empty());
}

}  // namespace
}  // namespace reprise::engine
