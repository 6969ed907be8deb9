// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/two_people.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

constexpr int kWidth = 400;
constexpr int kHeight = 300;
constexpr std::uint8_t kWhite = 255;
using L = Landmark;

const std::vector<std::uint8_t>& white() {
  static const std::vector<std::uint8_t> kPixels(std::size_t{kWidth} * kHeight * 4, kWhite);
  return kPixels;
}
ImageView picture() {
  return {white().data(), kWidth, kHeight, std::ptrdiff_t{kWidth} * 4, 4};
}
std::uint8_t pixel(const ImageView& image, int x, int y) {
  return image.pixels[y * image.stride_bytes + std::ptrdiff_t{x} * image.channels];
}

/// A drawn person whose hips are at (x, 200) and whose trunk is 80 pixels long.
Pose standing_at(double x) {
  Pose pose;
  pose.image.emplace();
  for (auto& point : *pose.image) point = {x, 100, 0};
  const auto put = [&](L left, double aside, double y) {
    (*pose.image)[left] = {x + aside, y, 0};
    (*pose.image)[mirrored(left)] = {x - aside, y, 0};
  };
  put(L::left_shoulder, 15, 120);
  put(L::left_hip, 10, 200);
  put(L::left_knee, 10, 240);
  put(L::left_ankle, 10, 280);
  put(L::left_foot_index, 10, 285);
  put(L::left_elbow, 18, 160);
  put(L::left_wrist, 18, 195);
  put(L::left_index, 18, 200);
  return pose;
}

/// Shows both people at 12 pictures a second; returns who was found in the last one.
FoundBeside look(TwoPeople& people, double from_s, double until_s, const Pose& patient, const Pose& other) {
  FoundBeside last = FoundBeside::unsure;
  for (int i = 0; from_s + i / 12.0 < until_s; ++i) {
    const Seconds time{from_s + i / 12.0};
    if (people.for_helper(picture(), time, patient)) last = people.saw_helper({time, other});
  }
  return last;
}

TEST(TwoPeople, ThePatientIsPaintedOverWhereTheHelperIsLookedFor) {
  TwoPeople people;
  const auto shown = people.for_helper(picture(), Seconds{1}, standing_at(100));
  ASSERT_TRUE(shown);
  EXPECT_NE(pixel(*shown, 100, 160), kWhite);
  EXPECT_EQ(pixel(*shown, 250, 160), kWhite);
  EXPECT_EQ(white()[(160 * kWidth + 100) * 4], kWhite) << "the picture itself stays";
}

TEST(TwoPeople, WithoutAPatientNoHelperIsLookedFor) {
  TwoPeople people;
  EXPECT_FALSE(people.for_helper(picture(), Seconds{1}, std::nullopt));
  Pose nowhere = standing_at(100);
  nowhere.image.reset();
  EXPECT_FALSE(people.for_helper(picture(), Seconds{1}, nowhere));
}

TEST(TwoPeople, TheHelperIsPaintedOverOnlyWhereSeenJustBeforeAndApart) {
  const auto middle_of_helper = [](double helper_x, Seconds later) {
    TwoPeople people;
    look(people, 0, 0.8, standing_at(100), standing_at(250));
    EXPECT_TRUE(people.for_helper(picture(), Seconds{1}, standing_at(100)));
    EXPECT_EQ(people.saw_helper({Seconds{1}, standing_at(helper_x)}), FoundBeside::helper);
    return pixel(people.for_patient(picture(), Seconds{1} + later), static_cast<int>(helper_x), 160);
  };
  EXPECT_NE(middle_of_helper(250, Seconds{0.1}), kWhite);
  EXPECT_EQ(middle_of_helper(250, Seconds{0.5}), kWhite) << "the helper may have gone";
  EXPECT_EQ(middle_of_helper(120, Seconds{0.1}), kWhite) << "both may be one person";
}

TEST(TwoPeople, APatientsLimbInFrontOfTheHelperStaysInSight) {
  TwoPeople people;
  Pose reaching = standing_at(100);
  (*reaching.image)[L::left_elbow] = {180, 150, 0};
  (*reaching.image)[L::left_wrist] = {250, 150, 0};
  (*reaching.image)[L::left_index] = {255, 150, 0};
  ASSERT_EQ(look(people, 0.2, 1.05, reaching, standing_at(250)), FoundBeside::helper);
  const ImageView shown = people.for_patient(picture(), Seconds{1.05});
  EXPECT_EQ(pixel(shown, 250, 150), kWhite);
  EXPECT_NE(pixel(shown, 250, 190), kWhite);
}

TEST(TwoPeople, AHelperIsBesideThePatientForAWhile) {
  TwoPeople people;
  EXPECT_EQ(look(people, 0, 0.5, standing_at(100), standing_at(250)), FoundBeside::unsure);
  EXPECT_EQ(look(people, 0.5, 0.8, standing_at(100), standing_at(250)), FoundBeside::helper);
  EXPECT_EQ(look(people, 0.8, 20, standing_at(100), standing_at(105)), FoundBeside::helper)
      << "may stand in front of the patient";
  EXPECT_EQ(people.saw_helper({Seconds{20}, std::nullopt}), FoundBeside::unsure);
}

TEST(TwoPeople, ThePatientsOwnLimbsAreNoHelper) {
  TwoPeople people;
  EXPECT_EQ(look(people, 0, 0.01, standing_at(100), standing_at(105)), FoundBeside::patient);
  EXPECT_FALSE(people.for_helper(picture(), Seconds{0.9}, standing_at(100))) << "not looked for at once";
  EXPECT_TRUE(people.for_helper(picture(), Seconds{1.1}, standing_at(100)));
  // One picture in which something else was seen makes no helper, and neither do two with a second between.
  EXPECT_EQ(people.saw_helper({Seconds{1.1}, standing_at(250)}), FoundBeside::unsure);
  EXPECT_EQ(people.saw_helper({Seconds{2.1}, standing_at(250)}), FoundBeside::unsure);
  EXPECT_EQ(people.saw_helper({Seconds{2.2}, standing_at(105)}), FoundBeside::patient);
  // The helper went: 20 seconds later, who is found in the patient is the patient.
  EXPECT_EQ(look(people, 4, 5, standing_at(100), standing_at(250)), FoundBeside::helper);
  EXPECT_EQ(look(people, 30, 30.01, standing_at(100), standing_at(105)), FoundBeside::patient);
}

TEST(TwoPeople, OnlyAHelperIsKeptAndWhoeverFoundThePatientBeginsAnew) {
  struct Tracker {
    int pictures = 0;
  } tracker{5};
  TwoPeople people;
  ASSERT_EQ(look(people, 0, 0.9, standing_at(100), standing_at(250)), FoundBeside::helper);
  PoseFrame helper{Seconds{0.95}, standing_at(250)};
  people.keep_helper(helper, tracker);
  EXPECT_TRUE(helper.pose);
  EXPECT_EQ(tracker.pictures, 5);
  ASSERT_TRUE(people.for_helper(picture(), Seconds{30}, standing_at(100)));
  PoseFrame own_limbs{Seconds{30}, standing_at(105)};
  people.keep_helper(own_limbs, tracker);
  EXPECT_FALSE(own_limbs.pose);
  EXPECT_EQ(tracker.pictures, 0);
}

TEST(TwoPeople, SomethingSmallIsNoHelper) {
  TwoPeople people;
  Pose small = standing_at(250);
  for (auto& point : *small.image) point = {250 + (point.x_px - 250) / 4, point.y_px / 4, 0};
  EXPECT_EQ(look(people, 0, 1, standing_at(100), small), FoundBeside::patient);
}

TEST(TwoPeople, TheMiddlePersonIsThePatientAndNoOneElsewhereIsTakenForThem) {
  const PoseTrackerOptions options = patient_tracking(2);
  EXPECT_EQ(options.person, 2);
  EXPECT_EQ(options.order, PersonOrder::central_first);
  EXPECT_LT(options.continuity.reach, ContinuityOptions{}.reach);
  EXPECT_GT(options.patience, Seconds{1800});
}

}  // namespace
}  // namespace reprise::engine
