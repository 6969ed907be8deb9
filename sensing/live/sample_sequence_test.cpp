// SPDX-License-Identifier: Apache-2.0
#include "sensing/live/sample_sequence.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace reprise::sensing {
namespace {

TEST(SampleSequence, TakesOnlyTheNewPartOfAnOverlappingMessage) {
  SampleSequence sequence;
  EXPECT_EQ(sequence.accept(100, 10, 100).take, 10U);
  const SequenceStep overlap = sequence.accept(105, 10, 100);
  EXPECT_EQ(overlap.skip, 5U);
  EXPECT_EQ(overlap.take, 5U);
  EXPECT_EQ(sequence.accept(100, 10, 100).take, 0U);
  EXPECT_EQ(sequence.next(), 115U);
  EXPECT_EQ(sequence.taken(), 15U);
  EXPECT_EQ(sequence.repeated(), 15U);
  EXPECT_EQ(sequence.lost(), 0U);
}

TEST(SampleSequence, WaitsForAGapThatTheSensorStillKeeps) {
  SampleSequence sequence;
  (void)sequence.accept(0, 10, 0);
  EXPECT_EQ(sequence.accept(20, 10, 0).take, 0U);
  EXPECT_EQ(sequence.ahead(), 10U);
  EXPECT_EQ(sequence.next(), 10U);
  EXPECT_EQ(sequence.accept(10, 20, 0).take, 20U);
  EXPECT_EQ(sequence.lost(), 0U);
}

TEST(SampleSequence, CountsSamplesThatTheSensorNoLongerKeeps) {
  SampleSequence sequence;
  (void)sequence.accept(0, 10, 0);
  const SequenceStep step = sequence.accept(40, 5, 35);
  EXPECT_EQ(step.lost, 25U);
  EXPECT_EQ(step.take, 0U) << "35 to 39 are still kept, and may come";
  EXPECT_EQ(sequence.accept(35, 10, 35).take, 10U);
  EXPECT_EQ(sequence.lost(), 25U);
}

TEST(SampleSequence, BeginsWithTheOldestSampleNotWithTheFirstMessage) {
  SampleSequence sequence;
  EXPECT_EQ(sequence.accept(50, 10, 40).take, 0U);
  EXPECT_EQ(sequence.next(), 40U);
}

TEST(SampleSequence, GoesOnFromWhereARecordingEnded) {
  SampleSequence sequence{1000};
  const SequenceStep step = sequence.accept(990, 20, 980);
  EXPECT_EQ(step.skip, 10U);
  EXPECT_EQ(step.take, 10U);
  EXPECT_EQ(sequence.taken(), 10U);
}

// A sender that goes back to the last acknowledgement now and then, over a path that loses, repeats and
// reorders.
TEST(SampleSequence, GivesEachSampleOnceInOrderOverALossyPath) {
  constexpr std::uint64_t kSamples = 5000;
  std::mt19937 random(7);
  SampleSequence sequence;
  std::vector<std::uint64_t> got;
  std::uint64_t at = 0;
  struct Message {
    std::uint64_t first;
    std::size_t count;
    std::uint64_t oldest;
  };
  std::vector<Message> path;
  for (int round = 0; round < 100'000 && got.size() < kSamples; ++round) {
    const std::uint64_t acknowledged = sequence.next().value_or(0);
    if (random() % 16 == 0) at = acknowledged;
    if (at < kSamples && path.size() < 20) {
      const std::size_t count = std::min<std::uint64_t>(1 + random() % 20, kSamples - at);
      path.push_back({at, count, acknowledged});
      at += count;
    }
    if (path.empty() || random() % 4 == 0) continue;
    const std::size_t chosen = random() % std::min<std::size_t>(3, path.size());
    const Message message = path[chosen];
    if (random() % 8 != 0) path.erase(path.begin() + static_cast<std::ptrdiff_t>(chosen));
    if (random() % 8 == 0) continue;  // lost
    const SequenceStep step = sequence.accept(message.first, message.count, message.oldest);
    for (std::size_t i = step.skip; i < step.skip + step.take; ++i) got.push_back(message.first + i);
  }
  ASSERT_EQ(got.size(), kSamples);
  for (std::uint64_t i = 0; i < kSamples; ++i) ASSERT_EQ(got[i], i);
  EXPECT_EQ(sequence.lost(), 0U);
  EXPECT_GT(sequence.repeated(), 0U);
  EXPECT_GT(sequence.ahead(), 0U);
}

}  // namespace
}  // namespace reprise::sensing
