// SPDX-License-Identifier: Apache-2.0
#include "base/nearest_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kNames = {"squat", "sit_to_stand", "shoulder_flexion", "shoulder_abduction"};

TEST(NearestNames, ForgivesSlipsSwapsCapitalsAndDashes) {
  EXPECT_THAT(nearest_names("sqaut", kNames), ElementsAre("squat"));
  EXPECT_THAT(nearest_names("Sit-to-Stand", kNames), ElementsAre("sit_to_stand"));
  EXPECT_THAT(nearest_names("squats", kNames), ElementsAre("squat"));
}

TEST(NearestNames, FindsWhatContainsTheWord) {
  EXPECT_THAT(nearest_names("shoulder", kNames), ElementsAre("shoulder_flexion", "shoulder_abduction"));
}

TEST(NearestNames, SuggestsNothingForSomethingElse) {
  EXPECT_THAT(nearest_names("plank", kNames), IsEmpty());
  EXPECT_THAT(nearest_names("", kNames), IsEmpty());
  EXPECT_EQ(did_you_mean("plank", kNames), "");
}

TEST(NearestNames, ReadsAsASentence) {
  EXPECT_EQ(did_you_mean("shoulder", kNames), "Did you mean shoulder_flexion or shoulder_abduction?");
  const std::vector<std::string> three = {"a", "b", "c"};
  EXPECT_EQ(any_of(three), "a, b or c");
}

TEST(NearestNames, StaysQuickForAnEndlessName) {
  EXPECT_THAT(nearest_names(std::string(1'000'000, 'x'), kNames), IsEmpty());
}

}  // namespace
}  // namespace reprise
