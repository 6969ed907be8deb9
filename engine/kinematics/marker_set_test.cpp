// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/marker_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST(MarkerSet, IsTheOneWithTheMostPoints) {
  const std::vector<std::string> both = {"RKnee", "RHip", "r_knee_study", "r_mknee_study", "RHJC_study"};
  const auto found = recognise_markers(both);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->set, "opencap");
  EXPECT_EQ(found->at(BodyPoint::knee_lateral, Side::right), 2U);
  EXPECT_FALSE(found->at(BodyPoint::knee_lateral, Side::left));
  const auto video = recognise_markers(both, "video");
  ASSERT_TRUE(video);
  EXPECT_EQ(video->at(BodyPoint::knee_center, Side::right), 0U);
}

TEST(MarkerSet, IgnoresCapitalsAndThePersonsName) {
  const std::vector<std::string> names = {"Anna:rasi", "Anna:LASI", "Anna:SACR"};
  const auto found = recognise_markers(names);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->set, "clinical");
  EXPECT_EQ(found->at(BodyPoint::front_iliac_spine, Side::right), 0U);
  EXPECT_EQ(found->at(BodyPoint::sacrum, Side::left), 2U);
  EXPECT_EQ(found->at(BodyPoint::sacrum, Side::right), 2U);
}

TEST(MarkerSet, WarnsOfANameThatOccursTwice) {
  const std::vector<std::string> names = {"RKNE", "RKNE"};
  const auto found = recognise_markers(names);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at(BodyPoint::knee_lateral, Side::right), 0U);
  EXPECT_THAT(found->warnings, Contains(HasSubstr("RKNE")));
}

TEST(MarkerSet, SaysWhichNamesThereAre) {
  const std::vector<std::string> names = {"Secret Name:Marker1", "Marker2"};
  const auto none = recognise_markers(names);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::unsupported);
  EXPECT_THAT(none.error().cause, HasSubstr("Marker1, Marker2"));
  EXPECT_THAT(none.error().cause, Not(HasSubstr("Secret")));  // a person's name has no place in a message
  EXPECT_EQ(recognise_markers(names, "klinical").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace reprise::engine
